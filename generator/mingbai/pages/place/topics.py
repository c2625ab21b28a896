"""Policies gathered from all places: by what has happened to a reader, and by who the reader is."""

from typing import Any

from mingbai.bundle.timeline import current
from mingbai.bundle.topics import Gathering
from mingbai.pages.wording.icons import topic_icon
from mingbai.pages.wording.language import Json, Language
from mingbai.pages.wording.regions import by_region
from mingbai.pages.wording.validity import told

PAYING = ("share", "floor")


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


def lead(bundle: Json, gathering: Gathering, language: Language) -> str:
    """Return what the page of a gathering is about."""
    key = "topic" if gathering.kind == "topics" else "people"
    return language.say(f"gathered.{key}_lead", **{key: language.text(gathering.name(bundle))})


def gathered_page(bundle: Json, gathering: Gathering, language: Language) -> dict[str, Any]:
    """Return what the template of a gathering page needs."""
    places = [bundle["places"][place] for place in gathering.places]
    return {
        "title": language.text(gathering.name(bundle)),
        "lead": lead(bundle, gathering, language),
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
