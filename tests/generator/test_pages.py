"""The pages as Markdown, and as the HTML that Python-Markdown makes of them."""

import copy
import re
from collections.abc import Iterator
from functools import cache
from html import unescape
from pathlib import Path
from typing import Any, get_args

import pytest
from markdown import markdown

from mingbai.bundle.routes import GUIDE_PAGES, address, relative_address
from mingbai.i18n.catalogue import Catalogue
from mingbai.i18n.languages import CATALOGUES_FOLDER
from mingbai.model.reserved_names import STATIC_PAGES
from mingbai.pages.data.data import list_all_change_days
from mingbai.pages.frame import make_frame
from mingbai.pages.guide.fields import fill_in_fields
from mingbai.pages.make import make_pages
from mingbai.pages.policy.benefits.payers import NOT_STATED, Role, describe_payer
from mingbai.pages.wording.escape import escape_text
from mingbai.pages.wording.language import LANGUAGES, PREFIXES, Json, make_language
from mingbai_calculator.core.money import format_amount, format_percent, parse_yuan
from mingbai_calculator.law.codec import decode_condition
from tests.quick import is_quick, thinned

ROOT = Path(__file__).parents[2]
LONGEST_SENTENCE = 35
CATALOGUES = sorted({path.name.split(".")[0] for path in CATALOGUES_FOLDER.glob("*.yaml")})


@cache
def as_html(page: str) -> str:
    _, _, body = page.removeprefix("---\n").partition("\n---\n")
    return markdown(body, extensions=["attr_list", "tables", "toc", "fenced_code"])


def as_read(page: str) -> str:
    """Return what a reader sees, on one line."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", as_html(page))).split())


def policies(bundle: Json) -> Iterator[tuple[str, str, list[Json]]]:
    for place in bundle["places"].values():
        for policy, versions in place["policies"].items():
            yield place["id"], policy, versions


def test_every_language_has_the_same_paths(pages: dict[str, str], bundle: Json) -> None:
    chinese = {path for path in pages if not path.startswith("en/")}
    assert {path.removeprefix("en/") for path in pages if path.startswith("en/")} == chinese
    assert {f"{place}/{policy}.md" for place, policy, _ in policies(bundle)} < chinese
    assert {"index.md", "estimator/index.md", "glossary.md", "sources.md", "gaotai/index.md"} < chinese


@pytest.mark.parametrize("name", STATIC_PAGES)
def test_hand_written_pages_are_there_in_every_language_with_the_same_headings(name: str) -> None:
    texts = [(ROOT / "docs" / prefix / f"{name}.md").read_text(encoding="utf-8") for prefix in PREFIXES.values()]
    headings = [re.findall(r"^(#+) .*(\{#.*\})$", text, flags=re.MULTILINE) for text in texts]
    assert headings[0]
    assert all(each == headings[0] for each in headings)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_policy_page_shows_title_summary_and_every_figure(pages: dict[str, str], bundle: Json, lang: str) -> None:
    for place, policy, versions in policies(bundle):
        text = as_read(pages[f"{PREFIXES[lang]}{place}/{policy}.md"])
        for version in versions:
            assert version["title"][lang] in text
            assert escape_text(version["summary"][lang]).unescape() in text
            for figure in _figures(version):
                assert figure in text, (policy, version["id"], figure)
            for doubt in version["doubts"] if version is versions[-1] else ():
                assert doubt["uses"][lang] in text


def _figures(version: Json) -> Iterator[str]:
    law = version["law"]
    for row in law.get("rows") or law.get("amounts") or [law]:
        for name in ("deductible", "limit", "base_limit", "amount"):
            if isinstance(row.get(name), int) and row[name]:
                yield format_amount(row[name])
        for name in ("rate", "share"):
            if isinstance(row.get(name), int):
                yield format_percent(row[name])
                yield format_amount(row[name])  # "80 yuan of every 100"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_policy_page_shows_what_each_example_comes_to(pages: dict[str, str], bundle: Json, lang: str) -> None:
    for place, policy, versions in policies(bundle):
        html = as_html(pages[f"{PREFIXES[lang]}{place}/{policy}.md"])
        for version in versions:
            for example in version["examples"]:
                block = re.search(rf'<details [^>]*id="{version["id"]}-{example["id"]}".*?</details>', html, re.DOTALL)
                assert block is not None, example["id"]
                for amount in _expected(example["expect"]):
                    assert amount in unescape(block[0]), (policy, example["id"], amount)


def _expected(expect: Json) -> Iterator[str]:
    for name in ("self_pays", "line", "year_amount"):
        value = expect.get(name)
        amounts = value if isinstance(value, list) else [value]
        for amount in amounts:
            if amount is not None and (name != "year_amount" or parse_yuan(str(amount))):
                yield format_amount(parse_yuan(str(amount)) or 0)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_policy_page_says_until_when_it_is_vouched_for_and_who_decides(
    pages: dict[str, str], bundle: Json, lang: str
) -> None:
    speaks = make_language(bundle, lang)
    for place, policy, versions in policies(bundle):
        text = as_read(pages[f"{PREFIXES[lang]}{place}/{policy}.md"])
        assert speaks.day(versions[-1]["confirmed_until"]) in text
        assert bundle["places"][place]["office"]["name"][lang] in text


def test_what_changed_is_shown_for_the_people_whom_it_concerns(pages: dict[str, str]) -> None:
    html = as_html(pages["gaotai/inpatient.md"])
    table = html[html.index('id="changed-1"') : html.index('id="amounts-1"')]
    rows = [re.sub(r"<[^>]+>", "|", row) for row in re.findall(r"<tr>.*?</tr>", table)]
    figures = [tuple(re.findall(r"[\d,]+(?: 元|%)", row)) for row in rows]
    assert figures[1:] == [
        ("150 元", "100 元"),
        ("90%", "95%"),
        ("500 元", "350 元"),
        ("80%", "85%"),
        ("2,000 元", "1,500 元"),
        ("65%", "70%"),
    ]


def test_every_link_leads_to_a_page_and_every_anchor_to_a_place_on_it(pages: dict[str, str], bundle: Json) -> None:
    written = {
        f"{prefix}{name}.md": (ROOT / "docs" / prefix / f"{name}.md").read_text(encoding="utf-8")
        for name in (*STATIC_PAGES, *(f"authors/{each}" for each in GUIDE_PAGES))
        for prefix in PREFIXES.values()
    }
    for path in [path for path in written if "authors/" in path]:
        head, front, body = written[path].split("---\n", 2)
        written[path] = f"{head}---\n{front}---\n{fill_in_fields(body, path, make_frame(bundle, path).lang)}"
    every = pages | written
    paths = {address(path): path for path in every}
    for path in thinned(list(every), every=8):
        frame = make_frame(bundle, path)
        links = [link.url for link in frame.menu + frame.foot] + [switch.url for switch in frame.switches]
        for link in re.findall(r'<a [^>]*href="([^"]*)"', as_html(every[path])) + links:
            target, _, anchor = link.partition("#")
            if target.endswith((".json", ".xml")):  # files: test_data.py looks at those
                continue
            found = paths.get(_resolved(address(path), target)) if target else path
            assert found is not None, (path, link)
            place = found.endswith("estimator/index.md") and anchor in bundle["places"]  # it opens with that place
            ids = (f'id="{each}"' for each in (anchor, unescape(anchor)))
            assert not anchor or place or any(each in as_html(every[found]) for each in ids), (path, link)


def _resolved(here: str, link: str) -> str:
    steps = here.split("/")[:-1]
    for step in link.split("/"):
        if step == "..":
            steps.pop()
        elif step not in ("", "."):
            steps.append(step)
    return "/".join([*steps, ""]) if steps else ""


def test_ids_are_used_once_on_a_page(pages: dict[str, str]) -> None:
    for path, page in thinned(list(pages.items()), every=8):
        ids = re.findall(r'\bid="([^"]*)"', as_html(page))
        assert len(ids) == len(set(ids)), path


def test_the_switch_leads_to_the_same_page_in_the_other_language(pages: dict[str, str], bundle: Json) -> None:
    for path in pages:
        frame = make_frame(bundle, path)
        rest = path.removeprefix(PREFIXES[frame.lang])
        for switch in frame.switches:
            assert switch.url == relative_address(path, PREFIXES[switch.lang] + address(rest))
            assert switch.here == (switch.lang == frame.lang)


HOSTILE = (
    '1. <script>alert(1)</script> **b** [x](http://e.vil) {{ 7*7 }} {% x %} `c` # h {: .y} &amp; "q" \\ | _i_\n\n- x'
)


def test_a_text_of_a_policy_stays_text(bundle: Json) -> None:
    hostile: Json = copy.deepcopy(bundle)
    version = hostile["places"]["gaotai"]["policies"]["inpatient"][-1]
    texts = {"zh": HOSTILE, "en": HOSTILE}
    version["title"] = version["summary"] = version["examples"][0]["title"] = texts
    for name in ("says", "uses", "because"):
        version["doubts"][0][name] = texts
    hostile["places"]["gaotai"]["about"] = hostile["places"]["gaotai"]["name"] = texts
    hostile["places"]["gaotai"]["office"]["name"] = texts
    days = list_all_change_days(hostile)
    made = make_pages(hostile, days={"gaotai": days["gaotai"]} if is_quick() else days)
    for path, page in thinned(list(made.items()), every=8):
        if "estimator" in path:
            continue
        html = as_html(page)
        assert "<script>" not in html, path  # our own have attributes
        assert "e.vil" not in "".join(re.findall(r'href="[^"]*"', html))
        assert not re.search(r"<(b|em|strong|code|h\d)[^>]*>(b|i|c|h)<", html), path
    shown_text = as_read(made["gaotai/inpatient.md"])
    assert shown_text.count(" ".join(HOSTILE.split())) >= 5


@pytest.mark.parametrize(
    "text", ["# h", "- x", "1. x", "12) x", "> x", "+ x", "---", "===", "    code", "a  \nb", ": x", "!x"]
)
def test_a_text_at_the_beginning_of_a_line_starts_nothing(text: str) -> None:
    assert unescape(markdown(str(escape_text(text)))) == f"<p>{' '.join(text.split())}</p>"


def _flat(texts: Any, path: str = "") -> Iterator[tuple[str, str]]:  # noqa: ANN401
    for key, value in texts.items():
        if isinstance(value, str):
            yield f"{path}{key}", value
        else:
            yield from _flat(value, f"{path}{key}.")


def test_our_own_chinese_sentences_are_short() -> None:
    texts = [text for _, text in _flat(Catalogue("zh").part("pages"))]
    texts += [(ROOT / "docs" / f"{name}.md").read_text(encoding="utf-8").split("---\n", 2)[2] for name in STATIC_PAGES]
    sentences = [part for text in texts for part in re.split(r"[。！？：\n]", re.sub(r"\{\w*\}|<[^>]*>", "", text))]
    assert [part for part in sentences if len(part) > LONGEST_SENTENCE] == []


@pytest.mark.parametrize(
    ("condition", "zh", "en"),
    [
        (["all"], [], []),
        (["all", ["in", "registered_poor", [True]]], ["建档立卡贫困户"], ["registered poor"]),
        (["all", ["range", "age", None, 15]], ["年龄：不超过 15 岁"], ["Age: 15 years or less"]),
        (["all", ["range", "age", 35, 64]], ["年龄：35 到 64 岁"], ["Age: 35 to 64 years"]),
        (["all", ["range", "age", 65, None]], ["年龄：不低于 65 岁"], ["Age: 65 years or more"]),
        (
            ["all", ["any", ["in", "sex", ["female"]], ["in", "rural", [False]]]],
            ["女或不是农村人口"],
            ["Woman or not from the countryside"],
        ),
    ],
)
def test_conditions_in_words(bundle: Json, condition: list[Any], zh: list[str], en: list[str]) -> None:
    assert make_language(bundle, "zh").speaker.phrases(decode_condition(condition)) == zh
    assert make_language(bundle, "en").speaker.phrases(decode_condition(condition)) == en


@pytest.mark.parametrize(
    ("page", "target", "link"),
    [
        ("index.md", "", "./"),
        ("index.md", "en/", "en/"),
        ("gaotai/inpatient.md", "gaotai/", "../"),
        ("gaotai/inpatient.md", "gaotai/inpatient/", "./"),
        ("en/gaotai/inpatient.md", "gaotai/inpatient/", "../../../gaotai/inpatient/"),
        ("estimator/index.md", "data/bundle.json", "../data/bundle.json"),
    ],
)
def test_relative_links(page: str, target: str, link: str) -> None:
    assert relative_address(page, target) == link


def test_a_share_that_people_pay_is_not_told_as_one_that_they_get(pages: dict[str, str]) -> None:
    text = as_read(pages["anon-2018/major-disease-cap.md"])
    assert "每 100 元付 15 元" in text
    assert "每 100 元报 15 元" not in text


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_page_claims_that_a_paper_proves_a_day_that_nobody_can_read(
    pages: dict[str, str], bundle: Json, lang: str
) -> None:
    claims = {"zh": "文件能证明|文件写到", "en": "Our papers show it up to|The document speaks of the time until"}[lang]
    stated = 0
    for place, policy, versions in policies(bundle):
        text = as_read(pages[f"{PREFIXES[lang]}{place}/{policy}.md"])
        can_be_read = any(version["confirmed"] == "stated" for version in versions)
        assert bool(re.search(claims, text)) == can_be_read, f"{place}/{policy}"
        stated += can_be_read
    assert stated


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_right_of_an_old_paper_is_told_as_what_the_text_promised(
    pages: dict[str, str], bundle: Json, lang: str
) -> None:
    yours = {"zh": "这是您的权利", "en": "This is your right"}[lang]
    then = {"zh": "这是当时的文件答应的", "en": "The text promised this then"}[lang]
    for place, policy, versions in policies(bundle):
        text = as_read(pages[f"{PREFIXES[lang]}{place}/{policy}.md"])
        is_right = versions[-1]["kind"] == "right"
        assert yours not in text
        assert (then in text) == is_right, f"{place}/{policy}"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_quick_answer_says_how_old_its_rules_are(pages: dict[str, str], lang: str) -> None:
    text = pages[f"{PREFIXES[lang]}gaotai/inpatient.md"]
    said = re.findall(r'<p class="mbq-valid">(.*?)</p>', text)
    sentence = {"zh": "原文没写用到哪天，我们当作2016年的规定。", "en": "The text names no last day."}[lang]
    assert said
    assert all(each.startswith(sentence) and "12393" in each for each in said)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_home_page_says_from_when_to_when_the_rules_are(pages: dict[str, str], lang: str) -> None:
    said = {"zh": "这里的规定出自2009年到2020年的文件。", "en": "The rules here are from papers of 2009 to 2020."}[lang]
    text = as_read(pages[f"{PREFIXES[lang]}index.md"])
    assert said in text
    assert "12345" in text


@pytest.mark.parametrize("lang", LANGUAGES)
def test_beside_an_old_office_stands_whom_to_ask_today(pages: dict[str, str], bundle: Json, lang: str) -> None:
    for place, policy, _ in policies(bundle):
        text = as_read(pages[f"{PREFIXES[lang]}{place}/{policy}.md"])
        office = bundle["places"][place]["office"]["name"][lang]
        if office in text:
            assert re.search("12393|12320|12345", text), f"{place}/{policy}"
    assert "金口河区卫计局" in as_read(pages["jinkouhe/index.md"])
    inferred = {"zh": "地名：原文没有区名", "en": "Name of the place: The text does not name the district."}[lang]
    assert inferred in as_read(pages[f"{PREFIXES[lang]}jinkouhe/index.md"])


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_payer_that_the_text_does_not_name_is_told_as_that(lang: str, bundle: Json) -> None:
    language = make_language(bundle, lang)
    for role in get_args(Role.__value__):
        named, unnamed = describe_payer(role, "hospital", language), describe_payer(role, NOT_STATED, language)
        assert language.term("payers", "hospital") in named
        assert language.term("payers", NOT_STATED) not in unnamed
        assert {"zh": "原文没写", "en": "The text does not say who"}[lang] in unnamed


@pytest.mark.parametrize("lang", LANGUAGES)
def test_that_no_payer_is_named_is_told_once(pages: dict[str, str], bundle: Json, lang: str) -> None:
    language = make_language(bundle, lang)
    said = {role: describe_payer(role, NOT_STATED, language) for role in ("payer", "gives_up")}
    unnamed = [
        (place, policy, versions[-1])
        for place, policy, versions in policies(bundle)
        if versions[-1]["law"].get("payer") == NOT_STATED and versions[-1]["kind"] in ("share", "fee")
    ]
    assert unnamed
    for place, policy, version in unnamed:
        text = as_read(pages[f"{PREFIXES[lang]}{place}/{policy}.md"])
        assert said["gives_up" if version["kind"] == "fee" else "payer"] in text
        assert version["certainties"]["payer"]["because"][lang] not in text, f"{place}/{policy}"


@pytest.mark.parametrize(("lang", "said"), [("zh", "没满 1 个月"), ("en", "under 1 month")])
def test_a_newborn_is_not_said_to_be_0_months_old(pages: dict[str, str], lang: str, said: str) -> None:
    text = as_read(pages[f"{PREFIXES[lang]}gaotai/newborn-screening.md"])
    assert said in text
    assert not re.search(r"\b0 (个月|months)", text)
