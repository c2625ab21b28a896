"""Feeds, data, what machines look for, and pages that have moved."""

import copy
import json
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any
from urllib.parse import urljoin
from uuid import UUID
from xml.etree.ElementTree import Element, fromstring

import pytest
from mkdocs.config import load_config

from mingbai.bundle.comparison import AmountRange, ExampleComparison, ExampleOutcome, compare_examples
from mingbai.bundle.routes import address, page_paths
from mingbai.checks.policies import check_policies
from mingbai.i18n.languages import SITE
from mingbai.i18n.translate import add_languages
from mingbai.pages.data.data import list_all_change_days
from mingbai.pages.data.schemas import make_schemas
from mingbai.pages.data.sitemap import make_robots, make_sitemap
from mingbai.pages.frame import make_frame
from mingbai.pages.outputs import make_files
from mingbai.pages.policy.structured_data import make_government_service, to_script
from mingbai.pages.revision.feeds import make_feeds
from mingbai.pages.wording.language import Json, make_language
from mingbai_calculator.core.money import format_yuan
from tests.conftest import POLICIES, ROOT
from tests.generator.test_pages import as_html, as_read
from tests.quick import is_quick, thinned

URL = "https://mingbai.example/"
ATOM = "{http://www.w3.org/2005/Atom}"
EVERY_LANGUAGE = pytest.mark.parametrize("lang", SITE.selected)


@pytest.fixture(scope="module")
def spoken(bundle: Json) -> Json:
    return add_languages(bundle, SITE)


@pytest.fixture(scope="module")
def days(spoken: Json) -> Json:
    return list_all_change_days(spoken)


@pytest.fixture(scope="module")
def pages(pages_of_site: dict[str, str]) -> dict[str, str]:
    return pages_of_site


@pytest.fixture(scope="module")
def beside(spoken: Json, days: Json, pages: dict[str, str]) -> dict[str, str]:
    return make_files(spoken, SITE, days, pages)


# --- feeds


def text(element: Element, tag: str) -> str:
    found = element.find(f"{ATOM}{tag}")
    assert found is not None, tag
    assert found.text, tag
    return found.text


@EVERY_LANGUAGE
def test_a_feed_has_what_rfc_4287_asks_for(spoken: Json, days: Json, lang: str) -> None:
    feeds = make_feeds(spoken, SITE, days, URL)
    folder = SITE[lang].folder
    assert {f"{folder}{place}/feed.xml" for place, changed in days.items() if changed} <= set(feeds)
    ids = []
    for path, content in feeds.items():
        feed = fromstring(content)  # noqa: S314
        assert feed.tag == f"{ATOM}feed"
        entries = feed.findall(f"{ATOM}entry")
        assert entries
        author = feed.find(f"{ATOM}author")
        assert author is not None
        assert text(author, "name")
        for element in (feed, *entries):
            assert UUID(text(element, "id").removeprefix("urn:uuid:")).version == 5
            ids.append(text(element, "id"))
            assert text(element, "title")
            assert re.fullmatch(r"\d{4}-\d{2}-\d{2}T00:00:00\+08:00", text(element, "updated"))
            links = [(link.get("rel"), link.get("href")) for link in element.findall(f"{ATOM}link")]
            assert len(links) == len(set(links))
            assert all(href and href.startswith(URL) for _, href in links)
            assert [rel for rel, _ in links].count("alternate") == 1
        assert ("self", URL + path) in [(link.get("rel"), link.get("href")) for link in feed.findall(f"{ATOM}link")]
        assert text(feed, "updated") == max(text(entry, "updated") for entry in entries)
    assert len(ids) == len(set(ids))


def test_a_feed_stays_the_same_wherever_the_site_stands(spoken: Json, days: Json) -> None:
    at_home, elsewhere = (make_feeds(spoken, SITE, days, url)["en/gaotai/feed.xml"] for url in ("", URL))
    find = re.compile(r"<id>(.*)</id>")
    assert find.findall(at_home) == find.findall(elsewhere)
    assert 'href="changes/2016-01-01/"' in at_home
    assert 'rel="self"' not in at_home


def test_the_entries_of_a_feed_lead_to_pages(beside: dict[str, str], pages: dict[str, str]) -> None:
    there = {address(path) for path in pages}
    for path, content in beside.items():
        if path.endswith("feed.xml"):
            folder = path.removesuffix("feed.xml")
            links = re.findall(r'href="([^"]*)"', content)
            assert links
            assert all(folder + link in there for link in links)


@EVERY_LANGUAGE
def test_pages_of_a_place_name_its_feed(spoken: Json, pages: dict[str, str], lang: str) -> None:
    folder = SITE[lang].folder
    for page, link in (("gaotai/index.md", "feed.xml"), ("gaotai/inpatient.md", "../feed.xml")):
        feed = make_frame(spoken, folder + page, SITE).feed
        assert feed is not None
        assert feed.url == link
    assert make_frame(spoken, f"{folder}index.md", SITE).feed is None
    assert make_frame(spoken, f"{folder}school-anon/index.md", SITE).feed is None
    assert 'href="feed.xml"' in as_html(pages[f"{folder}gaotai/index.md"])
    assert 'href="../feed.xml"' in as_html(pages[f"{folder}gaotai/changes.md"])


# --- data


def validated(site: Path) -> subprocess.CompletedProcess[str]:
    command = [Path(sys.executable).parent / "node", ROOT / "tests/generator/validate_data.mjs", site]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_every_file_of_data_is_as_its_schema_says(beside: dict[str, str], tmp_path: Path) -> None:
    for path, content in beside.items():
        if path.endswith(".json"):
            (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / path).write_text(content, encoding="utf-8")
    done = validated(tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    data = [path for path in beside if path.endswith(".json") and "/schema/" not in path]
    assert done.stdout.strip() == str(len(data))


def test_the_schemas_would_notice(beside: dict[str, str], tmp_path: Path) -> None:
    for path in ("data/schema/data-policy.schema.json", "data/policies/gaotai/inpatient.json"):
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        wrong = beside[path].replace('"self_pays":{"low":"1497.50"', '"self_pays":{"low":1497.5')
        (tmp_path / path).write_text(wrong, encoding="utf-8")
    done = validated(tmp_path)
    assert done.returncode == 1
    assert "must be string" in done.stderr


def test_schemas_of_data_hide_no_schema_of_policy_files() -> None:
    assert not {Path(path).name for path in make_schemas()} & {file.name for file in (ROOT / "schema").iterdir()}


def test_the_index_leads_to_every_file_and_every_page(beside: dict[str, str], pages: dict[str, str]) -> None:
    there = {address(path) for path in pages}
    index = json.loads(beside["data/index.json"])
    found = {"data/index.json"}
    for place in index["places"]:
        files = [place["file"], *(policy["file"] for policy in place["policies"])]
        told = json.loads(beside[place["file"]])
        files += [day["file"] for day in told["days"]]
        assert set(told["feeds"].values()) <= set(beside)
        for file in files:
            assert set(json.loads(beside[file])["pages"].values()) <= there
        found.update(files)
    assert found == {path for path in beside if path.endswith(".json") and "/schema/" not in path}


def test_a_policy_file_has_the_results_that_its_examples_expect(beside: dict[str, str], bundle: Json) -> None:
    told = json.loads(beside["data/policies/gaotai/inpatient.json"])
    versions = bundle["places"]["gaotai"]["policies"]["inpatient"]
    assert [version["id"] for version in told["versions"]] == [version["id"] for version in versions]
    assert told["versions"][0]["to"] == "2015-12-31"
    assert told["versions"][1]["from"] == "2016-01-01"
    example = next(each for each in told["versions"][1]["examples"] if each["id"] == "county-8000")
    assert example["result"]["self_pays"] == {"low": "1497.50", "high": "1497.50"}
    assert example["result"]["lines"][0]["payer"] == "basic_insurance"
    assert told["versions"][1]["who_in_words"].keys() == set(SITE.selected)


@EVERY_LANGUAGE
def test_the_page_on_the_data_links_files_that_are_there(
    pages: dict[str, str], beside: dict[str, str], lang: str
) -> None:
    page = f"{SITE[lang].folder}open-data.md"
    steps = "../" * address(page).count("/")
    links = re.findall(r'href="([^"]*)"', as_html(pages[page]))
    files = [link.removeprefix(steps) for link in links]
    assert len(files) == 9
    assert set(files) - {"data/bundle.json"} <= set(beside)


def test_every_link_to_a_file_leads_to_one(pages: dict[str, str], beside: dict[str, str]) -> None:
    count = 0
    for path, page in thinned(list(pages.items()), every=8):
        for link in re.findall(r'<a [^>]*href="([^"]*\.(?:json|xml))"', as_html(page)):
            where = urljoin(f"/{address(path)}", link).lstrip("/")
            assert where == "data/bundle.json" or where in beside, (path, link)
            count += 1
    assert count > (20 if is_quick() else 200)


# --- days on which rules changed


def test_who_gains_is_told_in_money(pages: dict[str, str]) -> None:
    chinese = as_read(pages["gaotai/changes/2016-01-01.md"])
    assert "以前自己付 2,000 元，从这天起付 1,497.50 元： 少付 502.50 元" in chinese
    english = as_read(pages["en/gaotai/changes/2016-01-01.md"])
    assert "Before, you paid 2,000 yuan. From this day you pay 1,497.50 yuan: 502.50 yuan less" in english


def test_a_range_stays_a_range_and_nobody_is_said_to_gain_by_it(spoken: Json, days: Json) -> None:
    day = days["gaotai"][0]
    case = next(case for case in day.comparisons if case.example == "2016-01-01-county-8000-not-sure")
    assert case.after.self_pays == (149750, 200000)
    assert case.outcome == "open"
    for changed in days.values():
        for each in (case for day in changed for case in day.comparisons):
            before, after = each.before.self_pays, each.after.self_pays
            if before is None or after is None or (before[0] == before[1] and after[0] == after[1]):
                continue
            overlaps = (before[1] is None or after[0] <= before[1]) and (after[1] is None or before[0] <= after[1])
            assert (each.outcome == "open") == overlaps
    assert spoken["places"]["gaotai"]["policies"]["inpatient"][0]["start"] is None


@pytest.mark.parametrize(
    ("before", "after", "outcome"),
    [
        ((149750, 149750), (300000, 353400), "loses"),
        ((300000, 353400), (149750, 149750), "gains"),
        ((149750, 300000), (300000, 353400), "open"),
        ((149750, 200000), (149750, 200000), "open"),
        ((149750, None), (300000, 353400), "open"),
        ((149750, 200000), (300000, None), "loses"),
        ((149750, 149750), None, "open"),
        ((149750, 149750), (149750, 149750), "same"),
    ],
)
def test_of_ranges_that_do_not_overlap_one_is_certainly_more(
    before: AmountRange, after: AmountRange | None, outcome: str
) -> None:
    old, new = (ExampleOutcome(span, None, applies=True) for span in (before, after))
    assert ExampleComparison({}, old, new, "help", "somebody").outcome == outcome


def test_people_are_settled_under_both_laws_on_the_same_day(bundle: Json, days: Json) -> None:
    for place, changed in days.items():
        for day in changed:
            assert set(day.version_pairs) | set(day.new_policies) == {
                name for each in day.revisions for name in each["policies"]
            }
            assert bool(day.comparisons) == bool(day.version_pairs)
            again = compare_examples(bundle, place, day.version_pairs, day.date) if day.version_pairs else []
            assert [case.gain for case in again] == [case.gain for case in day.comparisons]


def test_what_only_began_has_no_before(pages: dict[str, str], days: Json) -> None:
    day = days["yaan-xian"][0]
    assert day.new_policies
    assert not day.version_pairs
    html = as_html(pages["yaan-xian/changes/2017-09-01.md"])
    assert 'id="began"' in html
    assert 'id="people"' not in html


@EVERY_LANGUAGE
def test_every_revision_has_a_permanent_page_that_the_list_links(
    pages: dict[str, str], spoken: Json, lang: str
) -> None:
    speaks = make_language(spoken, lang)
    for place in spoken["places"].values():
        for revision in place["revisions"]:
            day = revision["date"]
            page = as_read(pages[f"{speaks.prefix}{place['id']}/changes/{day}.md"])
            assert speaks.text(revision["says"]) in page
            assert f'href="{day}/"' in as_html(pages[f"{speaks.prefix}{place['id']}/changes.md"])


def test_the_sums_on_the_page_are_those_of_the_data(beside: dict[str, str], days: Json) -> None:
    told = json.loads(beside["data/revisions/gaotai/2016-01-01.json"])
    for case, person in zip(days["gaotai"][0].comparisons, told["people"], strict=True):
        if person["better_off_by"] is not None:
            assert case.gain is not None
            assert person["better_off_by"].lstrip("-") == format_yuan(abs(case.gain))


# --- what machines look for


def test_the_sitemap_has_every_page_with_its_languages(pages: dict[str, str]) -> None:
    space = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
    root = fromstring(make_sitemap(URL, pages, SITE))  # noqa: S314
    found = {}
    for entry in root:
        places = [element.text for element in entry.findall(f"{space}loc")]
        links = entry.findall("{http://www.w3.org/1999/xhtml}link")
        assert len(places) == 1
        found[places[0]] = {link.get("hreflang"): link.get("href") for link in links}
    assert set(found) == {URL + address(path) for path in pages}
    assert found[f"{URL}gaotai/"] == {
        "zh": f"{URL}gaotai/",
        "zh-Hant": f"{URL}zh-Hant/gaotai/",
        "en": f"{URL}en/gaotai/",
    }
    for page, others in found.items():
        assert page in others.values()
        assert all(found[other] == others for other in others.values())  # they must name each other


def test_without_a_site_url_there_is_no_sitemap(beside: dict[str, str]) -> None:
    assert "sitemap.xml" not in beside
    assert "Sitemap:" not in beside["robots.txt"]
    assert f"Sitemap: {URL}sitemap.xml" in make_robots(URL)


def test_a_site_without_an_address_is_warned_of_once_and_strict_does_not_mind(caplog: pytest.LogCaptureFixture) -> None:
    config = load_config(str(ROOT / "mkdocs.yml"))
    assert config.strict
    config.plugins["mingbai"].on_config(config)
    said = [record for record in caplog.records if "site_url" in record.getMessage()]
    assert [(record.name, record.levelname) for record in said] == [("mingbai", "WARNING")]  # MkDocs counts its own
    caplog.clear()
    config.site_url = URL
    config.plugins["mingbai"].on_config(config)
    assert not caplog.records


NEEDED = ("@context", "@type", "name", "description", "serviceType", "areaServed", "provider", "subjectOf")


@EVERY_LANGUAGE
def test_each_policy_page_describes_its_service(spoken: Json, lang: str) -> None:
    entry = SITE[lang]
    for place in spoken["places"].values():
        for policy, versions in place["policies"].items():
            path = f"{entry.folder}{place['id']}/{policy}.md"
            told = make_government_service(spoken, path, SITE)
            assert told is not None
            assert all(told[name] for name in NEEDED)
            assert (told["@context"], told["@type"]) == ("https://schema.org", "GovernmentService")
            assert told["name"] == versions[-1]["title"][lang]
            assert told["provider"] == {"@type": "GovernmentOrganization", "name": place["office"]["name"][lang]}
            assert told["subjectOf"]["inLanguage"] == entry.tag
            assert told.get("offers", {}).get("validFrom") == versions[-1]["start"]
            assert "http" not in json.dumps(told).replace("https://schema.org", "")  # no address is invented
    assert make_government_service(spoken, f"{entry.folder}gaotai/changes.md", SITE) is None
    assert make_government_service(spoken, f"{entry.folder}index.md", SITE) is None


def test_a_service_names_its_page_and_phone_where_there_are_any(spoken: Json) -> None:
    other: Json = copy.deepcopy(spoken)
    other["places"]["gaotai"]["office"]["phone"] = "0000-000000"
    version = other["places"]["gaotai"]["policies"]["inpatient"][-1]
    version["ends"] = True
    told = make_government_service(other, "gaotai/inpatient.md", SITE, f"{URL}gaotai/inpatient/")
    assert told is not None
    assert told["subjectOf"]["url"] == f"{URL}gaotai/inpatient/"
    assert told["provider"]["telephone"] == "0000-000000"
    assert told["offers"] == {"@type": "Offer", "validThrough": "2015-12-31"}
    version["title"] = {"zh": "</script><script>alert(1)</script><!--"}
    script = str(to_script(make_government_service(other, "gaotai/inpatient.md", SITE) or {}))
    assert "<" not in script
    assert json.loads(script)["name"] == version["title"]["zh"]


# --- pages that have moved


def moved(tmp_path: Path, aliases: str) -> tuple[Json, list[tuple[str, int]]]:
    policies = tmp_path / "policies"
    shutil.copytree(ROOT / "tests/policies/good", policies)
    (policies / "aliases.yaml").write_text(aliases, encoding="utf-8")
    bundle, problems = check_policies(policies)
    return bundle, [(problem.code, problem.line) for problem in problems.sorted()]


def test_a_page_that_has_moved_leads_to_where_it_is_in_every_language(tmp_path: Path) -> None:
    bundle, problems = moved(
        tmp_path,
        "testland/hospital: testland/stays\ntestland/stays: testland/inpatient\nold: testland\nfirst: index\n"
        "help/you: authors/revise\n",
    )
    assert problems == []
    spoken = add_languages(bundle, SITE)
    files = make_files(spoken, SITE, list_all_change_days(spoken), [], URL)
    pages = {path: content for path, content in files.items() if path.endswith(".html")}
    assert len(pages) == 4 * 3 + 2  # the authors' guide is there in two languages
    html = pages["en/testland/hospital/index.html"]
    assert '<html lang="en" dir="ltr">' in html
    assert 'http-equiv="refresh" content="0; url=../inpatient/"' in html
    assert f'<link rel="canonical" href="{URL}en/testland/inpatient/">' in html
    assert '<a class="mb-button" href="../inpatient/">Go to the new page</a>' in html
    assert "url=../testland/" in pages["old/index.html"]
    assert f'href="{URL}zh-Hant/"' in pages["zh-Hant/first/index.html"]
    assert "url=../../authors/revise/" in pages["help/you/index.html"]


def test_a_bad_table_of_former_addresses_is_told_with_its_lines(tmp_path: Path) -> None:
    _, problems = moved(
        tmp_path,
        "a/b: testland/inpatient\n"
        "gone: testland/inpatint\n"
        "testland/inpatient: testland\n"
        "one: two\n"
        "two: one\n"
        "en/old: testland\n",
    )
    assert problems == [
        ("unknown-address", 2),
        ("alias-hides-page", 3),
        ("alias-loop", 4),
        ("alias-loop", 5),
        ("alias-hides-page", 6),
    ]


def test_addresses_are_those_of_the_pages(spoken: Json, pages: dict[str, str]) -> None:
    made = {path for path in pages if not SITE.of_page(path).folder}
    by_hand = {path for path in page_paths(spoken) if (ROOT / "docs" / path).is_file()}
    assert set(page_paths(spoken)) == made | by_hand


def test_our_own_table_of_former_addresses_is_there_for_a_clerk_to_find() -> None:
    assert (POLICIES / "aliases.yaml").is_file()
    known: dict[str, Any] = json.loads((ROOT / "schema/aliases.schema.json").read_text(encoding="utf-8"))
    assert known["type"] == "object"
