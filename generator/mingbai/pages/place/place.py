"""Home page, and the page of a place."""

from typing import Any

from mingbai.bundle.card_stamp import get_card_stamp
from mingbai.bundle.estimator.events import find_place_event, pays_cash
from mingbai.bundle.law import count_worked_out, get_version_law
from mingbai.bundle.routes import revision_path
from mingbai.bundle.timeline import (
    KNOWN,
    day_before,
    find_current_versions,
    has_ended,
    list_upcoming_changes,
    list_versions_in_force,
)
from mingbai.bundle.topics import TopicPage
from mingbai.pages.place.topics import list_topics
from mingbai.pages.wording.icons import load_topic_icon
from mingbai.pages.wording.language import Json, Language
from mingbai.pages.wording.regions import group_by_region, list_ancestors
from mingbai.pages.wording.validity import (
    describe_check,
    describe_old_office,
    describe_span,
    make_warning,
    say_whom_to_ask,
)
from mingbai_calculator.kinds.own_share import PERSON
from mingbai_calculator.law.laws import BillLaw


def list_payment_order(bundle: Json, place: Json, language: Language) -> list[list[Json]]:
    """Return the order of payment: groups of policies; of each group only the first that applies pays.

    What has ended is left out.
    """
    versions = find_current_versions(bundle, place)
    groups = [
        [policy for policy in group if not has_ended(bundle, place["policies"][policy])] for group in place["order"]
    ]
    return [
        [
            {
                "id": policy,
                "title": language.text(versions[policy]["title"]),
                "payer": language.term("payers", _get_payer(versions[policy])),
            }
            for policy in group
        ]
        for group in groups
        if group
    ]


def _get_payer(version: Json) -> str:
    """Return the payer of a policy that pays bills; the person, where something comes off first."""
    law = get_version_law(version).law
    return law.payer if isinstance(law, BillLaw) else PERSON


def make_place_page(bundle: Json, place: Json, language: Language) -> dict[str, Any]:
    """Return the template variables of a place's page."""
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
        "certainties": [
            language.say(
                "place.certainty",
                what=language.say(f"place.certainty_of.{what}"),
                because=language.text(why["because"]),
            )
            for what, why in (place["certainties"] or {}).items()
            if why and why["certainty"] != "stated"
        ],
        "ask": say_whom_to_ask(_list_topic_ids(bundle, place), language),
        "office": describe_old_office(place, language),
        "phone": place["office"].get("phone"),
        "checked": describe_check(bundle, find_current_versions(bundle, place).values(), language)
        or language.say("policy.checked_no_more"),
        "warnings": _make_warnings(bundle, place, language),
        "announcements": [
            _make_announcement(place, day, policies, language)
            for day, policies in list_upcoming_changes(bundle, place).items()
        ],
        "event": find_place_event(place),
        "pays_cash": pays_cash(place),
        "topics": list_topics(bundle, place, language),
        "worked_out": _say_worked_out(bundle, place, language),
        "order": list_payment_order(bundle, place, language),
        "above": [
            {"id": ancestor["id"], "title": language.text(ancestor["name"])}
            for ancestor in list_ancestors(bundle, place)
        ],
        "changes": bool(place["revisions"]),
        "not_policies": bool(place["not_policies"]),
        "card_hash": get_card_stamp(place).hash,
        "revision": bundle["revision"],
    }


def _say_worked_out(bundle: Json, place: Json, language: Language) -> str:
    """Return how much of the promises of a place can be worked out; ``""`` for a place without any."""
    counts = count_worked_out(bundle, place)
    return (
        language.say(
            "place.worked_out",
            total=counts.total,
            exact=counts.exact,
            in_part=counts.in_part,
            described=counts.described,
        )
        if counts.total
        else ""
    )


def _make_warnings(bundle: Json, place: Json, language: Language) -> list[Json]:
    """Return warnings that rules are confirmed only up to a day, one for each period between days of new rules."""
    starts = ["", *list_upcoming_changes(bundle, place)]
    warnings = []
    for first, last in zip(starts, [*(day_before(day) for day in starts[1:]), ""], strict=True):
        versions = list_versions_in_force(place, first or bundle.get(KNOWN, ""))
        warning = make_warning(bundle, place, versions, last, language)
        if warning is not None:
            warnings.append({**warning, "first": max(warning["first"], first)})
    return warnings


def _list_topic_ids(bundle: Json, place: Json) -> list[str]:
    """Return the topics of the rules of a place, each once."""
    return list(dict.fromkeys(version["topic"] for version in find_current_versions(bundle, place).values()))


def _make_announcement(place: Json, day: str, policies: list[str], language: Language) -> Json:
    """Return the announcement of a day of new rules: it is shown before that day only."""
    has_revision = any(revision["date"] == day for revision in place["revisions"])
    begun = {policy: next(each for each in place["policies"][policy] if each["start"] == day) for policy in policies}
    ended = [language.text(version["title"]) for version in begun.values() if version["ends"]]
    sentences = []
    if ended:
        titles = language.say("mark.and").join(ended)
        sentences.append(language.say("moment.announced_end", date=language.day(day), titles=titles))
    if len(ended) < len(policies):
        sentences.append(language.say("moment.announced", date=language.day(day), count=len(policies) - len(ended)))
    return {
        "first": "",
        "last": day_before(day),
        "says": language.say("mark.space").join(sentences),
        "page": revision_path(place["id"], day) if has_revision else f"{place['id']}/{policies[0]}.md",
    }


def make_home_page(bundle: Json, topic_pages: list[TopicPage], language: Language) -> dict[str, Any]:
    """Return the template variables of the home page."""
    places = [place for place in bundle["places"].values() if place["policies"]]  # some places have no policies
    return {
        "topics": [
            {
                "id": topic_page.id,
                "title": language.text(topic_page.name(bundle)),
                "icon": load_topic_icon(topic_page.id),
            }
            for topic_page in topic_pages
            if topic_page.kind == "topics"
        ],
        "audiences": [
            {"id": topic_page.id, "title": language.text(topic_page.name(bundle))}
            for topic_page in topic_pages
            if topic_page.kind == "people"
        ],
        "regions": _list_regions(bundle, places, language),
        "span": describe_span(bundle, language),
        "only_place": make_place_page(bundle, places[0], language) if len(places) == 1 else None,
    }


def _list_regions(bundle: Json, places: list[Json], language: Language) -> list[Json]:
    """Return the places under their provinces."""
    return [
        {
            "title": language.text(name) if name else language.say("home.region_unknown"),
            "places": [
                {
                    "id": place["id"],
                    "title": language.text(place["name"]),
                    "count": sum(not has_ended(bundle, versions) for versions in place["policies"].values()),
                }
                for place in region_places
            ],
        }
        for name, region_places in group_by_region(bundle, places)
    ]
