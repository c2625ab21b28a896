"""Facts that cannot be true together, and numbers outside what the source prints; after defaults and merging."""

from mingbai_calculator.core.errors import Fault
from mingbai_calculator.core.facts import Facts
from mingbai_calculator.core.money import FULL_RATE, UNLIMITED, format_amount, format_percent
from mingbai_calculator.engine.ruleset import Ruleset
from mingbai_calculator.law.vocabulary import Vocabulary

BILL_FACTS = ("total_cost", "eligible_cost", "tcm_cost", "items", "self_share_after_insurance", "fee")
"""The amounts of one bill: where there are visits, they stand in the visit."""
_PARTS = (
    ("eligible_cost", "total_cost"),
    ("tcm_cost", "eligible_cost"),
    ("tcm_cost", "total_cost"),
    ("self_share_after_insurance", "total_cost"),
)
_MONTHS_PER_YEAR = 12


def check_facts(facts: Facts, vocabulary: Vocabulary, faults: list[Fault]) -> None:
    """Append a fault for each contradiction: parts above the bill, two ages, answers that exclude each other."""
    for part, whole in _PARTS:
        if part in facts and whole in facts and facts[part] > facts[whole]:
            faults.append(
                Fault(
                    "part_larger_than_whole",
                    part,
                    format_amount(facts[part]),
                    extra={"whole": whole, "whole_is": format_amount(facts[whole])},
                )
            )
    if "items" in facts and "total_cost" in facts:
        items = sum(amount for _, amount in facts["items"])
        if items != facts["total_cost"]:
            faults.append(
                Fault(
                    "items_do_not_add_up",
                    "items",
                    format_amount(items),
                    extra={"whole": "total_cost", "whole_is": format_amount(facts["total_cost"])},
                )
            )
    if "age" in facts and "age_months" in facts and facts["age_months"] // _MONTHS_PER_YEAR != facts["age"]:
        faults.append(
            Fault(
                "excluded",
                "age_months",
                str(facts["age_months"]),
                extra={"other": "age", "other_is": str(facts["age"])},
            )
        )
    faults += [
        Fault(
            "excluded",
            pair.fact,
            pair.value or _quote(facts[pair.fact]),
            extra={"other": pair.other, "other_is": value},
        )
        for pair in vocabulary.exclusions
        if pair.is_given(facts) and (value := pair.find_excluded(facts))
    ]


def check_outside_visits(facts: Facts, faults: list[Fault]) -> None:
    """Append a fault for each amount of a bill that stands outside the visits."""
    faults += [Fault("outside_visits", name) for name in BILL_FACTS if name in facts]


def check_numbers(facts: Facts, ruleset: Ruleset, faults: list[Fault]) -> None:
    """Append a fault for each number that was typed outside the bounds that the source of the day prints."""
    for name, number in ruleset.open_numbers.items():
        if number.asked and name in facts:
            check_bounds(name, facts[name], number.unit, number.low, number.high, faults)


def check_bounds(name: str, value: int, unit: str, low: int, high: int, faults: list[Fault]) -> None:  # noqa: PLR0913, PLR0917 - a number and its bounds
    """Append a fault if a number (fen or basis points) is below `low` or above `high`."""
    if low <= value <= high:
        return
    say = format_percent if unit == "rate" else format_amount
    if high >= UNLIMITED:
        faults.append(Fault("below_bound", name, say(value), extra={"low": say(low)}))
        return
    most = min(high, FULL_RATE) if unit == "rate" else high
    faults.append(Fault("out_of_range", name, say(value), extra={"low": say(low), "high": say(most)}))


def _quote(value: object) -> str:
    return {True: "true", False: "false"}[value] if isinstance(value, bool) else str(value)
