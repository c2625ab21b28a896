"""ES modules as one script: a page from ``file://`` may load none. It knows the forms that our own modules use."""

import re
from pathlib import Path

_IMPORT = re.compile(r'^import \{([^}]*)\} from "\./([\w-]+)\.js";$', re.MULTILINE)
_EXPORT = re.compile(r"^export ((?:async )?function\*?|class|const|let) (\w+)", re.MULTILINE)
_LEFT = re.compile(r"^\s*(?:import|export)\b.*|\bimport\s*\(.*", re.MULTILINE)
_META = "import.meta.url"


class ModulesError(Exception):
    """A module has a form that is not known here; the message says which."""


def joined(folder: Path, first: str, address: str) -> str:
    """Return the module `first` of a folder with all that it imports as the body of one function.

    `address` stands for the address of the folder, which the modules may ask for.
    """
    made: dict[str, str] = {}
    _add(folder, first, address, made)
    return "\n".join(made.values())


def _add(folder: Path, name: str, address: str, made: dict[str, str]) -> None:
    """Add a module after those that it imports."""
    text = (folder / f"{name}.js").read_text(encoding="utf-8")
    for _, other in _IMPORT.findall(text):
        if other not in made:
            _add(folder, other, address, made)
    exports = [export for _, export in _EXPORT.findall(text)]
    text = _IMPORT.sub(lambda found: f"const {{{found[1].replace(' as ', ': ')}}} = {_variable(found[2])};", text)
    text = _EXPORT.sub(r"\1 \2", text).replace(_META, f'"{address}{name}.js"')
    left = _LEFT.search(text)
    if left:
        message = f"{folder / name}.js: {left[0].strip()}"
        raise ModulesError(message)
    made[name] = f"const {_variable(name)} = (() => {{\n{text}\nreturn {{{', '.join(exports)}}};\n}})();"


def _variable(name: str) -> str:
    return f"module_{name.replace('-', '_')}"
