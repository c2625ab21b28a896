"""libyaml and ruamel.yaml's own parser read the same from every text that libyaml's part covers."""

import random
from typing import Any

import pytest
from ruamel.yaml.error import YAMLError
from ruamel.yaml.events import DocumentEndEvent, Event, MappingEndEvent, SequenceEndEvent, StreamEndEvent

from mingbai.syntax import events
from mingbai.syntax.events import parse_with_libyaml, parse_with_ruamel
from tests.conftest import ROOT
from tests.generator.test_hostile_files import PIECES
from tests.quick import cases, thinned

FILES = sorted(
    path for folder in ("policies", "tests/policies", "generator") for path in (ROOT / folder).rglob("*.yaml")
)


def described(event: Event) -> tuple[Any, ...]:
    """Return everything of an event that the reader of policy files looks at."""
    of_kind = tuple(getattr(event, name, None) or None for name in ("anchor", "ctag", "style", "flow_style", "version"))
    if isinstance(event, MappingEndEvent | SequenceEndEvent | DocumentEndEvent | StreamEndEvent):
        return (type(event),)  # the reader never asks where one stands
    start = event.start_mark
    end = event.end_mark.index if of_kind[2] == '"' else None
    return type(event), getattr(event, "value", None), of_kind, (start.line, start.column, start.index), end


def differs(text: str) -> bool | None:
    """Return whether the two parsers differ; None if the text is for ruamel.yaml alone."""
    found = parse_with_libyaml(text)
    if found is None:
        return None
    try:
        return [described(event) for event in parse_with_ruamel(text)] != [described(event) for event in found]
    except (YAMLError, ValueError, IndexError, TypeError, AttributeError):
        return True


def damaged(text: str, chance: random.Random) -> str:
    """Return twelve lines of a text, with a few signs put in, taken out or doubled."""
    lines = text.splitlines(keepends=True)
    start = chance.randrange(len(lines))
    signs = list("".join(lines[start : start + 12]))
    for _ in range(chance.randint(1, 3)):
        place = chance.randrange(len(signs) + 1)
        length = chance.randint(0, 2)
        signs[place : place + length] = chance.choice(PIECES) if chance.random() < 0.7 else signs[place : place + 3] * 2
    return "".join(signs)


def try_damaged(seed: int, number: int) -> int:
    """Compare both parsers on random texts; return how many libyaml read."""
    chance, read = random.Random(seed), 0  # noqa: S311
    texts = [file.read_text(encoding="utf-8") for file in FILES if file.stat().st_size and "bad" not in file.parts]
    for _ in range(number):
        text = damaged(chance.choice(texts), chance)
        found = differs(text)
        assert not found, text
        read += found is not None
    return read


def test_both_read_the_same_files() -> None:
    assert events.CParser is not None, "libyaml is not installed: every check takes twice as long"
    texts = [file.read_bytes().decode("utf-8", "replace") for file in thinned(FILES, every=5)]
    found = [differs(text) for text in texts]
    assert not [text for text, differ in zip(texts, found, strict=True) if differ]
    assert found.count(None) < len(found) / 4


def test_both_read_the_same_damaged_texts() -> None:
    number = cases(2000, quick=200)
    assert try_damaged(1, number) > number / 20


@pytest.mark.soak
def test_both_read_the_same_hundred_thousand_damaged_texts() -> None:
    assert try_damaged(2, 100_000) > 5000


@pytest.mark.parametrize("text", ["a: &x 1", "%YAML 1.1\n---\na: 1", "a: 1\r\nb: 2\r\n", "a:\tb", "a: [1"])
def test_the_rest_is_for_ruamel_alone(text: str) -> None:
    assert parse_with_libyaml(text) is None


def test_without_libyaml_files_are_read_all_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(events, "CParser", None)
    assert [type(event).__name__ for event in events.parse_events("a: 1")][2] == "MappingStartEvent"
