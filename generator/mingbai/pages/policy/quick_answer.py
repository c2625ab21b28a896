"""A quick answer in a language: its choices as labels, what is assumed, and what the script needs."""

from typing import Any

from mingbai.i18n.catalogue import Catalogue
from mingbai.i18n.languages import Languages
from mingbai.i18n.site_catalogue import catalogue
from mingbai.pages.wording.language import Language
from mingbai.quick.case import SELF
from mingbai.quick.choices import ILLNESS
from mingbai.quick.curves import MOST
from mingbai.quick.table import days_of_law
from mingbai.quick.table_cache import TOO_MANY
from mingbai_calculator.law.conditions import Condition
from mingbai_reading.rules import RULES_OF_MONEY

type Json = dict[str, Any]

QUICK = "assets/quick/"
"""Where script and style of the quick answer lie, from the root of the site."""

_SCRIPT = (
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
"""The words that the script says."""
_EARLIER = ("ytd_burden", "ytd_paid", "ytd_self_paid")


def quick_blocks(bundle: Json, place: Json, answer: Json, language: Language, languages: Languages) -> list[Json]:
    """Return what the template needs of each quick answer: one for each of the laws that may hold when it is read."""
    answers = [answer, *answer["later"]]
    blocks = [quick_block(bundle, place, each, language, languages) for each in answers]
    return [block | {"mark": f"-{number}" if number else ""} for number, block in enumerate(blocks)]


def quick_block(bundle: Json, place: Json, answer: Json, language: Language, languages: Languages) -> Json:
    """Return what the template of the quick answer needs."""
    words = catalogue("quick", language.id, languages)
    when = {"place": place["id"], "first": answer["first"], "last": answer["last"]}
    if answer.items() >= TOO_MANY.items():
        return {**when, "ui": words.texts, **TOO_MANY}
    speak = _Speaker(bundle, language, words)
    who, where = [speak.label(told) for told in answer["who"]], [speak.label(told) for told in answer["where"]]
    keys = list(dict.fromkeys(key for row in answer["why"] for cell in row for key in cell))
    reasons = [speak.reason(place, key) for key in keys]
    payers = dict.fromkeys(payer for table in answer["tables"] for payer, _, _ in table)
    return {
        **when,
        "too_many": False,
        "ui": words.texts,
        "who": {"question": speak.question(answer["who"], "who"), "options": [*who, words.say("not_sure")]},
        "where": {"question": speak.question(answer["where"], "where"), "options": where},
        "cost": speak.asked(answer["bill"]),
        "notes": _notes(place, answer, speak),
        "paying": answer["paying"],
        "data": {
            "text": {name: words.texts[name] for name in _SCRIPT},
            "instead": languages.instead(language.id),
            "reading": RULES_OF_MONEY,
            "most": MOST,
            "payers": {
                payer: words.say("self") if payer == SELF else language.term("payers", payer) for payer in payers
            },
            "where": where,
            "reasons": list(dict.fromkeys(reasons)),
            "why": [[_numbers(cell, keys, reasons) for cell in row] for row in answer["why"]],
            "use": answer["use"],
            "tables": answer["tables"],
        },
    }


def _numbers(cell: list[str], keys: list[str], reasons: list[str]) -> list[int]:
    """Return the numbers of the reasons among all; two keys may be the same in words."""
    said = list(dict.fromkeys(reasons))
    return list(dict.fromkeys(said.index(reasons[keys.index(key)]) for key in cell))


class _Speaker:
    """Says choices, questions and reasons in one language."""

    def __init__(self, bundle: Json, language: Language, words: Catalogue) -> None:
        self.facts, self.language, self.words = bundle["facts"], language, words

    def label(self, told: list[Condition]) -> str:
        """Name a choice by what tells it from the others."""
        label = self.language.listing([self._phrase(condition) for condition in told])
        return label[:1].upper() + label[1:]

    def _phrase(self, condition: Condition) -> str:
        fact, values = str(condition[1]), condition[2]
        said = {"if_yes": [True], "if_no": [False]}
        own = next((self.facts[fact][key] for key in said if said[key] == values and key in self.facts[fact]), None)
        if own is not None:
            return self.language.text(own)
        if values == [False]:
            return self.words.say("no", name=self.language.speaker.fact(fact))
        return self.language.speaker.phrases(["all", condition], named=False)[0]

    def question(self, choices: list[list[Condition]], name: str) -> str:
        """Return the question that the choices answer: that of their fact, or a general one."""
        facts = {str(condition[1]) for told in choices for condition in told}
        return self.asked(facts.pop()) if len(facts) == 1 else self.words.say(name)

    def asked(self, fact: str) -> str:
        """Return the question after a fact."""
        return self.language.text(self.facts[fact]["question"])

    def reason(self, place: Json, key: str) -> str:
        """Return the question that is open where something is unknown: a fact, or a number that is not printed."""
        fact, _, _ = key.partition(":")  # a member of a list stands behind its fact
        if fact in self.facts:
            return self.asked(fact)
        policy, _, _ = key.rpartition("/")[2].partition(".")
        for version in reversed(place["policies"].get(policy, [])):
            number = version["numbers"].get(key)
            if number and number["question"]:
                return self.language.text(number["question"])
        return self.words.say("not_printed")


def _notes(place: Json, answer: Json, speak: _Speaker) -> list[str]:
    """Return what is assumed, a sentence each."""
    say, language, asks = speak.words.say, speak.language, place["asks_facts"]
    told = {condition[1] for each in answer["where"] for condition in each}
    notes = [say("scope", what=speak.label([condition])) for condition in answer["scope"]]
    notes += [say("absent", what=speak.label([condition])) for condition in answer["absent"]]
    if ILLNESS in asks and ILLNESS not in told:
        notes.append(say("ordinary"))
    if answer["bill"] == "total_cost" and "eligible_cost" in asks:
        notes.append(say("eligible"))
    if any(fact in asks for fact in _EARLIER):
        notes.append(say("first"))
    if place["self_pays_is"] == "before_insurance":
        notes.append(say("before_insurance"))
    if answer["day"] in days_of_law(place):  # else it is not known when that law began
        notes.append(say("since", date=language.day(answer["day"])))
    return notes
