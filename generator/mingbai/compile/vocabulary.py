"""Completeness of the vocabulary: ``terms.yaml`` must name every value that a policy can have.

Pages and estimates look the names up without checking that they exist.
"""

from dataclasses import replace
from typing import get_args

from mingbai.diagnostics.problem import KeyPath, Problems
from mingbai.loader.library import Library
from mingbai.model.kinds import Cash
from mingbai.model.place import Place
from mingbai.model.version import Certainty, Payer, Start, Unit
from mingbai_reading.words import is_negated

STATES = ("announced", "in_force", "superseded", "ended", "unconfirmed")
"""States of a version on a day, as the calculator returns them."""
REQUIRED_NAMES: dict[str, tuple[str, ...]] = {
    "payers": get_args(Payer),
    "units": get_args(Unit),
    "periods": get_args(Cash.model_fields["per"].annotation),
    "place_kinds": get_args(Place.model_fields["level"].annotation),
    "certainty": tuple(dict.fromkeys((*get_args(Certainty), *get_args(Start.model_fields["certainty"].annotation)))),
    "states": STATES,
}


def check_vocabulary(library: Library, problems: Problems) -> None:
    """Report the names that are missing in ``terms.yaml``, and facts of which yes and no may be confused."""
    _check_negations(library, problems)
    _check_exclusions(library, problems)
    _check_counts(library, problems)
    document = library.documents.get("terms.yaml")
    if library.terms is None or document is None:
        return
    groups = tuple(dict.fromkeys(fact.group for fact in library.facts.values()))
    for section, names in {**REQUIRED_NAMES, "groups": groups}.items():
        known = getattr(library.terms, section)
        for name in names:
            if name not in known:
                problems.add(document.problem("missing-key", (section,), found=name, at_key=True))
    for name, contact in library.terms.contacts.items():
        for index, topic in enumerate(contact.topics):
            if topic not in library.terms.topics:
                path: KeyPath = ("contacts", name, "topics", index)
                known_topics = tuple(library.terms.topics)
                problems.add(document.problem("unknown-topic", path, found=topic, expected=known_topics))


def _check_exclusions(library: Library, problems: Problems) -> None:
    """Report exclusions that name a fact or an answer that is not there."""
    document = library.documents.get("facts.yaml")
    for name, fact in library.facts.items() if document else ():
        for index, pair in enumerate(fact.excludes):
            path: KeyPath = (name, "excludes", index)
            other = library.facts.get(pair.fact)
            if document and other is None:
                known = tuple(library.facts)
                problems.add(document.problem("unknown-fact", (*path, "fact"), found=pair.fact, expected=known))
                continue
            answers = [("value", fact, pair.value)] if pair.value is not None else []
            answers += [("values", other, value) for value in pair.values] if other else []
            for key, asked, answer in answers:
                expected = ("true", "false") if asked.type == "bool" else tuple(asked.options)
                if document and answer not in expected:
                    problems.add(document.problem("bad-choice", (*path, key), found=answer, expected=expected))


def _check_counts(library: Library, problems: Problems) -> None:
    """Report facts that count visits and are no number of a visit, and kinds of visit that are not there."""
    document, visit = library.documents.get("facts.yaml"), library.facts.get("visit")
    for name, fact in library.facts.items() if document else ():
        if document and fact.counts is not None:
            if fact.type != "whole" or fact.group != "visit":
                problems.add(document.problem("counts-no-visits", (name, "counts"), found=name))
            kinds = () if visit is None else tuple(visit.options)
            for kind in fact.counts.visit:
                if kind not in kinds:
                    problems.add(document.problem("bad-choice", (name, "counts", "visit"), found=kind, expected=kinds))


def _check_negations(library: Library, problems: Problems) -> None:
    """Warn of a question with a negated name and no words of its own: 没有 may mean yes and no there."""
    document = library.documents.get("facts.yaml")
    for name, fact in library.facts.items() if document else ():
        unclear = fact.type == "bool" and is_negated({"name": fact.name.by_language()}) and not (fact.yes and fact.no)
        if document and unclear:
            problem = document.problem("negated-name", (name, "name"), found=fact.name.zh)
            problems.add(replace(problem, severity="warning"))
