"""Blind second entry: another person types each new or changed figure of a version once more, from the notice."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from mingbai.authoring.confirming.checked import mark_checked
from mingbai.authoring.confirming.second_entry import Verdict, make_second_entry
from mingbai.checks.entries import Confirmed, Records, join_hashes, merge
from mingbai.checks.lints.shared.figures import EFFECTIVE, Figure, list_changed, list_figures
from mingbai.checks.lock import Hashes, Lock, hashes, read_lock
from mingbai.core.file_set import read_text, write_together
from mingbai.diagnostics.errors import CallError, PoliciesError
from mingbai.diagnostics.problem import Problem, Problems, format_path
from mingbai.loader.files import shown
from mingbai.loader.names import INITIAL, existing_policy, parse_place, versions_of
from mingbai.loader.snapshot import LOCK
from mingbai.syntax.document import Document
from mingbai.syntax.parser import read_document

type Json = dict[str, Any]
type Answer = Callable[["Waiting", Figure], str]
"""Returns what the second person typed for a figure; ``""``: nothing."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """A version that waits for a second person: the figures that are asked for, and all `others` that it has."""

    name: str
    document: Document
    figures: list[Figure]
    others: list[Figure]
    entered_by: str
    law: Hashes

    def line(self, figure: Figure) -> int:
        """Return the line of the file in which a figure stands (1 where it is no longer there)."""
        return self.document.position(figure.path or ())[0]

    def names_of(self, figure: Figure) -> tuple[str, ...]:
        """Return the names under which a figure may be answered: by its row's id, and as `check` names its place."""
        return (figure.key,) if not figure.path else (figure.key, format_path(figure.path))


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one version: figures that are not confirmed, with the reason; none if all are the same."""

    waiting: Waiting
    open: list[tuple[Figure, Verdict]]


def list_waiting(policies: Path, name: str, bundle: Json, problems: Problems) -> list[Waiting]:
    """Return the versions of ``PLACE`` that wait for a second person, or ``PLACE/POLICY/VERSION`` if it does.

    Raises CallError for a wrong name, and PoliciesError if a file of the place has errors.
    """
    wanted = _parse_name(policies, name)
    errors = [
        problem for problem in problems.sorted() if problem.severity == "error" and _concerns(problem, policies, name)
    ]
    if errors:
        raise PoliciesError(errors)
    lock, waiting = read_lock(policies, Problems()), []
    for version, law in hashes(bundle).items():
        if wanted(version) and lock.waits(version, law):
            waiting.append(_make_waiting(policies, version, lock, law))
    return waiting


def _parse_name(policies: Path, name: str) -> Callable[[str], bool]:
    """Return a predicate on names of versions. Raises CallError."""
    if "/" not in name:
        place = parse_place(policies, name)
        return lambda version: version.startswith(f"{place}/")
    if name.count("/") != 2:  # noqa: PLR2004 - place, policy and version
        raise CallError("not_a_version", name)
    place_policy, _, version_id = name.rpartition("/")
    policy = existing_policy(policies, place_policy)
    if version_id not in versions_of(policy):
        raise CallError("no_such_version", version_id, tuple(versions_of(policy)), policy=policy)
    return lambda version: version == name


def _concerns(problem: Problem, policies: Path, name: str) -> bool:
    """Return whether a problem is of the place, or of what all places share."""
    parts = problem.file.parts[len(shown(policies).parts) :]
    return len(parts) < 2 or parts[0] == name.partition("/")[0]  # noqa: PLR2004 - a file in a folder of a place


def _make_waiting(policies: Path, name: str, lock: Lock, law: Hashes) -> Waiting:
    place_policy, _, version = name.rpartition("/")
    policy = existing_policy(policies, place_policy)
    records = lock.records.get(name, Records())
    document, figures = _read_figures(policy.file(version), version)
    earlier = versions_of(policy)
    position = earlier.index(version)
    if name in lock.versions and records.entered is not None:  # corrected: what stood there before is not known
        asked = [each for each in figures.values() if each.part in records.entered.parts and each.key != EFFECTIVE]
    elif position == 0:
        asked = list_asked(None, figures)
    else:
        asked = list_asked(_read_figures(policy.file(earlier[position - 1]), earlier[position - 1])[1], figures)
    others = [figure for key, figure in figures.items() if key not in {each.key for each in asked}]
    return Waiting(name, document, asked, others, "" if records.entered is None else records.entered.by, law)


def list_asked(before: Mapping[str, Figure] | None, now: Mapping[str, Figure]) -> list[Figure]:
    """Return the figures of a version that a second person types: those that are new or changed since `before`."""
    if before is None:
        return [each for each in now.values() if not each.is_technical and each.value != INITIAL]
    if "ends" in now:  # nothing is confirmed of a rule that has ended
        before = {key: figure for key, figure in before.items() if key != "confirmed_until"}
    return _merge_gone(list_changed(before, now), now)


def _read_figures(file: Path, version: str) -> tuple[Document, dict[str, Figure]]:
    document = read_document(file, Problems(), shown_as=shown(file))
    if document is None or not isinstance(document.value, dict):
        raise CallError("not_yaml", file.name)
    return document, list_figures(version, document.value)


def _merge_gone(changed: list[Figure], now: Mapping[str, Figure]) -> list[Figure]:
    """Return the changed figures; of a row that is gone only the row is asked for, not each of its figures."""
    merged: dict[str, Figure] = {}
    for figure in changed:
        key = figure.key
        if figure.path is None:
            steps = key.split(".")
            prefixes = (".".join(steps[: length + 1]) for length in range(len(steps)))
            key = next(each for each in prefixes if not any(k == each or k.startswith(f"{each}.") for k in now))
        merged.setdefault(key, figure if figure.path is not None else Figure(key, None, None))
    return list(merged.values())


def confirm(waiting: list[Waiting], bundle: Json, answer: Answer, answers: Answer = lambda *_: "") -> list[Outcome]:
    """Ask for every figure of the versions that wait; return what is confirmed and what is open.

    `answers` are those to other figures, which are not asked for because they are as before: the notice may say that
    they are not.
    """
    entry = make_second_entry(bundle)
    outcomes = []
    for version in waiting:
        verdicts = [(figure, entry.compare(figure, answer(version, figure))) for figure in version.figures]
        told = [(figure, answers(version, figure)) for figure in version.others]
        verdicts += [(figure, entry.compare(figure, text)) for figure, text in told if text]
        outcomes.append(Outcome(version, [(figure, verdict) for figure, verdict in verdicts if verdict != "same"]))
    return outcomes


def refuse_same_role(waiting: list[Waiting], role: str, because: str | None) -> None:
    """Raise CallError if somebody confirms with the role that entered, and gives no reason."""
    for version in waiting:
        if version.entered_by and version.entered_by.strip() == role.strip() and because is None:
            raise CallError("same_role", role, version=version.name)


def record(policies: Path, outcomes: list[Outcome], *, day: str, role: str, because: str | None) -> list[str]:
    """Record in the lock which versions are confirmed, and in ``sources.yaml`` that their documents were looked at.

    Returns the names of the versions. Raises CallError.
    """
    lock = read_lock(policies, Problems())
    records, names = dict(lock.records), []
    for outcome in outcomes:
        if not outcome.open:
            version = outcome.waiting
            done = Confirmed(day, role.strip(), join_hashes(version.law), because or "")
            records[version.name] = merge(records.get(version.name, Records()), done)
            names.append(version.name)
    if names:
        cited = (outcome.waiting.document.value["source"] for outcome in outcomes if not outcome.open)
        documents = dict.fromkeys(source["document"] for sources in cited for source in sources)
        file = policies / "sources.yaml"
        changed = {file: mark_checked(read_text(file), documents, day, role.strip())}
        write_together({}, {**changed, policies / LOCK: Lock(lock.versions, lock.lines, records).text()})
    return names


def read_answers(given: object, waiting: list[Waiting], name: str) -> dict[str, dict[str, str]]:
    """Return the answers of a file by version and figure (by its key).

    Raises CallError for an answer that is no text, or that is for another version or another figure.
    """
    versions = {version.name: version for version in waiting}
    if not isinstance(given, dict):
        raise CallError("answers_form", name)
    answers: dict[str, dict[str, str]] = {}
    for version, texts in given.items():
        if version not in versions:
            raise CallError("answers_for_another", version, tuple(versions), name=name)
        if not isinstance(texts, dict):
            raise CallError("answers_form", version)
        figures = [*versions[version].figures, *versions[version].others]
        keys = {own: figure.key for figure in figures for own in versions[version].names_of(figure)}
        answers[version] = {}
        for field, text in texts.items():
            if field not in keys:
                raise CallError("no_such_figure", field, tuple(keys), version=version)
            if not isinstance(text, str | int):
                raise CallError("answers_form", field)
            answers[version][keys[field]] = str(text)
    return answers
