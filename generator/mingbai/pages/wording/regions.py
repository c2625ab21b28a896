"""Places in the order in which people look for them: under the province that they lie in."""

from typing import Any, cast

type Json = dict[str, Any]


def places_above(bundle: Json, place: Json) -> list[Json]:
    """Return the places whose rules hold in a place too, the nearest first."""
    above = []
    while place["parent"]:
        place = bundle["places"][place["parent"]]
        above.append(place)
    return above


def by_region(bundle: Json, places: list[Json]) -> list[tuple[Json | None, list[Json]]]:
    """Return the name of each province with its places; the whole country first, unknown provinces last."""
    regions: dict[str, tuple[Json | None, list[Json]]] = {}
    for place in places:
        name = _region(bundle, place)
        regions.setdefault(name["zh"] if name else "", (name, []))[1].append(place)
    nation = {place["name"]["zh"] for place in places if place["level"] == "nation"}
    return [regions[key] for key in sorted(regions, key=lambda key: (key not in nation, not key))]


def _region(bundle: Json, place: Json) -> Json | None:
    """Return the name of the province that a place is or lies in, where that is known."""
    if place["level"] in ("nation", "province"):
        return cast("Json", place["name"])
    if place["province"]:
        return cast("Json", place["province"]["name"])
    provinces = (above for above in places_above(bundle, place) if above["level"] == "province")
    return next((cast("Json", above["name"]) for above in provinces), None)
