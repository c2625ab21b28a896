"""Worked examples as tests: each must come out as its file says."""

from typing import Any

from mingbai.bundle.examples import estimate_example, find_differences
from mingbai.diagnostics.problem import KeyPath, Problem, Problems
from mingbai.loader.library import Library
from mingbai.model.base import LANGUAGES
from mingbai.syntax.document import Document
from mingbai_calculator import BadRequestError, Fault
from mingbai_calculator.law.vocabulary import get_vocabulary
from mingbai_calculator.request.vocabulary import read_facts
from mingbai_calculator.result.phrases import make_speaker

type Json = dict[str, Any]


def check_examples(bundle: Json, library: Library, problems: Problems) -> None:
    """Work every example out and say in `problems` which ones come out differently."""
    for place_id, place in library.places.items():
        for policy, versions in place.policies.items():
            for version, compiled in zip(versions, bundle["places"][place_id]["policies"][policy], strict=True):
                for index, example in enumerate(compiled["examples"]):
                    path: KeyPath = ("examples", index)
                    try:
                        result = estimate_example(bundle, place_id, example, "zh")
                    except BadRequestError as error:
                        for fault in error.faults:
                            problems.add(_refused(bundle, version.document, (*path, "facts"), fault))
                        continue
                    for name, expected, _ in find_differences(result, f"{place_id}/{policy}", example["expect"]):
                        where = (*path, "expect", *name.split("."))
                        step = _name_step(name, result, f"{place_id}/{policy}", example["expect"])
                        if "from_source" in example:
                            problem = version.document.problem("notice-example-fails", where, found=expected, step=step)
                        else:
                            problem = version.document.problem("example-fails", where, found=expected, step=step)
                        problems.add(problem)


def _name_step(name: str, result: Json, policy: str, expect: Json) -> str:
    """Return by which step an example comes out differently: the rules that paid, or what decides if a rule applies.

    What it comes to is not told: whoever wrote the example works it out again, and does not copy it.
    """
    if name in ("applies", "holds", "count"):
        return f"{policy} (who, when)"
    paid = list(dict.fromkeys(line["policy"] for line in result["lines"]))
    if name != "self_pays" or not paid:
        return policy
    own = "line" in expect and not find_differences(result, policy, {"line": expect["line"]})
    return " -> ".join([each for each in paid if not (own and each == policy)] or paid)


def check_audiences(bundle: Json, library: Library, problems: Problems) -> None:
    """Say in `problems` which facts of an audience of ``terms.yaml`` the calculator would not take."""
    document = library.documents.get("terms.yaml")
    if document is None:
        return
    for name, audience in bundle["terms"].get("audiences", {}).items():
        for index, person in enumerate(audience["people"]):
            faults: list[Fault] = []
            read_facts(person, get_vocabulary(bundle), faults)
            for fault in faults:
                problems.add(_refused(bundle, document, ("audiences", name, "people", index), fault))


def _refused(bundle: Json, document: Document, path: KeyPath, fault: Fault) -> Problem:
    """Return what is wrong with given facts, as the calculator tells it to whoever asks."""
    says = {lang: make_speaker(bundle, lang).fault(fault) for lang in LANGUAGES}
    return document.problem("bad-example", path, found=says["en"], found_zh=says["zh"], found_en=says["en"])
