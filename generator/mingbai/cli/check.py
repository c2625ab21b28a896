"""The command `mingbai check`."""

import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from mingbai.bundle.law import count_worked_out
from mingbai.checks.gates import close_gates
from mingbai.checks.policies import check_policies, try_numbers
from mingbai.checks.published_addresses import add_addresses
from mingbai.cli.framework import BAD_POLICIES, LANG, NO_CACHE, POLICIES, policies_folder
from mingbai.cli.progress import ProgressPrinter
from mingbai.cli.record import today
from mingbai.cli.report import print_problems
from mingbai.cli.selection import select_paths
from mingbai.core.cache import Cache
from mingbai.diagnostics.errors import PoliciesError
from mingbai.i18n.catalogue import Catalogue
from mingbai.loader.files import shown
from mingbai.loader.names import parse_day


@click.command(name="check")
@click.argument("paths", metavar="[PATH]...", nargs=-1, type=click.Path(path_type=Path))
@POLICIES
@click.option("--format", "form", type=click.Choice(["text", "json", "github"]), default="text", show_default=True)
@LANG
@click.option("--lock", "locks", is_flag=True, help="If all is good, lock the law of the versions not locked yet.")
@click.option("--mutate", is_flag=True, help="Change each number by one step; list those that no example guards.")
@click.option("--as-of", "day", help="Take this day, YYYY-MM-DD, for today where the age of sources is told.")
@NO_CACHE
def check_command(  # noqa: PLR0913 - click hands over each option
    paths: tuple[Path, ...],
    policies: Path,
    form: str,
    lang: str,
    day: str | None,
    *,
    locks: bool,
    mutate: bool,
    no_cache: bool,
) -> None:
    """Show every problem in every policy file at once; with PATH, those of these files and folders."""
    if len(paths) == 1 and (paths[0] / "facts.yaml").is_file():
        policies, paths = paths[0], ()
    as_of = "" if day is None else parse_day(day).isoformat()
    cache = None if no_cache else Cache()
    selection = select_paths(policies_folder(policies), paths)
    bundle, problems = check_policies(
        policies, cache=cache, jobs=os.process_cpu_count() or 1, progress=ProgressPrinter(lang), as_of=as_of
    )
    if mutate and not problems.errors:
        problems.found += try_numbers(policies, ProgressPrinter(lang, "problems.progress.numbers"))
    if locks:
        close_gates(policies, bundle, problems)
    print_problems(
        [problem for problem in problems.sorted() if selection(problem.file)], form, lang, files=selection.files()
    )
    if any(problem.severity == "error" and selection(problem.file) for problem in problems.found):
        sys.exit(BAD_POLICIES)
    if form == "text":
        _print_worked_out(bundle, [name for name in bundle["places"] if selection(shown(policies / name))], lang)
    if locks:
        if problems.errors:  # in files that nobody asked about
            raise PoliciesError(problems.sorted())
        _lock(policies, bundle, lang)


def _lock(policies: Path, bundle: dict[str, Any], lang: str) -> None:
    """Lock new versions and new addresses of checked policies, and print how many."""
    from mingbai.authoring.correct import lock_new_versions  # noqa: PLC0415 - half a second to import, rarely needed

    click.echo(Catalogue(lang).say("commands.locked", count=len(lock_new_versions(policies, bundle))))
    click.echo(Catalogue(lang).say("commands.addresses", count=len(add_addresses(policies, bundle, today()))))


def _print_worked_out(bundle: dict[str, Any], places: Sequence[str], lang: str) -> None:
    """Print of each place how much of its promises can be worked out."""
    words = Catalogue(lang)
    for place in places:
        counts = count_worked_out(bundle, bundle["places"][place])
        if counts.total:
            click.echo(
                words.say(
                    "problems.worked_out",
                    place=place,
                    total=counts.total,
                    exact=counts.exact,
                    in_part=counts.in_part,
                    described=counts.described,
                )
            )
