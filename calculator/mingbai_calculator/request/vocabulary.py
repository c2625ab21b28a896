"""Reading what a caller says about a person: checked against the vocabulary, every fault at once."""

import re
from datetime import date
from typing import cast

from mingbai_calculator.core.errors import Fault, not_one_of
from mingbai_calculator.core.facts import SCHOOL_BILL, Facts
from mingbai_calculator.core.json_value import Json
from mingbai_calculator.core.money import LARGEST, LARGEST_WHOLE, parse_rate, parse_yuan, shown
from mingbai_calculator.law.conditions import member

type Vocabulary = dict[str, dict[str, Json]]

_DAY = re.compile(r"(\d{4})-(\d\d)-(\d\d)", re.ASCII)
_MONTH = re.compile(r"(\d{4})-(0[1-9]|1[0-2])")
LONGEST_WORD = 60
MOST_ITEMS = 500


def read_facts(given: Json, vocabulary: Vocabulary, faults: list[Fault]) -> Facts:
    """Return the facts as a world: money in fen, months as (year, month), lists by member.

    What is wrong is added to `faults`. A list that is given is complete: what it does not name is not so.
    """
    facts = Facts()
    if not isinstance(given, dict):
        faults.append(Fault("not_an_object", "facts", _word(given)))
        return facts
    renamed = {old: name for name, fact in vocabulary.items() for old in cast("list[str]", fact.get("was") or [])}
    for name, value in given.items():
        known = name if name in vocabulary else renamed.get(name)
        if known is None:
            faults.append(not_one_of("unknown_fact", name, "", tuple(vocabulary)))
        else:
            read_one(facts, known, value, vocabulary[known], faults)
    _check_together(facts, faults)
    return facts


def with_defaults(facts: Facts, vocabulary: Vocabulary) -> tuple[Facts, list[str]]:
    """Return `facts` with the amounts that count as something when left out, and the names of those.

    A bill may be given by its items, or as a fee. What other facts say already is filled in.
    """
    full = Facts(facts)
    assumed = []
    for name, fact in vocabulary.items():
        if name not in full and fact.get("default") is not None:
            full[name] = fact["default"]
            assumed.append(name)
    if "fee" in full and "total_cost" not in full:
        full["total_cost"], full["items"], full[SCHOOL_BILL] = full["fee"], (("fee", full["fee"]),), True
    if "items" in full and "total_cost" not in full:
        full["total_cost"] = sum(amount for _, amount in cast("tuple[tuple[str, int], ...]", full["items"]))
    if "total_cost" in full and "eligible_cost" not in full:
        full["eligible_cost"] = full["total_cost"]
        assumed.append("eligible_cost")
    if "age_months" in full and "age" not in full:
        full["age"] = cast("int", full["age_months"]) // 12
    return full, assumed


def read_one(facts: Facts, name: str, value: Json, fact: dict[str, Json], faults: list[Fault]) -> None:
    """Put one fact into `facts`, or say in `faults` what is wrong with it; options may have their former names."""
    former = cast("dict[str, str]", fact.get("options_were") or {})
    if isinstance(value, list):
        value = [former.get(each, each) if isinstance(each, str) else each for each in value]
    elif isinstance(value, str):
        value = former.get(value, value)
    _READERS[cast("str", fact["type"])](facts, name, value, fact, faults)


def read_inputs(given: Json, known: dict[str, str], faults: list[Fault]) -> Facts:
    """Return the typed-in policy numbers: rates as basis points, amounts as fen. `known` tells each one's unit."""
    facts = Facts()
    if not isinstance(given, dict):
        faults.append(Fault("not_an_object", "inputs", _word(given)))
        return facts
    for name, value in given.items():
        if name not in known:
            faults.append(not_one_of("unknown_input", name, "", tuple(known)))
            continue
        rate = known[name] == "rate"
        number = parse_rate(_word(value)) if rate else parse_yuan(_word(value))
        if number is None or isinstance(value, bool):
            faults.append(Fault("not_a_rate" if rate else "not_money", name, _word(value)))
        else:
            facts[name] = number
    return facts


def read_day(text: Json, faults: list[Fault]) -> date | None:
    """Return the day that ``YYYY-MM-DD`` names; None and a fault if it names none."""
    match = _DAY.fullmatch(text) if isinstance(text, str) else None
    if match is None:
        faults.append(Fault("not_a_date", "date", _word(text)))
        return None
    try:
        return date(*(int(part) for part in match.groups()))
    except ValueError:
        faults.append(Fault("no_such_day", "date", _word(text)))
        return None


def _read_bool(facts: Facts, name: str, value: Json, _: dict[str, Json], faults: list[Fault]) -> None:
    if isinstance(value, bool):
        facts[name] = value
    else:
        faults.append(not_one_of("not_a_yes_or_no", name, _word(value), ("true", "false")))


def _read_choice(facts: Facts, name: str, value: Json, fact: dict[str, Json], faults: list[Fault]) -> None:
    """Read an option, given by its id or by its name in any language."""
    options = cast("dict[str, dict[str, str]]", fact["options"])
    known = isinstance(value, str) and value in options
    chosen = value if known else next((o for o, names in options.items() if value in names.values()), None)
    if chosen is None:
        faults.append(not_one_of("unknown_option", name, _word(value), tuple(options)))
    else:
        facts[name] = chosen


def _read_list(facts: Facts, name: str, value: Json, fact: dict[str, Json], faults: list[Fault]) -> None:
    options = tuple(cast("dict[str, Json]", fact["options"]))
    values = value if isinstance(value, list) else [value]
    bad = [entry for entry in values if entry not in options]
    faults.extend(not_one_of("unknown_option", name, _word(entry), options) for entry in bad)
    if not bad:
        for option in options:
            facts[member(name, option)] = option in values


def _read_money(facts: Facts, name: str, value: Json, _: dict[str, Json], faults: list[Fault]) -> None:
    fen = None if isinstance(value, bool) else parse_yuan(_word(value))
    if fen is None:
        faults.append(Fault("not_money", name, _word(value)))
    elif fen > LARGEST:
        faults.append(Fault("too_large", name, _word(value)))
    else:
        facts[name] = fen


def _read_whole(facts: Facts, name: str, value: Json, fact: dict[str, Json], faults: list[Fault]) -> None:
    low, high = cast("int", fact.get("low") or 0), cast("int | None", fact.get("high"))
    if isinstance(value, bool) or not isinstance(value, int):
        faults.append(Fault("not_whole", name, _word(value)))
    elif value < low or value > (LARGEST_WHOLE if high is None else high):
        faults.append(
            Fault(
                "out_of_range",
                name,
                _word(value),
                extra={"low": str(low), "high": str(high or LARGEST_WHOLE)},
            )
        )
    else:
        facts[name] = value


def _read_month(facts: Facts, name: str, value: Json, _: dict[str, Json], faults: list[Fault]) -> None:
    match = _MONTH.fullmatch(value) if isinstance(value, str) else None
    if match is None:
        faults.append(Fault("not_a_month", name, _word(value)))
    else:
        facts[name] = (int(match[1]), int(match[2]))


def _read_items(facts: Facts, name: str, value: Json, fact: dict[str, Json], faults: list[Fault]) -> None:
    """Read the items of a bill: a list of ``{"category", "amount"}``."""
    options = tuple(cast("dict[str, Json]", fact["options"]))
    items = []
    for number, entry in enumerate(value if isinstance(value, list) else [value], 1):
        where = f"{name}[{number}]"
        if not isinstance(entry, dict) or set(entry) != {"category", "amount"} or number > MOST_ITEMS:
            faults.append(Fault("not_an_item", where, _word(entry), extra={"most": str(MOST_ITEMS)}))
            continue
        category, amount = entry["category"], parse_yuan(_word(entry["amount"]))
        if category not in options:
            faults.append(not_one_of("unknown_option", f"{where}.category", _word(category), options))
        elif amount is None or amount > LARGEST:
            faults.append(Fault("not_money", f"{where}.amount", _word(entry["amount"])))
        else:
            items.append((category, amount))
    facts[name] = tuple(items)


def _check_together(facts: Facts, faults: list[Fault]) -> None:
    """Check that the parts of a bill are not larger than the whole, and that its items add up."""
    for part, whole in (("eligible_cost", "total_cost"), ("tcm_cost", "eligible_cost"), ("tcm_cost", "total_cost")):
        if part in facts and whole in facts and cast("int", facts[part]) > cast("int", facts[whole]):
            extra = {"whole": whole, "whole_is": shown(cast("int", facts[whole]))}
            faults.append(Fault("part_larger_than_whole", part, shown(cast("int", facts[part])), extra=extra))
    if "items" in facts and "total_cost" in facts:
        items = sum(amount for _, amount in cast("tuple[tuple[str, int], ...]", facts["items"]))
        if items != facts["total_cost"]:
            extra = {"whole": "total_cost", "whole_is": shown(cast("int", facts["total_cost"]))}
            faults.append(Fault("items_do_not_add_up", "items", shown(items), extra=extra))


_READERS = {
    "bool": _read_bool,
    "choice": _read_choice,
    "list": _read_list,
    "money": _read_money,
    "whole": _read_whole,
    "month": _read_month,
    "items": _read_items,
}


def _word(value: Json) -> str:
    """Return a value as the caller wrote it, as far as one line can hold it."""
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    text = " ".join((value if isinstance(value, str) else str(value)).split())
    text = "".join(letter if letter.isprintable() else "?" for letter in text)
    return text if len(text) <= LONGEST_WORD else text[: LONGEST_WORD - 3] + "..."
