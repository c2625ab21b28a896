"""Every sentence of the program by key and language, and whether a use of one gives the figures that it names."""

import re
import string
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from mingbai.i18n.catalogue import SUBJECTS, Texts, read_own_texts
from mingbai.i18n.languages import WRITTEN
from mingbai_calculator.sentences import CATALOGUES

CALCULATOR = "sentences"
"""Stands before the keys of the calculator's own sentences."""

type Sentences = Mapping[str, Mapping[str, str]]
"""Texts by key (``cards.labels.bill``) and language."""


class Use(NamedTuple):
    """A place that says a sentence: patterns of its key, and the figures that it gives.

    `open`: more may be given than can be seen. `at_hand`: data that a sentence may name and may leave out.
    """

    file: str
    line: int
    keys: tuple[str, ...]
    figures: frozenset[str]
    open: bool = False
    at_hand: frozenset[str] = frozenset()


def read_sentences() -> Sentences:
    """Return all sentences of the languages that are written in full."""
    sentences: dict[str, dict[str, str]] = {}
    for lang in WRITTEN.selected:
        for subject in sorted(SUBJECTS):
            for key, text in flatten(read_own_texts(subject, lang), subject):
                sentences.setdefault(key, {})[lang] = text
        for key, text in CATALOGUES[lang].items():
            sentences.setdefault(f"{CALCULATOR}.{key}", {})[lang] = text
    return sentences


def flatten(texts: Texts, path: str) -> Iterator[tuple[str, str]]:
    """Yield key and text of each sentence of a part of a catalogue."""
    for name, text in texts.items():
        if isinstance(text, dict):
            yield from flatten(text, f"{path}.{name}")
        else:
            yield f"{path}.{name}", text


def list_figures(text: str) -> frozenset[str]:
    """Return the figures that a sentence names."""
    return frozenset(name for _, name, _, _ in string.Formatter().parse(text) if name is not None)


def unescape(pattern: str) -> str:
    """Return the text that a pattern without special signs matches."""
    return re.sub(r"\\(.)", r"\1", pattern)


def list_faults(use: Use, sentences: Sentences) -> list[str]:
    """Return what is wrong with a use, a line for each: no such sentence, figures that lack, figures too many."""
    faults = []
    for pattern in use.keys:
        written = unescape(pattern)
        keys = [written] if written in sentences else [key for key in sentences if re.fullmatch(pattern, key)]
        if not keys:
            faults.append(f"there is no sentence {written}")
        for key in keys:
            for lang, text in sentences[key].items():
                named = list_figures(text) - use.at_hand
                missing = [] if use.open else sorted(named - use.figures)
                needless = sorted(use.figures - named)
                faults += [f"{key} ({lang}) needs {', '.join(missing)}"] if missing else []
                faults += [f"{key} ({lang}) does not name {', '.join(needless)}"] if needless else []
    return [f"{use.file}:{use.line}: {fault}" for fault in dict.fromkeys(faults)]
