"""One estimate: from a request to the result of the contract, the same in CPython and in Pyodide."""

import json
from dataclasses import dataclass, field
from datetime import date
from typing import cast

from mingbai_calculator import bill as bills
from mingbai_calculator.conditions import Condition, Json
from mingbai_calculator.entitlements import birthday_unknown, cash_due, judge
from mingbai_calculator.errors import BadRequestError, Fault, not_one_of
from mingbai_calculator.explain import Speaker, speaker, unlimited
from mingbai_calculator.facts import Vocabulary, read_day, read_facts, read_inputs, with_defaults
from mingbai_calculator.kinds import IN_CASH, ON_A_BILL
from mingbai_calculator.money import ALL, half_up, shown, yuan
from mingbai_calculator.numbers import Exact
from mingbai_calculator.plan import Bundle, Plan, make_plan
from mingbai_calculator.sentences import CATALOGUES
from mingbai_calculator.settlement import Stay, Step
from mingbai_calculator.version import Version
from mingbai_calculator.world import World

type Object = dict[str, Json]

ALL_LISTS = (
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

SETTLEMENT_CODES = {
    "basic_insurance": "hifp_pay",
    "serious_illness_insurance": "hifmi_pay",
    "medical_assistance": "maf_pay",
    "hospital": "hosp_part_amt",
}
"""The field of the settlement slip that shows each payer; all others are ``oth_pay``."""


def estimate_json(bundle: Bundle, request: str) -> str:
    """Work out one estimate from JSON to JSON; numbers are read as they are written, never as floats."""
    result = estimate(bundle, read_json(request))
    return json.dumps(result, ensure_ascii=False, separators=(",", ":"))


def read_json(text: str) -> Json:
    """Parse JSON without floats; raises `BadRequestError` naming line and column."""
    try:
        return cast("Json", json.loads(text, parse_float=str, parse_constant=str))
    except json.JSONDecodeError as error:
        extra = {"line": str(error.lineno), "column": str(error.colno)}
        raise BadRequestError([Fault("not_json", "", extra=extra)]) from None
    except (ValueError, RecursionError):  # digits beyond the interpreter's limit, nesting without end
        raise BadRequestError([Fault("not_json", "", extra={"line": "1", "column": "1"})]) from None


def estimate(bundle: Bundle, request: Json) -> Object:
    """Work out what a person pays and gets: ``{"place", "date", "facts", "inputs", "lang"}`` to the result of the contract.

    Raises `BadRequestError` with every fault of the request.
    """
    faults: list[Fault] = []
    if not isinstance(request, dict):
        raise BadRequestError([Fault("not_an_object", "request", str(request))])
    places = cast("Object", bundle["places"])
    vocabulary = cast("Vocabulary", bundle["facts"])
    place, lang = str(request.get("place")), str(request.get("lang") or "zh")
    if place not in places:
        faults.append(not_one_of("unknown_place", place, "", tuple(places)))
    if lang not in CATALOGUES:
        faults.append(not_one_of("unknown_lang", lang, "", tuple(CATALOGUES)))
    day = read_day(request.get("date"), faults)
    known = read_facts(request.get("facts") or {}, vocabulary, faults)
    units = {name: str(data["unit"]) for name, data in _inputs(places, place).items()}
    known.update(read_inputs(request.get("inputs") or {}, units, faults))
    if faults or day is None:
        raise BadRequestError(faults)
    return Estimate(bundle, make_plan(bundle, place, day), known, speaker(bundle, lang)).result()


def _inputs(places: Object, place: str) -> dict[str, Object]:
    """Return every policy number of a place that may be typed in, in any version."""
    policies = cast("dict[str, list[Object]]", cast("Object", places.get(place, {"policies": {}}))["policies"])
    return {
        name: data
        for versions in policies.values()
        for version in versions
        for name, data in cast("dict[str, Object]", version["numbers"]).items()
        if data["asked"]
    }


@dataclass(slots=True)
class Estimate:
    """One person's estimate while it is put together."""

    bundle: Bundle
    plan: Plan
    given: World
    speaker: Speaker
    lists: dict[str, list[Json]] = field(default_factory=lambda: {name: [] for name in ALL_LISTS})
    affects: dict[str, str] = field(default_factory=dict)
    readings: dict[str, None] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)

    def result(self) -> Object:
        """Return the result of the contract."""
        vocabulary = self.speaker.facts
        known, assumed = with_defaults(self.given, vocabulary)
        bill = bills.settle_every_way(self.plan, known) if "total_cost" in known else None
        place = cast("Object", cast("Object", self.bundle["places"])[self.plan.place])
        head = {
            "place": self.plan.place,
            "date": self.plan.day.isoformat(),
            "revision": self.bundle["revision"],
            "engine": self.bundle["engine"],
        }
        money: Object = {"total_cost": None, "eligible_cost": None, "self_pays": None}
        slip: Json = None
        ends: Object = {}
        if bill is not None:
            self._readings(cast("list[str]", place["readings"]))
            asked = cast("list[str]", place["asks_facts"])
            self._assume([name for name in assumed if name in asked])
            money, slip, ends = self._bill(bill)
        elif place["settles"]:
            self.affects["total_cost"] = "bill"
        for policy in self.plan.all_versions:
            self._policy(policy, known, bill)
        self._unfinished(bill)
        return {
            **head,
            **money,
            "self_pays_is": "final",
            "bounds": "exact" if bill is None or bill.tight else "outer",
            **{name: self.lists[name] for name in ALL_LISTS},
            **ends,
            "slip": slip,
            "assumptions": cast("Json", self._assumptions()),
        }

    # the bill

    def _bill(self, bill: bills.Bill) -> tuple[Object, Json, Object]:
        """Return the sums, the slip and the two settlements at the ends."""
        if bill.self_pays is None:
            self.notes.append(self.speaker.say["not_settled"])
        elif bill.partly_settled:
            self.notes.append(self.speaker.say["perhaps_not_settled"])
        if not bill.tight:
            self.notes.append(self.speaker.say["too_many"])
        money: Object = {
            "total_cost": _exactly(bill.total),
            "eligible_cost": _exactly(bill.eligible),
            "self_pays": None if bill.self_pays is None else _hull(bill.self_pays),
        }
        if bill.self_pays is None:
            return money, None, {}
        slips = [_slip(stay) for stay in bill.settled]
        slip: Object = {name: _hull(bills.hull([each[name] for each in slips])) for name in slips[0]} if slips else {}
        if slips:
            slip["psn_part_amt"] = money["self_pays"]
        ends: Object = {}
        if not bill.self_pays.exact:
            ends = {"at_low": self._settlement(bill.at_low), "at_high": self._settlement(bill.at_high)}
        return money, slip, ends

    def _settlement(self, stay: Stay | None) -> Json:
        """Return one whole settlement, every amount exact; None for an end that no rule settles."""
        if stay is None:
            return None
        lines: list[Json] = [
            self._line(self.plan.versions[step.policy], step, bills.Hull(step.amount, step.amount))
            for step in stay.steps
        ]
        return {
            "self_pays": _exactly(stay.self_pays),
            "lines": lines,
            "slip": {name: _exactly(amount) for name, amount in _slip(stay).items()},
        }

    def _line(self, version: Version, step: Step, amount: bills.Hull, why: str | None = None) -> Object:
        return {
            "policy": version.name,
            "version": version.id,
            "state": version.state(self.plan.day),
            "title": self.speaker.text(version.data["title"]),
            "payer": step.payer,
            "settlement_code": SETTLEMENT_CODES.get(step.payer, "oth_pay"),
            "amount": _hull(amount),
            "explanation": why or self.speaker.step(step),
            "source": version.data["source"],
        }

    # policy by policy

    def _policy(self, policy: str, known: World, bill: bills.Bill | None) -> None:
        """Put one policy of the place into the list in which it belongs."""
        version = self.plan.versions.get(policy)
        if version is None:
            self._not_running(policy)
            return
        if version.kind in ON_A_BILL and bill is None:
            event = True  # without a bill nothing is said about the event
        else:
            event = self._possible(version.when, version, known)
        if not event or not self._possible(version.who, version, known):
            return
        who = judge(version.who, self.plan, known)
        when = judge(version.when, self.plan, known)
        if version.kind in ON_A_BILL:
            self._on_bill(version, bill, who.needs)
        elif version.kind in IN_CASH:
            self._in_cash(version, known, [*who.needs, *when.needs])
        elif who.holds is None or when.holds is None:
            needs = [*who.needs, *when.needs]
            self._undecided(version, needs, None, "services" if version.kind != "aid" else "cash")
        elif version.kind == "aid":
            self._used(version)
            because = self.speaker.text(version.law["because"])
            self.lists["may_also_help"].append({**self._named(version), "because": because})
        else:
            self._used(version)
            self.lists["services"].append(self._named(version))

    def _possible(self, condition: Condition, version: Version, known: World) -> bool:
        """Tell whether a condition may hold; if it cannot, say why the policy does not apply."""
        if judge(condition, self.plan, known).holds is not False:
            return True
        failing = self.speaker.failing(condition, known)
        because = self.speaker.join([text for _, text in failing])
        would_need: list[Json] = [self.speaker.condition(part) for part, _ in failing]
        self._not_eligible(version, because, would_need)
        return False

    def _on_bill(self, version: Version, bill: bills.Bill | None, needs: list[str]) -> None:
        line = None if bill is None else bill.line(version.policy)
        if needs:
            self._undecided(version, needs, None if line is None else line.high, "bill")
        elif bill is not None and line is not None:
            self._used(version)
            steps = [step for stay in bill.settled if (step := bills.step_of(stay, version.policy))]
            why = None
            if not line.exact:
                why = self._range(line, [*bill.needs, *bill.numbers])
            self.lists["lines"].append(self._line(version, steps[0], line, why))
        elif bill is not None and bill.settled:
            self._not_eligible(version, self.speaker.say[_why_no_line(version, bill)], [])

    def _range(self, amount: bills.Hull, keys: list[str]) -> str:
        """Say that an amount is a range, and on what it depends."""
        text = self.speaker.say["range"].format(low=shown(amount.low), high=shown(amount.high))
        names = list(dict.fromkeys(self._name(key) for key in keys))
        return (
            self.speaker.join([text, self.speaker.say["depends"].format(names=self.speaker.listing(names))])
            if names
            else text
        )

    def _in_cash(self, version: Version, known: World, needs: list[str]) -> None:
        parts = self.plan.dues[version.policy]
        cash = cash_due(self.plan, version.policy, known)
        if birthday_unknown(parts, known):
            needs = [*needs, "wife_birth_month"]
        if needs:
            self._undecided(version, needs, half_up(cash.year_amount[1]), "cash")
            return
        if cash.year_amount[1] == 0:
            key = "no_month_due" if cash.amount[1] else "no_amount_fits"
            because = self.speaker.say[key].format(year=self.plan.day.year)
            self._not_eligible(version, because, [self.speaker.text(version.data["summary"])])
            return
        self._used(version)
        for key in cash.needs:
            self.affects.setdefault(_fact(key), "cash")
        self._missing(cash.numbers)
        unit, per = cast("str", version.data["unit"]), cast("str", version.law["per"])
        low, high = cash.count
        self.lists["cash"].append(
            {
                **self._named(version),
                "unit": unit,
                "unit_amount": _span(cash.unit_amount),
                "count": low if low == high else {"low": low, "high": high},
                "amount": _span(cash.amount),
                "per": per,
                "year_amount": _span(cash.year_amount),
                "explanation": self._cash_sentences(
                    cash.unit_amount, cash.count, cash.amount, cash.year_amount, unit, per
                ),
                "source": version.data["source"],
            },
        )

    def _cash_sentences(
        self,
        unit_amount: tuple[Exact, Exact],
        count: tuple[int, int],
        amount: tuple[Exact, Exact],
        year_amount: tuple[Exact, Exact],
        unit: str,
        per: str,
    ) -> str:
        say = self.speaker.say
        figures = {
            "unit": self.speaker.term("units", unit),
            "per": self.speaker.term("periods", per),
            "unit_amount": self._spoken(unit_amount),
            "count": self._spoken((count[0] * 100, count[1] * 100)),
            "amount": self._spoken(amount),
            "year": str(self.plan.day.year),
            "year_amount": self._spoken(year_amount),
        }
        if per == "once":
            return say["cash_once"].format_map(figures)
        keys = ["cash_times" if count[1] > 1 else "cash_per", "cash_year"]
        return self.speaker.join([say[key].format_map(figures) for key in keys])

    def _spoken(self, span: tuple[Exact, Exact]) -> str:
        low, high = span
        if low == high:
            return shown(low)
        key = "from_up" if unlimited(high) else "span"
        return self.speaker.say[key].format(low=shown(low), high=shown(high))

    def _not_running(self, policy: str) -> None:
        """Say that no version of a policy is in force on the day: not yet, or no longer."""
        versions = self.plan.all_versions[policy]
        running = [version for version in versions if version.start is None or version.start <= self.plan.day]
        version = running[-1] if running else versions[0]
        state = "ended" if running else "announced"
        because = self.speaker.say["ended" if running else "not_yet"].format(
            date=cast("date", version.start).isoformat()
        )
        self.lists["not_eligible"].append(
            {
                "policy": version.name,
                "version": version.id,
                "state": state,
                "title": self.speaker.text(version.data["title"]),
                "because": because,
                "would_need": [],
            },
        )

    def _not_eligible(self, version: Version, because: str, would_need: list[Json]) -> None:
        self.lists["not_eligible"].append({**self._named(version), "because": because, "would_need": would_need})

    def _undecided(self, version: Version, needs: list[str], up_to: int | None, affects: str) -> None:
        facts = list(dict.fromkeys(_fact(key) for key in needs if _fact(key) in self.speaker.facts))
        for fact in facts:
            self.affects.setdefault(fact, affects)
        most: Json = None if up_to is None or unlimited(up_to) else {"low": yuan(0), "high": yuan(up_to)}
        self.lists["undecided"].append({**self._named(version), "needs": cast("Json", facts), "up_to": most})

    def _named(self, version: Version) -> Object:
        return {
            "policy": version.name,
            "version": version.id,
            "state": version.state(self.plan.day),
            "title": self.speaker.text(version.data["title"]),
        }

    # what is not known, and what was assumed

    def _unfinished(self, bill: bills.Bill | None) -> None:
        """List the facts and numbers that would change the result, those of the bill first."""
        order = []
        if bill is not None:
            order = list(dict.fromkeys(_fact(key) for key in bill.needs if _fact(key) in self.speaker.facts))
            self._missing(bill.numbers)
        for fact in order:
            self.affects[fact] = "bill"
        rest = sorted(
            (fact for fact in self.affects if fact not in order),
            key=lambda fact: _IMPORTANCE[self.affects[fact]],
        )
        self.lists["needs"] = [{"fact": fact, "affects": self.affects[fact]} for fact in [*order, *rest]]

    def _missing(self, keys: list[str]) -> None:
        for key in keys:
            number = self.plan.numbers[key]
            if not number.asked or any(cast("Object", entry)["input"] == key for entry in self.lists["missing"]):
                continue
            write = _rate if number.unit == "rate" else yuan
            self.lists["missing"].append(
                {
                    "input": key,
                    "policy": f"{self.plan.place}/{number.policy}",
                    "asks": self.speaker.text(number.data["question"]),
                    "low": write(number.low),
                    "high": None if unlimited(number.high) else write(number.high),
                },
            )

    def _name(self, key: str) -> str:
        if key in self.plan.numbers:
            number = self.plan.numbers[key]
            return self.speaker.text(self.plan.versions[number.policy].data["title"])
        return self.speaker.fact(_fact(key))

    def _used(self, version: Version) -> None:
        self._readings(cast("list[str]", version.data["readings"]))

    def _readings(self, ids: list[str]) -> None:
        for reading in ids:
            self.readings[reading] = None

    def _assume(self, assumed: list[str]) -> None:
        """Note which amounts were left out and what they count as."""
        for name in assumed:
            key = (
                "assumed_eligible"
                if name == "eligible_cost"
                else "assumed_one"
                if name == "companions"
                else "assumed_zero"
            )
            self.notes.append(self.speaker.say[key].format(name=self.speaker.fact(name)))

    def _assumptions(self) -> list[str]:
        texts = cast("Object", self.speaker.terms["readings"])
        ordered = sorted(self.readings, key=lambda reading: int(reading[1:]))
        return [*(f"{reading} {self.speaker.text(texts[reading])}" for reading in ordered), *self.notes]


def _why_no_line(version: Version, bill: bills.Bill) -> str:
    """Return the key of the sentence why a policy that applies pays no part of this bill."""
    if version.law.get("base") == "tcm_cost" and not any(stay.tcm for stay in bill.settled):
        return "no_tcm"
    return "replaced" if any(stay.self_pays for stay in bill.settled) else "nothing_left"


_IMPORTANCE = {"bill": 0, "cash": 1, "services": 2, "statuses": 3}


def _fact(key: str) -> str:
    """Return the fact behind the key of a world: of ``diagnoses:cataract`` it is ``diagnoses``."""
    return key.split(":", 1)[0]


def _slip(stay: Stay) -> dict[str, int]:
    """Return the settlement slip's own fields (fen)."""
    slip = {
        "inscp_scp_amt": stay.eligible,
        "act_pay_dedc": sum(step.deductible for step in stay.steps if step.payer == "basic_insurance"),
        "hifp_pay": 0,
        "hifmi_pay": 0,
        "maf_pay": 0,
        "hosp_part_amt": 0,
        "oth_pay": 0,
        "psn_part_amt": stay.self_pays,
    }
    for step in stay.steps:
        slip[SETTLEMENT_CODES.get(step.payer, "oth_pay")] += step.amount
    return slip


def _hull(amount: bills.Hull) -> Object:
    return {"low": yuan(amount.low), "high": yuan(amount.high)}


def _exactly(fen: int) -> Object:
    return {"low": yuan(fen), "high": yuan(fen)}


def _span(span: tuple[Exact, Exact]) -> Json:
    low, high = span
    if unlimited(low):
        return None
    return {"low": yuan(half_up(low)), "high": None if unlimited(high) else yuan(half_up(high))}


def _rate(points: int) -> str:
    """Write basis points as a fraction of one: ``6000`` is ``0.60``."""
    return f"{points // ALL}.{points % ALL:04d}".removesuffix("00")
