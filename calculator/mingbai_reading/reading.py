"""What a text was taken for, as data: the sentence is made elsewhere, in the reader's language."""

from typing import Any, Literal, NamedTuple

type Definition = dict[str, Any]
"""What is known of a fact: `type`, `unit`, `low`, `high`, `name`, `options`, `also`, `yes`, `no`."""
type Json = Any


class Reading(NamedTuple):
    """What a text was taken for.

    `value` is that of a request, and `key` with `figures` says it back in words. A fault and a question have none:
    there, `key` with `figures` says what is wrong, and `candidates` are what may have been meant.
    """

    kind: Literal["value", "unknown", "empty", "fault", "ask"]
    key: str = ""
    value: Json = None
    figures: dict[str, Any] = {}  # noqa: RUF012 - never changed
    candidates: tuple["Reading", ...] = ()


EMPTY = Reading("empty")
UNKNOWN = Reading("unknown", "unknown")


def is_value(key: str, value: Json, **figures: Any) -> Reading:  # noqa: ANN401 - texts, and ids of options
    """Return the reading of a value; `key` with `figures` says it back."""
    return Reading("value", key, value, figures)


def fault(key: str, **figures: Any) -> Reading:  # noqa: ANN401 - as above
    """Return the reading of a text that is wrong or not understood."""
    return Reading("fault", key, None, figures)


def ask(key: str, *candidates: Reading) -> Reading:
    """Return the reading of a text that may be right, but must be asked again."""
    return Reading("ask", key, None, {}, candidates)
