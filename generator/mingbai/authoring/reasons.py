"""Reasons that go on record, in the languages of the site."""

import json
import re

from mingbai.checks.placeholders import FILL
from mingbai.diagnostics.errors import CallError

_CHINESE = re.compile("[\u4e00-\u9fff]")


def translate_reason(because: str, translation: str | None) -> dict[str, str]:
    """Return the reason by language; a missing translation becomes a placeholder. Raises CallError."""
    for text in (because, translation):
        if text is not None and (not text.strip() or not text.isprintable()):
            raise CallError("bad_reason", text)
    if _CHINESE.search(because):
        return {"zh": because, "en": translation or FILL["en"]}
    return {"zh": translation or FILL["zh"], "en": because}


def write_text(texts: dict[str, str]) -> str:
    """Return a text by language as a YAML map in one line."""
    return "{" + ", ".join(f"{lang}: {json.dumps(text, ensure_ascii=False)}" for lang, text in texts.items()) + "}"


def write_reason(because: str, translation: str | None) -> str:
    """Return a reason as it stands in a file. Raises CallError."""
    return write_text(translate_reason(because, translation))
