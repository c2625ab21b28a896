"""What a member of a household is entitled to, in words, from the engine's result; without a bill the rates."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from mingbai.cards.model.card import Part
from mingbai.cards.model.words import Voice
from mingbai.pages.policy.amounts import Cell
from mingbai.pages.policy.kinds import how_much
from mingbai.pages.wording.language import Json
from mingbai_calculator.core.facts import Facts
from mingbai_calculator.engine.ruleset import Ruleset
from mingbai_calculator.kinds import ON_A_BILL
from mingbai_calculator.law.conditions import holds, parts_of
from mingbai_calculator.law.version import Version
from mingbai_calculator.result.household import ONCE_FOR_ALL

_SERVICES = {"service": "services", "right": "rights", "in_kind": "goods"}
_OF_THE_EVENT = ("visit", "money", "year")
"""The groups of facts that say what happened, not who somebody is."""
_ONE_ROW = ("share", "ceiling")
"""Of the tables of these kinds only the first row that fits counts."""


@dataclass(frozen=True, slots=True)
class Entitlement:
    """One thing: under which label it stands, and what is said of it; `once` is there once for the whole household."""

    label: str
    part: Part
    policy: str
    once: bool = False


@dataclass(frozen=True, slots=True)
class Teller:
    """Puts results into words: the plan of the day, and the language."""

    ruleset: Ruleset
    voice: Voice

    def entitlements(self, result: Json, known: Facts) -> list[Entitlement]:
        """Return everything that a member has, the money first."""
        return [*self._bill(result), *self._money(result), *self._rates(result, known), *self._more(result)]

    def open_questions(self, result: Json) -> tuple[list[str], list[str]]:
        """Return what would have to be asked about the person, and the titles of what is open until then."""
        undecided = [entry for entry in result["undecided"] if not self._only_the_event(entry)]
        facts = dict.fromkeys(fact for entry in undecided for fact in entry["needs"] if not self._of_the_event(fact))
        return [self.voice.language.speaker.fact(fact) for fact in facts], [entry["title"] for entry in undecided]

    def _only_the_event(self, entry: Json) -> bool:
        """Whether nothing more is to be asked about the person, only what may happen one day."""
        return bool(entry["needs"]) and all(self._of_the_event(fact) for fact in entry["needs"])

    def _of_the_event(self, fact: str) -> bool:
        return self.ruleset.facts[fact]["group"] in _OF_THE_EVENT

    def _bill(self, result: Json) -> Iterator[Entitlement]:
        """Yield what becomes of a bill, where the list has one."""
        if result["self_pays"] is not None:
            span = self.voice.language.span
            pays = self.voice.page("example.self_pays", amount=span(result["self_pays"]))
            of = (
                [self.voice.page("policy.example_bill", total=span(result["total_cost"]))]
                if result["total_cost"]
                else []
            )
            yield self._said("bill", self.voice.page("mark.comma").join([*of, pays]), "")
            for line in result["lines"]:
                payer = self.voice.language.term("payers", line["payer"])
                said = self.voice.say("line", payer=payer, amount=span(line["amount"]), why=line["explanation"])
                yield self._said("bill", said, line["policy"])

    def _money(self, result: Json) -> Iterator[Entitlement]:
        for entry in (*result["cash"], *result["subsidies"]):
            said = self._titled(entry, entry["explanation"])
            yield self._said("money", said, entry["policy"], once=entry.get("unit") in ONCE_FOR_ALL)

    def _rates(self, result: Json, known: Facts) -> Iterator[Entitlement]:
        """Yield what pays a part of a bill that may come: the rows of each table that may hold for this person."""
        listed = {entry["policy"] for name in ("not_eligible", "undecided", "lines") for entry in result[name]}
        for policy, version in self.ruleset.versions.items():
            name = f"{self.ruleset.place}/{policy}"
            if version.kind in ON_A_BILL and name not in listed and result["self_pays"] is None:
                yield Entitlement("rates", self._rate(version, known), name)

    def _rate(self, version: Version, known: Facts) -> Part:
        shown: Any = {**version.data, "law": rows_for(version.data["law"], version.kind, known)}
        table = how_much(shown, self.voice.language).table
        text = self.voice.language.text
        rows = [row for group in table.groups for row in group.rows] if table else []
        figures = ""
        if table and len(rows) == 1:  # no table for a single row
            cells = zip(table.columns, rows[0].cells, strict=True)
            figures = self.voice.say("and").join(self._cell(column, cell) for column, cell in cells)
        return Part(text(shown["title"]), [text(shown["summary"])], "", figures, table if len(rows) > 1 else None)

    def _cell(self, column: str, cell: Cell) -> str:
        again = self.voice.say("again", text=cell.again) if cell.again else ""
        return f"{column}{self.voice.page('mark.colon')}{cell.text}{again}"

    def _more(self, result: Json) -> Iterator[Entitlement]:
        """Yield services, rights, goods, and help that an office decides on."""
        for entry in result["services"]:
            version = self.ruleset.versions[entry["policy"].partition("/")[2]]
            details = [self._law(version.law, name) for name in ("how_often", "where")]
            said = self._titled(entry, self.voice.page("mark.comma").join(filter(None, details)))
            once = version.data["unit"] in ONCE_FOR_ALL
            yield self._said(_SERVICES[version.kind], said, entry["policy"], once=once)
        for entry in filter(self._only_the_event, result["undecided"]):
            version = self.ruleset.versions[entry["policy"].partition("/")[2]]
            summary = self._law(version.data, "summary")
            yield self._said("event", self._titled(entry, summary), entry["policy"])
        for entry in result["may_also_help"]:
            yield self._said("perhaps", self._titled(entry, entry["because"]), entry["policy"])

    def _law(self, law: Any, name: str) -> str:  # noqa: ANN401 - JSON
        return self.voice.language.text(law[name]) if law.get(name) else ""

    def _titled(self, entry: Json, said: str) -> str:
        return f"{entry['title']}{self.voice.page('mark.colon')}{said}" if said else str(entry["title"])

    def _said(self, label: str, said: str, policy: str, *, once: bool = False) -> Entitlement:
        return Entitlement(label, Part("", [said]), policy, once)


def rows_for(law: Any, kind: str, known: Facts) -> Json:  # noqa: ANN401 - JSON
    """Return a law with the rows that may hold for somebody, asking only for what is not known to hold.

    Where the first row that fits counts, none stands behind one that holds whenever it does.
    """
    rows: list[Json] = []
    for row in law.get("rows", []):
        parts = [part for part in parts_of(row["if"]) if holds(part, known) is not True]
        if any(holds(part, known) is False for part in parts):
            continue
        if kind in _ONE_ROW and any(all(part in parts for part in earlier["if"][1:]) for earlier in rows):
            continue
        rows.append({**row, "if": ["all", *parts]})
    return {**law, "rows": rows} if rows else law
