"""Fixtures of browser tests: a browser, the built site served from this machine, and visits to it."""

import json
import re
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Request, Route, ViewportSize

from tests.browser.machine import answer_of, chromium, serve
from tests.estimate_schema import require_schema

A_MINUTE = 60_000
PATHS = {"zh": "/estimator/#gaotai", "en": "/en/estimator/#gaotai"}
COUNTY_STAY = {
    "date": "2016-03-01",
    "visit": "inpatient",
    "hospital_level": "county",
    "diagnoses": "other",
    "total_cost": "8000",
    "registered_poor": "true",
    "insured": "true",
}
"""The answers of the worked example that costs the patient 1,497.50 yuan."""
REQUEST = {
    "place": "gaotai",
    "date": "2016-06-01",
    "facts": {
        "visit": "inpatient",
        "hospital_level": "county",
        "registered_poor": True,
        "insured": True,
        "total_cost": "8000",
        "diagnoses": ["other"],
    },
    "inputs": {},
    "lang": "zh",
}
"""The same stay as a request to the calculator."""
ESTIMATE = "async (request) => { await window.mingbai.ready; return window.mingbai.estimate(request); }"
"""Script: send a request to the calculator of the estimator's page."""


def open_full_form(page: Page) -> None:
    """Wait for the estimator and switch it to the full form, whichever mode it opens in."""
    root = page.locator("#mingbai-estimator")
    root.locator(".mbe-ways:not([hidden])").wait_for()
    root.locator('[data-way="whole"]').click()
    root.locator(".mbe-buttons:not([hidden])").first.wait_for()


@dataclass(slots=True)
class Visit:
    """A page on the built site, with its browser context and every request that the context made."""

    page: Page
    context: BrowserContext
    server: str
    requests: list[Request] = field(default_factory=list)

    def open(self, lang: str) -> None:
        """Open the estimator and wait for its full form."""
        self.page.goto(self.server + PATHS[lang])
        open_full_form(self.page)

    def hurry(self, **seconds: float) -> None:
        """Shorten the page's time-outs, by their names in its data block."""

        def shorten(route: Route) -> None:
            response = route.fetch()
            text = response.text()
            for name, value in seconds.items():
                text, count = re.subn(rf'("{name}":\s*)\d+', rf"\g<1>{value}", text)
                assert count == 1, f"the page has no {name}"
            route.fulfill(response=response, body=text)

        self.page.route(re.compile(r"/estimator/$"), shorten)

    def choose(self, **answers: str) -> None:
        """Answer questions by the names of their facts: tiles by value, others by typing."""
        for name, value in answers.items():
            answer_of(self.page.locator("#mingbai-estimator"), name, value)

    def submit(self) -> str:
        """Submit the form and return the first words of the result."""
        self.page.click(".mbe-submit")
        return self.answer()

    def answer(self) -> str:
        """Wait for a result and return its first words."""
        self.page.wait_for_selector("#mbe-answer", timeout=A_MINUTE)
        self.page.wait_for_selector('.mbe-submit[aria-disabled="false"]')
        return self.page.inner_text("#mbe-answer")


@pytest.fixture(scope="session")
def site(built_site: Path) -> Path:
    return built_site


@pytest.fixture(scope="session")
def server(site: Path) -> Iterator[str]:
    with serve(site) as address:
        yield address


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with chromium() as chromium_browser:
        yield chromium_browser


PHONE: ViewportSize = {"width": 360, "height": 740}


@contextmanager
def visiting(browser: Browser, server: str, *, bypass_csp: bool = True) -> Iterator[Visit]:
    """A page in a new browser context. At the end, every request must have gone to our own server."""
    # Service workers have test_offline. Tests evaluate strings, which the site's policy forbids: it has test_serving.
    context = browser.new_context(viewport=PHONE, service_workers="block", bypass_csp=bypass_csp)
    with _page_of(context, server) as visit:
        yield visit
    context.close()


RECORD_ANSWERS = """(() => {
  let own;
  Object.defineProperty(window, "mingbai", {configurable: true, get: () => own, set(value) {
    const {estimateText} = value;
    value.estimateText = async (request) => {
      const text = await estimateText.call(value, request);
      (window.mingbaiAnswers = window.mingbaiAnswers || []).push(text);
      return text;
    };
    own = value;
  }});
})();"""
"""Makes a page record each answer of its calculator."""


def check_answers(page: Page) -> None:
    """Check every answer that a page got against its schema."""
    for text in page.evaluate("window.mingbaiAnswers || []"):
        result = json.loads(text)
        require_schema("HouseholdResult" if "members" in result else "EstimateResult", result)


@contextmanager
def _page_of(context: BrowserContext, server: str) -> Iterator[Visit]:
    page = context.new_page()
    page.add_init_script(RECORD_ANSWERS)
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    visit = Visit(page, context, server)

    def record_request(request: Request) -> None:
        visit.requests.append(request)

    context.on("request", record_request)
    yield visit
    page.unroute_all(behavior="ignoreErrors")
    context.remove_listener("request", record_request)
    if page.url.startswith(server):
        check_answers(page)
    page.close()
    assert errors == []
    assert {request.url for request in visit.requests if not request.url.startswith(server + "/")} == set()


@pytest.fixture
def visit(browser: Browser, server: str) -> Iterator[Visit]:
    with visiting(browser, server) as page:
        yield page


@pytest.fixture(scope="module")
def _reader(browser: Browser) -> Iterator[BrowserContext]:
    context = browser.new_context(viewport=PHONE, service_workers="block", bypass_csp=True)
    yield context
    context.close()


@pytest.fixture
def reading(_reader: BrowserContext, server: str) -> Iterator[Visit]:
    """A page for tests that only read, in a context shared by the module's tests: three times as fast as `visit`."""
    with _page_of(_reader, server) as visit:
        yield visit
        if visit.page.url.startswith(server):
            visit.page.evaluate("localStorage.clear(), sessionStorage.clear()")


@pytest.fixture(scope="module")
def booted(browser: Browser, server: str) -> Iterator[Callable[[str], Visit]]:
    """Open the page of a language on which the calculator runs; a module's tests share it, see `start_afresh`."""
    with ExitStack() as pages:

        @cache
        def open_in(lang: str) -> Visit:
            page = pages.enter_context(visiting(browser, server))
            page.page.goto(server + PATHS[lang])
            page.page.evaluate("window.mingbai.ready")
            return page

        yield open_in
