"""The command `mingbai confirm`."""

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click

from mingbai.authoring.confirming.confirm import (
    Answer,
    Outcome,
    Waiting,
    confirm,
    list_waiting,
    read_answers,
    record,
    refuse_same_role,
)
from mingbai.checks.lints.shared.figures import Figure
from mingbai.checks.policies import check_policies
from mingbai.cli.framework import BAD_POLICIES, LANG, POLICIES, policies_folder, require_options
from mingbai.cli.record import check_role, today
from mingbai.core.cache import Cache
from mingbai.diagnostics.errors import CallError
from mingbai.i18n.catalogue import Catalogue
from mingbai_calculator import BadRequestError
from mingbai_calculator.request.request import read_json


@click.command(name="confirm")
@click.argument("name", metavar="PLACE[/POLICY/VERSION]")
@click.option("--role", help="Who confirms: the job, not the name; another one than whoever entered it.")
@click.option("--because", help="Why the same role confirms.")
@click.option(
    "--answers",
    "answers_file",
    type=click.Path(path_type=Path, dir_okay=False),
    help='JSON: {"PLACE/POLICY/VERSION": {field path: text}}; without it, each figure is asked for.',
)
@POLICIES
@LANG
def confirm_command(  # noqa: PLR0913, PLR0917 - click hands over each option
    name: str, role: str | None, because: str | None, answers_file: Path | None, policies: Path, lang: str
) -> None:
    """Type each new or changed figure once more, from the notice: the file's value is not shown."""
    require_options(role=role)
    role, words, folder = check_role(role), Catalogue(lang), policies_folder(policies)
    if because is not None and not (because.strip() and because.isprintable()):
        raise CallError("bad_reason", because)
    bundle, problems = check_policies(folder, cache=Cache())
    waiting = list_waiting(folder, name, bundle, problems)
    if not waiting and answers_file is None:
        click.echo(words.say("commands.confirm.nothing", name=name))
        return
    answer: Answer
    told: Answer = _tells_nothing
    if answers_file is None:
        refuse_same_role(waiting, role, because)
        answer = _Terminal(bundle, words)
    else:
        given = read_answers(_read_json(answers_file), waiting, name)
        refuse_same_role([version for version in waiting if version.name in given], role, because)
        answer = told = _from_file(given)
    outcomes = confirm(waiting, bundle, answer, told)
    record(folder, outcomes, day=today(), role=role, because=because)
    for outcome in outcomes:
        _print_outcome(outcome, words)
    if any(outcome.open for outcome in outcomes):
        click.echo(words.say("commands.confirm.help"))
        sys.exit(BAD_POLICIES)


def _tells_nothing(_version: Waiting, _figure: Figure) -> str:
    return ""


def _from_file(given: Mapping[str, Mapping[str, str]]) -> Answer:
    def answer(version: Waiting, figure: Figure) -> str:
        return given.get(version.name, {}).get(figure.key, "")

    return answer


class _Terminal:
    """Asks at the terminal; before the first figure of a version it says where to look."""

    def __init__(self, bundle: dict[str, Any], words: Catalogue) -> None:
        self.bundle, self.words, self.asked = bundle, words, ""

    def __call__(self, version: Waiting, figure: Figure) -> str:
        if self.asked != version.name:
            self.asked = version.name
            click.echo(self.words.say("commands.confirm.head", version=version.name, count=len(version.figures)))
            click.echo(self.words.say("commands.confirm.sources", sources=self._sources(version)))
        typed: str = click.prompt(f"  {figure.key}", default="", show_default=False)
        return typed

    def _sources(self, version: Waiting) -> str:
        titles = self.bundle["sources"]
        return "; ".join(
            self.words.say(
                "commands.confirm.cited",
                title=titles[source["document"]]["title"][self.words.lang],
                lines=source["lines"],
            )
            for source in version.document.value["source"]
        )


def _print_outcome(outcome: Outcome, words: Catalogue) -> None:
    version, count = outcome.waiting, len(outcome.waiting.figures)
    if not outcome.open:
        click.echo(words.say("commands.confirm.done", version=version.name, count=count))
        return
    click.echo(words.say("commands.confirm.open", version=version.name, count=len(outcome.open), of=count))
    for figure, verdict in outcome.open:
        click.echo(
            words.say(
                "commands.confirm.figure",
                file=version.document.file,
                line=version.line(figure),
                figure=figure.key,
                verdict=words.say(f"commands.confirm.verdicts.{verdict}"),
            )
        )


def _read_json(file: Path) -> object:
    """Return the JSON of a file. Raises CallError if it is none."""
    try:
        text = file.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError:
        raise CallError("not_utf8", file) from None
    except OSError:
        raise CallError("no_path", file) from None
    try:
        return read_json(text)
    except BadRequestError:
        raise CallError("answers_form", file) from None
