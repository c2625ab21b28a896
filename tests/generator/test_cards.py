"""Blank cards: the paper says what the engine says, a phone reads the code, the same input is the same file."""

import sys
from functools import cache
from pathlib import Path
from typing import Any
from unittest.mock import Mock

import pypdfium2
import pytest
import zxingcpp

from mingbai.bundle.card_stamp import get_card_stamp
from mingbai.cards import site_cards
from mingbai.cards.content.blank_card import Theme, list_themes, make_blank_card, make_policy_theme
from mingbai.cards.model.card import Card
from mingbai.cards.site_cards import CardsError, SiteCardBuilder
from mingbai.cards.typesetting import workers
from mingbai.cards.typesetting.fonts import Font, find_font
from mingbai.cards.typesetting.typst import MissingGlyphError, Paper, Style, cards_to_pdf, cards_to_pictures
from mingbai.core.cache import Cache
from mingbai.i18n.languages import WRITTEN
from mingbai.pages.policy.examples import make_worked_examples
from mingbai.pages.policy.kinds import describe_benefit
from mingbai.pages.wording.language import make_language
from mingbai_calculator.law.kinds import MONEY_KINDS
from tests.command import mingbai

URL = "https://county.example/mingbai/"
POINTS_PER_MM = 72 / 25.4
A5, A4, A3 = (148, 210), (297, 210), (297, 420)

type Json = dict[str, Any]


@pytest.fixture(scope="session")
def font() -> Font:
    found = find_font()
    assert found is not None, "the cards need a Chinese font: apt install fonts-noto-cjk"
    return found


def card_of(bundle: Json, place: str, what: str, *langs: str, url: str = URL) -> Card:
    voices = [make_language(bundle, lang) for lang in langs]
    known = {theme.id: theme for theme in list_themes(bundle, bundle["places"][place], voices[0])}
    theme: Theme = known.get(what) or make_policy_theme(bundle, bundle["places"][place], what)
    return make_blank_card(bundle, bundle["places"][place], theme, voices, url)


def pdf_of(bundle: Json, font: Font, card: Card, lang: str = "zh", style: Style | None = None) -> pypdfium2.PdfDocument:
    return pypdfium2.PdfDocument(cards_to_pdf([card], font, style or Style(), make_language(bundle, lang)))


def text_of(document: pypdfium2.PdfDocument) -> str:
    """The text of all sides without any blanks: where a line ends says nothing."""
    return "".join("".join(page.get_textpage().get_text_range() for page in document).split())


@cache
def plain(text: str) -> str:
    return "".join(text.split())


@pytest.mark.sampled(3)
@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("place", ["gaotai", "qiyang", "chuzhou", "dongpo"])
def test_every_amount_is_the_one_that_the_engine_says(bundle: Json, font: Font, place: str, lang: str) -> None:
    """Each example on a card is worked out again, apart from the card; each policy's title and figures are there."""
    speaks, spoken = make_language(bundle, lang), make_language(bundle, lang)
    for theme in list_themes(bundle, bundle["places"][place], spoken):
        card = card_of(bundle, place, theme.id, lang)
        text = text_of(pdf_of(bundle, font, card, lang))
        for policy in theme.policies:
            version = bundle["places"][place]["policies"][policy][-1]
            assert plain(speaks.text(version["summary"])) in text
            table = describe_benefit(version, speaks).table
            cells = [cell.text for group in table.groups for row in group.rows for cell in row.cells] if table else []
            assert [cell for cell in cells if plain(cell) not in text] == []
            worked = make_worked_examples(bundle, place, policy, version, speaks)
            if version["kind"] not in MONEY_KINDS:
                continue  # an example of what pays nothing has no amount
            shown = [each for each in worked if plain(each.title) in text]
            assert shown, policy
            for each in shown[:1]:
                assert plain(each.verdict) in text
                assert plain(each.self_pays) in text


def test_the_card_of_a_stay(bundle: Json, font: Font) -> None:
    document = pdf_of(bundle, font, card_of(bundle, "gaotai", "inpatient", "zh"))
    assert len(document) == 1
    text, stamp = text_of(document), get_card_stamp(bundle["places"]["gaotai"])
    for said in ("住院报销", "100元", "95%", "1,500元", "6,502.50元，您自己付1,497.50元", "电话", stamp.hash):
        assert said in text
    assert text.count("原文没写用到哪天，我们当作2016年的规定。") == 2  # on top and in the foot
    assert "今天的标准，请问当地医保局（电话12393）。" in text
    assert "原文写的经办单位是高台县卫生计生委。" in text
    (code,) = zxingcpp.read_barcodes(document[0].render(scale=3, grayscale=True).to_pil())
    assert code.text == f"{URL}gaotai/inpatient/"
    wide = (code.position.top_right.x - code.position.top_left.x) / 3 / POINTS_PER_MM
    assert wide >= 25  # without its quiet zone


def test_no_figure_is_broken(bundle: Json, font: Font) -> None:
    """A line never ends inside an amount, nor between it and its unit."""
    for style in (Style(), Style(large=True)):
        for page in pdf_of(bundle, font, card_of(bundle, "qiyang", "illness", "zh"), style=style):
            lines = page.get_textpage().get_text_range().splitlines()
            assert [line for line in lines if line.startswith(("元", "%", ","))] == []
            assert [line for line in lines[:-1] if line.endswith((",", "."))] == []


@pytest.mark.parametrize(("paper", "size"), [("a5", A5), ("a4", A4), ("a3", A3)])
def test_each_paper_in_both_languages(bundle: Json, font: Font, paper: Paper, size: tuple[int, int]) -> None:
    card = card_of(bundle, "dongpo", "chicken", "zh", "en")
    document = pdf_of(bundle, font, card, style=Style(paper))
    for page in document:
        assert page.get_size() == pytest.approx([mm * POINTS_PER_MM for mm in size], abs=1)
    text = text_of(document)
    for said in ("1,200元", "1,200yuan", "买鸡", "Thebirds", "Thetowngovernmentmakesthelist"):
        assert said in text
    assert text.count("1/") == 1  # the number of the side is there once, on A4 too


def test_body_text_is_large_enough(bundle: Json, font: Font) -> None:
    """Most characters are as large as asked for; the rest is a heading or small print."""
    for large, points in ((False, 12), (True, 16)):
        document = pdf_of(bundle, font, card_of(bundle, "gaotai", "inpatient", "zh"), style=Style(large=large))
        text = document[0].get_textpage()
        heights = [text.get_charbox(index, loose=True) for index in range(text.count_chars())]
        tall = [top - bottom for _, bottom, _, top in heights if top > bottom]
        assert sorted(tall)[len(tall) // 2] == pytest.approx(points, abs=0.1)


def test_the_same_input_gives_the_same_bytes_in_another_process(bundle: Json, font: Font, tmp_path: Path) -> None:
    words = ("cards", "gaotai", "--theme", "inpatient", "--site-url", URL, "--png")
    for name in ("one", "two"):
        done = mingbai(*words, "--output", str(tmp_path / name))
        assert done.returncode == 0, done.stderr
    names = sorted(file.name for file in (tmp_path / "one").iterdir())
    assert names == ["gaotai-inpatient-a5.zh-1.png", "gaotai-inpatient-a5.zh.pdf"]
    for name in names:
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes()
    content = (tmp_path / "one" / names[1]).read_bytes()
    assert content == cards_to_pdf(
        [card_of(bundle, "gaotai", "inpatient", "zh")], font, Style(), make_language(bundle, "zh")
    )
    assert b"pdfuaid:part" in content
    assert b"/StructTreeRoot" in content


def test_without_an_address_there_is_no_code_and_the_card_says_so(bundle: Json, font: Font) -> None:
    document = pdf_of(bundle, font, card_of(bundle, "gaotai", "inpatient", "zh", url=""))
    assert not zxingcpp.read_barcodes(document[0].render(scale=3, grayscale=True).to_pil())
    assert "这张卡没有二维码" in text_of(document)


def test_a_missing_character_is_an_error_that_names_it(bundle: Json, font: Font) -> None:
    place = bundle["places"]["gaotai"]
    odd = {**bundle, "places": {"gaotai": {**place, "name": {"zh": "\U0001f33e县", "en": "x"}}}}
    card = card_of(odd, "gaotai", "inpatient", "zh")
    with pytest.raises(MissingGlyphError) as error:
        cards_to_pdf([card], font, Style(), make_language(bundle, "zh"))
    assert error.value.missing == {"inpatient": ["\U0001f33e"]}


def test_hostile_text_stays_text(bundle: Json, font: Font) -> None:
    place = bundle["places"]["gaotai"]
    hostile = '#panic("x") *b* $1$ \\ <end> @a "q" [c]'
    odd = {**bundle, "places": {"gaotai": {**place, "name": {"zh": hostile, "en": hostile}}}}
    assert plain(hostile) in text_of(pdf_of(bundle, font, card_of(odd, "gaotai", "inpatient", "zh")))


def test_the_site_keeps_its_cards(bundle: Json, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    few = {**bundle, "places": {"gaotai": bundle["places"]["gaotai"]}}
    kept = Cache(tmp_path / "kept")
    typeset_card = Mock(wraps=workers.typeset_card)
    monkeypatch.setattr(workers, "typeset_card", typeset_card)

    def made(changed: Json, cache: Cache = kept) -> dict[str, bytes]:
        SiteCardBuilder(changed, WRITTEN, URL, cache).write(tmp_path / "site")
        return {
            str(file.relative_to(tmp_path)): file.read_bytes()
            for file in (tmp_path / "site").rglob("*")
            if file.is_file()
        }

    cards = SiteCardBuilder(few, WRITTEN, URL, kept).make_cards(["gaotai"])
    zh = cards.list_links(make_language(bundle, "zh"), WRITTEN, "gaotai", "inpatient")
    assert [(each["title"], each["pdf"]) for each in zh] == [("看病住院", "gaotai/cards/illness.pdf")]
    first, set_once = made(few), typeset_card.call_count
    assert {f"site/{each}" for each in zh[0]["pictures"]} < first.keys()
    assert first["site/en/gaotai/cards/illness.pdf"].startswith(b"%PDF")
    assert not cards.list_links(make_language(bundle, "zh"), WRITTEN, "gaotai", "inpatient/2016-01-01")
    monkeypatch.setattr(site_cards, "make_blank_card", None)
    # The revision, the engine and the known day of the site are no part of a card: other places move them.
    assert made({**few, "revision": "0123456789ab", "engine": "9.9.9", "known": "2031-01-01"}) == first
    assert typeset_card.call_count == set_once  # nothing is set a second time
    monkeypatch.undo()
    gaotai = few["places"]["gaotai"]
    second = made({**few, "places": {"gaotai": {**gaotai, "card_stamp": {**gaotai["card_stamp"], "hash": "0" * 12}}}})
    assert all(second[name] != content for name, content in first.items())
    assert made(few, Cache(tmp_path / "empty")) == first  # made from nothing, it is the same
    monkeypatch.setattr(site_cards, "find_font", lambda: None)
    with pytest.raises(CardsError, match="no_font"):
        SiteCardBuilder(few, WRITTEN, URL, kept)
    assert (str(site_cards.find_missing_requirement()), site_cards.describe_toolchain()) == ("no_font", "")
    monkeypatch.setitem(sys.modules, "typst", None)
    assert (str(site_cards.find_missing_requirement()), site_cards.describe_toolchain()) == ("no_typst", "")


def test_pictures_are_of_each_side(bundle: Json, font: Font) -> None:
    card, speaks = card_of(bundle, "gaotai", "illness", "zh"), make_language(bundle, "zh")
    pictures = cards_to_pictures([card], font, Style(), speaks)
    assert len(pictures) == len(pypdfium2.PdfDocument(cards_to_pdf([card], font, Style(), speaks)))
    assert all(picture.startswith(b"\x89PNG") for picture in pictures)


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["cards", "gaotia"], "gaotai"),
        (["cards", "gaotai", "--theme", "inpatent"], "inpatient"),
        (["cards", "gaotai", "--paper", "a6"], "a5"),
        (["cards", "gaotai", "--households", "nobody.csv"], "nobody.csv"),
        (["cards", "gaotai", "--date", "2016-13-01"], "2016-13-01"),
        (["cards", "school-anon"], "school-anon"),
    ],
)
def test_a_wrong_call_is_told_in_a_line(words: list[str], says: str) -> None:
    done = mingbai(*words)
    assert done.returncode == 2
    assert says in done.stderr
    assert "Traceback" not in done.stderr
