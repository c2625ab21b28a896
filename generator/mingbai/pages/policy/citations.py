"""Citations of documents, in words."""

from mingbai.pages.wording.language import Json, Language


def cite(bundle: Json, document: str, lines: list[int], language: Language) -> str:
    """Return a citation: title and lines of a document."""
    title = language.text(bundle["sources"][document]["title"])
    return language.say("source.cited", title=title, lines=format_lines(lines, language))


def format_lines(lines: list[int], language: Language) -> str:
    """Return lines of a document in words."""
    first, last = lines
    if first == last:
        return language.say("source.line", first=first)
    return language.say("source.lines", first=first, last=last)
