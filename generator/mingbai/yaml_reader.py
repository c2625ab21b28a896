"""Reading a YAML file to plain values without losing where each of them stands.

ruamel.yaml composes the nodes; this module walks them. So there are exact positions for keys and
values, every duplicate key is seen, and nothing is guessed: a date or a decimal number stays the
text that was written.
"""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, cast

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from mingbai.problems import Path_, Problem, Problems, dotted, nearest

LARGEST_FILE = 1_000_000
DEEPEST = 40
LONGEST_NUMBER = 15

_YAML = "tag:yaml.org,2002:"
_PLAIN_TAGS = frozenset(_YAML + name for name in ("str", "int", "float", "bool", "null", "timestamp"))


@dataclass(slots=True)
class Document:
    """A file's values, and the position (line, column, from 1) of each key and value by path.

    What could not be read stands in `broken`: it has its problem already.
    """

    file: Path
    value: Any = None
    keys: dict[Path_, tuple[int, int]] = field(default_factory=dict)
    values: dict[Path_, tuple[int, int]] = field(default_factory=dict)
    broken: set[Path_] = field(default_factory=set)

    def problem(
        self,
        code: str,
        path: Path_ = (),
        *,
        found: object = "",
        expected: tuple[str, ...] = (),
        at_key: bool = False,
        **extra: str,
    ) -> Problem:
        """Return a problem at a path of this document, with the nearest expected word."""
        line, column = self.position(path, at_key=at_key)
        word = found if isinstance(found, str) else _written(found)
        return Problem(code, self.file, line, column, dotted(path), word, expected, nearest(word, expected), extra)

    def position(self, path: Path_, *, at_key: bool = False) -> tuple[int, int]:
        """Return where `path` stands; where it does not, the nearest thing above it."""
        if at_key and path in self.keys:
            return self.keys[path]
        while path and path not in self.values:
            path = path[:-1]
        return self.values.get(path, (1, 1))


def read_document(file: Path, problems: Problems, *, shown_as: Path | None = None) -> Document | None:
    """Read one file. What is wrong is added to `problems`; None where nothing could be read."""
    document = Document(shown_as or file)
    text = _text(file, document, problems)
    node = None if text is None else _composed(text, document, problems)
    if node is None:
        return None
    document.value = _convert(node, (), document, problems, 0)
    return document


def _text(file: Path, document: Document, problems: Problems) -> str | None:
    """Return what the file holds, if it is not too much and UTF-8."""
    try:
        data = file.read_bytes()
        if len(data) <= LARGEST_FILE:
            return data.decode("utf-8")
        problems.add(document.problem("file-too-large", found=f"{len(data)}", limit=f"{LARGEST_FILE}"))
    except UnicodeDecodeError as error:
        problems.add(document.problem("not-utf8", found=f"{error.start}"))
    except OSError as error:
        problems.add(document.problem("unreadable", found=error.strerror or ""))
    return None


def _composed(text: str, document: Document, problems: Problems) -> Node | None:
    """Return the root node of a YAML text."""
    try:
        node: Node | None = YAML(typ="rt", pure=True).compose(text)
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        problems.add(Problem("yaml-syntax", document.file, line, column, found=_syntax(error)))
    except (YAMLError, ValueError, RecursionError) as error:
        problems.add(Problem("yaml-syntax", document.file, 1, 1, found=str(error).split("\n", 1)[0]))
    else:
        if node is None:
            problems.add(document.problem("empty-file"))
        return node
    return None


def _convert(node: Node, path: Path_, document: Document, problems: Problems, depth: int) -> Any:  # noqa: ANN401 - any YAML value
    document.values[path] = (node.start_mark.line + 1, node.start_mark.column + 1)
    if depth > DEEPEST:
        problems.add(document.problem("too-deep", path[:1]))
        document.broken.add(path[:1])
        return None
    if node.anchor is not None:
        problems.add(document.problem("anchor", path, found=str(node.anchor)))
        document.broken.add(path)
        return None
    if isinstance(node, MappingNode):
        return _mapping(node, path, document, problems, depth)
    if isinstance(node, SequenceNode):
        return [_convert(item, (*path, index), document, problems, depth + 1) for index, item in enumerate(node.value)]
    return _scalar(cast("ScalarNode", node), path, document, problems)


def _mapping(node: MappingNode, path: Path_, document: Document, problems: Problems, depth: int) -> dict[str, Any]:
    mapping: dict[str, Any] = {}
    for key_node, value_node in node.value:
        key = str(key_node.value)
        inner = (*path, key)
        position = (key_node.start_mark.line + 1, key_node.start_mark.column + 1)
        if key in mapping:
            first = document.keys[inner][0]
            problems.add(
                Problem("duplicate-key", document.file, *position, dotted(inner), key, extra={"first": str(first)})
            )
            continue
        document.keys[inner] = position
        mapping[key] = _convert(value_node, inner, document, problems, depth + 1)
    return mapping


def _scalar(node: ScalarNode, path: Path_, document: Document, problems: Problems) -> Any:  # noqa: ANN401
    tag, text = str(node.tag), str(node.value)
    if tag not in _PLAIN_TAGS:
        problems.add(document.problem("tag", path, found=tag.replace(_YAML, "!!")))
        document.broken.add(path)
        return None
    if node.style in ("'", '"', "|", ">"):
        return text
    if tag == _YAML + "bool" and text.lower() in ("true", "false"):
        return text.lower() == "true"
    if tag == _YAML + "null":
        return None
    if tag == _YAML + "int" and text.isdigit() and len(text) <= LONGEST_NUMBER:
        return int(text)
    return text


def _syntax(error: MarkedYAMLError) -> str:
    return " ".join(str(part) for part in (error.context, error.problem) if part)


def _written(value: object) -> str:
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, dict):
        return "{...}"
    return "[...]" if isinstance(value, list) else str(value)
