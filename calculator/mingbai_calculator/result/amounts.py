"""Amounts and slips in the form of the contract: strings of yuan, always as a range."""

from collections.abc import Sequence

from mingbai_calculator.core.json_value import Json
from mingbai_calculator.core.money import ALL, half_up, yuan
from mingbai_calculator.engine.outcomes import Hull, Outcomes, hull
from mingbai_calculator.kinds.claim import Claim
from mingbai_calculator.law.numbers import Exact
from mingbai_calculator.result.payment_sentences import unlimited

type Object = dict[str, Json]

SETTLEMENT_CODES = {
    "basic_insurance": "hifp_pay",
    "serious_illness_insurance": "hifmi_pay",
    "medical_assistance": "maf_pay",
    "hospital": "hosp_part_amt",
}
"""The field of the settlement slip that shows each payer; all others are ``oth_pay``."""


def settlement_code(payer: str) -> str:
    """Return the field of the settlement slip that shows a payer."""
    return SETTLEMENT_CODES.get(payer, "oth_pay")


def amount(range_: tuple[Exact, Exact]) -> Object:
    """Write a range of fen; an end that stands for "no bound is known" is null."""
    low, high = range_
    return {"low": yuan(half_up(low)), "high": None if unlimited(high) else yuan(half_up(high))}


def amount_or_nothing(range_: tuple[Exact, Exact]) -> Json:
    """Write a range of fen, or null where nothing at all can be said."""
    return None if unlimited(range_[0]) else amount(range_)


def exactly(fen: int) -> Object:
    """Write one amount as a range."""
    return amount((fen, fen))


def rate(points: int) -> str:
    """Write basis points as a fraction of one: ``6000`` is ``0.60``."""
    return f"{points // ALL}.{points % ALL:04d}".removesuffix("00")


def slip_of(claims: Sequence[Claim]) -> dict[str, int]:
    """Return the settlement slip's own fields (fen), summed over `claims`."""
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
        for payment in claim.payments:
            slip[settlement_code(payment.payer)] += payment.amount
            if payment.payer == "basic_insurance":
                slip["act_pay_dedc"] += payment.deductible
    return slip


def slip(bills: Outcomes) -> Json:
    """Write the slip of bills over every way; null where no rule settles them."""
    if bills.self_pays is None or not bills.settled:
        return None
    slips = [slip_of(claims) for claims in bills.settled]
    ranges = {name: hull(each[name] for each in slips) for name in slips[0]}
    if bills.partly_settled or not bills.tight:
        ranges = {name: Hull(0, bills.total) if name != "inscp_scp_amt" else found for name, found in ranges.items()}
    ranges["psn_part_amt"] = bills.self_pays
    return {name: amount(found) for name, found in ranges.items()}
