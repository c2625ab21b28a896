"""Who entered and who confirmed a version, as `published.lock` records it: by which role, on which day.

A version waits for a second person if somebody entered it (`revise`, `correct`, `end`, `new policy`) and nobody has
confirmed its present law since, or if it is not locked yet. Law that was locked before there were such records waits
for nothing until it changes.
"""

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass

type Hashes = dict[str, str]


@dataclass(frozen=True, slots=True)
class Entered:
    """Somebody entered `parts` of a version's law; `by` is a role, ``""`` where none was given."""

    on: str
    by: str
    parts: tuple[str, ...]

    def text(self) -> str:
        """Return the record as it stands in the lock, behind the hashes of the version."""
        return f"entered={self.on} parts={','.join(self.parts)} by={_quote(self.by)}"


@dataclass(frozen=True, slots=True)
class Confirmed:
    """A second person typed the figures of a version once more; `law` are the hashes of that law, joined."""

    on: str
    by: str
    law: str
    because: str = ""

    def text(self) -> str:
        """Return the record as it stands in the lock."""
        because = f" because={_quote(self.because)}" if self.because else ""
        return f"confirmed={self.on} law={self.law} by={_quote(self.by)}{because}"


@dataclass(frozen=True, slots=True)
class Records:
    """What the lock says of one version beside the hashes of its law."""

    entered: Entered | None = None
    confirmed: Confirmed | None = None

    def words(self) -> list[str]:
        """Return the records as they stand in the line of a version."""
        return [record.text() for record in (self.entered, self.confirmed) if record is not None]


def join_hashes(hashes: Hashes) -> str:
    """Return the hashes of the parts of a law as one word."""
    return "-".join(hashes.values())


def waits(locked: Hashes | None, records: Records, law: Hashes) -> bool:
    """Return whether a version whose present law is `law` waits for a second person."""
    if locked is not None and records.entered is None:
        return False
    return records.confirmed is None or records.confirmed.law != join_hashes(law)


_TEXT = r'"(?:[^"\\]|\\.)*"'
_DAY = r"\d{4}-\d{2}-\d{2}"
_RECORDS = re.compile(
    rf"(?: ?entered=({_DAY}) parts=([a-z,]+) by=({_TEXT}))?"
    rf"(?: ?confirmed=({_DAY}) law=([0-9a-f-]+) by=({_TEXT})(?: because=({_TEXT}))?)?"
)


def parse_records(text: str) -> Records | None:
    """Return the records at the end of a line of the lock; None if they cannot be read."""
    match = _RECORDS.fullmatch(text)
    if match is None:
        return None
    entered_on, parts, entered_by, confirmed_on, law, confirmed_by, because = match.groups()
    try:
        return Records(
            Entered(entered_on, json.loads(entered_by), tuple(parts.split(","))) if entered_on else None,
            Confirmed(confirmed_on, json.loads(confirmed_by), law, json.loads(because or '""'))
            if confirmed_on
            else None,
        )
    except ValueError:
        return None


def merge(records: Records, record: Entered | Confirmed) -> Records:
    """Return the records with one more; what is entered before anybody confirmed adds to what was entered."""
    if isinstance(record, Confirmed):
        return Records(records.entered, record)
    earlier = records.entered.parts if records.entered is not None and records.confirmed is None else ()
    return Records(Entered(record.on, record.by, _in_order((*earlier, *record.parts))), None)


def _in_order(parts: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(parts))


def _quote(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
