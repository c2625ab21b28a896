"""The site without a network: pages that were seen, places that were kept, updates, and everything that can break."""

import gzip
import json
import os
import re
import shutil
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from mingbai.assets.offline_manifest import write_offline_list
from mingbai.assets.web_files import web_file
from mingbai.i18n.languages import select_languages
from mingbai.i18n.translate import add_languages
from mingbai.pages.make import estimator_bundle_path, estimator_places_folder
from tests.browser.conftest import A_MINUTE, ESTIMATE, REQUEST, open_full_form
from tests.browser.machine import ROOT, Handler, Server, running

pytestmark = pytest.mark.browser

PREFIX = "/mingbai/"
"""The site lies in a folder, as it does on many hosts."""
ANSWER = {"low": "1497.50", "high": "1497.50"}
FEW_KB = 120
"""What a new revision may cost a phone that keeps a place: the rules and the search index of all places are in it."""


class Host(Server):
    """A site in a folder of its own that can be changed, slow, or away."""

    folder: Path
    away = False
    slow_seconds = 0.0
    sent: list[tuple[str, int]]
    """The files that were sent since it was emptied, with their bytes as gzip sends them."""

    @property
    def home(self) -> str:
        return f"http://127.0.0.1:{self.server_port}{PREFIX}"

    def replace(self, path: str, content: bytes) -> None:
        (self.folder / path).unlink()  # it is a link to the site that all tests share
        (self.folder / path).write_bytes(content)


class FickleHandler(Handler):
    """Hangs up while its host is away."""

    server: Host

    def do_GET(self) -> None:  # noqa: N802 - the base class calls it so
        time.sleep(self.server.slow_seconds)
        if self.server.away:
            self.close_connection = True
            return
        super().do_GET()

    def copyfile(self, source: Any, outputfile: Any) -> None:  # noqa: ANN401 - the base class has it so
        content = source.read()
        self.server.sent.append((self.path, len(gzip.compress(content, 6))))
        outputfile.write(content)


@pytest.fixture
def host(site: Path, tmp_path: Path) -> Iterator[Host]:
    folder = tmp_path / PREFIX.strip("/")
    shutil.copytree(site, folder, copy_function=os.link)
    with running(Host(("127.0.0.1", 0), partial(FickleHandler, directory=str(tmp_path)))) as host:
        host.folder, host.sent = folder, []
        yield host


@pytest.fixture
def phone(browser: Browser) -> Iterator[BrowserContext]:
    context = browser.new_context(viewport={"width": 360, "height": 740}, service_workers="allow")
    yield context
    context.close()


def ask(page: Page, job: str, **more: Any) -> Any:  # noqa: ANN401 - what the worker says
    """Ask the service worker, as the page's script does."""
    return page.evaluate(
        """async (message) => {
          const {active} = await navigator.serviceWorker.ready;
          const channel = new MessageChannel();
          return new Promise((resolve) => {
            channel.port1.onmessage = ({data}) => "done" in data || resolve(data.result);
            active.postMessage(message, [channel.port2]);
          });
        }""",
        {"job": job, "lang": "zh", **more},
    )


def until(page: Page, holds: str) -> None:
    """Wait until an expression holds (Playwright's own way is forbidden by the pages' policy)."""
    for _ in range(600):
        if page.evaluate(holds):
            return
        page.wait_for_timeout(100)
    pytest.fail(f"it does not come true: {holds}")


def visit(phone: BrowserContext, host: Host, path: str) -> Page:
    """Open a page and wait until it is kept."""
    page = phone.new_page()
    page.goto(host.home + path)
    until(page, "navigator.serviceWorker.controller !== null")
    ask(page, "visit", paths=[path])
    return page


def keep(phone: BrowserContext, host: Host, path: str = "gaotai/") -> Page:
    """Tap the button that keeps a place."""
    page = visit(phone, host, path)
    page.locator(".mb-keep button").click()
    page.wait_for_selector('.mb-keep [role=status]:has-text("核对过")', timeout=A_MINUTE)
    return page


def restart(phone: BrowserContext, page: Page) -> None:
    """End the service worker, as browsers do after half a minute; it starts again when it is needed."""
    session = phone.new_cdp_session(page)
    session.send("ServiceWorker.enable")
    session.send("ServiceWorker.stopAllWorkers")
    session.detach()


def revision(host: Host) -> str:
    return str(json.loads((host.folder / "offline.json").read_text(encoding="utf-8"))["revision"])


def revise(host: Host, bundle: dict[str, Any]) -> str:
    """Publish a revision in which a rate of gaotai's is another one; return its name."""
    old, new = revision(host), "0123456789ab"
    for file in [*host.folder.rglob("*.html"), *host.folder.glob("data/**/*.json")]:
        text = changed = file.read_text(encoding="utf-8")
        changed = text.replace(old, new)
        path = file.relative_to(host.folder).as_posix()
        if "gaotai/inpatient" in path:
            changed = changed.replace("65%", "64%")
        if path in ("data/estimator.json", "data/places/gaotai.json"):
            changed, count = re.subn(r'("rate":)6500\b', r"\g<1>6400", changed)
            assert count, f"{path} has no such rate"
        if changed != text:
            host.replace(path, changed.encode())
    listed(host, {**bundle, "revision": new})
    return new


def listed(host: Host, bundle: dict[str, Any]) -> None:
    """Write the lists of the site anew, as the build does at its end."""
    site_languages = select_languages(["zh", "zh-Hant", "en"])
    folders = {
        entry.id: (estimator_bundle_path(entry), estimator_places_folder(entry)) for entry in site_languages.entries
    }
    (host.folder / "assets/sw.js").write_text(web_file("assets/sw.js", ROOT), encoding="utf-8")
    for path in ["offline.json", "sw.js", *(f"assets/offline/{lang}.json" for lang in folders)]:
        (host.folder / path).unlink()
    for entry in site_languages.entries:
        (host.folder / entry.folder / "site.webmanifest").unlink()
    write_offline_list(host.folder, add_languages(bundle, site_languages), site_languages, folders)


def spoil(page: Page, part: str, name: str) -> int:
    """Cut entries of the store short; return how many."""
    return int(
        page.evaluate(
            """async ([part, name]) => {
              let count = 0;
              for (const each of (await caches.keys()).filter((key) => key.endsWith(part))) {
                const cache = await caches.open(each);
                for (const request of await cache.keys()) {
                  if (!request.url.includes(name)) continue;
                  const found = await cache.match(request);
                  const body = (await found.arrayBuffer()).slice(0, 1000);
                  await cache.put(request, new Response(body, {headers: found.headers}));
                  count += 1;
                }
              }
              return count;
            }""",
            [part, name],
        )
    )


def heading(page: Page) -> str:
    return page.inner_text("h1")


def test_a_page_that_was_seen_once_is_there_without_a_network(phone: BrowserContext, host: Host) -> None:
    page = visit(phone, host, "gaotai/inpatient/")
    said = heading(page)
    page.close()
    host.away = True
    page = phone.new_page()
    page.goto(host.home + "gaotai/inpatient/")
    assert heading(page) == said
    assert "手机里存的" in page.inner_text(".mb-offline")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(253, 251, 246)"  # with its looks


def test_the_quick_answer_works_on_a_page_that_was_seen(phone: BrowserContext, host: Host) -> None:
    page = visit(phone, host, "gaotai/inpatient/")
    needed = {f"assets/quick/{name}" for name in ("start.js", "quick.css")}
    for _ in range(100):
        if needed <= set(ask(page, "state")["files"]):
            break
        page.wait_for_timeout(100)
    host.away = True
    page.reload()
    page.wait_for_selector(".mbq:not([hidden])")
    page.check('.mbq [name=who][value="0"]')
    page.check('.mbq [name=where][value="1"]')
    page.fill(".mbq [name=cost]", "8000")
    page.click(".mbq button")
    assert re.search(r"约 1,49[78] 元", page.inner_text(".mbq-answer"))


def test_a_kept_place_can_be_read_searched_and_worked_out(phone: BrowserContext, host: Host) -> None:
    keep(phone, host).close()
    host.away = True
    page = phone.new_page()
    policies = sorted(each.parent.name for each in host.folder.glob("gaotai/*/index.html"))
    for policy in policies[:5]:
        page.goto(f"{host.home}gaotai/{policy}/")
        assert page.url.endswith(f"/gaotai/{policy}/")
    page.goto(host.home + "search/")
    page.fill(".mb-search input", "住院")
    page.click(".mb-search button[type=submit]")
    page.wait_for_selector(".mb-search__list a")
    page.goto(host.home + "estimator/#gaotai")
    open_full_form(page)
    assert page.evaluate(ESTIMATE, REQUEST)["self_pays"] == ANSWER


def test_what_is_not_there_leads_to_a_page_that_says_what_is(phone: BrowserContext, host: Host) -> None:
    visit(phone, host, "gaotai/").close()
    visit(phone, host, "en/").evaluate("0")
    page = phone.pages[0]
    ask(page, "visit", paths=["en/"], lang="en")
    host.away = True
    page.goto(host.home + "dongpo/")
    assert page.url == host.home + "offline/#/dongpo/"
    page.wait_for_selector("[data-mb-kept]:not([hidden]) .mb-links a")
    assert "这一页手机里没有" in page.inner_text("[data-mb-kept]")
    titles = page.locator("[data-mb-kept] .mb-links a").all_inner_texts()
    assert "高台县的规定" in titles
    page.goto(host.home + "en/dongpo/")
    assert page.url == host.home + "en/offline/#/en/dongpo/"
    page.wait_for_selector("[data-mb-kept]:not([hidden]) .mb-note")
    assert "not on your phone" in page.inner_text("[data-mb-kept]")
    host.away = False
    page.get_by_text("Try again").click()
    page.wait_for_url(host.home + "en/dongpo/")


def test_a_host_that_is_slow_to_answer_does_not_keep_anybody_waiting(phone: BrowserContext, host: Host) -> None:
    page = visit(phone, host, "gaotai/")
    host.slow_seconds = 12
    began = time.monotonic()
    page.reload(wait_until="commit")
    assert heading(page)
    assert time.monotonic() - began < 8
    page.close()


def test_half_written_entries_are_thrown_away_and_fetched_again(phone: BrowserContext, host: Host) -> None:
    page = keep(phone, host)
    assert spoil(page, "pages", "/gaotai/inpatient/?") == 1
    assert spoil(page, "runtime", ".wasm?") == 1
    assert spoil(page, "data", "/estimator.json?") == 1
    restart(phone, page)
    host.away = True
    page.goto(host.home + "gaotai/inpatient/")
    assert "/offline/#/gaotai/inpatient/" in page.url
    host.away = False
    page.goto(host.home + "estimator/#gaotai")
    open_full_form(page)
    assert page.evaluate(ESTIMATE, REQUEST)["self_pays"] == ANSWER
    page.goto(host.home + "gaotai/")
    button = page.locator(".mb-keep button")
    button.wait_for()
    if "接着存" in button.inner_text():
        assert "缺了一部分" in page.inner_text(".mb-keep")
        button.click()
    page.wait_for_selector('.mb-keep [role=status]:has-text("核对过")')
    host.away = True
    page.goto(host.home + "gaotai/inpatient/")
    assert page.url.endswith("/gaotai/inpatient/")


def test_a_list_that_cannot_be_read_is_fetched_again(phone: BrowserContext, host: Host) -> None:
    page = keep(phone, host)
    name = page.evaluate("caches.keys().then((names) => names.find((name) => name.endsWith('/mingbai/')))")
    page.evaluate(
        """async (name) => {
          const cache = await caches.open(name);
          for (const request of await cache.keys()) await cache.put(request, new Response('{"now'));
        }""",
        name,
    )
    restart(phone, page)
    page.goto(host.home + "gaotai/")
    assert heading(page)
    ask(page, "visit", paths=["gaotai/"])
    host.away = True
    page.reload()
    assert heading(page)


def test_a_full_phone_says_so_and_goes_on_later(phone: BrowserContext, host: Host) -> None:
    page = visit(phone, host, "gaotai/")
    session = phone.new_cdp_session(page)
    origin = host.home.removesuffix(PREFIX)
    session.send("Storage.overrideQuotaForOrigin", {"origin": origin, "quotaSize": 2_000_000})
    page.locator(".mb-keep button").click()
    page.wait_for_selector('.mb-keep [role=status]:has-text("空间不够")', timeout=A_MINUTE)
    assert heading(page)
    session.send("Storage.overrideQuotaForOrigin", {"origin": origin})
    page.locator(".mb-keep button").click()
    page.wait_for_selector('.mb-keep [role=status]:has-text("核对过")', timeout=A_MINUTE)


def test_a_network_that_breaks_off_loses_nothing_that_came(phone: BrowserContext, host: Host) -> None:
    page = visit(phone, host, "gaotai/")
    before = page.inner_text(".mb-keep button")
    wasm = next(host.folder.glob("assets/runtime/*.wasm"))
    whole = wasm.read_bytes()
    host.replace(f"assets/runtime/{wasm.name}", whole[:100_000])
    page.locator(".mb-keep button").click()
    page.wait_for_selector('.mb-keep [role=status]:has-text("没有存完")', timeout=A_MINUTE)
    assert page.inner_text(".mb-keep button") != before  # less is missing
    host.replace(f"assets/runtime/{wasm.name}", whole)
    host.sent.clear()
    page.locator(".mb-keep button").click()
    page.wait_for_selector('.mb-keep [role=status]:has-text("核对过")', timeout=A_MINUTE)
    assert not [path for path, _ in host.sent if "/gaotai/" in path and "runtime" not in path and "data" not in path]


def test_a_revision_costs_kilobytes_and_takes_over_whole(
    phone: BrowserContext, host: Host, bundle: dict[str, Any]
) -> None:
    page = keep(phone, host)
    new = revise(host, bundle)
    host.sent.clear()
    ask(page, "check", force=1, most=0)
    fetched = {path.removeprefix(PREFIX): size for path, size in host.sent}
    assert "gaotai/inpatient/" in fetched
    assert not [path for path in fetched if path.startswith("assets/runtime/")]
    assert sum(fetched.values()) <= FEW_KB * 1000, fetched
    host.away = True
    page.goto(host.home + "gaotai/inpatient/")
    assert new in page.inner_text("footer")
    assert "64%" in page.inner_text("main")
    page.wait_for_selector(".mb-offline a")
    assert page.locator(".mb-offline a").get_attribute("href") == host.home + "gaotai/changes/"
    page.goto(host.home + "gaotai/")
    assert new in page.inner_text("footer")  # made from the old one: nothing but the revision differs
    page.get_by_role("button", name="知道了").click()
    until(page, "!document.querySelector('.mb-offline a')")
    page.goto(host.home + "estimator/#gaotai")
    open_full_form(page)
    assert page.evaluate(ESTIMATE, REQUEST)["revision"] == new


def test_an_update_that_is_not_whole_changes_nothing(phone: BrowserContext, host: Host, bundle: dict[str, Any]) -> None:
    page = keep(phone, host)
    old, new = revision(host), revise(host, bundle)
    rates = (host.folder / "data/estimator.json").read_bytes()
    host.replace("data/estimator.json", b"<html>log in to the network</html>")
    assert ask(page, "check", force=1, most=0)["failed"]
    host.away = True
    page.goto(host.home + "gaotai/inpatient/")
    assert old in page.inner_text("footer")
    assert "65%" in page.inner_text("main")
    page.goto(host.home + "estimator/#gaotai")
    open_full_form(page)
    assert page.evaluate(ESTIMATE, REQUEST)["revision"] == old
    host.away = False
    host.replace("data/estimator.json", rates)
    ask(page, "check", force=1, most=0)
    host.away = True
    page.goto(host.home + "gaotai/inpatient/")
    assert new in page.inner_text("footer")


def test_two_tabs_during_an_update_each_stay_with_their_own(
    phone: BrowserContext, host: Host, bundle: dict[str, Any]
) -> None:
    keep(phone, host).close()
    host.away = True
    first = phone.new_page()
    first.goto(host.home + "estimator/#gaotai")
    open_full_form(first)
    host.away = False
    old, new = revision(host), revise(host, bundle)
    second = phone.new_page()
    second.goto(host.home + "gaotai/inpatient/")
    assert new in second.inner_text("footer")
    ask(second, "check", force=1, most=0)
    second.goto(host.home + "estimator/#gaotai")
    open_full_form(second)
    assert first.evaluate(ESTIMATE, REQUEST)["revision"] == old
    assert second.evaluate(ESTIMATE, REQUEST)["revision"] == new


def test_a_place_can_be_removed(phone: BrowserContext, host: Host) -> None:
    page = keep(phone, host)
    page.get_by_role("button", name="从手机里删掉").click()
    page.wait_for_selector('.mb-keep [role=status]:has-text("删掉了")')
    left = ask(page, "state")
    assert left["kept"] == {}
    assert not [path for path in left["files"] if path.startswith(("assets/runtime/", "gaotai/", "data/places/"))]
    host.away = True
    page.goto(host.home + "gaotai/inpatient/")
    assert "/offline/#/" in page.url


@pytest.mark.parametrize(("day", "said"), [("2015-03-01", "手机日期可能不对"), ("2060-03-01", "规定可能已经变了")])
def test_a_clock_that_is_wrong_or_late_is_said(phone: BrowserContext, host: Host, day: str, said: str) -> None:
    visit(phone, host, "gaotai/").close()
    host.away = True
    page = phone.new_page()
    page.clock.set_fixed_time(day)
    page.goto(host.home + "gaotai/")
    page.wait_for_selector(".mb-offline")
    assert said in page.inner_text(".mb-offline")
    assert "-" not in page.inner_text(".mb-offline")


def test_on_a_metered_connection_a_new_runtime_waits_for_a_tap(
    phone: BrowserContext, host: Host, bundle: dict[str, Any]
) -> None:
    page = keep(phone, host)
    wasm = next(host.folder.glob("assets/runtime/*.wasm"))
    wasm.rename(wasm.with_name(f"another.{wasm.name}"))
    listed(host, bundle)
    host.sent.clear()
    ask(page, "check", force=1, most=500)
    assert not [path for path, _ in host.sent if ".wasm" in path]
    page.goto(host.home + "about/")
    page.get_by_role("button", name="现在更新").click()
    until(page, "!document.querySelector('.mb-offline button')")
    assert [path for path, _ in host.sent if ".wasm" in path]


@pytest.mark.parametrize(("prefix", "words"), [("", "能存网页"), ("en/", "Can keep pages")])
def test_the_phone_can_be_described_over_the_telephone(
    phone: BrowserContext, host: Host, prefix: str, words: str
) -> None:
    page = phone.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto(f"{host.home}{prefix}diag/")
    page.wait_for_selector("[data-mb-phone] li:nth-child(18)")
    assert words in page.inner_text("[data-mb-phone]")
    page.locator("[data-mb-diag] button").click()
    page.wait_for_selector("[data-mb-steps] li:nth-child(6)", timeout=A_MINUTE)
    assert re.search(r"\d\.\d", page.inner_text("[data-mb-steps] li:last-child"))
    assert errors == []


@pytest.mark.parametrize("prefix", ["", "zh-Hant/", "en/"])
def test_the_site_can_be_installed_in_each_language(phone: BrowserContext, host: Host, prefix: str) -> None:
    page = phone.new_page()
    page.goto(host.home + prefix)
    session = phone.new_cdp_session(page)
    found = session.send("Page.getAppManifest")
    assert found["errors"] == []
    assert found["url"] == f"{host.home}{prefix}site.webmanifest"
    said = json.loads(found["data"])
    assert said["name"]
    assert said["lang"] == page.evaluate("document.documentElement.lang")
    for icon in said["icons"]:
        assert page.request.get(f"{host.home}{prefix}{icon['src']}").headers["content-type"] == "image/png"
    assert {icon["purpose"] for icon in said["icons"]} == {"any", "maskable"}
