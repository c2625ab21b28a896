"""Who pays, in a sentence; where the text names nobody, that it does not say."""

from typing import Literal

from mingbai.pages.wording.language import Language

NOT_STATED = "not_stated"
"""The payer where the text names nobody."""
type Role = Literal["payer", "gives_up", "bears_excess", "excess", "tops_up"]


def describe_payer(role: Role, payer: str, language: Language) -> str:
    """Return the sentence that says which payer has a role: pays, gives up a fee, bears an excess, tops up."""
    if payer == NOT_STATED:
        return language.say(f"amount.role_not_stated.{role}")
    return language.say(f"amount.role.{role}", payer=language.term("payers", payer))


def describe_split(rate: str, payer: str, language: Language) -> str:
    """Return the sentence that a payer bears a part (`rate`) of a payment."""
    if payer == NOT_STATED:
        return language.say("amount.split_not_stated", rate=rate)
    return language.say("amount.split", rate=rate, payer=language.term("payers", payer))
