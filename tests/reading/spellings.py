"""Every way in which people write a number, and things that look like one; for the tests of the reader."""

import random
from collections.abc import Iterator

DIGITS = "零一二三四五六七八九"
CHEQUE = "零壹贰叁肆伍陆柒捌玖"
_POWERS, _CHEQUE_POWERS = ("", "十", "百", "千"), ("", "拾", "佰", "仟")
UNITS = {
    "age": ("岁", "周岁", " 岁", "years old"),
    "age_months": ("个月", "月", " months"),
    "total_cost": ("元", "块", "块钱", "元整", "圆", " 元", "yuan", "人民币"),
    "river_distance_m": ("米", "m", " 米", "metres"),
    "household_size": ("人", "口人", "个", "口", "位"),
    "companion_days": ("天", "日", "days"),
    "terms": ("个学期", "学期"),
}
BEFORE = ("", "", "", "今年", "我", "一共", "满", "共", "是", "今年已经", "大约", "不到", "快", "负", "第")
AFTER = ("", "", "", "了", "的", "。", "多", "左右", "吧", "整")


def chinese(n: int, digits: str = DIGITS, powers: tuple[str, ...] = _POWERS) -> str:
    """Write a whole number below 10^12 as one learns it: 一万零五十."""
    if n == 0:
        return digits[0]
    groups = [(n // 10 ** (4 * place) % 10_000, sign) for place, sign in ((2, "亿"), (1, "万"), (0, ""))]
    out, gap = "", False
    for value, sign in groups:
        if value:
            out += digits[0] if out and (gap or value < 1_000) else ""
            out += _group(value, digits, powers) + sign
        gap = bool(out) and value % 10 == 0 and value == 0
    return out


def _group(value: int, digits: str, powers: tuple[str, ...]) -> str:
    out, gap = "", False
    for place in (3, 2, 1, 0):
        digit = value // 10**place % 10
        if digit:
            out += digits[0] if gap and out else ""
            out += digits[digit] + powers[place]
            gap = False
        else:
            gap = True
    return out


def colloquial(n: int) -> str:
    """Write a number as people say it: 十五, 两百五, 三千五."""
    text = chinese(n)
    text = text.removeprefix("一") if 10 <= n < 20 else text
    for power, least in (("百", 100), ("千", 1_000), ("万", 10_000)):
        small = {100: "十", 1_000: "百", 10_000: "千"}[least]
        if text.endswith(small) and len(text) > 3 and text[-3] == power:
            text = text[:-1]
            break
    return text.replace("二百", "两百").replace("二千", "两千") if n % 2 else text


def mixed(n: int) -> str:
    """Write a number with figures and powers: 1万2千, 1.2万, 3千5."""
    if n >= 10_000 and n % 100 == 0:
        return f"{n // 10_000}.{n % 10_000:04d}".rstrip("0").rstrip(".") + "万"
    if n >= 10_000:
        return f"{n // 10_000}万{n % 10_000:04d}"
    if n >= 1_000 and n % 100 == 0:
        return f"{n // 1_000}千" + (f"{n // 100 % 10}" if n % 1_000 else "")
    return f"{n // 100}百{n % 100:02d}" if n >= 100 else str(n)


def in_figures(n: int) -> str:
    """Write a number with Chinese numerals in place of figures: 一〇五."""
    return "".join("〇一二三四五六七八九"[int(digit)] for digit in str(n))


def wide(text: str) -> str:
    """Write a text in full width."""
    return "".join(chr(ord(sign) + 0xFEE0) if "!" <= sign <= "~" else sign for sign in text)


WAYS = (
    str,
    lambda n: wide(str(n)),
    lambda n: f"{n:,}",
    lambda n: wide(f"{n:,}"),
    lambda n: f"{n}.0",
    lambda n: f"{n}.00",
    lambda n: f"{n:05d}",
    chinese,
    lambda n: chinese(n, CHEQUE, _CHEQUE_POWERS),
    colloquial,
    mixed,
    lambda n: wide(mixed(n)),
    in_figures,
    lambda n: chinese(n).replace("二十", "廿").replace("三十", "卅"),
    lambda n: chinese(n).replace("零", "〇"),
    lambda n: " ".join(str(n)),
    lambda n: f"{n}e0",
    lambda n: f"+{n}",
    lambda n: str(n).replace("0", "O").replace("1", "l"),
    lambda n: f"{n}-{n + 1}",
)
NUMBERS = (*range(201), *(10**power for power in range(3, 12)), 350, 1_050, 1_500, 3_500, 8_000, 10_050, 12_345, 56_789)


def spell_number(rng: random.Random) -> tuple[str, int, str]:
    """Return a fact, a number, and one way of writing that number."""
    fact = rng.choice(tuple(UNITS))
    n = rng.choice(NUMBERS) if rng.random() < 0.8 else rng.randrange(10 ** rng.randrange(1, 10))
    unit = rng.choice(("", rng.choice(UNITS[fact])))
    return fact, n, rng.choice(BEFORE) + rng.choice(WAYS)(n) + unit + rng.choice(AFTER)


_SIGNS = (
    "0123456789０５.,，。 十百千万亿〇零一二两三五七九半点廿壹拾元块角毛分岁年个月米里人口天%‰成折多几约-到负"
    "号日/无没有是否√今昨去上○OlＥe²١"
)


def make_noise(rng: random.Random) -> str:
    """Return signs as they come."""
    return "".join(rng.choice(_SIGNS) for _ in range(rng.randrange(1, 9)))


def break_spelling(rng: random.Random) -> Iterator[str]:
    """Yield spellings with a sign lost, doubled or put in."""
    for _ in range(3):
        _, _, text = spell_number(rng)
        at = rng.randrange(len(text))
        put_in = rng.choice(("", text[at] * 2, rng.choice(_SIGNS) + text[at]))
        yield text[:at] + put_in + text[at + 1 :]
