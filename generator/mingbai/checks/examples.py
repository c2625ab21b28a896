"""Worked examples as tests: each must come out as its file says."""

from typing import Any

from mingbai.diagnostics.problem import Path_, Problem, Problems
from mingbai.loader.library import Library
from mingbai.model.base import LANGUAGES
from mingbai.syntax.document import Document, as_written
from mingbai_calculator import BadRequestError, Fault, estimate
from mingbai_calculator.core.money import parse_yuan, yuan
from mingbai_calculator.request.vocabulary import read_facts
from mingbai_calculator.result.phrases import speaker

type Json = dict[str, Any]

_LISTS = ("lines", "cash", "subsidies", "services", "may_also_help")


def check_examples(bundle: Json, library: Library, problems: Problems) -> None:
    """Work every example out and say in `problems` which ones come out differently."""
    for place_id, place in library.places.items():
        for policy, versions in place.policies.items():
            for version, compiled in zip(versions, bundle["places"][place_id]["policies"][policy], strict=True):
                for index, example in enumerate(compiled["examples"]):
                    path: Path_ = ("examples", index)
                    try:
                        result = work_out(bundle, place_id, example, "zh")
                    except BadRequestError as error:
                        for fault in error.faults:
                            problems.add(_refused(bundle, version.document, (*path, "facts"), fault))
                        continue
                    for name, expected, got in differences(result, f"{place_id}/{policy}", example["expect"]):
                        where = (*path, "expect", *name.split("."))
                        problems.add(version.document.problem("example-fails", where, found=expected, got=got))


def check_audiences(bundle: Json, library: Library, problems: Problems) -> None:
    """Say in `problems` which facts of an audience of ``terms.yaml`` the calculator would not take."""
    document = library.documents.get("terms.yaml")
    if document is None:
        return
    for name, audience in bundle["terms"].get("audiences", {}).items():
        for index, person in enumerate(audience["people"]):
            faults: list[Fault] = []
            read_facts(person, bundle["facts"], faults)
            for fault in faults:
                problems.add(_refused(bundle, document, ("audiences", name, "people", index), fault))


def _refused(bundle: Json, document: Document, path: Path_, fault: Fault) -> Problem:
    """Return what is wrong with given facts, as the calculator tells it to whoever asks."""
    says = {lang: speaker(bundle, lang).fault(fault) for lang in LANGUAGES}
    return document.problem("bad-example", path, found=says["en"], found_zh=says["zh"], found_en=says["en"])


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
