"""The day of a preview, and the site with live reload for whoever edits policies: `mingbai serve`."""

import socket
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import click

from mingbai.authoring.errors import CallError
from mingbai.authoring.names import parse_day
from mingbai.build import CONFIG, make_site, read_config
from mingbai.cache import Cache
from mingbai.check import print_problems
from mingbai.chosen import only_places
from mingbai.command_line import LANG, POLICIES, policies_folder
from mingbai.pages.catalogue import catalogue
from mingbai.site import PoliciesError, approved, compiled_bundle

HOST, PORT = "127.0.0.1", 8000
FOLDER = Path("preview")
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
    _check_port(port)
    only_places(compiled_bundle(folder, cache=Cache()), places)
    with tempfile.TemporaryDirectory() as made:
        site = Path(made) / "site"

        def make() -> None:
            _make(folder, site, places, day, lang)

        make()
        _serve(site, make, folder, port, lang)


def _check_port(port: int) -> None:
    """Raise CallError if another program uses a port: better now than after the site was made."""
    try:
        socket.create_server((HOST, port)).close()
    except OSError as error:
        key = "port_taken"
        raise CallError(key, port) from error


def _make(policies: Path, site: Path, places: Sequence[str], as_of: str, lang: str) -> None:
    """Build the site anew; where the policies have errors, say them and leave it as it was."""
    words = catalogue("authoring", lang)
    try:
        checked = approved(policies, cache=Cache())
        config = read_config(policies, site, places, as_of, live=True)
        plugin: Any = config.plugins["mingbai"]
        plugin.given = checked
        make_site(config)
    except PoliciesError as error:
        print_problems(error.problems, "text", lang, to_stderr=True)
        click.echo(words.say("serve.as_it_was"), err=True)
    except CallError as error:
        click.echo(error.says(lang), err=True)
    else:
        click.echo(words.say("serve.made"), err=True)


def _serve(site: Path, make: Callable[[], None], policies: Path, port: int, lang: str) -> None:
    from mkdocs.livereload import LiveReloadServer  # noqa: PLC0415 - slow to import, and only here

    server = LiveReloadServer(make, HOST, port, str(site))
    for path in (policies, Path("docs"), CONFIG):
        if path.exists():  # an installed package has pages of its own
            server.watch(str(path))
    click.echo(catalogue("authoring", lang).say("serve.open", address=server.url), err=True)
    try:
        server.serve()  # type: ignore[no-untyped-call]
    except KeyboardInterrupt:
        pass  # that is how it ends
    finally:
        server.shutdown()
