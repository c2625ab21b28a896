"""The cards that the pages of a site link to. This module knows no typesetting: pages can be made without it."""

from dataclasses import dataclass, field
from typing import Any

from mingbai.i18n.languages import Languages
from mingbai.pages.wording.language import Json, Language

FOLDER = "cards"
"""In the folder of a place: no policy may have this id (`mingbai.model.reserved_names`)."""

type Contents = dict[str, tuple[str, dict[str, Any]]]
"""By path: the template of a page and what it needs."""


@dataclass(frozen=True, slots=True)
class Printed:
    """One card on the site: what it is about, the policies on it, and where its files lie, from the site's root."""

    name: Json
    policies: list[str]
    pdf: str
    pictures: list[str]


@dataclass(slots=True)
class SiteCards:
    """The cards of a site by language and place."""

    of: dict[str, dict[str, list[Printed]]] = field(default_factory=dict)

    def links(self, speaks: Language, languages: Languages, place: str, policy: str | None = None) -> list[Json]:
        """Return the links to a place's cards, or to those on which a policy stands.

        A language without cards has those of the one that stands in for it.
        """
        entry = languages.written(speaks.id)
        cards = self.of.get(entry.id, {}).get(place, [])
        return [_link(each, speaks, entry.tag) for each in cards if policy is None or policy in each.policies]

    def beside(self, contents: Contents, speaks: Language, languages: Languages, place: str) -> Contents:
        """Return the pages of a place with the links to its cards, where they have room for some."""
        found = {}
        for path, (template, variables) in contents.items():
            policy = path.removeprefix(f"{place}/").removesuffix(".md")
            cards = self.links(speaks, languages, place, None if policy == "index" else policy)
            found[path] = (template, variables | {"cards": cards})
        return found


def _link(card: Printed, speaks: Language, tag: str) -> Json:
    return {"title": speaks.text(card.name), "tag": tag, "pdf": card.pdf, "pictures": card.pictures}
