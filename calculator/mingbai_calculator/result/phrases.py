"""Wording of results in one language: conditions, why a policy does not apply, faults of a request.

Up to here explanations are data (`Payment`, conditions, `Fault`); only this module, `payment_sentences` and the
catalogues in `sentences` produce text.
"""

from collections.abc import Sequence

from mingbai_calculator.core.errors import Fault
from mingbai_calculator.core.facts import Facts
from mingbai_calculator.core.identity_cache import IdentityCache
from mingbai_calculator.core.json_value import Json, JsonObject, Texts
from mingbai_calculator.core.money import FULL_RATE, divide, format_amount, format_percent
from mingbai_calculator.kinds.claim import Payment
from mingbai_calculator.law.conditions import (
    All,
    AnyOf,
    Combination,
    Condition,
    Contains,
    Holds,
    InRange,
    OneOf,
    Perhaps,
    Ratio,
    split_conjunction,
)
from mingbai_calculator.law.vocabulary import Vocabulary, get_vocabulary
from mingbai_calculator.result.payment_sentences import explain_payment
from mingbai_calculator.sentences import isolate, list_fallbacks, select_catalogue

__all__ = ["Speaker", "isolate", "make_speaker"]

MAX_LISTED_WORDS = 12
_speakers: "IdentityCache[Speaker]" = IdentityCache(limit=64)


class Speaker:
    """The texts of one language: sentences, and names of facts and terms from the bundle."""

    __slots__ = ("_separator", "facts", "fallbacks", "lang", "sentences", "terms")

    def __init__(
        self,
        lang: str,
        sentences: dict[str, str],
        facts: Vocabulary,
        terms: JsonObject,
        fallbacks: tuple[str, ...] = ("zh",),
    ) -> None:
        """Store the texts."""
        self.lang, self.sentences, self.facts, self.terms, self.fallbacks = lang, sentences, facts, terms, fallbacks
        self._separator = "" if lang.startswith("zh") else " "

    def text(self, texts: Texts) -> str:
        """Return a text of the bundle; if it is not translated, that of a fallback language, marked by isolates."""
        translation = texts.get(self.lang)
        if translation:
            return translation
        return isolate(next(texts[lang] for lang in (*self.fallbacks, *texts) if texts.get(lang)))

    def day(self, iso: str) -> str:
        """Format a date (ISO text) for a reader."""
        year, month, day = (int(part) for part in iso.split("-"))
        return self.sentences["day"].format(year=year, month=self.sentences[f"month_{month}"], day=day)

    def term(self, group: str, key: str) -> str:
        """Return the name of a payer, a unit, a period."""
        return self.text(self.terms[group][key])

    def fact(self, name: str) -> str:
        """Return the name of a fact."""
        return self.text(self.facts[name].name) if name in self.facts else self.sentences["left_open"]

    def join(self, sentences: list[str]) -> str:
        """Join sentences as the language does."""
        return self._separator.join(sentences)

    def listing(self, words: list[str], conjunction: str = "and") -> str:
        """Join words to a list by the word `conjunction`."""
        return self.sentences[conjunction].join(words)

    def payment(self, kind: str, payment: Payment) -> str:
        """Return the explanation of a payment by a kind of policy."""
        return explain_payment(kind, payment, self.sentences, self._separator)

    def option(self, fact: str, value: Json) -> str:
        """Return the name of a value of a fact."""
        if isinstance(value, bool):
            return self.sentences["yes" if value else "no"]
        if isinstance(value, int):
            return self._count(fact, value)
        if isinstance(value, str):
            return self.text(self.facts[fact].options[value])
        return str(value)

    def _count(self, fact: str, value: int) -> str:
        """Return a number of a fact with its unit."""
        definition = self.facts[fact]
        unit = "yuan" if definition.type == "money" else definition.unit
        number = self._number(fact, value)
        if unit is None:
            return number
        if number == "1":
            return self.sentences[f"one_{unit}"].format(n=number)
        return self.sentences[f"unit_{unit}"].format(n=number)

    def _number(self, fact: str, value: int) -> str:
        return format_amount(value) if self.facts[fact].type == "money" else str(value)

    def condition(self, condition: Condition) -> str:
        """Return what a condition requires, as one phrase."""
        return self.listing(self.phrases(condition))

    def phrases(self, condition: Condition, *, named: bool = True) -> list[str]:
        """Return a phrase for each part that must hold; for tables without the names of facts (`named`)."""
        return [self._phrase(part, named=named) for part in split_conjunction(condition)]

    def _phrase(self, part: Condition, *, named: bool) -> str:
        if isinstance(part, Perhaps | Holds):
            return self.text(part.texts)
        if isinstance(part, Combination):
            return self._combination(part, named=named)
        if isinstance(part, OneOf) and part.values in {(True,), (False,)}:
            return self._yes_or_no(part.fact, is_yes=part.values == (True,), named=named)
        want = self.want(part)
        if isinstance(part, OneOf | Contains):
            definition = self.facts.get(part.facts[0])
            if not named:
                return want
            if definition and definition.phrase:
                return self.text(definition.phrase).format(want=want)
        return self.sentences["named"].format(name=self.fact(part.facts[0]), want=want)

    def _yes_or_no(self, fact: str, *, is_yes: bool, named: bool) -> str:
        """Return the phrase that a fact is true, or false; ``{name}: yes`` or its name alone if it has none."""
        definition = self.facts.get(fact)
        phrase = definition and (definition.if_yes if is_yes else definition.if_no)
        if phrase:
            return self.text(phrase)
        if not is_yes:
            return self.sentences["not"].format(name=self.fact(fact))
        return self.sentences["holds"].format(name=self.fact(fact)) if named else self.fact(fact)

    def _combination(self, condition: Combination, *, named: bool) -> str:
        phrases = [self._phrase(part, named=named) for part in condition.parts]
        if isinstance(condition, All):
            return self.listing(phrases, "both")
        alternatives = self._alternatives(phrases)
        return alternatives if isinstance(condition, AnyOf) else self.sentences["none_of"].format(want=alternatives)

    def _alternatives(self, phrases: list[str]) -> str:
        """Join alternatives: `a, b or c`; with stronger marks between phrases that hold marks themselves."""
        colon = self.sentences["named"].format(name="", want="")
        marks = (self.sentences["and"], self.sentences["both"], self.sentences["or"], colon)
        if len(phrases) > 1 and any(mark in phrase for phrase in phrases for mark in marks):
            return self.listing(phrases, "or_else")
        return self.listing([self.listing(phrases[:-1]), phrases[-1]] if len(phrases) > 1 else phrases, "or")

    def want(self, atom: Condition) -> str:
        """Return which values a condition on one fact requires."""
        if isinstance(atom, InRange):
            return self._range(atom)
        if isinstance(atom, Ratio):
            other = self.facts[atom.other]
            of = self.text(other.name)
            of = of[:1].lower() + of[1:]
            if other.type == "money":
                multiple = self.sentences["share_of"].format(times=format_percent(atom.times), of=of)
            else:
                multiple = self.sentences["yuan_each"].format(yuan=format_amount(divide(atom.times, FULL_RATE)), of=of)
            return self.sentences[f"ratio_{atom.order}"].format(of=multiple)
        fact, values = _get_values(atom)
        broader_options = self.facts[fact].options_are
        names = [self.option(fact, value) for value in values if broader_options.get(str(value)) not in values]
        if len(names) > 1:  # a name with the mark of a list in it would read as two
            mark = self.sentences["and"].strip()
            names = [self.sentences["quoted"].format(name=name) if mark in name else name for name in names]
        return self.listing([self.listing(names[:-1]), names[-1]] if len(names) > 1 else names, "or")

    def _range(self, atom: InRange) -> str:
        if atom.high == 0 and self.facts[atom.fact].unit == "months":  # full months: nobody is "0 months old"
            return self.sentences["under_a_month"]
        low, high = ("" if value is None else self._count(atom.fact, value) for value in (atom.low, atom.high))
        if atom.low == atom.high or (atom.low is None and atom.high == 0):
            return high
        if atom.low is not None and high:
            return self.sentences["between"].format(low=self._number(atom.fact, atom.low), high=high)
        return self.sentences["at_least"].format(low=low) if low else self.sentences["at_most"].format(high=high)

    def explain_failure(self, part: Condition, facts: Facts) -> str:
        """Return the sentence that a part of a condition is not met: what was answered, or what it requires."""
        if isinstance(part, OneOf | InRange | Ratio) and part.fact in facts:
            got = self.option(part.fact, facts[part.fact])
            return self.sentences["answer_differs"].format(name=self.fact(part.fact), got=got, want=self.want(part))
        return self.sentences["condition_fails"].format(want=self.condition(part))

    def fault(self, fault: Fault, *, spoken: bool = False) -> str:
        """Return the message of a fault: what was received, what is allowed, the most similar allowed value.

        Facts and options appear by id; for readers of the page (`spoken`) by their display names.
        """
        name, extra, words = fault.name, fault.extra, list(fault.allowed)
        nearest = fault.nearest
        got = fault.got
        if spoken:
            fact = fault.name.rpartition(": ")[2]
            name, got = self._name_of_fact(fact), self._name_of_option(fact, got)
            extra = {key: self._name_of_option(extra.get("other", ""), value) for key, value in extra.items()}
            words = [self._name_of_option(fact, word) for word in words]
            nearest = nearest and self._name_of_option(fact, nearest)
        text = self.sentences[fault.code].format(name=name, got=got, **extra)
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
        definition = self.facts.get(fact.partition("[")[0])
        options = {} if definition is None else definition.options
        return self.text(options[word]) if word in options else self._name_of_fact(word)


def _get_values(atom: Condition) -> tuple[str, Sequence[str | bool]]:
    if isinstance(atom, OneOf):
        return atom.fact, atom.values
    if isinstance(atom, Contains):
        return atom.fact, atom.members
    raise TypeError(f"{atom} names no values")


def make_speaker(bundle: JsonObject, lang: str) -> Speaker:
    """Return the speaker of a language; of Chinese if neither the package nor the bundle has the language."""
    return _speakers.get(bundle, lang, lambda: _make_speaker(bundle, lang))


def _make_speaker(bundle: JsonObject, lang: str) -> Speaker:
    language, sentences = select_catalogue(bundle, lang)
    return Speaker(language, sentences, get_vocabulary(bundle), bundle["terms"], list_fallbacks(bundle, language))
