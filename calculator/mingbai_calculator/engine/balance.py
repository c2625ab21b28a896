"""The law of every settlement, held at the end of each estimate: no fen is lost, none is paid twice."""

from mingbai_calculator.core.errors import BadRequestError, Fault
from mingbai_calculator.engine.outcomes import Outcomes
from mingbai_calculator.kinds.claim import Claim


def hold_balance(outcomes: Outcomes) -> None:
    """Raise `BadRequestError` unless in each settlement 0 <= each payment, 0 <= what the person pays <= the bill.

    The payments and what the person pays must add up to the bill. Scenarios share claims: each is looked at once.
    """
    seen: set[int] = set()
    scenarios = [*outcomes.scenarios.all, *(outcomes.outer.all if outcomes.outer else ())]
    for scenario in scenarios:
        for claim in scenario.outcome:
            if claim is not None and id(claim) not in seen:
                seen.add(id(claim))
                _hold_balance_of(claim, outcomes)


def _hold_balance_of(claim: Claim, outcomes: Outcomes) -> None:
    left = claim.total
    for payment in claim.payments:
        amount = payment.amount
        left -= amount
        if amount < 0 or left < 0:
            raise BadRequestError([Fault("unbalanced", f"{outcomes.visits[0].ruleset.place}/{payment.policy}")])
    if left != claim.self_pays:
        raise BadRequestError([Fault("unbalanced", outcomes.visits[0].ruleset.place)])
