"""ES modules as one script: a page from ``file://`` may load none, and each further file is one more wait.

It knows the forms that our own modules use.
"""

import posixpath
import re
from collections.abc import Callable
from pathlib import Path

_IMPORT = re.compile(r'^import \{([^}]*)\} from "(\.\.?/[\w/.-]+)\.js";$', re.MULTILINE)
_EXPORT = re.compile(r"^export ((?:async )?function\*?|class|const|let) (\w+)", re.MULTILINE)
_LEFT = re.compile(r"^\s*(?:import|export)\b.*|\bimport\s*\(.*", re.MULTILINE)
_META = "import.meta.url"
_COMMENT = re.compile(r"^[ \t]*(?:/\*(?:(?!\*/).)*\*/|//[^\n]*)[ \t]*\n", re.DOTALL | re.MULTILINE)


class ModulesError(Exception):
    """A module has a form that is not known here; the message says which."""


def joined(folder: Path, first: str, address: str | None = None) -> str:
    """Return the module `first` of a folder with all that it imports as the body of one function.

    `address` stands for the address of the folder, which the modules may ask for; without one, the script is a
    module itself and lies there.
    """
    made: dict[str, str] = {}
    _add(folder, first, address, made)
    return "\n".join(made.values())


def without_comments(script: str) -> str:
    """Return a script without the comments that have lines of their own."""
    return _COMMENT.sub("", script)


def imports_renamed(script: str, renamed: Callable[[str], str]) -> str:
    """Return a module that imports what `renamed` gives for each path that it imports, such as ``../shared/dom.js``."""

    def other(found: re.Match[str]) -> str:
        return f'import {{{found[1]}}} from "{renamed(f"{found[2]}.js")}";'

    return _IMPORT.sub(other, script)


def _text(folder: Path, name: str) -> str:
    return (folder / f"{name}.js").read_text(encoding="utf-8")


def _add(folder: Path, name: str, address: str | None, made: dict[str, str]) -> None:
    """Add a module, named by its path inside the folder, after those that it imports."""
    text = _text(folder, name)
    for _, other in _IMPORT.findall(text):
        if _from(name, other) not in made:
            _add(folder, _from(name, other), address, made)
    exports = [export for _, export in _EXPORT.findall(text)]

    def asked(found: re.Match[str]) -> str:
        return f"const {{{found[1].replace(' as ', ': ')}}} = {_variable(_from(name, found[2]))};"

    text = _IMPORT.sub(asked, text)
    text = _EXPORT.sub(r"\1 \2", text)
    if address is not None:
        text = text.replace(_META, f'"{address}{name}.js"')
    left = _LEFT.search(text)
    if left:
        raise ModulesError(f"{folder / name}.js: {left[0].strip()}")
    made[name] = f"const {_variable(name)} = (() => {{\n{text}\nreturn {{{', '.join(exports)}}};\n}})();"


def _from(name: str, other: str) -> str:
    """Return the path inside the folder of what the module `name` calls `other`."""
    return posixpath.normpath(posixpath.join(posixpath.dirname(name), other))


def _variable(name: str) -> str:
    return f"module_{re.sub(r'[/-]', '_', name)}"
