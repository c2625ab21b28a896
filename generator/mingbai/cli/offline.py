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
from mingbai.i18n.catalogue import Catalogue
from mingbai.offline.pages import read_site
from mingbai.offline.single_file import make_single_file
from mingbai.offline.usb_stick import make_stick_zip
from mingbai.pages.make import ESTIMATOR_BUNDLE
from mingbai.release.build_info import BUILD_FILE

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
        if places or not ((built / ESTIMATOR_BUNDLE).is_file() and (built / BUILD_FILE).is_file()):
            raise CallError("not_a_site" if not places else "site_has_its_places", built)
        if json.loads((built / BUILD_FILE).read_text(encoding="utf-8"))["preview"]:
            raise CallError("is_preview", built)
        files = _make_files(built, places)
    else:
        with tempfile.TemporaryDirectory() as folder:
            site = Path(folder) / "site"
            build_site(policies_folder(policies), site, places)
            files = _make_files(site, places)
    for name, content in files.items():
        try:
            write_whole(output / name, content)
        except OSError as error:
            raise CallError("unwritable", output / name, why=why(error)) from error
        size = f"{len(content) / _MEGABYTE:.1f}"
        click.echo(Catalogue(lang).say("commands.offline.made", file=output / name, size=size))


def _make_files(built: Path, places: tuple[str, ...]) -> dict[str, bytes]:
    """Return the HTML file and the zip, by file name."""
    site, name = read_site(built), "-".join(["mingbai", *sorted(set(places))])
    revision: str = json.loads((built / ESTIMATOR_BUNDLE).read_text(encoding="utf-8"))["revision"]
    html = make_single_file(site)
    return {f"{name}.html": html.encode(), f"{name}.zip": make_stick_zip(site, f"{name}.html", html, revision)}
