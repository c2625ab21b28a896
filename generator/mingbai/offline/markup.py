"""Changing the links, ids and parts of a built page; all else stays as it is, letter for letter."""

import re
from collections.abc import Callable
from html import escape
from html.parser import HTMLParser

type Attributes = dict[str, str | None]
type Change = Callable[[str, Attributes], Attributes | None]
"""Takes an element and its attributes; gives those that it shall have, or None if it shall go, with all in it."""

DEAD = "data-dead"
"""The attribute of a link that leads nowhere here."""

_VOID = frozenset(
    {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
)
_DEAD_ITEM = re.compile(rf"<li>\s*<a {DEAD}[^>]*>(?:(?!</li>).)*?</a>\s*</li>", re.DOTALL)
_DEAD_MARK = re.compile(rf"<a {DEAD}[^>]*>")


def changed(html: str, change: Change) -> str:
    """Return a page, or a part of it, with every element as `change` wants it.

    A dead link becomes plain text; a line of a list that is nothing but a dead link goes.
    """
    parser = _Changing(change)
    parser.feed(html)
    parser.close()
    text = "".join(parser.made)
    return _DEAD_MARK.sub("<a>", _DEAD_ITEM.sub("", text))


class _Changing(HTMLParser):
    """Reads a page and writes it again."""

    def __init__(self, change: Change) -> None:
        super().__init__(convert_charrefs=False)
        self.change = change
        self.made: list[str] = []
        self.left_out: list[str] = []
        """Open elements, from the one that is left out on."""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if self.left_out:
            if tag not in _VOID:
                self.left_out.append(tag)
            return
        found = self.change(tag, dict(attrs))
        if found is None:
            if tag not in _VOID:
                self.left_out.append(tag)
        elif found == dict(attrs):
            self.made.append(self.get_starttag_text() or "")
        else:
            said = "".join(
                f" {name}" if value is None else f' {name}="{escape(value)}"' for name, value in found.items()
            )
            self.made.append(f"<{tag}{said}>")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if not self.left_out and self.change(tag, dict(attrs)) is not None:
            self.made.append(self.get_starttag_text() or "")

    def handle_endtag(self, tag: str) -> None:
        if tag in self.left_out:
            while self.left_out.pop() != tag:
                pass
        elif not self.left_out:
            self.made.append(f"</{tag}>")

    def handle_data(self, data: str) -> None:
        self._keep(data)

    def handle_entityref(self, name: str) -> None:
        self._keep(f"&{name};")

    def handle_charref(self, name: str) -> None:
        self._keep(f"&#{name};")

    def handle_decl(self, decl: str) -> None:
        self._keep(f"<!{decl}>")

    def _keep(self, text: str) -> None:
        if not self.left_out:
            self.made.append(text)
