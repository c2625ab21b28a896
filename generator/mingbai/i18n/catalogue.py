"""Message catalogues: one YAML file per subject and language, with the same keys: ``catalogues/pages.zh.yaml``."""

from dataclasses import dataclass
from functools import cache
from typing import Any

from ruamel.yaml import YAML

from mingbai.i18n.languages import SITE, Languages

type Texts = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Catalogue:
    """Sentences by dotted key, such as ``policy.who``; figures are placeholders in them."""

    name: str
    texts: dict[str, Any]

    def say(self, key: str, **figures: object) -> str:
        """Return a sentence with its figures filled in. Raises KeyError if there is no such sentence."""
        value: Any = self.texts
        for step in key.split("."):
            value = value[step]
        if not isinstance(value, str):
            raise KeyError(key)
        return value.format(**figures) if figures else value


@cache
def load_written_catalogue(name: str, lang: str) -> Catalogue:
    """Return the catalogue `name` of a language that is written in full (`WRITTEN`), so without any fallback."""
    return Catalogue(name, read_own_texts(name, lang))


def read_own_texts(name: str, lang: str, languages: Languages = SITE) -> Texts:
    """Return the texts that the catalogue `name` of a language holds itself, without fallback; may be empty."""
    content = languages.catalogue_file(f"{name}.{lang}.yaml")
    return {} if content is None else _parse_texts(content)


@cache
def _parse_texts(content: bytes) -> Texts:
    texts: Texts = YAML(typ="safe").load(content.decode("utf-8"))
    return texts


def map_texts(texts: Texts, change: Any) -> Texts:  # noqa: ANN401 - a function from text to text
    """Return a copy of a catalogue with `change` applied to each text."""
    return {key: map_texts(text, change) if isinstance(text, dict) else change(text) for key, text in texts.items()}
