"""Format the result of an estimate as text for the terminal."""

from typing import Any

from mingbai.i18n.catalogue import Catalogue
from mingbai_calculator.result.phrases import make_speaker

type Json = dict[str, Any]

_SUMS = ("total_cost", "self_pays", "cash", "subsidies")
"""Totals of a household, in the order in which they are printed."""


def format_estimate(result: Json, bundle: Json, lang: str) -> str:
    """Return the result for a person or a household as lines of text, the answer first."""
    words = Catalogue(lang)
    if "members" not in result:
        return "\n".join([*_format_person(result, bundle, lang), "", _format_revision(result, words)])
    lines = []
    for member in result["members"]:
        lines += [words.say("commands.estimate.member", id=member["id"]), *_format_person(member, bundle, lang), ""]
    sums = [
        f"  - {words.say(f'commands.estimate.sums.{key}')}: {_format_amount(result['totals'][key], words)}"
        for key in _SUMS
    ]
    valid = result["valid"]["say"]
    return "\n".join([*lines, words.say("commands.estimate.totals"), *sums, valid, "", _format_revision(result, words)])


def _format_revision(result: Json, words: Catalogue) -> str:
    return words.say(
        "commands.estimate.revision", revision=result["revision"], engine=result["engine"], date=result["date"]
    )


def _format_amount(amount: Json | None, words: Catalogue) -> str:
    """Return an amount in yuan: one number, a range, or "at least"; None is "cannot be said"."""
    if amount is None:
        return words.say("commands.estimate.unknown")
    low, high = amount["low"], amount["high"]
    if high is None:
        return words.say("commands.estimate.up", low=low)
    return str(low) if low == high else words.say("commands.estimate.span", low=low, high=high)


def _format_answer(result: Json, words: Catalogue) -> str:
    total, self_pays = result["total_cost"], result["self_pays"]
    if total is None and self_pays is None:
        return words.say("commands.estimate.no_bill")
    if self_pays is None:
        return words.say("commands.estimate.none")
    total_text = "" if total is None else words.say("commands.estimate.of", total=_format_amount(total, words))
    return words.say("commands.estimate.self", amount=_format_amount(self_pays, words)) + total_text


def _format_person(result: Json, bundle: Json, lang: str) -> list[str]:
    words, speaker = Catalogue(lang), make_speaker(bundle, lang)
    lines = [_format_answer(result, words), result["valid"]["say"], words.say("commands.estimate.office")]

    def section(name: str, entries: list[str]) -> None:
        if entries:
            lines.extend(["", words.say(f"commands.estimate.sections.{name}"), *(f"  - {entry}" for entry in entries)])

    def titled(entry: Json) -> str:
        return (
            f"{entry['title']}{words.say('commands.estimate.unconfirmed') if entry['state'] == 'unconfirmed' else ''}"
        )

    section(
        "lines",
        [
            f"{speaker.term('payers', line['payer'])} {_format_amount(line['amount'], words)} | "
            f"{titled(line)}: {line['explanation']}"
            for line in result["lines"]
        ],
    )
    section("cash", [f"{titled(entry)}: {entry['explanation']}" for entry in result["cash"]])
    section("may_also_help", [f"{titled(entry)}: {entry['because']}" for entry in result["may_also_help"]])
    section("services", [titled(entry) for entry in result["services"]])
    section(
        "undecided",
        [
            f"{titled(entry)}: {speaker.listing([speaker.fact(fact) for fact in entry['needs']])}"
            for entry in result["undecided"]
        ],
    )
    section("missing", [f"{entry['input']}: {entry['asks']}" for entry in result["missing"]])
    section("assumptions", result["assumptions"])
    section("not_used", [entry["because"] for entry in result["not_used"]])
    return lines
