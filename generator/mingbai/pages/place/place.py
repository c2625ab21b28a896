"""The pages that lead to the policies: the home page and the page of a place."""

from typing import Any

from mingbai.bundle.routes import revision_path
from mingbai.bundle.timeline import KNOWN, ahead, current, day_before, in_force
from mingbai.bundle.topics import Gathering
from mingbai.pages.place.topics import topics
from mingbai.pages.wording.icons import topic_icon
from mingbai.pages.wording.language import Json, Language
from mingbai.pages.wording.regions import by_region, places_above
from mingbai.pages.wording.validity import warning


def order_of_paying(bundle: Json, place: Json, language: Language) -> list[list[Json]]:
    """Return who pays first: groups of policies, of each of which only the first that fits pays."""
    versions = current(bundle, place)
    return [
        [
            {
                "id": policy,
                "title": language.text(versions[policy]["title"]),
                "payer": language.term("payers", versions[policy]["law"]["payer"]),
            }
            for policy in group
        ]
        for group in place["order"]
    ]


def place_page(bundle: Json, place: Json, language: Language) -> dict[str, Any]:
    """Return what the template of a place's page needs."""
    regions = [place[key] for key in ("province", "prefecture") if place[key]]
    return {
        "id": place["id"],
        "title": language.text(place["name"]),
        "about": language.text(place["about"]),
        "code": place["code"],
        "regions": [
            language.say(
                "place.region",
                name=language.text(region["name"]),
                certainty=language.term("certainty", region["certainty"]),
            )
            for region in regions
        ],
        "office": language.text(place["office"]["name"]),
        "phone": place["office"].get("phone"),
        "warnings": _warnings(bundle, place, language),
        "ahead": [_announced(place, day, policies, language) for day, policies in ahead(bundle, place).items()],
        "topics": topics(bundle, place, language),
        "order": order_of_paying(bundle, place, language),
        "above": [{"id": each["id"], "title": language.text(each["name"])} for each in places_above(bundle, place)],
        "changes": bool(place["revisions"]),
        "not_policies": bool(place["not_policies"]),
    }


def _warnings(bundle: Json, place: Json, language: Language) -> list[Json]:
    """Return up to when papers show the rules, for each of the times between days on which a rule begins."""
    starts = ["", *ahead(bundle, place)]
    found = []
    for first, last in zip(starts, [*(day_before(day) for day in starts[1:]), ""], strict=True):
        running = in_force(place, first or bundle.get(KNOWN, ""))
        dates = [version["confirmed_until"] for version in running if version["confirmed_until"]]
        told = warning(bundle, max(dates), last, language) if dates else None
        if told is not None:
            found.append({**told, "first": max(told["first"], first)})
    return found


def _announced(place: Json, day: str, policies: list[str], language: Language) -> Json:
    """Return what is said of a day that may lie ahead until it is there."""
    told = any(revision["date"] == day for revision in place["revisions"])
    return {
        "first": "",
        "last": day_before(day),
        "says": language.say("moment.announced", date=language.day(day), count=len(policies)),
        "page": revision_path(place["id"], day) if told else f"{place['id']}/{policies[0]}.md",
    }


def home_page(bundle: Json, gathered: list[Gathering], language: Language) -> dict[str, Any]:
    """Return what the template of the home page needs."""
    places = [place for place in bundle["places"].values() if place["policies"]]  # some texts promise nothing
    return {
        "topics": [
            {"id": each.id, "title": language.text(each.name(bundle)), "icon": topic_icon(each.id)}
            for each in gathered
            if each.kind == "topics"
        ],
        "audiences": [
            {"id": each.id, "title": language.text(each.name(bundle))} for each in gathered if each.kind == "people"
        ],
        "regions": _regions(bundle, places, language),
        "only": place_page(bundle, places[0], language) if len(places) == 1 else None,
    }


def _regions(bundle: Json, places: list[Json], language: Language) -> list[Json]:
    """Return the places under their provinces."""
    return [
        {
            "title": language.text(name) if name else language.say("home.region_unknown"),
            "places": [
                {"id": place["id"], "title": language.text(place["name"]), "count": len(place["policies"])}
                for place in inside
            ],
        }
        for name, inside in by_region(bundle, places)
    ]
