"""Compiled conditions: comparing them, and describing what they require."""

from mingbai.pages.wording.language import Language
from mingbai_calculator.law.conditions import All, AnyOf, Condition, Perhaps, split_conjunction


def is_narrower(condition: Condition, other: Condition) -> bool:
    """Whether `condition` requires everything that `other` requires, and more."""
    own_parts, other_parts = split_conjunction(condition), split_conjunction(other)
    return len(own_parts) > len(other_parts) and all(part in own_parts for part in other_parts)


def describe_requirements(condition: Condition, language: Language) -> list[str]:
    """Return a phrase for each requirement; alternatives that the source leaves open follow as a doubt."""
    phrases = []
    for part in split_conjunction(condition):
        alternatives = part.parts if isinstance(part, AnyOf) else ()
        uncertain = [inner for inner in map(_unwrap, alternatives) if isinstance(inner, Perhaps)]
        certain = [alternative for alternative in alternatives if _unwrap(alternative) not in uncertain]
        if uncertain and certain:
            phrase = language.listing(language.speaker.phrases(AnyOf(certain)))
            doubt = language.listing([language.text(alternative.texts) for alternative in uncertain])
            phrase = language.say("policy.left_open", phrase=phrase, doubt=doubt)
        else:
            phrase = language.listing(language.speaker.phrases(part))
        phrases.append(phrase[:1].upper() + phrase[1:])
    return phrases


def _unwrap(condition: Condition) -> Condition:
    """Return a condition without enclosing conjunctions of a single part."""
    while isinstance(condition, All) and len(condition.parts) == 1:
        condition = condition.parts[0]
    return condition
