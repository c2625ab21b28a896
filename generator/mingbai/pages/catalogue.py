"""The words of the pages, a file for each language with the same keys: ``ui/pages.zh.yaml``."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

UI = Path(__file__).parent.parent / "ui"


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
def catalogue(name: str, lang: str) -> Catalogue:
    """Return the catalogue `name` of a language."""
    return Catalogue(name, YAML(typ="safe").load((UI / f"{name}.{lang}.yaml").read_text(encoding="utf-8")))
