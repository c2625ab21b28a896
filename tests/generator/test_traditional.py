"""Traditional characters: made from simplified ones, on pages, in results, and nothing else."""

import json
import re

import pytest

from mingbai.bundle.estimator.estimator_bundle import make_estimator_bundle
from mingbai.i18n.languages import SITE
from mingbai.i18n.traditional import to_traditional
from mingbai.i18n.translate import add_languages, is_text, lacks_translation
from mingbai.pages.data.data import list_all_change_days
from mingbai.pages.make import make_pages
from mingbai.pages.wording.language import Json
from mingbai_calculator import estimate
from tests.extra_languages import translate_to_pseudo
from tests.quick import is_quick

ISOLATES = re.compile("[\u2068\u2069]")


@pytest.fixture(scope="module")
def gaotai(bundle: Json) -> Json:
    """One place and those above it are enough here: what is true of their pages is true of all."""
    return {**bundle, "places": {place: bundle["places"][place] for place in ("gaotai", "gansu", "national")}}


@pytest.mark.parametrize(
    ("simplified", "written"),
    [
        ("县里的规定写在文件里", "縣裡的規定寫在文件裡"),
        ("乡里、镇里、村里、州里、抄本里", "鄉裡、鎮裡、村裡、州裡、抄本裡"),
        ("还是只有一部分，只算补的", "還是只有一部分，只算補的"),
        ("出栏150只，每只鸡", "出欄150隻，每隻雞"),
        ("医生签约，签不签，一家签一份", "醫生簽約，簽不簽，一家簽一份"),
        ("户口在本地才有，费用才能报", "戶口在本地才有，費用才能報"),
        ("标准说不准，县里批准", "標準說不準，縣裡批准"),
        ("村干部找活干，干净", "村幹部找活幹，乾淨"),
        ("发给您的钱，头发", "發給您的錢，頭髮"),
        ("高台县、台江县，在这台手机上", "高台縣、台江縣，在這台手機上"),
        ("尿毒症、重症精神病", "尿毒症、重症精神病"),
        ("康复、重复、复诊", "康復、重複、複診"),
        ("各项占几分之几，几乎一样", "各項佔幾分之幾，幾乎一樣"),
        ("写明了，了解", "寫明了，了解"),
        ("住院以后，皇后", "住院以後，皇后"),
        ("为什么，群众，床位，吃药", "為什麼，群眾，床位，吃藥"),
        ("{amount} 元，50% <a href='x'>", "{amount} 元，50% <a href='x'>"),
    ],
)
def test_traditional_characters(simplified: str, written: str) -> None:
    assert to_traditional(simplified) == written


def test_every_text_of_the_bundle_has_its_traditional_form_of_the_same_length(bundle: Json) -> None:
    spoken = add_languages(bundle, SITE)
    found = 0

    def look(value: object) -> None:
        nonlocal found
        if isinstance(value, dict):
            if is_text(value):
                found += 1
                assert len(value["zh-Hant"]) == len(value["zh"])
                assert re.sub(r"[^\x00-\x7f]", "", value["zh-Hant"]) == re.sub(r"[^\x00-\x7f]", "", value["zh"])
            for inner in value.values():
                look(inner)
        elif isinstance(value, list):
            for inner in value:
                look(inner)

    look(spoken["places"])
    look(spoken["terms"])
    look(spoken["facts"])
    assert found > 2000
    assert not lacks_translation(spoken, "zh-Hant")
    assert "zh-Hant" not in json.dumps(bundle["places"], ensure_ascii=False), "the original stays as it was"


def test_nothing_simplified_is_left_on_traditional_pages(gaotai: Json) -> None:
    spoken = add_languages(gaotai, SITE)
    days = list_all_change_days(spoken)
    pages = make_pages(spoken, SITE, {"national": days["national"]} if is_quick() else days)
    assert {path for path in pages if path.startswith("zh-Hant/")} == {
        f"zh-Hant/{path}" for path in pages if not path.startswith(("en/", "zh-Hant/", "authors/"))
    }
    for path, page in pages.items():
        if path.startswith("zh-Hant/"):
            own = re.sub(r'<(span|a) lang="zh">.*?</\1>|<script.*?</script>', "", page)  # words as documents print them
            assert not ISOLATES.search(page)
            assert to_traditional(own) == own, path


def test_a_result_in_traditional_characters_says_the_same(bundle: Json) -> None:
    spoken = make_estimator_bundle(add_languages(bundle, SITE, ["zh-Hant"]), list(bundle["places"]))
    spoken["languages"] = add_languages(bundle, SITE, ["zh-Hant"])["languages"]
    facts = {"insured": True, "visit": "inpatient", "hospital_level": "county", "total_cost": "8000"}
    request = {"place": "gaotai", "date": "2016-03-01", "facts": facts}
    plain = estimate(spoken, {**request, "lang": "zh"})
    assert plain == estimate(bundle, {**request, "lang": "zh"})
    written = estimate(spoken, {**request, "lang": "zh-Hant"})
    # what was joined to a sentence is converted piece by piece, so the whole may differ where a table looks across
    assert json.dumps(written, ensure_ascii=False) == to_traditional(json.dumps(plain, ensure_ascii=False))


def test_the_phone_gets_no_more_for_the_languages_written_in_full(bundle: Json) -> None:
    places = list(bundle["places"])
    translated = translate_to_pseudo(bundle)
    assert make_estimator_bundle(add_languages(translated, SITE, ["zh"]), places) == make_estimator_bundle(
        bundle, places
    )
