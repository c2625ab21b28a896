"""What the reader of people's words must know of each fact, and of each number that a policy asks for."""

from typing import Any

from mingbai_reading import DAY, Definition

type Json = dict[str, Any]

_OF_A_FACT = ("type", "low", "high", "name", "options", "options_were")


def definitions(bundle: Json) -> dict[str, Definition]:
    """Return the definition of each fact of the bundle."""
    return {
        name: {key: fact[key] for key in _OF_A_FACT if key in fact} | bundle.get("reading", {}).get(name, {})
        for name, fact in bundle["facts"].items()
    }


def inputs(bundle: Json) -> dict[str, Definition]:
    """Return the definition of each number that the policies ask for, by ``PLACE/POLICY.NAME``."""
    return {
        name: {"type": number["unit"], "name": number["question"]}
        for place in bundle["places"].values()
        for versions in place["policies"].values()
        for version in versions
        for name, number in version["numbers"].items()
    }


def all_definitions(bundle: Json) -> dict[str, Definition]:
    """Return what can be read: facts, inputs, and the day of a bill as ``date``."""
    return {**definitions(bundle), **inputs(bundle), "date": DAY}
