"""Model of a place, and of the vocabularies shared by all places (facts, terms, documents)."""

from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field

from mingbai.model.base import Conditions, Day, Id, Model, Money, Text
from mingbai.model.number import AmountField
from mingbai.model.version import Accepted, Assessed, Source


class Region(Model):
    """A larger place that this one lies in, and how sure that is."""

    name: Text
    certainty: Literal["stated", "inferred"] = "stated"


class Office(Model):
    """Who decides."""

    name: Text
    phone: str | None = None
    address: Text | None = None


class PlaceCertainties(Model):
    """How sure the name, the code and the office of a place are."""

    name: Assessed | None = None
    code: Assessed | None = None
    office: Assessed | None = None


class NotPolicy(Model):
    """Ids of the inventory that promise nothing to a resident, and why."""

    covers: list[str] = Field(min_length=1)
    because: Text


class FirstOf(Model):
    """Policies of which only the first that applies pays."""

    first_of: list[str] = Field(min_length=2)


class StandardValue(Model):
    """What a standard is from a day on, and where that stands."""

    from_: Day = Field(alias="from")
    amount: Money
    source: Source


class Standard(Model):
    """A named amount that many numbers refer to, such as the minimum living standard; it changes on days of its own."""

    id: Id
    title: Text
    values: list[StandardValue] = Field(min_length=1)


class Limit(Model):
    """The most that several policies pay together, for a person or a family, in a period.

    `from`: since when it is so; of several entries with one `id` the latest that has begun counts. `starts`: the first
    day of an insurance year, ``07-01``.
    """

    id: Id
    title: Text
    policies: list[str] = Field(min_length=1)
    for_: Conditions = Field({}, alias="for")
    amount: AmountField
    per: Literal["stay", "month", "year", "insurance_year", "lifetime"]
    of: Literal["person", "family"] = "person"
    starts: str | None = Field(None, pattern=r"^(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$")
    from_: Day | None = Field(None, alias="from")


class Place(Model):
    """A county, a prefecture, a province, a nation: what its rules settle, and in which order they pay.

    `code` is its number in GB/T 2260 (county and above), given only where the printed name leaves no doubt.
    """

    id: str
    name: Text
    level: Literal["nation", "province", "city", "county", "township", "village"]
    code: str | None = Field(None, pattern=r"^[1-9][0-9]{5}$")
    province: Region | None = None
    prefecture: Region | None = None
    parent: str | None = None
    certainties: PlaceCertainties | None = None
    about: Text
    settles: list[dict[str, Any]] = []
    self_pays_is: Literal["final", "before_insurance"] = "final"
    order: list[str | FirstOf] = []
    limits: list[Limit] = []
    standards: list[Standard] = []
    office: Office
    readings: list[str] = []
    not_policies: list[NotPolicy] = []
    accepted: list[Accepted] = []


type ReadUnit = Literal["years", "months", "metres", "people", "days", "terms", "grade"]


class Option(Text):
    """A value of a choice; `is_a` names a value that it also is, `was` its former ids, `also` other words for it."""

    is_a: str | None = None
    also: Annotated[list[str], Field(exclude=True)] = []
    was: list[str] = []


class Exclusion(Model):
    """Of this fact a `value` (none: any) and of another `fact` one of the `values` cannot be true together."""

    value: str | None = None
    fact: str
    values: list[str] = Field(min_length=1)


class Counts(Model):
    """The number of a visit among those of a kind: in its calendar year, its month, or the 12 months before it."""

    visit: Annotated[list[str], BeforeValidator(lambda value: value if isinstance(value, list) else [value])]
    within: Literal["year", "month", "12_months"]


class Gentle(Model):
    """A question about a loss or a disability: asked last, and only once someone says that it concerns them.

    `concern` is its line in the one question that stands before all of these ("does any of this concern you?");
    `if_not` is the answer of whoever says no there. A question with `after` belongs to that of another fact instead.
    """

    concern: Text | None = None
    if_not: str | None = None
    after: str | None = None


class Fact(Model):
    """One fact of the vocabulary: its type, what it is called, how and why it is asked.

    `counts`: where the visits of a year are given, they tell it, and nobody is asked.
    `shared`: it is asked once for a household. `may_come`: a person without it may still get it, with time or from an
    office. `if_yes` and `if_no` are phrases for a person or a visit of which it is true, or false; `phrase` is one for
    its options: ``{want}`` in it stands for them.
    `unit` is what a whole number counts. `yes` and `no` are words that answer the question: they tell how typed text is
    read and change no law, so the compiled fact is without them (`mingbai.compile.reading`). `asked_of`: by age or sex,
    whom the question is for; nobody else is asked. `few`: the answer matters to few people, so it is
    asked later.
    """

    type: Literal["bool", "choice", "list", "whole", "money", "month", "items"]
    group: str
    shared: bool = False
    may_come: Literal["with_time", "on_request"] | None = None
    name: Text
    question: Text
    why: Text
    if_yes: Text | None = None
    if_no: Text | None = None
    phrase: Text | None = None
    may_not_know: bool = True
    asked_of: Conditions = {}
    gentle: Gentle | None = None
    few: bool = False
    options: dict[str, Option] = {}
    was: list[str] = []
    default: int | None = None
    low: int | None = None
    high: int | None = None
    excludes: list[Exclusion] = []
    counts: Counts | None = None
    unit: ReadUnit | None = None
    yes: Annotated[list[str], Field(exclude=True)] = []
    no: Annotated[list[str], Field(exclude=True)] = []


class Glossed(Model):
    """A term of art and what it means."""

    term: Text
    says: Text
    also: list[str] = []


class Audience(Model):
    """A kind of people who look for what there is for them; `people` are the facts of some of them."""

    name: Text
    people: list[dict[str, Any]]


class Contact(Model):
    """Whom to ask today: an office that exists, its public hotline, and the day on which that was looked up."""

    topics: list[str] = []
    office: Text
    phone: str = Field(pattern=r"^[0-9]{5}$")
    looked_up: Day


class Terms(Model):
    """Names of payers, units, topics ..., the glossary, and the readings in plain words.

    `contacts`: whom to ask for today's figure, each for some topics; ``general`` for those without a contact.
    `recheck_days`: after so many days somebody should look again whether a source holds; it is no part of the law.
    """

    payers: dict[str, Text]
    units: dict[str, Text]
    topics: dict[str, Text]
    place_kinds: dict[str, Text]
    periods: dict[str, Text]
    certainty: dict[str, Text]
    states: dict[str, Text]
    groups: dict[str, Text]
    glossary: dict[str, Glossed]
    readings: dict[str, Text]
    audiences: dict[Id, Audience] = {}
    contacts: dict[Id, Contact] = {}
    recheck_days: Annotated[int, Field(exclude=True, ge=1)] = 180


class Check(Model):
    """That somebody looked whether a document still holds: on which day, by which role, and how."""

    on: Day
    by: str
    how: Text


class SourceDocument(Model):
    """A document that policies rest on."""

    title: Text
    publisher: Text
    file: str
    lines: int
    sha256: str = Field(pattern=r"^[0-9a-f]{64}$")
    note: Text | None = None
    published: Day | None = None
    checked: Check | None = None
