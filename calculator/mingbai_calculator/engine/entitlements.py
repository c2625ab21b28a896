"""What a person may have without a bill: whom a policy is for, and what cash falls due."""

from dataclasses import dataclass

from mingbai_calculator.core.facts import Facts, deciding_facts, enumerate_scenarios
from mingbai_calculator.engine.outcomes import LIMIT
from mingbai_calculator.engine.ruleset import Ruleset, YearPart
from mingbai_calculator.kinds.cash import CashPayment
from mingbai_calculator.law.conditions import Condition, compile_condition
from mingbai_calculator.law.numbers import Exact


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a condition holds: True, False, or None where `needs` (keys of a world) would have to be known."""

    holds: bool | None
    needs: list[str]


def judge(condition: Condition, ruleset: Ruleset, known: Facts) -> Verdict:
    """Tell whether a condition holds in every way in which the unknown could turn out, in none, or in some."""
    scenarios, _ = enumerate_scenarios(compile_condition(condition), known, ruleset.values, LIMIT)
    outcomes = {scenario.outcome for scenario in scenarios}
    if len(outcomes) == 1:
        return Verdict(outcomes.pop(), [])
    return Verdict(None, list(deciding_facts(scenarios, lambda outcome: outcome)))


@dataclass(frozen=True, slots=True)
class Cash:
    """What a cash policy pays over every way: pairs of (low, high) in fen; `numbers` are the open ones that matter."""

    unit_amount: tuple[Exact, Exact]
    count: tuple[int, int]
    amount: tuple[Exact, Exact]
    year_amount: tuple[Exact, Exact]
    needs: list[str]
    numbers: list[str]


def cash_due(ruleset: Ruleset, policy: str, known: Facts) -> Cash:
    """Return what falls due in the calendar year of the plan's day, version by version."""
    parts = ruleset.dues[policy]
    current = ruleset.versions[policy]

    def year(facts: Facts) -> CashPayment:
        payments = [(part, part.due(facts, part.first, part.last)) for part in parts if part.for_them(facts)]
        now = next((payment for part, payment in payments if part.version is current), CashPayment(0, 1, 0, 0, 0))
        return now._replace(year_amount=sum(payment.year_amount for _, payment in payments))

    scenarios, _ = enumerate_scenarios(year, known, ruleset.values, LIMIT)
    outcomes = [scenario.outcome for scenario in scenarios]
    matters = deciding_facts(scenarios, lambda payment: payment[:4])
    return Cash(
        _ends([payment.unit_amount for payment in outcomes]),
        (min(payment.times for payment in outcomes), max(payment.times for payment in outcomes)),
        _ends([payment.amount for payment in outcomes]),
        _ends([payment.year_amount for payment in outcomes]),
        [key for key in matters if key not in ruleset.numbers],
        [key for key in matters if key in ruleset.numbers],
    )


def birthday_unknown(parts: list[YearPart], known: Facts) -> bool:
    """Whether a policy pays from a birthday month and nothing is known about the birthday."""
    return any(part.from_age for part in parts) and not {"wife_age", "wife_birth_month"} & known.keys()


def _ends(values: list[Exact]) -> tuple[Exact, Exact]:
    return min(values), max(values)
