"""The QR code on a printed page: the address of the same page, as anybody who got the paper can look it up."""

import io
from functools import cache

import segno
from markupsafe import Markup

QUIET = 4
"""Modules of white around the code, without which a phone does not find it."""


def qr_code(url: str) -> Markup:
    """Return an address as an SVG, its quiet zone included; black on white whatever the colours of the page."""
    return Markup(_svg(_made(url)))  # noqa: S704 - made here, it holds squares only


@cache
def qr_picture(url: str) -> tuple[str, int]:
    """Return the same as an SVG that stands alone, and how many modules it is wide, its quiet zone included."""
    code = _made(url)
    return _svg(code, alone=True), int(code.symbol_size(border=QUIET)[0])


def _made(url: str) -> segno.QRCode:
    return segno.make(url, error="m", micro=False)


def _svg(code: segno.QRCode, *, alone: bool = False) -> str:
    out = io.BytesIO()
    code.save(
        out,
        kind="svg",
        border=QUIET,
        xmldecl=False,
        svgns=alone,
        light="#fff",
        svgclass="mb-qr",
        lineclass=None,
        omitsize=True,
    )
    return out.getvalue().decode("utf-8").strip()
