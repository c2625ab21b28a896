"""The languages that a site can have, and those that it has: one registry, ``ui/languages.yaml``."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from mingbai.program import program_file
from mingbai.source_file import read_folder

UI = Path(__file__).parent / "ui"
REGISTRY = "languages.yaml"

type Json = dict[str, Any]


class LanguagesError(Exception):
    """A site cannot have these languages; the message says why."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One language: how it is written, where its pages lie, and what stands in for what it lacks."""

    id: str
    name: str
    tag: str
    direction: str
    folder: str
    fallback: str | None = None
    made: str | None = None

    @property
    def written(self) -> bool:
        """Whether people write all of it, so that there is nothing to stand in for."""
        return self.fallback is None


@dataclass(frozen=True, slots=True, eq=False)
class Languages:
    """The languages of a site, in the order of its switch, with all that are known.

    `extra` are the files of a folder with further catalogues, as they were read when the languages were chosen.
    """

    known: dict[str, Entry]
    chosen: tuple[str, ...]
    extra: Mapping[str, bytes] = field(default_factory=dict)

    def __getitem__(self, lang: str) -> Entry:
        """Return what is known of a language."""
        return self.known[lang]

    def catalogue(self, name: str) -> bytes | None:
        """Return the file of catalogues called `name`, of further ones rather than ours; None if there is none."""
        file = UI / name
        return self.extra[name] if name in self.extra else program_file(file) if file.is_file() else None

    @property
    def entries(self) -> list[Entry]:
        """The languages of the site."""
        return [self.known[lang] for lang in self.chosen]

    @property
    def further(self) -> list[Entry]:
        """Those of the site that are not written in full."""
        return [entry for entry in self.entries if not entry.written]

    def of_page(self, path: str) -> Entry:
        """Return the language of the page at `path`, from the root of the site."""
        folder = f"{path.split('/', 1)[0]}/"
        return next((entry for entry in self.entries if entry.folder == folder), self.known[self.chosen[0]])

    def written(self, lang: str) -> Entry:
        """Return the nearest language that people write in full: the language itself, or what stands in for it."""
        entry = self.known[lang]
        while entry.fallback is not None:
            entry = self.known[entry.fallback]
        return entry

    def instead(self, lang: str) -> list[dict[str, str]]:
        """Return what stands in for a text that a language lacks, the nearest first: ``id``, ``lang`` and ``dir``."""
        entry, found = self.known[lang], []
        while entry.fallback is not None:
            entry = self.known[entry.fallback]
            found.append({"id": entry.id, "lang": entry.tag, "dir": entry.direction})
        return found

    def pairs(self, lang: str) -> list[Entry]:
        """Return the languages to show beside `lang`: written ones, and not the one that it is another script of."""
        own = self.known[lang]
        made_from = own.fallback if own.made else None
        return [entry for entry in self.entries if not entry.made and entry.id not in (own.id, made_from)]


def languages(chosen: Sequence[str] | None = None, extra: Path | None = None) -> Languages:
    """Return the languages of a site; all that the registry names if none are chosen.

    `extra` is a folder with a registry and catalogues of further languages.
    Raises `LanguagesError` for one that is not known, and where the first one is not at the root of the site.
    """
    known = _entries(program_file(UI / REGISTRY))
    files = {} if extra is None else read_folder(extra)
    if extra is not None:
        if REGISTRY not in files:
            message = f"{extra / REGISTRY} is missing"
            raise LanguagesError(message)
        known |= _entries(files[REGISTRY])
    names = tuple(dict.fromkeys(known if chosen is None else chosen))
    for lang in names:
        if lang not in known:
            message = f"there is no language {lang}; choose from {', '.join(known)}"
            raise LanguagesError(message)
    if not names or known[names[0]].folder:
        message = "the first of `languages` is the one at the root of the site: zh"
        raise LanguagesError(message)
    return Languages(known, names, files)


def _entries(registry: bytes) -> dict[str, Entry]:
    found: dict[str, Json] = YAML(typ="safe", pure=True).load(registry.decode("utf-8"))
    return {lang: Entry(lang, **entry) for lang, entry in found.items()}


SITE = languages()
"""Every language of the registry."""
WRITTEN = languages([entry.id for entry in SITE.entries if entry.written])
"""Those that every policy has."""
