"""What all commands share: options, exit codes, and how a wrong call is told - in one line, in the caller's language.

Commands raise what is wrong; `Commands` tells it. The words are in ``ui/authoring.<lang>.yaml``, under ``error``.
"""

import re
import sys
from collections.abc import Callable, Mapping, Sequence
from importlib import import_module
from itertools import pairwise
from pathlib import Path
from typing import Any, NoReturn

import click

from mingbai.cli.report import print_problems
from mingbai.diagnostics.errors import CallError, PoliciesError
from mingbai.i18n.languages import SITE, WRITTEN

BAD_POLICIES, BAD_CALL = 1, 2
LANGUAGES = WRITTEN.chosen

LANG = click.option(
    "--lang", type=click.Choice(LANGUAGES), default=LANGUAGES[0], show_default=True, help="Language of the answer."
)
LANG_OF_AN_ESTIMATE = click.option(
    "--lang", type=click.Choice(SITE.chosen), default=LANGUAGES[0], show_default=True, help="Language of the answer."
)
NO_CACHE = click.option("--no-cache", is_flag=True, help="Check everything anew, keep nothing for the next time.")
POLICIES = click.option(
    "--policies",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path("policies"),
    show_default=True,
    help="Folder of the policy files.",
)


def output_option(default: str | None, tells: str) -> Callable[[Any], Any]:
    """Return the option that says into which folder a command writes."""
    path = click.Path(path_type=Path, file_okay=False)
    return click.option("--output", type=path, default=default, show_default=default is not None, help=tells)


_CHOICE = re.compile(r"'(.*)' is not one of ", re.DOTALL)
_SAID = (
    ("too_much", re.compile(r"Got unexpected extra arguments? \((.*)\)", re.DOTALL)),
    ("no_value", re.compile(r"Option '(.*)' requires an argument", re.DOTALL)),
)
"""Which sentence of ours says what click says."""
_COMMAND = re.compile(r"""No such command (?:'(.*?)'|"(.*?)")(?:\.|$)""", re.DOTALL)


class Commands(click.Group):
    """The commands, and those of a group inside them; `elsewhere`, as ``module:name``, those imported when called."""

    def __init__(self, *given: Any, elsewhere: Mapping[str, str] | None = None, **named: Any) -> None:  # noqa: ANN401
        """Take what a group of click takes, and where the commands are that are not here."""
        super().__init__(*given, **named)
        self.elsewhere = elsewhere or {}

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of all commands."""
        return sorted([*super().list_commands(ctx), *self.elsewhere])

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return a command, imported if need be."""
        if cmd_name not in self.elsewhere:
            return super().get_command(ctx, cmd_name)
        module, _, name = self.elsewhere[cmd_name].partition(":")
        found: click.Command = getattr(import_module(module), name)
        return found

    def main(self, args: Sequence[str] | None = None, **given: Any) -> NoReturn:  # type: ignore[override] # noqa: ANN401
        """Carry a call out; tell what is wrong with it, or with the policies."""
        words = list(sys.argv[1:] if args is None else args)
        lang = _language(words)
        try:
            sys.exit(super().main(words, **{**given, "standalone_mode": False}) or 0)
        except CallError as error:
            fail(error.says(lang))
        except PoliciesError as error:
            print_problems(error.problems, "text", lang, to_stderr=True)
            sys.exit(BAD_POLICIES)
        except click.exceptions.NoArgsIsHelpError as error:
            fail(error.format_message())
        except click.ClickException as error:
            fail(_call_error(error).says(lang))
        except (click.Abort, KeyboardInterrupt):
            sys.exit(BAD_CALL)


def policies_folder(policies: Path) -> Path:
    """Return the folder of policies. Raises CallError if it is none."""
    if not (policies / "facts.yaml").is_file():
        key = "no_folder"
        raise CallError(key, policies)
    return policies


def needed(**options: object) -> None:
    """Raise CallError for the first option that was left out."""
    for name, value in options.items():
        if value is None:
            key = "needed"
            raise CallError(key, f"--{name.replace('_', '-')}")


def fail(message: str) -> NoReturn:
    """End because the call is wrong."""
    click.echo(message, err=True)
    sys.exit(BAD_CALL)


def _language(words: list[str]) -> str:
    """Return the language of the answer, also of a call that cannot be understood."""
    asked = [after for word, after in pairwise(words) if word == "--lang"]
    asked += [word.partition("=")[2] for word in words if word.startswith("--lang=")]
    return asked[-1] if asked and asked[-1] in LANGUAGES else LANGUAGES[0]


def _call_error(error: click.ClickException) -> CallError:
    """Return what is wrong with a call as an error of ours; click's own sentences are English only."""
    said = error.format_message()
    if isinstance(error, click.NoSuchOption):
        return CallError("no_option", error.option_name, _options(error))
    if isinstance(error, click.MissingParameter) and error.param is not None:
        return CallError("needed", _name(error.param, error.ctx))
    if isinstance(error, click.BadParameter) and error.param is not None:
        return _bad_value(error, error.param)
    if (match := _COMMAND.search(said)) and isinstance(error, click.UsageError):
        return CallError("no_command", match[1] or match[2], _commands(error))
    found = ((key, match[1]) for key, pattern in _SAID if (match := pattern.search(said)))
    return CallError(*next(found, ("bad_call", said)))


def _bad_value(error: click.BadParameter, parameter: click.Parameter) -> CallError:
    name = _name(parameter, error.ctx)
    if isinstance(parameter.type, click.Choice) and (match := _CHOICE.match(error.message)):
        allowed = tuple(str(each) for each in parameter.type.choices)
        return CallError("no_choice", match[1], allowed, option=name, allowed=", ".join(allowed))
    value = re.search("'(.*)'", error.message, re.DOTALL)
    return CallError("no_file", value[1] if value else error.message, option=name)


def _name(parameter: click.Parameter, context: click.Context | None) -> str:
    """Return a parameter as people type it."""
    if isinstance(parameter, click.Argument):
        return parameter.make_metavar(context or click.Context(click.Command("")))
    return max(parameter.opts, key=len)


def _options(error: click.UsageError) -> tuple[str, ...]:
    """Return the options of the command that was called."""
    context = error.ctx
    return () if context is None else tuple(n for each in context.command.get_params(context) for n in each.opts)


def _commands(error: click.UsageError) -> tuple[str, ...]:
    """Return the commands of the group that was called."""
    context = error.ctx
    group = None if context is None else context.command
    return tuple(group.list_commands(context)) if context is not None and isinstance(group, click.Group) else ()
