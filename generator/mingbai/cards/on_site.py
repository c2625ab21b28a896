"""The cards that a site offers ready: of each place and life event, as PDF and as a picture of each side.

They are kept by all that they are made from, so that a build makes only those that have changed.
"""

import hashlib
import importlib.util
import json
from base64 import b64decode, b64encode
from collections.abc import Iterable
from importlib.metadata import version
from pathlib import Path

from mingbai.cache import Cache, add, code_stamp
from mingbai.cards.blank import Theme, blank_card, themes
from mingbai.cards.fonts import Font, find_font
from mingbai.cards.of_site import FOLDER, Printed, SiteCards
from mingbai.cards.typeset import MissingGlyphError, Style, as_pdf, as_pictures
from mingbai.cards.voice import Voice, voice
from mingbai.languages import Languages
from mingbai.pages.language import Json


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


def site_cards(  # noqa: PLR0913
    bundle: Json,
    languages: Languages,
    site_url: str,
    kept: Cache,
    *,
    name: str = "",
    places: Iterable[str] | None = None,
) -> SiteCards:
    """Return the cards of all places, or of some, in each language that people write. Raises `CardsError`.

    `name` tells sites apart that are built in turn from the same folder.
    """
    font = find_font()
    if font is None:
        key = "no_font"
        raise CardsError(key)
    cards, group = SiteCards(), f"{FOLDER} of {name}"
    names = []
    for entry in languages.entries:
        if not entry.written:
            continue
        speak = voice(bundle, entry.id, languages)
        of_places = cards.of.setdefault(entry.id, {})
        for place in bundle["places"].values() if places is None else (bundle["places"][each] for each in places):
            for theme in themes(bundle, place, speak):
                names.append(f"{group}\n{place['id']}\n{theme.id}\n{entry.id}")
                pdf, *pictures = _made(bundle, place, theme, speak, site_url, font, kept, names[-1])
                path = f"{entry.folder}{place['id']}/{FOLDER}/{theme.id}"
                files = {f"{path}-{side}.png": picture for side, picture in enumerate(pictures, 1)}
                cards.files |= {f"{path}.pdf": pdf, **files}
                printed = Printed(theme.name, theme.policies, f"{path}.pdf", list(files))
                of_places.setdefault(place["id"], []).append(printed)
    if places is None:
        kept.keep_only(names, of=group)
    return cards


def _made(  # noqa: PLR0913, PLR0917
    bundle: Json, place: Json, theme: Theme, speak: Voice, site_url: str, font: Font, kept: Cache, name: str
) -> list[bytes]:
    """Return the PDF of a card, and each of its sides as a picture."""
    key = _key(bundle, place, speak, site_url)
    found = kept.get(name, key)
    if found is not None:
        return [b64decode(each) for each in found]
    card, style = blank_card(bundle, place, theme, [speak], site_url), Style()
    try:
        made = [as_pdf([card], font, style, speak), *as_pictures([card], font, style, speak)]
    except MissingGlyphError as error:
        key = "no_glyph"
        raise CardsError(key, str(error)) from error
    kept.put(name, key, [b64encode(each).decode("ascii") for each in made])
    return made


def _key(bundle: Json, place: Json, speak: Voice, site_url: str) -> str:
    """Return what stands for all that a place's cards are made from."""
    found = hashlib.sha256(code_stamp().encode())
    shared = [bundle[name] for name in ("facts", "terms", "sources", "revision", "engine", "known")]
    add(found, json.dumps([shared, place], ensure_ascii=False, sort_keys=True), speak.tag, site_url)
    add(found, made_with())
    return found.hexdigest()


def _size(file: Path) -> int:
    return file.stat().st_size
