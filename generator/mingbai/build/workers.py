"""Many places are made by several processes side by side: each makes its share of the parts, and keeps them."""

import multiprocessing
import os
import tempfile
from concurrent.futures import ProcessPoolExecutor
from typing import TYPE_CHECKING, Any

from mkdocs.exceptions import BuildError, PluginError

from mingbai.checks.policies import CheckedPolicies

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig

WORTH_PROCESSES = 12
"""Fewer places are made sooner by the process that is there: another one takes seconds to start."""
AT_A_TIME = 50
"""So many places have all their pages in the memory of a process."""


def make_shares(config: "MkDocsConfig", ours: Any, checked: CheckedPolicies, places: list[str]) -> None:  # noqa: ANN401
    """Make the parts of places for a site with the settings `config` (MkDocs') and `ours` (the plugin's); keep them.

    They are made from the policies as they were `checked`, even if the files were changed since.

    Raises PluginError for whatever stops one of the processes.
    """
    jobs = os.process_cpu_count() or 1
    if jobs == 1:
        return
    settings = {key: config[key] for key in ("docs_dir", "site_url", "strict")}
    settings["theme"] = {key: config.theme[key] for key in ("name", "language", "font")}
    settings["theme"]["custom_dir"] = config.theme.custom_dir
    count = max(jobs, -(-len(places) // AT_A_TIME))
    context = multiprocessing.get_context("spawn")  # the others do not go with threads
    with ProcessPoolExecutor(jobs, mp_context=context, initializer=_start, initargs=(checked,)) as pool:
        given = [(config.config_file_path, settings, dict(ours), places[which::count]) for which in range(count)]
        for problem in pool.map(_make_share, given):
            if problem:
                raise PluginError(problem)


def _make_share(given: tuple[str, dict[str, Any], dict[str, Any], list[str]]) -> str:
    """Make one share; return what stopped it."""
    from mkdocs.commands.build import build  # noqa: PLC0415 - slow to import, and only here
    from mkdocs.config import load_config  # noqa: PLC0415

    file, settings, ours, share = given
    with tempfile.TemporaryDirectory() as nowhere:
        config = load_config(file, site_dir=nowhere, **settings)
        plugin: Any = config.plugins["mingbai"]
        plugin.config.update(ours)
        plugin.share, plugin.given = share, _CHECKED[0]
        try:
            build(config)
        except BuildError as error:
            return str(error) or type(error).__name__
    return ""


_CHECKED: list[CheckedPolicies] = []
"""In a worker process: the policies."""


def _start(checked: CheckedPolicies) -> None:
    _CHECKED[:] = [checked]
