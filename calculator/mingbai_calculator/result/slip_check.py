"""Comparison of a paper settlement slip with the estimate: differences by line, and answers that explain them.

Nothing is guessed: an explanation is a corrected answer (or a day before or after a revision) with which the
estimate agrees with the paper.
"""

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import NamedTuple

from mingbai_calculator.core.errors import BadRequestError, Fault
from mingbai_calculator.core.facts import possible_key
from mingbai_calculator.core.json_value import Json, JsonObject
from mingbai_calculator.core.money import UNLIMITED, parse_yuan
from mingbai_calculator.engine.outcomes import Outcomes, settle_all_scenarios
from mingbai_calculator.engine.ruleset import Bundle
from mingbai_calculator.law.place import get_place
from mingbai_calculator.request.request import EstimateRequest, read_request
from mingbai_calculator.result import amounts
from mingbai_calculator.result.phrases import Speaker

type Amounts = dict[str, int]
"""Line code -> amount on the paper slip (fen)."""

WHOLE_BILL, ELIGIBLE_COST = "medfee_sumamt", "inscp_scp_amt"
PAYERS = ("hifp_pay", "hifmi_pay", "maf_pay", "hosp_part_amt", "oth_pay")
SLIP_LINES = (WHOLE_BILL, ELIGIBLE_COST, "act_pay_dedc", *PAYERS, "psn_part_amt")
MAX_EXPLANATIONS = 3


class Correction(NamedTuple):
    """One corrected answer: a fact (or ``date``), and its value in the format of a request."""

    fact: str
    value: Json


class Explanation(NamedTuple):
    """Corrections with which more lines agree, and all lines that then agree."""

    corrections: tuple[Correction, ...]
    agreeing: frozenset[str]


def read_paper_slip(paper: Json) -> Amounts:
    """Parse the lines of a paper slip to fen. Raises `BadRequestError` for unknown lines and invalid amounts."""
    if not isinstance(paper, dict):
        raise BadRequestError([Fault("not_an_object", "paper", str(paper)[:60])])
    faults: list[Fault] = []
    lines: Amounts = {}
    for code, amount in paper.items():
        fen = parse_yuan(str(amount))
        if code not in SLIP_LINES:
            faults.append(Fault("unknown_key", code, "", SLIP_LINES))
        elif fen is None:
            faults.append(Fault("not_money", code, str(amount)[:60]))
        else:
            lines[code] = fen
    if faults:
        raise BadRequestError(faults)
    return lines


def check_slip(
    bundle: Bundle, raw_request: JsonObject, request: EstimateRequest, outcomes: Outcomes | None, speaker: Speaker
) -> JsonObject | None:
    """Compare the paper slip of a request with the estimate; None unless there is exactly one bill that rules settle.

    Raises `BadRequestError` for an invalid slip.
    """
    paper = read_paper_slip(raw_request["paper"])
    computed = _compute_slip(request, outcomes)
    if computed is None:
        return None
    agreeing = _find_agreeing_lines(computed, paper)
    explanations = (
        [] if len(agreeing) == len(paper) else _find_explanations(bundle, raw_request, request, paper, agreeing)
    )
    return {
        "lines": [
            _compare_line(code, computed[code], paper[code])
            for code in SLIP_LINES
            if code in paper and code in computed
        ],
        "agrees": len(agreeing) == len(paper),
        "adds_up": _adds_up(paper),
        "would_agree": [
            {
                "changes": [_describe_correction(correction, speaker) for correction in explanation.corrections],
                "lines": [code for code in SLIP_LINES if code in explanation.agreeing - agreeing],
                "all": len(explanation.agreeing) == len(paper),
            }
            for explanation in explanations
        ],
    }


def _compute_slip(request: EstimateRequest, outcomes: Outcomes | None) -> dict[str, tuple[int, int]] | None:
    """Return the lines of the estimated slip as ranges (fen); None if there is not exactly one settled bill."""
    if outcomes is None or len(request.visits) != 1:
        return None
    slip = amounts.format_slip(outcomes)
    total = request.visits[0].own.get("total_cost")
    if slip is None:
        return None
    ranges = {code: _parse_range(amount) for code, amount in slip.items()}
    return {**ranges, **({} if total is None else {WHOLE_BILL: (total, total)})}


def _parse_range(amount: JsonObject) -> tuple[int, int]:
    low, high = (None if end is None else parse_yuan(end) for end in (amount["low"], amount["high"]))
    return low or 0, UNLIMITED if high is None else high


def _find_agreeing_lines(computed: dict[str, tuple[int, int]], paper: Amounts) -> frozenset[str]:
    return frozenset(
        code for code, fen in paper.items() if code in computed and computed[code][0] <= fen <= computed[code][1]
    )


def _compare_line(code: str, computed: tuple[int, int], fen: int) -> JsonObject:
    low, high = computed
    entry: JsonObject = {
        "code": code,
        "ours": amounts.format_range(computed),
        "paper": amounts.format_exact(fen)["low"],
    }
    difference = fen - high if fen > high else low - fen if fen < low else 0
    return {**entry, "agrees": difference == 0, "by": amounts.format_exact(difference)["low"], "more": fen > high}


def _adds_up(paper: Amounts) -> bool | None:
    """Tell whether the lines on the paper add up to its total; None if some are not given."""
    if not {WHOLE_BILL, *PAYERS, "psn_part_amt"} <= paper.keys():
        return None
    return paper[WHOLE_BILL] == sum(paper[code] for code in (*PAYERS, "psn_part_amt"))


# explanations of a difference


def _find_explanations(
    bundle: Bundle, raw_request: JsonObject, request: EstimateRequest, paper: Amounts, agreeing: frozenset[str]
) -> list[Explanation]:
    """Return explanations with which more lines agree and none fewer; only complete ones if there are any."""

    def try_corrections(*corrections: Correction) -> Explanation | None:
        try:
            corrected = read_request(bundle, _apply_corrections(raw_request, corrections))
            if _list_left_open(corrected) - _list_left_open(request):  # a range that only became wide explains nothing
                return None
            computed = _compute_slip(corrected, settle_all_scenarios(corrected.visits, corrected.known))
        except BadRequestError:  # the corrected answers contradict each other
            return None
        return None if computed is None else Explanation(corrections, _find_agreeing_lines(computed, paper))

    amount_corrections = list(_list_amount_corrections(request, paper, agreeing))
    explanations = [
        explanation
        for explanation in [try_corrections(*amount_corrections)]
        if amount_corrections and explanation is not None and explanation.agreeing > agreeing
    ]
    if explanations and len(explanations[0].agreeing) == len(paper):
        return explanations
    baseline = explanations[0].agreeing if explanations else agreeing
    prior = tuple(amount_corrections) if explanations else ()
    explanations += _try_each(try_corrections, prior, list(_list_answer_corrections(bundle, request)), baseline)
    best = max((len(explanation.agreeing) for explanation in explanations), default=0)
    complete = [explanation for explanation in explanations if len(explanation.agreeing) == len(paper)]
    return (complete or [explanation for explanation in explanations if len(explanation.agreeing) == best])[
        :MAX_EXPLANATIONS
    ]


def _list_left_open(request: EstimateRequest) -> set[str]:
    """Return the choices of a bill's visit that a broader word leaves open (reading R37)."""
    (visit,) = request.visits
    return {fact for fact in visit.ruleset.fact_definitions if possible_key(fact) in visit.own}


def _try_each(
    try_corrections: Callable[..., Explanation | None],
    prior: tuple[Correction, ...],
    corrections: list[Correction],
    baseline: frozenset[str],
) -> list[Explanation]:
    explanations = [try_corrections(*prior, correction) for correction in corrections]
    return [explanation for explanation in explanations if explanation is not None and explanation.agreeing > baseline]


def _list_amount_corrections(
    request: EstimateRequest, paper: Amounts, agreeing: frozenset[str]
) -> Iterator[Correction]:
    """Yield the total and the eligible cost on the paper as corrections, if they disagree with the estimate."""
    facts = request.visits[0].ruleset.fact_definitions
    for code, fact in ((WHOLE_BILL, "total_cost"), (ELIGIBLE_COST, "eligible_cost")):
        if code in paper and code not in agreeing and fact in facts:
            yield Correction(fact, amounts.format_exact(paper[code])["low"])


def _list_answer_corrections(bundle: Bundle, request: EstimateRequest) -> Iterator[Correction]:
    """Yield all other answers to the place's questions with options, and days on the other side of each revision."""
    place = get_place(bundle, request.place)
    ruleset, facts = request.visits[0].ruleset, request.visits[0].own
    for name in place.asks_facts:
        fact = ruleset.fact_definitions[name]
        options: list[Json] = [True, False] if fact.type == "bool" else list(fact.options)
        if fact.type in ("bool", "choice"):
            yield from (Correction(name, option) for option in options if facts.get(name) != option)
        elif fact.type == "list":
            yield from (Correction(name, [option]) for option in options)
    for start in place.list_change_days():
        other = start - timedelta(days=1) if start <= request.day else start
        yield Correction("date", other.isoformat())


def _apply_corrections(raw_request: JsonObject, corrections: tuple[Correction, ...]) -> JsonObject:
    """Return the request with the corrections applied, without ``paper`` and ``compare``."""
    facts: JsonObject = dict(raw_request.get("facts") or {})
    for correction in corrections:
        if correction.fact != "date":
            facts[correction.fact] = correction.value
    days = [correction.value for correction in corrections if correction.fact == "date"]
    other_fields = {key: value for key, value in raw_request.items() if key not in ("paper", "compare")}
    return {**other_fields, "facts": facts, **({"date": days[-1]} if days else {})}


def _describe_correction(correction: Correction, speaker: Speaker) -> JsonObject:
    """Return a correction with the display names of its fact and value."""
    if correction.fact == "date":
        return {"fact": "date", "name": "", "value": correction.value, "option": speaker.day(str(correction.value))}
    values = correction.value if isinstance(correction.value, list) else [correction.value]
    is_money = speaker.facts[correction.fact].type == "money"
    option = "" if is_money else speaker.listing([speaker.option(correction.fact, value) for value in values])
    return {"fact": correction.fact, "name": speaker.fact(correction.fact), "value": correction.value, "option": option}
