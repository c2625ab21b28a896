"""Python sources without the annotations of functions: a phone makes them on import, and nothing there reads them.

Lines stay where they are, so tracebacks name the right ones. Fields of classes keep their annotations: a named tuple
is made from them.
"""

import ast


def strip_annotations(source: bytes) -> bytes:
    """Return a source without the annotations of its functions' arguments and results."""
    lines = source.split(b"\n")
    starts = [0]
    for line in lines:
        starts.append(starts[-1] + len(line) + 1)

    def offset(line: int, column: int) -> int:
        return starts[line - 1] + column

    cuts: list[tuple[int, int]] = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.arg) and node.annotation is not None:
            begin = offset(node.lineno, node.col_offset) + len(node.arg.encode())
            cuts.append((begin, _end(node.annotation, starts)))
        elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.returns is not None:
            begin = source.rindex(b"->", 0, offset(node.returns.lineno, node.returns.col_offset))
            cuts.append((begin, _end(node.returns, starts)))
    for begin, end in sorted(cuts, reverse=True):
        source = source[:begin] + b"\n" * source.count(b"\n", begin, end) + source[end:]
    return source


def _end(node: ast.expr, starts: list[int]) -> int:
    """Return where an annotation ends (bytes)."""
    return starts[(node.end_lineno or node.lineno) - 1] + (node.end_col_offset or 0)
