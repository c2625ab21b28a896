"""The command `mingbai serve`, and the option for the day of a preview."""

import tempfile
from collections.abc import Sequence
from pathlib import Path

import click

from mingbai.build.atomic_build import make_site, read_config
from mingbai.build.preview import PORT, check_port, serve
from mingbai.bundle.selection import select_places
from mingbai.checks.policies import compiled_bundle, require_valid_policies
from mingbai.cli.framework import LANG, POLICIES, policies_folder
from mingbai.cli.report import print_problems
from mingbai.core.cache import Cache
from mingbai.diagnostics.errors import CallError, PoliciesError
from mingbai.i18n.catalogue import Catalogue
from mingbai.loader.names import parse_day

PREVIEW_FOLDER = Path("preview")
"""Default folder of a preview, so that it never replaces the site itself."""

AS_OF = click.option("--as-of", metavar="DATE", help="A preview of that day, YYYY-MM-DD: pages take it for today.")


def preview_day(as_of: str | None) -> str:
    """Return the day of a preview (ISO), ``""`` for none. Raises CallError for an invalid day."""
    return "" if as_of is None else parse_day(as_of).isoformat()


@click.command(name="serve")
@POLICIES
@AS_OF
@click.option("--place", "places", metavar="ID", multiple=True, help="Of this place only; may be given more than once.")
@click.option("--port", type=click.IntRange(1, 65535), default=PORT, show_default=True, help="Where to open it.")
@LANG
def serve_command(policies: Path, as_of: str | None, places: tuple[str, ...], port: int, lang: str) -> None:
    """Show the site on this machine; it follows each change of the policies. Ctrl-C ends it."""
    folder, day = policies_folder(policies), preview_day(as_of)
    check_port(port)
    select_places(compiled_bundle(folder, cache=Cache()), places)
    words = Catalogue(lang)
    with tempfile.TemporaryDirectory() as temporary:
        site = Path(temporary) / "site"

        def build() -> None:
            _rebuild(folder, site, places, day, lang)

        build()
        serve(
            site, build, folder, port, lambda url: click.echo(words.say("commands.serve.open", address=url), err=True)
        )


def _rebuild(policies: Path, site: Path, places: Sequence[str], as_of: str, lang: str) -> None:
    """Rebuild the site; for errors in the policies print them and leave the site unchanged."""
    words = Catalogue(lang)
    try:
        checked = require_valid_policies(policies, cache=Cache())
        config = read_config(policies, site, places, as_of, live=True)
        make_site(config, checked)
    except PoliciesError as error:
        print_problems(error.problems, "text", lang, to_stderr=True)
        click.echo(words.say("commands.serve.as_it_was"), err=True)
    except CallError as error:
        click.echo(error.message(lang), err=True)
    else:
        click.echo(words.say("commands.serve.made"), err=True)
