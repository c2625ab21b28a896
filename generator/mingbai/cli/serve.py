"""The command `mingbai serve`, and the option that names the day of a preview."""

import tempfile
from collections.abc import Sequence
from pathlib import Path

import click

from mingbai.build.atomic_build import make_site, read_config
from mingbai.build.preview import PORT, check_port, serve
from mingbai.bundle.selection import only_places
from mingbai.checks.policies import compiled_bundle
from mingbai.cli.framework import LANG, POLICIES, policies_folder
from mingbai.cli.report import print_problems
from mingbai.core.cache import Cache
from mingbai.diagnostics.errors import CallError, PoliciesError
from mingbai.i18n.catalogue import written_catalogue
from mingbai.loader.names import parse_day

PREVIEW_FOLDER = Path("preview")
"""Where a preview is built unless somebody names another folder: never over the site itself."""

AS_OF = click.option("--as-of", metavar="DATE", help="A preview of that day, YYYY-MM-DD: pages take it for today.")


def preview_day(as_of: str | None) -> str:
    """Return the day of a preview, ``""`` for none. Raises CallError if it is no day."""
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
    only_places(compiled_bundle(folder, cache=Cache()), places)
    words = written_catalogue("authoring", lang)
    with tempfile.TemporaryDirectory() as made:
        site = Path(made) / "site"

        def build() -> None:
            _build(folder, site, places, day, lang)

        build()
        serve(site, build, folder, port, lambda url: click.echo(words.say("serve.open", address=url), err=True))


def _build(policies: Path, site: Path, places: Sequence[str], as_of: str, lang: str) -> None:
    """Build the site anew; where the policies have errors, print them and leave the site as it was."""
    words = written_catalogue("authoring", lang)
    try:
        compiled_bundle(policies, cache=Cache())
        make_site(read_config(policies, site, places, as_of, live=True))
    except PoliciesError as error:
        print_problems(error.problems, "text", lang, to_stderr=True)
        click.echo(words.say("serve.as_it_was"), err=True)
    except CallError as error:
        click.echo(error.says(lang), err=True)
    else:
        click.echo(words.say("serve.made"), err=True)
