"""An estimate as text for a terminal."""

from typing import Any

from mingbai.i18n.catalogue import of_texts
from mingbai.i18n.languages import SITE
from mingbai.i18n.traditional import traditional
from mingbai_calculator.result.phrases import speaker

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


def _words(lang: str) -> Json:
    """Return the words of a language, or of the one that stands in for it."""
    words = _WORDS[SITE.written(lang).id]
    return of_texts(words, traditional) if SITE[lang].made else words


def as_text(result: Json, bundle: Json, lang: str) -> str:
    """Return an estimate of a person or a household as lines of text, the answer first."""
    say = _words(lang)
    if "members" not in result:
        return "\n".join([*_of_a_person(result, bundle, lang), "", say["revision"].format(**result)])
    lines = []
    for member in result["members"]:
        lines += [say["member"].format(id=member["id"]), *_of_a_person(member, bundle, lang), ""]
    sums = [f"  - {name}: {_amount(result['totals'][key], say)}" for key, name in say["sums"].items()]
    return "\n".join([*lines, say["totals"], *sums, "", say["revision"].format(**result)])


def _amount(hull: Json | None, say: Json) -> str:
    if hull is None:
        return str(say["unknown"])
    low, high = hull["low"], hull["high"]
    if high is None:
        return str(say["up"].format(low=low))
    return str(low) if low == high else str(say["span"].format(low=low, high=high))


def _answer(result: Json, say: Json) -> str:
    total, own = result["total_cost"], result["self_pays"]
    if total is None and own is None:
        return str(say["no_bill"])
    if own is None:
        return str(say["none"])
    of = "" if total is None else say["of"].format(total=_amount(total, say))
    return str(say["self"].format(amount=_amount(own, say))) + of


def _of_a_person(result: Json, bundle: Json, lang: str) -> list[str]:
    say, speak = _words(lang), speaker(bundle, lang)
    lines = [_answer(result, say), str(say["office"])]

    def section(name: str, entries: list[str]) -> None:
        if entries:
            lines.extend(["", str(say[name]), *(f"  - {entry}" for entry in entries)])

    def titled(entry: Json) -> str:
        return f"{entry['title']}{say['unconfirmed'] if entry['state'] == 'unconfirmed' else ''}"

    section(
        "lines",
        [
            f"{speak.term('payers', line['payer'])} {_amount(line['amount'], say)} | "
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
            f"{titled(entry)}: {speak.listing([speak.fact(fact) for fact in entry['needs']])}"
            for entry in result["undecided"]
        ],
    )
    section("missing", [f"{entry['input']}: {entry['asks']}" for entry in result["missing"]])
    section("assumptions", result["assumptions"])
    return lines
