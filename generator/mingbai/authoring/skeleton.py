"""Skeleton files of a place and of a policy: required entries with placeholders, commented in Chinese and English."""

import json
from datetime import date

from mingbai.checks.placeholders import FILL, REVIEW
from mingbai_calculator.law.kinds import KindTable

ORDER_NOTE = f"{REVIEW}：付钱的先后 | the order of paying"

_ZH, _EN = FILL["zh"], FILL["en"]
_TEXT = f"{{zh: {_ZH}, en: {_EN}}}"
_PAYERS = (
    "# 谁付钱 | who pays: basic_insurance, serious_illness_insurance, medical_assistance, supplementary_insurance,\n"
    "# public_health_fund, combined_funds, hospital, school, government_backstop, not_stated\n"
)

_PLACE = """\
# 一个地方：它的规定管什么，谁先付。把“{zh}”和“{en}”都换掉。
# A place: what its rules settle, and who pays first. Replace every “{zh}” and “{en}”.
id: {id}
name: {{zh: {name_zh}, en: {name_en}}}
level: county    # nation 全国, province 省, city 市, county 县, township 乡镇, village 村
# province: {{name: {{zh: .., en: ..}}, certainty: inferred}}    # stated 原文写明, inferred 推出来的
about: {text}    # 这是哪份文件、多旧 | which text this is, how old
# 这里的规定能算清的看病 | the visits that this place's rules settle:
# settles:
#   - {{visit: inpatient, hospital_level: [township, county, city]}}
settles: []
order: []    # 谁先付，从先到后 | policies in the order of paying
# 地名、代码、部门不是原文写的，说明为什么 | where the text does not give name, code or office, say why:
# certainties: {{name: {{certainty: inferred, because: {{zh: .., en: ..}}}}}}
office: {{name: {text}}}    # 谁说了算；电话不要编 | who decides; no invented phone
"""

_POLICY = """\
# 把“{zh}”和“{en}”都换掉；写好一处，删掉那里的说明。
# Replace every “{zh}” and “{en}”; delete a comment when its place is done.
title: {text}    # 短的名字 | a short name
summary: {text}    # 给村民的一句话 | one sentence for a villager
topic: {en}    # terms.yaml 里的主题，如 illness | a topic of terms.yaml, such as illness
kind: {kind}
unit: person    # person 人, couple 夫妻, household 户, child 孩子
covers: [{en}]    # policy-inventory.json 里的编号 | ids of policy-inventory.json
{start}
# 用到哪天；原文没写哪天的，还要写多确定、为什么 | the last day; where the text names none, how sure it is and why:
# confirmed_until: 2016-12-31
# certainties: {{confirmed_until: {{certainty: inferred, because: {{zh: .., en: ..}}}}}}
who: {{}}    # 谁能享受，如 | for whom, such as {{registered_poor: true}}
# 原文没说、明显是给哪个年纪或性别的 | whom it is plainly meant for, by age or sex, where the text does not say:
# offered_to: {{to: {{sex: female, age: {{at_least: 15, at_most: 49}}}}, because: {{zh: .., en: ..}}}}
{rule}source:
  - {{document: {en}, lines: {en}, certainty: stated}}    # 如 | such as {{document: f0, lines: 173-175}}
# 拿不准的地方 | doubts: [{{says: {{zh: .., en: ..}}, uses: {{zh: .., en: ..}}, because: {{zh: .., en: ..}}}}]
examples:    # 算给人看的例子，也是测试 | worked examples; they are tests too
  - id: first-case
    title: {text}
    date: {day}
    facts: {{}}    # 如 | such as {{insured: true, visit: inpatient, hospital_level: county, total_cost: 8000}}
    expect: {{{expect}}}
"""

_WHEN = "when: {}    # 哪种情况，如 | for what event, such as {visit: inpatient}\n"
_MONEY = f"self_pays: {_EN}, line: {_EN}"
SKELETONS = KindTable(
    "skeleton",
    "generator/mingbai/authoring/skeleton.py",
    {
        "own_share": (
            _WHEN
            + f"""table:    # 先自己付多少，第一条合适的算 | what one pays first, the first row that fits
  - {{id: first-row, for: {{}}, rate: {_EN}}}    # 比例，如 | a rate, such as 10%
""",
            f"self_pays: {_EN}",
        ),
        "share": (
            _WHEN
            + _PAYERS
            + f"""payer: {_EN}
deductible_per: stay    # 起付线：stay 每次, year 每年 | per stay or per year
table:    # 第一条合适的算 | the first row that fits
  - {{id: first-row, for: {{}}, deductible: {_EN}, rate: {_EN}}}    # 起付线(元)、比例 | yuan, rate: 350, 85%
""",
            _MONEY,
        ),
        "ceiling": (
            _WHEN
            + _PAYERS
            + f"""payer: {_EN}    # 超出的谁出 | who bears the excess
per: stay    # stay 每次, year 每年
amount: {_EN}    # 最多自己付多少元 | the most that a person pays, yuan
""",
            _MONEY,
        ),
        "floor": (
            _WHEN
            + _PAYERS
            + f"""share: {_EN}    # 至少报多少，如 | the least share, such as 80%
of: eligible_cost
counted: [basic_insurance, serious_illness_insurance, medical_assistance]    # 哪几方加起来 | who together
payer: {_EN}    # 不够的谁补 | who tops up
""",
            _MONEY,
        ),
        "fee": (
            _WHEN
            + f"""payer: hospital    # 谁不收 | who gives it up: hospital, school
discounts:
  - {{id: first-item, items: [{_EN}], off: {_EN}}}    # 收费项目、少收多少 | items, such as [registration], off: 100%
""",
            _MONEY,
        ),
        "cash": (
            f"""per: {_EN}    # once 一次, month 每月, term 每学期, year 每年
amounts:
  - {{id: first-amount, for: {{}}, amount: {_EN}}}    # 元 | yuan
""",
            f"year_amount: {_EN}",
        ),
        "premium": (
            f"""of: basic_insurance    # 哪种保险 | basic_insurance, supplementary_insurance
premium: {{fact: premium}}    # 要缴的钱：问本人 | the contribution: ask the person
rate: {_EN}    # 替他缴多少，如 | the part that is paid, such as 50%
""",
            f"amount: {_EN}",
        ),
        "aid": (f"because: {_TEXT}    # 为什么没有数 | why there is no figure\n", "applies: true"),
        "service": (f"what: {_TEXT}    # 什么服务 | what service\n", "applies: true"),
        "right": (f"what: {_TEXT}    # 什么权利 | what right\n", "applies: true"),
        "in_kind": (f"what: {_TEXT}    # 给什么 | what goods\n", "applies: true"),
        "status": (
            f"what: {_TEXT}    # 认定什么；条件写在 who | what is tested; its condition is `who`\n",
            "applies: true",
        ),
    },
)
"""For each kind the keys that it adds to a version, and what an example of it expects."""


def make_place_skeleton(id_: str, name_zh: str, name_en: str) -> str:
    """Return the text of a new `place.yaml`."""
    names = {"name_zh": _quote(name_zh), "name_en": _quote(name_en)}
    return _PLACE.format(id=id_, text=_TEXT, zh=_ZH, en=_EN, **names)


def make_policy_skeleton(kind: str, effective: date | None) -> str:
    """Return the text of a first version of a kind of policy; None: start unknown."""
    rule, expect = SKELETONS[kind]
    if effective is None:
        start = "start: {certainty: unknown, because: {zh: 待填, en: TO FILL}}"
    else:
        start = (
            f"start: {{certainty: {_EN}}}    # 开始的日子：stated 原文写明, inferred 推出来的 | how sure the start is"
        )
    return _POLICY.format(
        kind=kind,
        start=start,
        rule=rule,
        day=_EN if effective is None else effective.isoformat(),
        expect=expect,
        text=_TEXT,
        zh=_ZH,
        en=_EN,
    )


def _quote(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
