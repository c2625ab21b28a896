"""QR codes for printed pages and cards: the address of the same page on the site."""

import io
from functools import cache

import segno
from markupsafe import Markup

QUIET_ZONE = 4
"""Width of the white margin in modules; without it phones do not recognize the code."""


def make_qr_code(url: str) -> Markup:
    """Return an address as inline SVG with its quiet zone; black on white whatever the colours of the page."""
    return Markup(_to_svg(_make_code(url)))  # noqa: S704 - made here, it holds squares only


@cache
def make_qr_picture(url: str) -> tuple[str, int]:
    """Return an address as a standalone SVG file, and its width in modules including the quiet zone."""
    code = _make_code(url)
    return _to_svg(code, alone=True), int(code.symbol_size(border=QUIET_ZONE)[0])


def _make_code(url: str) -> segno.QRCode:
    return segno.make(url, error="m", micro=False)


def _to_svg(code: segno.QRCode, *, alone: bool = False) -> str:
    out = io.BytesIO()
    code.save(
        out,
        kind="svg",
        border=QUIET_ZONE,
        xmldecl=False,
        svgns=alone,
        light="#fff",
        svgclass="mb-qr",
        lineclass=None,
        omitsize=True,
    )
    return out.getvalue().decode("utf-8").strip()
