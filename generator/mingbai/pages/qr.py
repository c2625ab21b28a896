"""The QR code on a printed page: the address of the same page, as anybody who got the paper can look it up."""

import io

import segno
from markupsafe import Markup

QUIET = 4
"""Modules of white around the code, without which a phone does not find it."""


def qr_code(url: str) -> Markup:
    """Return an address as an SVG, its quiet zone included; black on white whatever the colours of the page."""
    code = segno.make(url, error="m", micro=False)
    out = io.BytesIO()
    code.save(
        out,
        kind="svg",
        border=QUIET,
        xmldecl=False,
        svgns=False,
        light="#fff",
        svgclass="mb-qr",
        lineclass=None,
        omitsize=True,
    )
    return Markup(out.getvalue().decode("utf-8").strip())  # noqa: S704 - made here, it holds squares only
