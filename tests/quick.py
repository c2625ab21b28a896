"""The quick run, `pytest --quick`: every test that needs neither a browser nor a built site, in seconds.

Large tables and random cases are sampled in it: always the same ones, at a fixed stride. `make test` runs them all.
The last lines of a quick run say how many were taken and what was left out.
"""

import os
from collections import Counter
from collections.abc import Generator, Sequence

import pytest

SWITCH = "MINGBAI_QUICK"
SAMPLED = "sampled"
NEEDS = {"browser": "browser", "built_site": "site"}
"""Whoever uses one of these fixtures, directly or through another one, has this marker."""
COUNTS = pytest.StashKey[dict[str, int]]()
_taken: Counter[str] = Counter()


def cases(full: int, *, quick: int) -> int:
    """Return how many random cases a test tries: all of them, or those of the quick run."""
    taken = quick if is_quick() else full
    _count(taken, full)
    return taken


def thinned[Value](values: Sequence[Value], *, every: int) -> Sequence[Value]:
    """Return what a test looks at in a loop: everything, or every n-th in the quick run."""
    taken = values[::every] if is_quick() else values
    _count(len(taken), len(values))
    return taken


def is_quick() -> bool:
    return os.environ.get(SWITCH) == "1"


def _count(taken: int, of: int) -> None:
    _taken["taken"] += taken
    _taken["of"] += of


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--quick", action="store_true", help="without browser and built site, large tables sampled")


def pytest_configure(config: pytest.Config) -> None:
    config.stash[COUNTS] = {"rows": 0, "of": 0, "left": 0}
    if config.getoption("--quick"):
        os.environ[SWITCH] = "1"
        os.environ["MINGBAI_TEST_SITE"] = os.devnull  # a test that looks at a built site without saying so fails


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> Generator[None]:
    for item in items:
        for fixture in getattr(item, "fixturenames", ()):
            if fixture in NEEDS:
                item.add_marker(NEEDS[fixture])
    yield
    if not config.getoption("--quick"):
        return
    seen: Counter[str] = Counter()
    kept, left = [], []
    for item in items:
        if item.get_closest_marker("browser") or item.get_closest_marker("site"):
            left.append(item)
            continue
        table = item.get_closest_marker(SAMPLED)
        if table is None:
            kept.append(item)
            continue
        name = item.nodeid.partition("[")[0]
        (kept if seen[name] % table.args[0] == 0 else left).append(item)
        seen[name] += 1
    sampled = [item for item in kept if item.get_closest_marker(SAMPLED)]
    rows = seen.total()
    config.stash[COUNTS] = {"rows": len(sampled), "of": rows, "left": len(left) - rows + len(sampled)}
    config.hook.pytest_deselected(items=left)
    items[:] = kept


def pytest_sessionfinish(session: pytest.Session) -> None:
    output = getattr(session.config, "workeroutput", None)
    if output is not None:
        output["quick"] = [session.config.stash[COUNTS], dict(_taken)]


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: object) -> None:
    """Take what a worker of pytest-xdist counted: each collects everything and runs a part."""
    collected, ran = getattr(node, "workeroutput", {}).get("quick", ({}, {}))
    config = getattr(node, "config", None)
    if isinstance(config, pytest.Config):
        config.stash[COUNTS].update(collected)
    _taken.update(ran)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    if config.getoption("--quick") and not config.getoption("collectonly"):
        counts = config.stash[COUNTS]
        terminalreporter.write_line(
            f"quick: {counts['rows']} of {counts['of']} rows of large tables and {_taken['taken']} of"
            f" {_taken['of']} cases inside tests were tried; {counts['left']} tests that need a browser or a built"
            " site were left out. `make test` runs them all."
        )
