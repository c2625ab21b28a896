"""What can be wrong with a call. The data is here; the wording is in `sentences`."""

from dataclasses import dataclass, field
from difflib import get_close_matches


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong with a request: which fact, what it got, what is allowed.

    `code` names the sentence; `allowed` are the words to choose from (may be empty);
    `nearest` is the allowed word most like what was given, or None.
    """

    code: str
    name: str
    got: str = ""
    allowed: tuple[str, ...] = ()
    nearest: str | None = None
    extra: dict[str, str] = field(default_factory=dict)


class BadRequestError(Exception):
    """The call itself is wrong; `faults` lists every problem, not only the first."""

    def __init__(self, faults: list[Fault]) -> None:
        """Keep all `faults`."""
        super().__init__("; ".join(f"{fault.code} {fault.name} {fault.got}" for fault in faults))
        self.faults = faults


def not_one_of(code: str, name: str, got: str, allowed: tuple[str, ...]) -> Fault:
    """Return the fault for a word (`got`, or `name` itself) that is not `allowed`, with the nearest that is."""
    close = get_close_matches((got or name).lower(), allowed, n=1)
    return Fault(code, name, got, allowed, close[0] if close else None)
