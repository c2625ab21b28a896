"""Worked examples: the estimate of each, and where it differs from what its file expects."""

from typing import Any

from mingbai.syntax.document import as_written
from mingbai_calculator import estimate
from mingbai_calculator.core.money import parse_yuan, yuan

type Json = dict[str, Any]

_LISTS = ("lines", "cash", "subsidies", "services", "may_also_help")


def work_out(bundle: Json, place: str, example: Json, lang: str) -> Json:
    """Return the estimate of an example."""
    request = {
        "place": place,
        "date": example["date"],
        "facts": example["facts"],
        "inputs": example["inputs"],
        "lang": lang,
    }
    return estimate(bundle, request)


def differences(result: Json, policy: str, expect: Json) -> list[tuple[str, str, str]]:
    """Return what came out differently: the name, what was expected, what came out."""
    found = []
    by_payer = {f"lines.{payer}": amount for payer, amount in expect.get("lines", {}).items()}
    for name, expected in {**expect, **by_payer}.items():
        if name == "lines":
            continue
        got, wanted = _got(result, policy, name), _wanted(name, expected)
        if got != wanted:
            found.append((name, wanted, got))
    return found


def _wanted(name: str, expected: Any) -> str:  # noqa: ANN401 - as it was written
    if name in ("applies", "count", "holds"):
        return as_written(expected)
    if isinstance(expected, list) and len(expected) == 2:  # noqa: PLR2004 - [low, high]
        return f"[{_amount(expected[0])}, {_amount(expected[1])}]"
    return _amount(expected)


def _got(result: Json, policy: str, name: str) -> str:  # noqa: PLR0911 - a case a line
    entries = {key: next((entry for entry in result[key] if entry["policy"] == policy), None) for key in _LISTS}
    if name == "applies":
        return as_written(any(entries.values()))
    if name == "self_pays":
        return _hull(result["self_pays"])
    if name == "holds":
        return as_written(next((each["holds"] for each in result["statuses"] if each["policy"] == policy), "no status"))
    if name.startswith("lines."):
        lines = [line for line in result["lines"] if (line["policy"], f"lines.{line['payer']}") == (policy, name)]
        return _hull(lines[0]["amount"] if lines else None)
    if name == "line":
        return _hull(entries["lines"]["amount"] if entries["lines"] else None)
    cash = entries["cash"] or entries["subsidies"]
    if name == "count":
        return str(cash["count"] if cash else 0)
    return _hull(cash[name] if cash else {"low": "0.00", "high": "0.00"})


def _hull(amount: Json | None) -> str:
    if amount is None:
        return "null"
    low, high = amount["low"], amount["high"]
    return low if low == high else f"[{low}, {high or 'null'}]"


def _amount(value: Any) -> str:  # noqa: ANN401
    fen = None if value is None else parse_yuan(str(value))
    return "null" if value is None else str(value) if fen is None else yuan(fen)
