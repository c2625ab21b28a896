"""Codec: the law as JSON in the bundle, and as objects; the only place that knows the keys.

Encoding gives the keys in the order in which the bundle has them: its bytes are what `revision` and the lock hash.
"""

from collections.abc import Callable
from datetime import date
from typing import Any

from mingbai_calculator.core.json_value import JsonList, JsonObject
from mingbai_calculator.core.money import Rounding
from mingbai_calculator.law.conditions import (
    All,
    AnyOf,
    Combination,
    Condition,
    Contains,
    Holds,
    InRange,
    NoneOf,
    OneOf,
    Perhaps,
    Ratio,
)
from mingbai_calculator.law.kinds import KindTable
from mingbai_calculator.law.laws import (
    Bracket,
    CashLaw,
    CashRow,
    CeilingLaw,
    CeilingRow,
    FeeLaw,
    FeeRow,
    FloorLaw,
    FromMonth,
    Law,
    Less,
    OwnShareLaw,
    OwnShareRow,
    PlainLaw,
    Plus,
    PremiumLaw,
    ShareLaw,
    ShareRow,
    Split,
)
from mingbai_calculator.law.limits import SharedLimit
from mingbai_calculator.law.numbers import Adjustment, Each, Number, OpenNumber, PrintedNumber

# conditions

_COMBINATIONS: dict[str, type[Combination]] = {"all": All, "any": AnyOf, "none": NoneOf}
_COMBINATION_NAMES = {cls: name for name, cls in _COMBINATIONS.items()}


def decode_condition(value: JsonList) -> Condition:
    """Return the condition that the bundle has as a list."""
    name = value[0]
    if name == "in":
        return OneOf(value[1], value[2])
    combination = _COMBINATIONS.get(name)
    if combination is not None:
        return combination([decode_condition(part) for part in value[1:]])
    if name == "has":
        return Contains(value[1], value[2])
    if name == "range":
        return InRange(value[1], value[2], value[3])
    if name == "ratio":
        return Ratio(value[1], value[2], value[3], value[4])
    return (Holds if name == "holds" else Perhaps)(value[1], value[2])


def encode_condition(condition: Condition) -> JsonList:  # noqa: PLR0911 - a class a line
    """Return the condition as a list, as in the bundle."""
    if isinstance(condition, Combination):
        return [_COMBINATION_NAMES[type(condition)], *map(encode_condition, condition.parts)]
    if isinstance(condition, OneOf):
        return ["in", condition.fact, list(condition.values)]
    if isinstance(condition, Contains):
        return ["has", condition.fact, list(condition.members)]
    if isinstance(condition, InRange):
        return ["range", condition.fact, condition.low, condition.high]
    if isinstance(condition, Ratio):
        return ["ratio", condition.fact, condition.order, condition.times, condition.other]
    if isinstance(condition, Holds):
        return ["holds", condition.status, condition.texts]
    if isinstance(condition, Perhaps):
        return ["perhaps", condition.key, condition.texts]
    raise TypeError(f"{condition} has no form in JSON")


# numbers


def decode_number(value: int | JsonObject) -> Number:
    """Return a number of the bundle (fen or basis points)."""
    if isinstance(value, int):
        return value
    adjust = [
        Adjustment(
            decode_condition(step["if"]),
            step.get("times"),
            step.get("plus"),
            step.get("at_most"),
            step.get("more"),
            Each(**step["each"]) if "each" in step else None,
        )
        for step in value.get("adjust", ())
    ]
    return OpenNumber(value["open"], adjust) if "open" in value else PrintedNumber(value["value"], adjust)


def encode_number(number: Number) -> int | JsonObject:
    """Return the number as in the bundle."""
    if isinstance(number, int):
        return number
    encoded: JsonObject = {"open": number.key} if isinstance(number, OpenNumber) else {"value": number.value}
    if number.adjust:
        encoded["adjust"] = [
            {
                "if": encode_condition(step.condition),
                **_present(times=step.times, plus=step.plus, at_most=step.at_most, more=step.more),
                **({} if step.each is None else {"each": _encode_each(step.each)}),
            }
            for step in number.adjust
        ]
    return encoded


def _encode_each(each: Each) -> JsonObject:
    return {"of": each.of, "amount": each.amount, "above": each.above} | _present(up_to=each.up_to)


def _decode_optional(value: int | JsonObject | None) -> Number | None:
    return None if value is None else decode_number(value)


def _encode_optional(number: Number | None) -> int | JsonObject | None:
    return None if number is None else encode_number(number)


def _present(**values: object) -> JsonObject:
    """Return the values that are not None."""
    return {name: value for name, value in values.items() if value is not None}


# shared limits


def decode_limit(limit: JsonObject) -> SharedLimit:
    """Return a shared limit of a version of the bundle."""
    starts, since = limit.get("starts"), limit.get("from")
    return SharedLimit(
        limit["id"],
        limit["title"],
        decode_condition(limit["if"]),
        decode_number(limit["amount"]),
        limit["per"],
        limit["of"],
        None if starts is None else (starts[0], starts[1]),
        None if since is None else date.fromisoformat(since),
    )


def encode_limit(limit: SharedLimit) -> JsonObject:
    """Return a shared limit as in the bundle."""
    return {
        "id": limit.id,
        "title": limit.title,
        "if": encode_condition(limit.condition),
        "amount": encode_number(limit.amount),
        "per": limit.per,
        "of": limit.of,
        **_present(
            starts=None if limit.starts is None else list(limit.starts),
            **{"from": None if limit.since is None else limit.since.isoformat()},
        ),
    }


# rounding


def _decode_rounding(value: JsonList | None) -> Rounding | None:
    return None if value is None else Rounding(value[0], value[1])


def _encode_rounding(rounding: Rounding | None) -> JsonList | None:
    return None if rounding is None else [rounding.unit, rounding.how]


def _decode_plus(value: JsonObject | None) -> Plus | None:
    return None if value is None else Plus(value["rate"], value["above"], _decode_rounding(value.get("round")))


def _encode_plus(plus: Plus | None) -> JsonObject | None:
    if plus is None:
        return None
    return {"rate": plus.rate, "above": plus.above} | _present(round=_encode_rounding(plus.rounding))


# laws


def _decode_share(law: JsonObject) -> ShareLaw:
    return ShareLaw(
        law["payer"],
        law["base"],
        law["deductible_per"],
        law["limit_per"],
        map(_decode_share_row, law["rows"]),
        [Split(split["payer"], split["share"]) for split in law.get("split", ())],
        law.get("excess_payer"),
        law.get("only_if"),
        carried=decode_condition(law["carried"]) if "carried" in law else None,
        rounding=_decode_rounding(law.get("round")),
    )


def _decode_share_row(row: JsonObject) -> ShareRow:
    return ShareRow(
        row["id"],
        decode_condition(row["if"]),
        decode_number(row["deductible"]),
        decode_number(row["rate"]),
        _decode_optional(row.get("limit")),
        _decode_optional(row.get("base_limit")),
        [Bracket(bracket["from"], decode_number(bracket["rate"])) for bracket in row.get("brackets", ())],
    )


def _encode_share(law: ShareLaw) -> JsonObject:
    encoded: JsonObject = {
        "payer": law.payer,
        "base": law.base,
        "deductible_per": law.deductible_per,
        "limit_per": law.limit_per,
        "rows": [_encode_share_row(row) for row in law.rows],
    }
    if law.split:
        encoded["split"] = [{"payer": split.payer, "share": split.share} for split in law.split]
    carried = None if law.carried is None else encode_condition(law.carried)
    return encoded | _present(
        excess_payer=law.excess_payer, only_if=law.only_if, carried=carried, round=_encode_rounding(law.rounding)
    )


def _encode_share_row(row: ShareRow) -> JsonObject:
    """Return a row; a rate of 0 that stands for brackets comes after them."""
    rate = {"rate": encode_number(row.rate)}
    encoded: JsonObject = {
        "id": row.id,
        "if": encode_condition(row.condition),
        "deductible": encode_number(row.deductible),
        **({} if row.rate == 0 else rate),
        **_present(limit=_encode_optional(row.limit), base_limit=_encode_optional(row.base_limit)),
    }
    if row.brackets:
        encoded["brackets"] = [{"from": part.start, "rate": encode_number(part.rate)} for part in row.brackets]
    return encoded | rate


def _decode_own_share(law: JsonObject) -> OwnShareLaw:
    return OwnShareLaw(
        OwnShareRow(row["id"], row["items"], decode_condition(row["if"]), decode_number(row["rate"]))
        for row in law["rows"]
    )


def _encode_own_share(law: OwnShareLaw) -> JsonObject:
    rows = [
        {
            "id": row.id,
            "items": list(row.items),
            "if": encode_condition(row.condition),
            "rate": encode_number(row.rate),
        }
        for row in law.rows
    ]
    return {"rows": rows}


def _decode_ceiling(law: JsonObject) -> CeilingLaw:
    rows = (
        CeilingRow(
            row["id"],
            decode_condition(row["if"]),
            row["of"],
            decode_number(row["amount"]),
            _decode_plus(row.get("plus")),
        )
        for row in law["rows"]
    )
    return CeilingLaw(law["payer"], law["per"], rows)


def _encode_ceiling(law: CeilingLaw) -> JsonObject:
    rows = [
        {
            "id": row.id,
            "if": encode_condition(row.condition),
            "of": row.of,
            "amount": encode_number(row.amount),
            **_present(plus=_encode_plus(row.plus)),
        }
        for row in law.rows
    ]
    return {"payer": law.payer, "per": law.per, "rows": rows}


def _decode_floor(law: JsonObject) -> FloorLaw:
    return FloorLaw(law["payer"], law["counted"], law["of"], decode_number(law["share"]))


def _encode_floor(law: FloorLaw) -> JsonObject:
    return {"payer": law.payer, "counted": list(law.counted), "of": law.of, "share": encode_number(law.share)}


def _decode_fee(law: JsonObject) -> FeeLaw:
    return FeeLaw(
        law["payer"],
        (
            FeeRow(
                row["id"],
                row["items"],
                decode_condition(row["if"]),
                decode_number(row["off"]),
                row.get("persons"),
                _decode_optional(row.get("up_to")),
                _decode_optional(row.get("daily")),
            )
            for row in law["rows"]
        ),
    )


def _encode_fee(law: FeeLaw) -> JsonObject:
    rows = [
        {
            "id": row.id,
            "items": list(row.items),
            "if": encode_condition(row.condition),
            "off": encode_number(row.off),
            **_present(persons=row.persons, up_to=_encode_optional(row.up_to), daily=_encode_optional(row.daily)),
        }
        for row in law.rows
    ]
    return {"payer": law.payer, "rows": rows}


def _decode_premium(law: JsonObject) -> PremiumLaw:
    return PremiumLaw(law["of"], decode_number(law["premium"]), decode_number(law["rate"]))


def _encode_premium(law: PremiumLaw) -> JsonObject:
    return {"of": law.of, "premium": encode_number(law.premium), "rate": encode_number(law.rate)}


def _decode_cash(law: JsonObject) -> CashLaw:
    from_month = law["from_month"]
    return CashLaw(
        law["per"],
        law["times"],
        None if from_month is None else _decode_from_month(from_month),
        law["pick"],
        (
            CashRow(
                row["id"],
                row["title"],
                decode_condition(row["if"]),
                decode_number(row["amount"]),
                _decode_optional(row.get("rate")),
                row.get("of"),
                Less(**row["less"]) if "less" in row else None,
                row.get("at_least"),
                row.get("at_most"),
                _decode_rounding(row.get("round")),
            )
            for row in law["amounts"]
        ),
    )


def _decode_from_month(value: JsonObject) -> FromMonth:
    return FromMonth(value["age"], value["fact"], after=value.get("after", False))


def _encode_less(less: Less) -> JsonObject:
    return {"fact": less.fact, "share": less.share, "disregard": less.disregard}


def _encode_cash(law: CashLaw) -> JsonObject:
    due = law.from_month
    return {
        "per": law.per,
        "times": law.times,
        "from_month": None
        if due is None
        else {"age": due.age, "fact": due.fact, **({"after": True} if due.after else {})},
        "pick": law.pick,
        "amounts": [
            {
                "id": row.id,
                "title": row.title,
                "if": encode_condition(row.condition),
                "amount": encode_number(row.amount),
                **_present(rate=_encode_optional(row.rate), of=row.of, at_least=row.at_least, at_most=row.at_most),
                **({} if row.less is None else {"less": _encode_less(row.less)}),
                **_present(round=_encode_rounding(row.rounding)),
            }
            for row in law.amounts
        ],
    }


def _decode_plain(law: JsonObject) -> PlainLaw:
    return PlainLaw(**law)


def _encode_plain(law: PlainLaw) -> JsonObject:
    return _present(
        because=law.because,
        what=law.what,
        free=law.free,
        how_often=law.how_often,
        where=law.where,
        count=law.count,
    )


type Decoder = Callable[[JsonObject], Law]
type Encoder = Callable[[Any], JsonObject]
"""Takes a law of the class that the kind has."""

_PLAIN: tuple[Decoder, Encoder] = (_decode_plain, _encode_plain)
LAWS: KindTable[tuple[Decoder, Encoder]] = KindTable(
    "law",
    "calculator/mingbai_calculator/law/codec.py",
    {
        "own_share": (_decode_own_share, _encode_own_share),
        "share": (_decode_share, _encode_share),
        "ceiling": (_decode_ceiling, _encode_ceiling),
        "floor": (_decode_floor, _encode_floor),
        "fee": (_decode_fee, _encode_fee),
        "cash": (_decode_cash, _encode_cash),
        "premium": (_decode_premium, _encode_premium),
        **dict.fromkeys(("aid", "service", "right", "in_kind", "status"), _PLAIN),
    },
)
"""How the law of each kind is read from the bundle, and written to it."""


def decode_law(kind: str, law: JsonObject) -> Law:
    """Return the law of a kind of policy in the bundle."""
    return LAWS[kind][0](law)


def encode_law(kind: str, law: Law) -> JsonObject:
    """Return the law of a kind of policy as in the bundle."""
    return LAWS[kind][1](law)
