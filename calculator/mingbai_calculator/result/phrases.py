"""From what was worked out to words: what a condition asks for, why a policy does not apply, what is wrong with a call.

Explanations are data until here (`Payment`, conditions, `Fault`); only this module, `reasons` and the
catalogues in `sentences` know words.
"""

from dataclasses import dataclass
from fractions import Fraction
from typing import cast

from mingbai_calculator.core.errors import Fault
from mingbai_calculator.core.facts import Facts
from mingbai_calculator.core.json_value import Json
from mingbai_calculator.core.money import ALL, percent, shown
from mingbai_calculator.kinds.claim import Payment
from mingbai_calculator.law.conditions import Condition, holds, parts_of
from mingbai_calculator.request.vocabulary import Vocabulary
from mingbai_calculator.result.payment_sentences import reason
from mingbai_calculator.sentences import catalogue, fallbacks, isolated

__all__ = ["Speaker", "isolated", "speaker"]

MOST_WORDS = 12


@dataclass(frozen=True, slots=True)
class Speaker:
    """Speaks one language: the sentences, and the names of facts and terms from the bundle."""

    lang: str
    say: dict[str, str]
    facts: Vocabulary
    terms: dict[str, Json]
    instead: tuple[str, ...] = ("zh",)

    def text(self, texts: Json) -> str:
        """Return a text of the bundle; where it is not translated, the one of the language that stands in for it."""
        by_lang = cast("dict[str, str]", texts)
        own = by_lang.get(self.lang)
        if own:
            return own
        return isolated(next(by_lang[lang] for lang in (*self.instead, *by_lang) if by_lang.get(lang)))

    def day(self, iso: str) -> str:
        """Write a date such as ``2016-03-01`` for a reader."""
        year, month, day = (int(part) for part in iso.split("-"))
        return self.say["day"].format(year=year, month=self.say[f"month_{month}"], day=day)

    def term(self, group: str, key: str) -> str:
        """Return the name of a payer, a unit, a period."""
        return self.text(cast("dict[str, dict[str, Json]]", self.terms)[group][key])

    def fact(self, name: str) -> str:
        """Return the name of a fact."""
        return self.text(self.facts[name]["name"]) if name in self.facts else self.say["left_open"]

    def join(self, sentences: list[str]) -> str:
        """Put sentences one after the other."""
        return ("" if self.lang.startswith("zh") else " ").join(sentences)

    def listing(self, words: list[str], by: str = "and") -> str:
        """Put words into a list."""
        return self.say[by].join(words)

    def payment(self, payment: Payment) -> str:
        """Explain what a policy did to a bill."""
        return reason(payment, self.say, self.join(["", ""]))

    def option(self, fact: str, value: Json) -> str:
        """Return the name of a value of a fact."""
        if isinstance(value, bool):
            return self.say["yes" if value else "no"]
        if isinstance(value, int):
            return shown(value) if self.facts[fact]["type"] == "money" else str(value)
        if isinstance(value, str):
            return self.text(cast("dict[str, Json]", self.facts[fact]["options"])[value])
        return str(value)

    def condition(self, condition: Condition) -> str:
        """Say what a condition asks for, as one phrase."""
        return self.listing(self.phrases(condition))

    def phrases(self, condition: Condition, *, named: bool = True) -> list[str]:
        """Return a phrase for each thing that must hold; without the names of the facts for a table (`named`)."""
        return [self._phrase(part, named=named) for part in parts_of(condition)]

    def _phrase(self, part: Condition, *, named: bool) -> str:
        kind = part[0]
        if kind in ("perhaps", "holds"):  # both bring their own words
            return self.text(part[2])
        if kind in ("all", "any", "none"):
            phrases = [self._phrase(cast("Condition", inner), named=named) for inner in part[1:]]
            if kind == "all":
                return self.listing(phrases)
            either = self.listing(phrases, "or")
            return either if kind == "any" else self.say["none_of"].format(want=either)
        name = self.fact(cast("str", part[1]))
        if part[0] == "in" and part[2] == [True]:
            return self.say["holds"].format(name=name) if named else name
        if part[0] == "in" and part[2] == [False]:
            return self.say["not"].format(name=name)
        want = self.want(part)
        return self.say["named"].format(name=name, want=want) if named or part[0] in ("range", "ratio") else want

    def want(self, atom: Condition) -> str:
        """Say which values a condition on one fact asks for."""
        fact = cast("str", atom[1])
        if atom[0] == "range":
            low, high = ("" if value is None else self.option(fact, value) for value in atom[2:4])
            if atom[2] == atom[3] or (atom[2] is None and atom[3] == 0):
                return high
            return self.say["between" if low and high else "at_least" if low else "at_most"].format(low=low, high=high)
        if atom[0] == "ratio":
            other = self.facts[cast("str", atom[4])]
            times = cast("int", atom[3])
            factor = percent(times) if other["type"] == "money" else shown(Fraction(times, ALL))
            return self.say[f"ratio_{atom[2]}"].format(times=factor, of=self.text(other["name"]))
        values = cast("list[str]", atom[2])
        also = cast("dict[str, str]", self.facts[fact].get("options_are", {}))  # a surgery is a stay too
        names = [self.option(fact, value) for value in values if also.get(value) not in values]
        return self.listing([self.listing(names[:-1]), names[-1]] if len(names) > 1 else names, "or")

    def failing(self, condition: Condition, facts: Facts) -> list[tuple[Condition, str]]:
        """Return the parts of a condition that are known to fail in `facts`, each with its sentence."""
        return [(part, self._fails(part, facts)) for part in parts_of(condition) if holds(part, facts) is False]

    def _fails(self, part: Condition, facts: Facts) -> str:
        fact = part[1] if isinstance(part[1], str) else ""
        if part[0] in ("in", "range", "ratio") and fact in facts:
            got = self.option(fact, cast("Json", facts[fact]))
            return self.say["answer_differs"].format(name=self.fact(fact), got=got, want=self.want(part))
        return self.say["condition_fails"].format(want=self.condition(part))

    def fault(self, fault: Fault, *, spoken: bool = False) -> str:
        """Say what is wrong with a call: what it got, what is allowed, the nearest right word.

        A caller reads facts and options as they are typed; a reader of the page by their names (`spoken`).
        """
        name, extra, words = fault.name, fault.extra, list(fault.allowed)
        nearest = fault.nearest
        if spoken:
            fact = fault.name.rpartition(": ")[2]
            name, extra = self._called(fact), {key: self._called(value) for key, value in extra.items()}
            words = [self._option_called(fact, word) for word in words]
            nearest = nearest and self._option_called(fact, nearest)
        text = self.say[fault.code].format(name=name, got=fault.got, **extra)
        if nearest is not None:
            text += self.say["did_you_mean"].format(nearest=nearest)
        if words and len(words) <= MOST_WORDS:
            text += self.say["choose_from"].format(allowed=", ".join(words))
        return text

    def _called(self, name: str) -> str:
        """Return what a reader calls a fact, or a part of one such as ``items[2].category``; all else as it is."""
        fact = name.partition("[")[0]
        return self.fact(fact) + name[len(fact) :].partition(".")[0] if fact in self.facts else name

    def _option_called(self, fact: str, word: str) -> str:
        """Return what a reader calls a word that may be put for a fact: one of its options, or another fact."""
        options = cast("dict[str, Json]", self.facts.get(fact.partition("[")[0], {}).get("options") or {})
        return self.text(options[word]) if word in options else self._called(word)


def speaker(bundle: dict[str, Json], lang: str) -> Speaker:
    """Return the speaker of a language; of Chinese for one that neither the package nor the bundle knows."""
    known, say = catalogue(bundle, lang)
    facts, terms = cast("Vocabulary", bundle["facts"]), cast("dict[str, Json]", bundle["terms"])
    return Speaker(known, say, facts, terms, fallbacks(bundle, known))
