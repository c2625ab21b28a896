"""Language of texts: sentence length, right language of each text, stale translations."""

import re
from collections.abc import Iterator

from mingbai.checks.lints.shared.context import LintContext, make_warning
from mingbai.diagnostics.problem import KeyPath, Problem
from mingbai.model.base import translation_mark
from mingbai.syntax.document import Document

MAX_SENTENCE_LENGTH = 35
"""Maximum length in Chinese characters, with punctuation; a placeholder counts as two."""
_HAN = re.compile(r"[\u3400-\u9fff]")
_PLACEHOLDER = re.compile(r"\{[^{}]*\}")
_SENTENCE_ENDS = re.compile(r"[。！？\n]")


def check_language(context: LintContext) -> Iterator[Problem]:
    """Find long sentences, texts in the wrong language and stale translations, in places, revisions and policies."""
    documents = [place.document for place in context.library.places.values()]
    documents += [place.revisions_document for place in context.library.places.values() if place.revisions_document]
    for document in [*documents, *(rule.document for rule in context.rules)]:
        for path, text in iter_texts(document.value, ()):
            yield from _check_text(document, path, text)


def iter_texts(value: object, path: KeyPath) -> Iterator[tuple[KeyPath, dict[str, str]]]:
    """Yield every text of a file (a map with `zh` and `en`) with its path."""
    if isinstance(value, dict):
        if isinstance(value.get("zh"), str) and isinstance(value.get("en"), str):
            yield path, value
            return
        for key, inner in value.items():
            yield from iter_texts(inner, (*path, key))
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from iter_texts(inner, (*path, index))


def _check_text(document: Document, path: KeyPath, text: dict[str, str]) -> Iterator[Problem]:
    chinese, english = text["zh"], text["en"]
    for sentence in _SENTENCE_ENDS.split(_PLACEHOLDER.sub("00", chinese)):
        if len(sentence.strip()) > MAX_SENTENCE_LENGTH:
            length = str(len(sentence.strip()))
            yield make_warning(document, "long-sentence", (*path, "zh"), found=length, limit=str(MAX_SENTENCE_LENGTH))
            break
    if chinese == english and re.search(r"[^\W\d_]", chinese):
        yield make_warning(document, "same-text", path, found=_truncate(chinese))
    elif not _HAN.search(chinese):
        yield make_warning(document, "no-chinese", (*path, "zh"), found=_truncate(chinese))
    elif _HAN.search(english):
        yield make_warning(document, "chinese-in-english", (*path, "en"), found=_truncate(english))
    for key, mark in text.items():
        if key.endswith("_of") and mark is not None and str(mark).zfill(8) != translation_mark(chinese):
            language = key.removesuffix("_of")
            yield make_warning(document, "stale-translation", (*path, language), found=translation_mark(chinese))


def _truncate(text: str) -> str:
    return text if len(text) <= MAX_SENTENCE_LENGTH else f"{text[:MAX_SENTENCE_LENGTH]}…"
