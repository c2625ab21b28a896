"""Short forms of a day of changes: a text for a group chat, and a notice on one sheet of paper."""

from collections.abc import Iterable
from typing import Any

from mingbai.pages.policy.differences import Differences
from mingbai.pages.wording.language import Language

MAX_CHAT_LENGTH = 140
"""Characters of the text for a group chat, including the address."""

MAX_FIGURES, MAX_PEOPLE, MAX_PAPERS, MAX_NEW_POLICIES = 8, 3, 6, 8
"""Most entries of each list that fit on the sheet; the rest is counted, and is on the page."""


def make_chat_text(place: str, day: str, sentences: list[str], language: Language, url: str = "") -> str:
    """Return what changed in at most `MAX_CHAT_LENGTH` characters: whole sentences only, the rest of them counted.

    The address comes last; it is left out where it would displace the first sentence.
    """
    head = language.say("notice.chat", place=place, date=day)
    for tail in dict.fromkeys([url and f" {url}", ""]):
        for count in range(len(sentences), 0, -1):
            left = len(sentences) - count
            shown = [*sentences[:count], *([language.say("notice.more", count=left)] if left else [])]
            text = head + language.say("mark.space").join(shown) + tail
            if len(text) <= MAX_CHAT_LENGTH:
                return text
    count_only = head + language.say("notice.some")
    return f"{count_only} {url}" if url and len(count_only) + 1 + len(url) <= MAX_CHAT_LENGTH else count_only


def make_notice_sheet(policies: Iterable[tuple[str, Differences]], language: Language) -> dict[str, Any]:
    """Return figures and papers (documents to bring) of the notice: those that fit, and how many are left out."""
    figures, papers = [], []
    for title, differences in policies:
        if differences.ends:
            papers.append((title, language.say("changes.ends")))
        for whom, changes in differences.figures.items():
            figures += [(title, whom, change) for change in changes]
        phrases = differences.phrases.get("papers")
        if phrases:
            papers += [(title, language.say("changes.no_longer", text=text)) for text in phrases.removed]
            papers += [(title, language.say("changes.newly", text=text)) for text in phrases.added]
    return {
        "figures": figures[:MAX_FIGURES],
        "figures_left": max(0, len(figures) - MAX_FIGURES),
        "papers": papers[:MAX_PAPERS],
        "papers_left": max(0, len(papers) - MAX_PAPERS),
    }
