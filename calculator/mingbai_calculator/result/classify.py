"""Putting each policy of a place into the list in which it belongs: what pays, what is due, what is free, why not."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import cast

from mingbai_calculator.core.facts import Facts, deciding_facts, enumerate_scenarios
from mingbai_calculator.core.json_value import Json
from mingbai_calculator.core.money import ALL, UNLIMITED, half_up, shown
from mingbai_calculator.engine.almost_eligible import is_near
from mingbai_calculator.engine.entitlements import Cash, birthday_unknown, cash_due, judge
from mingbai_calculator.engine.outcomes import LIMIT, Hull, Outcomes
from mingbai_calculator.engine.ruleset import OpenNumber, Ruleset
from mingbai_calculator.kinds import IN_CASH, ON_A_BILL, ON_A_PREMIUM, TESTS
from mingbai_calculator.kinds.claim import Payment
from mingbai_calculator.kinds.premium import Subsidy
from mingbai_calculator.law.conditions import Condition
from mingbai_calculator.law.numbers import Exact
from mingbai_calculator.law.version import Version
from mingbai_calculator.result import amounts
from mingbai_calculator.result.payment_sentences import distance, unlimited
from mingbai_calculator.result.phrases import Speaker

type Object = dict[str, Json]

LISTS = (
    "lines",
    "cash",
    "subsidies",
    "may_also_help",
    "services",
    "statuses",
    "undecided",
    "not_eligible",
    "needs",
    "missing",
)
_IMPORTANCE = {"bill": 0, "cash": 1, "services": 2, "statuses": 3}


@dataclass(slots=True)
class Lists:
    """The lists of one person's result while they are filled, and the readings that were used."""

    ruleset: Ruleset
    known: Facts
    bills: Outcomes | None
    speaker: Speaker
    of: dict[str, list[Json]] = field(default_factory=lambda: {name: [] for name in LISTS})
    affects: dict[str, str] = field(default_factory=dict)
    readings: dict[str, None] = field(default_factory=dict)

    def fill(self) -> None:
        """Place every policy, then say what is still needed."""
        for policy in self.ruleset.order:
            version = self.ruleset.versions.get(policy)
            if version is None:
                self._not_running(self.ruleset.all_versions[policy])
            else:
                self._place(version)
        self.of["lines"].sort(key=lambda entry: cast("int", cast("Object", entry).get("visit", 0)))
        self._needs()

    def _place(self, version: Version) -> None:
        if version.kind in TESTS:
            self._status(version)
            return
        on_bill = version.kind in ON_A_BILL
        # Of a bill that was not given nothing is said about the event; of several, each has its own.
        ask_event = not on_bill or (self.bills is not None and len(self.bills.visits) == 1)
        for condition in (version.when, version.who) if ask_event else (version.who,):
            if judge(condition, self.ruleset, self.known).holds is False:
                self._ruled_out(version, condition)
                return
        who = judge(version.who, self.ruleset, self.known)
        when = judge(version.when, self.ruleset, self.known)
        if on_bill:
            self._on_bill(version, who.needs)
        elif version.kind in IN_CASH:
            self._in_cash(version, [*who.needs, *when.needs])
        elif version.kind in ON_A_PREMIUM:
            self._on_a_premium(version, [*who.needs, *when.needs])
        elif who.holds is None or when.holds is None:
            self._undecided(version, [*who.needs, *when.needs], None, "cash" if version.kind == "aid" else "services")
        elif version.kind == "aid":
            self._use(version)
            self.of["may_also_help"].append(
                {**self._named(version), "because": self.speaker.text(version.law["because"])}
            )
        else:
            self._use(version)
            self.of["services"].append(self._named(version))

    # what pays a bill

    def _on_bill(self, version: Version, needs: list[str]) -> None:
        lines = {} if self.bills is None else self.bills.lines(version.policy)
        if needs:
            up_to = sum(line.high for line in lines.values()) if self.bills is not None else None
            self._undecided(version, needs, up_to, "bill")
        elif self.bills is not None and lines:
            self._use(version)
            for index in self.bills.of:
                bills = self.bills.of_visit(index)
                for payer, amount in bills.lines(version.policy).items():
                    self._line(bills, version.policy, payer, amount)
        elif self.bills is not None and self.bills.settled:
            self._not_eligible(version, self.speaker.say[_why_no_line(version, self.bills)], [])

    def _line(self, bills: Outcomes, policy: str, payer: str, amount: Hull) -> None:
        (index,) = bills.of
        payment = next(payment for payment in bills.payments(policy) if payment.payer == payer)
        explanation = None if amount.exact else self._range(amount, bills)
        entry = line(self.speaker, bills.visits[index].ruleset, payment, amount, explanation)
        if len(bills.visits) > 1:
            entry["visit"] = index + 1
        self.of["lines"].append(entry)

    def _range(self, amount: Hull, bills: Outcomes) -> str:
        """Say that an amount is a range, and on what it depends."""
        text = self.speaker.say["range"].format(low=shown(amount.low), high=shown(amount.high))
        names = list(dict.fromkeys(self._name(key) for key in bills.decisive))
        if not names:
            return text
        return self.speaker.join([text, self.speaker.say["depends"].format(names=self.speaker.listing(names))])

    # what is due in cash

    def _in_cash(self, version: Version, needs: list[str]) -> None:
        cash = cash_due(self.ruleset, version.policy, self.known)
        if birthday_unknown(self.ruleset.dues[version.policy], self.known):
            needs = [*needs, "wife_birth_month"]
        if needs:
            self._undecided(version, needs, half_up(cash.year_amount[1]), "cash")
            return
        if cash.year_amount[1] == 0:
            key = "no_month_due" if cash.amount[1] else "no_amount_fits"
            because = self.speaker.say[key].format(year=self.ruleset.day.year)
            self._not_eligible(version, because, [self.speaker.text(version.data["summary"])])
            return
        self._use(version)
        for key in cash.needs:
            self.affects.setdefault(_fact(key), "cash")
        self._missing(cash.numbers)
        low, high = cash.count
        self.of["cash"].append(
            {
                **self._named(version),
                "unit": version.data["unit"],
                "unit_amount": amounts.amount_or_nothing(cash.unit_amount),
                "count": low if low == high else {"low": low, "high": high},
                "amount": amounts.amount_or_nothing(cash.amount),
                "per": version.law["per"],
                "year_amount": amounts.amount_or_nothing(cash.year_amount),
                "explanation": self._cash_sentences(version, cash),
                "source": version.data["source"],
            },
        )

    def _cash_sentences(self, version: Version, cash: Cash) -> str:
        say, per = self.speaker.say, cast("str", version.law["per"])
        if cash.amount[0] == 0 and unlimited(cash.amount[1]):
            return say["cash_open"]
        figures = {
            "per": self.speaker.term("periods", per),
            "unit_amount": self._spoken(cash.unit_amount),
            "count": self._spoken((cash.count[0] * 100, cash.count[1] * 100)),
            "amount": self._spoken(cash.amount),
            "year": str(self.ruleset.day.year),
            "year_amount": self._spoken(cash.year_amount),
        }
        if per == "once":
            return say["cash_once"].format_map(figures)
        keys = ["cash_times" if cash.count[1] > 1 else "cash_per", "cash_year"]
        return self.speaker.join([say[key].format_map(figures) for key in keys])

    def _spoken(self, span: tuple[Exact, Exact]) -> str:
        low, high = span
        if low == high:
            return shown(low)
        key = "from_up" if unlimited(high) else "span"
        return self.speaker.say[key].format(low=shown(low), high=shown(high))

    # what is paid of a premium, and what a test says

    def _on_a_premium(self, version: Version, needs: list[str]) -> None:
        """List the subsidy, if it is the best of those for the same contribution (reading R17)."""
        if needs:
            self._undecided(version, needs, None, "cash")
            return
        scenarios, _ = enumerate_scenarios(self._best_subsidy(version), self.known, self.ruleset.values, LIMIT)
        given = [scenario.outcome for scenario in scenarios if scenario.outcome is not None]
        if not given:
            self._not_eligible(version, self.speaker.say["replaced"], [])
            return
        self._use(version)
        matters = deciding_facts(scenarios, lambda subsidy: subsidy)
        for key in matters:
            if key in self.speaker.facts:
                self.affects.setdefault(_fact(key), "cash")
        self._missing(list(matters))
        paid = [subsidy.amount for subsidy in given] + ([0] if len(given) < len(scenarios) else [])
        own = [subsidy.self_pays for subsidy in given]
        most = UNLIMITED if any(self._boundless(key) for key in matters) else 0
        amount, self_pays = (min(paid), max(*paid, most)), (min(own), max(*own, most))
        said = {"amount": self._spoken(amount), "self_pays": self._spoken(self_pays)}
        nothing = amount[0] == 0 and unlimited(amount[1])  # a sentence with figures would say nothing
        explanation = (
            self.speaker.text(version.data["summary"]) if nothing else self.speaker.say["premium"].format(**said)
        )
        self.of["subsidies"].append(
            {
                **self._named(version),
                "amount": amounts.amount_or_nothing(amount),
                "self_pays": amounts.amount_or_nothing(self_pays),
                "explanation": explanation,
                "source": version.data["source"],
            },
        )

    def _boundless(self, key: str) -> bool:
        """Whether a fact is an amount that may be anything: no number may be made up for its largest value."""
        fact = self.ruleset.facts.get(key)
        return fact is not None and fact["type"] == "money" and fact.get("high") is None

    def _best_subsidy(self, version: Version) -> Callable[[Facts], Subsidy | None]:
        """Return the function that tells what a policy pays of a contribution; None where another one pays more."""
        rivals = [
            v for v in self.ruleset.versions.values() if v.kind in ON_A_PREMIUM and v.law["of"] == version.law["of"]
        ]

        def best(facts: Facts) -> Subsidy | None:
            given = [(self.ruleset.subsidies[v.policy](facts), v) for v in rivals if v.applies()(facts)]
            subsidy, winner = max(given, key=lambda pair: pair[0].amount, default=(None, None))
            return subsidy if winner is version else None

        return best

    def _status(self, version: Version) -> None:
        verdict = judge(version.who, self.ruleset, self.known)
        failing = self.speaker.failing(version.who, self.known)
        because = {
            True: self.speaker.say["status_holds"],
            False: self.speaker.join([text for _, text in failing]) or self.speaker.say["status_fails"],
            None: self.speaker.say["status_unknown"],
        }[verdict.holds]
        for key in verdict.needs:
            if _fact(key) in self.speaker.facts:
                self.affects.setdefault(_fact(key), "statuses")
        self._use(version)
        self.of["statuses"].append({**self._named(version), "holds": verdict.holds, "because": because})

    # why not

    def _not_running(self, versions: list[Version]) -> None:
        """Say that no version of a policy is in force on the day: not yet, or no longer."""
        started = [version for version in versions if version.start is None or version.start <= self.ruleset.day]
        version = started[-1] if started else versions[0]
        key, state = ("ended", "ended") if started else ("not_yet", "announced")
        because = self.speaker.say[key].format(date=self.speaker.day(cast("str", version.data["start"])))
        self._not_eligible(version, because, [], state)

    def _ruled_out(self, version: Version, condition: Condition) -> None:
        failing = self.speaker.failing(condition, self.known)
        would_need: list[Json] = [self.speaker.condition(part) for part, _ in failing]
        near = condition is version.who and is_near([part for part, _ in failing], self.known, self.ruleset.facts)
        self._not_eligible(version, self.speaker.join([text for _, text in failing]), would_need, near=near)

    def _not_eligible(
        self, version: Version, because: str, would_need: list[Json], state: str | None = None, *, near: bool = False
    ) -> None:
        entry: Object = {**self._named(version), "because": because, "would_need": would_need}
        if state is not None:
            entry["state"] = state
        if near:
            entry["near"] = True
        self.of["not_eligible"].append(entry)

    def _undecided(self, version: Version, needs: list[str], up_to: int | None, affects: str) -> None:
        facts = list(dict.fromkeys(_fact(key) for key in needs if _fact(key) in self.speaker.facts))
        for fact in facts:
            self.affects.setdefault(fact, affects)
        most: Json = None if up_to is None or unlimited(up_to) else amounts.amount((0, up_to))
        entry: Object = {**self._named(version), "needs": cast("Json", facts), "up_to": most}
        if not facts:  # no answer would decide it: the source itself leaves it open
            entry["because"] = self.speaker.say["left_open"]
        self.of["undecided"].append(entry)

    # what is not known

    def _needs(self) -> None:
        """List the facts and numbers that would change the result, those of the bill first."""
        order: list[str] = []
        if self.bills is not None:
            keys = self.bills.decisive
            order = list(dict.fromkeys(_fact(key) for key in keys if _fact(key) in self.speaker.facts))
            self._missing([key for key in keys if key not in order])
        self.affects.update(dict.fromkeys(order, "bill"))
        rest = sorted(
            (fact for fact in self.affects if fact not in order), key=lambda fact: _IMPORTANCE[self.affects[fact]]
        )
        self.of["needs"] = [{"fact": fact, "affects": self.affects[fact]} for fact in [*order, *rest]]

    def _missing(self, keys: list[str]) -> None:
        listed = [cast("Object", entry)["input"] for entry in self.of["missing"]]
        for key in keys:
            number = self._number(key)
            if number is None or not number.asked or key in listed:
                continue
            rate = number.unit == "rate"
            low = amounts.rate(number.low) if rate else amounts.exactly(number.low)["low"]
            high = amounts.rate(min(number.high, ALL)) if rate else amounts.exactly(number.high)["high"]
            asks = self.speaker.text(number.data["question"])
            policy = f"{self.ruleset.place}/{number.policy}"
            self.of["missing"].append({"input": key, "policy": policy, "asks": asks, "low": low, "high": high})

    def _number(self, key: str) -> OpenNumber | None:
        plans = [self.ruleset, *(visit.ruleset for visit in (self.bills.visits if self.bills else ()))]
        return next((ruleset.numbers[key] for ruleset in plans if key in ruleset.numbers), None)

    def _name(self, key: str) -> str:
        number = self._number(key)
        if number is not None:
            title = self.speaker.text(self.ruleset.all_versions[number.policy][-1].data["title"])
            return self.speaker.say["not_printed"].format(title=title)
        return self.speaker.fact(_fact(key))

    def _use(self, version: Version) -> None:
        self.readings.update(dict.fromkeys(cast("list[str]", version.data["readings"])))

    def _named(self, version: Version) -> Object:
        return named(self.speaker, version, self.ruleset)


def named(speaker: Speaker, version: Version, ruleset: Ruleset) -> Object:
    """Return what every entry says of its policy; `for_whom` in words, where no fact tells it."""
    entry: Object = {
        "policy": version.name,
        "version": version.id,
        "state": version.state(ruleset.day),
        "title": speaker.text(version.data["title"]),
    }
    if for_whom := version.data.get("for_whom"):
        entry["for_whom"] = speaker.text(for_whom)
    return entry


def line(speaker: Speaker, ruleset: Ruleset, payment: Payment, amount: Hull, explanation: str | None = None) -> Object:
    """Return a payer's line; without an `explanation` the step explains itself."""
    version = ruleset.versions[payment.policy]
    entry: Object = {
        **named(speaker, version, ruleset),
        "payer": payment.payer,
        "settlement_code": amounts.settlement_code(payment.payer),
        "amount": amounts.amount(amount),
        "explanation": explanation or speaker.payment(payment),
        "source": version.data["source"],
    }
    if explanation is None and (next_one := distance(payment)) is not None:
        threshold, fen = next_one
        entry["distance"] = {"to": threshold, "amount": amounts.exactly(half_up(fen))}
    return entry


def _why_no_line(version: Version, bills: Outcomes) -> str:
    """Return the key of the sentence why a policy that applies pays no part of a bill."""
    claims = [claim for scenario in bills.settled for claim in scenario]
    if version.law.get("base") == "tcm_cost" and not any(claim.tcm for claim in claims):
        return "no_tcm"
    return "replaced" if any(claim.self_pays for claim in claims) else "nothing_left"


def _fact(key: str) -> str:
    """Return the fact behind the key of a world: of ``diagnoses:cataract@1`` it is ``diagnoses``."""
    return key.partition("@")[0].partition(":")[0]
