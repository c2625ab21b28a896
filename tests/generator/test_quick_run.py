"""`make quick ROOM=...` finds the tests of a room, and the quick run drops no test, only rows of tables."""

import pytest

from tests.quick import SWITCH, cases, thinned
from tests.room import files_of, rooms


def test_a_room_has_the_tests_that_import_it_or_bear_its_name() -> None:
    assert "tests/calculator/test_money.py" in files_of("money")
    assert "tests/generator/test_cards.py" in files_of("cards")
    assert "tests/generator/test_languages.py" in files_of("pages")
    assert files_of("no-such-room") == []
    assert {"kinds", "pages"} <= rooms()


def test_only_the_quick_run_takes_a_sample(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(SWITCH, "1")
    assert (cases(100, quick=7), thinned([1, 2, 3, 4, 5], every=2)) == (7, [1, 3, 5])
    monkeypatch.delenv(SWITCH)
    assert (cases(100, quick=7), thinned([1, 2, 3], every=2)) == (100, [1, 2, 3])
