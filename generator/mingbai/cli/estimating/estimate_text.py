"""Format the result of an estimate as text for the terminal."""

from typing import Any

from mingbai.i18n.catalogue import map_texts
from mingbai.i18n.languages import SITE
from mingbai.i18n.traditional import to_traditional
from mingbai_calculator.result.phrases import make_speaker

type Json = dict[str, Any]

_WORDS: dict[str, Json] = {
    "zh": {
        "self": "您自己付：{amount} 元",
        "none": "您自己付多少：算不出",
        "no_bill": "没有填花了多少钱，只列别的待遇。",
        "of": "（总费用 {total} 元）",
        "span": "{low} 到 {high}",
        "up": "至少 {low}",
        "unknown": "说不准",
        "office": "这是估算，以经办部门的决定为准。",
        "lines": "谁来付",
        "cash": "发给您的钱",
        "may_also_help": "也许还能帮上",
        "services": "服务和权利",
        "undecided": "还要知道才能定",
        "missing": "文件没有写的数",
        "assumptions": "这样算的前提",
        "unconfirmed": "（现在还用不用，没有核实）",
        "member": "【{id}】",
        "totals": "全家合计",
        "sums": {"total_cost": "总费用", "self_pays": "您家自己付", "cash": "一年发的钱", "subsidies": "缴费补贴"},
        "revision": "政策版本 {revision}，计算器 {engine}，日期 {date}",
    },
    "en": {
        "self": "You pay: {amount} yuan",
        "none": "What you pay: cannot be said",
        "no_bill": "No bill was given, so only other benefits are listed.",
        "of": " (whole bill: {total} yuan)",
        "span": "{low} to {high}",
        "up": "at least {low}",
        "unknown": "cannot be said",
        "office": "This is an estimate. The office decides.",
        "lines": "Who pays",
        "cash": "Money paid to you",
        "may_also_help": "May also help",
        "services": "Services and rights",
        "undecided": "Not decided yet",
        "missing": "Numbers that the sources do not print",
        "assumptions": "What this assumes",
        "unconfirmed": " (not confirmed for this day)",
        "member": "[{id}]",
        "totals": "The household together",
        "sums": {
            "total_cost": "bills",
            "self_pays": "you pay",
            "cash": "money in the year",
            "subsidies": "paid on contributions",
        },
        "revision": "policies {revision}, calculator {engine}, date {date}",
    },
}


def _load_words(lang: str) -> Json:
    """Return the words of a language, or of its fallback."""
    words = _WORDS[SITE.nearest_written(lang).id]
    return map_texts(words, to_traditional) if SITE[lang].made else words


def format_estimate(result: Json, bundle: Json, lang: str) -> str:
    """Return the result for a person or a household as lines of text, the answer first."""
    words = _load_words(lang)
    if "members" not in result:
        return "\n".join([*_format_person(result, bundle, lang), "", words["revision"].format(**result)])
    lines = []
    for member in result["members"]:
        lines += [words["member"].format(id=member["id"]), *_format_person(member, bundle, lang), ""]
    sums = [f"  - {name}: {_format_amount(result['totals'][key], words)}" for key, name in words["sums"].items()]
    return "\n".join([*lines, words["totals"], *sums, "", words["revision"].format(**result)])


def _format_amount(amount: Json | None, words: Json) -> str:
    """Return an amount in yuan: one number, a range, or "at least"; None is "cannot be said"."""
    if amount is None:
        return str(words["unknown"])
    low, high = amount["low"], amount["high"]
    if high is None:
        return str(words["up"].format(low=low))
    return str(low) if low == high else str(words["span"].format(low=low, high=high))


def _format_answer(result: Json, words: Json) -> str:
    total, self_pays = result["total_cost"], result["self_pays"]
    if total is None and self_pays is None:
        return str(words["no_bill"])
    if self_pays is None:
        return str(words["none"])
    total_text = "" if total is None else words["of"].format(total=_format_amount(total, words))
    return str(words["self"].format(amount=_format_amount(self_pays, words))) + total_text


def _format_person(result: Json, bundle: Json, lang: str) -> list[str]:
    words, speaker = _load_words(lang), make_speaker(bundle, lang)
    lines = [_format_answer(result, words), str(words["office"])]

    def section(name: str, entries: list[str]) -> None:
        if entries:
            lines.extend(["", str(words[name]), *(f"  - {entry}" for entry in entries)])

    def titled(entry: Json) -> str:
        return f"{entry['title']}{words['unconfirmed'] if entry['state'] == 'unconfirmed' else ''}"

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
    return lines
