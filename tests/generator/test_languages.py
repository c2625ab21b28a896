"""The languages of a site: Traditional characters, a language with few words, one that shows what is not translated."""

import re
from html import unescape
from pathlib import Path

import pytest
from markdown import markdown

from mingbai.i18n.catalogue import Catalogue, read_own_texts
from mingbai.i18n.languages import SITE, WRITTEN, LanguagesError, select_languages
from mingbai.i18n.translate import add_languages
from mingbai.model.base import Text, as_data
from mingbai.model.reserved_names import STATIC_PAGES
from mingbai.pages.data.data import list_all_change_days
from mingbai.pages.frame import make_frame
from mingbai.pages.make import make_pages
from mingbai.pages.static_pages import is_in_fallback_language, is_in_unused_language, make_static_pages
from mingbai.pages.wording.language import Json, make_language
from mingbai.pages.wording.untranslated import mark_untranslated
from mingbai_calculator import BadRequestError, estimate
from mingbai_calculator.result.phrases import make_speaker
from mingbai_calculator.sentences import CATALOGUES
from tests.extra_languages import PSEUDO, RIGHT_TO_LEFT, outside, translate_to_pseudo, write_extra_languages

ROOT = Path(__file__).parents[2]
ISOLATES = re.compile("[\u2068\u2069]")
PAGES = ("index.md", "gaotai/index.md", "gaotai/inpatient.md", "gaotai/loss-grant.md", "estimator/index.md")


@pytest.fixture(scope="module")
def gaotai(bundle: Json) -> Json:
    """One place and those above it are enough here: what is true of their pages is true of all."""
    return {**bundle, "places": {place: bundle["places"][place] for place in ("gaotai", "gansu", "national")}}


def as_html(page: str) -> str:
    _, _, body = page.removeprefix("---\n").partition("\n---\n")
    return markdown(body, extensions=["attr_list"])


# --- languages that the calculator does not know


def test_a_language_that_nobody_knows_is_a_fault_not_a_traceback(bundle: Json) -> None:
    request = {"place": "gaotai", "date": "2016-03-01", "facts": {}, "lang": RIGHT_TO_LEFT}
    with pytest.raises(BadRequestError) as error:
        estimate(bundle, request)
    (fault,) = error.value.faults
    assert (fault.code, fault.got or fault.name) == ("unknown_lang", RIGHT_TO_LEFT)
    assert fault.allowed == ("zh", "en")
    assert make_speaker(bundle, RIGHT_TO_LEFT).fault(fault) == make_speaker(bundle, "zh").fault(fault)


@pytest.mark.parametrize(
    "known", [{}, {"ug": {}}, {"ug": {"fallback": "ug"}}, {"ug": {"fallback": "xx", "sentences": {}}}]
)
def test_a_bundle_may_bring_little_of_a_language(bundle: Json, known: Json) -> None:
    says = make_speaker({**bundle, "languages": known}, "ug")
    assert says.sentences.keys() == CATALOGUES["zh"].keys()
    assert says.text({"zh": "甲", "en": "a"})


def test_what_is_not_translated_stands_in_the_fallback_between_isolates(gaotai: Json, tmp_path: Path) -> None:
    site = write_extra_languages(tmp_path)
    spoken = add_languages(gaotai, site)
    says = make_language(spoken, RIGHT_TO_LEFT, site)
    assert says.say("frame.home") == "باش بەت"
    assert says.say("frame.glossary") == "\u2068Words explained\u2069"
    assert says.text({"zh": "甲", "en": "a"}) == "\u2068a\u2069"
    assert says.text({"zh": "甲", "en": "a", "ug": "ئا"}) == "ئا"
    assert says.speaker.sentences["and"] == "، "
    assert says.speaker.sentences["rate"] == f"\u2068{CATALOGUES['en']['rate']}\u2069"
    assert says.day("2016-12-31") == "\u2068\u2068December\u2069 31, 2016\u2069"


# --- pages


def test_no_text_of_ours_is_missed_by_a_new_language(gaotai: Json, tmp_path: Path) -> None:
    site = write_extra_languages(tmp_path)
    spoken = add_languages(translate_to_pseudo(gaotai), site)
    pages = make_pages(spoken, site, {"gaotai": list_all_change_days(spoken)["gaotai"]})
    for path in PAGES:
        html = as_html(pages[f"{PSEUDO}/{path}"])
        html = re.sub(
            r'<span lang="zh">.*?</span>|<a [^>]*>R\d+</a>|<(script|code)\b.*?</\1>', "", html, flags=re.DOTALL
        )
        attributes = re.findall(r'\b(?:aria-label|alt|title|data-label|placeholder)="([^"]*)"', html)
        for text in [*attributes, re.sub(r"<[^>]*>", " ", html)]:
            left = re.findall(r"[^\W\d_]+", outside(unescape(text)))
            assert left == [], path
        front = pages[f"{PSEUDO}/{path}"].split("---\n")[1] if path != "estimator/index.md" else ""
        assert re.findall(r"[^\W\d_]+", outside(re.sub(r"^\w+:", "", front, flags=re.MULTILINE))) == [], path
        frame = make_frame(spoken, f"{PSEUDO}/{path}", site)
        for text in [frame.site_name, *(link.title for link in frame.menu + frame.foot), *_texts(frame.words)]:
            assert not re.search(r"[^\W\d_]", outside(text)), text


def _texts(words: Json) -> list[str]:
    return [each for text in words.values() for each in (_texts(text) if isinstance(text, dict) else [text])]


def test_untranslated_pieces_are_marked_on_the_finished_page() -> None:
    page = (
        '<html><head><title>\u2068Home\u2069 - x</title></head>\n<body>\n<main class="mb-page" id="main">\n'
        '<h1 id="top">\u2068Home\u2069</h1>\n<p aria-label="\u2068Menu\u2069">ئا \u2068b e \u2068c\u2069\u2069, d</p>\n'
        "<p>\u20688 yuan\u2069</p>\n"
        '<option value="1">\u2068Place\u2069</option>\n</main>'
    )
    html = mark_untranslated(page, SITE["en"], "\u2068not yet\u2069", "note")
    assert not ISOLATES.search(html)
    assert "<title>Home - x</title>" in html
    mark = '<small class="mb-untranslated"><span class="mb-other" lang="en" dir="ltr">not yet</span></small>'
    piece = '<span class="mb-other" lang="en" dir="ltr">'
    assert f'<h1 id="top">{piece}Home</span> {mark}</h1>' in html
    assert f'<p aria-label="Menu">ئا {piece}b e {piece}c</span></span> {mark}, d</p>' in html
    assert f"<p>{piece}8 yuan</span></p>" in html, "an amount is not worth a mark"
    assert '<option lang="en" dir="ltr" value="1">Place</option>' in html
    assert html.count("mb-untranslated-note") == 1


def test_a_page_all_in_its_own_language_is_left_alone() -> None:
    page = '<main class="mb-page" id="main"><p>x</p></main>'
    assert mark_untranslated(page, SITE["en"], "m", "n") == page
    assert '<p class="mb-untranslated-note" role="note">n</p>' in mark_untranslated(
        page, SITE["en"], "m", "n", all_of_it=True
    )


@pytest.mark.parametrize("name", ["pages", "estimator"])
def test_written_languages_lack_nothing(name: str) -> None:
    whole = {entry.id: set(_keys(read_own_texts(name, entry.id))) for entry in WRITTEN.entries}
    every = set.union(*whole.values())
    assert {lang: sorted(every - keys) for lang, keys in whole.items()} == {lang: [] for lang in whole}
    assert set(_keys(Catalogue("zh-Hant").part(name))) == every


def _keys(texts: Json, path: str = "") -> list[str]:
    return [
        key
        for name, text in texts.items()
        for key in (_keys(text, f"{path}{name}.") if isinstance(text, dict) else [f"{path}{name}"])
    ]


# --- the registry, the switch, pages by hand


def test_the_registry_is_sound() -> None:
    assert len({entry.folder for entry in SITE.entries}) == len(SITE.entries)
    for entry in SITE.entries:
        assert entry.direction in ("ltr", "rtl")
        assert entry.folder in ("", f"{entry.id}/")
        assert SITE.nearest_written(entry.id).written
        assert entry.fallback is None or entry.fallback in SITE.known


@pytest.mark.parametrize("chosen", [[], ["en"], ["zh-Hant", "zh"], ["zh", "xx"]])
def test_a_site_cannot_have_these_languages(chosen: list[str], tmp_path: Path) -> None:
    with pytest.raises(LanguagesError):
        select_languages(chosen)
    with pytest.raises(LanguagesError):
        select_languages(["zh"], tmp_path)


def test_the_switch_and_what_can_stand_beside(gaotai: Json, tmp_path: Path) -> None:
    site = write_extra_languages(tmp_path)
    spoken = add_languages(gaotai, site)
    beside = {
        lang: [
            switch.lang
            for switch in make_frame(spoken, f"{site[lang].folder}gaotai/inpatient.md", site).switches
            if switch.beside
        ]
        for lang in ("zh", "zh-Hant", "en", "ug")
    }
    assert beside["zh"] == ["en", "ug", "en-XA"]
    assert beside["zh-Hant"] == ["en", "ug", "en-XA"]
    assert beside["en"] == ["zh", "ug", "en-XA"]
    assert beside["ug"] == ["zh", "en", "en-XA"]
    home = make_frame(spoken, "ug/index.md", site)
    assert not any(switch.beside for switch in home.switches)
    assert [(switch.lang, switch.direction) for switch in home.switches][3] == ("ug", "rtl")
    assert home.direction == "rtl"
    guide = make_frame(spoken, "en/authors/revise.md", site)
    assert [switch.lang for switch in guide.switches] == ["zh", "en"]
    (link,) = [link for link in home.foot if link.url.endswith("authors/")]
    assert link.url == "../en/authors/"


def test_pages_by_hand_are_made_or_stand_in(tmp_path: Path) -> None:
    site = write_extra_languages(tmp_path)
    made = make_static_pages(ROOT / "docs", {"ug/about.md"}, site)
    assert set(made) == {f"{lang}/{name}.md" for lang in ("zh-Hant", "ug", PSEUDO) for name in STATIC_PAGES} - {
        "ug/about.md"
    }
    assert "隱私" in made["zh-Hant/privacy.md"]
    assert "{#" in made["zh-Hant/privacy.md"]
    assert not is_in_fallback_language("zh-Hant/privacy.md", made, site)
    assert is_in_fallback_language("ug/privacy.md", made, site)
    assert made["ug/privacy.md"] == (ROOT / "docs/en/privacy.md").read_text(encoding="utf-8")
    chinese = select_languages(["zh"])
    assert is_in_unused_language("en/about.md", chinese)
    assert not is_in_unused_language("about.md", chinese)
    assert not is_in_unused_language("en/about.md", SITE)


# --- policy files


def test_a_text_of_a_policy_may_be_in_further_languages() -> None:
    text = Text.model_validate({"zh": "甲", "en": "a", "ug": "ئا", "ug_of": "12345678", "en_of": "12345678"})
    assert text.by_language() == as_data(text) == {"zh": "甲", "en": "a", "ug": "ئا"}
    for wrong in ({"zh": "甲", "en": "a", "uyghur": "x"}, {"zh": "甲", "en": "a", "ug": 1}, {"zh": "甲", "ug": "ئا"}):
        with pytest.raises(ValueError, match="valid"):
            Text.model_validate(wrong)
