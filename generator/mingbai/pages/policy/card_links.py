"""Links from pages to printable cards. Independent of typesetting: pages can be made without it."""

from dataclasses import dataclass, field
from typing import Any

from mingbai.i18n.languages import Languages
from mingbai.pages.wording.language import Json, Language

CARD_FOLDER = "cards"
"""Subfolder of a place's folder: no policy may have this id (`mingbai.model.reserved_names`)."""

type PageContents = dict[str, tuple[str, dict[str, Any]]]
"""By path: the template of a page and its variables."""


@dataclass(frozen=True, slots=True)
class CardFiles:
    """One card on the site: its title, its policies, and the paths of its files from the root of the site."""

    name: Json
    policies: list[str]
    pdf: str
    pictures: list[str]


@dataclass(slots=True)
class SiteCards:
    """The cards of a site by language and place."""

    by_language: dict[str, dict[str, list[CardFiles]]] = field(default_factory=dict)

    def list_links(self, language: Language, languages: Languages, place: str, policy: str | None = None) -> list[Json]:
        """Return the links to a place's cards, or to those that contain a policy.

        A language without cards of its own gets those of its fallback language.
        """
        entry = languages.nearest_written(language.id)
        cards = self.by_language.get(entry.id, {}).get(place, [])
        return [_make_link(card, language, entry.tag) for card in cards if policy is None or policy in card.policies]

    def add_links(self, contents: PageContents, language: Language, languages: Languages, place: str) -> PageContents:
        """Return the pages of a place with the variable `cards` added: links to the cards about each page."""
        with_links = {}
        for path, (template, variables) in contents.items():
            policy = path.removeprefix(f"{place}/").removesuffix(".md")
            cards = self.list_links(language, languages, place, None if policy == "index" else policy)
            with_links[path] = (template, variables | {"cards": cards})
        return with_links


def _make_link(card: CardFiles, language: Language, tag: str) -> Json:
    return {"title": language.text(card.name), "tag": tag, "pdf": card.pdf, "pictures": card.pictures}
