"""Limits that a policy shares with others, in a sentence each."""

from mingbai.pages.policy.benefits.benefit import describe_row, format_number
from mingbai.pages.wording.language import Json, Language
from mingbai_calculator.law.limits import SharedLimit


def describe_limit(limit: SharedLimit, version: Json, language: Language) -> str:
    """Return the sentence that says how much is paid at most, of which name, for whom, in which time."""
    figures = {
        "title": language.text(limit.title),
        "amount": format_number(limit.amount, "money", version, language).text,
        "per": language.say(f"amount.shared_limit.per.{limit.per}"),
        "of": language.say(f"amount.shared_limit.of.{limit.of}"),
        "whom": language.listing(describe_row(limit.condition, [], language)),
    }
    if limit.since is None:
        return language.say("amount.shared_limit_says", **figures)
    return language.say("amount.shared_limit_since", since=language.day(limit.since.isoformat()), **figures)
