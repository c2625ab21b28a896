"""The kinds of promise, and the tables that hold the part of each layer for each kind.

To add a kind, name it in `RESULT_LISTS`; tests/test_kind_parts.py then says which parts it lacks, and where to write
them. CONTRIBUTING.md lists them too.
"""

from collections.abc import Collection, Mapping

RESULT_LISTS = {
    "own_share": "lines",
    "share": "lines",
    "ceiling": "lines",
    "floor": "lines",
    "fee": "lines",
    "cash": "cash",
    "premium": "subsidies",
    "aid": "may_also_help",
    "service": "services",
    "right": "services",
    "in_kind": "services",
    "status": "statuses",
}
"""Kind -> the list of the result that its policies come to."""
KINDS = tuple(RESULT_LISTS)


def list_kinds(*lists: str) -> tuple[str, ...]:
    """Return the kinds whose policies come to one of the `lists` of the result."""
    return tuple(kind for kind, name in RESULT_LISTS.items() if name in lists)


BILL_PAYING_KINDS = list_kinds("lines")
"""Kinds that pay a part of a bill."""
CASH_KINDS = list_kinds("cash")
PREMIUM_KINDS = list_kinds("subsidies")
MONEY_KINDS = (*BILL_PAYING_KINDS, *CASH_KINDS, *PREMIUM_KINDS)
"""Kinds that promise a sum of money that can be worked out."""
STATUS_KINDS = list_kinds("statuses")
"""No benefit: a condition that other policies refer to."""


class MissingPartError(LookupError):
    """A layer has no part for a kind: `part` names it (a key of ``kind_parts`` in the authoring catalogue)."""

    def __init__(self, kind: str, part: str, file: str) -> None:
        """Store kind, part, and the file in which the part is to be written."""
        super().__init__(kind, part, file)
        self.kind, self.part, self.file = kind, part, file

    def __str__(self) -> str:
        """Return one line for a log."""
        return f"kind {self.kind} lacks its part “{self.part}”: write it in {self.file}"


class KindTable[Part](dict[str, Part]):
    """The part that a layer has for each kind; reading a missing one raises `MissingPartError`.

    `part` names what the table holds, `file` is the file that defines it. Not every layer has a part for every kind:
    `lists` are the lists of the result whose kinds need one (none: all).
    """

    __slots__ = ("file", "lists", "part")

    def __init__(self, part: str, file: str, parts: Mapping[str, Part], lists: Collection[str] = ()) -> None:
        """Fill the table."""
        super().__init__(parts)
        self.part, self.file, self.lists = part, file, lists

    def __missing__(self, kind: str) -> Part:
        """Raise `MissingPartError`."""
        raise MissingPartError(kind, self.part, self.file)
