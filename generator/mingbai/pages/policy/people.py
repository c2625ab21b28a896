"""Who gains and who loses by a change: people of the worked examples before and after, in words."""

from dataclasses import dataclass

from mingbai.bundle.comparison import AmountRange, ExampleComparison
from mingbai.pages.wording.language import Language
from mingbai_calculator.core.money import format_yuan

GROUPS = ("gains", "loses", "open", "same")
"""The order of the groups of people on a page."""

SHOWN_PEOPLE = 6
"""So many people of a group are shown; the others are collapsed."""


@dataclass(frozen=True, slots=True)
class PersonComparison:
    """One person before and after: title, the example that it comes from, and sentences, each with the difference."""

    title: str
    policy: str
    example: str
    says: list[tuple[str, str]]


def group_people(comparisons: list[ExampleComparison], language: Language) -> dict[str, list[PersonComparison]]:
    """Return the people by group (`GROUPS`), those with the largest differences first."""
    people: dict[str, list[PersonComparison]] = {}
    for comparison in sorted(comparisons, key=lambda comparison: -abs(comparison.gain or 0)):
        people.setdefault(comparison.outcome, []).append(describe_person(comparison, language))
    return {group: people[group] for group in GROUPS if group in people}


def describe_person(comparison: ExampleComparison, language: Language) -> PersonComparison:
    """Return one person before and after a change, in words."""
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
    if comparison.applies_alone and not sentences:
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
