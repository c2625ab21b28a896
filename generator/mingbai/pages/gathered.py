"""Policies gathered from all places: by what has happened to a reader, and by who the reader is."""

from collections.abc import Callable
from functools import partial
from typing import Any

from mingbai.pages.conditions import Condition
from mingbai.pages.icons import topic_icon
from mingbai.pages.language import Json, Language
from mingbai_calculator.conditions import atoms, compile_condition
from mingbai_calculator.facts import read_facts
from mingbai_calculator.world import Unknown, World

PAYING = ("share", "floor")


def newest(place: Json) -> dict[str, Json]:
    """Return the newest version of each policy of a place."""
    return {policy: versions[-1] for policy, versions in place["policies"].items()}


def listed(policies: dict[str, Json], language: Language) -> list[Json]:
    """Return policies as lists of links show them, what concerns most people first."""
    return [
        {"id": policy, "title": language.text(version["title"]), "summary": language.text(version["summary"])}
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
        policies = {policy: version for policy, version in newest(place).items() if version["topic"] == topic}
        if policies:
            title = language.term("topics", topic)
            found.append(
                {
                    "id": topic,
                    "anchor": topic,
                    "title": title,
                    "icon": topic_icon(topic),
                    "policies": listed(policies, language),
                }
            )
    return found


def concerns(people: list[World], version: Json) -> bool:
    """Tell whether a policy asks for something that one of `people` is, and rules nothing of that person out."""
    parts = [part for part in version["who"][1:] if all(atom[0] != "holds" for atom in atoms(part))]
    return any(_suits(parts, person) for person in people)


def _suits(parts: list[Condition], person: World) -> bool:
    found = [(part[0] != "none", _holds(part, person)) for part in parts]
    return (True, True) in found and all(holds is not False for _, holds in found)


def _holds(part: Condition, person: World) -> bool | None:
    try:
        return compile_condition(part)(person)
    except Unknown:
        return None


def audiences(bundle: Json) -> dict[str, list[World]]:
    """Return the kinds of people of `terms.yaml` for whom there is any policy, each with some such people."""
    versions = [version for place in bundle["places"].values() for version in newest(place).values()]
    found = {}
    for name, audience in bundle["terms"].get("audiences", {}).items():
        people = [read_facts(person, bundle["facts"], []) for person in audience["people"]]
        if any(concerns(people, version) for version in versions):
            found[name] = people
    return found


def audience_title(bundle: Json, name: str, language: Language) -> str:
    """Name a kind of people."""
    return language.text(bundle["terms"]["audiences"][name]["name"])


def gathered_paths(bundle: Json) -> list[str]:
    """Return the path of each gathering page."""
    used = {version["topic"] for place in bundle["places"].values() for version in newest(place).values()}
    topics_used = [topic for topic in bundle["terms"]["topics"] if topic in used]
    return [*(f"topics/{topic}.md" for topic in topics_used), *(f"people/{name}.md" for name in audiences(bundle))]


def gathered_pages(bundle: Json, language: Language) -> dict[str, dict[str, Any]]:
    """Return what the template of each gathering page needs, by path: ``topics/<topic>.md``, ``people/<who>.md``."""
    pages: dict[str, dict[str, Any]] = {}
    for topic in bundle["terms"]["topics"]:
        title = language.term("topics", topic)
        pages[f"topics/{topic}.md"] = {
            "title": title,
            "lead": language.say("gathered.topic_lead", topic=title),
            "groups": _groups(bundle, language, partial(_is_about, topic)),
        }
    for name, people in audiences(bundle).items():
        title = audience_title(bundle, name, language)
        pages[f"people/{name}.md"] = {
            "title": title,
            "lead": language.say("gathered.people_lead", people=title),
            "groups": _groups(bundle, language, partial(concerns, people)),
        }
    return {path: page for path, page in pages.items() if page["groups"]}


def _is_about(topic: str, version: Json) -> bool:
    return bool(version["topic"] == topic)


def _groups(bundle: Json, language: Language, fits: Callable[[Json], bool]) -> list[Json]:
    """Return the places that have policies that fit, each with these."""
    found = []
    for place in bundle["places"].values():
        policies = {policy: version for policy, version in newest(place).items() if fits(version)}
        if policies:
            entry = {"id": place["id"], "title": language.text(place["name"]), "policies": listed(policies, language)}
            found.append(entry)
    return found
