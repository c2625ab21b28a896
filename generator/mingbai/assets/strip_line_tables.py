"""Run by itself: takes the line numbers out of the .pyc files of a zip, where it lies.

A sixth of what the standard library weighs on its way to the phone is for tracebacks into it, which
nobody there reads. This is a process of its own with as little in it as can be, because how a value is
written (`marshal`) depends on who else in the process holds it, and the same input shall give the same bytes.
"""

import marshal
import sys
import zipfile
from types import CodeType

_HEADER_BYTES = 16


def without_lines(code: CodeType) -> CodeType:
    """Return a code object, and those inside it, as they are but for their line numbers."""
    inner = tuple(without_lines(each) if isinstance(each, CodeType) else each for each in code.co_consts)
    return code.replace(co_linetable=b"", co_consts=inner)


def _main() -> None:
    box = sys.argv[1]
    with zipfile.ZipFile(box) as old:
        files = {name: old.read(name) for name in sorted(old.namelist())}
    with zipfile.ZipFile(box, "w") as new:
        for name, content in files.items():
            code = marshal.loads(content[_HEADER_BYTES:])  # noqa: S302 - made by ourselves a moment ago
            new.writestr(name, content[:_HEADER_BYTES] + marshal.dumps(without_lines(code)))


if __name__ == "__main__":
    _main()
