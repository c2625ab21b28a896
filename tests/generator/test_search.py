"""What the search is given: an index of every page in every language, everyday words, letters."""

import csv
import json
from typing import Any

import brotli
import pytest

from mingbai.bundle.routes import address
from mingbai.bundle.topics import list_topic_pages
from mingbai.diagnostics.problem import Problems
from mingbai.i18n.languages import SITE, Languages, select_languages
from mingbai.i18n.translate import add_languages
from mingbai.loader.library import load_shared
from mingbai.model.search import SearchWords
from mingbai.pages.data.search_index import ROW_FIELDS, make_search_index
from mingbai.pages.data.search_letters import make_initials, make_place_initials, map_traditional
from mingbai.pages.wording.language import Json, make_language
from tests.conftest import POLICIES, ROOT

LANGUAGES = ("zh", "zh-Hant", "en")
EVERY_LANGUAGE = pytest.mark.parametrize("lang", LANGUAGES)
BY_HAND: list[tuple[str, ...]] = [("offline.md", "没有网络时", "信号不好，怎么办。", "看规定 算一算")]
LARGEST = 45_000
"""Bytes of a language's index, compressed."""


@pytest.fixture(scope="module")
def words() -> SearchWords:
    problems = Problems()
    found = load_shared(POLICIES, problems).search
    assert problems.found == []
    return found


@pytest.fixture(scope="module")
def site() -> Languages:
    return select_languages(list(LANGUAGES))


@pytest.fixture(scope="module")
def spoken(bundle: Json, site: Languages) -> Json:
    return add_languages(bundle, site)


@pytest.fixture(scope="module")
def indexes(spoken: Json, site: Languages, words: SearchWords) -> dict[str, Json]:
    return {
        lang: make_search_index(spoken, words, BY_HAND, list_topic_pages(spoken), make_language(spoken, lang, site))
        for lang in LANGUAGES
    }


@pytest.fixture(scope="module")
def pages(pages_of_site: dict[str, str]) -> set[str]:
    assert SITE.selected == LANGUAGES
    return set(pages_of_site)


def rows(index: Json) -> list[dict[str, Any]]:
    return [dict(zip(ROW_FIELDS, row, strict=True)) for row in index["pages"]]


@EVERY_LANGUAGE
def test_every_policy_and_place_is_in_the_index_and_every_address_is_a_page(
    indexes: dict[str, Json], bundle: Json, pages: set[str], site: Languages, lang: str
) -> None:
    found = {row["address"].partition("#")[0] for row in rows(indexes[lang])}
    folder = site[lang].folder
    there = {address(page.removeprefix(folder)) for page in pages if page.startswith(folder)} | {"offline/"}
    assert found <= there
    policies = {f"{place['id']}/{policy}/" for place in bundle["places"].values() for policy in place["policies"]}
    assert policies | {f"{place}/" for place in bundle["places"]} <= found


@EVERY_LANGUAGE
def test_places_name_those_above_them(indexes: dict[str, Json], lang: str) -> None:
    places = {row[0]: row for row in indexes[lang]["places"]}
    above = indexes[lang]["places"][places["gaotai"][3]]
    assert above[0] == "gansu"
    assert places["daxian"][3] == -1


@EVERY_LANGUAGE
def test_the_index_is_small(indexes: dict[str, Json], lang: str) -> None:
    data = json.dumps(indexes[lang], ensure_ascii=False, separators=(",", ":")).encode()
    assert len(brotli.compress(data)) <= LARGEST


def test_a_page_is_found_by_its_title_in_other_languages_and_by_pinyin(indexes: dict[str, Json]) -> None:
    for lang, title, other in (("zh", "住院报销", "Hospital stays"), ("en", "Hospital stays", "住院报销")):
        row = next(row for row in rows(indexes[lang]) if row["address"] == "gaotai/inpatient/")
        assert (row["title"], row["other"], row["initials"]) == (title, other, "zybx")
        assert "350" not in row["title"]


def test_the_index_holds_the_traditional_characters_that_it_needs_and_no_others(indexes: dict[str, Json]) -> None:
    characters, simplified = indexes["zh"]["traditional"]
    pairs = dict(zip(characters, simplified, strict=True))
    assert {"養": "养", "錢": "钱", "醫": "医", "後": "后"}.items() <= pairs.items()
    text = json.dumps([indexes["zh"][key] for key in ("places", "pages", "groups", "stop")], ensure_ascii=False)
    assert set(simplified) <= set(text)
    assert not set(characters) & set(simplified)


def test_every_group_means_words_that_stand_on_a_page(indexes: dict[str, Json], words: SearchWords) -> None:
    said = [f"{row['title']} {row['summary']} {row['other']}" for row in rows(indexes["zh"])]
    text = "\n".join([*said, *(row["summary"] for row in rows(indexes["en"])), "About Privacy Without a network"])
    text += "\n关于本站 隐私"
    silent = [group.says for group in words.groups if not any(_stands(each, text) for each in group.means)]
    assert silent == []
    lost = [each for group in words.groups for each in group.means if not _partly(each, text)]
    assert lost == []


def _stands(phrase: str, text: str) -> bool:
    return phrase.lower() in text.lower()


def _partly(phrase: str, text: str) -> bool:
    """Return whether one of the words that the search makes of a phrase stands in a text."""
    if phrase.isascii():
        return any(_stands(word, text) for word in phrase.split())
    return any(phrase[at : at + 2] in text for at in range(len(phrase) - 1))


def test_no_everyday_phrase_is_a_stop_phrase_or_stands_twice_in_a_group(words: SearchWords) -> None:
    for group in words.groups:
        assert len(set(group.says)) == len(group.says), group.says
        assert not set(group.says) & set(words.stop)
    assert len(set(words.stop)) == len(words.stop)


def test_a_site_without_search_words_has_an_index_all_the_same(kinds_bundle: Json) -> None:
    index = make_search_index(kinds_bundle, SearchWords(), [], [], make_language(kinds_bundle, "zh"))
    assert index["stop"] == []
    assert [row for row in rows(index) if row["kind"] == "policy"]


@pytest.mark.parametrize(
    ("text", "letters"),
    [
        ("住院报销", "zybx"),
        ("“9+3”免费上学", "93mfsx"),
        ("重大疾病", "zdjb"),
        ("某县（县名不详）", "mx"),
        ("CT检查", "ctjc"),
    ],
)
def test_initials(text: str, letters: str) -> None:
    assert make_initials(text) == letters


@pytest.mark.parametrize(
    ("name", "letters"), [("高台县", "gt"), ("忠县", "zx"), ("雅安某县（原文没写县名）", "yam"), ("甘肃省", "gs")]
)
def test_a_place_is_called_without_its_kind(name: str, letters: str) -> None:
    assert make_place_initials(name) == letters


def test_texts_in_traditional_characters_get_their_table_too() -> None:
    characters, simplified = map_traditional(["養豬補助"])
    assert {"養": "养", "豬": "猪", "補": "补"}.items() <= dict(zip(characters, simplified, strict=True)).items()


def test_the_queries_are_many_and_of_every_sort() -> None:
    with (ROOT / "tests/search_queries.csv").open(encoding="utf-8", newline="") as file:
        queries = list(csv.DictReader(file))
    assert len(queries) >= 60
    assert {query["lang"] for query in queries} == set(LANGUAGES)
    assert len({(query["lang"], query["place"], query["query"]) for query in queries}) == len(queries)
    assert sum(query["within"] == "1" for query in queries) >= len(queries) / 2
