"""Entry point of `mingbai`. Exit codes: 0 success; 1 problems in the policies; 2 wrong call."""

import click

from mingbai.cli.framework import CommandGroup
from mingbai_calculator import __version__

COMMAND_PATHS = {
    "build": "mingbai.cli.build:build_command",
    "cards": "mingbai.cli.cards:cards_command",
    "check": "mingbai.cli.check:check_command",
    "confirm": "mingbai.cli.authoring.confirm:confirm_command",
    "correct": "mingbai.cli.authoring.files:correct_command",
    "diff": "mingbai.cli.authoring.files:diff_command",
    "end": "mingbai.cli.authoring.files:end_command",
    "estimate": "mingbai.cli.estimating.estimate:estimate_command",
    "examples": "mingbai.cli.authoring.files:examples_command",
    "join": "mingbai.cli.finished_sites:join_command",
    "new": "mingbai.cli.authoring.files:new",
    "offline": "mingbai.cli.offline:offline_command",
    "read": "mingbai.cli.estimating.read:read_command",
    "revise": "mingbai.cli.authoring.files:revise_command",
    "schema": "mingbai.cli.schema:schema_command",
    "serve": "mingbai.cli.serve:serve_command",
    "verify": "mingbai.cli.finished_sites:verify_command",
}
"""Commands by name, imported when called: importing all of them takes half a second."""


@click.group(cls=CommandGroup, lazy_commands=COMMAND_PATHS, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="mingbai")
def main() -> None:
    """Tell people what they are entitled to: from policy files to a site and an estimator."""
