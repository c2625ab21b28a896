"""Compiled conditions: comparing them, and describing what they require."""

from mingbai.bundle.law import get_version_law
from mingbai.pages.wording.language import Json, Language
from mingbai_calculator.law.conditions import All, AnyOf, Condition, Holds, NoneOf, Perhaps, split_conjunction


def is_narrower(condition: Condition, other: Condition) -> bool:
    """Whether `condition` requires everything that `other` requires, and more."""
    own_parts, other_parts = split_conjunction(condition), split_conjunction(other)
    return len(own_parts) > len(other_parts) and all(part in own_parts for part in other_parts)


def describe_requirements(condition: Condition, language: Language) -> list[str]:
    """Return a phrase for each requirement; alternatives that the source leaves open follow as a doubt."""
    phrases = []
    for part in split_conjunction(condition):
        alternatives = part.parts if isinstance(part, AnyOf) else ()
        uncertain = [alternative for alternative in alternatives if _is_uncertain(alternative)]
        certain = [alternative for alternative in alternatives if not _is_uncertain(alternative)]
        if uncertain and certain:
            phrase = language.listing(language.speaker.phrases(AnyOf(certain)))
            doubt = language.say("mark.between").join(
                _describe_doubt(alternative, language) for alternative in uncertain
            )
            phrase = language.say("policy.left_open", phrase=phrase, doubt=doubt)
        else:
            phrase = language.listing(language.speaker.phrases(part))
        phrases.append(phrase[:1].upper() + phrase[1:])
    return phrases


def _is_uncertain(alternative: Condition) -> bool:
    """Whether the source leaves a part of an alternative open."""
    return any(isinstance(part, Perhaps) for part in split_conjunction(_unwrap(alternative)))


def _describe_doubt(alternative: Condition, language: Language) -> str:
    """Return whom an alternative is for and what is open about it; whom it is not for, another alternative says."""
    parts = [part for part in split_conjunction(_unwrap(alternative)) if not isinstance(part, NoneOf)]
    phrases = language.speaker.phrases(All(parts))
    return language.speaker.listing(phrases, "both")


def is_exclusion(place: Json, policy: str) -> bool:
    """Whether a status leaves out those who have it: a policy of the place requires that it does not hold."""
    return any(
        isinstance(condition, NoneOf) and any(_names_status(part, policy) for part in condition.parts)
        for versions in place["policies"].values()
        for version in versions
        for condition in split_conjunction(get_version_law(version).who)
    )


def _names_status(condition: Condition, policy: str) -> bool:
    inner = _unwrap(condition)
    return isinstance(inner, Holds) and inner.status == policy


def _unwrap(condition: Condition) -> Condition:
    """Return a condition without enclosing conjunctions of a single part."""
    while isinstance(condition, All) and len(condition.parts) == 1:
        condition = condition.parts[0]
    return condition
