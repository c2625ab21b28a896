"""What commands that record something share: today's date, and the role of whoever did it."""

from datetime import datetime
from zoneinfo import ZoneInfo

import click

from mingbai.diagnostics.errors import CallError

ROLE = click.option("--role", help="Who enters it: the job, not the name; another role confirms it later.")


def check_role(role: str | None) -> str:
    """Return a role as it is recorded, ``""`` for none. Raises CallError for one that cannot be recorded."""
    if role is None:
        return ""
    if not role.strip() or not role.isprintable():
        raise CallError("bad_role", role)
    return role.strip()


def today() -> str:
    """Return today's date in China (ISO).

    Only records (an entry, a confirmation, a correction, the lock) read the clock; no build does.
    """
    return datetime.now(ZoneInfo("Asia/Shanghai")).date().isoformat()
