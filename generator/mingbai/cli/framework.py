"""Shared by all commands: options, exit codes, and errors in one line, in the language of the caller.

Commands raise CallError or PoliciesError, `CommandGroup` prints it. Messages are in
``i18n/catalogues/commands.<lang>.yaml`` under ``error``.
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
from mingbai.diagnostics.errors import CallError, PoliciesError, describe_missing_part
from mingbai.i18n.catalogue import Catalogue
from mingbai.i18n.languages import SITE, WRITTEN
from mingbai_calculator.law.kinds import MissingPartError

BAD_POLICIES, BAD_CALL = 1, 2
"""Exit codes."""
LANGUAGES = WRITTEN.selected

LANG = click.option(
    "--lang", type=click.Choice(LANGUAGES), default=LANGUAGES[0], show_default=True, help="Language of the answer."
)
ESTIMATE_LANG = click.option(
    "--lang", type=click.Choice(SITE.selected), default=LANGUAGES[0], show_default=True, help="Language of the answer."
)
NO_CACHE = click.option("--no-cache", is_flag=True, help="Check everything anew, keep nothing for the next time.")
POLICIES = click.option(
    "--policies",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path("policies"),
    show_default=True,
    help="Folder of the policy files.",
)


def output_option(default: str | None, help_text: str) -> Callable[[Any], Any]:
    """Return the option for the folder that a command writes to."""
    path = click.Path(path_type=Path, file_okay=False)
    return click.option("--output", type=path, default=default, show_default=default is not None, help=help_text)


_BAD_CHOICE = re.compile(r"'(.*)' is not one of ", re.DOTALL)
_TOO_MUCH = re.compile(r"Got unexpected extra arguments? \((.*)\)", re.DOTALL)
_NO_VALUE = re.compile(r"Option '(.*)' requires an argument", re.DOTALL)
_UNKNOWN_COMMAND = re.compile(r"""No such command (?:'(.*?)'|"(.*?)")(?:\.|$)""", re.DOTALL)


class CommandGroup(click.Group):
    """A click group; `lazy_commands` (name to ``module:name``) are imported when they are called."""

    def __init__(self, *args: Any, lazy_commands: Mapping[str, str] | None = None, **kwargs: Any) -> None:  # noqa: ANN401
        """Take the arguments of `click.Group`, and the lazy commands."""
        super().__init__(*args, **kwargs)
        self.lazy_commands = lazy_commands or {}

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of all commands, sorted."""
        return sorted([*super().list_commands(ctx), *self.lazy_commands])

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return a command; import it if it is lazy."""
        if cmd_name not in self.lazy_commands:
            return super().get_command(ctx, cmd_name)
        module, _, name = self.lazy_commands[cmd_name].partition(":")
        command: click.Command = getattr(import_module(module), name)
        return command

    def main(self, args: Sequence[str] | None = None, **kwargs: Any) -> NoReturn:  # type: ignore[override] # noqa: ANN401
        """Run a command and exit; print errors of the call or of the policies to stderr."""
        words = list(sys.argv[1:] if args is None else args)
        lang = _find_language(words)
        try:
            sys.exit(super().main(words, **{**kwargs, "standalone_mode": False}) or 0)
        except CallError as error:
            exit_with_error(error.message(lang))
        except MissingPartError as error:  # of a kind of policy that is half made
            exit_with_error(describe_missing_part(error, lang))
        except PoliciesError as error:
            print_problems(error.problems, "text", lang, to_stderr=True)
            if error.advice:
                click.echo(Catalogue(lang).say(f"commands.advice.{error.advice}"), err=True)
            sys.exit(BAD_POLICIES)
        except click.exceptions.NoArgsIsHelpError as error:
            exit_with_error(error.format_message())
        except click.ClickException as error:
            exit_with_error(_convert_click_error(error).message(lang))
        except (click.Abort, KeyboardInterrupt):
            sys.exit(BAD_CALL)


def policies_folder(policies: Path) -> Path:
    """Return the folder of policies. Raises CallError if it is none."""
    if not (policies / "facts.yaml").is_file():
        raise CallError("no_folder", policies)
    return policies


def require_options(**options: object) -> None:
    """Raise CallError for the first option that is None."""
    for name, value in options.items():
        if value is None:
            raise CallError("needed", f"--{name.replace('_', '-')}")


def exit_with_error(message: str) -> NoReturn:
    """Print a message to stderr and exit with `BAD_CALL`."""
    click.echo(message, err=True)
    sys.exit(BAD_CALL)


def _find_language(words: list[str]) -> str:
    """Return the language of messages, even for a call that click cannot parse."""
    asked = [after for word, after in pairwise(words) if word == "--lang"]
    asked += [word.partition("=")[2] for word in words if word.startswith("--lang=")]
    return asked[-1] if asked and asked[-1] in LANGUAGES else LANGUAGES[0]


def _convert_click_error(error: click.ClickException) -> CallError:
    """Return a click error as CallError: click's messages exist in English only."""
    message = error.format_message()
    if isinstance(error, click.NoSuchOption):
        return CallError("no_option", error.option_name, _list_options(error))
    if isinstance(error, click.MissingParameter) and error.param is not None:
        return CallError("needed", _display_name(error.param, error.ctx))
    if isinstance(error, click.BadParameter) and error.param is not None:
        return _convert_bad_value(error, error.param)
    if (match := _UNKNOWN_COMMAND.search(message)) and isinstance(error, click.UsageError):
        return CallError("no_command", match[1] or match[2], _list_commands(error))
    return _convert_message(message)


def _convert_message(message: str) -> CallError:
    if match := _TOO_MUCH.search(message):
        return CallError("too_much", match[1])
    if match := _NO_VALUE.search(message):
        return CallError("no_value", match[1])
    return CallError("bad_call", message)


def _convert_bad_value(error: click.BadParameter, parameter: click.Parameter) -> CallError:
    name = _display_name(parameter, error.ctx)
    if isinstance(parameter.type, click.Choice) and (match := _BAD_CHOICE.match(error.message)):
        allowed = tuple(str(choice) for choice in parameter.type.choices)
        return CallError("no_choice", match[1], allowed, option=name, allowed=", ".join(allowed))
    value = re.search("'(.*)'", error.message, re.DOTALL)
    return CallError("no_file", value[1] if value else error.message, option=name)


def _display_name(parameter: click.Parameter, context: click.Context | None) -> str:
    """Return a parameter as it is typed: the longest option, or the metavar of an argument."""
    if isinstance(parameter, click.Argument):
        return parameter.make_metavar(context or click.Context(click.Command("")))
    return max(parameter.opts, key=len)


def _list_options(error: click.UsageError) -> tuple[str, ...]:
    """Return the options of the called command."""
    context = error.ctx
    return (
        ()
        if context is None
        else tuple(option for parameter in context.command.get_params(context) for option in parameter.opts)
    )


def _list_commands(error: click.UsageError) -> tuple[str, ...]:
    """Return the subcommands of the called group."""
    context = error.ctx
    group = None if context is None else context.command
    return tuple(group.list_commands(context)) if context is not None and isinstance(group, click.Group) else ()
