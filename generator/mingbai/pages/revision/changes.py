"""The pages that stand beside the policies: what changed in a place, and what the sources do not contain."""

from typing import Any

from mingbai.bundle.changes import compared
from mingbai.bundle.timeline import announced_until, current
from mingbai.pages.policy.policy import cited
from mingbai.pages.wording.language import Json, Language


def changes_page(bundle: Json, place: Json, language: Language) -> dict[str, Any]:
    """Return what the template of a place's revisions needs."""
    return {
        "id": place["id"],
        "place": language.text(place["name"]),
        "revisions": [told(bundle, place, revision, language) for revision in place["revisions"]],
    }


def told(bundle: Json, place: Json, revision: Json, language: Language) -> Json:
    """Return what is said of one revision."""
    policies = current(bundle, place)
    return {
        "date": revision["date"],
        "last": announced_until(bundle, revision["date"]),
        "compared": compared(place, revision["date"]),
        "day": language.day(revision["date"]),
        "inferred": revision["certainty"] == "inferred",
        "certainty": language.term("certainty", revision["certainty"]),
        "says": language.text(revision["says"]),
        "policies": [
            {"id": policy, "title": language.text(policies[policy]["title"])} for policy in revision["policies"]
        ],
        "document": revision["document"]["id"],
        "source": cited(bundle, revision["document"]["id"], revision["document"]["lines"], language),
        "days": _days(revision, language),
        "checked": _checked(revision["checked"], language),
    }


def _days(revision: Json, language: Language) -> list[str]:
    """Say when a revision was adopted and published, as far as the source tells."""
    said = [
        language.say(f"changes.{name}", date=language.day(revision[name]))
        for name in ("adopted", "published")
        if revision[name]
    ]
    return said or [language.say("changes.no_days")]


def _checked(checked: Json | None, language: Language) -> str:
    if checked is None:
        return language.say("changes.unchecked")
    return language.say("changes.checked", role=language.text(checked["role"]), date=language.day(checked["date"]))


def absent_page(bundle: Json, language: Language) -> dict[str, Any]:
    """Return what the template of the page on what the sources do not contain needs."""
    return {
        "texts": [
            {
                "id": absent["id"],
                "name": language.text(absent["name"]),
                "because": language.text(absent["because"]),
                "sources": [
                    {
                        "document": source["document"],
                        "text": cited(bundle, source["document"], source["lines"], language),
                    }
                    for source in absent["source"]
                ],
            }
            for absent in bundle["absent"]
        ],
        "places": [
            {
                "id": place["id"],
                "title": language.text(place["name"]),
                "reasons": [language.text(excuse["because"]) for excuse in place["not_policies"]],
            }
            for place in bundle["places"].values()
            if place["not_policies"]
        ],
    }
