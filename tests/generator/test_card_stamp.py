"""Stamp of a place's cards: it changes when the place or one above it says something else, and at no other edit."""

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from mingbai.bundle.card_stamp import CARD_STAMP, as_of_card, get_card_stamp
from mingbai.bundle.timeline import find_current_versions
from mingbai.checks.policies import compiled_bundle, run_checks
from mingbai.core.cache import Cache
from tests.command import mingbai
from tests.conftest import POLICIES

type Json = dict[str, Any]

PLACES = ("national", "gansu", "gaotai", "kangle", "enshi")
"""gaotai and kangle lie below gansu, gansu below national; enshi lies below none."""


@pytest.fixture(scope="module")
def policies(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("stamps") / "policies"
    folder.mkdir()
    for name in PLACES:
        shutil.copytree(POLICIES / name, folder / name)
    for name in ("facts.yaml", "terms.yaml", "sources.yaml"):
        shutil.copy(POLICIES / name, folder)
    return folder


@pytest.fixture(scope="module")
def before(policies: Path) -> Json:
    return stamps_of(policies)


def stamps_of(policies: Path) -> Json:
    checked = run_checks(policies, cache=Cache())
    assert not checked.problems.errors
    return {name: place[CARD_STAMP] for name, place in checked.bundle["places"].items()}


def changed_by(policies: Path, before: Json, file: str, edit: Callable[[str], str]) -> set[str]:
    """Return the places with another stamp after the edit of a file, which is taken back."""
    path = policies / file
    written = path.read_text(encoding="utf-8")
    path.write_text(edit(written), encoding="utf-8")
    try:
        after = stamps_of(policies)
    finally:
        path.write_text(written, encoding="utf-8")
    return {name for name in PLACES if after[name] != before[name]}


def replacing(old: str, new: str) -> Callable[[str], str]:
    def edit(text: str) -> str:
        assert old in text
        return text.replace(old, new, 1)

    return edit


FACT = """
extra_fact:
  type: bool
  group: person
  name: {zh: "另一个县的事", en: "Of another county"}
  question: {zh: "您是另一个县的吗？", en: "Are you from another county?"}
  why: {zh: "另一个县要问。", en: "Another county asks."}
"""


@pytest.mark.parametrize(
    ("file", "edit", "changed"),
    [
        ("gaotai/place.yaml", replacing("大约是2016年的", "大概是2016年的"), {"gaotai"}),
        ("gaotai/inpatient/2016-01-01.yaml", replacing("住院", "住医院"), {"gaotai"}),
        ("gansu/place.yaml", replacing("zh: 这", "zh: 这里，这"), {"gansu", "gaotai", "kangle"}),
        ("national/place.yaml", replacing("zh: 这", "zh: 这里，这"), {"national", "gansu", "gaotai", "kangle"}),
        ("enshi/place.yaml", replacing('name: {zh: "', 'name: {zh: "新'), {"enshi"}),
        ("facts.yaml", lambda text: text + FACT, set()),
        ("terms.yaml", replacing("topics:\n", 'topics:\n  elsewhere: {zh: "别处", en: "Elsewhere"}\n'), set()),
        ("sources.yaml", lambda text: text.replace("note:", "note:", 1) + "\n# a remark\n", set()),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_an_edit_changes_the_stamps_of_its_place_and_those_below(
    policies: Path, before: Json, file: str, edit: Callable[[str], str], changed: set[str]
) -> None:
    assert changed_by(policies, before, file, edit) == changed


def test_words_that_a_place_uses_are_a_part_of_its_stamp(policies: Path, before: Json) -> None:
    changed = changed_by(policies, before, "facts.yaml", replacing("建档立卡", "建了档立了卡的"))
    assert "gaotai" in changed


def test_a_publication_elsewhere_moves_no_card(policies: Path, before: Json) -> None:
    addresses = policies / "published-addresses.txt"
    addresses.write_text("2031-05-01 /enshi/\n2030-01-01 /gaotai/\n", encoding="utf-8")
    try:
        after = compiled_bundle(policies)["places"]
    finally:
        addresses.unlink()
    known = {name: place[CARD_STAMP]["known"] for name, place in after.items()}
    assert (known["enshi"], known["gaotai"]) == ("2031-05-01", "2030-01-01")
    assert {name: known[name] for name in ("national", "gansu", "kangle")} == {
        name: before[name]["known"] for name in ("national", "gansu", "kangle")
    }
    assert {name: place[CARD_STAMP]["hash"] for name, place in after.items()} == {
        name: before[name]["hash"] for name in PLACES
    }


def test_a_card_is_set_as_of_a_day_of_its_place(bundle: Json) -> None:
    gaotai = bundle["places"]["gaotai"]
    of_2015 = as_of_card(bundle, gaotai, "2015-06-01")
    assert find_current_versions(of_2015, gaotai)["inpatient"]["start"] is None
    own = as_of_card(bundle, gaotai)
    assert own["known"] == get_card_stamp(gaotai).known
    assert find_current_versions(own, gaotai)["inpatient"]["start"] == "2016-01-01"


def test_the_day_of_the_newest_document_is_the_places_own(bundle: Json) -> None:
    assert get_card_stamp(bundle["places"]["chuzhou"]).source_day == "2016-09-28"
    assert get_card_stamp(bundle["places"]["gaotai"]).source_day == ""  # its documents bear no day


def test_blank_cards_of_another_day(tmp_path: Path) -> None:
    call = mingbai("cards", "gaotai", "--theme", "inpatient", "--date", "2015-06-01", "--output", str(tmp_path))
    assert call.returncode == 0, call.stderr
    call = mingbai("cards", "gaotai", "--theme", "inpatient", "--date", "2015-13-01", "--output", str(tmp_path))
    assert call.returncode == 2
