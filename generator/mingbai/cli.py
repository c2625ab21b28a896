"""The command line: `mingbai`. Exit codes: 0 good; 1 problems in the policies; 2 the call itself is wrong."""

import json
import os
import sys
from pathlib import Path
from typing import Any, NoReturn

import click

from mingbai.authoring.commands import COMMANDS, lock
from mingbai.build import BuildError, build_site
from mingbai.cache import Cache
from mingbai.check import print_problems
from mingbai.load import load_shared
from mingbai.problems import Problems
from mingbai.progress import Progress
from mingbai.report import as_text
from mingbai.site import PoliciesError, check_policies, compiled_bundle, try_numbers
from mingbai_calculator import BadRequestError, __version__, estimate
from mingbai_calculator.explain import speaker
from mingbai_calculator.request import read_json

BAD_POLICIES, BAD_CALL = 1, 2
JOBS = os.process_cpu_count() or 1
_LANG = click.option(
    "--lang", type=click.Choice(["zh", "en"]), default="zh", show_default=True, help="Language of the answer."
)
_NO_CACHE = click.option("--no-cache", is_flag=True, help="Check everything anew, keep nothing for the next time.")
_POLICIES = click.option(
    "--policies",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path("policies"),
    show_default=True,
    help="Folder of the policy files.",
)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="mingbai")
def main() -> None:
    """Tell people what they are entitled to: from policy files to a site and an estimator."""


@main.command()
@_POLICIES
@click.option("--format", "form", type=click.Choice(["text", "json", "github"]), default="text", show_default=True)
@_LANG
@click.option("--lock", "locks", is_flag=True, help="If all is good, lock the law of the versions not locked yet.")
@click.option("--mutate", is_flag=True, help="Change each number by one step; list those that no example guards.")
@_NO_CACHE
def check(policies: Path, form: str, lang: str, *, locks: bool, mutate: bool, no_cache: bool) -> None:  # noqa: PLR0913 - click hands over each option
    """Show every problem in every policy file at once."""
    kept = None if no_cache else Cache()
    bundle, problems = check_policies(_folder(policies), cache=kept, jobs=JOBS, progress=Progress(lang))
    if mutate and not problems.errors:
        problems.found += try_numbers(policies, Progress(lang, "progress-numbers"))
    print_problems(problems.sorted(), form, lang, files=len(list(policies.rglob("*.yaml"))))
    if problems.errors:
        sys.exit(BAD_POLICIES)
    if locks:
        lock(policies, bundle, lang)


@main.command()
@_POLICIES
@click.option(
    "--output",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path("site"),
    show_default=True,
    help="Where the site goes.",
)
@_LANG
def build(policies: Path, output: Path, lang: str) -> None:
    """Build the site. If anything is wrong, the old site stays as it was."""
    try:
        pages = build_site(_folder(policies), output)
    except PoliciesError as error:
        print_problems(error.problems, "text", lang, to_stderr=True)
        sys.exit(BAD_POLICIES)
    except BuildError as error:
        _fail(str(error))
    click.echo(f"{output}: {pages}")


@main.command(name="estimate")
@click.argument("place")
@_POLICIES
@click.option("--date", "day", required=True, help="Day of the event (of discharge, of payment), YYYY-MM-DD.")
@click.option(
    "--facts",
    type=click.File(encoding="utf-8"),
    default=None,
    help='JSON: {"facts": {...}, "inputs": {...}}; - = standard input.',
)
@_LANG
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
@_NO_CACHE
def estimate_command(place: str, policies: Path, day: str, facts: Any, lang: str, form: str, *, no_cache: bool) -> None:  # noqa: ANN401, PLR0913, PLR0917 - click hands over each option
    """Work out what a person pays and gets in PLACE."""
    try:
        bundle = compiled_bundle(_folder(policies), cache=None if no_cache else Cache(), jobs=JOBS)
    except PoliciesError as error:
        print_problems(error.problems, "text", lang, to_stderr=True)
        sys.exit(BAD_POLICIES)
    try:
        given = {} if facts is None else read_json(facts.read())
        if not isinstance(given, dict):
            given = {"facts": given}
        result = estimate(bundle, {**given, "place": place, "date": day, "lang": lang})
    except BadRequestError as error:
        for fault in error.faults:
            click.echo(speaker(bundle, lang).fault(fault), err=True)
        sys.exit(BAD_CALL)
    except UnicodeDecodeError:
        _fail("the facts are not UTF-8")
    if form == "json":
        click.echo(json.dumps(result, ensure_ascii=False, indent=2))
    else:
        click.echo(as_text(result, bundle, lang))


@main.command(name="schema")
@_POLICIES
@click.option(
    "--output",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path("schema"),
    show_default=True,
    help="Where the JSON Schemas go.",
)
@click.option("--modelines", is_flag=True, help="Also name the right schema on top of every policy file.")
def schema_command(policies: Path, output: Path, *, modelines: bool) -> None:
    """Write JSON Schemas of the policy files, for editors."""
    from mingbai.schema import add_modelines, write_schemas  # noqa: PLC0415 - nobody else needs it

    problems = Problems()
    library = load_shared(_folder(policies), problems)
    if problems.errors:
        print_problems(problems.sorted(), "text", "zh", to_stderr=True)
        sys.exit(BAD_POLICIES)
    for file in write_schemas(library, output):
        click.echo(file)
    for file in add_modelines(policies, output) if modelines else []:
        click.echo(file)


for command in COMMANDS:
    main.add_command(command)


def _folder(policies: Path) -> Path:
    """Return the folder of policies, or say that there is none."""
    if not (policies / "facts.yaml").is_file():
        _fail(f"there is no folder of policy files at “{policies}” (no facts.yaml); give another one with --policies")
    return policies


def _fail(message: str) -> NoReturn:
    click.echo(message, err=True)
    sys.exit(BAD_CALL)
