"""The events of a YAML text: libyaml reads what is well formed, ruamel.yaml's own parser all the rest.

libyaml is about eight times as fast, and parsing is most of the time of a check. Its messages are not those that
`mingbai.syntax.mistakes` explains, and it knows YAML 1.1: so a text that it refuses, or that holds a sign that the two
versions of YAML read differently, is read by ruamel.yaml alone. A test compares both on every file and on damaged ones.
"""

import re
from collections.abc import Iterator
from contextlib import suppress
from importlib import import_module
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError
from ruamel.yaml.events import (
    Event,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

DEEPEST = 40
"""So deep may lists and maps be nested in a policy file."""

CParser: Any = None
"""libyaml's parser; None where it is not installed, as in the browser."""
with suppress(ImportError):
    CParser = import_module("_ruamel_yaml").CParser  # it has no types

_READ_DIFFERENTLY = re.compile("(?m:^%)|[\t\r\x85\u2028\u2029\ufeff&*!]")
"""Signs that libyaml is not asked about: line ends of YAML 1.1, tabs, directives, anchors, aliases and tags."""


def parse_events(text: str) -> Iterator[Event]:
    """Yield the events of a text; raises `YAMLError`, or an error of ruamel.yaml's own, where it is no YAML."""
    events = parse_with_libyaml(text)
    return parse_with_ruamel(text) if events is None else iter(events)


def parse_with_libyaml(text: str) -> list[Event] | None:
    """Return the events of a text; None if they are for ruamel.yaml to find."""
    if CParser is None or _READ_DIFFERENTLY.search(text):
        return None
    parser, events, depth = CParser(text), [], 0
    try:
        while parser.check_event():
            event = parser.get_event()
            if isinstance(event, MappingStartEvent | SequenceStartEvent):
                depth += 1
                if depth > DEEPEST:
                    return None  # libyaml's time grows with the square of the depth
            elif isinstance(event, MappingEndEvent | SequenceEndEvent):
                depth -= 1
            if isinstance(event, ScalarEvent) and not event.value and not event.style:
                return None  # the two place a value that is not there differently
            events.append(event)
    except (YAMLError, ValueError):
        return None
    return events


def parse_with_ruamel(text: str) -> Iterator[Event]:
    """Yield the events of a text, with ruamel.yaml's own parser."""
    events: Iterator[Event] = YAML(typ="safe", pure=True).parse(text)
    return events
