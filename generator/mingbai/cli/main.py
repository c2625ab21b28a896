"""The command line: `mingbai`. Exit codes: 0 good; 1 problems in the policies; 2 the call itself is wrong."""

import click

from mingbai.cli.framework import Commands
from mingbai_calculator import __version__

COMMANDS = {
    "build": "mingbai.cli.build:build_command",
    "cards": "mingbai.cli.cards:cards_command",
    "check": "mingbai.cli.check:check_command",
    "correct": "mingbai.cli.authoring:correct_command",
    "diff": "mingbai.cli.authoring:diff_command",
    "estimate": "mingbai.cli.estimate:estimate_command",
    "join": "mingbai.cli.publish:join_command",
    "new": "mingbai.cli.authoring:new",
    "offline": "mingbai.cli.offline:offline_command",
    "read": "mingbai.cli.read:read_command",
    "revise": "mingbai.cli.authoring:revise_command",
    "schema": "mingbai.cli.schema:schema_command",
    "serve": "mingbai.cli.serve:serve_command",
    "verify": "mingbai.cli.publish:verify_command",
}
"""Where each command is. It is imported when it is called: half a second that the others need not wait."""


@click.group(cls=Commands, elsewhere=COMMANDS, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="mingbai")
def main() -> None:
    """Tell people what they are entitled to: from policy files to a site and an estimator."""
