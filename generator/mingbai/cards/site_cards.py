"""Cards for download on the site: a PDF and a PNG of each side, for each place, theme and language.

Two cache levels: the typst input of a place's cards, keyed by a hash of everything it is made from, and the rendered
files of each card, keyed by that input. A card shows the hash of its own place, never the revision of the site: an
edit typesets the cards of one place.
"""

import hashlib
import importlib.util
import json
from base64 import b64decode
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from importlib.metadata import version
from pathlib import Path

from mingbai.bundle.card_stamp import as_of_card
from mingbai.cards.content.blank_card import list_themes, make_blank_card
from mingbai.cards.typesetting.fonts import Font, find_font
from mingbai.cards.typesetting.typst import MissingGlyphError, Style, encode_cards
from mingbai.cards.typesetting.workers import TypesettingTask, typeset_card, typeset_cards
from mingbai.core.cache import Cache, add
from mingbai.files.program import code_stamp
from mingbai.i18n.catalogue import Catalogue
from mingbai.i18n.languages import LanguageEntry, Languages
from mingbai.pages.policy.card_links import CARD_FOLDER, CardFiles, SiteCards
from mingbai.pages.wording.language import Json, make_language

_SHARED_KEYS = ("facts", "terms", "sources")
"""Keys of the bundle that the cards of all places depend on."""


class CardsError(Exception):
    """No cards can be made; `key` names the message in ``i18n/catalogues/cards.<lang>.yaml`` under ``none``."""

    def __init__(self, key: str, **figures: str) -> None:
        """Store the key, and the figures of the message."""
        super().__init__(" ".join((key, *figures.values())))
        self.key, self.figures = key, figures

    def message(self, lang: str) -> str:
        """Return the message in a language."""
        return Catalogue(lang).say(f"cards.none.{self.key}", **self.figures)


def find_missing_requirement() -> CardsError | None:
    """Return why no cards can be made; None if they can."""
    if importlib.util.find_spec("typst") is None:
        return CardsError("no_typst")
    return None if find_font() else CardsError("no_font")


def describe_toolchain() -> str:
    """Return versions of typesetter and font as one text, for cache keys; ``""`` if one is missing."""
    font = None if find_missing_requirement() else find_font()
    if font is None:
        return ""
    return " ".join([version("typst"), font.family, *(f"{face.path.name} {_size(face.path)}" for face in font.faces)])


@dataclass(frozen=True, slots=True)
class CardSource:
    """A card that is not rendered yet: name by language, policies, path of its PDF on the site, typst input (JSON)."""

    name: Json
    policies: list[str]
    pdf: str
    document: str

    def picture_path(self, side: int) -> str:
        """Return the path of the PNG of a side; sides count from 1."""
        return f"{self.pdf.removesuffix('.pdf')}-{side}.png"


class SiteCardBuilder:
    """Builds and caches the cards of a site, in each language that policies are written in.

    `name` separates the cache entries of sites that are built in turn from the same folder. Raises `CardsError` without
    a font.
    """

    def __init__(self, bundle: Json, languages: Languages, site_url: str, cache: Cache, name: str = "") -> None:
        """Find a font, and hash everything that all cards depend on."""
        font = find_font()
        if font is None:
            raise CardsError("no_font")
        self.font: Font = font
        self.bundle = bundle
        self.site_url, self.cache, self.group = site_url, cache, f"{CARD_FOLDER} of {name}"
        self.languages = languages
        self.written = [entry for entry in languages.entries if entry.written]
        self.toolchain = describe_toolchain()
        self.code = code_stamp()
        digest = hashlib.sha256(self.code.encode())
        add(
            digest,
            json.dumps([bundle[section] for section in _SHARED_KEYS], ensure_ascii=False, sort_keys=True),
            site_url,
        )
        add(digest, self.toolchain)
        self.shared = digest.hexdigest()

    def make_cards(self, places: Iterable[str]) -> SiteCards:
        """Typeset the changed cards of places; return all their cards for links. Raises `CardsError`."""
        site_cards, names = SiteCards(), list(places)
        sources_of = {(place, entry.id): self._load_sources(place, entry) for place in names for entry in self.written}
        self._typeset(source for sources in sources_of.values() for source in sources)
        for (place, lang), sources in sources_of.items():
            site_cards.by_language.setdefault(lang, {})[place] = [self._describe(source) for source in sources]
        return site_cards

    def write(self, site: Path) -> None:
        """Write all card files into a site, and drop cache entries of removed cards. Raises `CardsError`."""
        sources = [
            source
            for place in self.bundle["places"]
            for entry in self.written
            for source in self._load_sources(place, entry)
        ]
        not_cached = [source for source in sources if not self._write_files(site, source, self._cached_files(source))]
        self._typeset(not_cached)
        for source in not_cached:
            self._write_files(site, source, self._files_of(source))
        place_names = (self._cache_name(place, entry.id) for place in self.bundle["places"] for entry in self.written)
        self.cache.keep_only([*place_names, *(self._cache_name(source.pdf) for source in sources)], of=self.group)

    @staticmethod
    def _write_files(site: Path, source: CardSource, content: list[bytes]) -> bool:
        """Write the PDF and PNG files of a card; return False if `content` is empty (not cached)."""
        if not content:
            return False
        paths = [source.pdf, *(source.picture_path(side) for side in range(1, len(content)))]
        (site / source.pdf).parent.mkdir(parents=True, exist_ok=True)
        for path, data in zip(paths, content, strict=True):
            (site / path).write_bytes(data)
        return True

    def _describe(self, source: CardSource) -> CardFiles:
        sides = range(1, len(self._files_of(source)))
        return CardFiles(source.name, source.policies, source.pdf, [source.picture_path(side) for side in sides])

    def _load_sources(self, place: str, entry: LanguageEntry) -> list[CardSource]:
        """Return the card sources of a place in a language, from the cache if nothing has changed."""
        digest = hashlib.sha256(self.shared.encode())
        add(digest, json.dumps(self.bundle["places"][place], ensure_ascii=False, sort_keys=True))
        name, key = self._cache_name(place, entry.id), digest.hexdigest()
        cached = self.cache.get(name, key)
        if cached is None:
            cached = [asdict(source) for source in self._make_sources(self.bundle["places"][place], entry)]
            self.cache.put(name, key, cached)
        return [CardSource(**source) for source in cached]

    def _make_sources(self, place: Json, entry: LanguageEntry) -> Iterator[CardSource]:
        bundle = as_of_card(self.bundle, place)
        wording = make_language(bundle, entry.id, self.languages)
        for theme in list_themes(bundle, place, wording):
            card = make_blank_card(bundle, place, theme, [wording], self.site_url)
            try:
                document = encode_cards([card], self.font, Style(), wording)
            except MissingGlyphError as error:
                raise CardsError("no_glyph", found=str(error)) from error
            yield CardSource(
                theme.name, theme.policies, f"{entry.folder}{place['id']}/{CARD_FOLDER}/{theme.id}.pdf", document
            )

    def _typeset(self, sources: Iterable[CardSource]) -> None:
        """Render the cards that are not cached, into the cache."""
        tasks = [
            TypesettingTask(self._cache_name(source.pdf), self._cache_key(source), source.document)
            for source in sources
        ]
        typeset_cards([task for task in tasks if not self.cache.has(task.name, task.key)], self.font, self.cache)

    def _files_of(self, source: CardSource) -> list[bytes]:
        """Return the PDF of a card, then the PNG of each side."""
        # the cache folder may not be writable: then the files are not cached
        return self._cached_files(source) or typeset_card(self.font, source.document)

    def _cached_files(self, source: CardSource) -> list[bytes]:
        """Return the files of a card from the cache; empty if it is not cached."""
        return [
            b64decode(encoded)
            for encoded in self.cache.get(self._cache_name(source.pdf), self._cache_key(source)) or []
        ]

    def _cache_key(self, source: CardSource) -> str:
        digest = hashlib.sha256(self.code.encode())
        add(digest, self.toolchain, source.document)
        return digest.hexdigest()

    def _cache_name(self, *parts: str) -> str:
        return "\n".join([self.group, *parts])


def _size(file: Path) -> int:
    return file.stat().st_size
