"""Message catalogues: a file for each subject and language, all with the same keys: ``catalogues/pages.zh.yaml``."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from mingbai.i18n.languages import SITE, Languages

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
def written_catalogue(name: str, lang: str) -> Catalogue:
    """Return the catalogue `name` of a language that people write in full (`WRITTEN`): nothing stands in for it."""
    return Catalogue(name, own_texts(name, lang))


def own_texts(name: str, lang: str, languages: Languages = SITE) -> Texts:
    """Return what the catalogue `name` of a language holds itself; nothing if there is none."""
    files = [folder / f"{name}.{lang}.yaml" for folder in languages.folders]
    return next((_read(file) for file in reversed(files) if file.is_file()), {})


@cache
def _read(file: Path) -> Texts:
    texts: Texts = YAML(typ="safe").load(file.read_text(encoding="utf-8"))
    return texts


def of_texts(texts: Texts, change: Any) -> Texts:  # noqa: ANN401 - a function from text to text
    """Return a catalogue with each of its texts changed."""
    return {key: of_texts(text, change) if isinstance(text, dict) else change(text) for key, text in texts.items()}
