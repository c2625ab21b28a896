"""Entitlements of a household member as texts, from the calculator's result.

Without a bill in the list, the rates of the policies that pay part of a bill are listed.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from mingbai.bundle.estimator.events import SCHOOL, find_version_event
from mingbai.cards.content.kinds import CARDS
from mingbai.cards.model.card import CardPart
from mingbai.pages.policy.benefits.benefit import Cell
from mingbai.pages.policy.kinds import describe_benefit
from mingbai.pages.wording.language import Json, Language
from mingbai_calculator.core.facts import Facts
from mingbai_calculator.engine.ruleset import Ruleset
from mingbai_calculator.law.kinds import BILL_PAYING_KINDS
from mingbai_calculator.law.version import PolicyVersion
from mingbai_calculator.result.fitting import list_fitting
from mingbai_calculator.result.household import SHARED_UNITS

_EVENT_GROUPS = ("visit", "money", "year")
"""Groups of facts about an event (a visit, a bill), not about the person."""


@dataclass(frozen=True, slots=True)
class Entitlement:
    """One entitlement: its label, its text, and the policy (``place/policy``; ``""`` for the total of a bill).

    `once` means that the whole household gets it once.
    """

    label: str
    part: CardPart
    policy: str
    once: bool = False


@dataclass(frozen=True, slots=True)
class EntitlementWriter:
    """Words results of the calculator, by the rules of one day, in one language."""

    ruleset: Ruleset
    wording: Language

    def list_entitlements(self, result: Json, facts: Facts, bill_day: str = "") -> list[Entitlement]:
        """Return all entitlements of a member, money first; `bill_day` (ISO): that of a bill with a day of its own."""
        return [
            *self._bill_entitlements(result, bill_day),
            *self._cash_entitlements(result),
            *self._rate_entitlements(result, facts),
            *self._other_entitlements(result),
        ]

    def list_open_questions(self, result: Json) -> tuple[list[str], list[str]]:
        """Return the names of missing facts about the person, and the titles of the policies that need them."""
        undecided = [entry for entry in list_fitting(result["undecided"]) if not self._needs_only_event_facts(entry)]
        facts = dict.fromkeys(fact for entry in undecided for fact in entry["needs"] if not self._is_event_fact(fact))
        return [self.wording.speaker.fact(fact) for fact in facts], [entry["title"] for entry in undecided]

    def _needs_only_event_facts(self, entry: Json) -> bool:
        """Whether only facts about an event are missing, none about the person."""
        return bool(entry["needs"]) and all(self._is_event_fact(fact) for fact in entry["needs"])

    def _is_event_fact(self, fact: str) -> bool:
        return self.ruleset.fact_definitions[fact].group in _EVENT_GROUPS

    def _bill_entitlements(self, result: Json, day: str) -> Iterator[Entitlement]:
        """Yield the result of a bill and what each policy pays of it, if the list has a bill."""
        if result["self_pays"] is not None:
            span = self.wording.span
            pays = span(result["self_pays"])
            if not result["total_cost"]:
                sentence = self.wording.say("example.self_pays", amount=pays)
            elif day:
                total, on = span(result["total_cost"]), self.wording.day(day)
                sentence = self.wording.say("cards.bill_of_day", date=on, total=total, amount=pays)
            else:
                total = span(result["total_cost"])
                sentence = self.wording.say("cards.fee" if self._is_school else "cards.bill", total=total, amount=pays)
            label = "fee" if self._is_school else "bill"
            yield self._make_entitlement(label, sentence, "")
            for line in result["lines"]:
                payer = self.wording.term("payers", line["payer"])
                sentence = self.wording.say(
                    "cards.line", payer=payer, amount=span(line["amount"]), why=line["explanation"]
                )
                yield self._make_entitlement(label, sentence, line["policy"])

    @property
    def _is_school(self) -> bool:
        """Whether the bills of the place are school fees."""
        return self.ruleset.law.cost_fact == "fee"

    def _cash_entitlements(self, result: Json) -> Iterator[Entitlement]:
        for entry in list_fitting((*result["cash"], *result["subsidies"])):
            sentence = self._join_title(entry, entry["explanation"])
            label, once = CARDS[self._get_version(entry).kind].label, entry.get("unit") in SHARED_UNITS
            yield self._make_entitlement(label, sentence, entry["policy"], once=once)

    def _rate_entitlements(self, result: Json, facts: Facts) -> Iterator[Entitlement]:
        """Yield the rates for a future bill: of each table the rows that may apply to this person."""
        listed = {entry["policy"] for name in ("not_eligible", "undecided", "lines") for entry in result[name]}
        for policy, version in self.ruleset.versions.items():
            name = f"{self.ruleset.place}/{policy}"
            if version.kind in BILL_PAYING_KINDS and name not in listed and result["self_pays"] is None:
                label = "waivers" if find_version_event(version.data) == SCHOOL else CARDS[version.kind].label
                yield Entitlement(label, self._rate_part(version, facts), name)

    def _rate_part(self, version: PolicyVersion, facts: Facts) -> CardPart:
        law = CARDS[version.kind].select_rows(version.law, facts)
        table = describe_benefit(version.data, self.wording, law).table
        text = self.wording.text
        rows = [row for group in table.groups for row in group.rows] if table else []
        figures = ""
        if table and len(rows) == 1:  # no table for a single row
            cells = zip(table.columns, rows[0].cells, strict=True)
            figures = self.wording.say("cards.and").join(self._cell_text(column, cell) for column, cell in cells)
        return CardPart(text(version.title), [text(version.summary)], "", figures, table if len(rows) > 1 else None)

    def _cell_text(self, column: str, cell: Cell) -> str:
        restated = self.wording.say("cards.again", text=cell.restated) if cell.restated else ""
        return f"{column}{self.wording.say('mark.colon')}{cell.text}{restated}"

    def _other_entitlements(self, result: Json) -> Iterator[Entitlement]:
        """Yield services, rights, goods, help in certain events, and help that an office decides on."""
        for entry in list_fitting(result["services"]):
            version = self._get_version(entry)
            kind = CARDS[version.kind]
            details = [self.wording.text(text) for text in kind.list_details(version.law)]
            sentence = self._join_title(entry, self.wording.say("mark.comma").join(details))
            once = version.unit in SHARED_UNITS
            yield self._make_entitlement(kind.label, sentence, entry["policy"], once=once)
        for entry in filter(self._needs_only_event_facts, list_fitting(result["undecided"])):
            version = self._get_version(entry)
            summary = self.wording.text(version.summary)
            yield self._make_entitlement("event", self._join_title(entry, summary), entry["policy"])
        for entry in list_fitting(result["may_also_help"]):
            label = CARDS[self._get_version(entry).kind].label
            yield self._make_entitlement(label, self._join_title(entry, entry["because"]), entry["policy"])

    def _get_version(self, entry: Json) -> PolicyVersion:
        """Return the version in force of the policy of an entry."""
        return self.ruleset.versions[entry["policy"].partition("/")[2]]

    def _join_title(self, entry: Json, text: str) -> str:
        return f"{entry['title']}{self.wording.say('mark.colon')}{text}" if text else str(entry["title"])

    def _make_entitlement(self, label: str, sentence: str, policy: str, *, once: bool = False) -> Entitlement:
        return Entitlement(label, CardPart("", [sentence]), policy, once)
