"""Rewrite elements of an HTML page; everything else stays byte for byte."""

import re
from collections.abc import Callable
from html import escape
from html.parser import HTMLParser

type Attributes = dict[str, str | None]
type Replacement = Callable[[str, Attributes], Attributes | None]
"""Maps tag and attributes of an element to its new attributes; None removes the element with its content."""

DEAD_ATTRIBUTE = "data-dead"
"""Marks a link whose target is not in the offline edition."""

_VOID = frozenset(
    {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
)
_DEAD_LIST_ITEM = re.compile(rf"<li>\s*<a {DEAD_ATTRIBUTE}[^>]*>(?:(?!</li>).)*?</a>\s*</li>", re.DOTALL)
_DEAD_LINK = re.compile(rf"<a {DEAD_ATTRIBUTE}[^>]*>")


def rewrite_html(html: str, replace: Replacement) -> str:
    """Return a page (or a fragment) with `replace` applied to every element.

    Dead links become plain text; list items that contain only a dead link are removed.
    """
    parser = _HtmlRewriter(replace)
    parser.feed(html)
    parser.close()
    text = "".join(parser.output)
    return _DEAD_LINK.sub("<a>", _DEAD_LIST_ITEM.sub("", text))


class _HtmlRewriter(HTMLParser):
    """Parses a page and writes it again."""

    def __init__(self, replace: Replacement) -> None:
        super().__init__(convert_charrefs=False)
        self.replace = replace
        self.output: list[str] = []
        self.dropped: list[str] = []
        """Stack of open elements, from the removed one on; empty outside removed elements."""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if self.dropped:
            if tag not in _VOID:
                self.dropped.append(tag)
            return
        replaced = self.replace(tag, dict(attrs))
        if replaced is None:
            if tag not in _VOID:
                self.dropped.append(tag)
        elif replaced == dict(attrs):
            self.output.append(self.get_starttag_text() or "")
        else:
            attribute_text = "".join(
                f" {name}" if value is None else f' {name}="{escape(value)}"' for name, value in replaced.items()
            )
            self.output.append(f"<{tag}{attribute_text}>")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if not self.dropped and self.replace(tag, dict(attrs)) is not None:
            self.output.append(self.get_starttag_text() or "")

    def handle_endtag(self, tag: str) -> None:
        if tag in self.dropped:
            while self.dropped.pop() != tag:
                pass
        elif not self.dropped:
            self.output.append(f"</{tag}>")

    def handle_data(self, data: str) -> None:
        self._write(data)

    def handle_entityref(self, name: str) -> None:
        self._write(f"&{name};")

    def handle_charref(self, name: str) -> None:
        self._write(f"&#{name};")

    def handle_decl(self, decl: str) -> None:
        self._write(f"<!{decl}>")

    def _write(self, text: str) -> None:
        if not self.dropped:
            self.output.append(text)
