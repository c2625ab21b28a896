"""The words of the pages, a file for each language with the same keys: ``ui/pages.zh.yaml``.

A language that lacks a key has it from its fallback, marked as such; Traditional characters are made.
"""

from dataclasses import dataclass
from functools import cache
from typing import Any

from ruamel.yaml import YAML

from mingbai.languages import SITE, UI, Languages
from mingbai.traditional import traditional
from mingbai_calculator.explain import isolated

__all__ = ["UI", "Catalogue", "catalogue", "of_texts", "own_texts"]

type Texts = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Catalogue:
    """Sentences by key, such as ``policy.who``; figures stand in them as placeholders only."""

    name: str
    texts: dict[str, Any]

    def say(self, key: str, **figures: object) -> str:
        """Return a sentence with its figures. Raises KeyError if there is none."""
        value: Any = self.texts
        for step in key.split("."):
            value = value[step]
        if not isinstance(value, str):
            raise KeyError(key)
        return value.format(**figures) if figures else value


@cache
def catalogue(name: str, lang: str, languages: Languages = SITE) -> Catalogue:
    """Return the catalogue `name` of a language, whole."""
    entry = languages[lang]
    if entry.fallback is None:
        return Catalogue(name, own_texts(name, lang, languages))
    fallback = catalogue(name, entry.fallback, languages).texts
    if entry.made:
        return Catalogue(name, of_texts(fallback, traditional))
    return Catalogue(name, _completed(own_texts(name, lang, languages), fallback))


def own_texts(name: str, lang: str, languages: Languages = SITE) -> Texts:
    """Return what the catalogue `name` of a language holds itself; nothing if there is none."""
    found = languages.catalogue(f"{name}.{lang}.yaml")
    return {} if found is None else _parsed(found)


@cache
def _parsed(found: bytes) -> Texts:
    texts: Texts = YAML(typ="safe").load(found.decode("utf-8"))
    return texts


def of_texts(texts: Texts, change: Any) -> Texts:  # noqa: ANN401 - a function from text to text
    """Return a catalogue with each of its texts changed."""
    return {key: of_texts(text, change) if isinstance(text, dict) else change(text) for key, text in texts.items()}


def _completed(own: Texts, fallback: Texts) -> Texts:
    """Return a catalogue with what it lacks; a text of marks alone (``, ``) is nobody's language."""
    whole: Texts = {}
    for key, text in fallback.items():
        if isinstance(text, dict):
            whole[key] = _completed(own.get(key, {}), text)
        else:
            whole[key] = own.get(key) or (isolated(text) if any(map(str.isalpha, text)) else text)
    return whole
