"""Words by event: a school fee has no discharge from hospital, a farm grant no bill, a service no sum to work out."""

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest

from mingbai.bundle.estimator.events import (
    BILL_EVENTS,
    CONTRIBUTION,
    NONE,
    PROJECT,
    SCHOOL,
    VISIT,
    find_place_event,
    find_version_event,
)
from mingbai.i18n.catalogue import Catalogue
from mingbai.pages.wording.language import LANGUAGES, PREFIXES
from mingbai_calculator import estimate
from tests.quick import thinned

type Json = dict[str, Any]

HOSPITAL = {
    "zh": re.compile("医院|住院|出院|看病|看的病|合规|结算单|账单|报销|起付"),
    "en": re.compile(r"\b(hospital|bills?|discharged?|slip|eligible|doctor|within the rules)\b", re.IGNORECASE),
}
"""Words that must not stand where no hospital is, unless the promise itself says them."""
DISCHARGE = {"zh": re.compile("出院|结算单"), "en": re.compile(r"\b(discharged?|slip)\b", re.IGNORECASE)}
"""Words of a stay in hospital alone."""
FORBIDDEN = {SCHOOL: HOSPITAL, PROJECT: HOSPITAL, CONTRIBUTION: HOSPITAL, VISIT: DISCHARGE, NONE: DISCHARGE}
OWN_TEXTS = ("title", "summary", "law", "doubts", "apply", "started", "accepted", "corrections", "examples", "numbers")
_TAG = re.compile(r"<[^>]+>")
_READINGS = re.compile(r"<details class=\"mb-more\">\n<summary>[^\n]*<span class=\"mb-count\">.*?</details>", re.DOTALL)


def list_own_words(bundle: Json, place: Json, versions: list[Json]) -> str:
    """Return everything that a policy, its place and its sources say themselves."""
    own = [{key: version[key] for key in OWN_TEXTS} for version in versions]
    sources = [bundle["sources"][source["document"]] for version in versions for source in version["source"]]
    return json.dumps([own, sources, place["office"], place["name"]], ensure_ascii=False).lower()


def list_pages(bundle: Json, pages: dict[str, str]) -> Iterator[tuple[str, str, str]]:
    """Yield path, language and the forbidden words of each page of a policy, but for those that it says itself."""
    for place in bundle["places"].values():
        for policy, versions in place["policies"].items():
            forbidden = FORBIDDEN.get(find_version_event(versions[-1]))
            if forbidden is None:
                continue
            own = list_own_words(bundle, place, versions)
            for lang in LANGUAGES:
                path = f"{PREFIXES[lang]}{place['id']}/{policy}.md"
                text = _TAG.sub(" ", _READINGS.sub("", pages[path]))
                words = (match[0] for match in forbidden[lang].finditer(text) if match[0].lower() not in own)
                yield path, lang, " ".join(words)


def test_no_hospital_word_stands_where_no_hospital_is(bundle: Json, pages: dict[str, str]) -> None:
    found = list(list_pages(bundle, pages))
    assert len(found) >= 300
    assert [(path, words) for path, _, words in found if words] == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_page_of_a_place_offers_to_work_out_only_what_can_be(
    bundle: Json, pages: dict[str, str], lang: str
) -> None:
    words = Catalogue(lang)
    work_out, see = words.say("home.estimate"), words.say("home.what_is_yours")
    events = {}
    for place in bundle["places"].values():
        if not place["policies"]:
            continue
        event = events[place["id"]] = find_place_event(place)
        page = pages[f"{PREFIXES[lang]}{place['id']}/index.md"]
        assert (work_out in page) is (event in BILL_EVENTS), place["id"]
        if see in page:
            assert "mb-button--quiet" in next(line for line in page.splitlines() if see in line)
    for place_id in ("daxian", "kangle", "taijiang", "lianjiang", "baozhang"):
        assert events[place_id] == NONE
        assert see in pages[f"{PREFIXES[lang]}{place_id}/index.md"]
    assert events["yaan-xian"] == SCHOOL


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_the_estimator_says_of_a_school_fee_has_no_hospital(lang: str) -> None:
    """Every text of the estimator that has one for each event."""
    texts = list(list_texts_by_event(Catalogue(lang).part("estimator")))
    assert len(texts) >= 8
    for text in texts:
        assert not HOSPITAL[lang].search(text["school"]), text
        assert set(text) == {"stay", "visit", "school", "none"}
    for key in ("date_question", "result.no_bill", "result.needs_bill"):
        assert not HOSPITAL[lang].search(Catalogue(lang).say(f"estimator.{key}.none"))


def list_texts_by_event(part: Json) -> Iterator[Json]:
    for value in part.values():
        if isinstance(value, dict) and "school" in value:
            yield value
        elif isinstance(value, dict):
            yield from list_texts_by_event(value)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_answer_about_a_school_fee_has_no_hospital(bundle: Json, lang: str) -> None:
    for stage in thinned(list(bundle["facts"]["school_stage"]["options"]), every=2):
        for poor in (True, False, None):
            facts = {"school_stage": stage, "school_type": "public", "fee": "3000", "registered_poor": poor}
            request = {"place": "yaan-xian", "date": "2017-10-01", "lang": lang}
            result = estimate(
                bundle, {**request, "facts": {key: value for key, value in facts.items() if value is not None}}
            )
            said = [*result["assumptions"]]
            for name in ("lines", "cash", "undecided", "not_eligible"):
                said += [entry.get("explanation") or entry.get("because") or "" for entry in result[name]]
            said += [bundle["facts"][need["fact"]]["question"][lang] for need in result["needs"]]
            readings = {sentence for sentence in said if re.match(r"R\d+ ", sentence)}
            assert [text for text in said if text not in readings and HOSPITAL[lang].search(text)] == []


def test_where_only_fees_are_settled_the_fee_is_the_bill(bundle: Json) -> None:
    result = estimate(bundle, {"place": "yaan-xian", "date": "2017-10-01", "facts": {}})
    assert {"fact": "fee", "affects": "bill"} in result["needs"]
    assert "total_cost" not in [need["fact"] for need in result["needs"]]
    assert not {"total_cost", "eligible_cost"} & set(bundle["places"]["yaan-xian"]["asks_facts"])
