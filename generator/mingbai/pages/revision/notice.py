"""A day of changes for those who do not read the page: a text for a group chat, and a notice on one sheet of paper."""

from collections.abc import Iterable
from typing import Any

from mingbai.pages.policy.differences import Differences
from mingbai.pages.wording.language import Language

LONGEST_CHAT = 140
"""Characters of the text for a group chat, its address among them."""

MOST_FIGURES, MOST_PEOPLE, MOST_PAPERS, MOST_BEGAN = 8, 3, 6, 8
"""So much of each fits on the sheet; the rest is counted, and stands on the page."""


def chat_text(place: str, day: str, sentences: list[str], language: Language, url: str = "") -> str:
    """Return what changed in at most `LONGEST_CHAT` characters: whole sentences only, the rest of them counted.

    The address comes last; it is left out where it would take the place of the first sentence.
    """
    head = language.say("notice.chat", place=place, date=day)
    for tail in dict.fromkeys([url and f" {url}", ""]):
        for count in range(len(sentences), 0, -1):
            left = len(sentences) - count
            said = [*sentences[:count], *([language.say("notice.more", count=left)] if left else [])]
            text = head + language.say("mark.space").join(said) + tail
            if len(text) <= LONGEST_CHAT:
                return text
    some = head + language.say("notice.some")
    return f"{some} {url}" if url and len(some) + 1 + len(url) <= LONGEST_CHAT else some


def sheet(policies: Iterable[tuple[str, Differences]], language: Language) -> dict[str, Any]:
    """Return the figures and papers of the notice: so many of each as fit, and how many are left."""
    figures, papers = [], []
    for title, found in policies:
        if found.ends:
            papers.append((title, language.say("changes.ends")))
        for whom, changes in found.figures.items():
            figures += [(title, whom, change) for change in changes]
        phrases = found.phrases.get("papers")
        if phrases:
            papers += [(title, language.say("changes.no_longer", text=text)) for text in phrases.less]
            papers += [(title, language.say("changes.newly", text=text)) for text in phrases.more]
    return {
        "figures": figures[:MOST_FIGURES],
        "figures_left": max(0, len(figures) - MOST_FIGURES),
        "papers": papers[:MOST_PAPERS],
        "papers_left": max(0, len(papers) - MOST_PAPERS),
    }
