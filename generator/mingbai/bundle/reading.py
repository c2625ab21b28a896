"""What the reader of people's words must know of each fact, and of each number that a policy asks for."""

from typing import Any

from mingbai_reading import DAY, Definition

type Json = dict[str, Any]

_OF_A_FACT = ("type", "low", "high", "name", "options", "options_were", "unit", "yes", "no", "also")


def list_definitions(bundle: Json) -> dict[str, Definition]:
    """Return the definition of each fact of the bundle."""
    return {
        name: {key: value for key, value in fact.items() if key in _OF_A_FACT}
        for name, fact in make_vocabulary(bundle).items()
    }


def make_vocabulary(bundle: Json) -> Json:
    """Return the facts of the bundle as they are compiled, each with what the reader must know of it."""
    return {name: fact | bundle.get("reading", {}).get(name, {}) for name, fact in bundle["facts"].items()}


def list_inputs(bundle: Json) -> dict[str, Definition]:
    """Return the definition of each number that the policies ask for, by ``PLACE/POLICY.NAME``."""
    return {
        name: {"type": number["unit"], "name": number["question"]}
        for place in bundle["places"].values()
        for versions in place["policies"].values()
        for version in versions
        for name, number in version["numbers"].items()
    }


def list_all_definitions(bundle: Json) -> dict[str, Definition]:
    """Return what can be read: facts, inputs, and the day of a bill as ``date``."""
    return {**list_definitions(bundle), **list_inputs(bundle), "date": DAY}
