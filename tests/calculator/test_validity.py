"""`valid` of a result: how old the rules are that were used, how sure that is, and the sentence that says so."""

import copy
import itertools
import re
from datetime import date
from typing import Any

import pytest

from mingbai.i18n.languages import SITE
from mingbai.i18n.translate import add_languages
from mingbai_calculator import estimate
from mingbai_calculator.law.place import get_place
from mingbai_calculator.result.phrases import make_speaker
from mingbai_calculator.result.validity import CERTAINTIES, STATES, say_contacts

type Json = dict[str, Any]

STAY = {"insured": True, "visit": "inpatient", "hospital_level": "county", "total_cost": "8000"}
GONE = re.compile("卫生计生|卫计|扶贫办|health and family planning|poverty")


def get_valid(bundle: Json, day: str, place: str = "gaotai", lang: str = "zh", facts: Json = STAY) -> Json:
    valid: Json = estimate(bundle, {"place": place, "date": day, "facts": facts, "lang": lang})["valid"]
    return valid


def test_the_state_is_the_weakest_of_the_versions_used(bundle: Json) -> None:
    states = {day: get_valid(bundle, day)["state"] for day in ("2014-12-31", "2015-01-01", "2016-12-31", "2017-01-01")}
    assert states == {
        "2014-12-31": "before_any_document",  # no revision, version or year of a last day is as old
        "2015-01-01": "in_force",
        "2016-12-31": "in_force",
        "2017-01-01": "unconfirmed",
    }


@pytest.mark.parametrize(
    ("day", "lang", "said"),
    [
        (
            "2014-06-01",
            "zh",
            ["没有2014年6月1日那么早的文件", "五份健康扶贫工作计划合集（甲）", "从2016年1月1日起有新的规定"],
        ),
        ("2014-06-01", "en", ["No document is as old as June 1, 2014", "a newer rule holds from January 1, 2016"]),
        ("2016-06-01", "zh", ["五份健康扶贫工作计划合集（甲）", "原文没写从哪天起，我们从2016年1月1日算起"]),
        ("2018-06-01", "zh", ["原文没写用到哪天，我们当作2016年的规定", "12393"]),
        ("2018-06-01", "zh-Hant", ["原文沒寫用到哪天", "12393"]),
        ("2018-06-01", "en", ["The text names no last day. We take it as the rules of 2016.", "12393"]),
    ],
)
def test_the_sentence_says_what_the_matrix_wants(bundle: Json, day: str, lang: str, said: list[str]) -> None:
    say = get_valid(add_languages(bundle, SITE), day, lang=lang)["say"]
    assert [part for part in said if part not in say] == [], say


def test_where_no_year_can_be_read_the_sentence_says_so(bundle: Json) -> None:
    valid = get_valid(bundle, "2020-01-01", "taijiang", facts={})
    assert (valid["state"], valid["confirmed_until"], valid["certainty"]) == ("unconfirmed", "2016-12-31", "not_stated")
    assert valid["say"].startswith("原文没写是哪一年的，我们当作2016年的规定。")


def test_only_a_day_that_can_be_read_is_told_as_one(bundle: Json) -> None:
    place = "jinkouhe"
    grants = {
        "only_child": "died",
        "only_child_certificate": True,
        "no_other_child": True,
        "wife_age": 55,
        "spouses": 2,
    }
    said = {
        entry["policy"]: get_valid(bundle, "2018-01-01", place, facts=grants)["say"]
        for entry in estimate(bundle, {"place": place, "date": "2018-01-01", "facts": grants})["cash"]
    }
    assert all("文件写到" not in say for say in said.values())  # other rules of that plan name no day
    speaker = make_speaker(bundle, "zh")
    assert speaker.sentences["valid_unconfirmed_stated"].count("{until}") == 1


@pytest.mark.sampled(3)
@pytest.mark.parametrize("lang", ["zh", "en", "zh-Hant"])
@pytest.mark.parametrize("day", ["2005-01-01", "2016-06-01", "2018-06-01", "2026-06-01"])
def test_every_place_says_one_short_plain_sentence(bundle: Json, day: str, lang: str) -> None:
    translated = add_languages(bundle, SITE, [lang])
    for place in bundle["places"]:
        valid = get_valid(translated, day, place, lang, {})
        assert valid["state"] in STATES
        assert valid["certainty"] in CERTAINTIES
        assert valid["say"]
        assert not re.search(r"[{}]|证明|proves", valid["say"]), valid
        assert len(valid["say"]) < (110 if lang != "en" else 260), valid
        if valid["state"] == "unconfirmed" and valid["confirmed_until"]:
            assert re.search("12393|12320|12345", valid["say"]), valid
            assert not GONE.search(valid["say"]), valid


def test_members_and_the_whole_household_have_it_too(bundle: Json) -> None:
    members = [{"id": "a", "facts": STAY}, {"id": "b", "facts": {}}]
    result = estimate(bundle, {"place": "gaotai", "date": "2018-01-01", "members": members})
    assert {member["valid"]["state"] for member in result["members"]} == {result["valid"]["state"]} == {"unconfirmed"}
    nobody = estimate(bundle, {"place": "gaotai", "date": "2018-01-01", "members": []})
    assert nobody["valid"]["state"] == "unconfirmed"


def test_of_several_stays_each_rule_is_judged_on_its_day(bundle: Json) -> None:
    stays = [
        {"date": day, **{key: STAY[key] for key in STAY if key != "insured"}} for day in ("2014-06-01", "2016-06-01")
    ]
    request = {"place": "gaotai", "date": "2016-06-01", "facts": {"insured": True}, "visits": stays}
    assert estimate(bundle, request)["valid"]["state"] == "before_any_document"
    assert estimate(bundle, {**request, "visits": stays[1:]})["valid"]["state"] == "in_force"


def test_a_policy_that_ends_says_since_when(kinds_bundle: Json) -> None:
    says = set()
    for name, place in kinds_bundle["places"].items():
        for versions in place["policies"].values():
            for before, after in itertools.pairwise(versions):
                if after["ends"] and before["start"]:
                    says.add(get_valid(kinds_bundle, before["start"], name, "en", {})["say"])
    assert any(re.search("ends on|newer rule holds from", say) for say in says), says


def test_whom_to_ask_is_one_office_that_exists(bundle: Json) -> None:
    speaker = make_speaker(bundle, "zh")
    assert say_contacts(["illness", "insurance"], speaker) == "当地医保局（电话12393）"
    assert say_contacts(["illness", "prevention"], speaker) == "当地医保局（电话12393）或当地卫生健康局（电话12320）"
    assert say_contacts(["illness", "prevention", "school"], speaker) == "政务服务热线（电话12345）"
    assert say_contacts(["school", "illness"], speaker) == "当地医保局（电话12393）或政务服务热线（电话12345）"
    assert say_contacts([], speaker) == "政务服务热线（电话12345）"
    everything = [say_contacts([topic], speaker) for topic in bundle["terms"]["topics"]]
    assert not any(GONE.search(each) for each in everything)
    assert all(contact["looked_up"] for contact in bundle["terms"]["contacts"].values())


def test_the_first_day_of_a_place_comes_from_its_documents(bundle: Json) -> None:
    assert get_place(bundle, "gaotai").first_day == date(2015, 1, 1)
    assert get_place(bundle, "chuzhou").first_day == date(2016, 1, 1)  # of the year of its last day
    assert get_place(bundle, "anon-qu-yiyuan").first_day is None


def test_a_fee_that_nobody_named_gives_up_is_a_line_like_any_other(bundle: Json) -> None:
    heze = copy.deepcopy(bundle["places"]["heze"])
    for policy in ("fees-city", "fees-province"):
        for version in heze["policies"][policy]:
            assert version["law"]["payer"] == "not_stated"
            version["law"]["payer"] = "hospital"
    named = {**bundle, "places": {**bundle["places"], "heze": heze}}
    example = next(iter(heze["policies"]["fees-city"][0]["examples"]))
    request = {"place": "heze", "date": example["date"], "facts": example["facts"]}
    before, after = (estimate(each, request) for each in (named, bundle))
    assert after["self_pays"] == before["self_pays"]
    assert {line["payer"] for line in after["lines"]} == {"not_stated"}
    assert {line["settlement_code"] for line in after["lines"]} == {"oth_pay"}
