"""The pages that lead to the policies: the home page and the page of a place."""

from typing import Any

from mingbai.pages.language import Json, Language

PAYING = ("share", "floor")


def newest(place: Json) -> dict[str, Json]:
    """Return the newest version of each policy of a place."""
    return {policy: versions[-1] for policy, versions in place["policies"].items()}


def topics(bundle: Json, place: Json, language: Language) -> list[Json]:
    """Return the life events of a place with their policies, in the order of `terms.yaml`."""
    found = []
    for topic in bundle["terms"]["topics"]:
        policies = [
            {"id": policy, "title": language.text(version["title"]), "summary": language.text(version["summary"])}
            for policy, version in sorted(newest(place).items(), key=_concerns)
            if version["topic"] == topic
        ]
        if policies:
            found.append({"id": topic, "title": language.term("topics", topic), "policies": policies})
    return found


def _concerns(entry: tuple[str, Json]) -> tuple[bool, bool, int, str]:
    """Return the key that puts what concerns most people first: money before services, few conditions before many."""
    policy, version = entry
    one_illness = any(part[0] == "has" for part in (*version["who"][1:], *version["when"][1:]))
    return version["kind"] not in (*PAYING, "cash"), one_illness, len(version["who"]), policy


def audiences(place: Json, language: Language) -> list[Json]:
    """Return the kinds of people whom policies of the place are for, those with the most policies first."""
    found: dict[str, list[Json]] = {}
    for policy, version in newest(place).items():
        for part in version["who"][1:]:
            if part[0] == "in" and part[2] != [False]:
                entry = {"id": policy, "title": language.text(version["title"])}
                found.setdefault(language.speaker.phrases(part, named=False)[0], []).append(entry)
    several = [{"title": title, "policies": policies} for title, policies in found.items() if len(policies) > 1]
    return sorted(several, key=lambda audience: -len(audience["policies"]))


def order_of_paying(place: Json, language: Language) -> list[list[Json]]:
    """Return who pays first: groups of policies, of each of which only the first that fits pays."""
    versions = newest(place)
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


def places_above(bundle: Json, place: Json) -> list[Json]:
    """Return the places whose rules hold in a place too, the nearest first."""
    above = []
    while place["parent"]:
        place = bundle["places"][place["parent"]]
        above.append(place)
    return above


def place_page(bundle: Json, place: Json, language: Language) -> dict[str, Any]:
    """Return what the template of a place's page needs."""
    dates = [version["confirmed_until"] for version in newest(place).values() if version["confirmed_until"]]
    regions = [place[key] for key in ("province", "prefecture") if place[key]]
    return {
        "id": place["id"],
        "title": language.text(place["name"]),
        "about": language.text(place["about"]),
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
        "confirmed_until": language.day(max(dates)) if dates else None,
        "topics": topics(bundle, place, language),
        "order": order_of_paying(place, language),
        "above": [{"id": each["id"], "title": language.text(each["name"])} for each in places_above(bundle, place)],
        "changes": bool(place["revisions"]),
        "not_policies": bool(place["not_policies"]),
    }


def home_page(bundle: Json, language: Language) -> dict[str, Any]:
    """Return what the template of the home page needs."""
    places = [
        {
            **place_page(bundle, place, language),
            "audiences": audiences(place, language),
            "count": len(place["policies"]),
        }
        for place in bundle["places"].values()
        if place["policies"]  # some texts promise a resident nothing
    ]
    return {"places": places}
