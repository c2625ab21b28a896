"""Script: strip the line number tables from the .pyc files of a zip, in place. Its one argument is the zip's path.

Line tables are a sixth of the compressed size of the standard library, and serve only tracebacks into it, which
nobody reads on a phone. This runs as a process of its own with as few objects as possible, because `marshal`
output depends on the reference counts of the values, and the same input must give the same bytes.
"""

import marshal
import sys
import zipfile
from types import CodeType

_HEADER_BYTES = 16


def remove_line_tables(code: CodeType) -> CodeType:
    """Return a copy of a code object without line tables, nested code objects included."""
    inner = tuple(
        remove_line_tables(constant) if isinstance(constant, CodeType) else constant for constant in code.co_consts
    )
    return code.replace(co_linetable=b"", co_consts=inner)


def _main() -> None:
    archive = sys.argv[1]
    with zipfile.ZipFile(archive) as old:
        files = {name: old.read(name) for name in sorted(old.namelist())}
    with zipfile.ZipFile(archive, "w") as new:
        for name, content in files.items():
            code = marshal.loads(content[_HEADER_BYTES:])  # noqa: S302 - bytecode that this build has just compiled
            new.writestr(name, content[:_HEADER_BYTES] + marshal.dumps(remove_line_tables(code)))


if __name__ == "__main__":
    _main()
