"""Chinese words that readers take for something else than what is meant."""

from collections.abc import Iterator

from mingbai.checks.lints.shared.context import LintContext, make_warning
from mingbai.checks.lints.text.language import iter_texts
from mingbai.diagnostics.problem import Problem
from mingbai.i18n.misread_words import find_misread_words

VOCABULARY = ("facts.yaml", "terms.yaml")
"""Files of the whole folder whose texts readers see."""


def check_misread_words(context: LintContext) -> Iterator[Problem]:
    """Find such words in places, revisions, policies and the vocabulary."""
    places = context.library.places.values()
    documents = [place.document for place in places]
    documents += [place.revisions_document for place in places if place.revisions_document]
    documents += [rule.document for rule in context.rules]
    documents += [context.library.documents[name] for name in VOCABULARY if name in context.library.documents]
    for document in documents:
        for path, text in iter_texts(document.value, ()):
            for entry in find_misread_words(text["zh"]):
                yield make_warning(
                    document, "misread-word", (*path, "zh"), found=entry.word, reads=entry.reads, better=entry.better
                )
