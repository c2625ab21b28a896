"""Create a new version of a policy as a copy of the one before it."""

from datetime import date
from pathlib import Path

from mingbai.authoring.copy import make_new_version, mark_to_fill
from mingbai.authoring.correct import EXAMPLE_CODES
from mingbai.authoring.entry import record_entry
from mingbai.authoring.reasons import write_reason
from mingbai.authoring.revisions import add_revision
from mingbai.checks.policies import check_one_place
from mingbai.core.cache import Cache
from mingbai.core.file_set import read_text, write_together
from mingbai.diagnostics.errors import CallError
from mingbai.loader.files import shown
from mingbai.loader.names import INITIAL, PolicyName, existing_policy, parse_day, versions_of


def revise(  # noqa: PLR0913 - what the command line gives
    policies: Path, name: str, effective: str, *, day: str, role: str, because: str | None = None
) -> list[Path]:
    """Copy the version before `effective` (ISO) to a new file that starts then; return the files written.

    The lock records that `role` entered it on `day`. A revision before the newest version is written only with the
    reason `because`, which goes on record. Expected results of examples that differ on their new day (a person is
    older, another policy has ended) become placeholders, for the author to work out. Raises CallError.
    """
    policy = existing_policy(policies, name)
    start = parse_day(effective)
    before = _find_version_before(policy, start, because)
    file = policy.file(start.isoformat())
    text = make_new_version(read_text(policy.file(before)), f"{policy}/{before}.yaml", before, start)
    if start < _first_day(versions_of(policy)[-1]):
        text = text.rstrip("\n") + f"\nbackdated: {{on: {day}, because: {write_reason(because or '', None)}}}\n"
    new, changed = add_revision(policy, start)
    write_together({file: text}, record_entry(policies, f"{policy}/{start}", day, role))
    failing = [  # asked before the draft of the revision is there, with which no example is worked out
        (problem.line, problem.column)
        for problem in check_one_place(policies, policy.place, Cache())
        if problem.code in EXAMPLE_CODES and problem.file == shown(file)
    ]
    write_together(new, changed | ({file: mark_to_fill(text, file.name, failing)} if failing else {}))
    return [file, *new, *changed]


def _find_version_before(policy: PolicyName, start: date, because: str | None) -> str:
    """Return the version in force before `start`. Raises CallError for a backdated revision without a reason."""
    versions = versions_of(policy)
    newest = versions[-1]
    if start <= _first_day(newest) and (because is None or start.isoformat() in versions):
        raise CallError("not_later", start, newest=newest)
    earlier = [version for version in versions if _first_day(version) < start]
    if not earlier:
        raise CallError("before_the_first", start, first=versions[0])
    return earlier[-1]


def _first_day(version: str) -> date:
    """Return the first day of a version by its id; of one whose start is not known, a day before all others."""
    return date.min if version == INITIAL else date.fromisoformat(version)
