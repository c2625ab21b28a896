"""The command `mingbai build`."""

from pathlib import Path

import click

from mingbai.build.atomic_build import build_site
from mingbai.cli.framework import LANG, POLICIES, output_option, policies_folder
from mingbai.cli.serve import AS_OF, PREVIEW_FOLDER, preview_day
from mingbai.i18n.catalogue import Catalogue

SITE_FOLDER = Path("site")


@click.command(name="build")
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
def build_command(  # noqa: PLR0913, PLR0917 - click hands over each option
    policies: Path, output: Path | None, as_of: str | None, places: tuple[str, ...], markdown: Path | None, lang: str
) -> None:
    """Build the site. If anything is wrong, the old site stays as it was."""
    day = preview_day(as_of)
    output = output or (PREVIEW_FOLDER if day else SITE_FOLDER)
    pages = build_site(policies_folder(policies), output, places, day, markdown)
    click.echo(Catalogue(lang).say("commands.built", folder=output, count=pages))
