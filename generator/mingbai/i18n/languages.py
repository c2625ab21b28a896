"""Language registry: the languages a site can have (``i18n/catalogues/languages.yaml``) and the ones it publishes."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

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

    `folders` hold the catalogues; a later folder overrides an earlier one.
    """

    known: dict[str, LanguageEntry]
    selected: tuple[str, ...]
    folders: tuple[Path, ...]

    def __getitem__(self, lang: str) -> LanguageEntry:
        """Return the registry entry of a language. Raises KeyError if it is not registered."""
        return self.known[lang]

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
    folders = (CATALOGUES_FOLDER,) if extra is None else (CATALOGUES_FOLDER, extra)
    known = {lang: LanguageEntry(lang, **entry) for folder in folders for lang, entry in _read_registry(folder).items()}
    names = tuple(dict.fromkeys(known if selected is None else selected))
    for lang in names:
        if lang not in known:
            message = f"there is no language {lang}; choose from {', '.join(known)}"
            raise LanguagesError(message)
    if not names or known[names[0]].folder:
        message = "the first of `languages` is the one at the root of the site: zh"
        raise LanguagesError(message)
    return Languages(known, names, folders)


def _read_registry(folder: Path) -> dict[str, Json]:
    file = folder / REGISTRY
    if not file.is_file():
        message = f"{file} is missing"
        raise LanguagesError(message)
    registry: dict[str, Json] = YAML(typ="safe", pure=True).load(file.read_text(encoding="utf-8"))
    return registry


SITE = select_languages()
"""Every registered language."""
WRITTEN = select_languages([entry.id for entry in SITE.entries if entry.written])
"""The languages written in full: every policy has a text in each of them."""
