"""Compile one version of a policy."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from mingbai.compile.conditions import ConditionCompiler, list_facts_read
from mingbai.compile.figures import collect_figures, fill_placeholders
from mingbai.compile.kinds import COMPILERS
from mingbai.compile.laws import LawCompiler
from mingbai.compile.numbers import NumberCompiler
from mingbai.compile.standards import StandardReader
from mingbai.diagnostics.problem import KeyPath, Problems
from mingbai.loader.library import Library, LoadedPlace, LoadedVersion
from mingbai.model.base import as_data
from mingbai.model.kinds import VersionModel
from mingbai.model.revision import Cited
from mingbai.model.version import Example, OfferedTo, Source
from mingbai.syntax.document import Document
from mingbai_calculator.core.money import FULL_RATE, format_yuan, parse_rate, parse_yuan
from mingbai_calculator.law.codec import encode_condition, encode_law
from mingbai_calculator.law.kinds import BILL_PAYING_KINDS, STATUS_KINDS

type Json = dict[str, Any]

COUNTED_FOR_FAMILIES = ("share", "ceiling")
"""Kinds that pay bills and may count what a family used up over a year."""
OFFERED_TO_FACTS = ("age", "age_months", "sex")
"""The facts by which `offered_to` says whom a promise is meant for."""


def compile_version(
    place: LoadedPlace, policy: str, version: LoadedVersion, library: Library, problems: Problems
) -> Json:
    """Return a version of the bundle; errors are added to `problems`."""
    return _VersionCompiler(place, policy, version, library, problems).compile()


def make_condition_compiler(
    place: LoadedPlace, document: Document, library: Library, problems: Problems
) -> ConditionCompiler:
    """Return the condition compiler for one file of a place."""
    newest = {policy: versions[-1].model for policy, versions in place.policies.items()}
    statuses = {policy: model.title for policy, model in newest.items() if model.kind in STATUS_KINDS}
    return ConditionCompiler(library.facts, document, problems, place.id, statuses)


def check_sources(
    cited: Sequence[tuple[KeyPath, Source | Cited]], document: Document, library: Library, problems: Problems
) -> None:
    """Check that the documents that a file cites exist and contain the cited lines."""
    for path, source in cited:
        first, last = source.lines
        key, name = ("id", source.id) if isinstance(source, Cited) else ("document", source.document)
        if name not in library.sources:
            known = tuple(library.sources)
            problems.add(document.problem("unknown-document", (*path, key), found=name, expected=known))
        elif first > last or last > library.sources[name].lines:
            limit = str(library.sources[name].lines)
            problems.add(
                document.problem(
                    "line-beyond-document", (*path, "lines"), found=_format_lines(first, last), limit=limit
                )
            )


def check_readings(ids: list[str], document: Document, library: Library, problems: Problems) -> list[str]:
    """Return the readings (Rnn) that ``terms.yaml`` defines; the others are added to `problems`."""
    known = tuple(library.terms.readings) if library.terms else tuple(ids)
    for index, reading in enumerate(ids):
        if reading not in known:
            problems.add(document.problem("unknown-reading", ("readings", index), found=reading, expected=known))
    return [reading for reading in ids if reading in known]


@dataclass(frozen=True, slots=True)
class _VersionCompiler:
    place: LoadedPlace
    policy: str
    version: LoadedVersion
    library: Library
    problems: Problems

    def compile(self) -> Json:
        model, document = self.version.model, self.version.document
        conditions = make_condition_compiler(self.place, document, self.library, self.problems)
        numbers = NumberCompiler(
            f"{self.place.id}/{self.policy}", document, model.asks, conditions, self.problems, self._read_standards()
        )
        kind = COMPILERS[model.kind]
        law = encode_law(model.kind, kind.compile(LawCompiler(conditions, numbers, self._report), model))
        self._check_references(model)
        if model.unit == "household" and model.kind in BILL_PAYING_KINDS and model.kind not in COUNTED_FOR_FAMILIES:
            self._report("household-bill", ("unit",), model.unit)
        compiled = {
            "id": self.version.id,
            "kind": model.kind,
            "start": None if self.version.start is None else self.version.start.isoformat(),
            "ends": model.ends,
            "confirmed_until": None if model.confirmed_until is None else model.confirmed_until.isoformat(),
            "confirmed": model.confirmed_certainty,
            "certainties": None if model.certainties is None else as_data(model.certainties),
            "title": model.title.by_language(),
            "summary": model.summary.by_language(),
            "topic": model.topic,
            "unit": model.unit,
            "who": encode_condition(conditions.compile_all(model.who, ("who",))),
            "offered_to": self._compile_offered_to(model.offered_to, conditions),
            "for_whom": None if model.for_whom is None else model.for_whom.by_language(),
            "when": encode_condition(conditions.compile_all(model.when, ("when",))),
            "readings": check_readings(model.readings, document, self.library, self.problems),
            "numbers": numbers.open_numbers,
            "law": law,
            "source": [as_data(source) for source in model.source],
            "covers": model.covers,
            "started": None if model.start is None else as_data(model.start),
            "doubts": [as_data(doubt) for doubt in model.doubts],
            "accepted": [as_data(accepted) for accepted in model.accepted],
            "corrections": [as_data(correction) for correction in model.corrections],
            "apply": None if model.apply is None else as_data(model.apply),
        }
        if numbers.standards is not None and numbers.standards.used:
            compiled["standards"] = numbers.standards.used
        if model.backdated is not None:
            compiled["backdated"] = as_data(model.backdated)
        filled: Json = fill_placeholders(compiled, collect_figures(law, kind.list_figures(model)), self._report)
        return {**filled, "examples": [self._compile_example(example) for example in model.examples]}

    def _compile_offered_to(self, offered_to: OfferedTo | None, conditions: ConditionCompiler) -> Json | None:
        """Return whom a promise is meant for, by age and sex alone: nobody is asked anything else for its sake."""
        if offered_to is None:
            return None
        path = ("offered_to", "to")
        condition = conditions.compile_all(offered_to.to, path)
        for fact in sorted(list_facts_read([condition]) - set(OFFERED_TO_FACTS)):
            self._report("offered-to-fact", path, fact, OFFERED_TO_FACTS)
        return {"if": encode_condition(condition), "because": offered_to.because.by_language()}

    def _check_references(self, model: VersionModel) -> None:
        """Check that the topic exists, and that the cited documents exist and contain the lines."""
        terms = self.library.terms
        if terms is not None and model.topic not in terms.topics:
            self._report("unknown-topic", ("topic",), model.topic, tuple(terms.topics))
        cited: list[tuple[KeyPath, Source]] = [(("source", index), source) for index, source in enumerate(model.source)]
        for index, example in enumerate(model.examples):
            if example.from_source != (example.lines is not None):
                self._report("missing-key", ("examples", index), "lines" if example.from_source else "from_source")
            elif example.lines is not None:
                cited.append((("examples", index), _cite_example(example, model)))
        cited += [(("accepted", index, "source"), accepted.source) for index, accepted in enumerate(model.accepted)]
        check_sources(cited, self.version.document, self.library, self.problems)

    def _compile_example(self, example: Example) -> Json:
        """Return an example in the JSON format of requests: amounts as yuan text, rates as fractions of one."""
        expect: Json = as_data(example.expect)
        bills: Json = {"visits": self._format_visits(example.visits)} if example.visits else {}
        if example.members:
            bills["members"] = [
                {
                    **member,
                    "facts": self._format_facts(member.get("facts") or {}),
                    "visits": self._format_visits(member.get("visits") or []),
                }
                for member in example.members
            ]
        return {
            "id": example.id,
            "title": example.title.by_language(),
            "date": example.date.isoformat(),
            "facts": self._format_facts(example.facts),
            **bills,
            "inputs": {name: _format_input(str(value)) for name, value in example.inputs.items()},
            "expect": {name: value for name, value in expect.items() if name in example.expect.model_fields_set},
        } | ({"from_source": as_data(_cite_example(example, self.version.model))} if example.lines else {})

    def _read_standards(self) -> StandardReader:
        """Return the reader of the place's standards, for the days on which the version is in force."""
        later = [
            version.start
            for version in self.place.policies[self.policy]
            if version.start is not None and (self.version.start is None or version.start > self.version.start)
        ]
        end, last = min(later, default=None), self.version.model.confirmed_until
        if last is not None and (end is None or last < end):
            end = last + timedelta(days=1)
        return StandardReader(self.place.model.standards, self.version.start, end, self._report)

    def _format_facts(self, facts: Json) -> Json:
        return {name: self._format_fact(name, value) for name, value in facts.items()}

    def _format_visits(self, visits: Sequence[Json]) -> list[Json]:
        return [{**self._format_facts(visit), "date": str(visit.get("date"))} for visit in visits]

    def _format_fact(self, name: str, value: Any) -> Any:  # noqa: ANN401 - the calculator validates it
        fact = self.library.facts.get(name)
        fen = parse_yuan(str(value)) if fact is not None and fact.type == "money" else None
        return value if fen is None else format_yuan(fen)

    def _report(
        self, code: str, path: KeyPath, found: object = "", expected: tuple[str, ...] = (), limit: str = ""
    ) -> None:
        self.problems.add(self.version.document.problem(code, path, found=found, expected=expected, limit=limit))


def _cite_example(example: Example, model: VersionModel) -> Source:
    """Return where the notice works an example out."""
    first = model.source[0]
    cited = {"document": example.document or first.document, "lines": example.lines or first.lines}
    return first.model_copy(update={**cited, "certainty": "stated"})


def _format_lines(first: int, last: int) -> str:
    """Return a range of lines as a policy file has it: ``173`` or ``173-175``."""
    return f"{first}" if first == last else f"{first}-{last}"


def _format_input(text: str) -> str:
    """Return the input of an open number in the format of requests: ``60%`` becomes ``0.60``."""
    if text.endswith("%") and (points := parse_rate(text)) is not None:
        return f"{points // FULL_RATE}.{points % FULL_RATE:04d}".removesuffix("00")
    fen = parse_yuan(text)
    return text if fen is None or "." in text else format_yuan(fen)
