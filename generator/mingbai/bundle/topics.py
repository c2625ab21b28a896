"""Topic pages: the policies of all places about one life event, or for one group of people."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any, Literal, cast

from mingbai.bundle.law import get_version_law
from mingbai.bundle.timeline import find_current_versions
from mingbai_calculator.core.facts import Facts
from mingbai_calculator.law.conditions import (
    Condition,
    Holds,
    NoneOf,
    evaluate_condition,
    iter_atoms,
    split_conjunction,
)
from mingbai_calculator.law.vocabulary import get_vocabulary
from mingbai_calculator.request.vocabulary import read_facts

type Json = dict[str, Any]
type VersionTest = Callable[[Json], bool]


@dataclass(frozen=True, slots=True)
class TopicPage:
    """The policies of all places about one life event (`topics`), or for one group of people (`people`)."""

    kind: Literal["topics", "people"]
    id: str
    places: dict[str, dict[str, Json]]
    """The current version by place and policy; a place without any is left out."""

    @property
    def path(self) -> str:
        """The path of the page, relative to the folder of a language."""
        return f"{self.kind}/{self.id}.md"

    def name(self, bundle: Json) -> Json:
        """Return the name of the topic by language."""
        terms = bundle["terms"]
        return cast("Json", terms["topics"][self.id] if self.kind == "topics" else terms["audiences"][self.id]["name"])


def list_topic_pages(bundle: Json) -> list[TopicPage]:
    """Return the topic pages by life event, then those by group of people, in the order of ``terms.yaml``."""
    tests: dict[tuple[Literal["topics", "people"], str], VersionTest] = {}
    for topic in bundle["terms"]["topics"]:
        tests["topics", topic] = partial(_is_about, topic)
    for name, audience in bundle["terms"].get("audiences", {}).items():
        people = [read_facts(person, get_vocabulary(bundle), []) for person in audience["people"]]
        tests["people", name] = partial(concerns_people, people)
    versions = {place["id"]: find_current_versions(bundle, place) for place in bundle["places"].values()}
    pages = []
    for (kind, name), test in tests.items():
        matching = {
            place: {policy: version for policy, version in current.items() if test(version)}
            for place, current in versions.items()
        }
        places = {place: policies for place, policies in matching.items() if policies}
        if places:
            pages.append(TopicPage(kind, name, places))
    return pages


def _is_about(topic: str, version: Json) -> bool:
    return bool(version["topic"] == topic)


def concerns_people(people: list[Facts], version: Json) -> bool:
    """Return whether one of `people` meets a condition of a policy, and none of its conditions excludes that person.

    Conditions with a status policy (``holds``) are ignored.
    """
    parts = [
        part
        for part in split_conjunction(get_version_law(version).who)
        if not any(isinstance(atom, Holds) for atom in iter_atoms(part))
    ]
    return any(_matches(parts, person) for person in people)


def _matches(parts: list[Condition], person: Facts) -> bool:
    results = [(not isinstance(part, NoneOf), evaluate_condition(part, person)) for part in parts]
    return (True, True) in results and all(result is not False for _, result in results)
