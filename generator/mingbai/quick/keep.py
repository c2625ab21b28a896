"""The quick answers of all places as plain data, proven against the engine once for each place and each engine."""

import hashlib
import json
from collections.abc import Iterable
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import mingbai_calculator
from mingbai.cache import Cache, add
from mingbai.further import is_text
from mingbai.held import KNOWN
from mingbai.quick.case import TooManyError
from mingbai.quick.curves import Points
from mingbai.quick.proof import WrongTableError
from mingbai.quick.table import Quick, make_quick, spans_of_law

type Json = dict[str, Any]
type Answers = dict[str, Json]
"""By place; a place whose rules settle no bill has none."""
TOO_MANY: Json = {"too_many": True}
"""Stands for the answer of a place where it depends on more than a table can hold."""

_PROOF = tuple(f"{name}.py" for name in ("affine", "case", "choices", "curves", "keep", "proof", "table"))
"""The modules that the data depends on."""


class QuickError(Exception):
    """A quick answer cannot be made, or the engine says something else; the message says where."""


def quick_answers(
    bundle: Json, kept: Cache | None = None, *, proven: bool = False, places: Iterable[str] | None = None
) -> Answers:
    """Return the quick answer of each place (or of `places`); `proven` against the engine, unless that was done before.

    It holds from ``first`` to ``last`` (``""``: no end that matters); those of the laws that follow are ``later``.
    Raises `QuickError` where a table and the engine are more than a yuan apart.
    """
    asked = bundle["places"] if places is None else places
    made = {place: _of_place(bundle, bundle["places"][place], kept, proven) for place in asked}
    return {place: answer for place, answer in made.items() if answer}


def _of_place(bundle: Json, place: Json, kept: Cache | None, proven: bool) -> Json | None:  # noqa: FBT001 - a flag handed on
    name, key = f"quick\n{place['id']}", _key(bundle, place)
    found: Json | None = kept.get(name, key) if kept is not None else None
    if found is not None:
        return found
    spans = spans_of_law(place, bundle.get(KNOWN, ""))
    answers = [_at(bundle, place, span, proven) for span in spans]
    made = [answer for answer in answers if answer]
    data = {**made[0], "later": made[1:]} if made else {}
    if kept is not None and proven:
        kept.put(name, key, data)
    return data


def _at(bundle: Json, place: Json, span: tuple[str, str, date], proven: bool) -> Json:  # noqa: FBT001
    """Return the quick answer for a time; empty where there is none."""
    first, last, day = span
    try:
        quick = make_quick(bundle, place, day)
        if quick is not None and proven:
            quick.prove()
        data = {} if quick is None else _data(quick)
    except WrongTableError as error:
        raise QuickError(str(error)) from error
    except TooManyError:
        data = TOO_MANY
    return {**data, "first": first, "last": last} if data else {}


def _data(quick: Quick) -> Json:
    """Return a quick answer without any language. Amounts are whole fen.

    A table is a list of ``[payer, low end, high end]``, the person first; an end is ``[cost, amount, cost, ...]``, the
    high one 0 where it is the low one.
    """
    return {
        "day": quick.day.isoformat(),
        "bill": quick.bill,
        "who": quick.who,
        "where": quick.where,
        "scope": quick.scope,
        "absent": quick.absent,
        "paying": quick.paying,
        "use": quick.use,
        "why": [[list(keys) for keys in row] for row in quick.why],
        "tables": [
            [[payer, _flat(low), 0 if low == high else _flat(high)] for payer, (low, high) in table.curves.items()]
            for table in quick.tables
        ],
    }


def _flat(points: Points) -> list[int]:
    return [number for point in points for number in point]


def _key(bundle: Json, place: Json) -> str:
    found = hashlib.sha256(_stamp().encode())
    law = _without_texts([bundle["facts"], place])
    add(found, json.dumps([law, bundle.get(KNOWN)], ensure_ascii=False, sort_keys=True))
    return found.hexdigest()


def _without_texts(value: Any) -> Any:  # noqa: ANN401 - any JSON value
    """Return a value without what it says in any language: other words are no other law."""
    if isinstance(value, list):
        return [_without_texts(each) for each in value]
    if not isinstance(value, dict):
        return value
    return {key: _without_texts(inner) for key, inner in value.items() if not is_text(inner)}


@cache
def _stamp() -> str:
    """Return what stands for the engine and for these modules; the rest of the generator makes no difference."""
    found = hashlib.sha256()
    engine = sorted(Path(mingbai_calculator.__file__).parent.rglob("*.py"))
    for file in [*engine, *(Path(__file__).with_name(name) for name in _PROOF)]:
        add(found, file.name, file.read_bytes())
    return found.hexdigest()
