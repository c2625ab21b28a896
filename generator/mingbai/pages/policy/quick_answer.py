"""Quick answer in one language: labels of its choices, assumptions, and the data of its script."""

from typing import Any

from mingbai.bundle.timeline import KNOWN, start_day
from mingbai.i18n.languages import Languages
from mingbai.pages.wording.language import Language
from mingbai.pages.wording.validity import describe_rules
from mingbai.quick.bill_profile import SELF
from mingbai.quick.choices import ILLNESS
from mingbai.quick.curves import MAX_COST
from mingbai.quick.table import list_law_days
from mingbai.quick.table_cache import TOO_MANY
from mingbai_calculator.core.facts import get_fact_of_key
from mingbai_calculator.law.codec import decode_condition
from mingbai_calculator.law.conditions import Condition, Contains, OneOf
from mingbai_reading.rules import RULES_OF_MONEY

type Json = dict[str, Any]

QUICK_ASSETS = "assets/quick/"
"""Folder of the quick answer's script and style, from the root of the site."""

_SCRIPT_WORDS = (
    "yuan",
    "understood",
    "wrong",
    "too_large",
    "still",
    "self_pays",
    "self_nothing",
    "self_at_most",
    "about",
    "between",
    "at_most",
    "whole",
    "open",
    "cannot",
    "depends",
    "colon",
)
"""Keys of the texts that the script shows."""
_YEAR_TO_DATE_FACTS = ("ytd_burden", "ytd_paid", "ytd_self_paid")


def make_quick_blocks(bundle: Json, place: Json, answer: Json, language: Language, languages: Languages) -> list[Json]:
    """Return the template variables of the quick answers: one for each law that may be in effect when it is read."""
    answers = [answer, *answer["later"]]
    blocks = [make_quick_block(bundle, place, period_answer, language, languages) for period_answer in answers]
    return [block | {"mark": f"-{index}" if index else ""} for index, block in enumerate(blocks)]


def make_quick_block(bundle: Json, place: Json, answer: Json, language: Language, languages: Languages) -> Json:
    """Return the template variables of one quick answer."""
    words = language.part("quick")
    validity = {"place": place["id"], "first": answer["first"], "last": answer["last"]}
    if answer.items() >= TOO_MANY.items():
        return {**validity, "ui": words, **TOO_MANY}
    wording = _QuickWording(bundle, language)
    who_conditions, where_conditions = ([_decode(group) for group in answer[key]] for key in ("who", "where"))
    who = [wording.make_label(conditions) for conditions in who_conditions]
    where = [wording.make_label(conditions) for conditions in where_conditions]
    keys = list(dict.fromkeys(key for row in answer["why"] for cell in row for key in cell))
    reasons = [wording.describe_reason(place, key) for key in keys]
    payers = dict.fromkeys(payer for table in answer["tables"] for payer, _, _ in table)
    return {
        **validity,
        "too_many": False,
        "ui": words,
        "who": {"question": wording.make_question(who_conditions, words["who"]), "options": [*who, words["not_sure"]]},
        "where": {"question": wording.make_question(where_conditions, words["where"]), "options": where},
        "cost": wording.ask(answer["bill"]),
        "notes": _list_assumptions(place, answer, wording),
        "valid": _say_valid(bundle, place, answer, language),
        "paying": answer["paying"],
        "data": {
            "text": {name: words[name] for name in _SCRIPT_WORDS},
            "instead": languages.fallbacks(language.id),
            "reading": RULES_OF_MONEY,
            "most": MAX_COST,
            "payers": {payer: words["self"] if payer == SELF else language.term("payers", payer) for payer in payers},
            "where": where,
            "reasons": list(dict.fromkeys(reasons)),
            "why": [[_reason_indexes(cell, keys, reasons) for cell in row] for row in answer["why"]],
            "use": answer["use"],
            "tables": answer["tables"],
        },
    }


def _decode(conditions: list[Any]) -> list[Condition]:
    return [decode_condition(condition) for condition in conditions]


def _fact_and_values(condition: Condition) -> tuple[str, tuple[str | bool, ...]]:
    """Return the fact of a choice, and its values."""
    if isinstance(condition, OneOf):
        return condition.fact, condition.values
    return condition.facts[0], condition.members if isinstance(condition, Contains) else ()


def _reason_indexes(cell: list[str], keys: list[str], reasons: list[str]) -> list[int]:
    """Return the indexes of a cell's reasons among the distinct ones; two keys may have the same text."""
    distinct = list(dict.fromkeys(reasons))
    return list(dict.fromkeys(distinct.index(reasons[keys.index(key)]) for key in cell))


class _QuickWording:
    """Texts of choices, questions and reasons in one language."""

    def __init__(self, bundle: Json, language: Language) -> None:
        self.facts, self.language = bundle["facts"], language

    def make_label(self, conditions: list[Condition]) -> str:
        """Return the label of a choice: the conditions that distinguish it from the others."""
        label = self.language.listing([self._describe_condition(condition) for condition in conditions])
        return label[:1].upper() + label[1:]

    def _describe_condition(self, condition: Condition) -> str:
        fact, values = _fact_and_values(condition)
        values_by_key = {"if_yes": (True,), "if_no": (False,)}
        written = next(
            (
                self.facts[fact][key]
                for key in values_by_key
                if values_by_key[key] == values and key in self.facts[fact]
            ),
            None,
        )
        if written is not None:
            return self.language.text(written)
        if values == (False,):
            return self.language.say("quick.no", name=self.language.speaker.fact(fact))
        return self.language.speaker.phrases(condition, named=False)[0]

    def make_question(self, choices: list[list[Condition]], general: str) -> str:
        """Return the question above the choices: that of their only fact, or the `general` one."""
        facts = {fact for conditions in choices for condition in conditions for fact in condition.facts}
        return self.ask(facts.pop()) if len(facts) == 1 else general

    def ask(self, fact: str) -> str:
        """Return the question that asks for a fact."""
        return self.language.text(self.facts[fact]["question"])

    def describe_reason(self, place: Json, key: str) -> str:
        """Return the open question of an unknown fact, or of a number that the source does not print."""
        fact = get_fact_of_key(key)
        if fact in self.facts:
            return self.ask(fact)
        policy, _, _ = key.rpartition("/")[2].partition(".")
        for version in reversed(place["policies"].get(policy, [])):
            number = version["numbers"].get(key)
            if number and number["question"]:
                return self.language.text(number["question"])
        return self.language.say("quick.not_printed")


def _say_valid(bundle: Json, place: Json, answer: Json, language: Language) -> str:
    """Return how old the rules are by which the answer is worked out, for someone who reads it after the known day."""
    versions = [
        version
        for policy in answer["paying"]
        for version in [of_day for of_day in place["policies"][policy] if start_day(of_day) <= answer["day"]][-1:]
    ]
    day = max(bundle.get(KNOWN, ""), answer["day"])
    return language.speaker.join(describe_rules(bundle, place, versions, day, language).sentences)


def _list_assumptions(place: Json, answer: Json, wording: _QuickWording) -> list[str]:
    """Return the assumptions of a quick answer, a sentence each."""
    language, asked_facts = wording.language, place["asks_facts"]
    chosen_facts = {fact for group in answer["where"] for condition in _decode(group) for fact in condition.facts}
    notes = [
        language.say("quick.scope", what=wording.make_label([condition])) for condition in _decode(answer["scope"])
    ]
    notes += [
        language.say("quick.absent", what=wording.make_label([condition])) for condition in _decode(answer["absent"])
    ]
    if ILLNESS in asked_facts and ILLNESS not in chosen_facts:
        notes.append(language.say("quick.ordinary"))
    if answer["bill"] == "total_cost" and "eligible_cost" in asked_facts:
        notes.append(language.say("quick.eligible"))
    if any(fact in asked_facts for fact in _YEAR_TO_DATE_FACTS):
        notes.append(language.say("quick.first"))
    if place["self_pays_is"] == "before_insurance":
        notes.append(language.say("quick.before_insurance"))
    if answer["day"] in list_law_days(place):  # otherwise it is not known when that law began
        notes.append(language.say("quick.since", date=language.day(answer["day"])))
    return notes
