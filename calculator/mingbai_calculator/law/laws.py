"""The law of each kind of policy: payers, rows with their conditions, numbers. `codec` reads and writes it.

Numbers are whole fen or basis points; `iter_conditions` and `iter_numbers` yield those of a row in the order of the
bundle, which decides which missing fact is asked for first.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from mingbai_calculator.core.json_value import Texts
from mingbai_calculator.core.money import FULL_RATE, Rounding
from mingbai_calculator.core.record import Record
from mingbai_calculator.law.conditions import Condition, resolve_statuses
from mingbai_calculator.law.numbers import Number, OpenNumber, list_adjustments, resolve_number


class Law(Record):
    """The law of one version; most kinds have rows, a premium and a floor have numbers only."""

    __slots__ = ()

    def iter_conditions(self) -> Iterator[Condition]:
        """Yield every condition, of rows and of adjusted numbers."""
        yield from ()

    def list_facts(self) -> set[str]:
        """Return the facts that the law reads outside its conditions; an open number that is a fact among them."""
        return set()

    def list_measures(self) -> dict[str, set[int]]:
        """Return the facts that amounts grow or fall with, each with the values at which that changes."""
        return {}

    def resolve(self, statuses: Mapping[str, Condition]) -> "Law":  # noqa: ARG002 - for the laws that have conditions
        """Return the law with references to status policies replaced by their conditions."""
        return self


class BillLaw(Law):
    """The law of a kind that pays a part of a bill: `payer` pays it, or gives it up."""

    __slots__ = ("payer",)

    payer: str


class Bracket(Record):
    """A rate (basis points) for the part of the burden above `start` (fen)."""

    __slots__ = ("rate", "start")

    def __init__(self, start: int, rate: Number) -> None:
        """Store start and rate."""
        self.start, self.rate = start, rate


class ShareRow(Record):
    """A row of a share's decision table."""

    __slots__ = ("base_limit", "brackets", "condition", "deductible", "id", "limit", "rate")

    def __init__(  # noqa: PLR0913, PLR0917 - one argument for each field
        self,
        id: str,  # noqa: A002 - the name of the field
        condition: Condition,
        deductible: Number = 0,
        rate: Number = 0,
        limit: Number | None = None,
        base_limit: Number | None = None,
        brackets: Iterable[Bracket] = (),
    ) -> None:
        """Store the fields."""
        self.id, self.condition, self.deductible, self.rate = id, condition, deductible, rate
        self.limit, self.base_limit, self.brackets = limit, base_limit, tuple(brackets)

    def iter_conditions(self) -> Iterator[Condition]:
        """Yield the condition of the row and those of its numbers."""
        numbers = (self.deductible, self.rate, self.limit, self.base_limit, *(part.rate for part in self.brackets))
        return _iter_conditions(self.condition, *numbers)

    def resolve(self, statuses: Mapping[str, Condition]) -> "ShareRow":
        """Return the row with references to status policies replaced by their conditions."""
        return ShareRow(
            self.id,
            resolve_statuses(self.condition, statuses),
            resolve_number(self.deductible, statuses),
            resolve_number(self.rate, statuses),
            resolve_number(self.limit, statuses),
            resolve_number(self.base_limit, statuses),
            [Bracket(bracket.start, resolve_number(bracket.rate, statuses)) for bracket in self.brackets],
        )


class Split(Record):
    """One of several payers of a payment, and its share (basis points)."""

    __slots__ = ("payer", "share")

    def __init__(self, payer: str, share: int) -> None:
        """Store payer and share."""
        self.payer, self.share = payer, share


class ShareLaw(BillLaw):
    """A payer pays a rate of a base.

    `trigger_rows`: the rows of the policy `only_if`, which hold the deductible that the burden must exceed.
    `rounding`: how a payment is rounded (None: half up to the fen). `carried`: when the deductible that the stay before
    used counts, as after a transfer (None: never).
    """

    __slots__ = (
        "base",
        "carried",
        "deductible_per",
        "excess_payer",
        "limit_per",
        "only_if",
        "rounding",
        "rows",
        "split",
        "trigger_rows",
    )

    def __init__(  # noqa: PLR0913, PLR0917 - one argument for each field
        self,
        payer: str,
        base: str,
        deductible_per: str,
        limit_per: str,
        rows: Iterable[ShareRow],
        split: Iterable[Split] = (),
        excess_payer: str | None = None,
        only_if: str | None = None,
        trigger_rows: Iterable[ShareRow] = (),
        carried: Condition | None = None,
        rounding: Rounding | None = None,
    ) -> None:
        """Store the fields."""
        self.payer, self.base, self.deductible_per, self.limit_per = payer, base, deductible_per, limit_per
        self.rows, self.split, self.excess_payer, self.only_if = tuple(rows), tuple(split), excess_payer, only_if
        self.trigger_rows, self.carried, self.rounding = tuple(trigger_rows), carried, rounding

    def iter_conditions(self) -> Iterator[Condition]:
        """Yield the conditions of all rows."""
        for row in (*self.rows, *self.trigger_rows):
            yield from row.iter_conditions()
        if self.carried is not None:
            yield self.carried

    def list_facts(self) -> set[str]:
        """Return the amounts that the base and the sums of a year read."""
        is_read = {
            "tcm_cost": self.base == "tcm_cost",
            "ytd_burden": self.deductible_per == "year" or bool(self.trigger_rows),
            "ytd_paid": self.limit_per == "year",
            "deductible_before": self.carried is not None,
        }
        return {fact for fact, read in is_read.items() if read}

    def resolve(self, statuses: Mapping[str, Condition]) -> "ShareLaw":
        """Return the law with references to status policies replaced by their conditions."""
        law = self.with_rows([row.resolve(statuses) for row in self.rows], self.trigger_rows)
        law.carried = None if self.carried is None else resolve_statuses(self.carried, statuses)
        return law

    def with_rows(self, rows: Iterable[ShareRow], trigger_rows: Iterable[ShareRow] = ()) -> "ShareLaw":
        """Return the law with other rows."""
        return ShareLaw(
            self.payer,
            self.base,
            self.deductible_per,
            self.limit_per,
            rows,
            self.split,
            self.excess_payer,
            self.only_if,
            trigger_rows,
            self.carried,
            self.rounding,
        )


class OwnShareRow(Record):
    """A rate (basis points) that is the person's own first: of the `items` of a bill; none: of its eligible cost."""

    __slots__ = ("condition", "id", "items", "rate")

    def __init__(self, id: str, items: Sequence[str], condition: Condition, rate: Number) -> None:  # noqa: A002 - as the field
        """Store the fields."""
        self.id, self.items, self.condition, self.rate = id, tuple(items), condition, rate


class OwnShareLaw(Law):
    """What comes off first: it pays nothing, and moves a part of the eligible cost out of scope of all later payers."""

    __slots__ = ("rows",)

    def __init__(self, rows: Iterable[OwnShareRow]) -> None:
        """Store the rows."""
        self.rows = tuple(rows)

    def iter_conditions(self) -> Iterator[Condition]:
        """Yield the conditions of all rows."""
        for row in self.rows:
            yield from _iter_conditions(row.condition, row.rate)

    def list_facts(self) -> set[str]:
        """Return the items, if a row is about some of them."""
        return {"items"} if any(row.items for row in self.rows) else set()

    def resolve(self, statuses: Mapping[str, Condition]) -> "OwnShareLaw":
        """Return the law with references to status policies replaced by their conditions."""
        return OwnShareLaw(
            OwnShareRow(
                row.id, row.items, resolve_statuses(row.condition, statuses), resolve_number(row.rate, statuses)
            )
            for row in self.rows
        )


class Plus(Record):
    """What a ceiling rises by: a `rate` (basis points) of the eligible cost above `above` (fen), rounded."""

    __slots__ = ("above", "rate", "rounding")

    def __init__(self, rate: int, above: int, rounding: Rounding | None = None) -> None:
        """Store the fields."""
        self.rate, self.above, self.rounding = rate, above, rounding

    def multiply(self, eligible: int) -> int:
        """Return what it comes to for an eligible cost (basis points x fen)."""
        product = self.rate * max(0, eligible - self.above)
        return product if self.rounding is None else self.rounding.round_product(product) * FULL_RATE


class CeilingRow(Record):
    """An area (`id`) of a ceiling: the most that the person pays, an ``amount`` or a ``share`` (`of`).

    `plus`: what it rises by with the cost; None: nothing.
    """

    __slots__ = ("amount", "condition", "id", "of", "plus")

    def __init__(self, id: str, condition: Condition, of: str, amount: Number, plus: Plus | None = None) -> None:  # noqa: A002 - as the field
        """Store the fields."""
        self.id, self.condition, self.of, self.amount, self.plus = id, condition, of, amount, plus


class CeilingLaw(BillLaw):
    """The person pays at most the ceiling, per stay or per year; `payer` pays the excess."""

    __slots__ = ("per", "rows")

    def __init__(self, payer: str, per: str, rows: Iterable[CeilingRow]) -> None:
        """Store the fields."""
        self.payer, self.per, self.rows = payer, per, tuple(rows)

    def iter_conditions(self) -> Iterator[Condition]:
        """Yield the conditions of all rows."""
        for row in self.rows:
            yield from _iter_conditions(row.condition, row.amount)

    def list_facts(self) -> set[str]:
        """Return the amount of the year."""
        return {"ytd_self_paid"} if self.per == "year" else set()

    def resolve(self, statuses: Mapping[str, Condition]) -> "CeilingLaw":
        """Return the law with references to status policies replaced by their conditions."""
        return self.with_rows(
            CeilingRow(
                row.id,
                resolve_statuses(row.condition, statuses),
                row.of,
                resolve_number(row.amount, statuses),
                row.plus,
            )
            for row in self.rows
        )

    def with_rows(self, rows: Iterable[CeilingRow]) -> "CeilingLaw":
        """Return the law with other rows."""
        return CeilingLaw(self.payer, self.per, rows)


class FloorLaw(BillLaw):
    """The payers `counted` pay at least `share` (basis points) of the cost together; `payer` tops up."""

    __slots__ = ("counted", "of", "share")

    def __init__(self, payer: str, counted: Sequence[str], of: str, share: Number) -> None:
        """Store the fields."""
        self.payer, self.counted, self.of, self.share = payer, tuple(counted), of, share

    def iter_conditions(self) -> Iterator[Condition]:
        """Yield the conditions of the share."""
        return _iter_conditions(None, self.share)

    def resolve(self, statuses: Mapping[str, Condition]) -> "FloorLaw":
        """Return the law with references to status policies replaced by their conditions."""
        return FloorLaw(self.payer, self.counted, self.of, resolve_number(self.share, statuses))


class FeeRow(Record):
    """A discount on categories of items: `off` (basis points) of the cost, at most of `up_to` (fen).

    `persons`: of the companions at most so many; `daily`: cost of a companion's day (fen) where no item gives it.
    """

    __slots__ = ("condition", "daily", "id", "items", "off", "persons", "up_to")

    def __init__(  # noqa: PLR0913, PLR0917 - one argument for each field
        self,
        id: str,  # noqa: A002 - the name of the field
        items: Sequence[str],
        condition: Condition,
        off: Number,
        persons: int | None = None,
        up_to: Number | None = None,
        daily: Number | None = None,
    ) -> None:
        """Store the fields."""
        self.id, self.items, self.condition, self.off = id, tuple(items), condition, off
        self.persons, self.up_to, self.daily = persons, up_to, daily


class FeeLaw(BillLaw):
    """Items of a bill are waived or reduced; `payer` gives the money up."""

    __slots__ = ("rows",)

    def __init__(self, payer: str, rows: Iterable[FeeRow]) -> None:
        """Store the fields."""
        self.payer, self.rows = payer, tuple(rows)

    def iter_conditions(self) -> Iterator[Condition]:
        """Yield the conditions of all rows."""
        for row in self.rows:
            yield from _iter_conditions(row.condition, row.off, row.up_to, row.daily)

    def list_facts(self) -> set[str]:
        """Return the bill that the rows are about, and the companions."""
        categories = {item for row in self.rows for item in row.items}
        facts = {"fee"} if "fee" in categories else set[str]()
        facts |= {"items"} if categories - {"fee"} else set()
        facts |= {"companions"} if any(row.persons is not None for row in self.rows) else set()
        return facts | ({"companions", "companion_days"} if any(row.daily is not None for row in self.rows) else set())

    def resolve(self, statuses: Mapping[str, Condition]) -> "FeeLaw":
        """Return the law with references to status policies replaced by their conditions."""
        return self.with_rows(
            FeeRow(
                row.id,
                row.items,
                resolve_statuses(row.condition, statuses),
                resolve_number(row.off, statuses),
                row.persons,
                resolve_number(row.up_to, statuses),
                resolve_number(row.daily, statuses),
            )
            for row in self.rows
        )

    def with_rows(self, rows: Iterable[FeeRow]) -> "FeeLaw":
        """Return the law with other rows."""
        return FeeLaw(self.payer, rows)


class PremiumLaw(Law):
    """A `rate` (basis points) of the contribution `premium` (fen) to the insurance `of` is paid."""

    __slots__ = ("of", "premium", "rate")

    def __init__(self, of: str, premium: Number, rate: Number) -> None:
        """Store the fields."""
        self.of, self.premium, self.rate = of, premium, rate

    def iter_conditions(self) -> Iterator[Condition]:
        """Yield the conditions of both numbers."""
        return _iter_conditions(None, self.premium, self.rate)

    def list_facts(self) -> set[str]:
        """Return the fact with the contribution, or its open number (the name of which is no fact)."""
        return {self.premium.key} if isinstance(self.premium, OpenNumber) else set()

    def resolve(self, statuses: Mapping[str, Condition]) -> "PremiumLaw":
        """Return the law with references to status policies replaced by their conditions."""
        return PremiumLaw(self.of, resolve_number(self.premium, statuses), resolve_number(self.rate, statuses))


def get_age_fact(birth_month: str) -> str:
    """Return the fact that tells the age of whoever the month of birth is of: ``wife_age`` for ``wife_birth_month``."""
    return birth_month.removesuffix("birth_month") + "age"


class FromMonth(Record):
    """Cash is due from the month in which whoever was born in `fact` reaches `age` (years), or from the month after."""

    __slots__ = ("after", "age", "fact")

    def __init__(self, age: int, fact: str, *, after: bool = False) -> None:
        """Store the fields."""
        self.age, self.fact, self.after = age, fact, after

    @property
    def age_fact(self) -> str:
        """The fact that tells the age of whoever it is."""
        return get_age_fact(self.fact)


class Less(Record):
    """A share (basis points) of the fact `fact` (an income, fen) above `disregard` (fen) is taken off an amount."""

    __slots__ = ("disregard", "fact", "share")

    def __init__(self, fact: str, share: int, disregard: int = 0) -> None:
        """Store the fields."""
        self.fact, self.share, self.disregard = fact, share, disregard


class CashRow(Record):
    """An amount (fen) of a cash benefit, and for whom it is.

    `rate`: instead, so many basis points of the amount `of` (a fact). `less`: what is taken off; below 0 nothing is
    due. Of what is due then, at least `at_least` and at most `at_most` (fen). `rounding`: how it is rounded.
    """

    __slots__ = ("amount", "at_least", "at_most", "condition", "id", "less", "of", "rate", "rounding", "title")

    def __init__(  # noqa: PLR0913, PLR0917 - one argument for each field
        self,
        id: str,  # noqa: A002 - as the field
        title: Texts | None,
        condition: Condition,
        amount: Number,
        rate: Number | None = None,
        of: str | None = None,
        less: Less | None = None,
        at_least: int | None = None,
        at_most: int | None = None,
        rounding: Rounding | None = None,
    ) -> None:
        """Store the fields."""
        self.id, self.title, self.condition, self.amount, self.rounding = id, title, condition, amount, rounding
        self.rate, self.of, self.less, self.at_least, self.at_most = rate, of, less, at_least, at_most

    def list_measures(self) -> dict[str, set[int]]:
        """Return the facts that the amount is worked out from, each with the values at which it changes otherwise."""
        measures = {} if self.of is None else {self.of: set[int]()}
        if self.less is not None:
            measures.setdefault(self.less.fact, set()).add(self.less.disregard)
        return measures


class CashLaw(Law):
    """Cash per period `per`, as often as the fact `times` says; `pick`: the ``first`` matching row or the ``sum``."""

    __slots__ = ("amounts", "from_month", "per", "pick", "times")

    def __init__(
        self, per: str, times: str | None, from_month: FromMonth | None, pick: str, amounts: Iterable[CashRow]
    ) -> None:
        """Store the fields."""
        self.per, self.times, self.from_month, self.pick, self.amounts = per, times, from_month, pick, tuple(amounts)

    def iter_conditions(self) -> Iterator[Condition]:
        """Yield the conditions of all rows."""
        for row in self.amounts:
            yield from _iter_conditions(row.condition, row.amount, row.rate)

    def list_measures(self) -> dict[str, set[int]]:
        """Return the facts that the amounts are worked out from."""
        measures: dict[str, set[int]] = {}
        for row in self.amounts:
            for fact, kinks in row.list_measures().items():
                measures.setdefault(fact, set()).update(kinks)
        return measures

    def list_facts(self) -> set[str]:
        """Return what multiplies the amount, what it is worked out from, and what tells when it is due first."""
        facts = {*self.list_measures(), *([self.times] if self.times else [])}
        facts |= {"terms"} if self.per == "term" else set()
        return facts | ({self.from_month.age_fact, self.from_month.fact} if self.from_month else set())

    def resolve(self, statuses: Mapping[str, Condition]) -> "CashLaw":
        """Return the law with references to status policies replaced by their conditions."""
        rows = [
            CashRow(
                row.id,
                row.title,
                resolve_statuses(row.condition, statuses),
                resolve_number(row.amount, statuses),
                resolve_number(row.rate, statuses),
                row.of,
                row.less,
                row.at_least,
                row.at_most,
                row.rounding,
            )
            for row in self.amounts
        ]
        return CashLaw(self.per, self.times, self.from_month, self.pick, rows)


class PlainLaw(Law):
    """A benefit without an amount, or a status: texts only; None for those that the policy does not have."""

    __slots__ = ("because", "count", "free", "how_often", "what", "where")

    def __init__(  # noqa: PLR0913, PLR0917 - one argument for each field
        self,
        because: Texts | None = None,
        what: Texts | None = None,
        free: bool | None = None,  # noqa: FBT001
        how_often: Texts | None = None,
        where: Texts | None = None,
        count: int | None = None,
    ) -> None:
        """Store the fields."""
        self.because, self.what, self.free = because, what, free
        self.how_often, self.where, self.count = how_often, where, count


def _iter_conditions(condition: Condition | None, *numbers: Number | None) -> Iterator[Condition]:
    if condition is not None:
        yield condition
    for number in numbers:
        for adjustment in list_adjustments(number):
            yield adjustment.condition
