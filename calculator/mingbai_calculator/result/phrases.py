"""Wording of results in one language: conditions, why a policy does not apply, faults of a request.

Up to here explanations are data (`Payment`, conditions, `Fault`); only this module, `payment_sentences` and the
catalogues in `sentences` produce text.
"""

from fractions import Fraction
from typing import cast

from mingbai_calculator.core.errors import Fault
from mingbai_calculator.core.facts import Facts
from mingbai_calculator.core.identity_cache import IdentityCache
from mingbai_calculator.core.json_value import Json
from mingbai_calculator.core.money import FULL_RATE, format_amount, format_percent
from mingbai_calculator.kinds.claim import Payment
from mingbai_calculator.law.conditions import Condition, split_conjunction
from mingbai_calculator.request.vocabulary import Vocabulary
from mingbai_calculator.result.payment_sentences import explain_payment
from mingbai_calculator.sentences import isolate, list_fallbacks, select_catalogue

__all__ = ["Speaker", "isolate", "make_speaker"]

MAX_LISTED_WORDS = 12
_speakers: "IdentityCache[Speaker]" = IdentityCache(limit=64)


class Speaker:
    """The texts of one language: sentences, and names of facts and terms from the bundle."""

    __slots__ = ("facts", "fallbacks", "lang", "sentences", "terms")

    def __init__(
        self,
        lang: str,
        sentences: dict[str, str],
        facts: Vocabulary,
        terms: dict[str, Json],
        fallbacks: tuple[str, ...] = ("zh",),
    ) -> None:
        """Store the texts."""
        self.lang, self.sentences, self.facts, self.terms, self.fallbacks = lang, sentences, facts, terms, fallbacks

    def text(self, texts: Json) -> str:
        """Return a text of the bundle; if it is not translated, that of a fallback language, marked by isolates."""
        by_lang = cast("dict[str, str]", texts)
        translation = by_lang.get(self.lang)
        if translation:
            return translation
        return isolate(next(by_lang[lang] for lang in (*self.fallbacks, *by_lang) if by_lang.get(lang)))

    def day(self, iso: str) -> str:
        """Format a date (ISO text) for a reader."""
        year, month, day = (int(part) for part in iso.split("-"))
        return self.sentences["day"].format(year=year, month=self.sentences[f"month_{month}"], day=day)

    def term(self, group: str, key: str) -> str:
        """Return the name of a payer, a unit, a period."""
        return self.text(cast("dict[str, dict[str, Json]]", self.terms)[group][key])

    def fact(self, name: str) -> str:
        """Return the name of a fact."""
        return self.text(self.facts[name]["name"]) if name in self.facts else self.sentences["left_open"]

    def join(self, sentences: list[str]) -> str:
        """Join sentences as the language does."""
        return ("" if self.lang.startswith("zh") else " ").join(sentences)

    def listing(self, words: list[str], conjunction: str = "and") -> str:
        """Join words to a list by the word `conjunction`."""
        return self.sentences[conjunction].join(words)

    def payment(self, payment: Payment) -> str:
        """Return the explanation of a payment."""
        return explain_payment(payment, self.sentences, self.join(["", ""]))

    def option(self, fact: str, value: Json) -> str:
        """Return the name of a value of a fact."""
        if isinstance(value, bool):
            return self.sentences["yes" if value else "no"]
        if isinstance(value, int):
            return format_amount(value) if self.facts[fact]["type"] == "money" else str(value)
        if isinstance(value, str):
            return self.text(cast("dict[str, Json]", self.facts[fact]["options"])[value])
        return str(value)

    def condition(self, condition: Condition) -> str:
        """Return what a condition requires, as one phrase."""
        return self.listing(self.phrases(condition))

    def phrases(self, condition: Condition, *, named: bool = True) -> list[str]:
        """Return a phrase for each part that must hold; for tables without the names of facts (`named`)."""
        return [self._phrase(part, named=named) for part in split_conjunction(condition)]

    def _phrase(self, part: Condition, *, named: bool) -> str:
        kind = part[0]
        if kind in ("perhaps", "holds"):  # their text is in the condition
            return self.text(part[2])
        if kind in ("all", "any", "none"):
            phrases = [self._phrase(cast("Condition", inner), named=named) for inner in part[1:]]
            if kind == "all":
                return self.listing(phrases)
            alternatives = self.listing(phrases, "or")
            return alternatives if kind == "any" else self.sentences["none_of"].format(want=alternatives)
        name = self.fact(cast("str", part[1]))
        if part[0] == "in" and part[2] == [True]:
            return self.sentences["holds"].format(name=name) if named else name
        if part[0] == "in" and part[2] == [False]:
            return self.sentences["not"].format(name=name)
        want = self.want(part)
        return self.sentences["named"].format(name=name, want=want) if named or part[0] in ("range", "ratio") else want

    def want(self, atom: Condition) -> str:
        """Return which values a condition on one fact requires."""
        fact = cast("str", atom[1])
        if atom[0] == "range":
            low, high = ("" if value is None else self.option(fact, value) for value in atom[2:4])
            if atom[2] == atom[3] or (atom[2] is None and atom[3] == 0):
                return high
            return self.sentences["between" if low and high else "at_least" if low else "at_most"].format(
                low=low, high=high
            )
        if atom[0] == "ratio":
            other = self.facts[cast("str", atom[4])]
            times = cast("int", atom[3])
            factor = format_percent(times) if other["type"] == "money" else format_amount(Fraction(times, FULL_RATE))
            return self.sentences[f"ratio_{atom[2]}"].format(times=factor, of=self.text(other["name"]))
        values = cast("list[str]", atom[2])
        broader_options = cast(
            "dict[str, str]", self.facts[fact].get("options_are", {})
        )  # option -> broader option: a surgery is an inpatient stay
        names = [self.option(fact, value) for value in values if broader_options.get(value) not in values]
        return self.listing([self.listing(names[:-1]), names[-1]] if len(names) > 1 else names, "or")

    def explain_failure(self, part: Condition, facts: Facts) -> str:
        """Return the sentence that a part of a condition is not met: what was answered, or what it requires."""
        fact = part[1] if isinstance(part[1], str) else ""
        if part[0] in ("in", "range", "ratio") and fact in facts:
            got = self.option(fact, cast("Json", facts[fact]))
            return self.sentences["answer_differs"].format(name=self.fact(fact), got=got, want=self.want(part))
        return self.sentences["condition_fails"].format(want=self.condition(part))

    def fault(self, fault: Fault, *, spoken: bool = False) -> str:
        """Return the message of a fault: what was received, what is allowed, the most similar allowed value.

        Facts and options appear by id; for readers of the page (`spoken`) by their display names.
        """
        name, extra, words = fault.name, fault.extra, list(fault.allowed)
        nearest = fault.nearest
        if spoken:
            fact = fault.name.rpartition(": ")[2]
            name, extra = self._name_of_fact(fact), {key: self._name_of_fact(value) for key, value in extra.items()}
            words = [self._name_of_option(fact, word) for word in words]
            nearest = nearest and self._name_of_option(fact, nearest)
        text = self.sentences[fault.code].format(name=name, got=fault.got, **extra)
        if nearest is not None:
            text += self.sentences["did_you_mean"].format(nearest=nearest)
        if words and len(words) <= MAX_LISTED_WORDS:
            text += self.sentences["choose_from"].format(allowed=", ".join(words))
        return text

    def _name_of_fact(self, name: str) -> str:
        """Return the display name of a fact, or of the fact in ``items[2].category``; other text unchanged."""
        fact = name.partition("[")[0]
        return self.fact(fact) + name[len(fact) :].partition(".")[0] if fact in self.facts else name

    def _name_of_option(self, fact: str, word: str) -> str:
        """Return the display name of an allowed value of a fact: one of its options, or another fact."""
        options = cast("dict[str, Json]", self.facts.get(fact.partition("[")[0], {}).get("options") or {})
        return self.text(options[word]) if word in options else self._name_of_fact(word)


def make_speaker(bundle: dict[str, Json], lang: str) -> Speaker:
    """Return the speaker of a language; of Chinese if neither the package nor the bundle has the language."""
    return _speakers.get(bundle, lang, lambda: _make_speaker(bundle, lang))


def _make_speaker(bundle: dict[str, Json], lang: str) -> Speaker:
    language, sentences = select_catalogue(bundle, lang)
    facts, terms = cast("Vocabulary", bundle["facts"]), cast("dict[str, Json]", bundle["terms"])
    return Speaker(language, sentences, facts, terms, list_fallbacks(bundle, language))
