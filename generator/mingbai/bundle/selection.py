"""Selection of places: the bundle with some of its places."""

from collections.abc import Sequence
from typing import Any

from mingbai.diagnostics.errors import CallError


def only_places(bundle: dict[str, Any], ids: Sequence[str]) -> dict[str, Any]:
    """Return the bundle with some of its places, in its own order; its revision stays, as the rules are the same.

    A place above that is not among them is not named. Raises CallError for a place that is not there.
    """
    for each in ids:
        if each not in bundle["places"]:
            key = "no_place"
            raise CallError(key, each, tuple(bundle["places"]))
    kept = {name: place for name, place in bundle["places"].items() if name in ids}
    return {
        **bundle,
        "places": {
            name: {**place, "parent": place["parent"] if place["parent"] in kept else None}
            for name, place in kept.items()
        },
    }
