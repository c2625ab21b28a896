"""Building the site: all or nothing."""

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from filelock import FileLock, Timeout

from mingbai.assets.offline_manifest import ROOT
from mingbai.assets.web_files import web_files
from mingbai.build.markdown_tree import Source, may_go, write_tree
from mingbai.bundle.selection import select_places
from mingbai.checks.policies import CheckedPolicies, require_valid_policies
from mingbai.core.atomic_swap import put_in_place
from mingbai.core.cache import Cache
from mingbai.core.os_errors import why
from mingbai.core.resources import beside
from mingbai.diagnostics.errors import CallError
from mingbai.diagnostics.messages import make_printable
from mingbai.release.checksums import CHECKSUMS_FILE, ChecksumsError, read_checksums, write_checksums
from mingbai.release.foreign_files import InTheWayError, carry_over

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig

CONFIG = Path("mkdocs.yml")
_MOST_NAMED = 10
"""So many files that are not ours are named."""


def build_site(
    policies: Path, output: Path, places: Sequence[str] = (), as_of: str = "", markdown: Path | None = None
) -> int:
    """Build the site of `policies` into `output` and return how many pages it has; with `places`, of these only.

    With `as_of` (``2016-01-01``) it is a preview of that day, and says so on every page. With `markdown`, what the
    pages are made from goes into that folder.
    The site is made beside its place and put there when it is whole, so that a failed build leaves the
    old one untouched. Raises `PoliciesError` for errors in the policies, `CallError` for anything else.
    """
    if not CONFIG.is_file():
        raise CallError("no_config", CONFIG)
    jobs = os.process_cpu_count() or 1
    checked = require_valid_policies(policies, cache=Cache(), jobs=jobs)  # before anything is written
    select_places(checked.bundle, places)
    web_files(CONFIG.parent)  # a mistake in a script ends the build before it begins
    output = output.resolve()
    may_be_replaced(output, ROOT)
    if markdown is not None and not may_go(markdown):
        raise CallError("not_ours", markdown, names=markdown.name)
    whole = markdown and markdown.resolve()

    def make(target: Path) -> None:
        config = read_config(policies, target, places, as_of)
        sources: dict[str, Source] | None = None if whole is None else {}
        make_site(config, checked, sources)
        if whole is not None and sources is not None:
            write_tree(whole, target, config.site_name, sources)

    build_beside(output, make)
    return len(list(output.rglob("*.html")))


def build_beside(output: Path, make: Callable[[Path], None]) -> None:
    """Let `make` fill a new folder, seal it and put it at `output`, whole or not at all.

    What others have put into the old folder goes into the new one. Raises CallError if that or the site cannot be
    written, and while another build writes to it.
    """
    try:
        output.parent.mkdir(parents=True, exist_ok=True)
        with _alone(output):
            for left in output.parent.glob(f".{output.name}-new-*"):  # by a build that was killed
                shutil.rmtree(left, ignore_errors=True)
            made = Path(tempfile.mkdtemp(prefix=f".{output.name}-new-", dir=output.parent))
            try:
                make(made)
                write_checksums(made)
                carry_over(output, made)
                put_in_place(made, output)
            finally:
                shutil.rmtree(made, ignore_errors=True)
    except OSError as error:
        raise CallError("unwritable", output, why=why(error)) from error
    except InTheWayError as error:
        raise CallError("in_the_way", error.folder, names=_name_some(error.paths)) from error


def may_be_replaced(output: Path, mark: str) -> None:
    """Raise CallError if what lies at `output` is not ours to replace: it is neither empty nor a sealed site.

    Such a site has the file `mark`, and a list of its files: by that we know which ones are of others.
    """
    if not output.exists():
        return
    if not output.is_dir():
        raise CallError("not_ours", output, names=output.name)
    inside = sorted(path.name for path in output.iterdir())
    try:
        if inside and not read_checksums(output / CHECKSUMS_FILE).keys() >= {mark}:
            raise CallError("not_ours", output, names=_name_some(inside))
    except ChecksumsError as error:
        raise CallError("not_ours", output, names=_name_some(inside)) from error


def _name_some(paths: Sequence[str]) -> str:
    """Return the first of some paths, in one line."""
    more = ", ..." if len(paths) > _MOST_NAMED else ""
    return make_printable(", ".join(paths[:_MOST_NAMED])) + more


@contextmanager
def _alone(output: Path) -> Iterator[None]:
    """Keep other builds away from `output`. Raises CallError if there is one; a killed build keeps nobody away."""
    try:
        with FileLock(output.with_name(f".{output.name}.lock"), timeout=0):
            yield
    except Timeout as error:
        raise CallError("other_build", output) from error


def configured_address() -> str:
    """Return the address of the site as its settings have it; nothing where there are none."""
    return str(settings().get("site_url") or "")


def settings() -> dict[str, Any]:
    """Return what stands in the settings, as it stands there; nothing where there are none."""
    if not CONFIG.is_file():
        return {}
    from mkdocs.utils.yaml import yaml_load  # noqa: PLC0415 - half a second to import

    with CONFIG.open(encoding="utf-8") as stream:
        config: Any = yaml_load(stream)
    return config if isinstance(config, dict) else {}


def read_config(
    policies: Path, target: Path, places: Sequence[str] = (), as_of: str = "", *, live: bool = False
) -> "MkDocsConfig":
    """Return MkDocs' settings for the site of `policies` in the folder `target`. Raises CallError if there are none.

    `live` pages are for one reader, who edits the policies: they follow each change and are kept nowhere.
    """
    if not CONFIG.is_file():
        raise CallError("no_config", CONFIG)
    os.environ["NO_MKDOCS_2_WARNING"] = "1"  # read when the theme is imported
    from mkdocs.config import load_config  # noqa: PLC0415 - a second to import, and only here
    from mkdocs.exceptions import Abort, ConfigurationError  # noqa: PLC0415

    try:
        config = load_config(str(CONFIG), site_dir=str(target), strict=True, **_shipped())
    except (Abort, ConfigurationError) as error:
        raise CallError("mkdocs_failed", error) from error
    if live:
        config.site_url = ""
    given = {"policies": str(policies), "places": list(places), "as_of": as_of, "live": live}
    config.plugins["mingbai"].config.update(given)
    return config


def _shipped() -> dict[str, Any]:
    """Return the settings for a folder that has no pages and no look of its own: those of the package."""
    docs = beside(CONFIG.parent, "docs")
    if docs.parent == CONFIG.parent:
        return {}
    look = {"name": "material", "custom_dir": str(docs / "overrides"), "language": "zh", "font": False}
    return {"docs_dir": str(docs), "theme": look}


def make_site(config: "MkDocsConfig", checked: CheckedPolicies, sources: dict[str, Source] | None = None) -> None:
    """Let MkDocs make a site of checked policies; what its pages are made from is put into `sources`, by path.

    Raises CallError if it cannot, OSError if it cannot be written.
    """
    from mkdocs.commands.build import build  # noqa: PLC0415 - a second to import, and only here
    from mkdocs.exceptions import Abort, BuildError  # noqa: PLC0415

    from mingbai.build.mkdocs_plugin import Request, put_request  # noqa: PLC0415 - as slow to import

    put_request(config, Request(checked, sources=sources))
    try:
        config.plugins.on_startup(command="build", dirty=False)
        try:
            build(config)
        finally:
            config.plugins.on_shutdown()
    except (Abort, BuildError) as error:
        raise CallError("mkdocs_failed", error) from error
