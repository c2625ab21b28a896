"""All that the generator says in one language: one YAML file for each subject, ``catalogues/pages.zh.yaml``.

The files of a subject have the same keys and figures in each language. The calculator has sentences of its own.
"""

import re
from dataclasses import dataclass
from functools import cache
from typing import Any

from ruamel.yaml import YAML

from mingbai.i18n.languages import SITE, Languages
from mingbai.i18n.traditional import to_traditional
from mingbai_calculator.sentences import isolate

SUBJECTS = frozenset({"authors", "cards", "commands", "estimator", "offline", "pages", "problems", "quick"})
_FORMS = re.compile(r"(\[[^\[\]|]*\|[^\[\]|]*\])")

type Texts = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Catalogue:
    """The sentences of one language, by key: ``cards.labels.bill`` stands in ``cards.<lang>.yaml``.

    A key that begins with no subject is one of the pages: ``policy.who``. Where a language lacks a sentence, that of
    its fallback stands in and is marked as such; Traditional Chinese is converted.
    """

    lang: str
    languages: Languages = SITE

    def say(self, key: str, **figures: object) -> str:
        """Return a sentence with its figures; ``[file|files]`` in it becomes the form that the number before it needs.

        Raises KeyError if there is no such sentence, or if it names a figure that is not given.
        """
        sentence = self._find(key)
        if not isinstance(sentence, str):
            raise KeyError(key)
        return _fill_forms(sentence, figures) if "[" in sentence else sentence.format(**figures)

    def part(self, key: str) -> Texts:
        """Return a subject or a part of one, with its figures left open, for templates and scripts."""
        texts = self._find(key)
        if not isinstance(texts, dict):
            raise KeyError(key)
        return texts

    def _find(self, key: str) -> Any:  # noqa: ANN401 - a sentence or a part
        first, *steps = key.split(".")
        if first in SUBJECTS:
            found = _load_subject(first, self.lang, self.languages)
        else:
            found, steps = _load_subject("pages", self.lang, self.languages), [first, *steps]
        for step in steps:
            found = found[step]
        return found


def read_own_texts(name: str, lang: str, languages: Languages = SITE) -> Texts:
    """Return the texts that the file `name` of a language holds itself, without fallback; may be empty."""
    content = languages.catalogue_file(f"{name}.{lang}.yaml")
    return {} if content is None else _parse_texts(content)


def map_texts(texts: Texts, change: Any) -> Texts:  # noqa: ANN401 - a function from text to text
    """Return a copy of a part of a catalogue with `change` applied to each text."""
    return {key: map_texts(text, change) if isinstance(text, dict) else change(text) for key, text in texts.items()}


@cache
def _parse_texts(content: bytes) -> Texts:
    texts: Texts = YAML(typ="safe").load(content.decode("utf-8"))
    return texts


@cache
def _load_subject(subject: str, lang: str, languages: Languages) -> Texts:
    """Return all texts of a subject in a language, gaps filled from its fallback."""
    entry, own = languages[lang], read_own_texts(subject, lang, languages)
    if entry.fallback is None:
        return own
    fallback = _load_subject(subject, entry.fallback, languages)
    return map_texts(fallback, to_traditional) if entry.made else _fill_from_fallback(own, fallback)


def _fill_from_fallback(own: Texts, fallback: Texts) -> Texts:
    """Return texts with missing ones from their fallback; punctuation alone (``, ``) needs no language mark."""
    completed: Texts = {}
    for key, text in fallback.items():
        if isinstance(text, dict):
            completed[key] = _fill_from_fallback(own.get(key, {}), text)
        else:
            completed[key] = own.get(key) or (isolate(text) if any(map(str.isalpha, text)) else text)
    return completed


def _fill_forms(sentence: str, figures: dict[str, object]) -> str:
    """Return a sentence with its figures; of each ``[file|files]`` the form that agrees with the number before it."""
    singular, parts = True, []
    for index, part in enumerate(_FORMS.split(sentence)):
        if index % 2:
            one, _, many = part[1:-1].partition("|")
            parts.append(one if singular else many)
            continue
        filled = part.format(**figures)
        numbers = re.findall(r"\d+", filled)
        singular = numbers[-1] == "1" if numbers else singular
        parts.append(filled)
    return "".join(parts)
