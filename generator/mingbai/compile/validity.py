"""Checks of what versions say of their time: a policy ends once, and a certainty is of something that is there."""

from mingbai.diagnostics.problem import Problems
from mingbai.loader.library import LoadedPlace, LoadedVersion

NOT_STATED = "not_stated"
"""The payer where the text names nobody."""


def check_validity(place: LoadedPlace, problems: Problems) -> None:
    """Report versions in a state that cannot be, and certainties of what a file does not say."""
    for versions in place.policies.values():
        before: LoadedVersion | None = None
        for version in versions:
            if before is None and version.model.ends:
                problems.add(version.document.problem("ends-first", ("ends",)))
            elif before is not None and before.model.ends and version.model.ends:
                problems.add(version.document.problem("ends-twice", ("ends",), found=before.document.file.name))
            _check_version(version, problems)
            before = version
    certainties = place.model.certainties
    if certainties is not None and certainties.code is not None and place.model.code is None:
        problems.add(place.document.problem("certainty-of-nothing", ("certainties", "code"), found="code", at_key=True))


def _check_version(version: LoadedVersion, problems: Problems) -> None:
    model, document = version.model, version.document
    if model.ends and model.confirmed_until is not None:
        problems.add(document.problem("ends-and-confirmed", ("confirmed_until",), at_key=True))
    if model.certainties is None:
        return
    for key, value in (("confirmed_until", model.confirmed_until), ("payer", getattr(model, "payer", None))):
        if getattr(model.certainties, key) is not None and value is None:
            problems.add(document.problem("certainty-of-nothing", ("certainties", key), found=key, at_key=True))
    payer, assessed = getattr(model, "payer", None), model.certainties.payer
    if payer is not None and assessed is not None:
        expected = ("not_stated",) if payer == NOT_STATED else ("stated", "inferred")
        if assessed.certainty not in expected:
            path = ("certainties", "payer", "certainty")
            problems.add(document.problem("payer-and-certainty", path, found=payer, expected=expected))
