"""Escaping: nothing in the texts of policies is interpreted as Markdown, HTML or a template."""

import re

from markupsafe import Markup

_SPECIAL = re.compile(r'[&<>"`*_{}\[\]()\\#|~^=]')
_SPACE = re.compile(r"\s+")
_NUMBERED = re.compile(r"^(\d+)([.)])")


def escape_text(text: str) -> Markup:
    """Return `text` on one line, escaped for Markdown and for HTML (attributes too).

    Special characters become numeric character references, which Markdown does not interpret.
    """
    flat = _SPACE.sub(" ", text)
    escaped = _SPECIAL.sub(lambda match: _character_reference(match[0]), flat)
    if escaped[:1] in ("-", "+", "!", ":", "."):
        escaped = _character_reference(escaped[0]) + escaped[1:]
    escaped = _NUMBERED.sub(lambda match: match[1] + _character_reference(match[2]), escaped)
    return Markup(escaped)  # noqa: S704 - every special character was replaced above


def finalize(value: object) -> object:
    """Escape what a template prints, unless it is marked as safe (Jinja's `finalize`)."""
    if isinstance(value, Markup):
        return value
    return escape_text(value) if isinstance(value, str) else value


def _character_reference(character: str) -> str:
    return f"&#{ord(character)};"
