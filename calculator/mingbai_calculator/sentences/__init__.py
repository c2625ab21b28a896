"""The calculator's words, a module for each language: one catalogue of short sentences by key.

A sentence has placeholders for its figures (``{amount}``); it never holds a figure of its own. To add
a language, copy `en` and translate every value; a test holds that all catalogues have the same keys
and placeholders.
"""

from mingbai_calculator.sentences import en, zh

CATALOGUES: dict[str, dict[str, str]] = {"zh": zh.SENTENCES, "en": en.SENTENCES}


def catalogue(lang: str) -> dict[str, str]:
    """Return the sentences of a language."""
    return CATALOGUES[lang]
