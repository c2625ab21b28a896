"""A settlement slip on paper beside the estimate: which line differs, by how much, and which answer would explain it.

Nothing is guessed: an explanation is one answer that was given otherwise (or a day before or after a revision) with
which the estimate says what the paper says.
"""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import NamedTuple, cast

from mingbai_calculator.core.errors import BadRequestError, Fault
from mingbai_calculator.core.json_value import Json
from mingbai_calculator.core.money import UNLIMITED, parse_yuan
from mingbai_calculator.engine.outcomes import Outcomes, settle_all_scenarios
from mingbai_calculator.engine.ruleset import Bundle
from mingbai_calculator.law.version import days_of_change
from mingbai_calculator.request.request import Request, read_request
from mingbai_calculator.result import amounts
from mingbai_calculator.result.phrases import Speaker

type Object = dict[str, Json]
type Amounts = dict[str, int]
"""The lines of a slip on paper (fen)."""

WHOLE_BILL, WITHIN_SCOPE = "medfee_sumamt", "inscp_scp_amt"
PAYERS = ("hifp_pay", "hifmi_pay", "maf_pay", "hosp_part_amt", "oth_pay")
LINES = (WHOLE_BILL, WITHIN_SCOPE, "act_pay_dedc", *PAYERS, "psn_part_amt")
MOST_EXPLANATIONS = 3


class Change(NamedTuple):
    """One answer given otherwise: a fact (or ``date``), and the value as a request has it."""

    fact: str
    value: Json


class Explanation(NamedTuple):
    """Changes with which more lines agree than without, and which lines these are."""

    changes: tuple[Change, ...]
    agree: frozenset[str]


def read_paper(given: Json) -> Amounts:
    """Return the lines of a paper slip (fen). Raises `BadRequestError` for a line that no slip has, or no amount."""
    if not isinstance(given, dict):
        raise BadRequestError([Fault("not_an_object", "paper", str(given)[:60])])
    faults: list[Fault] = []
    lines: Amounts = {}
    for code, amount in given.items():
        fen = parse_yuan(str(amount))
        if code not in LINES:
            faults.append(Fault("unknown_key", code, "", LINES))
        elif fen is None:
            faults.append(Fault("not_money", code, str(amount)[:60]))
        else:
            lines[code] = fen
    if faults:
        raise BadRequestError(faults)
    return lines


def check(bundle: Bundle, given: Object, request: Request, bills: Outcomes | None, speaker: Speaker) -> Object | None:
    """Compare the paper slip of a request with its bills; None where there is not one bill that rules settle.

    Raises `BadRequestError` for what is no slip.
    """
    paper = read_paper(given["paper"])
    ours = _slip(request, bills)
    if ours is None:
        return None
    agree = _agreeing(ours, paper)
    found = [] if len(agree) == len(paper) else _explanations(bundle, given, request, paper, agree)
    return {
        "lines": [_line(code, ours[code], paper[code]) for code in LINES if code in paper and code in ours],
        "agrees": len(agree) == len(paper),
        "adds_up": _adds_up(paper),
        "would_agree": [
            {
                "changes": [_told(change, speaker) for change in each.changes],
                "lines": [code for code in LINES if code in each.agree - agree],
                "all": len(each.agree) == len(paper),
            }
            for each in found
        ],
    }


def _slip(request: Request, bills: Outcomes | None) -> dict[str, tuple[int, int]] | None:
    """Return each line of the slip as a range (fen)."""
    if bills is None or len(request.visits) != 1:
        return None
    slip = amounts.slip(bills)
    total = request.visits[0].own.get("total_cost")
    if slip is None:
        return None
    ranges = {code: _fen(cast("dict[str, str | None]", amount)) for code, amount in cast("Object", slip).items()}
    return {**ranges, **({} if total is None else {WHOLE_BILL: (cast("int", total), cast("int", total))})}


def _fen(amount: dict[str, str | None]) -> tuple[int, int]:
    low, high = (None if end is None else parse_yuan(end) for end in (amount["low"], amount["high"]))
    return low or 0, UNLIMITED if high is None else high


def _agreeing(ours: dict[str, tuple[int, int]], paper: Amounts) -> frozenset[str]:
    return frozenset(code for code, fen in paper.items() if code in ours and ours[code][0] <= fen <= ours[code][1])


def _line(code: str, ours: tuple[int, int], fen: int) -> Object:
    low, high = ours
    entry: Object = {"code": code, "ours": amounts.amount(ours), "paper": amounts.exactly(fen)["low"]}
    by = fen - high if fen > high else low - fen if fen < low else 0
    return {**entry, "agrees": by == 0, "by": amounts.exactly(by)["low"], "more": fen > high}


def _adds_up(paper: Amounts) -> bool | None:
    """Whether the paper's own lines add up to the bill; None where not all of them are given."""
    if not {WHOLE_BILL, *PAYERS, "psn_part_amt"} <= paper.keys():
        return None
    return paper[WHOLE_BILL] == sum(paper[code] for code in (*PAYERS, "psn_part_amt"))


# what would explain a difference


def _explanations(
    bundle: Bundle, given: Object, request: Request, paper: Amounts, agree: frozenset[str]
) -> list[Explanation]:
    """Return the changes with which more lines agree and none less: those that explain all of them first."""

    def tried(*changes: Change) -> Explanation | None:
        try:
            changed = read_request(bundle, _changed(given, changes))
            ours = _slip(changed, settle_all_scenarios(changed.visits, changed.known))
        except BadRequestError:  # such answers do not go together
            return None
        return None if ours is None else Explanation(changes, _agreeing(ours, paper))

    amounts = list(_amounts(request, paper, agree))
    found = [each for each in [tried(*amounts)] if amounts and each is not None and each.agree > agree]
    if found and len(found[0].agree) == len(paper):
        return found
    base = found[0].agree if found else agree
    before = tuple(amounts) if found else ()
    found += _single(tried, before, list(_others(bundle, request)), base)
    best = max((len(each.agree) for each in found), default=0)
    whole = [each for each in found if len(each.agree) == len(paper)]
    return (whole or [each for each in found if len(each.agree) == best])[:MOST_EXPLANATIONS]


def _single(
    tried: Callable[..., Explanation | None], before: tuple[Change, ...], changes: list[Change], base: frozenset[str]
) -> list[Explanation]:
    found = [tried(*before, change) for change in changes]
    return [each for each in found if each is not None and each.agree > base]


def _amounts(request: Request, paper: Amounts, agree: frozenset[str]) -> Iterator[Change]:
    """Yield the paper's own whole bill and eligible part, where they are not what was answered."""
    facts = request.visits[0].ruleset.facts
    for code, fact in ((WHOLE_BILL, "total_cost"), (WITHIN_SCOPE, "eligible_cost")):
        if code in paper and code not in agree and fact in facts:
            yield Change(fact, amounts.exactly(paper[code])["low"])


def _others(bundle: Bundle, request: Request) -> Iterator[Change]:
    """Yield every other answer to a question of this place that has a few answers, and the days around revisions."""
    place = cast("Object", cast("Object", bundle["places"])[request.place])
    ruleset, own = request.visits[0].ruleset, request.visits[0].own
    for name in cast("list[str]", place["asks_facts"]):
        fact = ruleset.facts[name]
        options: list[Json] = (
            [True, False] if fact["type"] == "bool" else list(cast("Object", fact.get("options") or {}))
        )
        if fact["type"] in ("bool", "choice"):
            yield from (Change(name, option) for option in options if own.get(name) != option)
        elif fact["type"] == "list":
            yield from (Change(name, [option]) for option in options)
    for start in map(date.fromisoformat, days_of_change(place)):
        other = start - timedelta(days=1) if start <= request.day else start
        yield Change("date", other.isoformat())


def _changed(given: Object, changes: tuple[Change, ...]) -> Object:
    """Return a request with some answers given otherwise."""
    facts = dict(cast("Object", given.get("facts") or {}))
    for change in changes:
        if change.fact != "date":
            facts[change.fact] = change.value
    days = [change.value for change in changes if change.fact == "date"]
    kept = {key: value for key, value in given.items() if key not in ("paper", "compare")}
    return {**kept, "facts": facts, **({"date": days[-1]} if days else {})}


def _told(change: Change, speaker: Speaker) -> Object:
    """Return a change with the names of fact and value for a reader."""
    if change.fact == "date":
        return {"fact": "date", "name": "", "value": change.value, "option": speaker.day(str(change.value))}
    values = change.value if isinstance(change.value, list) else [change.value]
    money = speaker.facts[change.fact]["type"] == "money"
    option = "" if money else speaker.listing([speaker.option(change.fact, value) for value in values])
    return {"fact": change.fact, "name": speaker.fact(change.fact), "value": change.value, "option": option}
