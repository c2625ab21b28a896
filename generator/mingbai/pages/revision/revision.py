"""Page of one day on which rules changed: changed figures, and who gains and who loses money."""

from dataclasses import dataclass
from typing import Any

from mingbai.bundle.changes import ChangeDay
from mingbai.bundle.comparison import AmountRange, ExampleComparison
from mingbai.bundle.routes import address, revision_path
from mingbai.bundle.timeline import announced_until, find_current_versions
from mingbai.pages.policy.differences import PHRASE_TOPICS, compare_versions
from mingbai.pages.revision.changes import describe_revision
from mingbai.pages.revision.notice import MAX_NEW_POLICIES, MAX_PEOPLE, make_chat_text, make_notice_sheet
from mingbai.pages.wording.language import Json, Language
from mingbai.pages.wording.validity import describe_old_office, say_whom_to_ask
from mingbai_calculator.core.money import format_yuan

GROUPS = ("gains", "loses", "open", "same")
"""The order of the groups of people on the page."""

SHOWN_PEOPLE = 6
"""So many people of a group are shown; the others are collapsed."""


@dataclass(frozen=True, slots=True)
class PersonComparison:
    """One person before and after: title, the example that it comes from, and sentences, each with the difference."""

    title: str
    policy: str
    example: str
    says: list[tuple[str, str]]


def make_revision_page(
    bundle: Json, place: Json, day: ChangeDay, language: Language, site_url: str = ""
) -> dict[str, Any]:
    """Return the template variables of a day's page; `site_url` is the absolute address of the site, if it has one."""
    titles = {
        policy: language.text(version["title"]) for policy, version in find_current_versions(bundle, place).items()
    }
    revisions = [describe_revision(bundle, place, revision, language) for revision in day.revisions]
    people: dict[str, list[PersonComparison]] = {}
    for comparison in sorted(
        day.comparisons, key=lambda comparison: -abs(comparison.gain or 0)
    ):  # largest differences first
        people.setdefault(classify_case(comparison), []).append(_describe_case(comparison, language))
    place_name, day_text = language.text(place["name"]), language.day(day.date)
    differences = {policy: compare_versions(old, new, language) for policy, (old, new) in day.version_pairs.items()}
    url = site_url and site_url + language.prefix + address(revision_path(place["id"], day.date))
    return {
        "id": place["id"],
        "chat": make_chat_text(place_name, day_text, [revision["says"] for revision in revisions], language, url),
        "sheet": make_notice_sheet([(titles[policy], changed) for policy, changed in differences.items()], language),
        "max_people": MAX_PEOPLE,
        "max_new_policies": MAX_NEW_POLICIES,
        "ask": say_whom_to_ask([], language),
        "office": describe_old_office(place, language),
        "phone": place["office"].get("phone"),
        "place": language.text(place["name"]),
        "date": day.date,
        "day": language.day(day.date),
        "last": announced_until(bundle, day.date),
        "revisions": revisions,
        "checked": list(dict.fromkeys(revision["checked"] for revision in revisions)),
        "people": {place_name: people[place_name] for place_name in GROUPS if place_name in people},
        "shown_people": SHOWN_PEOPLE,
        "count": len(day.comparisons),
        "policies": [
            {"id": policy, "title": titles[policy], "phrase_topics": PHRASE_TOPICS, "differences": changed}
            for policy, changed in differences.items()
        ],
        "new_policies": [{"id": policy, "title": titles[policy]} for policy in day.new_policies],
    }


def classify_case(comparison: ExampleComparison) -> str:
    """Return whether the person "gains", "loses", has the "same", or whether that is "open".

    An unchanged range is open: within it this person may still gain or lose.
    """
    sides = (comparison.before, comparison.after)
    spans = [span for side in sides for span in (side.self_pays, side.money) if span is not None]
    if comparison.gain is None or any(low != high for low, high in spans):
        return "open"
    if comparison.gain:
        return "gains" if comparison.gain > 0 else "loses"
    if _applies_alone(comparison):
        return {True: "gains", False: "loses"}.get(bool(comparison.after.applies), "open")
    return "same"


def _applies_alone(comparison: ExampleComparison) -> bool:
    """Whether the only change for a person is that a policy applies or not, without a bill that shows it."""
    no_bill = comparison.before.self_pays is None and comparison.after.self_pays is None
    return no_bill and comparison.before.applies != comparison.after.applies


def _describe_case(comparison: ExampleComparison, language: Language) -> PersonComparison:
    sentences = []
    for key, old_range, new_range in (
        ("pays", comparison.before.self_pays, comparison.after.self_pays),
        ("gets", comparison.before.money, comparison.after.money),
    ):
        if (old_range is None and new_range is None) or (key == "gets" and old_range == new_range == (0, 0)):
            continue
        before, after = _format_range(old_range, language), _format_range(new_range, language)
        if old_range == new_range:
            sentences.append((language.say(f"changes.{key}_same", before=before), ""))
        else:
            sentences.append(
                (
                    language.say(f"changes.{key}", before=before, after=after),
                    _describe_difference(key, old_range, new_range, language),
                )
            )
    if _applies_alone(comparison):
        names = {True: "yes", False: "no", None: "unknown"}
        words = [
            language.say(f"changes.applies_{names[side.applies]}") for side in (comparison.before, comparison.after)
        ]
        sentences.append((language.say("changes.applies", before=words[0], after=words[1]), ""))
    return PersonComparison(
        language.text(comparison.title),
        comparison.policy,
        comparison.example,
        sentences or [(language.say("changes.not_said"), "")],
    )


def _describe_difference(key: str, old: AmountRange | None, new: AmountRange | None, language: Language) -> str:
    """Return by how much it is more or less, where both are single figures (fen)."""
    if old is None or new is None or old[0] != old[1] or new[0] != new[1]:
        return language.say("changes.differs")
    more = new[0] - old[0]
    return language.say(f"changes.{key}_{'more' if more > 0 else 'less'}", amount=language.money(abs(more)))


def _format_range(span: AmountRange | None, language: Language) -> str:
    if span is None:
        return language.say("changes.unknown")
    low, high = span
    return language.span({"low": format_yuan(low), "high": None if high is None else format_yuan(high)})
