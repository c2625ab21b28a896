"""Markup of untranslated text: text in another language than its page gets `lang`, `dir` and a small mark.

Untranslated text is enclosed in Unicode isolates (`mingbai_calculator.result.phrases`), so that it passes through
sentences and templates. Here, on the finished page, the isolates become elements. In attributes and in the title,
which cannot contain elements, they are removed.
"""

import re

from markupsafe import escape

from mingbai.i18n.languages import LanguageEntry

_OPEN, _CLOSE = "\u2068", "\u2069"
_ISOLATES = re.compile(f"[{_OPEN}{_CLOSE}]")
_UNMARKABLE = re.compile(r"(<title>.*?</title>|<option\b.*?</option>|<script\b.*?</script>|<[^>]*>)", re.DOTALL)
_PIECE = re.compile(f"{_OPEN}[^{_CLOSE}]*")
_WORD = re.compile(r"[^\W\d_]+")
_MAIN = re.compile(r'(<main class="mb-page"[^>]*>)')


def mark_untranslated(html: str, fallback: LanguageEntry, mark: str, note: str, *, all_of_it: bool = False) -> str:
    """Return a page with all its text in the language `fallback` marked.

    `mark` and `note` are in the page's own language: the mark is added once for each line of the text, the note once on
    top where some text of the page is untranslated (`all_of_it`: the whole page is).
    """
    has_fallback_text = _OPEN in html.partition("<main")[2]
    if _OPEN in html:
        mark_html = f' <small class="mb-untranslated">{_isolates_to_spans(str(escape(mark)), fallback)}</small>'
        head, article, body = html.partition("<main")
        body, end, foot = body.partition("</main>")
        lines = [_tag_line(line, fallback, mark_html if _needs_mark(line) else "") for line in body.split("\n")]
        html = _tag_lines(head, fallback) + article + "\n".join(lines) + end + _tag_lines(foot, fallback)
    if has_fallback_text or all_of_it:
        note_html = _isolates_to_spans(str(escape(note)), fallback)
        html = _MAIN.sub(rf'\1\n<p class="mb-untranslated-note" role="note">{note_html}</p>', html, count=1)
    return html


def wrap_in_language(html: str, entry: LanguageEntry) -> str:
    """Return the content of a page that is as a whole in another language, in an element with that language."""
    return f"<div{_language_attributes(entry)}>\n{html}\n</div>"


def _tag_lines(html: str, fallback: LanguageEntry) -> str:
    """Return menu or footer with the language of untranslated text, but without marks, which would clutter it."""
    return "\n".join(_tag_line(line, fallback, "") for line in html.split("\n"))


def _needs_mark(line: str) -> bool:
    """Whether a line has an untranslated heading or phrase; a single word (``8,000 yuan``) is not marked."""
    phrases = (_WORD.findall(piece) for piece in _PIECE.findall(_UNMARKABLE.sub("", line)))
    return line.lstrip().startswith("<h") or any(len(words) > 1 for words in phrases)


def _tag_line(line: str, fallback: LanguageEntry, mark_html: str) -> str:
    if _OPEN not in line:
        return line
    parts = _UNMARKABLE.split(line)
    texts = range(0, len(parts), 2)
    last = max((index for index in texts if _CLOSE in parts[index]), default=None)
    for index, part in enumerate(parts):
        if index % 2:
            parts[index] = _clean_tag(part, fallback)
        else:
            head, close, tail = part.rpartition(_CLOSE) if index == last else (part, "", "")
            parts[index] = _isolates_to_spans(head + close, fallback) + (mark_html + tail if close else "")
    return "".join(parts)


def _isolates_to_spans(text: str, fallback: LanguageEntry) -> str:
    span = f'<span class="mb-other"{_language_attributes(fallback)}>'
    return text.replace(_OPEN, span).replace(_CLOSE, "</span>")


def _clean_tag(tag: str, fallback: LanguageEntry) -> str:
    if tag.startswith("<option") and _OPEN in tag:
        tag = tag.replace("<option", f"<option{_language_attributes(fallback)}", 1)
    return _ISOLATES.sub("", tag)


def _language_attributes(entry: LanguageEntry) -> str:
    return f' lang="{entry.tag}" dir="{entry.direction}"'
