"""The command `mingbai schema`."""

from pathlib import Path

import click

from mingbai.cli.framework import POLICIES, output_option, policies_folder
from mingbai.diagnostics.errors import PoliciesError
from mingbai.diagnostics.problem import Problems
from mingbai.loader.library import load_shared
from mingbai.schema.json_schema import write_schemas
from mingbai.schema.modelines import add_modelines


@click.command(name="schema")
@POLICIES
@output_option("schema", "Where the JSON Schemas go.")
@click.option("--modelines", is_flag=True, help="Also name the right schema on top of every policy file.")
def schema_command(policies: Path, output: Path, *, modelines: bool) -> None:
    """Write JSON Schemas of the policy files, for editors."""
    problems = Problems()
    library = load_shared(policies_folder(policies), problems)
    if problems.errors:
        raise PoliciesError(problems.sorted())
    for file in write_schemas(library, output):
        click.echo(file)
    for file in add_modelines(policies, output) if modelines else []:
        click.echo(file)
