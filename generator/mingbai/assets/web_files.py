"""Scripts and styles of the site: at which address each is published, and from which source it is made.

The sources lie in folders by subject. esbuild makes one file of each entry with all that it imports, as a phone waits
for each file anew; what is loaded later, or on another page, is an entry of its own. A source that is no entry has no
address. In an installed package lies what esbuild made (`generator/wheel_resources.py`), so that a site needs no node.
"""

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path

from mingbai.assets import esbuild
from mingbai.core.blob_cache import forget_old, kept
from mingbai.core.cache import FOLDER, add
from mingbai.core.resources import REPOSITORY, SHIPPED, beside
from mingbai.files.program import is_unchanged

_WEB, _ASSETS = "calculator/web/", "docs/assets/"
_SINGLE_FILE = Path(__file__).parents[1] / "offline"
_NODE_MODULES = "node_modules"
_MINISEARCH = f"{_NODE_MODULES}/minisearch/"

MINISEARCH = "assets/search/minisearch.js"
READER, FILES_WORKER = "single-file/reader.js", "single-file/worker.js"
"""The scripts of the single file (`mingbai.offline`), which are on no site."""

MODULES = {
    "assets/quick/start.js": f"{_ASSETS}quick/start.js",
    "assets/search/engine.js": f"{_ASSETS}search/engine.js",
    MINISEARCH: f"{_MINISEARCH}dist/es/index.js",
    "assets/search/results.js": f"{_ASSETS}search/results.js",
    "assets/search/start.js": f"{_ASSETS}search/start.js",
    "assets/web/engine.js": f"{_WEB}engine/client.js",  # for the diagnosis; the estimator has it inside
    "assets/web/estimator.js": f"{_WEB}app/estimator.js",
}
"""The first source of each published module that has all that it imports inside."""

OFFLINE = {
    "assets/offline-diag.js": f"{_ASSETS}offline/diagnosis.js",
    "assets/offline-page.js": f"{_ASSETS}offline/kept-pages.js",
}
"""Modules that are stored together, and share what both import: a file of its own, named by its hash."""

CLASSIC = {
    "assets/display.js": f"{_ASSETS}display/display.js",
    "assets/languages.js": f"{_ASSETS}languages/languages.js",
    "assets/mingbai.js": f"{_ASSETS}frame/page.js",
    "assets/moment.js": f"{_ASSETS}today/today.js",
    "assets/offline.js": f"{_ASSETS}offline/register.js",
    "assets/sw.js": f"{_ASSETS}offline/service-worker.js",  # `offline_manifest` puts it at the root of the site
    "assets/web/worker.js": f"{_WEB}engine/worker.js",
}
"""The first source of each published script that is no module."""

_NOT_BUNDLED = ("./engine.js", "./minisearch.js", "./results.js")
"""What assets/search/start.js imports when somebody searches: entries beside it."""

STYLES = {
    "assets/mingbai.css": (
        f"{_ASSETS}frame/tokens.css",
        f"{_ASSETS}frame/base.css",
        f"{_ASSETS}frame/head.css",
        f"{_ASSETS}display/display.css",
        f"{_ASSETS}content/text.css",
        f"{_ASSETS}today/today.css",
        f"{_ASSETS}content/lists.css",
        f"{_ASSETS}content/fold.css",
        f"{_ASSETS}content/tables.css",
        f"{_ASSETS}content/definitions.css",
        f"{_ASSETS}content/examples.css",
        f"{_ASSETS}content/payers.css",
        f"{_ASSETS}languages/languages.css",
        f"{_ASSETS}search/search.css",
        f"{_ASSETS}offline/offline.css",
        f"{_ASSETS}frame/foot.css",
        f"{_ASSETS}frame/print.css",
    ),
    "assets/quick/quick.css": (f"{_ASSETS}quick/quick.css",),
    "assets/web/estimator.css": (
        f"{_WEB}shared/base.css",
        f"{_WEB}form/questions.css",
        f"{_WEB}shared/fold.css",
        f"{_WEB}shared/buttons.css",
        f"{_WEB}modes/wizard/wizard.css",
        f"{_WEB}modes/household/household.css",
        f"{_WEB}app/status.css",
        f"{_WEB}app/print.css",
    ),
    "assets/web/result.css": (
        f"{_WEB}result/answer.css",
        f"{_WEB}result/bars.css",
        f"{_WEB}result/payers.css",
        f"{_WEB}result/missing-numbers.css",
        f"{_WEB}result/result.css",
        f"{_WEB}result/tables.css",
        f"{_WEB}result/next-steps.css",
        f"{_WEB}result/forms.css",
        f"{_WEB}result/share.css",
        f"{_WEB}result/print-sheet.css",
        f"{_WEB}result/outdated.css",
    ),
}
"""The sources of each style sheet, in the order in which they are put together: a later rule wins."""

_SHIPPED_WEB = "web"
"""The folder of what esbuild made, among the resources of an installed package."""
_CACHE = "scripts"


def web_file(address: str, root: Path) -> str:
    """Return the script or style sheet at an address of a site in the folder `root`; see `web_files`."""
    return web_files(root)[address]


def web_files(root: Path) -> Mapping[str, str]:
    """Return all scripts and styles of a site in the folder `root`, by address, and those of the single file.

    Sources in the folder come first, then what came with the package. Raises CallError for a mistake in a source.
    """
    home = root if (root / _WEB).is_dir() else REPOSITORY
    shipped = SHIPPED / _SHIPPED_WEB
    if not (home / _WEB).is_dir():
        files = (file for file in shipped.rglob("*") if file.is_file())
        return {file.relative_to(shipped).as_posix(): file.read_text(encoding="utf-8") for file in files}
    # `generator/wheel_resources.py` comes here where there is nothing but the standard library.
    try:
        digest = _hash_sources(home)
        text = kept(_CACHE, f"{digest}.json", lambda: _make_bundles(home), home / FOLDER, lambda: _is_of(digest, home))
    except esbuild.BundleError as error:
        from mingbai.diagnostics.errors import CallError  # noqa: PLC0415 - see above

        raise CallError("script_mistake", said=str(error)) from error
    except esbuild.NotInstalledError as error:
        from mingbai.diagnostics.errors import CallError  # noqa: PLC0415 - see above

        raise CallError("no_npm_package", error) from error
    forget_old(_CACHE, home / FOLDER)
    made: dict[str, str] = json.loads(text)
    return made


def list_sources_in_docs() -> frozenset[str]:
    """Return the sources inside MkDocs' folder, relative to it: they are not published as they lie there."""
    docs = beside(REPOSITORY, "docs")
    return frozenset(
        file.relative_to(docs).as_posix() for file in (docs / "assets").rglob("*") if file.suffix in {".css", ".js"}
    )


def find_npm_packages(root: Path) -> dict[str, Path]:
    """Return the folders of the npm packages that the scripts are made of and with, by name."""
    return {name: beside(root, f"{_NODE_MODULES}/{name}") for name in ("esbuild", "minisearch")}


def write_web(site: Path, root: Path) -> None:
    """Write all scripts and styles of a site; `root` is the folder of its mkdocs.yml."""
    for address, text in web_files(root).items():
        if address not in {READER, FILES_WORKER}:
            (site / address).parent.mkdir(parents=True, exist_ok=True)
            (site / address).write_text(text, encoding="utf-8")


def _make_bundles(home: Path) -> bytes:
    """Return what esbuild makes of the sources in the folder `home`, as JSON."""
    node_modules = home / _NODE_MODULES
    if not (home / _MINISEARCH).is_dir():
        raise esbuild.NotInstalledError(_MINISEARCH.rstrip("/"))
    classic = CLASSIC | {
        READER: str(_SINGLE_FILE / "reader.js"),
        FILES_WORKER: str(_SINGLE_FILE / "worker.js"),
    }
    external = [f"--external:{path}" for path in _NOT_BUNDLED]
    made = esbuild.bundle(home, node_modules, MODULES, [*esbuild.SCRIPT, "--format=esm", *external])
    shared = ["--splitting", "--chunk-names=assets/offline-[name]-[hash]"]
    made |= esbuild.bundle(home, node_modules, OFFLINE, [*esbuild.SCRIPT, "--format=esm", *shared])
    made |= esbuild.bundle(home, node_modules, classic, [*esbuild.SCRIPT, "--format=iife"])
    made |= esbuild.bundle_styles(home, node_modules, STYLES)
    licence = (home / _MINISEARCH / "LICENSE.txt").read_text(encoding="utf-8")
    made[MINISEARCH] = f"/* MiniSearch\n{licence.strip()}\n*/\n{made[MINISEARCH]}"
    return json.dumps(made, ensure_ascii=False, sort_keys=True).encode()


def _hash_sources(home: Path) -> str:
    """Return what stands for all sources in the folder `home`, for esbuild and for how it is called."""
    digest = hashlib.sha256()
    folders = [home / _WEB, home / _ASSETS, _SINGLE_FILE, home / _MINISEARCH]
    files = [file for folder in folders for file in sorted(folder.rglob("*")) if file.suffix in {".css", ".js", ".txt"}]
    for file in [*files, home / _NODE_MODULES / "esbuild/package.json", Path(__file__), Path(esbuild.__file__)]:
        add(digest, str(file.relative_to(home) if file.is_relative_to(home) else file.name), _read_bytes(file))
    return digest.hexdigest()


def _is_of(digest: str, home: Path) -> bool:
    """Return whether the sources in the folder `home` still have this digest, and the program is still what it was."""
    return is_unchanged() and _hash_sources(home) == digest


def _read_bytes(file: Path) -> bytes:
    return file.read_bytes() if file.is_file() else b""
