"""Modelines: the comment in the first line of a policy file by which an editor finds its schema."""

import os
import re
from pathlib import Path

from mingbai.loader.snapshot import FIGURES

SCHEMA_SUFFIX = ".schema.json"
SCHEMA_FOLDER = "schema"
"""Folder of the schemas, beside the folder of policies."""
NAMED_SCHEMAS = ("place", "revisions", "facts", "terms", "sources", "absent", "search", "aliases")
"""Files whose name is that of their schema; all others are versions of a policy."""
_MODELINE = re.compile(r"\A# yaml-language-server:[^\n]*\n")


def schema_name(file: Path) -> str:
    """Return the name of the schema of a policy file, without suffix."""
    if file.parent.name == FIGURES:
        return FIGURES
    return file.stem if file.stem in NAMED_SCHEMAS else "policy"


def make_modeline(file: Path, schemas_in: Path) -> str:
    """Return the modeline of a policy file, with line end; `schemas_in` is the folder of the schemas."""
    schema = os.path.relpath(schemas_in / f"{schema_name(file)}{SCHEMA_SUFFIX}", file.parent)
    return f"# yaml-language-server: $schema={schema}\n"


def prepend_modeline(policies: Path, file: Path, text: str) -> str:
    """Return the text of a new file with its modeline as first line."""
    return make_modeline(file, policies.parent / SCHEMA_FOLDER) + text


def add_modelines(policies: Path, schemas_in: Path) -> list[Path]:
    """Write the right modeline into every policy file that has another one or none; return the changed files."""
    changed = []
    for file in sorted(policies.rglob("*.yaml")):
        text = file.read_bytes().decode("utf-8-sig")
        body = _MODELINE.sub("", text, count=1)
        updated = make_modeline(file, schemas_in) + body
        if updated != text:
            file.write_bytes(updated.encode())
            changed.append(file)
    return changed
