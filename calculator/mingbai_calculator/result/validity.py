"""How far the rules that were used hold for the day asked about: `valid` of the contract, with its one sentence.

Everything that says how old an answer or a version is takes the sentence from here: results, pages, cards.
"""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from mingbai_calculator.core.json_value import JsonObject
from mingbai_calculator.engine.ruleset import Bundle
from mingbai_calculator.law.kinds import BILL_PAYING_KINDS
from mingbai_calculator.law.place import Place, get_place
from mingbai_calculator.law.version import PolicyVersion, find_version_in_force
from mingbai_calculator.result.phrases import Speaker

STATES = ("before_any_document", "unconfirmed", "in_force")
"""Weakest first."""
CERTAINTIES = ("not_stated", "inferred", "stated")
"""Of `confirmed_until`, weakest first."""
USED_LISTS = ("lines", "cash", "subsidies", "may_also_help", "services")
"""The lists of a result whose versions were used."""
GENERAL_CONTACT = "general"
MAX_CONTACTS = 2


class Used(NamedTuple):
    """A version (``place/policy``, id) that was used for `day`."""

    policy: str
    version: str
    day: date


class _Judged(NamedTuple):
    version: PolicyVersion
    day: date
    state: str
    certainty: str


def list_used(result: JsonObject, day: date, visit_days: Sequence[date]) -> list[Used]:
    """Return the versions that stand in the lists of a result; each line is for the day of its visit."""
    used = dict[Used, None]()
    for name in USED_LISTS:
        for entry in result[name]:
            on = visit_days[entry.get("visit", 1) - 1] if name == "lines" else day
            used[Used(entry["policy"], entry["version"], on)] = None
    return list(used)


class Validity(NamedTuple):
    """How far rules hold: `sentences` are that of the state, whom to ask today, and that of a later version."""

    state: str
    confirmed_until: str | None
    certainty: str
    sentences: list[str]


def make_valid(bundle: Bundle, place_id: str, day: date, used: Sequence[Used], speaker: Speaker) -> JsonObject:
    """Return `valid` of a result: see `describe_validity`."""
    validity = describe_validity(bundle, place_id, day, used, speaker)
    return {
        "state": validity.state,
        "confirmed_until": validity.confirmed_until,
        "certainty": validity.certainty,
        "say": speaker.join(validity.sentences),
    }


def describe_validity(bundle: Bundle, place_id: str, day: date, used: Sequence[Used], speaker: Speaker) -> Validity:
    """Return how far the versions `used` hold; where none was used, all that are in force on `day`."""
    place = get_place(bundle, place_id)
    versions = [
        (version, each.day)
        for each in used
        for version in place.versions[each.policy.partition("/")[2]]
        if version.id == each.version
    ]
    if not versions:
        latest = (find_version_in_force(of_policy, day) for of_policy in place.versions.values())
        versions = [(version, day) for version in latest if version is not None and not version.ends]
    judged = [
        _Judged(version, on, judge_state(place, version, on), version.confirmed_certainty) for version, on in versions
    ]
    if not judged:
        return _describe_none(place, day, speaker)
    weakest = min(judged, key=_rank)
    until = weakest.version.confirmed_until
    return Validity(
        weakest.state,
        None if until is None else until.isoformat(),
        weakest.certainty,
        [*_describe(bundle, weakest, judged, speaker), *_describe_later(place, judged, speaker)],
    )


def judge_state(place: Place, version: PolicyVersion, day: date) -> str:
    """Return the state of a version on a day on which it is the one in force: one of `STATES`."""
    if version.start is None and place.first_day is not None and day < place.first_day:
        return "before_any_document"
    return version.state(day)


def say_contacts(topics: Sequence[str], speaker: Speaker) -> str:
    """Return whom to ask today about these topics: offices with their hotlines; the general one if they are many."""
    table: JsonObject = speaker.terms.get("contacts") or {}
    of_topic = {topic: name for name, contact in table.items() for topic in contact["topics"]}
    names = list(dict.fromkeys(of_topic.get(topic, GENERAL_CONTACT) for topic in topics))
    names.sort(key=GENERAL_CONTACT.__eq__)  # the nearest office first
    if not 0 < len(names) <= MAX_CONTACTS:
        names = [GENERAL_CONTACT]
    contacts = [
        speaker.sentences["valid_contact"].format(
            office=speaker.text(table[name]["office"]), phone=table[name]["phone"]
        )
        for name in names
        if name in table
    ]
    return speaker.listing(contacts, "or") or speaker.sentences["valid_office"]


def _rank(judged: _Judged) -> tuple[int, date, int]:
    until = judged.version.confirmed_until or date.max
    return STATES.index(judged.state), until, CERTAINTIES.index(judged.certainty)


def _describe(bundle: Bundle, weakest: _Judged, judged: list[_Judged], speaker: Speaker) -> list[str]:
    """Return the sentence of the weakest state, and whom to ask today where it does not vouch for the day."""
    sentences, state = speaker.sentences, weakest.state
    of_state = [each.version for each in judged if each.state == state]
    if state == "before_any_document":
        day = speaker.day(weakest.day.isoformat())
        return [sentences["valid_before"].format(day=day, documents=_name_documents(bundle, of_state, speaker))]
    until = weakest.version.confirmed_until
    if state == "unconfirmed" and until is not None:
        of_bill = [version for version in of_state if version.kind in BILL_PAYING_KINDS]  # the amount is the answer
        ask = say_contacts([version.data.get("topic", "") for version in of_bill or of_state], speaker)
        if weakest.certainty == "stated":
            sentence = sentences["valid_unconfirmed_stated"].format(until=speaker.day(until.isoformat()))
        else:
            sentence = sentences[
                "valid_unconfirmed_inferred" if weakest.certainty == "inferred" else "valid_unconfirmed_not_stated"
            ].format(year=until.year)
        return [sentence, sentences["valid_ask"].format(ask=ask)]
    newest = max(of_state, key=lambda version: version.start or date.min)
    documents = _name_documents(bundle, [newest, *of_state], speaker)
    if newest.start is None:
        return [sentences["valid_in_force_open"].format(documents=documents)]
    stated = newest.start_certainty == "stated"
    since = speaker.day(newest.start.isoformat())
    return [
        sentences["valid_in_force" if stated else "valid_in_force_inferred"].format(since=since, documents=documents)
    ]


def _describe_none(place: Place, day: date, speaker: Speaker) -> Validity:
    """Return the validity on a day on which nothing is in force in the place: not yet, or no longer."""
    starts = [versions[0].start for versions in place.versions.values() if versions]
    first = min((start for start in starts if start is not None), default=None)
    text = speaker.day(day.isoformat())
    if first is not None and day < first:
        since = speaker.day(first.isoformat())
        sentence = speaker.sentences["valid_none_yet"].format(day=text, since=since)
        return Validity("before_any_document", None, "not_stated", [sentence])
    return Validity("unconfirmed", None, "not_stated", [speaker.sentences["valid_none"].format(day=text)])


def _describe_later(place: Place, judged: list[_Judged], speaker: Speaker) -> list[str]:
    """Return the sentence that there is a later version, since the earliest day; none if there is not."""
    later: list[tuple[date, bool]] = []
    for each in judged:
        versions = place.versions[each.version.policy]
        ids = [version.id for version in versions]
        later += [
            (following.start, following.ends)
            for following in versions[ids.index(each.version.id) + 1 :][:1]
            if following.start is not None
        ]
    if not later:
        return []
    start, ends = min(later)
    sentences, several = speaker.sentences, len(judged) > 1
    day = speaker.day(start.isoformat())
    if ends:
        return [sentences["valid_ends_some" if several else "valid_ends"].format(date=day)]
    return [sentences["valid_later_some" if several else "valid_later"].format(date=day)]


def _name_documents(bundle: Bundle, versions: Sequence[PolicyVersion], speaker: Speaker) -> str:
    """Return the title of the first document of `versions`, and how many there are if more."""
    sources: JsonObject = bundle.get("sources") or {}
    names = list(dict.fromkeys(version.source[0]["document"] for version in versions if version.source))
    known = [name for name in names if name in sources]
    if not known:
        return speaker.sentences["valid_no_document"]
    title = speaker.text(sources[known[0]]["title"])
    if len(known) == 1:
        return speaker.sentences["valid_document"].format(title=title)
    return speaker.sentences["valid_documents"].format(title=title, n=len(known))
