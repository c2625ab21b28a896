"""The quick answers of all places as plain data, proven against the engine once for each law and each engine.

Places with the same law, but for its words, share one proof: a place's id is no more than the beginning of the names
of its numbers, and ``@`` stands for it in what is kept.
"""

import hashlib
import json
from collections.abc import Iterable
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import mingbai_calculator
from mingbai.bundle.timeline import KNOWN
from mingbai.core.cache import Cache, add
from mingbai.i18n.translate import is_text
from mingbai.quick.case import TooManyError
from mingbai.quick.curves import Points
from mingbai.quick.proof import WrongTableError
from mingbai.quick.table import Quick, make_quick, spans_of_law

type Json = dict[str, Any]
type Answers = dict[str, Json]
"""By place; a place whose rules settle no bill has none."""
TOO_MANY: Json = {"too_many": True}
"""Stands for the answer of a place where it depends on more than a table can hold."""

_HERE = '"@/'
"""Stands for how the names of a place's numbers begin (``"gaotai/``): no id has this sign."""
_WHERE = ("id", "code", "parent", "province", "prefecture")
"""What says where a place lies, not what holds there."""
_PROOF = tuple(f"{name}.py" for name in ("affine", "case", "choices", "curves", "proof", "table", "table_cache"))
"""The modules that the data depends on."""


class QuickError(Exception):
    """A quick answer cannot be made, or the engine says something else; the message says where."""


def quick_answers(
    bundle: Json,
    kept: Cache | None = None,
    *,
    proven: bool = False,
    places: Iterable[str] | None = None,
    name: str = "",
) -> Answers:
    """Return the quick answer of each place (or of `places`); `proven` against the engine, unless that was done before.

    It holds from ``first`` to ``last`` (``""``: no end that matters); those of the laws that follow are ``later``.
    `name` tells sites apart that are built in turn from the same folder.
    Raises `QuickError` where a table and the engine are more than a yuan apart.
    """
    asked = bundle["places"] if places is None else places
    keys = _keys(bundle, asked)
    made = {place: _of_place(bundle, place, key, kept, proven, name) for place, key in keys.items()}
    return {place: answer for place, answer in made.items() if answer}


def forget_others(bundle: Json, kept: Cache, name: str) -> None:
    """Forget what was kept for the site `name` of laws that hold nowhere any more."""
    keys = set(_keys(bundle, bundle["places"]).values())
    kept.keep_only((_name(name, key) for key in keys), of=_group(name))


def _of_place(bundle: Json, name: str, key: str, kept: Cache | None, proven: bool, site: str) -> Json | None:  # noqa: FBT001, PLR0913, PLR0917
    place = bundle["places"][name]
    found: str | None = kept.get(_name(site, key), key) if kept is not None else None
    if found is not None:
        answer: Json = json.loads(_there(found, place))
        return answer
    answers = [_at(bundle, place, span, proven) for span in _spans(bundle, place)]
    made = [answer for answer in answers if answer]
    data = {**made[0], "later": made[1:]} if made else {}
    if kept is not None and proven:
        kept.put(_name(site, key), key, _here(json.dumps(data, ensure_ascii=False), place))
    return data


def _spans(bundle: Json, place: Json) -> list[tuple[str, str, date]]:
    return spans_of_law(place, bundle.get(KNOWN, ""))


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


def _group(name: str) -> str:
    return f"quick answers of {name}"


def _name(name: str, key: str) -> str:
    return f"{_group(name)}\n{key}"


def _keys(bundle: Json, places: Iterable[str]) -> dict[str, str]:
    """Return what stands for the law of each place: other words, and another place, are no other law."""
    shared = hashlib.sha256(_stamp().encode())
    add(shared, _json(_without_texts(bundle["facts"])))
    keys = {}
    for each in places:
        place, found = bundle["places"][each], shared.copy()
        law = _without_texts({key: value for key, value in place.items() if key not in _WHERE})
        add(found, _here(_json([law, _spans(bundle, place)]), place))
        keys[each] = found.hexdigest()
    return keys


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, default=str)


def _here(text: str, place: Json) -> str:
    return text.replace(f'"{place["id"]}/', _HERE)


def _there(text: str, place: Json) -> str:
    return text.replace(_HERE, f'"{place["id"]}/')


def _without_texts(value: Any) -> Any:  # noqa: ANN401 - any JSON value
    """Return a value without what it says in any language."""
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
