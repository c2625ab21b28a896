"""Parsing and validation of the facts of a request against the vocabulary; all faults are collected."""

import re
from collections.abc import Container
from datetime import date

from mingbai_calculator.core.errors import Fault, make_choice_fault
from mingbai_calculator.core.facts import IS_FEE_BILL, Facts
from mingbai_calculator.core.json_value import Json
from mingbai_calculator.core.money import MAX_AMOUNT, MAX_WHOLE_NUMBER, UNLIMITED, parse_rate, parse_yuan
from mingbai_calculator.law.version import OpenNumberDefinition
from mingbai_calculator.law.vocabulary import FactDefinition, Vocabulary
from mingbai_calculator.request.consistency import check_bounds, check_facts

_DAY = re.compile(r"(\d{4})-(\d\d)-(\d\d)", re.ASCII)
_MONTH = re.compile(r"(\d{4})-(0[1-9]|1[0-2])", re.ASCII)
FIRST_DAY, LAST_DAY = date(1900, 1, 1), date(2099, 12, 31)
"""The plausible days of a bill; typed text is read within the same (`mingbai_reading`)."""
FIRST_BIRTH, LAST_BIRTH = (1900, 1), (2099, 12)
"""The plausible months of a birth."""
MAX_QUOTE_LENGTH = 60
MAX_ITEMS = 500


def read_facts(raw_facts: Json, vocabulary: Vocabulary, faults: list[Fault]) -> Facts:
    """Parse facts: money to fen, months to (year, month), lists to one key for each member.

    Faults are appended to `faults`. A list that is given is complete: members that it does not name are False.
    """
    facts = Facts()
    if not isinstance(raw_facts, dict):
        faults.append(Fault("not_an_object", "facts", quote(raw_facts)))
        return facts
    current_names = vocabulary.current_names
    for name, value in raw_facts.items():
        current = name if name in vocabulary else current_names.get(name)
        if current is None:
            faults.append(make_choice_fault("unknown_fact", name, "", tuple(vocabulary)))
        else:
            read_fact(facts, current, value, vocabulary[current], faults)
    check_facts(facts, vocabulary, faults)
    return facts


def fill_defaults(facts: Facts, vocabulary: Vocabulary, given: Container[str] = frozenset()) -> tuple[Facts, list[str]]:
    """Return `facts` completed with defaults, and the names of the facts that got one.

    The facts that are `given` elsewhere get none. Facts that follow from others are added too: the total cost of a
    bill given by items or as a fee, the age.
    """
    filled = Facts(facts)
    defaulted = []
    for name, default in vocabulary.defaults:
        if name not in filled and name not in given:
            filled[name] = default
            defaulted.append(name)
    if "fee" in filled and "total_cost" not in filled:
        filled["total_cost"], filled["items"], filled[IS_FEE_BILL] = filled["fee"], (("fee", filled["fee"]),), True
    if "items" in filled and "total_cost" not in filled:
        filled["total_cost"] = sum(amount for _, amount in filled["items"])
    if "total_cost" in filled and "eligible_cost" not in filled:
        filled["eligible_cost"] = filled["total_cost"]
        defaulted.append("eligible_cost")
    if "age_months" in filled and "age" not in filled:
        filled["age"] = filled["age_months"] // 12
    return filled, defaulted


def read_fact(facts: Facts, name: str, value: Json, fact: FactDefinition, faults: list[Fault]) -> None:
    """Parse one fact into `facts`, or append a fault to `faults`; former names of options are accepted."""
    current_options = fact.options_were
    if isinstance(value, list):
        value = [current_options.get(option, option) if isinstance(option, str) else option for option in value]
    elif isinstance(value, str):
        value = current_options.get(value, value)
    _READERS[fact.type](facts, name, value, fact, faults)


def read_inputs(raw_inputs: Json, numbers: dict[str, list[OpenNumberDefinition]], faults: list[Fault]) -> Facts:
    """Parse the open numbers of a request: rates to basis points, amounts to fen.

    `numbers`: name -> its definition in each version; a number must be within the bounds of one of them.
    """
    facts = Facts()
    if not isinstance(raw_inputs, dict):
        faults.append(Fault("not_an_object", "inputs", quote(raw_inputs)))
        return facts
    for name, value in raw_inputs.items():
        if name not in numbers:
            faults.append(make_choice_fault("unknown_input", name, "", tuple(numbers)))
            continue
        unit = numbers[name][0].unit
        rate = unit == "rate"
        number = parse_rate(quote(value)) if rate else parse_yuan(quote(value))
        if number is None or isinstance(value, bool):
            faults.append(Fault("not_a_rate" if rate else "not_money", name, quote(value)))
        else:
            facts[name] = number
            low = min(definition.low for definition in numbers[name])
            high = max(UNLIMITED if definition.high is None else definition.high for definition in numbers[name])
            check_bounds(name, number, unit, low, high, faults)
    return facts


def read_day(text: Json, faults: list[Fault]) -> date | None:
    """Parse ``YYYY-MM-DD``; None and a fault if it is no valid date."""
    match = _DAY.fullmatch(text) if isinstance(text, str) else None
    if match is None:
        faults.append(Fault("not_a_date", "date", quote(text)))
        return None
    try:
        day = date(*(int(part) for part in match.groups()))
    except ValueError:
        faults.append(Fault("no_such_day", "date", quote(text)))
        return None
    if FIRST_DAY <= day <= LAST_DAY:
        return day
    faults.append(_implausible("date", text, FIRST_DAY.isoformat(), LAST_DAY.isoformat()))
    return None


def _implausible(name: str, text: Json, low: str, high: str) -> Fault:
    return Fault("out_of_range", name, quote(text), extra={"low": low, "high": high})


def _read_bool(facts: Facts, name: str, value: Json, _: FactDefinition, faults: list[Fault]) -> None:
    if isinstance(value, bool):
        facts[name] = value
    else:
        faults.append(make_choice_fault("not_a_yes_or_no", name, quote(value), ("true", "false")))


def _read_choice(facts: Facts, name: str, value: Json, fact: FactDefinition, faults: list[Fault]) -> None:
    """Parse an option, given by its id or by its name in any language."""
    options = fact.options
    is_id = isinstance(value, str) and value in options
    option = value if is_id else next((id_ for id_, names in options.items() if value in names.values()), None)
    if option is None:
        faults.append(make_choice_fault("unknown_option", name, quote(value), tuple(options)))
    else:
        facts[name] = option


def _read_list(facts: Facts, name: str, value: Json, fact: FactDefinition, faults: list[Fault]) -> None:
    options = tuple(fact.options)
    values = value if isinstance(value, list) else [value]
    unknown_options = [entry for entry in values if entry not in options]
    faults.extend(make_choice_fault("unknown_option", name, quote(entry), options) for entry in unknown_options)
    if not unknown_options:
        for option, key in fact.members:
            facts[key] = option in values


def _read_money(facts: Facts, name: str, value: Json, _: FactDefinition, faults: list[Fault]) -> None:
    fen = None if isinstance(value, bool) else parse_yuan(quote(value))
    if fen is None:
        faults.append(Fault("not_money", name, quote(value)))
    elif fen > MAX_AMOUNT:
        faults.append(Fault("too_large", name, quote(value)))
    else:
        facts[name] = fen


def _read_whole(facts: Facts, name: str, value: Json, fact: FactDefinition, faults: list[Fault]) -> None:
    low, high = fact.low, fact.high
    if isinstance(value, bool) or not isinstance(value, int):
        faults.append(Fault("not_whole", name, quote(value)))
    elif value < low or value > (MAX_WHOLE_NUMBER if high is None else high):
        faults.append(
            Fault(
                "out_of_range",
                name,
                quote(value),
                extra={"low": str(low), "high": str(high or MAX_WHOLE_NUMBER)},
            )
        )
    else:
        facts[name] = value


def _read_month(facts: Facts, name: str, value: Json, _: FactDefinition, faults: list[Fault]) -> None:
    match = _MONTH.fullmatch(value) if isinstance(value, str) else None
    if match is None:
        faults.append(Fault("not_a_month", name, quote(value)))
        return
    month = (int(match[1]), int(match[2]))
    if FIRST_BIRTH <= month <= LAST_BIRTH:
        facts[name] = month
    else:
        low, high = (f"{year}-{number:02d}" for year, number in (FIRST_BIRTH, LAST_BIRTH))
        faults.append(_implausible(name, value, low, high))


def _read_items(facts: Facts, name: str, value: Json, fact: FactDefinition, faults: list[Fault]) -> None:
    """Parse the items of a bill: a list of ``{"category", "amount"}``."""
    options = tuple(fact.options)
    items: list[tuple[str, int]] = []
    for number, entry in enumerate(value if isinstance(value, list) else [value], 1):
        path = f"{name}[{number}]"
        if not isinstance(entry, dict) or set(entry) != {"category", "amount"} or number > MAX_ITEMS:
            faults.append(Fault("not_an_item", path, quote(entry), extra={"most": str(MAX_ITEMS)}))
            continue
        category, amount = entry["category"], parse_yuan(quote(entry["amount"]))
        if category not in options:
            faults.append(make_choice_fault("unknown_option", f"{path}.category", quote(category), options))
        elif amount is None or amount > MAX_AMOUNT:
            faults.append(Fault("not_money", f"{path}.amount", quote(entry["amount"])))
        else:
            items.append((category, amount))
    facts[name] = tuple(items)


_READERS = {
    "bool": _read_bool,
    "choice": _read_choice,
    "list": _read_list,
    "money": _read_money,
    "whole": _read_whole,
    "month": _read_month,
    "items": _read_items,
}


def quote(value: Json) -> str:
    """Return a value as text for a message: on one line, at most `MAX_QUOTE_LENGTH` characters."""
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    text = " ".join((value if isinstance(value, str) else str(value)).split())
    text = "".join(letter if letter.isprintable() else "?" for letter in text)
    return text if len(text) <= MAX_QUOTE_LENGTH else text[: MAX_QUOTE_LENGTH - 3] + "..."
