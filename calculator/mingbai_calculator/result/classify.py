"""Classify each policy of a place into a list of the result: payments, cash, subsidies, services, not eligible, ..."""

from collections.abc import Callable, Sequence
from datetime import date

from mingbai_calculator.core.facts import Facts, deciding_facts, enumerate_scenarios, get_fact_of_key
from mingbai_calculator.core.json_value import Json, JsonList, JsonObject, Texts
from mingbai_calculator.core.money import UNLIMITED, Exact, format_amount, round_half_up
from mingbai_calculator.engine.almost_eligible import is_almost_eligible
from mingbai_calculator.engine.entitlements import (
    UNDECIDED,
    CashDue,
    Judgement,
    compute_cash_due,
    find_unknown_birthday,
    judge,
)
from mingbai_calculator.engine.meant_for import is_meant_for_others, list_open_facts
from mingbai_calculator.engine.outcomes import MAX_SCENARIOS, Hull, Outcomes
from mingbai_calculator.engine.ruleset import OpenNumberBounds
from mingbai_calculator.kinds.claim import Payment
from mingbai_calculator.kinds.premium import Subsidy
from mingbai_calculator.law.kinds import RESULT_LISTS
from mingbai_calculator.law.laws import CashLaw, PlainLaw, PremiumLaw, ShareLaw
from mingbai_calculator.law.version import PolicyVersion
from mingbai_calculator.result import amounts
from mingbai_calculator.result.missing import describe_missing
from mingbai_calculator.result.payment_sentences import find_next_threshold, is_unlimited
from mingbai_calculator.result.policy_texts import (
    ConditionPart,
    ConditionTexts,
    PolicyTexts,
    RulesetTexts,
    get_texts,
    list_phrases,
)

LIST_NAMES = (
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
_EVENT_GROUPS = ("visit", "money", "year")
"""Groups of facts about an event or sums, not about the person."""
_AFFECTS_ORDER = {"bill": 0, "cash": 1, "services": 2, "statuses": 3}


class ResultLists:
    """Builder of the lists of one person's result; collects the readings used, and what each missing fact affects."""

    __slots__ = (
        "_asking",
        "_open_numbers",
        "affects",
        "entries",
        "known",
        "outcomes",
        "readings",
        "ruleset",
        "speaker",
        "texts",
    )

    def __init__(self, texts: RulesetTexts, known: Facts, outcomes: Outcomes | None) -> None:
        """Create empty lists."""
        self.texts, self.ruleset, self.speaker = texts, texts.ruleset, texts.speaker
        self.known, self.outcomes = known, outcomes
        self._open_numbers = dict(self.ruleset.open_numbers)
        for visit in outcomes.visits if outcomes else ():
            if visit.ruleset is not self.ruleset:
                self._open_numbers = visit.ruleset.open_numbers | self._open_numbers
        self.entries: dict[str, JsonList] = {name: [] for name in LIST_NAMES}
        self.affects: dict[str, str] = {}
        self._asking: dict[str, int] = {}  # missing fact -> number of policies that ask for it
        self.readings: dict[str, None] = {}

    def fill(self) -> None:
        """Classify every policy, then list the facts that are still needed."""
        for policy in self.ruleset.policy_order:
            version = self.ruleset.versions.get(policy)
            if self._paid_by_earlier_rules(policy, version):
                continue
            if version is None:
                self._add_not_in_force(self.ruleset.all_versions[policy])
            else:
                self._classify(version)
        self.entries["lines"].sort(key=lambda entry: entry.get("visit", 0))
        self._list_needs()

    def _paid_by_earlier_rules(self, policy: str, version: PolicyVersion | None) -> bool:
        """Add the lines of a policy that another version paid on the day of a visit, if that is not in force today."""
        if self.outcomes is None or len(self.outcomes.visits) == 1 or not self.outcomes.list_payments(policy):
            return False
        versions = [visit.ruleset.versions.get(policy) for visit in self.outcomes.visits]
        paying = next((known for known in versions if known is not None), version)
        if paying is None or (version is not None and not isinstance(self._judge(self.texts.get(version).who), list)):
            return False
        self._add_bill_policy(paying, ())
        return True

    def _classify(self, version: PolicyVersion) -> None:
        result_list = RESULT_LISTS[version.kind]
        if result_list == "statuses":
            self._add_status(version)
            return
        on_bill = result_list == "lines"
        # Without a bill the event is unknown; with several visits each has its own.
        ask_event = not on_bill or (self.outcomes is not None and len(self.outcomes.visits) == 1)
        texts = self.texts.get(version)
        when = self._judge(texts.when) if ask_event else UNDECIDED
        if isinstance(when, list):
            self._add_ruled_out(texts, texts.when, when)
            return
        who = self._judge(texts.who)
        if isinstance(who, list):
            self._add_ruled_out(texts, texts.who, who)
        elif on_bill:
            self._add_bill_policy(version, who.needs)
        elif result_list == "cash":
            self._add_cash(version, [*who.needs, *when.needs])
        elif result_list == "subsidies":
            self._add_subsidy(version, [*who.needs, *when.needs])
        elif who.holds is None or when.holds is None:
            affects = "cash" if result_list == "may_also_help" else "services"
            self._add_undecided(version, [*who.needs, *when.needs], None, affects)
        else:
            self._note_readings(version)
            entry = self._make_offer(version, "cash" if result_list == "may_also_help" else "services")
            if result_list == "may_also_help":
                entry["because"] = self.speaker.text(_get_because(version))
            self.entries[result_list].append(entry)

    def _judge(self, condition: ConditionTexts) -> Judgement | list[ConditionPart]:
        """Judge a condition; if it is false, return the parts that are known to fail instead.

        A part that fails decides; a condition may be false without one, if its parts exclude each other.
        """
        failing = condition.list_failing(self.known)
        if failing:
            return failing
        judgement = judge(condition.holds, self.ruleset, self.known)
        return [] if judgement.holds is False else judgement

    # policies that pay bills

    def _add_bill_policy(self, version: PolicyVersion, needs: Sequence[str]) -> None:
        lines = {} if self.outcomes is None else self.outcomes.get_payer_hulls(version.policy)
        if needs:
            up_to = sum(line.high for line in lines.values()) if self.outcomes is not None else None
            self._add_undecided(version, needs, up_to, "bill")
        elif self.outcomes is not None and lines:
            self._note_readings(version)
            for index in self.outcomes.visit_indexes:
                outcomes = self.outcomes.select_visit(index)
                lines_of_visit = lines if outcomes is self.outcomes else outcomes.get_payer_hulls(version.policy)
                for payer, amount in lines_of_visit.items():
                    self._add_line(outcomes, version.policy, payer, amount)
        elif self.outcomes is not None and self.outcomes.settlements:
            self._add_not_eligible(version, self.speaker.sentences[_explain_no_line(version, self.outcomes)], [])

    def _add_line(self, outcomes: Outcomes, policy: str, payer: str, amount: Hull) -> None:
        (index,) = outcomes.visit_indexes
        payment = next(payment for payment in outcomes.list_payments(policy) if payment.payer == payer)
        explanation = None if amount.is_exact else self._explain_range(amount, outcomes)
        entry = make_line(get_texts(outcomes.visits[index].ruleset, self.speaker), payment, amount, explanation)
        if self.outcomes is not None and len(self.outcomes.visit_indexes) > 1:
            entry["visit"] = self.outcomes.visit_indexes.index(index) + 1
        self.entries["lines"].append(entry)

    def _explain_range(self, amount: Hull, outcomes: Outcomes) -> str:
        """Return the sentences that an amount is a range, and which facts it depends on."""
        if amount.low == 0 and amount.high >= outcomes.total > 0:
            text = self.speaker.sentences["any_part"]
        else:
            low, high = format_amount(amount.low), format_amount(amount.high)
            text = self.speaker.sentences["range"].format(low=low, high=high)
        names = list(dict.fromkeys(self._name_key(key) for key in outcomes.deciding_keys))
        if not names:
            return text
        return self.speaker.join([text, self.speaker.sentences["depends"].format(names=self.speaker.listing(names))])

    # cash

    def _add_cash(self, version: PolicyVersion, needs: list[str]) -> None:
        cash = compute_cash_due(self.ruleset, version.policy, self.known)
        birthday = find_unknown_birthday(self.ruleset.get_cash_periods(version.policy), self.known)
        if birthday is not None:
            needs = [*needs, birthday]
        if needs:
            self._add_undecided(version, needs, round_half_up(cash.year_amount[1]), "cash")
            return
        if cash.year_amount[1] == 0:
            sentences = self.speaker.sentences
            because = sentences["no_amount_fits"]
            if cash.amount[1]:
                because = sentences["no_month_due"].format(year=self.ruleset.day.year)
            self._add_not_eligible(version, because, [self.speaker.text(version.summary)])
            return
        self._note_readings(version)
        offer = self._make_offer(version, "cash", cash.needs, cash.numbers)
        low, high = cash.times
        self.entries["cash"].append(
            {
                **offer,
                "unit": version.unit,
                "unit_amount": amounts.format_range_or_null(cash.unit_amount),
                "count": low if low == high else {"low": low, "high": high},
                "amount": amounts.format_range_or_null(cash.amount),
                "per": version.get_law(CashLaw).per,
                "year_amount": amounts.format_range_or_null(cash.year_amount),
                "explanation": self._explain_cash(version, cash),
                "source": version.source,
            },
        )

    def _explain_cash(self, version: PolicyVersion, cash: CashDue) -> str:
        sentences, period = self.speaker.sentences, version.get_law(CashLaw).per
        if cash.amount[0] == 0 and is_unlimited(cash.amount[1]):
            return sentences["cash_open"]
        amount, per = self._format_span(cash.amount), self.speaker.term("periods", period)
        if period == "once":
            once = sentences["cash_once"].format(amount=amount)
            return self.speaker.join([once, *self._name_measures(version)])
        if cash.times[1] > 1:
            count = self._format_span((cash.times[0] * 100, cash.times[1] * 100))
            unit_amount = self._format_span(cash.unit_amount)
            each = sentences["cash_times"].format(count=count, unit_amount=unit_amount, per=per, amount=amount)
        else:
            each = sentences["cash_per"].format(per=per, amount=amount)
        year_amount = self._format_span(cash.year_amount)
        return self.speaker.join(
            [
                each,
                sentences["cash_year"].format(year=self.ruleset.day.year, year_amount=year_amount),
                *self._name_measures(version),
            ]
        )

    def _name_measures(self, version: PolicyVersion) -> list[str]:
        """Return the sentence that names the answers that the amount is worked out from; none without any."""
        names = [self.speaker.fact(fact) for fact in version.get_law(CashLaw).list_measures()]
        return [self.speaker.sentences["cash_from"].format(names=self.speaker.listing(names))] if names else []

    def _format_span(self, span: tuple[Exact, Exact]) -> str:
        low, high = span
        if low == high:
            return format_amount(low)
        if is_unlimited(high):
            return self.speaker.sentences["from_up"].format(low=format_amount(low))
        return self.speaker.sentences["span"].format(low=format_amount(low), high=format_amount(high))

    # subsidies of premiums, statuses

    def _add_subsidy(self, version: PolicyVersion, needs: list[str]) -> None:
        """Add the subsidy if it is the largest for its contribution (reading R17)."""
        if needs:
            self._add_undecided(version, needs, None, "cash")
            return
        scenarios, _ = enumerate_scenarios(
            self._make_best_subsidy(version), self.known, self.ruleset.candidate_values, MAX_SCENARIOS
        )
        subsidies = [scenario.outcome for scenario in scenarios if scenario.outcome is not None]
        if not subsidies:
            self._add_not_eligible(version, self.speaker.sentences["replaced"], [])
            return
        self._note_readings(version)
        deciding = deciding_facts(scenarios, lambda subsidy: subsidy)
        facts = [key for key in deciding if key in self.speaker.facts]
        offer = self._make_offer(version, "cash", facts, list(deciding))
        paid = [subsidy.amount for subsidy in subsidies] + ([0] if len(subsidies) < len(scenarios) else [])
        self_payments = [subsidy.self_pays for subsidy in subsidies]
        upper_bound = UNLIMITED if any(self._is_unbounded(key) for key in deciding) else 0
        amount, self_pays = (min(paid), max(*paid, upper_bound)), (min(self_payments), max(*self_payments, upper_bound))
        figures = {"amount": self._format_span(amount), "self_pays": self._format_span(self_pays)}
        says_nothing = amount[0] == 0 and is_unlimited(amount[1])  # the range excludes nothing
        explanation = (
            self.speaker.text(version.summary) if says_nothing else self.speaker.sentences["premium"].format(**figures)
        )
        self.entries["subsidies"].append(
            {
                **offer,
                "amount": amounts.format_range_or_null(amount),
                "self_pays": amounts.format_range_or_null(self_pays),
                "explanation": explanation,
                "source": version.source,
            },
        )

    def _is_unbounded(self, key: str) -> bool:
        """Tell whether a fact is an amount without an upper bound: no largest value may be invented for it."""
        fact = self.ruleset.fact_definitions.get(key)
        return fact is not None and fact.type == "money" and fact.high is None

    def _make_best_subsidy(self, version: PolicyVersion) -> Callable[[Facts], Subsidy | None]:
        """Return the function that computes a policy's subsidy; its result is None if another policy's is larger."""
        of = version.get_law(PremiumLaw).of
        rivals = [
            rival
            for rival in self.ruleset.versions.values()
            if isinstance(rival.law, PremiumLaw) and rival.law.of == of
        ]

        def compute_best(facts: Facts) -> Subsidy | None:
            candidates = [
                (self.ruleset.get_subsidy(rival.policy)(facts), rival)
                for rival in rivals
                if rival.compile_applies()(facts)
            ]
            subsidy, winner = max(candidates, key=lambda pair: pair[0].amount, default=(None, None))
            return subsidy if winner is version else None

        return compute_best

    def _add_status(self, version: PolicyVersion) -> None:
        who = self.texts.get(version).who
        judgement = judge(who.holds, self.ruleset, self.known)
        if judgement.holds is False:
            failures = self.texts.join_failures(who.list_failing(self.known), self.known)
            because = failures or self.speaker.sentences["status_fails"]
        else:
            because = self.speaker.sentences["status_holds" if judgement.holds else "status_unknown"]
        self.ask(judgement.needs, "statuses")
        self._note_readings(version)
        self.entries["statuses"].append({**self._make_entry(version), "holds": judgement.holds, "because": because})

    # not eligible, undecided

    def _add_not_in_force(self, versions: list[PolicyVersion]) -> None:
        """Add a policy without a version in force on the day: not yet started, or ended."""
        started = [version for version in versions if version.start is None or version.start <= self.ruleset.day]
        version = started[-1] if started else versions[0]
        key, state = ("ended", "ended") if started else ("not_yet", "announced")
        because = self.speaker.sentences[key].format(date=self._format_day(version.start))
        self._add_not_eligible(version, because, [], state)

    def _format_day(self, day: date | None) -> str:
        return "" if day is None else self.speaker.day(day.isoformat())

    def _add_ruled_out(self, policy: PolicyTexts, condition: ConditionTexts, failing: list[ConditionPart]) -> None:
        near = condition is policy.who and is_almost_eligible(
            [part.condition for part in failing], self.known, self.ruleset.fact_definitions
        )
        because = self.texts.join_failures(failing, self.known)
        self._add_not_eligible(policy.version, because, list_phrases(failing), near=near)

    def _add_not_eligible(
        self,
        version: PolicyVersion,
        because: str,
        would_need: list[Json],
        state: str | None = None,
        *,
        near: bool = False,
    ) -> None:
        entry: JsonObject = {**self._make_entry(version), "because": because, "would_need": would_need}
        if state is not None:
            entry["state"] = state
        if near:
            entry["near"] = True
        self.entries["not_eligible"].append(entry)

    def _add_undecided(self, version: PolicyVersion, needs: Sequence[str], up_to: int | None, affects: str) -> None:
        facts = list(dict.fromkeys(get_fact_of_key(key) for key in needs if get_fact_of_key(key) in self.speaker.facts))
        offer = self._make_offer(version, affects, facts)
        definitions = self.ruleset.fact_definitions
        facts = [fact for fact in facts if definitions[fact].is_asked_of(self.known)] or facts
        most: Json = None if up_to is None or is_unlimited(up_to) else amounts.format_range((0, up_to))
        entry: JsonObject = {**offer, "needs": facts, "up_to": most}
        if not facts:  # no answer can decide it: the source leaves it open
            entry["because"] = self.speaker.sentences["left_open"]
        self.entries["undecided"].append(entry)

    # missing facts and numbers

    def _make_offer(
        self, version: PolicyVersion, affects: str, needs: Sequence[str] = (), numbers: Sequence[str] = ()
    ) -> JsonObject:
        """Return the first fields of an entry, and ask for what it needs, unless it is meant for others (`fits`)."""
        if is_meant_for_others(version, self.known, self.ruleset.fact_definitions):
            return {**self._make_entry(version), "fits": False}
        self.ask(needs, affects)
        self.ask(list_open_facts(version, self.known), "services" if affects == "bill" else affects)  # they pay nothing
        self._add_missing(numbers)
        return dict(self._make_entry(version))

    def ask(self, keys: Sequence[str], affects: str) -> None:
        """Note which facts a policy needs, but for those that this person is not asked for."""
        for fact in dict.fromkeys(map(get_fact_of_key, keys)):
            definition = self.speaker.facts.get(fact)
            if definition is not None and definition.is_asked_of(self.known):
                self.affects.setdefault(fact, affects)
                self._asking[fact] = self._asking.get(fact, 0) + 1

    def _list_needs(self) -> None:
        """List the missing facts and open numbers that would change the result, those that affect the bill first."""
        order: list[str] = []
        if self.outcomes is not None:
            keys = self.outcomes.deciding_keys
            order = list(
                dict.fromkeys(get_fact_of_key(key) for key in keys if get_fact_of_key(key) in self.speaker.facts)
            )
            self._add_missing([key for key in keys if key not in order])
        self.affects.update(dict.fromkeys(order, "bill"))
        rest = sorted((fact for fact in self.affects if fact not in order), key=self._rank)
        self.entries["needs"] = [{"fact": fact, "affects": self.affects[fact]} for fact in [*order, *rest]]

    def _rank(self, fact: str) -> tuple[bool, bool, bool, bool, int, int]:
        """Return the rank of a missing fact: the bill first, losses last; between, the person before an event or sums.

        Among these, what most policies ask for comes first, and what matters to few people last.
        """
        affects, definition = self.affects[fact], self.speaker.facts[fact]
        is_event = definition.group in _EVENT_GROUPS
        kind = affects != "bill", definition.is_gentle, is_event, definition.for_few
        return *kind, -self._asking.get(fact, 0), _AFFECTS_ORDER[affects]

    def _add_missing(self, keys: Sequence[str]) -> None:
        listed = [entry["input"] for entry in self.entries["missing"]]
        rulesets = [self.ruleset, *(visit.ruleset for visit in (self.outcomes.visits if self.outcomes else ()))]
        for key in keys:
            number = self._find_open_number(key)
            if number is None or not number.asked or key in listed:
                continue
            versions = [ruleset.versions.get(number.policy) for ruleset in rulesets]
            self.entries["missing"].append(describe_missing(key, number, versions, self.known, self.speaker))

    def _find_open_number(self, key: str) -> OpenNumberBounds | None:
        return self._open_numbers.get(key)

    def _name_key(self, key: str) -> str:
        number = self._find_open_number(key)
        if number is not None:
            title = self.speaker.text(self.ruleset.all_versions[number.policy][-1].title)
            return self.speaker.sentences["not_printed"].format(title=title)
        return self.speaker.fact(get_fact_of_key(key))

    def _note_readings(self, version: PolicyVersion) -> None:
        self.readings.update(dict.fromkeys(version.readings))

    def _make_entry(self, version: PolicyVersion) -> JsonObject:
        return self.texts.get(version).entry


def make_line(texts: RulesetTexts, payment: Payment, amount: Hull, explanation: str | None = None) -> JsonObject:
    """Return the line of a payer; without an `explanation` that of the payment itself."""
    version = texts.ruleset.versions[payment.policy]
    entry: JsonObject = {
        **texts.get(version).entry,
        "payer": payment.payer,
        "settlement_code": amounts.get_settlement_code(payment.payer),
        "amount": amounts.format_range(amount),
        "explanation": explanation or texts.speaker.payment(version.kind, payment),
        "source": version.source,
    }
    if explanation is None and (next_one := find_next_threshold(version.kind, payment)) is not None:
        threshold, fen = next_one
        entry["distance"] = {"to": threshold, "amount": amounts.format_exact(round_half_up(fen))}
    return entry


def _get_because(version: PolicyVersion) -> Texts:
    """Return why an aid is at an office's discretion."""
    return version.get_law(PlainLaw).because or {}


def _explain_no_line(version: PolicyVersion, outcomes: Outcomes) -> str:
    """Return the key of the sentence that says why a policy that applies pays no part of a bill."""
    claims = [claim for scenario in outcomes.settlements for claim in scenario]
    if isinstance(version.law, ShareLaw) and version.law.base == "tcm_cost" and not any(claim.tcm for claim in claims):
        return "no_tcm"
    return "replaced" if any(claim.self_pays for claim in claims) else "nothing_left"
