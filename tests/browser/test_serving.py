"""The configurations in serving/ do what they say: nginx and Caddy are started with them, and the site is used."""

import os
import re
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from email.message import Message
from pathlib import Path
from typing import Any

import brotli
import pytest
from playwright.sync_api import Browser

from mingbai.assets.csp import ASKED_EACH_TIME, CACHED_FOR_EVER, HASHED_NAME, meta_policy, security_headers
from tests.browser.conftest import COUNTY_STAY, Visit
from tests.browser.machine import ROOT

SERVING = ROOT / "serving"
SERVERS = ROOT / "build" / "servers"
SOAK = pytest.mark.soak  # the other halves: each server and each way of addressing is in the sample
CASES = ("nginx", pytest.param("nginx-below", marks=SOAK), pytest.param("caddy", marks=SOAK), "caddy-below")
SECONDS_TO_START = 20
PAGES = (
    "",
    "en/",
    "zh-Hant/",
    "gaotai/",
    "gaotai/inpatient/",
    "en/gaotai/inpatient/",
    "gaotai/changes/",
    "estimator/",
    "search/",
    "glossary/",
    "sources/",
    "absent/",
    "open-data/",
    "about/",
    "offline/",
    "authors/",
    "en/authors/fields/",
)
TYPES = {
    ".html": "text/html; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".wasm": "application/wasm",
    ".bin": "application/octet-stream",
    ".json": "application/json",
    ".xml": "application/xml",
    ".svg": "image/svg+xml",
    ".webmanifest": "application/manifest+json",
}


@dataclass(frozen=True, slots=True)
class Served:
    """The site as one of the servers hands it out; the address ends in a slash."""

    address: str
    site: Path


@dataclass(frozen=True, slots=True)
class Answer:
    status: int
    headers: Message
    body: bytes

    @property
    def type(self) -> str:
        return (self.headers["Content-Type"] or "").lower()


class NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_: Any) -> None:  # noqa: ANN401 - the base class has it so
        return None


OPENER = urllib.request.build_opener(NoRedirect)


def ask(address: str, accept: str = "identity", method: str = "GET") -> Answer:
    request = urllib.request.Request(address, headers={"Accept-Encoding": accept}, method=method)  # noqa: S310 - our own server
    try:
        with OPENER.open(request, timeout=SECONDS_TO_START) as answer:
            return Answer(answer.status, answer.headers, answer.read())
    except urllib.error.HTTPError as error:
        return Answer(error.code, error.headers, error.read())


def changed(text: str, changes: dict[str, str]) -> str:
    """Fit a configuration to this machine: nothing but addresses, ports and folders."""
    for old, new in changes.items():
        assert old in text, old
        text = text.replace(old, new)
    return text


def nginx(folder: Path, site: Path, port: int, name: str) -> list[str]:
    site_file = (SERVING / "nginx" / f"{name}.conf").read_text(encoding="utf-8")
    listens = {"    listen [::]:80;\n": "", "listen 80;": f"listen 127.0.0.1:{port};"}
    paths = {"/etc/nginx/mingbai": str(SERVING / "nginx"), "/var/www/mingbai": str(site)}
    (folder / "mingbai.conf").write_text(changed(site_file, {**listens, **paths}), encoding="utf-8")
    bodies = "".join(
        f"{kind}_temp_path {folder}/{kind};" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    module = SERVERS / "usr/lib/nginx/modules/ngx_http_brotli_static_module.so"
    (folder / "nginx.conf").write_text(
        f"load_module {module}; daemon off; pid {folder}/pid; error_log {folder}/error.log; worker_processes 1;"
        f"{'user root;' if os.geteuid() == 0 else ''} events {{}}"
        f"http {{ access_log off; {bodies} include {folder}/mingbai.conf; }}",
        encoding="utf-8",
    )
    return [str(SERVERS / "usr/sbin/nginx"), "-p", str(folder), "-c", str(folder / "nginx.conf"), "-e", f"{folder}/log"]


def caddy(folder: Path, site: Path, port: int, name: str) -> list[str]:
    text = (SERVING / "caddy" / name).read_text(encoding="utf-8")
    changes = {"mingbai.example {": f"http://127.0.0.1:{port} {{", "/var/www/mingbai": str(site)}
    changes["import site.caddy"] = f"{{\n\tadmin off\n}}\nimport {SERVING}/caddy/site.caddy"
    (folder / "Caddyfile").write_text(changed(text, changes), encoding="utf-8")
    return [str(SERVERS / "usr/bin/caddy"), "run", "--config", str(folder / "Caddyfile"), "--adapter", "caddyfile"]


@contextmanager
def running(command: list[str], folder: Path, port: int) -> Iterator[None]:
    """Run a server until it is no longer needed."""
    kept = {**os.environ, "HOME": str(folder), "XDG_DATA_HOME": str(folder), "XDG_CONFIG_HOME": str(folder)}
    with (folder / "said").open("wb") as said:
        server = subprocess.Popen(command, env=kept, stdout=said, stderr=said)
    try:
        for _ in range(SECONDS_TO_START * 20):
            if server.poll() is not None:
                pytest.fail((folder / "said").read_text(encoding="utf-8"))
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.05)
        yield
    finally:
        server.terminate()
        server.wait(SECONDS_TO_START)


@pytest.fixture(scope="module", params=CASES)
def served(request: pytest.FixtureRequest, site: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    if not (SERVERS / ".unpacked").exists():
        pytest.skip("no web servers: tests/browser/install-browser.sh unpacks them on Debian")
    folder = tmp_path_factory.mktemp(request.param)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
    server, _, below = request.param.partition("-")
    if server == "nginx":
        command = nginx(folder, site, port, "mingbai-below" if below else "mingbai")
    else:
        command = caddy(folder, site, port, "below.Caddyfile" if below else "Caddyfile")
    with running(command, folder, port):
        yield Served(f"http://127.0.0.1:{port}/{'mingbai/' if below else ''}", site)


@pytest.fixture
def watched(browser: Browser, served: Served) -> Iterator[Visit]:
    """A page on this server; when the test is over, nothing may have been against the security policy."""
    context = browser.new_context(viewport={"width": 360, "height": 740})
    page = context.new_page()
    said: list[str] = []
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("console", lambda told: said.append(told.text) if told.type in {"error", "warning"} else None)
    page.add_init_script(
        "addEventListener('securitypolicyviolation', (event) =>"
        " console.error('violation', event.violatedDirective, event.blockedURI, event.sourceFile))"
    )
    visit = Visit(page, context, served.address.rstrip("/"))
    context.on("request", lambda request: visit.requests.append(request))  # noqa: PLW0108 - it wants a function
    yield visit
    context.close()
    assert said == []
    assert {request.url for request in visit.requests if not request.url.startswith(served.address)} == set()


def a_file(served: Served, pattern: str) -> str:
    """Return the address of the first file of the site with such a name."""
    found = next((path for path in sorted(served.site.rglob(pattern)) if path.is_file()), None)
    if found is None:
        pytest.skip(f"the site has no {pattern}")
    return served.address + str(found.relative_to(served.site))


# in the browser


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_estimator_answers(watched: Visit, lang: str) -> None:
    watched.open(lang)
    watched.choose(**COUNTY_STAY)
    assert "1,497.50" in watched.submit()


def test_no_page_does_what_its_policy_forbids(watched: Visit, served: Served) -> None:
    below = served.address.endswith("/mingbai/")  # there only a site_url would lead 404.html to its style
    for address in (*PAGES, *(() if below else ("404.html",))):
        answer = watched.page.goto(served.address + address, wait_until="load")
        assert answer is not None
        assert answer.status == 200, address
        watched.page.wait_for_timeout(50)


def test_search_finds_under_the_policy(watched: Visit, served: Served) -> None:
    watched.page.goto(served.address + "search/")
    watched.page.fill("#mb-query", "住院")
    watched.page.press("#mb-query", "Enter")
    watched.page.wait_for_selector(".mb-search__found a")


def test_two_languages_side_by_side_under_the_policy(watched: Visit, served: Served) -> None:
    watched.page.goto(served.address + "gaotai/inpatient/")
    watched.page.locator(".mb-both-button").first.click()
    watched.page.wait_for_selector(".mb-pair__other")


# over the wire


@pytest.mark.parametrize("suffix", TYPES)
def test_files_have_their_types(served: Served, suffix: str) -> None:
    answer = ask(a_file(served, f"*{suffix}"))
    assert answer.status == 200
    assert answer.type.removesuffix("; charset=utf-8") == TYPES[suffix].removesuffix("; charset=utf-8")
    if "charset" in TYPES[suffix]:
        assert answer.type == TYPES[suffix]


@pytest.mark.parametrize("accept", ["br", "gzip", "identity"])
def test_what_was_compressed_beforehand_is_handed_out(served: Served, accept: str) -> None:
    suffix = {"br": ".br", "gzip": ".gz"}.get(accept, "")
    whole = min(served.site.rglob("*.wasm"))
    answer = ask(served.address + str(whole.relative_to(served.site)), accept)
    assert answer.type == "application/wasm"
    assert answer.body == whole.with_name(whole.name + suffix).read_bytes()
    assert answer.headers["Content-Encoding"] == (accept if suffix else None)
    assert "accept-encoding" in (answer.headers["Vary"] or "accept-encoding").lower()
    if accept == "br":
        assert brotli.decompress(answer.body) == whole.read_bytes()
        assert answer.headers["Vary"]


def test_only_hashed_names_are_kept_for_ever(served: Served) -> None:
    files = [path.relative_to(served.site) for path in served.site.rglob("*") if path.is_file()]
    hashed = [path for path in files if re.search(HASHED_NAME, path.name)]
    assert hashed
    assert ask(served.address + str(hashed[0])).headers["Cache-Control"] == CACHED_FOR_EVER
    for address in ("", "gaotai/", "assets/mingbai.css", "assets/runtime/runtime.json", "data/index.json"):
        answer = ask(served.address + address)
        assert answer.status == 200, address
        assert answer.headers["Cache-Control"] == ASKED_EACH_TIME
        assert answer.headers["ETag"] or answer.headers["Last-Modified"]


@pytest.mark.parametrize("address", ["", "gaotai/inpatient/", "assets/web/worker.js", "no-such-page/", "assets/x.js"])
def test_every_answer_carries_the_headers(served: Served, address: str) -> None:
    headers = ask(served.address + address).headers
    for name, value in security_headers().items():
        assert headers.get_all(name) == [value], name


@pytest.mark.parametrize("address", ["no-such-page/", "x.0123456789abcdef.js", "gaotai/no-such-page"])
def test_what_is_not_there_is_said_so_and_not_kept(served: Served, address: str) -> None:
    answer = ask(served.address + address)
    assert answer.status == 404
    assert "没有这一页" in answer.body.decode()
    assert answer.headers.get_all("Cache-Control") == [ASKED_EACH_TIME]
    assert answer.type == "text/html; charset=utf-8"


@pytest.mark.parametrize("address", ["gaotai", "en/gaotai"])
def test_a_folder_without_its_slash_leads_to_the_page(served: Served, address: str) -> None:
    answer = ask(served.address + address)
    assert answer.status in {301, 302, 308}
    path = "/" + served.address.split("/", maxsplit=3)[3]
    assert answer.headers["Location"].removeprefix("//") in {f"{path}{address}/", f"{address.rpartition('/')[2]}/"}


def test_a_part_of_a_file_can_be_asked_for(served: Served) -> None:
    request = urllib.request.Request(a_file(served, "*.wasm"), headers={"Range": "bytes=1000-1999"})  # noqa: S310 - our own server
    with OPENER.open(request, timeout=SECONDS_TO_START) as answer:
        assert answer.status == 206
        assert len(answer.read()) == 1000
        assert answer.headers["Content-Range"].startswith("bytes 1000-1999/")


# what stands in the pages and in the configurations


def test_every_page_carries_the_policy(site: Path) -> None:
    tag = f'<meta http-equiv="Content-Security-Policy" content="{meta_policy()}">'
    pages = [page for page in site.rglob("*.html") if 'http-equiv="refresh"' not in page.read_text(encoding="utf-8")]
    lacking = [
        str(page)
        for page in pages
        if tag.replace("'", "&#39;") not in page.read_text(encoding="utf-8").replace("'", "&#39;")
    ]
    assert lacking == []


@pytest.mark.parametrize("file", ["nginx/site.conf", "caddy/site.caddy"])
def test_the_configurations_say_what_the_generator_says(file: str) -> None:
    text = (SERVING / file).read_text(encoding="utf-8")
    for name, value in security_headers().items():
        assert f'{name} "{value}"' in text
    assert "unsafe-inline" not in text
    assert "'unsafe-eval'" not in text


def test_the_rule_of_caching_is_the_same_everywhere() -> None:
    for file in ("nginx/http.conf", "caddy/site.caddy"):
        text = (SERVING / file).read_text(encoding="utf-8")
        assert HASHED_NAME in text
        assert f'"{CACHED_FOR_EVER}"' in text
