"""Texts about the policies of a ruleset in one language: prepared once, looked up for each result.

What an entry of the result says of a policy depends on the facts in few places: which parts of its conditions fail,
and what was answered instead. All the rest is made when the policy first occurs.
"""

from collections.abc import Callable, Hashable, Sequence

from mingbai_calculator.core.facts import Facts
from mingbai_calculator.core.identity_cache import IdentityCache
from mingbai_calculator.core.json_value import Json, JsonObject
from mingbai_calculator.engine.ruleset import Ruleset
from mingbai_calculator.law.conditions import Condition, OneOf, Predicate, evaluate_condition, split_conjunction
from mingbai_calculator.law.version import PolicyVersion
from mingbai_calculator.result.phrases import Speaker

MAX_RULESETS = 64
MAX_VALID = 1024


class ConditionPart:
    """One part of a conjunction; `fails`: whether it is known to be false; the sentence that says so."""

    __slots__ = ("_fact", "_phrase", "_sentences", "_speaker", "condition", "fails")

    def __init__(self, condition: Condition, speaker: Speaker) -> None:
        """Compile the part; its texts are made when they are first asked for."""
        self.condition, self._speaker = condition, speaker
        self.fails = _compile_failure(condition)
        self._fact = condition.facts[0] if condition.facts else ""
        self._phrase: str | None = None
        self._sentences: dict[object, str] = {}

    @property
    def phrase(self) -> str:
        """What the part requires."""
        if self._phrase is None:
            self._phrase = self._speaker.condition(self.condition)
        return self._phrase

    def explain(self, facts: Facts) -> str:
        """Return the sentence that the part is not met; kept for each answer, but for numbers."""
        answer = facts.get(self._fact)
        sentence = self._sentences.get(answer)
        if sentence is None:
            sentence = self._speaker.explain_failure(self.condition, facts)
            if answer is None or isinstance(answer, (bool, str)):
                self._sentences[answer] = sentence
        return sentence


def _compile_failure(condition: Condition) -> Predicate:
    """Return the predicate that a condition is known to be false; most are a look-up of one fact."""
    if isinstance(condition, OneOf):
        fact, allowed = condition.fact, frozenset(condition.values)
        return lambda facts: fact in facts and facts[fact] not in allowed
    return lambda facts: evaluate_condition(condition, facts) is False


class ConditionTexts:
    """A condition and its parts."""

    __slots__ = ("_parts", "_speaker", "condition")

    def __init__(self, condition: Condition, speaker: Speaker) -> None:
        """Store the condition and the language of its texts."""
        self.condition, self._speaker = condition, speaker
        self._parts: list[ConditionPart] | None = None

    @property
    def holds(self) -> Predicate:
        """The predicate that the condition holds."""
        return self.condition.holds

    def list_failing(self, facts: Facts) -> list[ConditionPart]:
        """Return the parts that are known to fail for `facts`."""
        if self._parts is None:
            self._parts = [ConditionPart(part, self._speaker) for part in split_conjunction(self.condition)]
        return [part for part in self._parts if part.fails(facts)]


class PolicyTexts:
    """A version of a policy: `who` and `when` with their texts, and the fields that every entry of it has."""

    __slots__ = ("entry", "version", "when", "who")

    def __init__(self, version: PolicyVersion, ruleset: Ruleset, speaker: Speaker) -> None:
        """Prepare the texts; ``for_whom`` is in the entry only if no fact expresses whom the policy is for."""
        self.version = version
        self.who, self.when = ConditionTexts(version.who, speaker), ConditionTexts(version.when, speaker)
        self.entry: JsonObject = {
            "policy": version.name,
            "version": version.id,
            "state": version.state(ruleset.day),
            "title": speaker.text(version.title),
        }
        if version.for_whom:
            self.entry["for_whom"] = speaker.text(version.for_whom)


class RulesetTexts:
    """The texts of all policies of a ruleset, and the sentences about assumptions."""

    __slots__ = ("_notes", "_policies", "_valid", "ruleset", "speaker")

    def __init__(self, ruleset: Ruleset, speaker: Speaker) -> None:
        """Store ruleset and language; the texts of a policy are made when it first occurs."""
        self.ruleset, self.speaker = ruleset, speaker
        self._policies: dict[PolicyVersion, PolicyTexts] = {}
        self._notes: dict[tuple[str, str], str] = {}
        self._valid: dict[Hashable, JsonObject] = {}

    def get(self, version: PolicyVersion) -> PolicyTexts:
        """Return the texts of a version of the ruleset."""
        texts = self._policies.get(version)
        if texts is None:
            texts = self._policies[version] = PolicyTexts(version, self.ruleset, self.speaker)
        return texts

    def reading(self, reading: str) -> str:
        """Return the id of a reading (Rnn) with its text."""
        note = self._notes.get(("reading", reading))
        if note is None:
            text = self.speaker.text(self.speaker.terms["readings"][reading])
            note = self._notes["reading", reading] = f"{reading} {text}"
        return note

    def default(self, sentence: str, fact: str) -> str:
        """Return the sentence that a fact was left out and got a default."""
        note = self._notes.get((sentence, fact))
        if note is None:
            note = self.speaker.sentences[sentence].format(name=self.speaker.fact(fact))
            self._notes[sentence, fact] = note
        return note

    def keep_valid(self, used: Hashable, make: Callable[[], JsonObject]) -> JsonObject:
        """Return `valid` for the versions `used`, made once; a copy, since results belong to their callers."""
        if used not in self._valid:
            if len(self._valid) >= MAX_VALID:
                self._valid.clear()
            self._valid[used] = make()
        return dict(self._valid[used])

    def join_failures(self, failing: Sequence[ConditionPart], facts: Facts) -> str:
        """Return the sentences that these parts are not met."""
        return self.speaker.join([part.explain(facts) for part in failing])


_texts: IdentityCache[RulesetTexts] = IdentityCache(limit=MAX_RULESETS)


def get_texts(ruleset: Ruleset, speaker: Speaker) -> RulesetTexts:
    """Return the texts of a ruleset in the language of `speaker`; cached."""
    texts = _texts.get(ruleset, speaker.lang, lambda: RulesetTexts(ruleset, speaker))
    return texts if texts.speaker is speaker else RulesetTexts(ruleset, speaker)


def list_phrases(parts: Sequence[ConditionPart]) -> list[Json]:
    """Return what each of the parts requires."""
    return [part.phrase for part in parts]
