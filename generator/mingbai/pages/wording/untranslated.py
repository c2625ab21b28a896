"""Text in another language than its page: it gets its `lang` and `dir`, and a small mark.

What is not translated stands between Unicode's isolates (`mingbai_calculator.result.phrases.isolated`), so that it can
pass through sentences and templates. Here, on the finished page, the isolates become elements. In attributes and in
the title, which cannot hold elements, they only go.
"""

import re

from markupsafe import escape

from mingbai.i18n.languages import Entry

_OPEN, _CLOSE = "\u2068", "\u2069"
_ISOLATES = re.compile(f"[{_OPEN}{_CLOSE}]")
_APART = re.compile(r"(<title>.*?</title>|<option\b.*?</option>|<script\b.*?</script>|<[^>]*>)", re.DOTALL)
_PIECE = re.compile(f"{_OPEN}[^{_CLOSE}]*")
_WORD = re.compile(r"[^\W\d_]+")
_MAIN = re.compile(r'(<main class="mb-page"[^>]*>)')


def marked(html: str, instead: Entry, mark: str, note: str, *, all_of_it: bool = False) -> str:
    """Return a page with every piece in the language `instead` marked.

    `mark` and `note` are said in the page's own language: the mark once a line of the text, the note once on top,
    where the text of the page is not all in its own language (`all_of_it`: none of it is).
    """
    has = _OPEN in html.partition("<main")[2]
    if _OPEN in html:
        small = f' <small class="mb-untranslated">{_pieces(str(escape(mark)), instead)}</small>'
        head, article, body = html.partition("<main")
        body, end, foot = body.partition("</main>")
        lines = [_line(line, instead, small if _worth_a_mark(line) else "") for line in body.split("\n")]
        html = _lines(head, instead) + article + "\n".join(lines) + end + _lines(foot, instead)
    if has or all_of_it:
        says = _pieces(str(escape(note)), instead)
        html = _MAIN.sub(rf'\1\n<p class="mb-untranslated-note" role="note">{says}</p>', html, count=1)
    return html


def in_other_language(html: str, entry: Entry) -> str:
    """Return the content of a page that is, as a whole, in another language than the page."""
    return f"<div{_attributes(entry)}>\n{html}\n</div>"


def _lines(html: str, instead: Entry) -> str:
    """Give the pieces of the menu and the foot their language; a mark at each would be in the way."""
    return "\n".join(_line(line, instead, "") for line in html.split("\n"))


def _worth_a_mark(line: str) -> bool:
    """Whether a line has a heading or a phrase to mark; one word (``8,000 yuan``) is none."""
    phrases = (_WORD.findall(piece) for piece in _PIECE.findall(_APART.sub("", line)))
    return line.lstrip().startswith("<h") or any(len(words) > 1 for words in phrases)


def _line(line: str, instead: Entry, small: str) -> str:
    if _OPEN not in line:
        return line
    parts = _APART.split(line)
    texts = range(0, len(parts), 2)
    last = max((index for index in texts if _CLOSE in parts[index]), default=None)
    for index, part in enumerate(parts):
        if index % 2:
            parts[index] = _tag(part, instead)
        else:
            head, close, tail = part.rpartition(_CLOSE) if index == last else (part, "", "")
            parts[index] = _pieces(head + close, instead) + (small + tail if close else "")
    return "".join(parts)


def _pieces(text: str, instead: Entry) -> str:
    span = f'<span class="mb-other"{_attributes(instead)}>'
    return text.replace(_OPEN, span).replace(_CLOSE, "</span>")


def _tag(tag: str, instead: Entry) -> str:
    if tag.startswith("<option") and _OPEN in tag:
        tag = tag.replace("<option", f"<option{_attributes(instead)}", 1)
    return _ISOLATES.sub("", tag)


def _attributes(entry: Entry) -> str:
    return f' lang="{entry.tag}" dir="{entry.direction}"'
