"""The command line: `mingbai`. Exit codes: 0 good; 1 problems in the policies; 2 the call itself is wrong."""

import json
import os
import sys
from pathlib import Path
from typing import Any

import click

from mingbai.build.atomic_build import build_site
from mingbai.build.preview import AS_OF, preview_day
from mingbai.build.preview import FOLDER as PREVIEW
from mingbai.checks.policies import PoliciesError, check_policies, compiled_bundle, try_numbers
from mingbai.cli.estimate_text import as_text
from mingbai.cli.framework import (
    BAD_CALL,
    BAD_POLICIES,
    LANG,
    LANG_OF_AN_ESTIMATE,
    LANGUAGES,
    NO_CACHE,
    POLICIES,
    Commands,
    needed,
    output_option,
    policies_folder,
)
from mingbai.cli.progress import Progress
from mingbai.cli.report import print_problems
from mingbai.cli.selection import only
from mingbai.core.cache import Cache
from mingbai.diagnostics.errors import CallError
from mingbai.diagnostics.problem import Problems
from mingbai.i18n.catalogue import catalogue
from mingbai.i18n.languages import SITE
from mingbai.i18n.translate import with_languages
from mingbai.loader.library import load_shared
from mingbai.schema.modelines import add_modelines
from mingbai_calculator import BadRequestError, __version__, estimate
from mingbai_calculator.request.request import read_json
from mingbai_calculator.result.phrases import speaker

SITE_FOLDER = Path("site")
JOBS = os.process_cpu_count() or 1
ELSEWHERE = {
    "cards": "mingbai.cli.cards:cards_command",
    "correct": "mingbai.cli.authoring:correct_command",
    "diff": "mingbai.cli.authoring:diff_command",
    "join": "mingbai.cli.publish:join_command",
    "new": "mingbai.cli.authoring:new",
    "offline": "mingbai.cli.offline:offline_command",
    "revise": "mingbai.cli.authoring:revise_command",
    "serve": "mingbai.build.preview:serve_command",
    "verify": "mingbai.cli.publish:verify_command",
}
"""Commands that are imported when they are called: half a second that the others need not wait."""


@click.group(cls=Commands, elsewhere=ELSEWHERE, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="mingbai")
def main() -> None:
    """Tell people what they are entitled to: from policy files to a site and an estimator."""


@main.command()
@click.argument("paths", metavar="[PATH]...", nargs=-1, type=click.Path(path_type=Path))
@POLICIES
@click.option("--format", "form", type=click.Choice(["text", "json", "github"]), default="text", show_default=True)
@LANG
@click.option("--lock", "locks", is_flag=True, help="If all is good, lock the law of the versions not locked yet.")
@click.option("--mutate", is_flag=True, help="Change each number by one step; list those that no example guards.")
@NO_CACHE
def check(  # noqa: PLR0913 - click hands over each option
    paths: tuple[Path, ...], policies: Path, form: str, lang: str, *, locks: bool, mutate: bool, no_cache: bool
) -> None:
    """Show every problem in every policy file at once; with PATH, those of these files and folders."""
    if len(paths) == 1 and (paths[0] / "facts.yaml").is_file():
        policies, paths = paths[0], ()
    kept = None if no_cache else Cache()
    chosen = only(policies_folder(policies), paths)
    bundle, problems = check_policies(policies, cache=kept, jobs=JOBS, progress=Progress(lang))
    if mutate and not problems.errors:
        problems.found += try_numbers(policies, Progress(lang, "progress-numbers"))
    print_problems([each for each in problems.sorted() if chosen(each.file)], form, lang, files=chosen.files())
    if any(each.severity == "error" and chosen(each.file) for each in problems.found):
        sys.exit(BAD_POLICIES)
    if locks:
        if problems.errors:  # in files that nobody asked about
            raise PoliciesError(problems.sorted())
        from mingbai.cli.authoring import lock  # noqa: PLC0415 - see ELSEWHERE

        lock(policies, bundle, lang)


@main.command()
@POLICIES
@output_option(None, "Where the site goes; site, or preview with --as-of, if left out.")
@AS_OF
@click.option("--place", "places", metavar="ID", multiple=True, help="Of this place only; may be given more than once.")
@click.option(
    "--emit-markdown",
    "markdown",
    type=click.Path(path_type=Path, file_okay=False),
    help="Also write the pages as plain Markdown into this folder, for another site generator.",
)
@LANG
def build(  # noqa: PLR0913, PLR0917 - click hands over each option
    policies: Path, output: Path | None, as_of: str | None, places: tuple[str, ...], markdown: Path | None, lang: str
) -> None:
    """Build the site. If anything is wrong, the old site stays as it was."""
    day = preview_day(as_of)
    output = output or (PREVIEW if day else SITE_FOLDER)
    pages = build_site(policies_folder(policies), output, places, day, markdown)
    click.echo(catalogue("authoring", lang).say("built", folder=output, count=pages))


@main.command(name="estimate")
@click.argument("place")
@POLICIES
@click.option("--date", "day", help="Day of the event (of discharge, of payment), YYYY-MM-DD. Visits have their own.")
@click.option(
    "--facts",
    type=click.File(encoding="utf-8"),
    default=None,
    help='JSON: {"facts": {...}, "inputs": {...}}; - = standard input.',
)
@LANG_OF_AN_ESTIMATE
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
@NO_CACHE
def estimate_command(  # noqa: PLR0913, PLR0917 - click hands over each option
    place: str,
    policies: Path,
    day: str | None,
    facts: Any,  # noqa: ANN401 - click opens it
    lang: str,
    form: str,
    *,
    no_cache: bool,
) -> None:
    """Work out what a person pays and gets in PLACE."""
    bundle = compiled_bundle(policies_folder(policies), cache=None if no_cache else Cache(), jobs=JOBS)
    if lang not in LANGUAGES:
        bundle = with_languages(bundle, SITE, [lang])
    try:
        given = {} if facts is None else read_json(facts.read())
        if not isinstance(given, dict):
            given = {"facts": given}
        if "visits" not in given:
            needed(date=day or given.get("date"))
        asked = {**given, "place": place, "lang": lang}
        result = estimate(bundle, asked if day is None else {**asked, "date": day})
    except BadRequestError as error:
        for fault in error.faults:
            click.echo(speaker(bundle, lang).fault(fault), err=True)
        sys.exit(BAD_CALL)
    except UnicodeDecodeError:
        key = "not_utf8"
        raise CallError(key, facts.name) from None
    if form == "json":
        click.echo(json.dumps(result, ensure_ascii=False, indent=2))
    else:
        click.echo(as_text(result, bundle, lang))


@main.command(name="schema")
@POLICIES
@output_option("schema", "Where the JSON Schemas go.")
@click.option("--modelines", is_flag=True, help="Also name the right schema on top of every policy file.")
def schema_command(policies: Path, output: Path, *, modelines: bool) -> None:
    """Write JSON Schemas of the policy files, for editors."""
    from mingbai.schema.json_schema import write_schemas  # noqa: PLC0415 - nobody else needs it

    problems = Problems()
    library = load_shared(policies_folder(policies), problems)
    if problems.errors:
        raise PoliciesError(problems.sorted())
    for file in write_schemas(library, output):
        click.echo(file)
    for file in add_modelines(policies, output) if modelines else []:
        click.echo(file)
