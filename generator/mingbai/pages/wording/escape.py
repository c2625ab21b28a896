"""Texts of policies stay text: nothing in them is read as Markdown, HTML or a template."""

import re

from markupsafe import Markup

_SPECIAL = re.compile(r'[&<>"`*_{}\[\]()\\#|~^=]')
_SPACE = re.compile(r"\s+")
_NUMBERED = re.compile(r"^(\d+)([.)])")


def as_text(text: str) -> Markup:
    """Return `text` so that Markdown and HTML show it as it is, on one line, in an attribute too.

    Characters that mean something are written as numeric references, which Markdown leaves alone.
    """
    flat = _SPACE.sub(" ", text)
    escaped = _SPECIAL.sub(lambda match: _reference(match[0]), flat)
    if escaped[:1] in ("-", "+", "!", ":", "."):
        escaped = _reference(escaped[0]) + escaped[1:]
    escaped = _NUMBERED.sub(lambda match: match[1] + _reference(match[2]), escaped)
    return Markup(escaped)  # noqa: S704 - every special character was replaced above


def finalize(value: object) -> object:
    """Make Jinja escape what a template prints, unless it is marked as safe already."""
    if isinstance(value, Markup):
        return value
    return as_text(value) if isinstance(value, str) else value


def _reference(character: str) -> str:
    return f"&#{ord(character)};"
