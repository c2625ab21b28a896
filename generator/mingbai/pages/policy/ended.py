"""What pages say of an end or a replacement: who gains or loses what, what may help instead, the old text to fold."""

from typing import Any

from mingbai.bundle.comparison import compare_examples, list_other_help
from mingbai.bundle.law import get_version_law
from mingbai.bundle.routes import revision_path
from mingbai.bundle.timeline import day_before, find_current_versions, has_ended
from mingbai.pages.policy.examples import make_worked_examples
from mingbai.pages.policy.history import describe_start, list_changes
from mingbai.pages.policy.kinds import describe_benefit, describe_heading
from mingbai.pages.policy.people import SHOWN_PEOPLE, group_people
from mingbai.pages.wording.conditions import describe_requirements
from mingbai.pages.wording.language import Json, Language
from mingbai.pages.wording.validity import describe_period

type VersionPair = tuple[Json, Json]
"""A version, and the one that replaces it or ends the policy."""


def describe_loss(bundle: Json, place: Json, policy: str, pair: VersionPair, language: Language) -> dict[str, Any]:
    """Return who loses and what else applies to them when a policy ends.

    The people are the worked examples of the version before, on the day of the end.
    """
    day = pair[1]["start"]
    people = group_people(compare_examples(bundle, place["id"], {policy: pair}, day), language)
    titles = find_current_versions(bundle, place)
    others = list_other_help(bundle, place["id"], policy, pair, day)
    return {
        "people": {group: people[group] for group in ("loses", "open") if group in people},
        "shown": SHOWN_PEOPLE,
        "instead": [
            {"id": other, "title": language.text(titles[other]["title"])}
            for other in others
            if not has_ended(bundle, place["policies"][other])
        ],
    }


def describe_replacement(
    bundle: Json, place: Json, policy: str, pair: VersionPair, language: Language
) -> dict[str, Any]:
    """Return what became more and less when a newer version replaced one: figures, and people of the examples."""
    day = pair[1]["start"]
    people = group_people(compare_examples(bundle, place["id"], {policy: pair}, day), language)
    has_revision = any(revision["date"] == day for revision in place["revisions"])
    return {
        "figures": list_changes(*pair, language),
        "people": {group: people[group] for group in ("gains", "loses") if group in people},
        "shown": SHOWN_PEOPLE,
        "page": revision_path(place["id"], day) if has_revision else "",
    }


def describe_old_text(bundle: Json, place: Json, policy: str, pair: VersionPair, language: Language) -> dict[str, Any]:
    """Return the text of the version before the end, as template variables for a folded part of the page."""
    old, new = pair
    law = get_version_law(old)
    return {
        "id": old["id"],
        "since": "" if old["start"] else describe_start(old, language),
        "days": describe_period(old["start"] or "", day_before(new["start"]), language),
        "title": language.text(old["title"]),
        "summary": language.text(old["summary"]),
        "who": describe_requirements(law.who, language)
        or ([language.text(old["for_whom"])] if old["for_whom"] else []),
        "when": describe_requirements(law.when, language),
        "heading": describe_heading(old["kind"], language),
        "benefit": describe_benefit(old, language),
        "examples": make_worked_examples(bundle, place["id"], policy, old, language),
    }
