"""How the words that people write are read as facts: beside the law, whose hash they do not change."""

from typing import Any

from mingbai.loader.library import Library


def compile_reading(library: Library) -> dict[str, dict[str, Any]]:
    """Return by fact its `unit`, the words for `yes` and `no`, and `also`: by option, other words for it."""
    reading: dict[str, dict[str, Any]] = {}
    for name, fact in library.facts.items():
        yes = [*fact.yes, *(fact.if_yes.by_language().values() if fact.if_yes else ())]
        no = [*fact.no, *(fact.if_no.by_language().values() if fact.if_no else ())]
        also = {option: names.also for option, names in fact.options.items() if names.also}
        told = {"unit": fact.unit, "yes": yes, "no": no, "also": also}
        reading[name] = {key: value for key, value in told.items() if value}
    return reading
