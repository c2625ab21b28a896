"""Policies gathered from all places: by what has happened to a reader, and by who the reader is."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any, Literal, cast

from mingbai.bundle.timeline import current
from mingbai.pages.wording.conditions import Condition
from mingbai.pages.wording.icons import topic_icon
from mingbai.pages.wording.language import Json, Language
from mingbai.pages.wording.regions import by_region
from mingbai.pages.wording.validity import told
from mingbai_calculator.core.world import World
from mingbai_calculator.law.conditions import atoms, holds
from mingbai_calculator.request.vocabulary import read_facts

PAYING = ("share", "floor")
type Fits = Callable[[Json], bool]


def listed(bundle: Json, place: str, policies: dict[str, Json], language: Language) -> list[Json]:
    """Return policies of a place as lists of links show them, what concerns most people first."""
    versions = bundle["places"][place]["policies"]
    return [
        {
            "id": policy,
            "title": language.text(version["title"]),
            "told": told(bundle, versions[policy], language),
        }
        for policy, version in sorted(policies.items(), key=_concerns)
    ]


def _concerns(entry: tuple[str, Json]) -> tuple[bool, bool, int, str]:
    """Return the key that puts what concerns most people first: money before services, few conditions before many."""
    policy, version = entry
    one_illness = any(part[0] == "has" for part in (*version["who"][1:], *version["when"][1:]))
    return version["kind"] not in (*PAYING, "cash"), one_illness, len(version["who"]), policy


def topics(bundle: Json, place: Json, language: Language) -> list[Json]:
    """Return the life events of a place with their policies, in the order of `terms.yaml`."""
    found = []
    for topic in bundle["terms"]["topics"]:
        policies = {policy: version for policy, version in current(bundle, place).items() if version["topic"] == topic}
        if policies:
            title = language.term("topics", topic)
            found.append(
                {
                    "id": topic,
                    "anchor": topic,
                    "title": title,
                    "icon": topic_icon(topic),
                    "policies": listed(bundle, place["id"], policies, language),
                }
            )
    return found


def concerns(people: list[World], version: Json) -> bool:
    """Tell whether a policy asks for something that one of `people` is, and rules nothing of that person out."""
    parts = [part for part in version["who"][1:] if all(atom[0] != "holds" for atom in atoms(part))]
    return any(_suits(parts, person) for person in people)


def _suits(parts: list[Condition], person: World) -> bool:
    found = [(part[0] != "none", holds(part, person)) for part in parts]
    return (True, True) in found and all(held is not False for _, held in found)


@dataclass(frozen=True, slots=True)
class Gathering:
    """The policies of all places about one life event (`topics`), or for one kind of people (`people`)."""

    kind: Literal["topics", "people"]
    id: str
    places: dict[str, dict[str, Json]]
    """By place and policy; no place is without any."""

    @property
    def path(self) -> str:
        """The path of its page, from the folder of a language."""
        return f"{self.kind}/{self.id}.md"

    def name(self, bundle: Json) -> Json:
        """Return its name in all languages."""
        terms = bundle["terms"]
        return cast("Json", terms["topics"][self.id] if self.kind == "topics" else terms["audiences"][self.id]["name"])

    def lead(self, bundle: Json, language: Language) -> str:
        """Return what its page is about."""
        key = "topic" if self.kind == "topics" else "people"
        return language.say(f"gathered.{key}_lead", **{key: language.text(self.name(bundle))})


def gather(bundle: Json) -> list[Gathering]:
    """Gather the policies by life event and by who the reader is, each in the order of ``terms.yaml``."""
    fits: dict[tuple[Literal["topics", "people"], str], Fits] = {}
    for topic in bundle["terms"]["topics"]:
        fits["topics", topic] = partial(_is_about, topic)
    for name, audience in bundle["terms"].get("audiences", {}).items():
        people = [read_facts(person, bundle["facts"], []) for person in audience["people"]]
        fits["people", name] = partial(concerns, people)
    versions = {place["id"]: current(bundle, place) for place in bundle["places"].values()}
    found = []
    for (kind, name), fit in fits.items():
        those = {
            place: {policy: version for policy, version in each.items() if fit(version)}
            for place, each in versions.items()
        }
        places = {place: policies for place, policies in those.items() if policies}
        if places:
            found.append(Gathering(kind, name, places))
    return found


def gathered_page(bundle: Json, gathering: Gathering, language: Language) -> dict[str, Any]:
    """Return what the template of a gathering page needs."""
    places = [bundle["places"][place] for place in gathering.places]
    return {
        "title": language.text(gathering.name(bundle)),
        "lead": gathering.lead(bundle, language),
        "groups": [
            {
                "id": place["id"],
                "title": language.text(place["name"]),
                "policies": listed(bundle, place["id"], gathering.places[place["id"]], language),
            }
            for _, inside in by_region(bundle, places)
            for place in inside
        ],
    }


def _is_about(topic: str, version: Json) -> bool:
    return bool(version["topic"] == topic)
