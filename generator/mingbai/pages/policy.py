"""The page of a policy: everything about it, in the order in which a reader asks."""

from dataclasses import dataclass
from typing import Any

from mingbai.pages.amounts import HowMuch
from mingbai.pages.conditions import wanted
from mingbai.pages.examples import Worked, work_out
from mingbai.pages.history import Change, changes, first_day, last_day
from mingbai.pages.kinds import how_much
from mingbai.pages.language import Json, Language
from mingbai_calculator.kinds import TESTS, WITHOUT_AMOUNT

OPEN_EXAMPLES = 2
"""So many examples are shown with all their steps; the others unfold."""


@dataclass(frozen=True, slots=True)
class Older:
    """A version that a newer one took the place of, and what changed then."""

    title: str
    since: str
    unsure: str
    until: str
    summary: str
    how_much: HowMuch
    changes: dict[str, list[Change]]
    examples: list[Worked]


def policy_page(bundle: Json, place: Json, policy: str, language: Language) -> dict[str, Any]:
    """Return what the template of a policy's page needs."""
    versions = place["policies"][policy]
    version = versions[-1]
    older = [_older(bundle, place, policy, index, language) for index in range(len(versions) - 1)]
    return {
        "title": language.text(version["title"]),
        "summary": language.text(version["summary"]),
        "place": language.text(place["name"]),
        "place_id": place["id"],
        "office": language.text(place["office"]["name"]),
        "phone": place["office"].get("phone"),
        "topic": language.term("topics", version["topic"]),
        "topic_id": version["topic"],
        "confirmed_until": None if version["confirmed_until"] is None else language.day(version["confirmed_until"]),
        "ends": version["ends"],
        "who": wanted(version["who"], language),
        "when": wanted(version["when"], language),
        "how_much": how_much(version, language),
        "kind": version["kind"],
        "pays_money": version["kind"] not in (*WITHOUT_AMOUNT, *TESTS),
        "examples": work_out(bundle, place["id"], policy, version, language),
        "open_examples": OPEN_EXAMPLES,
        "apply": version["apply"],
        "text": language.text,
        "since": first_day(version, language),
        "started": version["started"],
        "unsure": _unsure(version, language),
        "unclear": _unclear(version, language),
        "older": older[::-1],
        "doubts": [_doubt(doubt, language) for doubt in version["doubts"]],
        "accepted": [_accepted(bundle, each, language) for each in version["accepted"]],
        "corrections": [_correction(each, language) for version in versions[::-1] for each in version["corrections"]],
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
