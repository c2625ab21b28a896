"""Model of the revisions of a place, and of texts that promise nothing to a resident."""

from typing import Literal

from pydantic import Field

from mingbai.model.base import Day, Id, Lines, Model, Text
from mingbai.model.version import Source


class Cited(Model):
    """The document that brought a revision, and the lines in which it stands."""

    id: str
    lines: Lines


class Checked(Model):
    """Who compared a revision with its document (a role, never a name), and on which day."""

    role: Text
    date: Day


class Revision(Model):
    """What changed on one day, in a sentence for residents; days that the source does not give are left out."""

    date: Day
    certainty: Literal["stated", "inferred"]
    adopted: Day | None = None
    published: Day | None = None
    document: Cited
    says: Text
    policies: list[Id] = Field(min_length=1)
    checked: Checked | None = None


class Absent(Model):
    """A text, or a part of one, that promises nothing to a resident, and why."""

    id: Id
    name: Text
    source: list[Source] = Field(min_length=1)
    because: Text
