"""What holds on which days, as the build knows it without a clock; and what it says of a day to pass on."""

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as some

from mingbai.bundle.changes import list_change_days
from mingbai.bundle.routes import page_paths
from mingbai.bundle.timeline import (
    KNOWN,
    find_current_versions,
    find_known_day,
    list_confirmed_periods,
    list_effective_versions,
)
from mingbai.checks.policies import compiled_bundle
from mingbai.checks.published_addresses import add_addresses, read_published
from mingbai.diagnostics.problem import Problems
from mingbai.i18n.languages import SITE
from mingbai.pages.make import make_pages
from mingbai.pages.revision.feeds import make_feeds
from mingbai.pages.revision.notice import MAX_CHAT_LENGTH, make_chat_text
from mingbai.pages.revision.revision import make_revision_page
from mingbai.pages.wording.language import make_language
from tests.announced import DAY_BEFORE, NEW, PUBLISHED, announced

type Json = dict[str, Any]


@pytest.fixture(scope="module")
def policies(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return announced(tmp_path_factory.mktemp("announced") / "policies")


@pytest.fixture(scope="module")
def ahead(policies: Path) -> Json:
    return compiled_bundle(policies)


def test_a_day_of_publication_is_surely_past(ahead: Json) -> None:
    assert ahead[KNOWN] == PUBLISHED
    assert find_known_day(ahead, ["2029-07-01", "2028-01-01"]) == "2029-07-01"


@pytest.mark.parametrize(
    ("known", "days"),
    [
        ("", [("", DAY_BEFORE), (NEW, "")]),
        (DAY_BEFORE, [("", DAY_BEFORE), (NEW, "")]),
        (NEW, [("", "")]),
    ],
)
def test_what_may_hold_is_what_held_then_and_what_begins_later(ahead: Json, known: str, days: list[Any]) -> None:
    versions = ahead["places"]["testland"]["policies"]["inpatient"]
    found = list_effective_versions({KNOWN: known}, versions)
    assert [(each.first, each.last) for each in found] == days
    assert found[-1].version["id"] == NEW


def test_the_day_of_a_bill_follows_the_rules(ahead: Json, bundle: Json) -> None:
    assert list_confirmed_periods(ahead["places"]["testland"]) == [("", ""), ("2016-01-01", "2016-01-01"), (NEW, NEW)]
    assert list_confirmed_periods(bundle["places"]["gaotai"])[-1][1] == "2016-12-31"


def test_pages_of_the_real_sites_policies_speak_of_one_rule(bundle: Json) -> None:
    """All that the papers hold has begun long ago: no page is longer than it must be."""
    for place in bundle["places"].values():
        assert {policy: versions[-1] for policy, versions in place["policies"].items()} == find_current_versions(
            bundle, place
        )


def test_a_change_is_told_with_its_papers_and_in_the_feed_before_its_day(ahead: Json) -> None:
    pages = make_pages(ahead)
    page = pages["en/testland/changes/2030-01-01.md"]
    assert "This begins on January 1, 2030." in page
    assert "New: Discharge note" in page
    assert "New: Discharge note" in page.split("</section>")[0], "the notice names it too"
    days = {"testland": list_change_days(ahead, "testland")}
    feed = make_feeds(ahead, SITE, days)["en/testland/feed.xml"]
    assert f"<updated>{PUBLISHED}T00:00:00+08:00</updated>" in feed
    assert NEW not in feed.split("<updated>")[1]


def test_every_version_of_a_policy_with_several_has_a_permanent_page(ahead: Json) -> None:
    paths = page_paths(ahead)
    assert {"testland/inpatient/initial.md", f"testland/inpatient/{NEW}.md"} <= set(paths)
    assert [path for path in paths if path.startswith("testland/pension/")] == []


def test_published_addresses_are_kept_with_their_first_day(policies: Path, ahead: Json) -> None:
    new = add_addresses(policies, ahead, "2029-06-02")
    assert "/testland/inpatient/initial/" in new
    assert add_addresses(policies, ahead, "2029-06-03") == []
    assert set(read_published(policies, Problems()).days.values()) == {"2029-06-02"}
    assert compiled_bundle(policies)[KNOWN] == "2029-06-02"


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_text_for_a_chat_fits_and_says_whole_sentences(bundle: Json, lang: str) -> None:
    speaks = make_language(bundle, lang)
    for place in bundle["places"].values():
        for day in list_change_days(bundle, place["id"]):
            told = make_revision_page(bundle, place, day, speaks, "https://county.example/")["chat"]
            assert len(told) <= MAX_CHAT_LENGTH
            assert told.endswith(f"/{place['id']}/changes/{day.date}/") or lang == "en"
            assert speaks.text(day.revisions[0]["says"]) in told or told.endswith("/")


SENTENCES = some.lists(some.text("字", min_size=1, max_size=150), min_size=1, max_size=9)
HEAD = "高台县：2016年1月1日起，"


@given(SENTENCES, some.sampled_from(["", "https://x.example/" * 4]))
def test_no_text_for_a_chat_is_ever_cut(bundle: Json, sentences: list[str], url: str) -> None:
    told = make_chat_text("高台县", "2016年1月1日", sentences, make_language(bundle, "zh"), url)
    assert len(told) <= MAX_CHAT_LENGTH
    counts = range(1, len(sentences) + 1)
    more = {count: f"还有{len(sentences) - count}条。" if count < len(sentences) else "" for count in counts}
    wanted = {HEAD + "".join(sentences[:count]) + more[count] for count in counts} | {f"{HEAD}规定有变化。"}
    assert told in wanted | {f"{each} {url}" for each in wanted}
