"""Compiled conditions: comparing them, and describing what they require."""

from typing import Any

from mingbai.pages.wording.language import Language
from mingbai_calculator.law.conditions import split_conjunction

type CompiledCondition = list[Any]


def is_narrower(condition: CompiledCondition, other: CompiledCondition) -> bool:
    """Whether `condition` requires everything that `other` requires, and more (both are ``["all", ...]``)."""
    own_parts, other_parts = condition[1:], other[1:]
    return len(own_parts) > len(other_parts) and all(part in own_parts for part in other_parts)


def describe_requirements(condition: CompiledCondition, language: Language) -> list[str]:
    """Return a phrase for each requirement; alternatives that the source leaves open follow as a doubt."""
    phrases = []
    parts: list[CompiledCondition] = split_conjunction(condition)
    for part in parts:
        uncertain = (
            [alternative for alternative in map(_unwrap, part[1:]) if alternative[0] == "perhaps"]
            if part[0] == "any"
            else []
        )
        certain = [alternative for alternative in part[1:] if uncertain and _unwrap(alternative) not in uncertain]
        stated = ["any", *certain] if certain else part
        phrase = language.listing(language.speaker.phrases(stated))
        if stated is not part:
            doubt = language.listing([language.text(alternative[2]) for alternative in uncertain])
            phrase = language.say("policy.left_open", phrase=phrase, doubt=doubt)
        phrases.append(phrase[:1].upper() + phrase[1:])
    return phrases


def _unwrap(condition: CompiledCondition) -> CompiledCondition:
    """Return a condition without enclosing "all" of a single part."""
    while condition[0] == "all" and not condition[2:]:
        condition = condition[1]
    return condition
