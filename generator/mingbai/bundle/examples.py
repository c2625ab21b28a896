"""Worked examples: compute the estimate of an example, and compare it with the result that its file expects."""

from typing import Any

from mingbai.syntax.document import as_written
from mingbai_calculator import estimate
from mingbai_calculator.core.money import format_yuan, parse_yuan

type Json = dict[str, Any]

_LISTS = ("lines", "cash", "subsidies", "services", "may_also_help")
_OTHER_LISTS = ("statuses", "undecided", "not_eligible", "needs", "missing")


def estimate_example(bundle: Json, place: str, example: Json, lang: str) -> Json:
    """Return the calculator's result for an example. Raises BadRequestError if the example is invalid."""
    result = estimate(bundle, make_request(place, example, lang))
    return result if "members" not in result else _sum_members(result)


def make_request(place: str, example: Json, lang: str) -> Json:
    """Return the request of an example: of one person, with a bill or the visits of a year, or of a household."""
    request = {"place": place, "date": example["date"], "inputs": example["inputs"], "lang": lang}
    if "members" in example:
        return {**request, "shared": example["facts"], "members": example["members"]}
    return {**request, "facts": example["facts"], "visits": example.get("visits", [])}


def _sum_members(result: Json) -> Json:
    """Return a household's result in the form of one person's: what all members pay, and the entries of each."""
    members = result["members"]
    lists = {name: [entry for member in members for entry in member[name]] for name in (*_LISTS, *_OTHER_LISTS)}
    return {
        **members[0],
        **lists,
        "total_cost": result["totals"]["total_cost"],
        "self_pays": result["totals"]["self_pays"],
    }


def find_differences(result: Json, policy: str, expect: Json) -> list[tuple[str, str, str]]:
    """Return the differences between result and expectation: name, expected value, actual value (as text)."""
    differing = []
    by_payer = {f"lines.{payer}": amount for payer, amount in expect.get("lines", {}).items()}
    for name, expected in {**expect, **by_payer}.items():
        if name == "lines":
            continue
        actual, expected_text = _format_actual(result, policy, name), _format_expected(name, expected)
        if actual != expected_text:
            differing.append((name, expected_text, actual))
    return differing


def _format_expected(name: str, expected: Any) -> str:  # noqa: ANN401 - as it was written
    if name in ("applies", "count", "holds"):
        return as_written(expected)
    if name == "by_visit":
        return ", ".join(_format_amount(amount) for amount in expected)
    if isinstance(expected, list) and len(expected) == 2:  # noqa: PLR2004 - [low, high]
        return f"[{_format_amount(expected[0])}, {_format_amount(expected[1])}]"
    return _format_amount(expected)


def _format_actual(result: Json, policy: str, name: str) -> str:  # noqa: PLR0911 - a case a line
    entries = {key: next((entry for entry in result[key] if entry["policy"] == policy), None) for key in _LISTS}
    if name == "applies":
        return as_written(any(entries.values()))
    if name == "self_pays":
        return _format_range(result["self_pays"])
    if name == "holds":
        return as_written(
            next((status["holds"] for status in result["statuses"] if status["policy"] == policy), "no status")
        )
    if name.startswith("lines."):
        lines = [line for line in result["lines"] if (line["policy"], f"lines.{line['payer']}") == (policy, name)]
        return _format_range(lines[0]["amount"] if lines else None)
    if name in ("line", "by_visit"):
        lines = [line for line in result["lines"] if line["policy"] == policy]
        if name == "by_visit":
            return ", ".join(_format_range(line["amount"]) for line in lines)
        payers = dict.fromkeys(line["payer"] for line in lines[:1])
        return _format_range(_sum_ranges([line["amount"] for line in lines if line["payer"] in payers]))
    cash = entries["cash"] or entries["subsidies"]
    if name == "count":
        return str(cash["count"] if cash else 0)
    return _format_range(cash[name] if cash else {"low": "0.00", "high": "0.00"})


def _sum_ranges(amounts: list[Json]) -> Json | None:
    """Return the sum of what one payer pays of several bills; None without any."""
    if len(amounts) < 2:  # noqa: PLR2004 - one bill, as it is
        return amounts[0] if amounts else None
    ends = [[amount[end] for amount in amounts] for end in ("low", "high")]
    low, high = (
        None if None in values else format_yuan(sum(parse_yuan(value) or 0 for value in values)) for values in ends
    )
    return {"low": low, "high": high}


def _format_range(amount: Json | None) -> str:
    if amount is None:
        return "null"
    low, high = amount["low"], amount["high"]
    return low if low == high else f"[{low}, {high or 'null'}]"


def _format_amount(value: Any) -> str:  # noqa: ANN401
    fen = None if value is None else parse_yuan(str(value))
    return "null" if value is None else str(value) if fen is None else format_yuan(fen)
