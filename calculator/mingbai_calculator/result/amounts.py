"""Amounts and settlement slips in the format of the contract: ranges of yuan as text."""

from collections.abc import Sequence

from mingbai_calculator.core.json_value import JsonObject
from mingbai_calculator.core.money import FULL_RATE, Exact, format_yuan, round_half_up
from mingbai_calculator.engine.outcomes import Hull, Outcomes, make_hull
from mingbai_calculator.kinds.claim import Claim
from mingbai_calculator.kinds.own_share import PERSON
from mingbai_calculator.result.payment_sentences import is_unlimited

OWN_SHARE = "preselfpay_amt"
"""Field of the settlement slip, only where a rule takes something off first."""
SETTLEMENT_CODES = {
    "basic_insurance": "hifp_pay",
    "serious_illness_insurance": "hifmi_pay",
    "medical_assistance": "maf_pay",
    "hospital": "hosp_part_amt",
    PERSON: OWN_SHARE,
}
"""Payer -> field of the settlement slip; all other payers: ``oth_pay``."""


def get_settlement_code(payer: str) -> str:
    """Return the field of the settlement slip for a payer."""
    return SETTLEMENT_CODES.get(payer, "oth_pay")


def format_range(range_: tuple[Exact, Exact]) -> JsonObject:
    """Format a range of fen; ``high`` is null if no upper bound is known."""
    low, high = range_
    return {
        "low": format_yuan(round_half_up(low)),
        "high": None if is_unlimited(high) else format_yuan(round_half_up(high)),
    }


def format_range_or_null(range_: tuple[Exact, Exact]) -> JsonObject | None:
    """Format a range of fen; null if even its low end is unknown."""
    return None if is_unlimited(range_[0]) else format_range(range_)


def format_exact(fen: int) -> JsonObject:
    """Format one amount (fen) as a range."""
    return format_range((fen, fen))


def format_rate(points: int) -> str:
    """Format basis points as a decimal fraction: ``6000`` is ``0.60``."""
    return f"{points // FULL_RATE}.{points % FULL_RATE:04d}".removesuffix("00")


def sum_slip(claims: Sequence[Claim]) -> dict[str, int]:
    """Return the fields of the settlement slip (fen), summed over `claims`."""
    slip = dict.fromkeys(
        [
            "inscp_scp_amt",
            "act_pay_dedc",
            "hifp_pay",
            "hifmi_pay",
            "maf_pay",
            "hosp_part_amt",
            "oth_pay",
            "psn_part_amt",
        ],
        0,
    )
    for claim in claims:
        slip["inscp_scp_amt"] += claim.eligible
        slip["psn_part_amt"] += claim.self_pays
        if any(payment.payer == PERSON for payment in claim.payments):
            slip[OWN_SHARE] = slip.get(OWN_SHARE, 0) + claim.own_share
        for payment in claim.payments:
            if payment.payer != PERSON:
                slip[get_settlement_code(payment.payer)] += payment.amount
            if payment.payer == "basic_insurance":
                slip["act_pay_dedc"] += payment.deductible
    return slip


def format_slip(outcomes: Outcomes) -> JsonObject | None:
    """Format the settlement slip as ranges over all scenarios; null if no rule settles the bills."""
    if outcomes.self_pays is None or not outcomes.settlements:
        return None
    slips = [sum_slip(claims) for claims in outcomes.settlements]
    names = dict.fromkeys(name for sums in slips for name in sums)
    ranges = {name: make_hull(sums.get(name, 0) for sums in slips) for name in names}
    if outcomes.is_partly_settled or not outcomes.is_tight:
        ranges = {name: Hull(0, outcomes.total) if name != "inscp_scp_amt" else hull_ for name, hull_ in ranges.items()}
    ranges["psn_part_amt"] = outcomes.self_pays
    return {name: format_range(hull_) for name, hull_ in ranges.items()}
