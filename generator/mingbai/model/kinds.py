"""Model of each kind of policy: the keys that a kind adds to those of every version."""

from typing import Annotated, Literal

from pydantic import BeforeValidator, Discriminator, Field, Tag

from mingbai.model.base import Conditions, Model, Money, Rate, Text
from mingbai.model.number import Amount, AmountField, RateField, Round
from mingbai.model.version import Payer, VersionBase
from mingbai_calculator.core.money import FULL_RATE
from mingbai_calculator.law.kinds import KindTable


class ShareNumbers(Model):
    """The numbers of a share, on the version or in a row of its table."""

    deductible: AmountField | None = None
    rate: RateField | None = None
    limit: AmountField | None = None
    base_limit: AmountField | None = None


class Bracket(Model):
    """A rate for the part of the burden above an amount."""

    above: Money
    rate: RateField


class Row(ShareNumbers):
    """One row of a decision table; its numbers win over those of the version."""

    id: str
    for_: Conditions = Field({}, alias="for")
    brackets: list[Bracket] = []


class OwnShareRow(Model):
    """A rate that the person bears first: of some items of a bill, or of all its eligible cost."""

    id: str
    items: list[str] = []
    for_: Conditions = Field({}, alias="for")
    rate: RateField


class OwnShare(VersionBase):
    """What the person bears first, before anybody pays; later payers do not count it."""

    kind: Literal["own_share"]
    table: list[OwnShareRow] = Field(min_length=1)


class Split(Model):
    """The part of a payment that another payer bears."""

    payer: Payer
    share: Rate


class OnlyIf(Model):
    """A benefit that sets in when the year's burden exceeds the deductible of another policy."""

    burden_exceeds_deductible_of: str


class Carried(Model):
    """When the deductible that the stay before used counts."""

    for_: Conditions = Field(alias="for")


class Share(VersionBase, ShareNumbers):
    """A payer pays a rate of a base, above a deductible, up to a limit."""

    kind: Literal["share"]
    payer: Payer
    base: Literal["eligible_remaining", "eligible_cost", "tcm_cost", "whole_self_pay"] = "eligible_remaining"
    deductible_per: Literal["stay", "year"] = "stay"
    limit_per: Literal["stay", "year"] = "stay"
    table: list[Row] = []
    brackets: list[Bracket] = []
    split: list[Split] = []
    excess_payer: Payer | None = None
    only_if: OnlyIf | None = None
    deductible_carried: Carried | None = None
    round: Round | None = None


class Floor(VersionBase):
    """The payers together bear at least a share of the eligible cost; a named payer tops it up."""

    kind: Literal["floor"]
    share: RateField
    of: Literal["eligible_cost"] = "eligible_cost"
    counted: list[Payer] = Field(min_length=1)
    payer: Payer


class Plus(Model):
    """What a ceiling rises by: a rate of the eligible cost above an amount."""

    rate: Rate
    above: Money = 0
    round: Round | None = None


class CeilingRow(Model):
    """A ceiling for some visits; its id is the area in which a year's payments are added up."""

    id: str
    for_: Conditions = Field({}, alias="for")
    amount: AmountField | None = None
    share: RateField | None = None
    plus: Plus | None = None


class Ceiling(VersionBase):
    """Of the eligible cost the person pays at most an amount, or at most a share; a payer bears the excess."""

    kind: Literal["ceiling"]
    payer: Payer
    per: Literal["stay", "year"] = "stay"
    amount: AmountField | None = None
    share: RateField | None = None
    plus: Plus | None = None
    table: list[CeilingRow] = []


class Discount(Model):
    """What is taken off some items of a bill."""

    id: str
    items: list[str] = Field(min_length=1)
    for_: Conditions = Field({}, alias="for")
    off: RateField
    up_to: AmountField | None = None
    persons: int | None = Field(None, ge=1)
    daily: AmountField | None = None


class Fee(VersionBase):
    """Items of a bill are waived or reduced."""

    kind: Literal["fee"]
    payer: Payer
    discounts: list[Discount] = Field(min_length=1)


class FromFact(Model):
    """An amount that a fact tells."""

    fact: str


def _fact_or_amount(value: object) -> object:
    return value if isinstance(value, dict) else {"value": value}


Contribution = Annotated[
    Annotated[FromFact, Tag("fact")] | Annotated[Amount, Tag("amount")],
    Discriminator(lambda value: "fact" if isinstance(value, dict) and "fact" in value else "amount"),
    BeforeValidator(_fact_or_amount),
]
"""The insurance contribution: a fact, a printed amount, or one to be asked for."""


class Premium(VersionBase):
    """A part of an insurance contribution is paid; of several for the same contribution, the best."""

    kind: Literal["premium"]
    of: Literal["basic_insurance", "supplementary_insurance"]
    premium: Contribution
    rate: RateField


class Status(VersionBase):
    """A test that other policies refer to: its condition is `who`."""

    kind: Literal["status"]
    what: Text


class FromMonth(Model):
    """From the month in which somebody reaches an age, or from the month after it."""

    age: int = Field(ge=0, le=120)
    of: Literal["wife", "person"]
    start: Literal["month", "month_after"] = "month"


class Less(Model):
    """What is taken off an amount: a share of a fact, such as an income, above what is disregarded."""

    fact: str
    share: Rate = FULL_RATE
    disregard: Money = 0


class Component(Model):
    """One amount of a cash policy, for some people: printed, or a rate of an amount that a fact tells."""

    id: str
    title: Text | None = None
    for_: Conditions = Field({}, alias="for")
    amount: AmountField | None = None
    rate: RateField | None = None
    of: str | None = None
    less: Less | None = None
    at_least: Money | None = None
    at_most: Money | None = None
    round: Round | None = None


class Cash(VersionBase):
    """An amount for each unit and period."""

    kind: Literal["cash"]
    per: Literal["once", "month", "term", "year"]
    times: str | None = None
    from_month: FromMonth | None = None
    pick: Literal["first", "sum"] = "first"
    amounts: list[Component] = Field(min_length=1)


class Aid(VersionBase):
    """Help whose amount is not printed or is an office's to decide; never counted."""

    kind: Literal["aid"]
    because: Text


class Service(VersionBase):
    """Something free: what, how often, where."""

    kind: Literal["service"]
    what: Text
    free: bool = False
    how_often: Text | None = None
    where: Text | None = None


class Right(VersionBase):
    """A procedure or a guarantee."""

    kind: Literal["right"]
    what: Text
    where: Text | None = None


class InKind(VersionBase):
    """Goods."""

    kind: Literal["in_kind"]
    what: Text
    count: int | None = None


type VersionModel = OwnShare | Share | Ceiling | Floor | Fee | Cash | Premium | Aid | Service | Right | InKind | Status

MODELS: KindTable[type[VersionModel]] = KindTable(
    "model",
    "generator/mingbai/model/kinds.py",
    {
        "own_share": OwnShare,
        "share": Share,
        "ceiling": Ceiling,
        "floor": Floor,
        "fee": Fee,
        "cash": Cash,
        "premium": Premium,
        "aid": Aid,
        "service": Service,
        "right": Right,
        "in_kind": InKind,
        "status": Status,
    },
)
"""The class of each kind."""
