"""From the policy model to the bundle: plain data that the calculator evaluates without parsing anything.

Conditions become lists, numbers whole fen and basis points, texts get their figures. What a file says
that does not fit together with another file is found here.
"""

import hashlib
import json
import re
from dataclasses import dataclass
from datetime import date
from typing import Any

from mingbai.load import Library, LoadedPlace, LoadedVersion
from mingbai.model.base import Text
from mingbai.model.number import Adjustment, Amount, Percentage
from mingbai.model.place import Fact, FirstOf
from mingbai.model.version import Cash, Component, Floor, Row, Share, ShareNumbers, Version
from mingbai.problems import Path_, Problems
from mingbai.yaml_reader import Document
from mingbai_calculator import __version__ as engine
from mingbai_calculator.money import ALL, parse_rate, parse_yuan, percent, shown, yuan

SCHEMA = 1
"""Raised when the form of the bundle changes, so that a phone with an old engine notices."""

type Json = dict[str, Any]

NUMBERS = tuple(ShareNumbers.model_fields)
_PLACEHOLDER = re.compile(r"\{([^{}]*)\}")
_RANGES = {"at_least", "at_most", "above", "below"}


def compile_bundle(library: Library, problems: Problems) -> Json:
    """Return the bundle of all places. What does not fit together is added to `problems`."""
    terms = library.terms
    bundle: Json = {
        "schema": SCHEMA,
        "engine": engine,
        "facts": {name: _fact(fact) for name, fact in library.facts.items()},
        "terms": {} if terms is None else _texts(terms),
        "sources": {name: _texts(source) for name, source in library.sources.items()},
        "places": {place.id: PlaceCompiler(library, place, problems).compile() for place in library.places.values()},
    }
    bundle["revision"] = revision(bundle)
    return bundle


def revision(bundle: Json) -> str:
    """Return the short content hash of the compiled policies (12 hexadecimal digits)."""
    content = json.dumps(
        {**bundle, "revision": None, "engine": None},
        ensure_ascii=False,
        sort_keys=True,
        separators=(",", ":"),
    )
    return hashlib.sha256(content.encode()).hexdigest()[:12]


def _fact(fact: Fact) -> Json:
    data: Json = _texts(fact)
    data["options"] = {name: option.by_language() for name, option in fact.options.items()}
    return {key: value for key, value in data.items() if value is not None}


def _texts(model: Any) -> Any:  # noqa: ANN401 - any part of the model
    return model.model_dump(mode="json")


@dataclass(slots=True)
class PlaceCompiler:
    """Compiles one place."""

    library: Library
    place: LoadedPlace
    problems: Problems

    def compile(self) -> Json:
        """Return what the bundle holds about the place."""
        place, document = self.place.model, self.place.document
        settles = [
            {
                "from": self._from(item, index),
                "if": self.condition({k: v for k, v in item.items() if k != "from"}, document, ("settles", index)),
            }
            for index, item in enumerate(place.settles)
        ]
        policies = {
            policy: [VersionCompiler(self, policy, version).compile() for version in versions]
            for policy, versions in self.place.policies.items()
        }
        compiled: Json = {
            "id": self.place.id,
            "name": place.name.by_language(),
            "level": place.level,
            "about": place.about.by_language(),
            "office": _texts(place.office),
            "readings": self.readings(place.readings, document, ("readings",)),
            "settles": settles,
            "order": self._order(),
            "policies": policies,
        }
        for key in ("province", "prefecture"):
            region = getattr(place, key)
            compiled[key] = None if region is None else _texts(region)
        compiled["asks_facts"] = self._asked(compiled)
        return compiled

    def _from(self, item: Json, index: int) -> str | None:
        start = item.get("from")
        if start is None:
            return None
        try:
            return date.fromisoformat(str(start)).isoformat()
        except ValueError:
            self.problems.add(self.place.document.problem("bad-date", ("settles", index, "from"), found=start))
            return None

    def _order(self) -> list[list[str]]:
        """Return the order of paying as groups, of each of which the first that applies pays."""
        groups = []
        paying = {
            policy for policy, versions in self.place.policies.items() if versions[-1].model.kind in ("share", "floor")
        }
        for index, entry in enumerate(self.place.model.order):
            path: Path_ = ("order", index)
            group = entry.first_of if isinstance(entry, FirstOf) else [entry]
            for policy in group:
                if policy not in paying:
                    problem = self.place.document.problem(
                        "unknown-policy", path, found=policy, expected=tuple(sorted(paying))
                    )
                    self.problems.add(problem)
            groups.append([policy for policy in group if policy in paying])
        named = [policy for group in groups for policy in group]
        for policy in sorted(paying - set(named)):
            self.problems.add(self.place.document.problem("not-in-order", ("order",), found=policy))
        for policy in sorted({policy for policy in named if named.count(policy) > 1}):
            self.problems.add(self.place.document.problem("twice-in-order", ("order",), found=policy))
        return groups

    def _asked(self, compiled: Json) -> list[str]:
        """Return the facts that this place's rules read, in the order in which one would ask for them."""
        read = set(_facts_read([compiled["settles"], compiled["policies"]]))
        if compiled["settles"]:
            read |= {"total_cost", "eligible_cost"}
        laws = [version["law"] for versions in compiled["policies"].values() for version in versions]
        for law in laws:
            read |= {"tcm_cost"} if law.get("base") == "tcm_cost" else set()
            read |= {"ytd_burden"} if law.get("deductible_per") == "year" else set()
            read |= {"ytd_paid"} if law.get("limit_per") == "year" else set()
            read |= {law["times"]} if law.get("times") else set()
            read |= {"wife_age", "wife_birth_month"} if law.get("from_month") else set()
        return [fact for fact in self.library.facts if fact in read]

    def readings(self, ids: list[str], document: Document, path: Path_) -> list[str]:
        """Check that the readings are known."""
        known = tuple(self.library.terms.readings) if self.library.terms else tuple(ids)
        for index, reading in enumerate(ids):
            if reading not in known:
                self.problems.add(document.problem("unknown-reading", (*path, index), found=reading, expected=known))
        return [reading for reading in ids if reading in known]

    # conditions

    def condition(self, written: Json, document: Document, path: Path_) -> list[Any]:
        """Return a map of facts as the condition that all of them hold."""
        return ["all", *(self._atom(key, value, document, (*path, key)) for key, value in written.items())]

    def _atom(self, key: str, value: Any, document: Document, path: Path_) -> list[Any]:  # noqa: ANN401
        never = ["any"]  # what could not be understood is said, and holds for nobody
        if key in ("any_of", "none_of"):
            if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
                self.problems.add(document.problem("wrong-type", path, found=value, wanted="list of maps"))
                return never
            inner = [self.condition(item, document, (*path, index)) for index, item in enumerate(value)]
            return ["any" if key == "any_of" else "none", *inner]
        if key == "perhaps":
            return ["perhaps", f"perhaps {document.file} {'.'.join(map(str, path))}"]
        fact = self.library.facts.get(key)
        if fact is None:
            expected = (*self.library.facts, "any_of", "none_of", "perhaps")
            self.problems.add(document.problem("unknown-fact", path, found=key, expected=expected, at_key=True))
            return never
        if fact.type in ("whole", "money"):
            return self._range(key, fact, value, document, path)
        values = value if isinstance(value, list) else [value]
        if fact.type == "bool":
            if all(isinstance(each, bool) for each in values):
                return ["in", key, values]
            self.problems.add(document.problem("not-yes-or-no", path, found=value, expected=("true", "false")))
            return never
        for index, each in enumerate(values):
            if each not in fact.options:
                inner_path = (*path, index) if isinstance(value, list) else path
                problem = document.problem(
                    "unknown-option", inner_path, found=each, expected=tuple(fact.options), fact=key
                )
                self.problems.add(problem)
                return never
        if fact.type == "list":
            return ["has", key, values]
        return [
            "in",
            key,
            [option for option, names in fact.options.items() if option in values or names.is_a in values],
        ]

    def _range(self, key: str, fact: Fact, value: Any, document: Document, path: Path_) -> list[Any]:  # noqa: ANN401
        """Return a condition on a number; both ends belong to it (a strict one is moved by a fen, a year, a metre)."""
        bounds = value if isinstance(value, dict) else {"at_least": value, "at_most": value}
        low = high = None
        for word, bound in bounds.items():
            number = self._whole(bound, fact)
            if word not in _RANGES:
                expected = tuple(sorted(_RANGES))
                self.problems.add(
                    document.problem("unknown-key", (*path, word), found=word, expected=expected, at_key=True)
                )
            elif number is None:
                self.problems.add(document.problem("not-a-number", (*path, word), found=bound))
            elif word in ("at_least", "above"):
                low = number + (word == "above")
            else:
                high = number - (word == "below")
        if low is None and high is None:
            return ["any"]
        return ["range", key, low, high]

    @staticmethod
    def _whole(bound: object, fact: Fact) -> int | None:
        if isinstance(bound, bool):
            return None
        if fact.type == "money":
            return parse_yuan(str(bound))
        return bound if isinstance(bound, int) else None


def _facts_read(value: Any) -> list[str]:  # noqa: ANN401
    """Return the facts that compiled conditions inside `value` read."""
    if isinstance(value, dict):
        return [fact for inner in value.values() for fact in _facts_read(inner)]
    if isinstance(value, list):
        if len(value) >= 3 and value[0] in ("in", "has", "range") and isinstance(value[1], str):  # noqa: PLR2004
            return [value[1]]
        return [fact for inner in value for fact in _facts_read(inner)]
    return []


@dataclass(slots=True)
class VersionCompiler:
    """Compiles one version of one policy."""

    of: PlaceCompiler
    policy: str
    version: LoadedVersion
    numbers: Json = None  # type: ignore[assignment]

    def compile(self) -> Json:
        """Return what the bundle holds about the version."""
        model, document = self.version.model, self.version.document
        self.numbers = {}
        law = self._law(model)
        self._check_sources(model)
        self._check_topic(model)
        compiled = {
            "id": self.version.id,
            "kind": model.kind,
            "start": None if self.version.start is None else self.version.start.isoformat(),
            "ends": model.ends,
            "confirmed_until": None if model.confirmed_until is None else model.confirmed_until.isoformat(),
            "title": model.title.by_language(),
            "summary": model.summary.by_language(),
            "topic": model.topic,
            "unit": model.unit,
            "who": self.of.condition(model.who, document, ("who",)),
            "when": self.of.condition(model.when, document, ("when",)),
            "readings": self.of.readings(model.readings, document, ("readings",)),
            "numbers": self.numbers,
            "law": law,
            "source": [_texts(source) for source in model.source],
            "covers": model.covers,
            "started": None if model.start is None else _texts(model.start),
            "doubts": [_texts(doubt) for doubt in model.doubts],
            "apply": None if model.apply is None else _texts(model.apply),
        }
        compiled = self._filled(compiled, figures(law, model), ())
        compiled["examples"] = [self._example(index) for index in range(len(model.examples))]
        return compiled

    def _law(self, model: Version) -> Json:
        """Return the rule itself."""
        if isinstance(model, Share):
            rows = [self._row(row, model, ("table", index)) for index, row in enumerate(model.table)]
            return {
                "payer": model.payer,
                "base": model.base,
                "deductible_per": model.deductible_per,
                "limit_per": model.limit_per,
                "rows": rows or [self._row(None, model, ())],
            }
        if isinstance(model, Floor):
            return {
                "payer": model.payer,
                "counted": model.counted,
                "of": model.of,
                "share": self._number(model.share, ("share",)),
            }
        if isinstance(model, Cash):
            if model.times is not None and model.times not in self.of.library.facts:
                expected = tuple(self.of.library.facts)
                self._say("unknown-fact", ("times",), model.times, expected)
            return {
                "per": model.per,
                "times": model.times,
                "from_month": self._from_month(model),
                "pick": model.pick,
                "amounts": [self._component(row, ("amounts", index)) for index, row in enumerate(model.amounts)],
            }
        texts = {name: getattr(model, name, None) for name in ("because", "what", "how_often", "where", "count")}
        return {
            name: _texts(text) if isinstance(text, Text) else text for name, text in texts.items() if text is not None
        }

    def _row(self, row: Row | None, whole: Share, path: Path_) -> Json:
        """Return a row with the version's numbers where it has none of its own; without a table, one row for everybody."""
        fits = {} if row is None else row.for_
        compiled: Json = {
            "id": "" if row is None else row.id,
            "if": self.of.condition(fits, self.version.document, (*path, "for")),
        }
        for name in NUMBERS:
            own = None if row is None else getattr(row, name)
            number = own if own is not None else getattr(whole, name)
            if number is not None:
                compiled[name] = self._number(number, (*path, name) if own is not None else (name,))
        if "rate" not in compiled:
            self._say("missing-key", path, "rate")
            compiled["rate"] = 0
        compiled.setdefault("deductible", 0)
        return compiled

    def _component(self, row: Component, path: Path_) -> Json:
        return {
            "id": row.id,
            "title": None if row.title is None else row.title.by_language(),
            "if": self.of.condition(row.for_, self.version.document, (*path, "for")),
            "amount": self._number(row.amount, (*path, "amount")),
        }

    @staticmethod
    def _from_month(model: Cash) -> Json | None:
        return (
            None
            if model.from_month is None
            else {"age": model.from_month.age, "fact": f"{model.from_month.of}_birth_month"}
        )

    def _number(self, number: Amount | Percentage, path: Path_) -> int | Json:
        """Return a number as the calculator reads it; what the source does not print is noted among the open numbers."""
        adjust = [self._adjustment(step, number, (*path, "adjust", index)) for index, step in enumerate(number.adjust)]
        if number.value is not None:
            return number.value if not adjust else {"value": number.value, "adjust": adjust}
        name = f"{self.of.place.id}/{self.policy}"
        if number.ask is not None:
            key = f"{name}.{number.ask}"
            self._declare(key, number, path)
        else:
            key = f"{name}.{'.'.join(str(step) for step in path)}"
            unit = "money" if isinstance(number, Amount) else "rate"
            high = number.at_most if number.at_most is not None or unit == "money" else ALL
            self.numbers[key] = {
                "unit": unit,
                "low": number.at_least or 0,
                "high": high,
                "asked": False,
                "question": None,
            }
        return {"open": key, "adjust": adjust} if adjust else {"open": key}

    def _declare(self, key: str, number: Amount | Percentage, path: Path_) -> None:
        """Note a number that one may type."""
        asks = self.version.model.asks
        ask = asks.get(number.ask or "")
        unit = "money" if isinstance(number, Amount) else "rate"
        if ask is None:
            self._say("unknown-ask", (*path, "ask"), number.ask, tuple(asks))
            return
        if ask.unit != unit:
            self._say("wrong-unit", ("asks", number.ask or "", "unit"), ask.unit, (unit,))
        parse = parse_rate if unit == "rate" else parse_yuan
        low = 0 if ask.at_least is None else parse(str(ask.at_least))
        high = (ALL if unit == "rate" else None) if ask.at_most is None else parse(str(ask.at_most))
        for word, value, bound in (("at_least", low, ask.at_least), ("at_most", high, ask.at_most)):
            if value is None and bound is not None:
                self._say(
                    "bad-rate" if unit == "rate" else "bad-money",
                    ("asks", number.ask or "", word),
                    str(bound),
                )
        self.numbers[key] = {
            "unit": unit,
            "low": low or 0,
            "high": high,
            "asked": True,
            "question": ask.question.by_language(),
        }

    def _adjustment(self, step: Adjustment, number: Amount | Percentage, path: Path_) -> Json:
        compiled: Json = {"if": self.of.condition(step.for_, self.version.document, (*path, "for"))}
        if step.times is not None:
            compiled["times"] = step.times
        if step.plus_points is not None:
            compiled["plus"] = step.plus_points * 100
        if step.at_most is not None:
            parse = parse_yuan if isinstance(number, Amount) else parse_rate
            compiled["at_most"] = parse(str(step.at_most))
            if compiled["at_most"] is None:
                self._say("bad-number", (*path, "at_most"), str(step.at_most))
        return compiled

    def _check_sources(self, model: Version) -> None:
        sources = self.of.library.sources
        for index, source in enumerate(model.source):
            path: Path_ = ("source", index)
            if source.document not in sources:
                self._say("unknown-document", (*path, "document"), source.document, tuple(sources))
            elif source.lines[1] > sources[source.document].lines or source.lines[0] > source.lines[1]:
                limit = str(sources[source.document].lines)
                self._say(
                    "line-beyond-document",
                    (*path, "lines"),
                    f"{source.lines[0]}-{source.lines[1]}",
                    limit=limit,
                )

    def _check_topic(self, model: Version) -> None:
        terms = self.of.library.terms
        if terms is not None and model.topic not in terms.topics:
            self._say("unknown-topic", ("topic",), model.topic, tuple(terms.topics))

    def _filled(self, value: Any, numbers: dict[str, str], path: Path_) -> Any:  # noqa: ANN401
        """Put the rule's figures into every text."""
        if isinstance(value, dict):
            return {key: self._filled(inner, numbers, (*path, key)) for key, inner in value.items()}
        if isinstance(value, list):
            return [self._filled(inner, numbers, (*path, index)) for index, inner in enumerate(value)]
        if not isinstance(value, str) or "{" not in value:
            return value

        def figure(match: re.Match[str]) -> str:
            name = match[1]
            if name not in numbers:
                self._say("unknown-figure", path, name, tuple(numbers))
            return numbers.get(name, match[0])

        return _PLACEHOLDER.sub(figure, value)

    def _example(self, index: int) -> Json:
        """Return an example in the JSON form of the contract: amounts as yuan, rates as fractions of one."""
        example = self.version.model.examples[index]
        facts = {name: self._given(name, value) for name, value in example.facts.items()}
        inputs = {name: _input(value) for name, value in example.inputs.items()}
        return {
            "id": example.id,
            "title": example.title.by_language(),
            "date": example.date.isoformat(),
            "facts": facts,
            "inputs": inputs,
            "expect": {
                name: value for name, value in _texts(example.expect).items() if name in example.expect.model_fields_set
            },
        }

    def _given(self, name: str, value: Any) -> Any:  # noqa: ANN401
        fact = self.of.library.facts.get(name)
        if fact is not None and fact.type == "money" and isinstance(value, str | int):
            fen = parse_yuan(str(value))
            return value if fen is None else yuan(fen)
        return value

    def _say(self, code: str, path: Path_, found: object = "", expected: tuple[str, ...] = (), **extra: str) -> None:
        self.of.problems.add(self.version.document.problem(code, path, found=found, expected=expected, **extra))


def _input(value: Any) -> str:  # noqa: ANN401
    """Return a typed-in number in the contract's form: ``60%`` is ``0.60``."""
    text = str(value)
    points = parse_rate(text) if text.endswith("%") else None
    if points is not None:
        return f"{points // ALL}.{points % ALL:04d}".removesuffix("00")
    fen = parse_yuan(text)
    return text if fen is None or "." in text else yuan(fen)


def figures(law: Json, model: Version) -> dict[str, str]:
    """Return the figures that a version's texts may name, written for a reader: ``{county.rate}`` is ``85%``."""
    found: dict[str, str] = {}

    def note(name: str, number: object, *, rate: bool) -> None:
        value = number["value"] if isinstance(number, dict) and "value" in number else number
        if isinstance(value, int):
            found[name] = percent(value) if rate else shown(value)

    rows = law.get("rows") or law.get("amounts") or [{**law, "id": ""}]
    for row in rows:
        for name in (*NUMBERS, "share", "amount"):
            if name in row:
                note(f"{row['id']}.{name}" if row["id"] else name, row[name], rate=name in ("rate", "share"))
    for name in NUMBERS:
        own = getattr(model, name, None)
        if own is not None and own.value is not None:
            note(name, own.value, rate=name == "rate")
    for row in rows:  # "at most 200": the upper bound is what the source prints
        number = row.get("amount")
        if isinstance(number, dict) and "open" in number and isinstance(model, Cash):
            bounds = next(component.amount for component in model.amounts if component.id == row["id"])
            if bounds.at_most is not None:
                note(f"{row['id']}.amount", bounds.at_most, rate=False)
    return found
