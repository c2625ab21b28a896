"""The command line: `mingbai`. Exit codes: 0 good; 1 problems in the policies; 2 the call itself is wrong."""

import json
import sys
from pathlib import Path
from typing import Any, NoReturn

import click

from mingbai.build import BuildError, build_site
from mingbai.check import print_problems
from mingbai.report import as_text
from mingbai.site import PoliciesError, check_policies, compiled_bundle
from mingbai_calculator import BadRequestError, __version__, estimate
from mingbai_calculator.explain import speaker
from mingbai_calculator.request import read_json

BAD_POLICIES, BAD_CALL = 1, 2
_LANG = click.option(
    "--lang", type=click.Choice(["zh", "en"]), default="zh", show_default=True, help="Language of the answer."
)
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
def check(policies: Path, form: str, lang: str) -> None:
    """Show every problem in every policy file at once."""
    _, problems = check_policies(_folder(policies))
    print_problems(problems.sorted(), form, lang, files=len(list(policies.rglob("*.yaml"))))
    sys.exit(BAD_POLICIES if problems.errors else 0)


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
def estimate_command(place: str, policies: Path, day: str, facts: Any, lang: str, form: str) -> None:  # noqa: ANN401, PLR0913, PLR0917 - click hands over each option
    """Work out what a person pays and gets in PLACE."""
    try:
        bundle = compiled_bundle(_folder(policies))
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


def _folder(policies: Path) -> Path:
    """Return the folder of policies, or say that there is none."""
    if not (policies / "facts.yaml").is_file():
        _fail(f"there is no folder of policy files at “{policies}” (no facts.yaml); give another one with --policies")
    return policies


def _fail(message: str) -> NoReturn:
    click.echo(message, err=True)
    sys.exit(BAD_CALL)
