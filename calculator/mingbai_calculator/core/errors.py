"""Faults of a request, as data. Their wording is in `sentences`."""


class Fault:
    """One fault of a request: the fact or key, the value received, the values allowed.

    `code` is the key of the sentence; `allowed` lists the allowed values (may be empty);
    `nearest` is the allowed value most similar to the received one, or None.
    """

    __slots__ = ("allowed", "code", "extra", "got", "name", "nearest")

    def __init__(  # noqa: PLR0913, PLR0917 - one argument for each field
        self,
        code: str,
        name: str,
        got: str = "",
        allowed: tuple[str, ...] = (),
        nearest: str | None = None,
        extra: dict[str, str] | None = None,
    ) -> None:
        """Store the parts of the fault."""
        self.code, self.name, self.got, self.allowed, self.nearest = code, name, got, allowed, nearest
        self.extra = {} if extra is None else extra

    def with_name(self, name: str) -> "Fault":
        """Return the same fault under another name."""
        return Fault(self.code, name, self.got, self.allowed, self.nearest, self.extra)


class BadRequestError(Exception):
    """The request is invalid; `faults` lists every fault, not only the first."""

    def __init__(self, faults: list[Fault]) -> None:
        """Store `faults`, and put a short form of them into the message."""
        super().__init__("; ".join(f"{fault.code} {fault.name} {fault.got}" for fault in faults))
        self.faults = faults


def make_choice_fault(code: str, name: str, got: str, allowed: tuple[str, ...]) -> Fault:
    """Return the fault of a value (`got`; `name` itself if empty) not among `allowed`, with the most similar one."""
    from difflib import get_close_matches  # noqa: PLC0415 - only a wrong request needs it, and it is slow to import

    close = get_close_matches((got or name).lower(), allowed, n=1)
    return Fault(code, name, got, allowed, close[0] if close else None)
