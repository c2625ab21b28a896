"""Numbers that the source does not print: what is asked, within which bounds, and what is certain all the same."""

from collections.abc import Iterable, Iterator

from mingbai_calculator.core.facts import Facts
from mingbai_calculator.core.json_value import JsonObject
from mingbai_calculator.core.money import FULL_RATE, format_amount, format_percent
from mingbai_calculator.engine.ruleset import OpenNumberBounds
from mingbai_calculator.law.conditions import evaluate_condition
from mingbai_calculator.law.numbers import Adjustment, OpenNumber, iter_numbers
from mingbai_calculator.law.version import PolicyVersion
from mingbai_calculator.result import amounts
from mingbai_calculator.result.phrases import Speaker


def describe_missing(
    key: str, number: OpenNumberBounds, versions: Iterable[PolicyVersion | None], known: Facts, speaker: Speaker
) -> JsonObject:
    """Return the entry of the contract's ``missing`` for the open number `key` (``PLACE/POLICY.NAME``).

    `certain` lists in sentences what the source does say of the number for a person with the facts `known`, such as
    ten points more than others, by the `versions` of its policy that were in force. It is left out where the source
    says nothing.
    """
    is_rate = number.unit == "rate"
    bounds = (
        {"low": amounts.format_rate(number.low), "high": amounts.format_rate(min(number.high, FULL_RATE))}
        if is_rate
        else amounts.format_range((number.low, number.high))
    )
    entry: JsonObject = {
        "input": key,
        "policy": key.rpartition(".")[0],
        "asks": speaker.text(number.question),
        **bounds,
    }
    certain = [
        sentence
        for version in versions
        if version is not None
        for field, step in _list_sure_steps(key, version, known)
        for sentence in _word(field, step, speaker, is_rate=is_rate)
    ]
    if certain:
        entry["certain"] = list(dict.fromkeys(certain))
    return entry


def _list_sure_steps(key: str, version: PolicyVersion, known: Facts) -> Iterator[tuple[str, Adjustment]]:
    """Yield the adjustments of an open number that hold whatever the missing facts turn out to be, with its field."""
    for field, number in iter_numbers(version.law):
        if isinstance(number, OpenNumber) and number.key == key:
            yield from ((field, step) for step in number.adjust if evaluate_condition(step.condition, known))


def _word(field: str, step: Adjustment, speaker: Speaker, *, is_rate: bool) -> Iterator[str]:
    sentences = speaker.sentences
    name = sentences.get(f"number_{field}", sentences["number"])
    if step.times is not None:
        yield sentences["certain_times"].format(name=name, share=format_percent(step.times))
    if step.plus is not None:
        points = format_percent(abs(step.plus)).removesuffix("%")
        if step.more:
            yield sentences["certain_more_at_least"].format(name=name, points=points)
        else:
            yield sentences["certain_more" if step.plus > 0 else "certain_less"].format(name=name, points=points)
    if step.at_most is not None:
        most = format_percent(step.at_most) if is_rate else format_amount(step.at_most)
        yield sentences["certain_most_rate" if is_rate else "certain_most"].format(name=name, most=most)
