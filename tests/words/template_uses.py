"""Where a template says a sentence: ``say("key", figure=...)``, or a part of the catalogue that a variable holds."""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from jinja2 import Environment, nodes

from tests.conftest import ROOT
from tests.words.python_uses import Unreadable, complete_key
from tests.words.sentences import Sentences, Use
from tests.words.source import ANY_STEP

FOLDERS = ("generator/mingbai", "docs/overrides")
SUFFIXES = {".j2", ".html"}
PARTS = {
    "frame.words": "pages.frame",
    "quick.ui": "quick",
    "part.words": "commands.offline",
    "said": "commands.offline",
    "diag.md.j2 ui": "offline.diag",
    "estimator.md.j2 ui": "estimator",
    "codes.md.j2 words": "authors.codes",
    "index_page.html.j2 words": "pages.joined",
}
"""Part of the catalogue that a variable holds; behind the name of a template where it means that one alone."""

type Loops = Mapping[str, list[str]]
"""What the variables of loops run over, where it is written out."""


def list_template_uses(sentences: Sentences) -> Iterator[Use | Unreadable]:
    """Yield each use in the templates of pages, of the frame around them, and of files of one's own."""
    for folder in FOLDERS:
        for file in sorted((ROOT / folder).rglob("*")):
            if file.suffix in SUFFIXES:
                text = file.read_text(encoding="utf-8")
                yield from list_uses_of_template(text, file, sentences)


def list_uses_of_template(text: str, file: Path, sentences: Sentences) -> Iterator[Use | Unreadable]:
    """Yield each use in a template."""
    name = file.relative_to(ROOT).as_posix() if file.is_absolute() else file.as_posix()
    for node, loops in _walk(Environment(autoescape=True).parse(text), {}):
        if isinstance(node, nodes.Call) and isinstance(node.node, nodes.Name) and node.node.name == "say":
            keys = _read_texts(node.args[0], loops)
            line = f"{name}:{node.lineno}"
            if keys is None or node.dyn_kwargs is not None:
                yield Unreadable(name, node.lineno, f"say in {line}")
            else:
                figures = frozenset(keyword.key for keyword in node.kwargs)
                yield Use(name, node.lineno, tuple(map(complete_key, keys)), figures)
        elif isinstance(node, nodes.Getattr):
            yield from _read_part(node, name, file.name, sentences)


def _walk(node: nodes.Node, loops: Loops) -> Iterator[tuple[nodes.Node, Loops]]:
    yield node, loops
    inner = dict(loops)
    if isinstance(node, nodes.For) and isinstance(node.target, nodes.Name) and isinstance(node.iter, nodes.Tuple):
        inner[node.target.name] = [re.escape(item.value) for item in node.iter.items if isinstance(item, nodes.Const)]
    for child in node.iter_child_nodes():
        yield from _walk(child, inner)


def _read_texts(node: nodes.Node, loops: Loops) -> list[str] | None:
    """Return patterns of all texts that an expression may be; None where nothing is known of it."""
    match node:
        case nodes.Const(value=str(text)):
            return [re.escape(text)]
        case nodes.Name(name=name):
            return loops.get(name)
        case nodes.CondExpr(expr1=first, expr2=second) if second is not None:
            texts = [_read_texts(each, loops) for each in (first, second)]
            return None if None in texts else [text for each in texts for text in each or ()]
        case nodes.Concat(nodes=parts):
            joined = [""]
            for part in parts:
                joined = [before + text for before in joined for text in _read_texts(part, loops) or [ANY_STEP]]
            return joined
    return None


def _read_part(node: nodes.Getattr, file: str, template: str, sentences: Sentences) -> Iterator[Use]:
    """Yield the use of ``variable.key``: a sentence without figures."""
    path = _read_path(node)
    for variable, part in PARTS.items():
        only, _, alone = variable.rpartition(" ")
        if only in ("", template) and path.startswith(f"{alone}."):
            key = f"{part}.{path.removeprefix(f'{alone}.')}"
            if not any(each.startswith(f"{key}.") for each in sentences) and not key.endswith((".items", ".format")):
                yield Use(file, node.lineno, (re.escape(key),), frozenset())


def _read_path(node: nodes.Node) -> str:
    """Return ``a.b.c`` for an attribute of an attribute; ``""`` for anything else."""
    if isinstance(node, nodes.Name):
        return node.name
    if not isinstance(node, nodes.Getattr):
        return ""
    before = _read_path(node.node)
    return f"{before}.{node.attr}" if before else ""
