"""Several processes make the output of many places side by side, and cache it."""

import multiprocessing
import os
import tempfile
from concurrent.futures import ProcessPoolExecutor
from typing import TYPE_CHECKING, Any, NamedTuple

from mingbai.checks.policies import CheckedPolicies

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig

MIN_PLACES = 12
"""Fewer places are made sooner by the process that is there: another one takes seconds to start."""
MAX_PLACES_PER_SHARD = 50
"""So many places have all their pages in the memory of a process."""


class Shard(NamedTuple):
    """The work of one process: the settings file, MkDocs' settings, the plugin's options, and the places to make."""

    file: str
    settings: dict[str, Any]
    options: dict[str, Any]
    places: list[str]


class WorkerError(Exception):
    """A process could not make its places; the text says why."""


def make_places_in_processes(
    config: "MkDocsConfig", options: dict[str, Any], checked: CheckedPolicies, places: list[str]
) -> None:
    """Make and cache the output of places, for a site with MkDocs' settings `config` and the plugin's `options`.

    It is made from the policies as they were `checked`, even if the files were changed since. Raises `WorkerError` for
    whatever stops one of the processes.
    """
    jobs = os.process_cpu_count() or 1
    if jobs == 1:
        return
    settings = {key: config[key] for key in ("docs_dir", "site_url", "strict")}
    settings["theme"] = {key: config.theme[key] for key in ("name", "language", "font")}
    settings["theme"]["custom_dir"] = config.theme.custom_dir
    count = max(jobs, -(-len(places) // MAX_PLACES_PER_SHARD))
    context = multiprocessing.get_context("spawn")  # the others do not go with threads
    with ProcessPoolExecutor(jobs, mp_context=context, initializer=_start, initargs=(checked,)) as pool:
        shards = [Shard(config.config_file_path, settings, options, places[which::count]) for which in range(count)]
        for problem in pool.map(_make_shard, shards):
            if problem:
                raise WorkerError(problem)


def _make_shard(shard: Shard) -> str:
    """Make the places of one shard; return what stopped it, ``""`` if nothing did."""
    from mkdocs.commands.build import build  # noqa: PLC0415 - slow to import, and only here
    from mkdocs.config import load_config  # noqa: PLC0415
    from mkdocs.exceptions import BuildError  # noqa: PLC0415

    from mingbai.build.mkdocs_plugin import Request, put_request  # noqa: PLC0415 - it imports this module

    with tempfile.TemporaryDirectory() as nowhere:
        config = load_config(shard.file, site_dir=nowhere, **shard.settings)
        put_request(config, Request(_CHECKED[0], shard.places), shard.options)
        try:
            build(config)
        except BuildError as error:
            return str(error) or type(error).__name__
    return ""


_CHECKED: list[CheckedPolicies] = []
"""In a worker process: the policies."""


def _start(checked: CheckedPolicies) -> None:
    _CHECKED[:] = [checked]
