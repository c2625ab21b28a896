"""A preview with live reload for whoever edits policies: built anew at each change, served on this machine only."""

import socket
from collections.abc import Callable
from pathlib import Path

from mingbai.build.atomic_build import CONFIG
from mingbai.diagnostics.errors import CallError

HOST, PORT = "127.0.0.1", 8000


def check_port(port: int) -> None:
    """Raise CallError if another program uses a port: better before the site is built than after."""
    try:
        socket.create_server((HOST, port)).close()
    except OSError as error:
        raise CallError("port_taken", port) from error


def serve(site: Path, build: Callable[[], None], policies: Path, port: int, opened: Callable[[str], None]) -> None:
    """Serve the folder `site` until Ctrl-C; call `build` at each change of the policies, the pages or the settings.

    `opened` is told the address before the first request is answered.
    """
    from mkdocs.livereload import LiveReloadServer  # noqa: PLC0415 - slow to import, and only here

    server = LiveReloadServer(build, HOST, port, str(site))
    for path in (policies, Path("docs"), CONFIG):
        if path.exists():  # an installed package has pages of its own
            server.watch(str(path))
    opened(server.url)
    try:
        server.serve()  # type: ignore[no-untyped-call]
    except KeyboardInterrupt:
        pass  # that is how it ends
    finally:
        server.shutdown()
