"""Selection of places: the bundle reduced to some of its places."""

from collections.abc import Sequence
from typing import Any

from mingbai.diagnostics.errors import CallError


def select_places(bundle: dict[str, Any], ids: Sequence[str]) -> dict[str, Any]:
    """Return the bundle with only the places `ids`, in its own order; the revision stays, as the rules are the same.

    A parent place that is not selected is removed (`parent` becomes None). Raises CallError for an unknown place.
    """
    for place_id in ids:
        if place_id not in bundle["places"]:
            raise CallError("no_place", place_id, tuple(bundle["places"]))
    selected = {name: place for name, place in bundle["places"].items() if name in ids}
    return {
        **bundle,
        "places": {
            name: {**place, "parent": place["parent"] if place["parent"] in selected else None}
            for name, place in selected.items()
        },
    }
