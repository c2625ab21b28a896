"""How an amount is rounded, in a sentence, where the notice says so."""

from mingbai.compile.laws import ROUNDED_TO
from mingbai.pages.wording.language import Language
from mingbai_calculator.core.money import Rounding

_UNITS = {fen: name for name, fen in ROUNDED_TO.items()}


def describe_rounding(rounding: Rounding | None, language: Language) -> list[str]:
    """Return the sentence; none without a rounding of its own."""
    if rounding is None:
        return []
    unit = language.say(f"amount.rounding_to.{_UNITS[rounding.unit]}")
    how = language.say(f"amount.rounding_how.{rounding.how}")
    return [language.say("amount.rounding", unit=unit, how=how)]
