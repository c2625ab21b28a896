"""Topics: the policies of all places about one life event, or for one kind of people."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any, Literal, cast

from mingbai.bundle.timeline import current
from mingbai_calculator.core.facts import Facts
from mingbai_calculator.law.conditions import atoms, holds
from mingbai_calculator.request.vocabulary import read_facts

type Json = dict[str, Any]
type Condition = list[Any]
type Fits = Callable[[Json], bool]


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


def _is_about(topic: str, version: Json) -> bool:
    return bool(version["topic"] == topic)


def concerns(people: list[Facts], version: Json) -> bool:
    """Tell whether a policy asks for something that one of `people` is, and rules nothing of that person out."""
    parts = [part for part in version["who"][1:] if all(atom[0] != "holds" for atom in atoms(part))]
    return any(_suits(parts, person) for person in people)


def _suits(parts: list[Condition], person: Facts) -> bool:
    found = [(part[0] != "none", holds(part, person)) for part in parts]
    return (True, True) in found and all(held is not False for _, held in found)
