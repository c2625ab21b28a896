"""The commands `new`, `revise`, `end`, `correct` and `diff`."""

from collections.abc import Callable
from pathlib import Path

import click

from mingbai.authoring.correct import correct, list_other_versions
from mingbai.authoring.diff import compare
from mingbai.authoring.diff_text import format_comparison
from mingbai.authoring.end import end
from mingbai.authoring.examples import add_examples
from mingbai.authoring.new import create_place, create_policy, create_site
from mingbai.authoring.revise import revise
from mingbai.authoring.source import create_source
from mingbai.checks.policies import check_one_place, check_policies
from mingbai.cli.framework import LANG, POLICIES, CommandGroup, policies_folder, require_options
from mingbai.cli.record import ROLE, check_role, today
from mingbai.cli.report import print_problems
from mingbai.core.cache import Cache
from mingbai.diagnostics.errors import CallError
from mingbai.diagnostics.problem import Problem
from mingbai.i18n.catalogue import Catalogue
from mingbai.loader.files import shown
from mingbai_calculator.law.kinds import KINDS


@click.group(cls=CommandGroup, lazy_commands={"households": "mingbai.cli.cards:households_command"})
def new() -> None:
    """Write a valid skeleton file: of a place, or of a policy; or an empty list of households."""


@new.command(name="site")
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False), default=Path())
@LANG
def site_command(folder: Path, lang: str) -> None:
    """Begin a site in FOLDER: settings, the vocabulary of its policies, a workflow that publishes it."""
    for file in create_site(folder):
        click.echo(file)
    click.echo(Catalogue(lang).say("commands.site_begun"))


@new.command(name="place")
@click.argument("place_id", metavar="ID")
@click.option("--name-zh", help="Its name in Chinese.")
@click.option("--name-en", help="Its name in English.")
@POLICIES
@LANG
def place_command(place_id: str, name_zh: str | None, name_en: str | None, policies: Path, lang: str) -> None:
    """Begin the place ID."""
    require_options(name_zh=name_zh, name_en=name_en)
    _create_files(
        policies, lang, lambda: create_place(policies_folder(policies), place_id, name_zh or "", name_en or "")
    )


@new.command(name="policy")
@click.argument("policy", metavar="PLACE/POLICY")
@click.option("--kind", help=f"{', '.join(KINDS[:-1])} or {KINDS[-1]}.")
@click.option("--effective", help="First day, YYYY-MM-DD; left out: not known.")
@ROLE
@POLICIES
@LANG
def policy_command(  # noqa: PLR0913, PLR0917 - click hands over each option
    policy: str, kind: str | None, effective: str | None, role: str | None, policies: Path, lang: str
) -> None:
    """Begin the policy PLACE/POLICY."""
    require_options(kind=kind)
    by, folder = check_role(role), policies_folder(policies)
    _create_files(policies, lang, lambda: create_policy(folder, policy, kind or "", effective, day=today(), role=by))


@new.command(name="source")
@click.argument("document", metavar="FILE", type=click.Path(path_type=Path))
@click.option("--id", "id_", help="Its id in sources.yaml; left out: the next number, such as f5.")
@POLICIES
@LANG
def source_command(document: Path, id_: str | None, policies: Path, lang: str) -> None:
    """List the figures that stand in the document FILE (.txt, .md, .docx, .pdf with text), line by line."""
    words = Catalogue(lang)
    name, files = create_source(policies_folder(policies), document, id_)
    for file in files:
        click.echo(words.say("commands.written", file=shown(file)))
    click.echo(words.say("commands.source_to_fill" if len(files) > 1 else "commands.source_to_cite", id=name))


@click.command(name="revise")
@click.argument("policy", metavar="PLACE/POLICY")
@click.option("--effective", help="First day of the new version, YYYY-MM-DD.")
@click.option("--because", help="Why a version is put in before the newest one; it stands on the page.")
@ROLE
@POLICIES
@LANG
def revise_command(  # noqa: PLR0913, PLR0917 - click hands over each option
    policy: str, effective: str | None, because: str | None, role: str | None, policies: Path, lang: str
) -> None:
    """Copy the newest version of PLACE/POLICY to a new file, ready to edit."""
    require_options(effective=effective)
    arguments = {"day": today(), "role": check_role(role), "because": because}
    folder = policies_folder(policies)
    _create_files(policies, lang, lambda: revise(folder, policy, effective or "", **arguments))  # type: ignore[arg-type]
    click.echo(Catalogue(lang).say("commands.next.revise", policy=policy, place=policy.partition("/")[0]))


@click.command(name="end")
@click.argument("policy", metavar="PLACE/POLICY")
@click.option("--from", "first", help="The first day without it, YYYY-MM-DD.")
@ROLE
@POLICIES
@LANG
def end_command(policy: str, first: str | None, role: str | None, policies: Path, lang: str) -> None:
    """Write the version that ends PLACE/POLICY."""
    if first is None:
        raise CallError("needed", "--from")
    by, folder = check_role(role), policies_folder(policies)
    _create_files(policies, lang, lambda: end(folder, policy, first, day=today(), role=by))
    click.echo(Catalogue(lang).say("commands.next.revise", policy=policy, place=policy.partition("/")[0]))


@click.command(name="examples")
@click.argument("policy", metavar="PLACE/POLICY")
@POLICIES
@LANG
def examples_command(policy: str, policies: Path, lang: str) -> None:
    """Add the boundary cases of PLACE/POLICY to its examples, with empty results to be filled in by hand."""
    files, count = add_examples(policies_folder(policies), policy)
    if not files:
        click.echo(Catalogue(lang).say("commands.no_new_cases", policy=policy))
        return
    click.echo(Catalogue(lang).say("commands.new_cases", count=count, file=shown(files[0])))
    _print_open_problems(policies, files, lang)


@click.command(name="correct")
@click.argument("versions", metavar="PLACE/POLICY/VERSION ...", nargs=-1, required=True)
@click.option("--because", help="What was wrong, in Chinese or in English; it stands on the page.")
@click.option("--translation", help="The same in the other language; left out: to be filled in.")
@click.option("--on", "day", help="Day on which it was mended, YYYY-MM-DD; today if left out.")
@ROLE
@POLICIES
@LANG
def correct_command(  # noqa: PLR0913, PLR0917 - click hands over each option
    versions: tuple[str, ...],
    because: str | None,
    translation: str | None,
    day: str | None,
    role: str | None,
    policies: Path,
    lang: str,
) -> None:
    """Record that a mistake in published versions was mended; edit their files first."""
    require_options(because=because)
    folder = policies_folder(policies)
    arguments = {"day": day or today(), "because": because or "", "translation": translation, "role": check_role(role)}
    correct(folder, versions, checked=check_policies(folder, cache=Cache()), **arguments)  # type: ignore[arg-type]
    for version in dict.fromkeys(versions):
        click.echo(Catalogue(lang).say("commands.corrected", version=version))
    others = list_other_versions(folder, versions)
    if others:
        click.echo(Catalogue(lang).say("commands.look_at_others", versions=", ".join(others)))
    _print_open_problems(folder, [folder / f"{version}.yaml" for version in versions], lang)


@click.command(name="diff")
@click.argument("policy", metavar="PLACE/POLICY")
@click.option("--from", "start", help="The version in force on this day, YYYY-MM-DD; else the one before.")
@click.option("--to", "end", help="With the one in force on this day, YYYY-MM-DD; else the newest.")
@POLICIES
@LANG
def diff_command(policy: str, start: str | None, end: str | None, policies: Path, lang: str) -> None:
    """Say what changed in PLACE/POLICY, with worked examples before and after."""
    comparison = compare(policies_folder(policies), policy, start, end)
    click.echo(
        Catalogue(lang).say("commands.diff.one_version", policy=policy)
        if comparison is None
        else format_comparison(comparison, lang)
    )


def _create_files(policies: Path, lang: str, create: Callable[[], list[Path]]) -> None:
    """Call `create`, then print the files written and the problems that remain in them."""
    files = create()
    for file in files:
        click.echo(Catalogue(lang).say("commands.written", file=shown(file)))
    _print_open_problems(policies, files, lang)


def _print_open_problems(policies: Path, files: list[Path], lang: str) -> None:
    words, open_problems = Catalogue(lang), _find_problems(policies, files)
    click.echo(
        words.say("commands.left", count=len(open_problems)) if open_problems else words.say("commands.nothing_left")
    )
    if open_problems:
        print_problems(open_problems, "text", lang)


def _find_problems(policies: Path, files: list[Path]) -> list[Problem]:
    names = {shown(file) for file in files}
    places = sorted({file.relative_to(policies).parts[0] for file in files})
    return [
        problem for place in places for problem in check_one_place(policies, place, Cache()) if problem.file in names
    ]
