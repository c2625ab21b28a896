"""Numbers of a policy: printed, asked for, or known by bounds only; adjusted for some people."""

from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, field_validator, model_validator

from mingbai.model.base import Conditions, Factor, Model, Money, Rate, Text, refuse
from mingbai_calculator.core.money import FULL_RATE


class StandardRef(Model):
    """A number that is a standard of the place, or a multiple of it; `as` ``at_most``: no more than that is known."""

    of: str
    times: Factor = FULL_RATE
    as_: Literal["value", "at_most"] = Field("value", alias="as")


class Round(Model):
    """How an amount is rounded where the notice says so; else half up to the fen."""

    to: Literal["yuan", "jiao", "fen"]
    how: Literal["half_up", "up", "down"] = "half_up"


class Each(Model):
    """An amount for each unit that a fact counts: years, days, heads."""

    of: str
    amount: Money | None = None
    standard: str | None = None
    above: int = Field(0, ge=0)
    up_to: int | None = Field(None, ge=1)


class Points(Model):
    """Percentage points of which the source names the least, such as "5 points or more", or the most too."""

    at_least: int
    at_most: int | None = None

    @model_validator(mode="after")
    def _in_order(self) -> "Points":
        if self.at_most is not None and self.at_most < self.at_least:
            refuse("bounds-reversed")
        return self


class Adjustment(Model):
    """One of the words that change a number for some people: `times`, `plus_points`, `each`, `at_most`."""

    for_: Conditions = Field({}, alias="for")
    times: Factor | None = None
    plus_points: int | Points | None = None
    each: Each | None = None
    at_most: str | int | None = None


class NumberBase(Model):
    """What amounts and rates share. Exactly one of: a value, `ask`, or bounds."""

    ask: str | None = None
    adjust: list[Adjustment] = []


class Amount(NumberBase):
    """An amount of money (fen)."""

    value: Money | None = None
    standard: StandardRef | None = None
    at_least: Money | None = None
    at_most: Money | None = None

    @model_validator(mode="after")
    def _one_form(self) -> "Amount":
        _check_form(self)
        return self


class Percentage(NumberBase):
    """A rate (basis points)."""

    value: Rate | None = None
    at_least: Rate | None = None
    at_most: Rate | None = None

    @model_validator(mode="after")
    def _one_form(self) -> "Percentage":
        _check_form(self)
        return self


def _check_form(number: Amount | Percentage) -> None:
    bounded = number.at_least is not None or number.at_most is not None
    standard = isinstance(number, Amount) and number.standard is not None
    if [number.value is not None, number.ask is not None, bounded, standard].count(True) != 1:
        refuse("bad-number")
    if number.at_least is not None and number.at_most is not None and number.at_least > number.at_most:
        refuse("bounds-reversed")


def _as_map(value: object) -> object:
    return value if isinstance(value, dict) else {"value": value}


AmountField = Annotated[Amount, BeforeValidator(_as_map)]
RateField = Annotated[Percentage, BeforeValidator(_as_map)]


class Ask(Model):
    """A number that the source does not print and that a reader may type: its unit, bounds and question."""

    unit: Literal["rate", "money"]
    at_least: str | int | None = None
    at_most: str | int | None = None
    question: Text

    @field_validator("at_least", "at_most")
    @classmethod
    def _written(cls, value: str | int | None) -> str | None:
        return None if value is None else str(value)
