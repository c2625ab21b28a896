"""Every promise of the sources is a policy, exactly once, or excused; in our own words, in two languages."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from mingbai.diagnostics.problem import Problems
from mingbai.loader.library import load
from tests.conftest import POLICIES
from tests.policies.sources_prose import RUN, fingerprints, letters, runs

INVENTORY = dict(
    line.split() for line in Path(__file__).with_name("inventory.txt").read_text(encoding="utf-8").splitlines()[1:]
)
NOT_PROSE = ("sources", "facts")
"""Titles of documents are their own; questions about facts are not from any source."""
COMPUTED = {"share", "ceiling", "floor", "fee", "cash", "premium", "status"}


def strings(value: Any) -> Iterator[str]:  # noqa: ANN401 - any part of the bundle
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, inner in value.items():
            if key != "en":
                yield from strings(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from strings(inner)


def test_every_id_of_the_inventory_is_covered_once_or_excused() -> None:
    library = load(POLICIES, Problems())
    covered: Counter[str] = Counter()
    for place in library.places.values():
        for versions in place.policies.values():
            ids = {id_ for version in versions for id_ in version.model.covers}
            covered.update(ids)
        covered.update(id_ for excuse in place.model.not_policies for id_ in excuse.covers)
    assert set(covered) == set(INVENTORY)
    assert not {id_: count for id_, count in covered.items() if count != 1}
    assert len(INVENTORY) == 248


def test_every_rule_that_is_worked_out_has_an_example(bundle: dict[str, Any]) -> None:
    for place in bundle["places"].values():
        for policy, versions in place["policies"].items():
            if versions[-1]["kind"] in COMPUTED:
                assert any(version["examples"] for version in versions), (place["id"], policy)


def test_there_are_fingerprints_and_they_find_what_is_copied() -> None:
    known = fingerprints()
    assert len(known) > 50_000
    copied = "建档立卡贫困参合患者大病保险报销比例"
    assert any(digest in known for _, digest in runs(copied))


@pytest.mark.parametrize("part", ["places", "terms"])
def test_no_run_of_the_sources_prose_stands_in_the_policies(bundle: dict[str, Any], part: str) -> None:
    known = fingerprints()
    copied = {run for text in strings(bundle[part]) for run, digest in runs(text) if digest in known}
    assert not copied


def test_runs_are_long_enough_to_be_prose() -> None:
    assert letters("2016年1月1日，起。(wèi)") == "2016年1月1日起"
    assert [run for run, _ in runs("一" * RUN)] == ["一" * RUN]
    assert not list(runs("一" * (RUN - 1)))
