"""Language registry: the languages a site can have (``i18n/catalogues/languages.yaml``) and the ones it publishes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from mingbai.files.program import program_file
from mingbai.files.source_file import read_folder

CATALOGUES_FOLDER = Path(__file__).with_name("catalogues")
REGISTRY = "languages.yaml"

type Json = dict[str, Any]


class LanguagesError(Exception):
    """The language selection of a site is invalid; the message says why."""


@dataclass(frozen=True, slots=True)
class LanguageEntry:
    """One language: script and direction, folder of its pages, fallback for untranslated texts.

    `tag` is its BCP 47 tag, `made` the conversion that produces its texts from the fallback (Traditional Chinese).
    """

    id: str
    name: str
    tag: str
    direction: str
    folder: str
    fallback: str | None = None
    made: str | None = None

    @property
    def written(self) -> bool:
        """Whether every text is written by people, so that no fallback is needed."""
        return self.fallback is None


@dataclass(frozen=True, slots=True, eq=False)
class Languages:
    """The languages of a site (`selected`, in the order of its language switch) and all registered ones (`known`).

    `extra` is the content of each file of the folder with additional languages, read when they were selected.
    """

    known: dict[str, LanguageEntry]
    selected: tuple[str, ...]
    extra: Mapping[str, bytes] = field(default_factory=dict)

    def __getitem__(self, lang: str) -> LanguageEntry:
        """Return the registry entry of a language. Raises KeyError if it is not registered."""
        return self.known[lang]

    def catalogue_file(self, name: str) -> bytes | None:
        """Return the content of a catalogue file, of an additional one before that of the program; None if missing."""
        if name in self.extra:
            return self.extra[name]
        file = CATALOGUES_FOLDER / name
        return program_file(file) if file.is_file() else None

    @property
    def entries(self) -> list[LanguageEntry]:
        """The languages of the site."""
        return [self.known[lang] for lang in self.selected]

    @property
    def additional(self) -> list[LanguageEntry]:
        """The languages of the site that are not written in full."""
        return [entry for entry in self.entries if not entry.written]

    def of_page(self, path: str) -> LanguageEntry:
        """Return the language of a page; `path` is relative to the root of the site."""
        folder = f"{path.split('/', 1)[0]}/"
        return next((entry for entry in self.entries if entry.folder == folder), self.known[self.selected[0]])

    def nearest_written(self, lang: str) -> LanguageEntry:
        """Return the nearest language that is written in full: the language itself, or the first such fallback."""
        entry = self.known[lang]
        while entry.fallback is not None:
            entry = self.known[entry.fallback]
        return entry

    def fallbacks(self, lang: str) -> list[dict[str, str]]:
        """Return the fallback chain of a language, the nearest first, each as ``id``, ``lang`` (tag) and ``dir``."""
        entry, chain = self.known[lang], []
        while entry.fallback is not None:
            entry = self.known[entry.fallback]
            chain.append({"id": entry.id, "lang": entry.tag, "dir": entry.direction})
        return chain

    def bilingual_partners(self, lang: str) -> list[LanguageEntry]:
        """Return the languages that can be shown side by side with `lang`: not converted ones, nor its other script."""
        own = self.known[lang]
        made_from = own.fallback if own.made else None
        return [entry for entry in self.entries if not entry.made and entry.id not in (own.id, made_from)]


def select_languages(selected: Sequence[str] | None = None, extra: Path | None = None) -> Languages:
    """Return the languages of a site; all registered ones if `selected` is None.

    `extra` is a folder with a registry and catalogues of additional languages.
    Raises `LanguagesError` if a language is not registered, or if the first one is not at the root of the site.
    """
    known = _parse_registry(program_file(CATALOGUES_FOLDER / REGISTRY))
    files = {} if extra is None else read_folder(extra)
    if extra is not None:
        if REGISTRY not in files:
            raise LanguagesError(f"{extra / REGISTRY} is missing")
        known |= _parse_registry(files[REGISTRY])
    names = tuple(dict.fromkeys(known if selected is None else selected))
    for lang in names:
        if lang not in known:
            raise LanguagesError(f"there is no language {lang}; choose from {', '.join(known)}")
    if not names or known[names[0]].folder:
        raise LanguagesError("the first of `languages` is the one at the root of the site: zh")
    return Languages(known, names, files)


def _parse_registry(content: bytes) -> dict[str, LanguageEntry]:
    registry: dict[str, Json] = YAML(typ="safe", pure=True).load(content.decode("utf-8"))
    return {lang: LanguageEntry(lang, **entry) for lang, entry in registry.items()}


SITE = select_languages()
"""Every registered language."""
WRITTEN = select_languages([entry.id for entry in SITE.entries if entry.written])
"""The languages written in full: every policy has a text in each of them."""
