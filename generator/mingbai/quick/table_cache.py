"""Cache of quick answers: plain data by place, proven against the engine once for each law and engine version.

Places whose law is the same apart from texts share one entry: a place's id occurs in it only as the prefix of the names
of its numbers, and ``@`` replaces it in the cache.
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
from mingbai.quick.bill_profile import TooComplexError
from mingbai.quick.curves import Breakpoints
from mingbai.quick.proof import WrongTableError
from mingbai.quick.table import QuickAnswer, list_law_periods, make_quick_answer
from mingbai_calculator.law.codec import encode_condition
from mingbai_calculator.law.conditions import Condition

type Json = dict[str, Any]
type QuickAnswers = dict[str, Json]
"""By place id; a place whose rules settle no bill has none."""
TOO_MANY: Json = {"too_many": True}
"""Replaces the answer of a place where it depends on more than a table can hold."""

_PLACE_MARK = '"@/'
"""Replaces the prefix of the names of a place's numbers (``"gaotai/``); no id contains this sign."""
_LOCATION_FIELDS = ("id", "code", "parent", "province", "prefecture")
"""Fields of a place that say where it lies, not what its law is: they are no part of the key."""
_PROOF_MODULES = tuple(
    f"{name}.py" for name in ("affine", "bill_profile", "choices", "curves", "proof", "table", "table_cache")
)
"""The modules of this package that the data depends on."""


class QuickAnswerError(Exception):
    """A quick answer disagrees with the engine; the message says where."""


def make_quick_answers(
    bundle: Json,
    cache: Cache | None = None,
    *,
    proven: bool = False,
    places: Iterable[str] | None = None,
    site: str = "",
) -> QuickAnswers:
    """Return the quick answer of each place (or of `places`), by place id.

    With `proven` each is proven against the engine, unless the `cache` has it: only proven answers are cached.
    An answer holds from ``first`` to ``last`` (``""``: no end that matters); those of the laws that follow are
    ``later``. `site` distinguishes sites that are built in turn from the same folder.
    Raises `QuickAnswerError` where a table and the engine differ by more than a yuan.
    """
    selected = bundle["places"] if places is None else places
    keys = _cache_keys(bundle, selected)
    answers = {place: _load_or_make(bundle, place, key, cache, proven, site) for place, key in keys.items()}
    return {place: answer for place, answer in answers.items() if answer}


def drop_unused_answers(bundle: Json, cache: Cache, site: str) -> None:
    """Drop the cached answers of `site` whose law no place of the bundle has any more."""
    keys = set(_cache_keys(bundle, bundle["places"]).values())
    cache.keep_only((_cache_name(site, key) for key in keys), of=_cache_group(site))


def _load_or_make(bundle: Json, place_id: str, key: str, cache: Cache | None, proven: bool, site: str) -> Json | None:  # noqa: FBT001, PLR0913, PLR0917
    place = bundle["places"][place_id]
    cached: str | None = cache.get(_cache_name(site, key), key) if cache is not None else None
    if cached is not None:
        answer: Json = json.loads(_with_place_id(cached, place))
        return answer
    answers = [_make_for_period(bundle, place, period, proven) for period in _law_periods(bundle, place)]
    non_empty = [answer for answer in answers if answer]
    data = {**non_empty[0], "later": non_empty[1:]} if non_empty else {}
    if cache is not None and proven:
        cache.put(_cache_name(site, key), key, _without_place_id(json.dumps(data, ensure_ascii=False), place))
    return data


def _law_periods(bundle: Json, place: Json) -> list[tuple[str, str, date]]:
    return list_law_periods(place, bundle.get(KNOWN, ""))


def _make_for_period(bundle: Json, place: Json, period: tuple[str, str, date], proven: bool) -> Json:  # noqa: FBT001
    """Return the quick answer for a period; empty where there is none."""
    first, last, day = period
    try:
        quick = make_quick_answer(bundle, place, day)
        if quick is not None and proven:
            quick.prove()
        data = {} if quick is None else _to_json_data(quick)
    except WrongTableError as error:
        raise QuickAnswerError(str(error)) from error
    except TooComplexError:
        data = TOO_MANY
    return {**data, "first": first, "last": last} if data else {}


def _to_json_data(quick: QuickAnswer) -> Json:
    """Return a quick answer as JSON data without words of any language. Amounts are whole fen.

    A table is a list of ``[payer, lowest, highest]``, the person first; a curve is ``[cost, amount, cost, ...]``, and
    the highest one is 0 where it equals the lowest one.
    """
    return {
        "day": quick.day.isoformat(),
        "bill": quick.bill,
        "who": [_encode(conditions) for conditions in quick.who],
        "where": [_encode(conditions) for conditions in quick.where],
        "scope": _encode(quick.scope),
        "absent": _encode(quick.absent),
        "paying": quick.paying,
        "use": quick.use,
        "why": [[list(keys) for keys in row] for row in quick.why],
        "tables": [
            [
                [payer, _flatten(low), 0 if low == high else _flatten(high)]
                for payer, (low, high) in table.curves.items()
            ]
            for table in quick.tables
        ],
    }


def _encode(conditions: Iterable[Condition]) -> list[Any]:
    return [encode_condition(condition) for condition in conditions]


def _flatten(points: Breakpoints) -> list[int]:
    return [number for point in points for number in point]


def _cache_group(site: str) -> str:
    return f"quick answers of {site}"


def _cache_name(site: str, key: str) -> str:
    return f"{_cache_group(site)}\n{key}"


def _cache_keys(bundle: Json, places: Iterable[str]) -> dict[str, str]:
    """Return the cache key of each place: a hash of its law and of the code, without texts and without its location."""
    shared = hashlib.sha256(_code_digest().encode())
    add(shared, _canonical_json(_without_texts(bundle["facts"])))
    keys = {}
    for place_id in places:
        place, digest = bundle["places"][place_id], shared.copy()
        law = _without_texts({key: value for key, value in place.items() if key not in _LOCATION_FIELDS})
        add(digest, _without_place_id(_canonical_json([law, _law_periods(bundle, place)]), place))
        keys[place_id] = digest.hexdigest()
    return keys


def _canonical_json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, default=str)


def _without_place_id(text: str, place: Json) -> str:
    return text.replace(f'"{place["id"]}/', _PLACE_MARK)


def _with_place_id(text: str, place: Json) -> str:
    return text.replace(_PLACE_MARK, f'"{place["id"]}/')


def _without_texts(value: Any) -> Any:  # noqa: ANN401 - any JSON value
    """Return a JSON value without its texts in any language."""
    if isinstance(value, list):
        return [_without_texts(item) for item in value]
    if not isinstance(value, dict):
        return value
    return {key: _without_texts(inner) for key, inner in value.items() if not is_text(inner)}


@cache
def _code_digest() -> str:
    """Return the hash of the engine's code and of `_PROOF_MODULES`; other code does not change the data."""
    digest = hashlib.sha256()
    engine = sorted(Path(mingbai_calculator.__file__).parent.rglob("*.py"))
    for file in [*engine, *(Path(__file__).with_name(name) for name in _PROOF_MODULES)]:
        add(digest, file.name, file.read_bytes())
    return digest.hexdigest()
