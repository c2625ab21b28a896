"""The page of one day on which rules changed: what changed in figures, and who gains and who loses in money."""

from dataclasses import dataclass
from typing import Any

from mingbai.bundle.changes import Day
from mingbai.bundle.comparison import Case, Span
from mingbai.bundle.routes import address, revision_path
from mingbai.bundle.timeline import announced_until, current
from mingbai.pages.policy.differences import PARTS, differences
from mingbai.pages.revision.changes import told
from mingbai.pages.revision.notice import MOST_BEGAN, MOST_PEOPLE, chat_text, sheet
from mingbai.pages.wording.language import Json, Language
from mingbai_calculator.core.money import yuan

GROUPS = ("gains", "loses", "open", "same")
"""In this order the people stand on the page."""


FIRST = 6
"""So many people of a group are shown; the others unfold."""


@dataclass(frozen=True, slots=True)
class Told:
    """One person before and after: who, where the example stands, and each thing that became of it, with the sum."""

    title: str
    policy: str
    example: str
    says: list[tuple[str, str]]


def revision_page(bundle: Json, place: Json, day: Day, language: Language, site_url: str = "") -> dict[str, Any]:
    """Return what the template of a day's page needs; `site_url` is the whole address of the site, if it has one."""
    titles = {policy: language.text(version["title"]) for policy, version in current(bundle, place).items()}
    revisions = [told(bundle, place, revision, language) for revision in day.revisions]
    people: dict[str, list[Told]] = {}
    for case in sorted(day.cases, key=lambda case: -abs(case.gain or 0)):  # what matters most comes first
        people.setdefault(group(case), []).append(_told(case, language))
    name, said = language.text(place["name"]), language.day(day.date)
    changed = {policy: differences(old, new, language) for policy, (old, new) in day.pairs.items()}
    url = site_url and site_url + language.prefix + address(revision_path(place["id"], day.date))
    return {
        "id": place["id"],
        "chat": chat_text(name, said, [each["says"] for each in revisions], language, url),
        "sheet": sheet([(titles[policy], found) for policy, found in changed.items()], language),
        "most_people": MOST_PEOPLE,
        "most_began": MOST_BEGAN,
        "office": language.text(place["office"]["name"]),
        "phone": place["office"].get("phone"),
        "place": language.text(place["name"]),
        "date": day.date,
        "day": language.day(day.date),
        "last": announced_until(bundle, day.date),
        "revisions": revisions,
        "checked": list(dict.fromkeys(revision["checked"] for revision in revisions)),
        "people": {name: people[name] for name in GROUPS if name in people},
        "first": FIRST,
        "count": len(day.cases),
        "policies": [
            {"id": policy, "title": titles[policy], "parts": PARTS, "differences": found}
            for policy, found in changed.items()
        ],
        "began": [{"id": policy, "title": titles[policy]} for policy in day.began],
    }


def group(case: Case) -> str:
    """Return whether the person gains, loses, has the same, or whether that is open.

    A range that stays the same may hide that this very person gains or loses: that is open.
    """
    sides = (case.before, case.after)
    spans = [span for side in sides for span in (side.self_pays, side.money) if span is not None]
    if case.gain is None or any(low != high for low, high in spans):
        return "open"
    if case.gain:
        return "gains" if case.gain > 0 else "loses"
    if _applies_alone(case):
        return {True: "gains", False: "loses"}.get(bool(case.after.applies), "open")
    return "same"


def _applies_alone(case: Case) -> bool:
    """Tell whether what changed for a person is that a policy applies, and there is no bill to show it."""
    no_bill = case.before.self_pays is None and case.after.self_pays is None
    return no_bill and case.before.applies != case.after.applies


def _told(case: Case, language: Language) -> Told:
    says = []
    for key, was, now in (
        ("pays", case.before.self_pays, case.after.self_pays),
        ("gets", case.before.money, case.after.money),
    ):
        if (was is None and now is None) or (key == "gets" and was == now == (0, 0)):
            continue
        before, after = _span(was, language), _span(now, language)
        if was == now:
            says.append((language.say(f"changes.{key}_same", before=before), ""))
        else:
            says.append((language.say(f"changes.{key}", before=before, after=after), _by(key, was, now, language)))
    if _applies_alone(case):
        names = {True: "yes", False: "no", None: "unknown"}
        words = [language.say(f"changes.applies_{names[side.applies]}") for side in (case.before, case.after)]
        says.append((language.say("changes.applies", before=words[0], after=words[1]), ""))
    said = says or [(language.say("changes.not_said"), "")]
    return Told(language.text(case.title), case.policy, case.example, said)


def _by(key: str, was: Span | None, now: Span | None, language: Language) -> str:
    """Say by how much it is more or less, where both are single figures."""
    if was is None or now is None or was[0] != was[1] or now[0] != now[1]:
        return language.say("changes.differs")
    more = now[0] - was[0]
    return language.say(f"changes.{key}_{'more' if more > 0 else 'less'}", amount=language.money(abs(more)))


def _span(span: Span | None, language: Language) -> str:
    if span is None:
        return language.say("changes.unknown")
    low, high = span
    return language.span({"low": yuan(low), "high": None if high is None else yuan(high)})
