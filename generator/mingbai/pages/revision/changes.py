"""List of a place's revisions, and the page about what the sources do not contain."""

from typing import Any

from mingbai.bundle.changes import replaces_version
from mingbai.bundle.timeline import announced_until, find_current_versions
from mingbai.pages.policy.citations import cite
from mingbai.pages.wording.language import Json, Language


def make_changes_page(bundle: Json, place: Json, language: Language) -> dict[str, Any]:
    """Return the template variables of the list of a place's revisions."""
    return {
        "id": place["id"],
        "place": language.text(place["name"]),
        "revisions": [describe_revision(bundle, place, revision, language) for revision in place["revisions"]],
    }


def describe_revision(bundle: Json, place: Json, revision: Json, language: Language) -> Json:
    """Return the template variables of one revision."""
    policies = find_current_versions(bundle, place)
    return {
        "date": revision["date"],
        "last": announced_until(bundle, revision["date"]),
        "compared": replaces_version(place, revision["date"]),
        "day": language.day(revision["date"]),
        "inferred": revision["certainty"] == "inferred",
        "certainty": language.term("certainty", revision["certainty"]),
        "says": language.text(revision["says"]),
        "policies": [
            {
                "id": policy,
                "title": language.text(policies[policy]["title"]),
                "ends": any(
                    version["ends"] and version["start"] == revision["date"] for version in place["policies"][policy]
                ),
            }
            for policy in revision["policies"]
        ],
        "document": revision["document"]["id"],
        "source": cite(bundle, revision["document"]["id"], revision["document"]["lines"], language),
        "days": _describe_days(revision, language),
        "checked": _describe_check(revision["checked"], language),
    }


def _describe_days(revision: Json, language: Language) -> list[str]:
    """Return sentences on when a revision was adopted and published, as far as the source says."""
    sentences = [
        language.say(f"changes.{name}", date=language.day(revision[name]))
        for name in ("adopted", "published")
        if revision[name]
    ]
    return sentences or [language.say("changes.no_days")]


def _describe_check(check: Json | None, language: Language) -> str:
    if check is None:
        return language.say("changes.unchecked")
    return language.say("changes.checked", role=language.text(check["role"]), date=language.day(check["date"]))


def make_absent_page(bundle: Json, language: Language) -> dict[str, Any]:
    """Return the template variables of the page about what the sources do not contain."""
    return {
        "texts": [
            {
                "id": absent["id"],
                "name": language.text(absent["name"]),
                "because": language.text(absent["because"]),
                "sources": [
                    {
                        "document": source["document"],
                        "text": cite(bundle, source["document"], source["lines"], language),
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
