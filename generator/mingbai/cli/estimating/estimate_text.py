"""Format the result of an estimate as text for the terminal."""

from decimal import Decimal
from typing import Any

from mingbai.i18n.catalogue import Catalogue
from mingbai_calculator.result.fitting import list_fitting, list_for_others
from mingbai_calculator.result.phrases import make_speaker

type Json = dict[str, Any]

_SUMS = ("total_cost", "self_pays", "cash", "subsidies", "undecided")
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
        f"  - {words.say(f'commands.estimate.sums.{key}')}: {_format_sum(result['totals'][key], words)}"
        for key in _SUMS
        if not _is_idle_zero(key, result["totals"])
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


def _says_nothing(part: Json, total: Json | None) -> bool:
    """Return whether a part of a bill may be anything from nothing to the whole bill (`total`)."""
    if total is None or Decimal(part["low"]) or not Decimal(total["low"]):
        return False
    return part["high"] is None or Decimal(part["high"]) >= Decimal(total["low"])


def _format_part(part: Json, total: Json | None, words: Catalogue) -> str:
    return words.say("commands.estimate.unknown") if _says_nothing(part, total) else _format_amount(part, words)


def _format_sum(amount: Json | None, words: Catalogue) -> str:
    """Return a sum; where nothing of it is known for sure, at most how much, and no zero."""
    if amount is None or Decimal(amount["low"]) or not Decimal(amount["high"] or 0):
        return _format_amount(amount, words)
    return words.say("estimator.result.sum_up_to", amount=amount["high"])


def _is_idle_zero(key: str, totals: Json) -> bool:
    """Return whether a sum is a zero that says nothing: no money is undecided, or it is the money that is decided."""
    undecided = not _is_zero(totals["undecided"])
    return _is_zero(totals[key]) and (key == "undecided" or (key == "cash" and undecided))


def _is_zero(amount: Json | None) -> bool:
    return amount is not None and amount["high"] is not None and not Decimal(amount["high"])


def _list_certain(result: Json, words: Catalogue) -> list[str]:
    """Return, where the amount says nothing, what is certain all the same, and what to ask at the counter."""
    missing = result["missing"]
    if result["self_pays"] is None or not missing or not _says_nothing(result["self_pays"], result["total_cost"]):
        return []
    titles = {line["policy"]: line["title"] for line in result["lines"]}
    certain = [
        words.say("estimator.result.certain", title=titles.get(entry["policy"], ""), sentence=sentence)
        for entry in missing
        for sentence in entry.get("certain", ())
    ]
    questions = " ".join(entry["asks"] for entry in missing)
    return [*certain, words.say("estimator.result.at_counter", questions=questions)]


def _format_answer(result: Json, words: Catalogue) -> str:
    total, self_pays = result["total_cost"], result["self_pays"]
    if total is None and self_pays is None:
        return words.say("commands.estimate.no_bill")
    if self_pays is None:
        return words.say("commands.estimate.none")
    total_text = "" if total is None else words.say("commands.estimate.of", total=_format_amount(total, words))
    if _says_nothing(self_pays, total):
        return words.say("estimator.result.unsaid") + total_text
    return words.say("commands.estimate.self", amount=_format_amount(self_pays, words)) + total_text


def _format_person(result: Json, bundle: Json, lang: str) -> list[str]:
    words, speaker = Catalogue(lang), make_speaker(bundle, lang)
    has_bill = result["self_pays"] is not None or bundle["places"][result["place"]]["settles"]
    answer = [_format_answer(result, words), *_list_certain(result, words)] if has_bill else []
    lines = [*answer, result["valid"]["say"], words.say("commands.estimate.office")]

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
            f"{speaker.term('payers', line['payer'])} {_format_part(line['amount'], result['total_cost'], words)} | "
            f"{titled(line)}: {line['explanation']}"
            for line in result["lines"]
        ],
    )
    section("cash", [f"{titled(entry)}: {entry['explanation']}" for entry in list_fitting(result["cash"])])
    section(
        "may_also_help", [f"{titled(entry)}: {entry['because']}" for entry in list_fitting(result["may_also_help"])]
    )
    section("services", [titled(entry) for entry in list_fitting(result["services"])])
    section(
        "undecided",
        [
            f"{titled(entry)}: {speaker.listing([speaker.fact(fact) for fact in entry['needs']])}"
            for entry in list_fitting(result["undecided"])
        ],
    )
    section(
        "ended",
        [f"{entry['title']}: {entry['because']}" for entry in result["not_eligible"] if entry["state"] == "ended"],
    )
    section("for_others", [titled(entry) for entry in list_for_others(result)])
    section("missing", [f"{entry['input']}: {entry['asks']}" for entry in result["missing"]])
    section("assumptions", result["assumptions"])
    section("not_used", [entry["because"] for entry in result["not_used"]])
    return lines
