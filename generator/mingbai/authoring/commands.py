"""The authors' commands: `new`, `revise`, `correct`, `diff`. A wrong call is told in one line and ends in 2."""

import sys
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any, NoReturn
from zoneinfo import ZoneInfo

import click

from mingbai.authoring.begin import new_place, new_policy
from mingbai.authoring.compare import compare
from mingbai.authoring.correct import correct, lock_new_versions
from mingbai.authoring.errors import CallError
from mingbai.authoring.revise import revise
from mingbai.authoring.telling import tell
from mingbai.check import print_problems
from mingbai.load import shown
from mingbai.pages.catalogue import catalogue
from mingbai.problems import Problem, nearest
from mingbai.site import PoliciesError, check_policies

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


class OneLine(click.Command):
    """A command that says what is wrong with a call in one line."""

    def make_context(self, *args: Any, **kwargs: Any) -> click.Context:  # noqa: ANN401 - as click calls it
        """Read the command line."""
        try:
            return super().make_context(*args, **kwargs)
        except click.UsageError as error:
            _fail(" ".join(error.format_message().split()))


class OneLineGroup(click.Group):
    """A group of commands that names the nearest one."""

    command_class = OneLine

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command that is called."""
        try:
            return super().resolve_command(ctx, args)
        except click.UsageError as error:
            near = nearest(args[0], tuple(self.commands))
            _fail(error.format_message().rstrip(".") + (f"; did you mean “{near}”?" if near else ""))


@click.group(cls=OneLineGroup)
def new() -> None:
    """Write a valid skeleton file: of a place, or of a policy."""


@new.command(name="place")
@click.argument("place_id", metavar="ID")
@click.option("--name-zh", help="Its name in Chinese.")
@click.option("--name-en", help="Its name in English.")
@_POLICIES
@_LANG
def place_command(place_id: str, name_zh: str | None, name_en: str | None, policies: Path, lang: str) -> None:
    """Begin the place ID."""
    _needed(lang, ("--name-zh", name_zh), ("--name-en", name_en))
    _write(policies, lang, lambda: new_place(_folder(policies), place_id, name_zh or "", name_en or ""))


@new.command(name="policy")
@click.argument("policy", metavar="PLACE/POLICY")
@click.option("--kind", help="share, ceiling, floor, fee, cash, premium, aid, service, right, in_kind or status.")
@click.option("--effective", help="First day, YYYY-MM-DD; left out: not known.")
@_POLICIES
@_LANG
def policy_command(policy: str, kind: str | None, effective: str | None, policies: Path, lang: str) -> None:
    """Begin the policy PLACE/POLICY."""
    _needed(lang, ("--kind", kind))
    _write(policies, lang, lambda: new_policy(_folder(policies), policy, kind or "", effective))


@click.command(name="revise", cls=OneLine)
@click.argument("policy", metavar="PLACE/POLICY")
@click.option("--effective", help="First day of the new version, YYYY-MM-DD.")
@_POLICIES
@_LANG
def revise_command(policy: str, effective: str | None, policies: Path, lang: str) -> None:
    """Copy the newest version of PLACE/POLICY to a new file, ready to edit."""
    _needed(lang, ("--effective", effective))
    _write(policies, lang, lambda: revise(_folder(policies), policy, effective or ""))


@click.command(name="correct", cls=OneLine)
@click.argument("version", metavar="PLACE/POLICY/VERSION")
@click.option("--because", help="What was wrong, in Chinese or in English; it stands on the page.")
@click.option("--translation", help="The same in the other language; left out: to be filled in.")
@click.option("--on", "day", help="Day on which it was mended, YYYY-MM-DD; today if left out.")
@_POLICIES
@_LANG
def correct_command(  # noqa: PLR0913, PLR0917 - click hands over each option
    version: str, because: str | None, translation: str | None, day: str | None, policies: Path, lang: str
) -> None:
    """Record that a mistake in a published version was mended; edit its file first."""
    _needed(lang, ("--because", because))
    try:
        folder = _folder(policies)
        given = {"day": day or _today(), "because": because or "", "translation": translation}
        in_the_way = correct(folder, version, checked=check_policies(folder), **given)  # type: ignore[arg-type]
    except CallError as error:
        _fail(error.says(lang))
    if in_the_way:
        print_problems(in_the_way, "text", lang, to_stderr=True)
        sys.exit(BAD_POLICIES)
    click.echo(catalogue("authoring", lang).say("corrected", version=version))
    _show_what_is_left(folder, [folder / f"{version}.yaml"], lang)


@click.command(name="diff", cls=OneLine)
@click.argument("policy", metavar="PLACE/POLICY")
@click.option("--from", "start", help="The version in force on this day, YYYY-MM-DD; else the one before.")
@click.option("--to", "end", help="With the one in force on this day, YYYY-MM-DD; else the newest.")
@_POLICIES
@_LANG
def diff_command(policy: str, start: str | None, end: str | None, policies: Path, lang: str) -> None:
    """Say what changed in PLACE/POLICY, with worked examples before and after."""
    try:
        found = compare(_folder(policies), policy, start, end)
    except CallError as error:
        _fail(error.says(lang))
    except PoliciesError as error:
        print_problems(error.problems, "text", lang, to_stderr=True)
        sys.exit(BAD_POLICIES)
    click.echo(
        catalogue("authoring", lang).say("diff.one_version", policy=policy) if found is None else tell(found, lang)
    )


COMMANDS = (new, revise_command, correct_command, diff_command)


def lock(policies: Path, bundle: dict[str, Any], lang: str) -> None:
    """Lock the versions of checked policies that are not locked yet, and say how many (`check --lock`)."""
    try:
        added = lock_new_versions(policies, bundle)
    except CallError as error:
        _fail(error.says(lang))
    click.echo(catalogue("authoring", lang).say("locked", count=len(added)))


def _write(policies: Path, lang: str, work: Callable[[], list[Path]]) -> None:
    """Do the work, then say which files were written and what is left to do in them."""
    try:
        files = work()
    except CallError as error:
        _fail(error.says(lang))
    for file in files:
        click.echo(catalogue("authoring", lang).say("written", file=shown(file)))
    _show_what_is_left(policies, files, lang)


def _show_what_is_left(policies: Path, files: list[Path], lang: str) -> None:
    words, left = catalogue("authoring", lang), _problems_of(policies, files)
    click.echo(words.say("left", count=len(left)) if left else words.say("nothing_left"))
    if left:
        print_problems(left, "text", lang)


def _problems_of(policies: Path, files: list[Path]) -> list[Problem]:
    names = {shown(file) for file in files}
    return [problem for problem in check_policies(policies)[1].sorted() if problem.file in names]


def _today() -> str:
    """Return today where the policies are in force: only the record of a correction reads the clock, no build does."""
    return datetime.now(ZoneInfo("Asia/Shanghai")).date().isoformat()


def _needed(lang: str, *options: tuple[str, str | None]) -> None:
    for option, value in options:
        if value is None:
            key = "needed"
            _fail(CallError(key, option).says(lang))


def _folder(policies: Path) -> Path:
    if not (policies / "facts.yaml").is_file():
        key = "no_folder"
        raise CallError(key, policies)
    return policies


def _fail(message: str) -> NoReturn:
    click.echo(message, err=True)
    sys.exit(BAD_CALL)
