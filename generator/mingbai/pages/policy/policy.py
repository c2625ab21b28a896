"""Page of a policy, and permanent pages of its versions: everything in the order in which readers ask."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from mingbai.bundle.law import get_version_law
from mingbai.bundle.timeline import KNOWN, EffectiveVersion, day_before, list_effective_versions, start_day
from mingbai.pages.policy.benefits.benefit import Benefit
from mingbai.pages.policy.citations import format_lines
from mingbai.pages.policy.ended import describe_loss, describe_old_text, describe_replacement
from mingbai.pages.policy.examples import WorkedExample, make_worked_examples
from mingbai.pages.policy.history import VersionChange, describe_end, describe_start, list_changes
from mingbai.pages.policy.kinds import describe_benefit, describe_heading, describe_who_heading
from mingbai.pages.wording.conditions import describe_requirements
from mingbai.pages.wording.language import Json, Language
from mingbai.pages.wording.states import make_mark, make_state_notes
from mingbai.pages.wording.validity import (
    describe_check,
    describe_confirmed,
    describe_days,
    describe_old_office,
    describe_period,
    explain_confirmed,
    say_whom_to_ask,
)
from mingbai_calculator.law.codec import decode_condition
from mingbai_calculator.law.kinds import MONEY_KINDS

NOT_FOR_READERS = frozenset(
    [
        *("chinese-in-english", "figure-in-prose", "long-sentence", "no-chinese", "same-text", "stale-translation"),
        *("example-outside", "not-guarded", "option-not-guarded", "threshold-unguarded"),
    ]
)
"""Accepted findings about how a file is written or tested. They say nothing of what the rule grants."""
OPEN_EXAMPLES = 2
"""So many examples are shown expanded; the others are collapsed."""


@dataclass(frozen=True, slots=True)
class SupersededVersion:
    """A version that a newer one replaced, and what changed then; `id` is part of the path of its own page."""

    id: str
    title: str
    since: str
    start_certainty: str
    until: str
    days: str
    summary: str
    benefit: Benefit
    changes: dict[str, list[VersionChange]]
    examples: list[WorkedExample]


def make_policy_page(
    bundle: Json, place: Json, policy: str, language: Language, quick: Sequence[Json] = ()
) -> dict[str, Any]:
    """Return the template variables of a policy's page: versions that may be in effect when it is read, and older ones.

    `quick` are the place's quick answers, each with the days on which it holds. An answer in which this policy never
    pays (it assumes an ordinary illness, for example) would answer another question than the page: it is only on the
    place's page.
    """
    versions = place["policies"][policy]
    in_effect = list_effective_versions(bundle, versions)
    superseded = [
        _describe_superseded(bundle, place, policy, index, language) for index in range(len(versions) - len(in_effect))
    ]
    corrections = [
        _describe_correction(correction, language)
        for version in versions[::-1]
        for correction in version["corrections"]
    ]
    descriptions = [_describe_version(bundle, place, policy, effective, language) for effective in in_effect]
    for block in quick:
        if not block["too_many"] and policy not in block["paying"]:
            continue
        for description in [version for version in descriptions if _overlap(version, block)][:1]:
            description["quick"].append(block)
    descriptions[0] |= {"superseded": superseded[::-1], "corrections": list(dict.fromkeys(corrections)), "mark": ""}
    end = _take_end(bundle, place, versions, descriptions, language)
    if end is not None and len(in_effect) == 1 and len(versions) > 1:
        descriptions[0]["old"] = describe_old_text(bundle, place, policy, (versions[-2], versions[-1]), language)
    return {
        **_describe_policy(place, policy, in_effect[0].version, language),
        "versions": descriptions,
        "end": end,
        "single_version": None,
    }


def _take_end(
    bundle: Json, place: Json, versions: list[Json], descriptions: list[Json], language: Language
) -> Json | None:
    """Return the note that a policy ends, with its short mark; it is taken from the versions, to stand above them."""
    end = None
    for description in descriptions:
        notes = description["notes"]
        end = next((note for note in notes if note["name"] == "ended"), end)
        description["notes"] = [note for note in notes if note["name"] != "ended"]
    return None if end is None else {**end, "mark": make_mark(bundle, place, versions, language)}


def _overlap(version: Json, block: Json) -> bool:
    """Whether the periods of a version and of a quick answer overlap; ``""`` is an open end."""
    begins_late = version["last"] and block["first"] > version["last"]
    return not begins_late and not (block["last"] and version["first"] > block["last"])


def make_version_page(bundle: Json, place: Json, policy: str, index: int, language: Language) -> dict[str, Any]:
    """Return the variables of the same template for the permanent page of one version."""
    versions = place["policies"][policy]
    version, following = versions[index], versions[index + 1 : index + 2]
    effective = EffectiveVersion(version, start_day(version), day_before(following[0]["start"]) if following else "")
    description = _describe_version(bundle, place, policy, effective, language, permanent=True)
    corrections = [_describe_correction(correction, language) for correction in version["corrections"]]
    description |= {"corrections": corrections, "mark": "", "own_page": False}
    if version["ends"] and index:
        description["old"] = describe_old_text(bundle, place, policy, (versions[index - 1], version), language)
    return {
        **_describe_policy(place, policy, version, language),
        "versions": [description],
        "end": _take_end(bundle, place, versions, [description], language),
        "single_version": version["id"],
    }


def _describe_policy(place: Json, policy: str, version: Json, language: Language) -> dict[str, Any]:
    return {
        "id": policy,
        "title": language.text(version["title"]),
        "summary": language.text(version["summary"]),
        "place": language.text(place["name"]),
        "place_id": place["id"],
        "ask": say_whom_to_ask([version["topic"]], language),
        "office": describe_old_office(place, language),
        "phone": place["office"].get("phone"),
        "topic": language.term("topics", version["topic"]),
        "topic_id": version["topic"],
        "open_examples": OPEN_EXAMPLES,
        "text": language.text,
    }


def _describe_version(  # noqa: PLR0913
    bundle: Json, place: Json, policy: str, effective: EffectiveVersion, language: Language, *, permanent: bool = False
) -> dict[str, Any]:
    """Return the template variables of one version; `mark` is the suffix of the ids of its headings."""
    version, versions = effective.version, place["policies"][policy]
    index = versions.index(version)
    before, following = versions[:index][-1:], versions[index + 1 : index + 2]
    doubts_before = before[0]["doubts"] if version["ends"] and before else ()
    loss = describe_loss(bundle, place, policy, (before[0], version), language) if version["ends"] and before else None
    return {
        "id": version["id"],
        "mark": f"-{version['id']}",
        "first": effective.first,
        "last": effective.last,
        "days": describe_days(effective, language),
        "title": language.text(version["title"]),
        "summary": language.text(version["summary"]),
        "notes": make_state_notes(bundle, place, versions, index, language, permanent=permanent),
        "replacement": describe_replacement(bundle, place, policy, (version, following[0]), language)
        if permanent and following and not following[0]["ends"]
        else None,
        "replaced": permanent and bool(following) and following[0]["start"] <= bundle.get(KNOWN, ""),
        "next_ends": bool(following) and following[0]["ends"],
        "loss": loss or {"people": {}, "instead": [], "shown": 0},
        "old": None,
        "confirmed": describe_confirmed(version, language),
        "confirmed_because": explain_confirmed(version, language),
        "payer_doubt": _describe_payer_doubt(version, language),
        "ends": version["ends"],
        "who_heading": describe_who_heading(place, policy, version, language),
        "who": describe_requirements(get_version_law(version).who, language),
        "offered_to": _describe_offered_to(version, language),
        "for_whom": language.text(version["for_whom"]) if version["for_whom"] else "",
        "when": describe_requirements(get_version_law(version).when, language),
        "benefit": describe_benefit(version, language),
        "heading": describe_heading(version["kind"], language),
        "pays_money": version["kind"] in MONEY_KINDS,
        "examples": make_worked_examples(bundle, place["id"], policy, version, language),
        "apply": version["apply"],
        "since": describe_start(version, language),
        "end_day": language.day(version["start"]) if version["start"] else "",
        "started": version["started"],
        "start_certainty": _describe_start_certainty(version, language),
        "uncertainties": _list_uncertainties(version, language),
        "checked": describe_check(bundle, [version], language),
        "second_person": _describe_confirmation(version, language),
        "backdated": describe_backdating(version, language),
        "changes": list_changes(before[0], version, language) if before and effective.first else None,
        "corrected": bool(version["corrections"]),
        "superseded": [],
        "own_page": len(versions) > 1,
        "quick": [],
        "doubts": [_describe_doubt(doubt, language) for doubt in version["doubts"] if doubt not in doubts_before],
        "accepted": [
            _describe_accepted(bundle, accepted, language)
            for accepted in version["accepted"]
            if accepted["finding"] not in NOT_FOR_READERS
        ],
        "corrections": [],
        "readings": [(reading, language.term("readings", reading)) for reading in version["readings"]],
        "sources": list_sources(bundle, version, language),
    }


def _describe_offered_to(version: Json, language: Language) -> str:
    """Return the sentence that says whom a version is meant for where its text does not say; "" without one."""
    offered_to = version["offered_to"]
    if offered_to is None:
        return ""
    phrases = describe_requirements(decode_condition(offered_to["if"]), language)
    return language.say(
        "policy.offered_to", whom=language.say("mark.comma").join(phrases), because=language.text(offered_to["because"])
    )


def list_sources(bundle: Json, version: Json, language: Language) -> list[Json]:
    """Return the documents and lines that a version cites."""
    return [
        {
            "document": source["document"],
            "title": language.text(bundle["sources"][source["document"]]["title"]),
            "lines": format_lines(source["lines"], language),
            "certainty": language.term("certainty", source["certainty"]),
        }
        for source in version["source"]
    ]


def _describe_start_certainty(version: Json, language: Language) -> str:
    """Return how certain the first day of a version is; ``""`` where the source states it."""
    started = version["started"]
    if version["start"] is None or not started or started["certainty"] == "stated":
        return ""
    return language.say("changes.day_certainty", certainty=language.term("certainty", started["certainty"]))


def _describe_confirmation(version: Json, language: Language) -> str:
    """Return that a second person has confirmed the figures; ``""`` where none has."""
    confirmed = version.get("second_entry")
    if confirmed is None:
        return ""
    date = language.day(confirmed["on"])
    if confirmed["because"]:
        return language.say("policy.entered_again", role=confirmed["by"], date=date, because=confirmed["because"])
    return language.say("policy.second_person", role=confirmed["by"], date=date)


def describe_backdating(version: Json, language: Language) -> str:
    """Return that a version was put in after a later one was published; ``""`` where it was not."""
    backdated = version.get("backdated")
    if backdated is None:
        return ""
    return language.say(
        "policy.backdated",
        date=language.day(backdated["on"]),
        since=language.day(version["start"]),
        because=language.text(backdated["because"]),
    )


def _describe_payer_doubt(version: Json, language: Language) -> str:
    """Return why a payer stands there whom the text does not name; ``""`` where it names it, or nobody stands there."""
    assessed = (version["certainties"] or {}).get("payer")
    return language.text(assessed["because"]) if assessed and assessed["certainty"] == "inferred" else ""


def _list_uncertainties(version: Json, language: Language) -> list[str]:
    """Return the certainties of a version's sources other than "stated", in words."""
    certainties = dict.fromkeys(source["certainty"] for source in version["source"])
    return [language.term("certainty", certainty) for certainty in certainties if certainty != "stated"]


def _describe_superseded(bundle: Json, place: Json, policy: str, index: int, language: Language) -> SupersededVersion:
    versions = place["policies"][policy]
    version, following = versions[index], versions[index + 1]
    return SupersededVersion(
        version["id"],
        language.text(version["title"]),
        describe_start(version, language),
        _describe_start_certainty(version, language),
        describe_end(following, language),
        describe_period(version["start"] or "", day_before(following["start"]), language),
        language.text(version["summary"]),
        describe_benefit(version, language),
        list_changes(version, following, language),
        make_worked_examples(bundle, place["id"], policy, version, language),
    )


def _describe_doubt(doubt: Json, language: Language) -> Json:
    texts: Json = {name: language.text(doubt[name]) for name in ("says", "uses", "because") if doubt[name]}
    return texts


def _describe_accepted(bundle: Json, accepted: Json, language: Language) -> str:
    """Return an accepted finding: why what looks odd is intended, and its source."""
    (source,) = list_sources(bundle, {"source": [accepted["source"]]}, language)
    where = language.say("policy.source", title=source["title"], lines=source["lines"], certainty=source["certainty"])
    return language.say("policy.accepted_because", because=language.text(accepted["because"]), source=where)


def _describe_correction(correction: Json, language: Language) -> str:
    return language.say(
        "policy.correction", date=language.day(correction["on"]), because=language.text(correction["because"])
    )
