"""Places by region: ancestors of a place, and places grouped by province."""

from typing import Any, cast

type Json = dict[str, Any]


def list_ancestors(bundle: Json, place: Json) -> list[Json]:
    """Return the ancestors of a place, whose rules apply in it too, the nearest first."""
    ancestors = []
    while place["parent"]:
        place = bundle["places"][place["parent"]]
        ancestors.append(place)
    return ancestors


def group_by_region(bundle: Json, places: list[Json]) -> list[tuple[Json | None, list[Json]]]:
    """Return the name of each province (None: unknown) with its places; the nation first, unknown provinces last."""
    regions: dict[str, tuple[Json | None, list[Json]]] = {}
    for place in places:
        name = _find_province_name(bundle, place)
        regions.setdefault(name["zh"] if name else "", (name, []))[1].append(place)
    nation = {place["name"]["zh"] for place in places if place["level"] == "nation"}
    return [regions[key] for key in sorted(regions, key=lambda key: (key not in nation, not key))]


def _find_province_name(bundle: Json, place: Json) -> Json | None:
    """Return the name of the province (or nation) that a place is or lies in; None where it is not known."""
    if place["level"] in ("nation", "province"):
        return cast("Json", place["name"])
    if place["province"]:
        return cast("Json", place["province"]["name"])
    provinces = (above for above in list_ancestors(bundle, place) if above["level"] == "province")
    return next((cast("Json", above["name"]) for above in provinces), None)
