"""Faults of a request, as data. Their wording is in `sentences`."""

from dataclasses import dataclass, field
from difflib import get_close_matches


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault of a request: the fact or key, the value received, the values allowed.

    `code` is the key of the sentence; `allowed` lists the allowed values (may be empty);
    `nearest` is the allowed value most similar to the received one, or None.
    """

    code: str
    name: str
    got: str = ""
    allowed: tuple[str, ...] = ()
    nearest: str | None = None
    extra: dict[str, str] = field(default_factory=dict)


class BadRequestError(Exception):
    """The request is invalid; `faults` lists every fault, not only the first."""

    def __init__(self, faults: list[Fault]) -> None:
        """Store `faults`, and put a short form of them into the message."""
        super().__init__("; ".join(f"{fault.code} {fault.name} {fault.got}" for fault in faults))
        self.faults = faults


def make_choice_fault(code: str, name: str, got: str, allowed: tuple[str, ...]) -> Fault:
    """Return the fault of a value (`got`; `name` itself if empty) not among `allowed`, with the most similar one."""
    close = get_close_matches((got or name).lower(), allowed, n=1)
    return Fault(code, name, got, allowed, close[0] if close else None)
