"""The quick run, `pytest --quick`: every test that needs neither a browser nor a built site, in seconds.

It samples large tables and random cases: always the same ones, at a fixed stride. `make test` runs them all.
The last lines of a quick run report how many cases were run and how many tests were left out.
"""

import os
from collections import Counter
from collections.abc import Generator, Sequence

import pytest

SWITCH = "MINGBAI_QUICK"
SAMPLED = "sampled"
NEEDS = {"browser": "browser", "built_site": "site"}
"""Fixture -> marker: a test that uses the fixture, directly or through another one, gets the marker."""
COUNTS = pytest.StashKey[dict[str, int]]()
_run_counts: Counter[str] = Counter()


def cases(full: int, *, quick: int) -> int:
    """Return how many random cases a test runs: `full`, or `quick` in the quick run."""
    sampled = quick if is_quick() else full
    _count(sampled, full)
    return sampled


def thinned[Value](values: Sequence[Value], *, every: int) -> Sequence[Value]:
    """Return the values that a test loops over: all of them, or every n-th in the quick run."""
    sampled = values[::every] if is_quick() else values
    _count(len(sampled), len(values))
    return sampled


def is_quick() -> bool:
    return os.environ.get(SWITCH) == "1"


def _count(sampled: int, of: int) -> None:
    _run_counts["taken"] += sampled
    _run_counts["of"] += of


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--quick", action="store_true", help="without browser and built site, large tables sampled")


def pytest_configure(config: pytest.Config) -> None:
    config.stash[COUNTS] = {"rows": 0, "of": 0, "left": 0}
    if config.getoption("--quick"):
        os.environ[SWITCH] = "1"
        os.environ["MINGBAI_TEST_SITE"] = os.devnull  # a test that reads a built site without the fixture fails


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> Generator[None]:
    for item in items:
        for fixture in getattr(item, "fixturenames", ()):
            if fixture in NEEDS:
                item.add_marker(NEEDS[fixture])
    yield
    if not config.getoption("--quick"):
        return
    rows_by_test: Counter[str] = Counter()
    selected, deselected = [], []
    for item in items:
        if item.get_closest_marker("browser") or item.get_closest_marker("site"):
            deselected.append(item)
            continue
        table = item.get_closest_marker(SAMPLED)
        if table is None:
            selected.append(item)
            continue
        name = item.nodeid.partition("[")[0]
        (selected if rows_by_test[name] % table.args[0] == 0 else deselected).append(item)
        rows_by_test[name] += 1
    sampled = [item for item in selected if item.get_closest_marker(SAMPLED)]
    rows = rows_by_test.total()
    config.stash[COUNTS] = {"rows": len(sampled), "of": rows, "left": len(deselected) - rows + len(sampled)}
    config.hook.pytest_deselected(items=deselected)
    items[:] = selected


def pytest_sessionfinish(session: pytest.Session) -> None:
    output = getattr(session.config, "workeroutput", None)
    if output is not None:
        output["quick"] = [session.config.stash[COUNTS], dict(_run_counts)]


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: object) -> None:
    """Add the counts of a worker of pytest-xdist: each worker collects all tests and runs some of them."""
    collected, ran = getattr(node, "workeroutput", {}).get("quick", ({}, {}))
    config = getattr(node, "config", None)
    if isinstance(config, pytest.Config):
        config.stash[COUNTS].update(collected)
    _run_counts.update(ran)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    if config.getoption("--quick") and not config.getoption("collectonly"):
        counts = config.stash[COUNTS]
        terminalreporter.write_line(
            f"quick: {counts['rows']} of {counts['of']} rows of large tables and {_run_counts['taken']} of"
            f" {_run_counts['of']} cases inside tests were tried; {counts['left']} tests that need a browser or a built"
            " site were left out. `make test` runs them all."
        )
