"""Compiled conditions: comparing them, and saying what they ask for."""

from typing import Any

from mingbai.pages.wording.language import Language
from mingbai_calculator.law.conditions import parts_of

type Condition = list[Any]


def narrower(condition: Condition, other: Condition) -> bool:
    """Tell whether `condition` asks for all that `other` asks for, and more."""
    mine, others = condition[1:], other[1:]
    return len(mine) > len(others) and all(part in mine for part in others)


def wanted(condition: Condition, language: Language) -> list[str]:
    """Return a phrase for each thing that must hold; what the text leaves open stands behind it, not beside it."""
    found = []
    parts: list[Condition] = parts_of(condition)
    for part in parts:
        open_ = [each for each in map(_bare, part[1:]) if each[0] == "perhaps"] if part[0] == "any" else []
        named = [each for each in part[1:] if open_ and _bare(each) not in open_]
        plain = ["any", *named] if named else part
        phrase = language.listing(language.speaker.phrases(plain))
        if plain is not part:
            doubt = language.listing([language.text(each[2]) for each in open_])
            phrase = language.say("policy.left_open", phrase=phrase, doubt=doubt)
        found.append(phrase[:1].upper() + phrase[1:])
    return found


def _bare(condition: Condition) -> Condition:
    """Return a condition without the "all" around a single part."""
    while condition[0] == "all" and not condition[2:]:
        condition = condition[1]
    return condition
