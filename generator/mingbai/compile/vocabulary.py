"""Completeness of the vocabulary: ``terms.yaml`` must name every value that a policy can have.

Pages and estimates look the names up without checking that they exist.
"""

from typing import get_args

from mingbai.diagnostics.problem import Problems
from mingbai.loader.library import Library
from mingbai.model.place import Place
from mingbai.model.version import Cash, Certainty, Payer, Start, Unit

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
    """Report the names that are missing in ``terms.yaml``."""
    document = library.documents.get("terms.yaml")
    if library.terms is None or document is None:
        return
    groups = tuple(dict.fromkeys(fact.group for fact in library.facts.values()))
    for section, names in {**REQUIRED_NAMES, "groups": groups}.items():
        known = getattr(library.terms, section)
        for name in names:
            if name not in known:
                problems.add(document.problem("missing-key", (section,), found=name, at_key=True))
