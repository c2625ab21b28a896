"""Yes and no, choices and lists: read by the words that stand for them, never by a part of one."""

import re

from mingbai_reading.reading import Definition, Reading, fault, is_value
from mingbai_reading.rules import RULES
from mingbai_reading.text import joined, plain

_NEGATED = re.compile(RULES["negated"])
_SEPARATORS = re.compile(RULES["separators"])
_MARKS = re.compile("[.。!]+$")


def word(text: str) -> str:
    """Return a text as words are compared."""
    return _MARKS.sub("", joined(plain(text)))


def is_negated(fact: Definition) -> bool:
    """Tell whether the name of a fact is a negation, so that 没有 may mean yes and no."""
    return bool(_NEGATED.search(fact["name"]["zh"]))


def read_bool(text: str, fact: Definition) -> Reading:
    """Read yes or no, in the words of the question too (`yes`, `no` of the fact)."""
    said = word(text)
    also = () if is_negated(fact) else ("yes_unless_negated", "no_unless_negated")
    own_yes = [*fact["name"].values(), *fact.get("yes", ())]
    if said in map(word, own_yes):
        return is_value("yes", value=True)
    if said in map(word, fact.get("no", ())):
        return is_value("no", value=False)
    for key, value in (("yes", True), ("no", False)):
        if said in RULES[key] or any(each.startswith(key) and said in RULES[each] for each in also):
            return is_value(key, value=value)
    return fault("bool")


def read_choice(text: str, fact: Definition) -> Reading:
    """Read an option by its id, its name in any language, or another word for it (`also`)."""
    said = word(text)
    found = _option_of(said, fact)
    if found is None and said in RULES["nothing"] and RULES["none"] in fact["options"]:
        found = RULES["none"]
    if found is None:
        return fault("choice", options=list(fact["options"]), nearest=_nearest(said, fact))
    return is_value("options", found, options=[found])


def read_list(text: str, fact: Definition) -> Reading:
    """Read the members of a list, between commas."""
    found: list[str] = []
    for part in _SEPARATORS.split(plain(text)):
        if not word(part):
            continue
        one = read_choice(part, fact)
        if one.kind != "value":
            return one
        if one.value not in found:
            found.append(one.value)
    return (
        is_value("options", found, options=found) if found else fault("choice", options=[*fact["options"]], nearest="")
    )


def _words_of(option: str, fact: Definition) -> list[str]:
    names = [name for key, name in fact["options"][option].items() if key != "is_a"]
    short = [word(name).partition("(")[0] for name in names]
    former = [old for old, now in fact.get("options_were", {}).items() if now == option]
    also = fact.get("also", {}).get(option, ())
    return [word(option), *map(word, names), *short, *map(word, former), *map(word, also)]


def _option_of(said: str, fact: Definition) -> str | None:
    found = {option for option in fact["options"] for each in _words_of(option, fact) if each == said}
    return found.pop() if len(found) == 1 else None


def _nearest(said: str, fact: Definition) -> str:
    """Return the option whose Chinese name has most signs of a text, at least half of them; ``""`` for none."""
    best, most = "", len(said) / 2
    for option in fact["options"]:
        shared = sum(sign in fact["options"][option]["zh"] for sign in said)
        if shared > most:
            best, most = option, shared
    return best
