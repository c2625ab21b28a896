"""Worked examples of a policy, computed by the calculator: no amount on a page has another origin."""

from dataclasses import dataclass, field
from fractions import Fraction

from mingbai.bundle.estimator.events import SCHOOL, find_version_event
from mingbai.bundle.examples import estimate_example
from mingbai.pages.policy.citations import cite
from mingbai.pages.policy.kinds import PAGES
from mingbai.pages.wording.conditions import is_exclusion
from mingbai.pages.wording.language import Json, Language
from mingbai_calculator.core.money import parse_yuan, round_half_up
from mingbai_calculator.law.kinds import BILL_PAYING_KINDS


@dataclass(frozen=True, slots=True)
class BarSegment:
    """One segment of a payment bar: payer, amount, reason; `key` sets the pattern, `percent` (0 to 100) the length."""

    key: str
    payer: str
    percent: int
    amount: str
    policy: str = ""
    why: str = ""


@dataclass(frozen=True, slots=True)
class PaymentBar:
    """Who pays what of a bill, the person last; `title` is empty where there is only one bar."""

    title: str
    segments: list[BarSegment]


@dataclass(slots=True)
class WorkedExample:
    """One worked example in words; `basis`: its bill and day; `bars` and `typed` (entered numbers) may be empty."""

    id: str
    title: str
    day: str
    verdict: str
    why: list[str] = field(default_factory=list)
    basis: str = ""
    self_pays: str = ""
    bars: list[PaymentBar] = field(default_factory=list)
    typed: list[str] = field(default_factory=list)
    cited: str = ""


_RESULT_LISTS = ("lines", "cash", "subsidies", "services", "may_also_help", "statuses", "undecided", "not_eligible")


def make_worked_examples(
    bundle: Json, place: str, policy: str, version: Json, language: Language
) -> list[WorkedExample]:
    """Return every example of a version with its computed result."""
    return [_ExampleMaker(bundle, place, policy, version, language).make(example) for example in version["examples"]]


@dataclass(frozen=True, slots=True)
class _ExampleMaker:
    bundle: Json
    place: str
    policy: str
    version: Json
    language: Language

    def make(self, example: Json) -> WorkedExample:
        """Return one example with its result in words."""
        result = estimate_example(self.bundle, self.place, example, self.language.id)
        verdict, why = self._make_verdict(result)
        id_ = f"{self.version['id']}-{example['id']}"
        worked = WorkedExample(
            id_, self.language.text(example["title"]), self.language.day(example["date"]), verdict, why
        )
        total = result["total_cost"]
        if result["self_pays"] is None and self.version["kind"] not in BILL_PAYING_KINDS:
            total = None  # a service says nothing of a bill that no rule settles
        worked.basis = self._describe_basis(total, worked.day)
        if total is not None or result["self_pays"] is not None:
            self._add_bill(result, worked)
        if "from_source" in example:
            source = example["from_source"]
            worked.cited = self.language.say(
                "example.from_source", source=cite(self.bundle, source["document"], source["lines"], self.language)
            )
        worked.typed = [self._describe_input(name, value) for name, value in example["inputs"].items()]
        return worked

    def _describe_basis(self, total: Json | None, day: str) -> str:
        """Return the sentence about the bill and the day that an example assumes."""
        if total is None:
            return self.language.say("policy.example_day", date=day)
        span = self.language.span(total)
        return self.language.say(
            "policy.example_fee" if self._is_school else "policy.example_bill", total=span, date=day
        )

    @property
    def _is_school(self) -> bool:
        return find_version_event(self.version) == SCHOOL

    def _make_verdict(self, result: Json) -> tuple[str, list[str]]:
        """Return what this policy grants in one sentence, and the reasons."""
        name = f"{self.place}/{self.policy}"
        payers = [line for line in result["lines"] if line["policy"] == name]
        if len(payers) > 1:  # split between several payers: the bar shows what each of them pays
            amounts = [self.language.span(line["amount"]) for line in payers]
            return self._describe_payment(" + ".join(amounts)), []
        for kind in _RESULT_LISTS:
            for entry in result[kind]:
                if entry["policy"] == name:
                    why = entry.get("explanation") or entry.get("because")
                    if kind == "statuses" and is_exclusion(self.bundle["places"][self.place], self.policy):
                        why = None  # "your answers meet this" would read as good news
                    return self._describe_entry(kind, entry, result["date"][:4]), [why] if why else []
        return self.language.say("example.nothing_left"), []

    def _describe_payment(self, amount: str) -> str:
        """Return what this policy does to a bill: it pays an amount, or less is charged."""
        charges_less = PAGES[self.version["kind"]].charges_less
        return self.language.say("example.less" if charges_less else "example.line", amount=amount)

    def _describe_entry(self, kind: str, entry: Json, year: str) -> str:  # noqa: PLR0911 - a kind a line
        say = self.language.say
        if kind == "lines":
            return self._describe_payment(self.language.span(entry["amount"]))
        if kind == "cash":
            amount = entry["year_amount"]
            if amount["high"] is None and not parse_yuan(amount["low"]):
                return say("example.cash_open", year=year)
            return say("example.cash", year=year, amount=self.language.span(amount))
        if kind == "subsidies":
            return say("example.subsidy", amount=self.language.span(entry["amount"]))
        if kind == "statuses":
            return self._describe_status(entry["holds"])
        if kind == "undecided" and not entry["needs"]:
            return say("example.open")
        if kind == "undecided":
            speaker = self.language.speaker
            return say("example.depends", needs=speaker.listing([speaker.fact(fact) for fact in entry["needs"]]))
        return say({"services": "example.yes", "may_also_help": "example.perhaps"}.get(kind, "example.no"))

    def _describe_status(self, holds: bool | None) -> str:  # noqa: FBT001 - as the result has it
        """Return whether a status holds; of one that leaves people out, whether it does that."""
        if holds is None:
            return self.language.say("example.open")
        if is_exclusion(self.bundle["places"][self.place], self.policy):
            return self.language.say("example.left_out" if holds else "example.not_left_out")
        return self.language.say("example.holds" if holds else "example.fails")

    def _add_bill(self, result: Json, worked: WorkedExample) -> None:
        if result["self_pays"] is None:
            worked.self_pays = self.language.say("example.not_settled")
            sentences = self.language.speaker.sentences
            worked.why.append(sentences["fee_not_settled"] if self._is_school else sentences["not_settled"])
            return
        worked.self_pays = self.language.say("example.self_pays", amount=self.language.span(result["self_pays"]))
        if result["self_pays"]["low"] == result["self_pays"]["high"] and "at_low" not in result:
            worked.bars = [self._make_bar("", result["lines"], result["self_pays"])]
            if any(line["policy"] == f"{self.place}/{self.policy}" for line in result["lines"]):
                worked.why = []  # the bar shows it at the payer
            return
        for key in ("at_low", "at_high"):
            if result.get(key):
                title = self.language.say(f"example.{key}", amount=self.language.span(result[key]["self_pays"]))
                worked.bars.append(self._make_bar(title, result[key]["lines"], result[key]["self_pays"]))

    def _make_bar(self, title: str, lines: list[Json], self_pays: Json) -> PaymentBar:
        amounts = [parse_yuan(amount["low"]) or 0 for amount in (*(line["amount"] for line in lines), self_pays)]
        percents = [max(1, round_half_up(Fraction(100 * fen, sum(amounts)))) if fen else 0 for fen in amounts]
        segments = [
            BarSegment(
                line["payer"],
                self.language.term("payers", line["payer"]),
                percent,
                self.language.span(line["amount"]),
                line["title"],
                line["explanation"],
            )
            for line, percent in zip(lines, percents, strict=False)
        ]
        person = BarSegment("self", self.language.say("example.you"), percents[-1], self.language.span(self_pays))
        return PaymentBar(title, [*segments, person])

    def _describe_input(self, name: str, value: str) -> str:
        """Return which number was entered for the example (yuan, or a rate as text)."""
        policy = name.removeprefix(f"{self.place}/").split(".")[0]
        versions = self.bundle["places"][self.place]["policies"][policy]
        data = next(version["numbers"][name] for version in reversed(versions) if name in version["numbers"])
        if data["unit"] == "rate":
            whole, _, part = value.partition(".")
            shown = self.language.rate(int(whole) * 10_000 + int(part.ljust(4, "0")))
        else:
            shown = self.language.yuan(value)
        return self.language.say("example.typed", question=self.language.text(data["question"]), value=shown)
