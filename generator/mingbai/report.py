"""An estimate as text for a terminal."""

from typing import Any

from mingbai_calculator.explain import speaker

type Json = dict[str, Any]

_WORDS = {
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
        "services": "免费服务和权利",
        "undecided": "还要知道才能定",
        "missing": "文件没有写的数",
        "assumptions": "这样算的前提",
        "unconfirmed": "（现在还用不用，没有核实）",
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
        "services": "Free services and rights",
        "undecided": "Not decided yet",
        "missing": "Numbers that the sources do not print",
        "assumptions": "What this assumes",
        "unconfirmed": " (not confirmed for this day)",
        "revision": "policies {revision}, calculator {engine}, date {date}",
    },
}


def as_text(result: Json, bundle: Json, lang: str) -> str:
    """Return an estimate as lines of text, the answer first."""
    say, speak = _WORDS[lang], speaker(bundle, lang)

    def amount(hull: Json | None) -> str:
        if hull is None:
            return say["unknown"]
        low, high = hull["low"], hull["high"]
        if high is None:
            return say["up"].format(low=low)
        return f"{low}" if low == high else say["span"].format(low=low, high=high)

    if result["total_cost"] is None:
        lines = [say["no_bill"]]
    elif result["self_pays"] is None:
        lines = [say["none"]]
    else:
        lines = [
            say["self"].format(amount=amount(result["self_pays"]))
            + say["of"].format(total=amount(result["total_cost"]))
        ]
    lines.append(say["office"])

    def section(name: str, entries: list[str]) -> None:
        if entries:
            lines.extend(["", say[name], *(f"  - {entry}" for entry in entries)])

    def titled(entry: Json) -> str:
        return f"{entry['title']}{say['unconfirmed'] if entry['state'] == 'unconfirmed' else ''}"

    section(
        "lines",
        [
            f"{speak.term('payers', line['payer'])} {amount(line['amount'])} | {titled(line)}: {line['explanation']}"
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
    revision: str = say["revision"].format(**result)
    return "\n".join([*lines, "", revision])
