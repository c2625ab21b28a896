"""The page of a policy: everything about it, in the order in which a reader asks."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from mingbai.bundle.timeline import Held, begins, day_before, held
from mingbai.pages.policy.amounts import HowMuch
from mingbai.pages.policy.examples import Worked, work_out
from mingbai.pages.policy.history import Change, changes, first_day, last_day
from mingbai.pages.policy.kinds import how_much
from mingbai.pages.wording.conditions import wanted
from mingbai.pages.wording.language import Json, Language
from mingbai.pages.wording.validity import warning, when
from mingbai_calculator.kinds import TESTS, WITHOUT_AMOUNT

OPEN_EXAMPLES = 2
"""So many examples are shown with all their steps; the others unfold."""


@dataclass(frozen=True, slots=True)
class Older:
    """A version that a newer one took the place of, and what changed then; `id` names its own page."""

    id: str
    title: str
    since: str
    unsure: str
    until: str
    summary: str
    how_much: HowMuch
    changes: dict[str, list[Change]]
    examples: list[Worked]


def policy_page(
    bundle: Json, place: Json, policy: str, language: Language, quick: Sequence[Json] = ()
) -> dict[str, Any]:
    """Return what the template of a policy's page needs: what may hold when it is read, and what held before.

    `quick` are the place's quick answers, each with the days on which it holds. One that never counts this policy (it
    takes an ordinary illness, say) would answer another question than the page: it is left to the place's page.
    """
    versions = place["policies"][policy]
    may_hold = held(bundle, versions)
    older = [_older(bundle, place, policy, index, language) for index in range(len(versions) - len(may_hold))]
    corrections = [_correction(each, language) for version in versions[::-1] for each in version["corrections"]]
    parts = [_part(bundle, place, policy, each, language) for each in may_hold]
    for block in quick:
        if not block["too_many"] and policy not in block["paying"]:
            continue
        for part in [part for part in parts if _meet(part, block)][:1]:
            part["quick"].append(block)
    parts[0] |= {"older": older[::-1], "corrections": corrections, "mark": ""}
    return {**_of_the_policy(place, policy, may_hold[0].version, language), "parts": parts, "only": None}


def _meet(part: Json, block: Json) -> bool:
    """Tell whether two stretches of days have one in common; ``""`` is an open end."""
    begins_late = part["last"] and block["first"] > part["last"]
    return not begins_late and not (block["last"] and part["first"] > block["last"])


def version_page(bundle: Json, place: Json, policy: str, index: int, language: Language) -> dict[str, Any]:
    """Return what the same template needs for the permanent page of one version."""
    versions = place["policies"][policy]
    version, following = versions[index], versions[index + 1 : index + 2]
    span = Held(version, begins(version), day_before(following[0]["start"]) if following else "")
    part = _part(bundle, place, policy, span, language)
    corrections = [_correction(each, language) for each in version["corrections"]]
    part |= {"corrections": corrections, "mark": "", "own_page": False}
    return {**_of_the_policy(place, policy, version, language), "parts": [part], "only": version["id"]}


def _of_the_policy(place: Json, policy: str, version: Json, language: Language) -> dict[str, Any]:
    return {
        "id": policy,
        "title": language.text(version["title"]),
        "summary": language.text(version["summary"]),
        "place": language.text(place["name"]),
        "place_id": place["id"],
        "office": language.text(place["office"]["name"]),
        "phone": place["office"].get("phone"),
        "topic": language.term("topics", version["topic"]),
        "topic_id": version["topic"],
        "open_examples": OPEN_EXAMPLES,
        "text": language.text,
    }


def _part(bundle: Json, place: Json, policy: str, span: Held, language: Language) -> dict[str, Any]:
    """Return all that a page says of one version; `mark` stands behind the ids of its headings."""
    version, versions = span.version, place["policies"][policy]
    before = versions[: versions.index(version)][-1:]
    return {
        "id": version["id"],
        "mark": f"-{version['id']}",
        "first": span.first,
        "last": span.last,
        "days": when(span, language),
        "title": language.text(version["title"]),
        "summary": language.text(version["summary"]),
        "warning": warning(bundle, version["confirmed_until"], span.last, language),
        "confirmed_until": None if version["confirmed_until"] is None else language.day(version["confirmed_until"]),
        "ends": version["ends"],
        "who": wanted(version["who"], language),
        "for_whom": language.text(version["for_whom"]) if version["for_whom"] else "",
        "when": wanted(version["when"], language),
        "how_much": how_much(version, language),
        "kind": version["kind"],
        "pays_money": version["kind"] not in (*WITHOUT_AMOUNT, *TESTS),
        "examples": work_out(bundle, place["id"], policy, version, language),
        "apply": version["apply"],
        "since": first_day(version, language),
        "started": version["started"],
        "unsure": _unsure(version, language),
        "unclear": _unclear(version, language),
        "changes": changes(before[0], version, language) if before and span.first else None,
        "corrected": bool(version["corrections"]),
        "older": [],
        "own_page": len(versions) > 1,
        "quick": [],
        "doubts": [_doubt(doubt, language) for doubt in version["doubts"]],
        "accepted": [_accepted(bundle, each, language) for each in version["accepted"]],
        "corrections": [],
        "readings": [(reading, language.term("readings", reading)) for reading in version["readings"]],
        "sources": sources(bundle, version, language),
    }


def sources(bundle: Json, version: Json, language: Language) -> list[Json]:
    """Return the documents and lines that a version rests on."""
    return [
        {
            "document": source["document"],
            "title": language.text(bundle["sources"][source["document"]]["title"]),
            "lines": _lines(source["lines"], language),
            "certainty": language.term("certainty", source["certainty"]),
        }
        for source in version["source"]
    ]


def cited(bundle: Json, document: str, lines: list[int], language: Language) -> str:
    """Name a document and lines of it."""
    title = language.text(bundle["sources"][document]["title"])
    return language.say("source.cited", title=title, lines=_lines(lines, language))


def _lines(lines: list[int], language: Language) -> str:
    first, last = lines
    return language.say("source.line" if first == last else "source.lines", first=first, last=last)


def _unsure(version: Json, language: Language) -> str:
    """Say how sure the first day of a version is, unless the source prints it."""
    started = version["started"]
    if version["start"] is None or not started or started["certainty"] == "stated":
        return ""
    return language.say("changes.day_certainty", certainty=language.term("certainty", started["certainty"]))


def _unclear(version: Json, language: Language) -> list[str]:
    """Return how sure the sources of a version are, where they do not state it outright."""
    found = dict.fromkeys(source["certainty"] for source in version["source"])
    return [language.term("certainty", certainty) for certainty in found if certainty != "stated"]


def _older(bundle: Json, place: Json, policy: str, index: int, language: Language) -> Older:
    versions = place["policies"][policy]
    version, following = versions[index], versions[index + 1]
    return Older(
        version["id"],
        language.text(version["title"]),
        first_day(version, language),
        _unsure(version, language),
        last_day(following, language),
        language.text(version["summary"]),
        how_much(version, language),
        changes(version, following, language),
        work_out(bundle, place["id"], policy, version, language),
    )


def _doubt(doubt: Json, language: Language) -> Json:
    texts: Json = {name: language.text(doubt[name]) for name in ("says", "uses", "because") if doubt[name]}
    return texts


def _accepted(bundle: Json, accepted: Json, language: Language) -> str:
    """Return what looks odd and is meant so: the reason, and where it stands."""
    (source,) = sources(bundle, {"source": [accepted["source"]]}, language)
    where = language.say("policy.source", **{name: source[name] for name in ("title", "lines", "certainty")})
    return language.say("policy.accepted_because", because=language.text(accepted["because"]), source=where)


def _correction(correction: Json, language: Language) -> str:
    return language.say(
        "policy.correction", date=language.day(correction["on"]), because=language.text(correction["because"])
    )
