"""Model of one version of a policy: the keys that all kinds share; those of each kind are in `kinds`."""

from typing import Any, Literal, Self

from pydantic import Field, model_validator

from mingbai.model.base import Conditions, Day, Lines, Model, Text, refuse
from mingbai.model.number import Ask

Payer = Literal[
    "basic_insurance",
    "serious_illness_insurance",
    "medical_assistance",
    "supplementary_insurance",
    "public_health_fund",
    "combined_funds",
    "hospital",
    "school",
    "government_backstop",
    "not_stated",
]
Certainty = Literal["stated", "inferred", "garbled"]
Unit = Literal["person", "couple", "household", "child"]


class Assessed(Model):
    """How sure a statement is, and why: `not_stated` = no text says it, so what stands there is ours alone."""

    certainty: Literal["stated", "inferred", "not_stated"]
    because: Text | None = None

    @model_validator(mode="after")
    def _has_reason(self) -> Self:
        if self.certainty != "stated" and self.because is None:
            refuse("certainty-without-reason")
        return self


class VersionCertainties(Model):
    """How sure the last confirmed day, the payer and single figures of a version are; no part of its law.

    `figures`: by the path of the figure in the file, as `check` prints it (``table[2].rate``).
    """

    confirmed_until: Assessed | None = None
    payer: Assessed | None = None
    figures: dict[str, Assessed] = {}


class Source(Model):
    """Where the rule stands: document, first and last line, and how sure the reading is."""

    document: str
    lines: Lines
    certainty: Certainty = "stated"


class Start(Model):
    """How sure the effective date is, and why."""

    certainty: Literal["stated", "inferred", "unknown"]
    reading: str | None = None
    because: Text | None = None

    @model_validator(mode="after")
    def _has_reason(self) -> Self:
        if self.certainty == "inferred" and self.reading is None and self.because is None:
            refuse("certainty-without-reason")
        return self


class Doubt(Model):
    """What the text says, what we use, and why."""

    trap: str | None = None
    reading: str | None = None
    says: Text
    uses: Text
    because: Text | None = None


class OfferedTo(Model):
    """Whom a promise is meant for where its text does not say, and why we think so: ours, no law, never a refusal."""

    to: Conditions
    because: Text


class Accepted(Model):
    """A finding of `check` that stays because the source says so; `finding` is its code."""

    finding: str
    because: Text
    source: Source


class Correction(Model):
    """What was changed in published law: when and why. A mistake that was mended, or a version put in later."""

    on: Day
    because: Text


class Apply(Model):
    """How to apply; only what a source says."""

    papers: list[Text] = []
    where: Text | None = None
    steps: list[Text] = []


class Expect(Model):
    """What an example must give. A range is [low, high]; high null = no upper bound is known."""

    self_pays: Any = None
    line: Any = None
    by_visit: list[Any] | None = None
    lines: dict[Payer, Any] = {}
    unit_amount: Any = None
    count: int | None = None
    amount: Any = None
    year_amount: Any = None
    applies: bool | None = None
    holds: bool | None = None


class Example(Model):
    """A worked example: a test, page content and print content at once.

    One that the notice itself works out is `from_source`, and names its `lines`; `document` is the first that the
    version cites where it is left out.
    """

    id: str
    title: Text
    date: Day
    facts: dict[str, Any]
    visits: list[dict[str, Any]] = []
    members: list[dict[str, Any]] = []
    inputs: dict[str, Any] = {}
    expect: Expect
    from_source: bool = False
    document: str | None = None
    lines: Lines | None = None


class VersionBase(Model):
    """What a version of every kind says."""

    title: Text
    summary: Text
    topic: str
    unit: Unit
    covers: list[str] = Field(min_length=1)
    start: Start | None = None
    confirmed_until: Day | None = None
    certainties: VersionCertainties | None = None
    ends: bool = False
    who: Conditions = {}
    offered_to: OfferedTo | None = None
    for_whom: Text | None = None
    when: Conditions = {}
    readings: list[str] = []
    asks: dict[str, Ask] = {}
    source: list[Source] = Field(min_length=1)
    doubts: list[Doubt] = []
    apply: Apply | None = None
    examples: list[Example] = []
    corrections: list[Correction] = []
    backdated: Correction | None = None
    accepted: list[Accepted] = []

    @property
    def confirmed_certainty(self) -> str | None:
        """How sure `confirmed_until` is; where no certainty is given, no surer than the first day."""
        if self.confirmed_until is None:
            return None
        if self.certainties is not None and self.certainties.confirmed_until is not None:
            return self.certainties.confirmed_until.certainty
        return "stated" if self.start is None or self.start.certainty == "stated" else "inferred"
