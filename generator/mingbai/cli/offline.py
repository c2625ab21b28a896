"""The command `mingbai offline`."""

import json
import tempfile
from pathlib import Path

import click

from mingbai.build.atomic_build import build_site
from mingbai.cli.framework import LANG, POLICIES, output_option, policies_folder
from mingbai.core.atomic_write import write_whole
from mingbai.core.os_errors import why
from mingbai.diagnostics.errors import CallError
from mingbai.i18n.catalogue import written_catalogue
from mingbai.offline.pages import read_site
from mingbai.offline.single_file import single_file
from mingbai.offline.usb_stick import stick
from mingbai.pages.make import RULES
from mingbai.release.build_info import BUILD

_MEGABYTE = 1_000_000


@click.command(name="offline")
@click.argument("places", metavar="[PLACE]...", nargs=-1)
@POLICIES
@output_option("offline", "Where the two files go.")
@click.option(
    "--site",
    "built",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    help="A site that was built already, with all its places; left out: one is built of the places named.",
)
@LANG
def offline_command(places: tuple[str, ...], policies: Path, output: Path, built: Path | None, lang: str) -> None:
    """Make one HTML file and a zip for a USB stick, of each PLACE named or of all; neither needs a network."""
    if built is not None:
        if places or not ((built / RULES).is_file() and (built / BUILD).is_file()):
            key = "not_a_site" if not places else "site_has_its_places"
            raise CallError(key, built)
        if json.loads((built / BUILD).read_text(encoding="utf-8"))["preview"]:
            key = "is_preview"
            raise CallError(key, built)
        files = _files(built, places)
    else:
        with tempfile.TemporaryDirectory() as folder:
            site = Path(folder) / "site"
            build_site(policies_folder(policies), site, places)
            files = _files(site, places)
    for name, content in files.items():
        try:
            write_whole(output / name, content)
        except OSError as error:
            key = "unwritable"
            raise CallError(key, output / name, why=why(error)) from error
        size = f"{len(content) / _MEGABYTE:.1f}"
        click.echo(written_catalogue("authoring", lang).say("offline.made", file=output / name, size=size))


def _files(built: Path, places: tuple[str, ...]) -> dict[str, bytes]:
    """Return the two files by their names."""
    site, name = read_site(built), "-".join(["mingbai", *sorted(set(places))])
    revision: str = json.loads((built / RULES).read_text(encoding="utf-8"))["revision"]
    single = single_file(site)
    return {f"{name}.html": single.encode(), f"{name}.zip": stick(site, f"{name}.html", single, revision)}
