"""The comment on top of a policy file by which an editor finds its schema."""

import os
import re
from pathlib import Path

ENDING = ".schema.json"
FOLDER = "schema"
"""Where the schemas lie: beside the folder of policies."""
OF_A_NAME = ("place", "revisions", "facts", "terms", "sources", "absent", "search", "aliases")
"""Files whose name tells their schema; all others are versions of a policy."""
_MODELINE = re.compile(r"\A# yaml-language-server:[^\n]*\n")


def schema_of(file: Path) -> str:
    """Return the name of the schema of a policy file, without ending."""
    return file.stem if file.stem in OF_A_NAME else "policy"


def modeline(file: Path, schemas_in: Path) -> str:
    """Return the comment by which an editor finds the schema of a policy file."""
    schema = os.path.relpath(schemas_in / f"{schema_of(file)}{ENDING}", file.parent)
    return f"# yaml-language-server: $schema={schema}\n"


def with_modeline(policies: Path, file: Path, text: str) -> str:
    """Return a new file's text with its modeline on top."""
    return modeline(file, policies.parent / FOLDER) + text


def add_modelines(policies: Path, schemas_in: Path) -> list[Path]:
    """Put the right modeline on top of every policy file that has another one or none; return those files."""
    changed = []
    for file in sorted(policies.rglob("*.yaml")):
        text = file.read_bytes().decode("utf-8-sig")
        rest = _MODELINE.sub("", text, count=1)
        wanted = modeline(file, schemas_in) + rest
        if wanted != text:
            file.write_bytes(wanted.encode())
            changed.append(file)
    return changed
