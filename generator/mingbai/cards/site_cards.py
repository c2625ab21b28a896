"""The cards that a site offers ready: of each place and life event, as PDF and as a picture of each side.

What stands on them is kept by all that it is made from; only the revision is another one after each edit, and
`REVISION` stands for it. A card that is set is kept too, so that a build sets only those on which something is new.
"""

import hashlib
import importlib.util
import json
from base64 import b64decode
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from importlib.metadata import version
from pathlib import Path

from mingbai.bundle.revision import REVISION
from mingbai.cards.content.blank_card import blank_card, themes
from mingbai.cards.model.words import voice
from mingbai.cards.typesetting.fonts import Font, find_font
from mingbai.cards.typesetting.typst import MissingGlyphError, Style, sheet_of
from mingbai.cards.typesetting.workers import Task, set_card, set_cards
from mingbai.core.cache import Cache, add, code_stamp
from mingbai.i18n.languages import Entry, Languages
from mingbai.pages.policy.card_links import FOLDER, Printed, SiteCards
from mingbai.pages.wording.language import Json

_SHARED = ("facts", "terms", "sources", "engine", "known")
"""What the cards of all places are made from; and the revision, which is left open."""


class CardsError(Exception):
    """No cards can be made; `key` names the sentence, in ``ui/cards.<lang>.yaml`` under ``none``."""

    def __init__(self, key: str, found: str = "") -> None:
        """Keep both."""
        super().__init__(f"{key} {found}".strip())
        self.key, self.found = key, found


def missing() -> str:
    """Return what there are no cards for want of: ``no_typst``, ``no_font``, or nothing."""
    if importlib.util.find_spec("typst") is None:
        return "no_typst"
    return "" if find_font() else "no_font"


def made_with() -> str:
    """Return what cards are made with besides policies and words: the typesetter and the font; ``""`` without them."""
    font = None if missing() else find_font()
    if font is None:
        return ""
    return " ".join([version("typst"), font.family, *(f"{face.path.name} {_size(face.path)}" for face in font.faces)])


@dataclass(frozen=True, slots=True)
class Sheet:
    """A card: its name, its policies, the path of its PDF, and all that stands on it as the typesetter reads it."""

    name: Json
    policies: list[str]
    pdf: str
    text: str

    def picture(self, side: int) -> str:
        """Return the path of the picture of a side; the first one is 1."""
        return f"{self.pdf.removesuffix('.pdf')}-{side}.png"


class Press:
    """Makes the cards of a site, in each language that people write, and keeps what it made.

    `name` tells sites apart that are built in turn from the same folder. Raises `CardsError` without a font.
    """

    def __init__(self, bundle: Json, languages: Languages, site_url: str, kept: Cache, name: str = "") -> None:
        """Find a font, and work out what stands for all that the cards share."""
        font = find_font()
        if font is None:
            key = "no_font"
            raise CardsError(key)
        self.font: Font = font
        self.revision: str = bundle["revision"]
        self.bundle: Json = {**bundle, "revision": REVISION}
        self.site_url, self.kept, self.group = site_url, kept, f"{FOLDER} of {name}"
        self.languages = languages
        self.written = [entry for entry in languages.entries if entry.written]
        self.with_what = made_with()
        self.code = code_stamp()
        found = hashlib.sha256(self.code.encode())
        add(found, json.dumps([bundle[each] for each in _SHARED], ensure_ascii=False, sort_keys=True), site_url)
        add(found, self.with_what)
        self.shared = found.hexdigest()

    def cards(self, places: Iterable[str]) -> SiteCards:
        """Return the cards of places, as pages link to them; those that are new are set. Raises `CardsError`."""
        cards, names = SiteCards(), list(places)
        sheets = {(place, entry.id): self._sheets(place, entry) for place in names for entry in self.written}
        self._set(sheet for each in sheets.values() for sheet in each)
        for (place, lang), each in sheets.items():
            cards.of.setdefault(lang, {})[place] = [self._printed(sheet) for sheet in each]
        return cards

    def write(self, site: Path) -> None:
        """Put the cards of all places into a site, and forget those that it has no more. Raises `CardsError`."""
        sheets = [
            each for place in self.bundle["places"] for entry in self.written for each in self._sheets(place, entry)
        ]
        new = [sheet for sheet in sheets if not self._put(site, sheet, self._kept(sheet))]
        self._set(new)
        for sheet in new:
            self._put(site, sheet, self._content(sheet))
        of_places = (self._name(place, entry.id) for place in self.bundle["places"] for entry in self.written)
        self.kept.keep_only([*of_places, *(self._name(sheet.pdf) for sheet in sheets)], of=self.group)

    @staticmethod
    def _put(site: Path, sheet: Sheet, content: list[bytes]) -> bool:
        """Write the files of a card; tell whether there was anything to write."""
        if not content:
            return False
        paths = [sheet.pdf, *(sheet.picture(side) for side in range(1, len(content)))]
        (site / sheet.pdf).parent.mkdir(parents=True, exist_ok=True)
        for path, made in zip(paths, content, strict=True):
            (site / path).write_bytes(made)
        return True

    def _printed(self, sheet: Sheet) -> Printed:
        sides = range(1, len(self._content(sheet)))
        return Printed(sheet.name, sheet.policies, sheet.pdf, [sheet.picture(side) for side in sides])

    def _sheets(self, place: str, entry: Entry) -> list[Sheet]:
        """Return what stands on the cards of a place in a language."""
        found = hashlib.sha256(self.shared.encode())
        add(found, json.dumps(self.bundle["places"][place], ensure_ascii=False, sort_keys=True))
        name, key = self._name(place, entry.id), found.hexdigest()
        kept = self.kept.get(name, key)
        if kept is None:
            kept = [asdict(sheet) for sheet in self._filled(self.bundle["places"][place], entry)]
            self.kept.put(name, key, kept)
        return [Sheet(**each) for each in kept]

    def _filled(self, place: Json, entry: Entry) -> Iterator[Sheet]:
        speak = voice(self.bundle, entry.id, self.languages)
        for theme in themes(self.bundle, place, speak):
            card = blank_card(self.bundle, place, theme, [speak], self.site_url)
            try:
                text = sheet_of([card], self.font, Style(), speak)
            except MissingGlyphError as error:
                key = "no_glyph"
                raise CardsError(key, str(error)) from error
            yield Sheet(theme.name, theme.policies, f"{entry.folder}{place['id']}/{FOLDER}/{theme.id}.pdf", text)

    def _set(self, sheets: Iterable[Sheet]) -> None:
        """Set the cards that are not kept."""
        tasks = [Task(self._name(sheet.pdf), self._key(sheet), self._text(sheet)) for sheet in sheets]
        set_cards([task for task in tasks if not self.kept.has(task.name, task.key)], self.font, self.kept)

    def _content(self, sheet: Sheet) -> list[bytes]:
        """Return the PDF of a card, and each of its sides as a picture."""
        return self._kept(sheet) or set_card(self.font, self._text(sheet))  # it may be that nothing can be kept here

    def _kept(self, sheet: Sheet) -> list[bytes]:
        """Return what was made of a card before; nothing if it was not."""
        return [b64decode(each) for each in self.kept.get(self._name(sheet.pdf), self._key(sheet)) or []]

    def _text(self, sheet: Sheet) -> str:
        return sheet.text.replace(REVISION, self.revision)

    def _key(self, sheet: Sheet) -> str:
        found = hashlib.sha256(self.code.encode())
        add(found, self.with_what, self._text(sheet))
        return found.hexdigest()

    def _name(self, *of: str) -> str:
        return "\n".join([self.group, *of])


def _size(file: Path) -> int:
    return file.stat().st_size
