"""Reading a YAML file to plain values without losing where each of them stands.

ruamel.yaml parses; this module builds the values from its events. So there are exact positions for
keys and values, every duplicate key is seen, and nothing is guessed: a date or a decimal number stays
the text that was written. Aliases are refused before anything is expanded, and reading stops where a
file is nested too deeply: whatever a file holds, reading it takes bounded time and memory.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.events import (
    AliasEvent,
    DocumentEndEvent,
    DocumentStartEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamEndEvent,
    StreamStartEvent,
)

from mingbai.diagnostics.problem import KeyPath, Problem, Problems, format_path
from mingbai.files.source_file import SourceFile, read_source
from mingbai.i18n.languages import SITE
from mingbai.syntax.document import Document
from mingbai.syntax.events import DEEPEST, parse_events
from mingbai.syntax.mistakes import full_width_key, full_width_value, half_width, mistake, parser_says
from mingbai.syntax.text import UnreadableError, decode_text, hidden_characters, named, plain_word, position

LONGEST_NUMBER = 15
_LANGUAGES = SITE.selected
_NULL = ("", "~", "null", "Null", "NULL")


def read_document(file: Path, problems: Problems, *, shown_as: Path | None = None) -> Document | None:
    """Read one file. What is wrong is added to `problems`; None where nothing could be read."""
    return parse_document(read_source(file), problems, shown_as=shown_as)


def parse_document(source: SourceFile, problems: Problems, *, shown_as: Path | None = None) -> Document | None:
    """Parse a file that was read already, as `read_document` does."""
    document = Document(shown_as or source.path)
    try:
        text = decode_text(source)
    except UnreadableError as error:
        problems.add(Problem(error.code, document.file, *error.at, found=error.found, extra=error.extra))
        return None
    return document if _read(text, document, problems) else None


def _read(text: str, document: Document, problems: Problems) -> bool:
    """Read a text into `document`; return whether that was possible."""
    printable = True
    for hidden in hidden_characters(text):
        at = position(text, hidden.index)
        problems.add(Problem(hidden.code, document.file, *at, found=hidden.name))
        printable = printable and hidden.code != "control-character"
    if not printable:  # YAML itself refuses them
        return False
    try:
        return _Reader(parse_events(text), text, document, problems).read()
    except _StopError:
        pass
    except MarkedYAMLError as error:
        code, line, column, found = mistake(error, text)
        extra = {"half": half_width(found)} if code == "full-width" else {}
        extra |= {"parser": parser_says(found)} if code == "yaml-syntax" else {}
        problems.add(Problem(code, document.file, line, column, found=found, extra=extra))
    except (YAMLError, ValueError, IndexError, TypeError, AttributeError) as error:  # slips of the parser itself
        said = str(error).split("\n", 1)[0]
        problems.add(Problem("yaml-syntax", document.file, 1, 1, found=said, extra={"parser": parser_says(said)}))
    return False


class _Several(list[str]):
    """Entries of a list that full-width commas have joined."""


class _StopError(Exception):
    """Reading on would be of no use; the problem is told already."""


@dataclass(slots=True)
class _Reader:
    """Builds a document from the events of its text."""

    events: Iterator[Event]
    text: str
    document: Document
    problems: Problems

    def read(self) -> bool:
        """Read the first document of the stream; return whether there is one."""
        first = True
        for event in self.events:
            if isinstance(event, StreamStartEvent | DocumentEndEvent):
                continue
            if isinstance(event, StreamEndEvent):
                break
            if isinstance(event, DocumentStartEvent):
                if not first:
                    self._tell("two-documents", event, ())
                    raise _StopError
                if event.version or event.tags:
                    self._tell("directive", event, ())
                    raise _StopError
                continue
            first = False
            self.document.value = self.value(event, (), 0)
        if first:
            self.problems.add(self.document.problem("empty-file"))
        return not first

    def value(self, event: Event, path: KeyPath, depth: int, *, in_list: bool = False) -> Any:  # noqa: ANN401 - any YAML value
        """Return the value that begins with `event`."""
        self.document.values[path] = _at(event)
        if depth > DEEPEST:
            self._tell("too-deep", event, path[:1])
            raise _StopError
        if isinstance(event, AliasEvent):
            return self._refuse("anchor", event, path, f"*{event.anchor}")
        good = self._is_plain(event, path)
        if isinstance(event, MappingStartEvent):
            value: Any = self._mapping(path, depth)
        elif isinstance(event, SequenceStartEvent):
            value = self._sequence(path, depth, in_list=bool(event.flow_style))
        else:
            value = self._scalar(event, path, in_list=in_list) if good and isinstance(event, ScalarEvent) else None
        return value if good else None

    def _sequence(self, path: KeyPath, depth: int, *, in_list: bool) -> list[Any]:
        values: list[Any] = []
        while not isinstance(event := next(self.events), SequenceEndEvent):
            value = self.value(event, (*path, len(values)), depth + 1, in_list=in_list)
            values += value if isinstance(value, _Several) else [value]
        return values

    def _mapping(self, path: KeyPath, depth: int) -> dict[str, Any]:
        mapping: dict[str, Any] = {}
        while not isinstance(event := next(self.events), MappingEndEvent):
            if not isinstance(event, ScalarEvent) or not event.value:
                self._tell("bad-key", event, path)
                if not isinstance(event, ScalarEvent):
                    raise _StopError  # what follows cannot be told apart from it
            key, joined = self._key(event, path)
            inner = (*path, key)
            if key in mapping:
                self._tell("duplicate-key", event, inner, key, first=str(self.document.keys[inner][0]))
                self.value(next(self.events), (*inner, "again"), depth + 1)
                continue
            self.document.keys[inner] = _at(event)
            value = self.value(next(self.events), inner, depth + 1)
            mapping[key] = joined if joined and value is None else value
        return mapping

    def _key(self, event: ScalarEvent, path: KeyPath) -> tuple[str, str]:
        """Return the key that was meant, and the value where a full-width colon has joined the two."""
        key = str(event.value)
        self._is_plain(event, (*path, key))
        split = full_width_key(key)
        if split is not None:
            name, joined, offset = split
            self._tell("full-width", event, (*path, name), key[offset], offset=offset, half=half_width(key[offset]))
            return name, joined
        return self._plain_word(event, (*path, key)), ""

    def _scalar(self, event: ScalarEvent, path: KeyPath, *, in_list: bool) -> Any:  # noqa: ANN401
        text = str(event.value)
        if event.style:
            if event.style == '"':
                self._look_at_escapes(event, path)
            return text
        if path == () and (split := full_width_key(text)) is not None:
            self._tell("full-width", event, path, "：", offset=split[2], half=":")
            raise _StopError
        if path[-1:] and path[-1] not in _LANGUAGES:
            meant = full_width_value(text, in_list=in_list)
            if meant is not None:
                return self._full_width(event, path, *meant)
            text = self._plain_word(event, path)
        return _plain(text)

    def _full_width(self, event: ScalarEvent, path: KeyPath, offset: int, meant: list[str]) -> Any:  # noqa: ANN401
        sign = str(event.value)[offset]
        self._tell("full-width", event, path, sign, offset=offset, half=half_width(sign))
        if not meant:
            raise _StopError  # what follows is taken apart wrongly
        return _plain(meant[0]) if len(meant) == 1 else _Several(meant)

    def _plain_word(self, event: ScalarEvent, path: KeyPath) -> str:
        """Return a word; where it only looks like one of plain letters, say so and return that one."""
        text = str(event.value)
        word = plain_word(text)
        if word is not None:
            index = next(index for index, character in enumerate(text) if not character.isascii())
            self._tell("look-alike", event, path, text, offset=index, character=named(text[index]), word=word)
        return text if word is None else word

    def _look_at_escapes(self, event: ScalarEvent, path: KeyPath) -> None:
        r"""Refuse what nobody sees where it was written as an escape: ``"\u202e"``."""
        written = self.text[event.start_mark.index : event.end_mark.index]
        if "\\" not in written:
            return
        for hidden in hidden_characters(str(event.value)):
            self._tell(hidden.code, event, path, hidden.name)

    def _is_plain(self, event: Event, path: KeyPath) -> bool:
        """Return whether a node has neither an anchor nor a tag."""
        if event.anchor is not None:  # type: ignore[attr-defined] # every node has it
            self._refuse("anchor", event, path, f"&{event.anchor}")  # type: ignore[attr-defined]
            return False
        tag = event.ctag  # type: ignore[attr-defined]
        if tag is not None:
            self._refuse("tag", event, path, str(tag).replace("tag:yaml.org,2002:", "!!"))
            return False
        return True

    def _refuse(self, code: str, event: Event, path: KeyPath, found: str, *, offset: int = 0, **extra: str) -> None:
        self._tell(code, event, path, found, offset=offset, **extra)
        self.document.broken.add(path)

    def _tell(self, code: str, event: Event, path: KeyPath, found: str = "", *, offset: int = 0, **extra: str) -> None:
        line, column = _at(event)
        self.problems.add(
            Problem(code, self.document.file, line, column + offset, format_path(path), found, extra=extra)
        )


def _at(event: Event) -> tuple[int, int]:
    mark = event.start_mark
    return mark.line + 1, mark.column + 1


def _plain(text: str) -> str | int | bool | None:
    """Return the value of an unquoted word."""
    if text.lower() in ("true", "false"):
        return text.lower() == "true"
    if text in _NULL:
        return None
    return int(text) if text.isascii() and text.isdigit() and len(text) <= LONGEST_NUMBER else text
