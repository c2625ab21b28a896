"""`python -m tests.room NAME` prints the test files of one room, a folder or module of the program, for `make quick`.

They are the files that bear the room's name, those in a folder of that name, and those that import from the room.
"""

import re
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
PROGRAM = {"mingbai": ROOT / "generator/mingbai", "mingbai_calculator": ROOT / "calculator/mingbai_calculator"}
FOLDERS = ("calculator", "generator", "policies")
IMPORT = re.compile(
    r"^\s*(?:from|import) (?:mingbai|mingbai_calculator)(?:\.(?=\w)| import )(\w+(?:, \w+)*)", re.MULTILINE
)


def rooms() -> set[str]:
    """Return the names of all rooms."""
    paths = [path for folder in PROGRAM.values() for path in folder.iterdir()]
    return {path.stem for path in paths if (path.is_dir() or path.suffix == ".py") and not path.stem.startswith("_")}


def files_of(room: str) -> list[str]:
    """Return the test files of a room, as paths from the root."""
    files = sorted(path for folder in FOLDERS for path in (ROOT / "tests" / folder).glob("test_*.py"))
    return [str(file.relative_to(ROOT)) for file in files if room in _rooms(file)]


def _rooms(file: Path) -> set[str]:
    """Return the rooms to which a test file belongs: by its folder, by its name, and by what it imports."""
    imported = {room for each in IMPORT.findall(file.read_text(encoding="utf-8")) for room in re.findall(r"\w+", each)}
    return {file.parent.name, file.stem.removeprefix("test_")} | imported


def main() -> None:
    """Print the test files of the room that is named, or say which rooms there are."""
    [room] = sys.argv[1:]
    files = files_of(room)
    if not files:
        sys.exit(f"no test has or imports “{room}”; there are: {', '.join(sorted(rooms()))}")
    sys.stdout.write("\n".join(files) + "\n")


if __name__ == "__main__":
    main()
