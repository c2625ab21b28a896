"""The language of the files: short sentences, two languages that are two, translations that are fresh."""

import re
from collections.abc import Iterator

from mingbai.checks.lints.shared.context import Ground, warning
from mingbai.diagnostics.problem import Path_, Problem
from mingbai.model.base import translation_mark
from mingbai.syntax.document import Document

LONGEST_SENTENCE = 35
"""Chinese characters, punctuation counted; a figure counts as two."""
_HAN = re.compile(r"[\u3400-\u9fff]")
_FIGURE = re.compile(r"\{[^{}]*\}")
_ENDS = re.compile(r"[。！？\n]")


def check_language(ground: Ground) -> Iterator[Problem]:
    """Look at every text of the places and of their policies."""
    documents = [place.document for place in ground.library.places.values()]
    documents += [place.revisions_document for place in ground.library.places.values() if place.revisions_document]
    for document in [*documents, *(rule.document for rule in ground.rules)]:
        for path, text in texts(document.value, ()):
            yield from _of_text(document, path, text)


def texts(value: object, path: Path_) -> Iterator[tuple[Path_, dict[str, str]]]:
    """Yield every text of a file: a map with `zh` and `en`."""
    if isinstance(value, dict):
        if isinstance(value.get("zh"), str) and isinstance(value.get("en"), str):
            yield path, value
            return
        for key, inner in value.items():
            yield from texts(inner, (*path, key))
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from texts(inner, (*path, index))


def _of_text(document: Document, path: Path_, text: dict[str, str]) -> Iterator[Problem]:
    chinese, english = text["zh"], text["en"]
    for sentence in _ENDS.split(_FIGURE.sub("00", chinese)):
        if len(sentence.strip()) > LONGEST_SENTENCE:
            length = str(len(sentence.strip()))
            yield warning(document, "long-sentence", (*path, "zh"), found=length, limit=str(LONGEST_SENTENCE))
            break
    if chinese == english and re.search(r"[^\W\d_]", chinese):
        yield warning(document, "same-text", path, found=_short(chinese))
    elif not _HAN.search(chinese):
        yield warning(document, "no-chinese", (*path, "zh"), found=_short(chinese))
    elif _HAN.search(english):
        yield warning(document, "chinese-in-english", (*path, "en"), found=_short(english))
    for key, mark in text.items():
        if key.endswith("_of") and mark is not None and str(mark).zfill(8) != translation_mark(chinese):
            language = key.removesuffix("_of")
            yield warning(document, "stale-translation", (*path, language), found=translation_mark(chinese))


def _short(text: str) -> str:
    return text if len(text) <= LONGEST_SENTENCE else f"{text[:LONGEST_SENTENCE]}…"
