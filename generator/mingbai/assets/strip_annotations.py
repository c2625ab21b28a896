"""Python sources without annotations and type aliases: a phone makes them on import, and nothing there reads them.

Lines stay where they are, so tracebacks name the right ones. Named tuples keep their annotations: they are made from
them.
"""

import ast
from collections.abc import Iterator

type Edit = tuple[int, int, bytes, bytes]
"""First and last position of what is replaced (bytes), the replacement, and how a line of it goes on in the next."""


def strip_annotations(source: bytes) -> bytes:
    """Return a source without annotations of functions, and of variables of modules and classes.

    An alias stands for `object`, as fields of named tuples may name it.
    """
    starts = [0]
    for line in source.split(b"\n"):
        starts.append(starts[-1] + len(line) + 1)
    for begin, end, text, line_end in sorted(_list_edits(source, ast.parse(source), starts), reverse=True):
        source = source[:begin] + text + line_end * source.count(b"\n", begin, end) + source[end:]
    return source


def _list_edits(source: bytes, tree: ast.Module, starts: list[int]) -> Iterator[Edit]:
    yield from _list_edits_of_body(tree.body, starts)
    for node in ast.walk(tree):
        if isinstance(node, ast.arg) and node.annotation is not None:
            begin = starts[node.lineno - 1] + node.col_offset + len(node.arg.encode())
            yield begin, _end(node.annotation, starts), b"", b"\n"
        elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            if node.returns is not None:
                begin = source.rindex(b"->", 0, _begin(node.returns, starts))
                yield begin, _end(node.returns, starts), b"", b"\n"
            if node.type_params:
                begin = source.rindex(b"[", 0, _begin(node.type_params[0], starts))
                yield begin, source.index(b"]", _end(node.type_params[-1], starts)) + 1, b"", b"\\\n"
        elif isinstance(node, ast.ClassDef) and not any(ast.unparse(base) == "NamedTuple" for base in node.bases):
            yield from _list_edits_of_body(node.body, starts)


def _list_edits_of_body(body: list[ast.stmt], starts: list[int]) -> Iterator[Edit]:
    for statement in body:
        if isinstance(statement, ast.TypeAlias) and not statement.type_params:
            yield _begin(statement, starts), _end(statement, starts), statement.name.id.encode() + b" = object", b"\n"
        elif isinstance(statement, ast.AnnAssign) and statement.value is None:
            yield _begin(statement, starts), _end(statement, starts), b"pass", b"\n"
        elif isinstance(statement, ast.AnnAssign):
            yield _end(statement.target, starts), _end(statement.annotation, starts), b"", b"\\\n"


def _begin(node: ast.expr | ast.stmt | ast.type_param, starts: list[int]) -> int:
    """Return where a node begins (bytes)."""
    return starts[node.lineno - 1] + node.col_offset


def _end(node: ast.expr | ast.stmt | ast.type_param, starts: list[int]) -> int:
    """Return where a node ends (bytes)."""
    return starts[(node.end_lineno or node.lineno) - 1] + (node.end_col_offset or 0)
