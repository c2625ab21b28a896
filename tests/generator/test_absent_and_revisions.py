"""What stands beside the policies: revisions, texts that promise nothing, the places above, how sure a source is."""

import copy
import shutil
from datetime import date
from html import unescape
from pathlib import Path
from typing import Any

import pytest

from mingbai.bundle.estimator.estimator_bundle import make_estimator_bundle
from mingbai.bundle.law import get_version_law
from mingbai.checks.policies import check_policies
from mingbai.diagnostics.problem import Problems
from mingbai.loader.library import load_place, load_shared
from mingbai.pages.data.data import list_all_change_days
from mingbai.pages.frame import make_frame
from mingbai.pages.make import make_pages
from mingbai.pages.wording.conditions import describe_requirements
from mingbai.pages.wording.language import LANGUAGES, PREFIXES, Json, make_language
from mingbai_calculator import estimate
from tests.conftest import POLICIES
from tests.generator.test_pages import as_html, as_read
from tests.policies.sources_prose import fingerprints, runs
from tests.policies.test_coverage import strings

EVERY_LANGUAGE = pytest.mark.parametrize("lang", LANGUAGES)


def test_every_place_with_policies_has_its_revisions_and_they_name_every_version(bundle: Json) -> None:
    for place in bundle["places"].values():
        told = {(each["date"], policy) for each in place["revisions"] for policy in each["policies"]}
        there = {
            (version["start"], policy)
            for policy, versions in place["policies"].items()
            for version in versions
            if version["start"]
        }
        assert told == there, place["id"]


def test_a_revision_is_as_sure_of_its_day_as_the_versions_are(bundle: Json) -> None:
    for place in bundle["places"].values():
        for revision in place["revisions"]:
            for policy in revision["policies"]:
                version = next(each for each in place["policies"][policy] if each["start"] == revision["date"])
                assert version["started"]["certainty"] == revision["certainty"], (place["id"], policy)
                documents = {source["document"] for source in version["source"]}
                assert revision["document"]["id"] in documents, (place["id"], policy)


def test_nobody_is_said_to_have_checked_what_nobody_checked(bundle: Json, pages: dict[str, str]) -> None:
    for place in bundle["places"].values():
        assert all(revision["checked"] is None for revision in place["revisions"])
    assert as_read(pages["gaotai/changes.md"]).count("还没有人核对过") == 5
    assert as_read(pages["en/gaotai/changes.md"]).count("Nobody has checked") == 5


@EVERY_LANGUAGE
def test_the_page_of_changes_has_every_revision_the_newest_first(
    pages: dict[str, str], bundle: Json, lang: str
) -> None:
    speaks = make_language(bundle, lang)
    for place in bundle["places"].values():
        path = f"{PREFIXES[lang]}{place['id']}/changes.md"
        assert (path in pages) == bool(place["revisions"])
        if not place["revisions"]:
            continue
        days = [revision["date"] for revision in place["revisions"]]
        assert days == sorted(days, reverse=True)
        text, html = as_read(pages[path]), as_html(pages[path])
        at = [text.index(speaks.text(revision["says"])) for revision in place["revisions"]]
        assert at == sorted(at)
        for revision in place["revisions"]:
            assert speaks.day(revision["date"]) in text
            assert all(f'href="../{policy}/"' in html for policy in revision["policies"])
        assert 'href="changes/"' in as_html(pages[f"{PREFIXES[lang]}{place['id']}/index.md"])


@EVERY_LANGUAGE
def test_a_revision_shows_its_days_and_who_checked_it(pages: dict[str, str], bundle: Json, lang: str) -> None:
    speaks = make_language(bundle, lang)
    published = as_read(pages[f"{PREFIXES[lang]}chuzhou/changes.md"])
    assert speaks.say("changes.published", date=speaks.day("2016-09-28")) in published
    other: Json = copy.deepcopy(bundle)
    other["places"]["chuzhou"]["revisions"][0] |= {
        "adopted": "2016-10-01",
        "checked": {"role": {"zh": "县里的核对员", "en": "a clerk of the county"}, "date": "2020-02-03"},
    }
    days = {"chuzhou": list_all_change_days(other)["chuzhou"]}
    text = as_read(make_pages(other, days=days, quick={}, general=False)[f"{PREFIXES[lang]}chuzhou/changes.md"])
    assert speaks.say("changes.adopted", date=speaks.day("2016-10-01")) in text
    assert {"zh": "县里的核对员在2020年2月3日核对过。", "en": "Checked by a clerk of the county on February 3, 2020."}[
        lang
    ] in text


@EVERY_LANGUAGE
def test_what_the_sources_do_not_contain_is_listed_with_the_reason(
    pages: dict[str, str], bundle: Json, lang: str
) -> None:
    text = as_read(pages[f"{PREFIXES[lang]}absent.md"])
    assert {"huaihua", "dazhou", "neimenggu-xiang", "hospital-duikou"} <= {each["id"] for each in bundle["absent"]}
    reasons = [each[name][lang] for each in bundle["absent"] for name in ("name", "because")]
    reasons += [excuse["because"][lang] for place in bundle["places"].values() for excuse in place["not_policies"]]
    assert len(reasons) > 40
    for reason in reasons:
        assert reason.strip() in text
    assert "/absent/" in f"/{as_html(pages[f'{PREFIXES[lang]}sources.md'])}".replace("../", "/")
    assert any(link.url.endswith("absent/") for link in make_frame(bundle, f"{PREFIXES[lang]}index.md").foot)


def test_texts_that_promise_nothing_are_in_our_own_words(bundle: Json) -> None:
    known = fingerprints()
    copied = {run for text in strings(bundle["absent"]) for run, digest in runs(text) if digest in known}
    assert not copied


def test_absent_names_documents_and_lines_that_there_are(tmp_path: Path) -> None:
    policies = tmp_path / "policies"
    shutil.copytree(POLICIES.parent / "tests/policies/good", policies)
    entry = "- {id: a, name: {zh: 甲, en: A}, because: {zh: 乙, en: B}, source: [{document: %s, lines: %s}]}\n"
    (policies / "absent.yaml").write_text(entry % ("notice", "1") + entry % ("notise", "1") + entry % ("notice", "999"))
    _, problems = check_policies(policies)
    assert [(problem.code, problem.line) for problem in problems.sorted()] == [
        ("unknown-document", 2),
        ("line-beyond-document", 3),
    ]


@EVERY_LANGUAGE
def test_the_rules_of_places_above_are_linked(pages: dict[str, str], bundle: Json, lang: str) -> None:
    parents = {place["id"]: place["parent"] for place in bundle["places"].values()}
    assert (parents["gaotai"], parents["kangle"], parents["gansu"]) == ("gansu", "gansu", "national")
    for place, links in {"gaotai": ["gansu", "national"], "gansu": ["national"], "national": []}.items():
        html = as_html(pages[f"{PREFIXES[lang]}{place}/index.md"])
        assert ('id="above"' in html) == bool(links)
        for link in links:
            assert f'href="../{link}/"' in html


def test_the_estimator_does_not_add_what_a_place_above_pays(bundle: Json) -> None:
    facts = {"visit": "inpatient", "hospital_level": "county", "insured": True, "registered_poor": True}
    request: dict[str, Any] = {
        "place": "gaotai",
        "date": "2016-06-01",
        "facts": {**facts, "total_cost": "10000", "eligible_cost": "10000"},
        "inputs": {},
        "lang": "zh",
    }
    alone: Json = copy.deepcopy(bundle)
    alone["places"] = {"gaotai": {**alone["places"]["gaotai"], "parent": None}}
    assert estimate(bundle, request) == estimate(alone, request)
    kept = make_estimator_bundle(bundle, ["gaotai"])["places"]["gaotai"]
    assert not {"parent", "revisions", "not_policies", "accepted"} & set(kept)
    assert not [each for versions in kept["policies"].values() for each in versions if "accepted" in each]


def test_a_longer_loop_of_places_is_told_at_each_of_them(tmp_path: Path) -> None:
    policies = tmp_path / "policies"
    shutil.copytree(POLICIES.parent / "tests/policies/good", policies)
    for name, parent in (("upland", "testland"), ("testland", "upland"), ("outland", "upland")):
        folder = policies / name
        folder.mkdir(exist_ok=True)
        text = (policies / "testland/place.yaml").read_text(encoding="utf-8")
        if name == "testland":
            text += f"parent: {parent}\n"
        else:
            text = (
                f"id: {name}\nname: {{zh: 地方, en: Land}}\nlevel: county\nabout: {{zh: 试验。, en: Test.}}\n"
                f"office: {{name: {{zh: 办公室, en: Office}}}}\nparent: {parent}\n"
            )
        (folder / "place.yaml").write_text(text, encoding="utf-8")
    _, problems = check_policies(policies)
    assert [(problem.code, problem.file.parent.name) for problem in problems.sorted()] == [
        ("parent-loop", "testland"),
        ("parent-loop", "upland"),
    ]


@EVERY_LANGUAGE
def test_the_glossary_shows_other_words_and_each_leads_to_its_term(
    pages: dict[str, str], bundle: Json, lang: str
) -> None:
    html = unescape(as_html(pages[f"{PREFIXES[lang]}glossary.md"]))
    for key, entry in bundle["terms"]["glossary"].items():
        for word in entry["also"]:
            if word != entry["term"]["zh"]:
                assert f'<a href="#{key}"><span lang="zh">{word}</span>' in html
        assert all(word in html[html.index(f'id="{key}"') :] for word in entry["also"])


@EVERY_LANGUAGE
def test_a_page_tells_when_its_source_or_its_day_is_not_sure(pages: dict[str, str], bundle: Json, lang: str) -> None:
    speaks = make_language(bundle, lang)
    for place in bundle["places"].values():
        for policy, versions in place["policies"].items():
            text = as_read(pages[f"{PREFIXES[lang]}{place['id']}/{policy}.md"])
            newest = versions[-1]
            for certainty in ("inferred", "garbled"):
                term = speaks.term("certainty", certainty)
                unsure = any(source["certainty"] == certainty for source in newest["source"])
                assert (speaks.say("policy.source_certainty", certainty=term) in text) == unsure
            days = {each["started"]["certainty"] for each in versions if each["start"] and each["started"]}
            term = speaks.term("certainty", "inferred")
            assert (speaks.say("changes.day_certainty", certainty=term) in text) == ("inferred" in days)


@EVERY_LANGUAGE
def test_what_a_text_leaves_open_stands_behind_the_condition(pages: dict[str, str], bundle: Json, lang: str) -> None:
    cap = bundle["places"]["anon-2018"]["policies"]["major-disease-cap"][-1]
    illness = describe_requirements(get_version_law(cap).when, make_language(bundle, lang))[-1]
    assert illness in as_read(pages[f"{PREFIXES[lang]}anon-2018/major-disease-cap.md"])
    assert "Breast cancer or Cervical cancer. Not clear: " in illness or lang == "zh"
    assert illness.endswith(
        {"zh": "宫颈癌。没说清：您的病在不在前7种里，原文没写名字", "en": "the text does not name them"}[lang]
    )
    sheep = as_read(pages[f"{PREFIXES[lang]}dongpo/sheep.md"])
    assert make_language(bundle, lang).say("example.cash_open", year=2016) in sheep


def test_revisions_are_read_as_they_are_written() -> None:
    problems = Problems()
    library = load_shared(POLICIES, problems)
    load_place(library, POLICIES / "anon-2018", problems)
    revisions = library.places["anon-2018"].revisions
    assert not problems.found
    assert [(each.date, each.certainty, each.document.id) for each in revisions] == [
        (date(2018, 1, 1), "inferred", "f2"),
        (date(2018, 4, 1), "stated", "f2"),
    ]
