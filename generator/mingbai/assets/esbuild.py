"""esbuild, which bundles and minifies scripts and styles. A build tool: nothing of it is published.

Its npm package brings one binary for each platform (``@esbuild/linux-x64`` and the like), which needs no node.
"""

import re
import subprocess
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

SCRIPT = (
    "--bundle",
    "--minify",
    "--target=es2020",
    # Safari knows BigInt since 14, and our scripts do without; so do they without "?." and "??", as no source has them.
    "--supported:bigint=false",
    "--supported:optional-chain=false",
    "--supported:nullish-coalescing=false",
)
STYLE = ("--bundle", "--minify", "--target=chrome80,safari13.1")
_ALWAYS = (
    "--charset=utf8",
    "--legal-comments=none",
    "--log-level=warning",
    "--log-limit=1",
    "--color=false",
    "--tsconfig-raw={}",
)

_PROBLEM = re.compile(r"\[(?:ERROR|WARNING)\] (.+?)(?: \[[\w-]+\])?\n(?:\n +(\S.*):(\d+):(\d+):\n)?")


class BundleError(Exception):
    """A script or style cannot be bundled: `where` is ``file:line:col`` (empty if unknown), `problem` says why."""

    def __init__(self, where: str, problem: str) -> None:
        """Keep the place and the problem."""
        super().__init__(f"{where}: {problem}" if where else problem)
        self.where = where
        self.problem = problem


class NotInstalledError(Exception):
    """An npm package is not installed; the message is the folder where it should be."""


def bundle(home: Path, node_modules: Path, entries: Mapping[str, str], options: Sequence[str]) -> dict[str, str]:
    """Return the bundles of `entries`, by name, and what `options` let them share.

    `entries` are the paths of the first sources, relative to the folder `home`, by the names of the bundles
    (``assets/quick/start.js``). Raises `BundleError` for whatever esbuild reports, warnings too, and
    `NotInstalledError`.
    """
    if missing := [source for source in entries.values() if not (home / source).is_file()]:
        raise BundleError(missing[0], "there is no such file")
    with tempfile.TemporaryDirectory() as folder:
        named = (f"{name.rpartition('.')[0]}={source}" for name, source in entries.items())
        command = [_find_binary(node_modules), *options, *_ALWAYS, f"--outdir={folder}", *named]
        done = subprocess.run(command, cwd=home, capture_output=True, text=True, encoding="utf-8", check=False)  # noqa: S603 - of our lock file
        if done.returncode or done.stderr:
            raise _parse_report(done.stderr)
        made = sorted(file for file in Path(folder).rglob("*") if file.is_file())
        return {file.relative_to(folder).as_posix(): file.read_text(encoding="utf-8") for file in made}


def bundle_styles(home: Path, node_modules: Path, sheets: Mapping[str, Sequence[str]]) -> dict[str, str]:
    """Return style sheets, each made of its sources one after the other, by name; else as `bundle`."""
    with tempfile.TemporaryDirectory() as folder:
        entries = {}
        for name, sources in sheets.items():
            file = Path(folder) / name.replace("/", "-")
            file.write_text(
                "".join(f'@import "{(home / source).resolve()}";\n' for source in sources), encoding="utf-8"
            )
            entries[name] = str(file)
        return bundle(home, node_modules, entries, STYLE)


def _find_binary(node_modules: Path) -> str:
    """Return the path of the binary; npm installs that of this platform only."""
    found = sorted(node_modules.glob("@esbuild/*/bin/esbuild"))
    if not found:
        raise NotInstalledError(f"{node_modules.name}/esbuild")
    return str(found[0].resolve())


def _parse_report(said: str) -> BundleError:
    """Return the first problem of esbuild's report; its columns count from 0, ours from 1."""
    match = _PROBLEM.search(said)
    if match is None:
        return BundleError("", " ".join(said.split()))
    problem, file, line, column = match.groups()
    return BundleError(f"{file}:{line}:{int(column) + 1}" if file else "", problem)
