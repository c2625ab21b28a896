"""Benchmark of the time to the first estimate: our runtime against stock Pyodide of the same version, in one run.

A browser throttles its window on demand, but not its workers; so both boot in the window here, and only
the ratio is meaningful. On the real page a worker does the same work beside the window.
"""

import json
import shutil
import statistics
import tempfile
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, BrowserContext, CDPSession

from mingbai.assets.esbuild import SCRIPT, bundle
from mingbai.assets.precompress import write_compressed
from mingbai.assets.runtime import read_calculator_sources
from tests.browser.boot_server import serving
from tests.browser.machine import chromium

ROOT = Path(__file__).parents[2]
STOCK = ("pyodide.js", "pyodide.asm.js", "pyodide.asm.wasm", "python_stdlib.zip", "pyodide-lock.json")
SCRIPTS = ("download.js", "boot.js", "snapshot.js")
TIMEOUT_MS = 240_000
ROUNDS = 3
CPUS = (1, 4, 6)
NETWORKS = {"slow 4G": (1_600_000, 150), "3G": (400_000, 400)}
"""Name -> bits per second, and round-trip time in milliseconds."""

STOCK_PAGE = """<!doctype html><meta charset="utf-8"><title>stock</title><script src="pyodide.js"></script><script>
async function run(request) {
  const python = await loadPyodide()
  const wheel = await (await fetch("calculator.whl")).arrayBuffer()
  python.unpackArchive(wheel, "zip")
  const calculator = python.runPython("from mingbai_calculator.browser import calculator; calculator")
  const rules = await (await fetch("../rules.json")).text()
  calculator(rules)(request, "zh").toJs()
  return performance.now()
}
</script>"""
OUR_PAGE = """<!doctype html><meta charset="utf-8"><title>ours</title><script>
self.importScripts = (...urls) => {  // what a worker has; Pyodide must not take this window for one
  delete self.importScripts
  for (const url of urls) {
    const request = new XMLHttpRequest()
    request.open("GET", url, false)
    request.send()
    ;(0, eval)(request.responseText)
  }
}
</script>%s<script>
const runtime = new URL("runtime/", location.href).href
const options = {cache: "default", stallSeconds: 60, progress: () => {}, untilOnline: (error) => Promise.reject(error)}
const began = (async () => {
  const rules = fetch("rules.json").then((response) => response.text())
  const manifest = await (await fetch(runtime + "runtime.json")).json()
  const files = {}
  for (const [role, file] of Object.entries(manifest.files)) {
    files[role] = download(runtime + file.path, file, options, role === "wasm" ? compileStream : undefined)
  }
  return {rules, manifest, files}
})()
async function run(request) {
  const {rules, manifest, files} = await began
  const found = location.hash === "#snapshot" ? await readSnapshot(snapshotAddress(runtime, manifest)) : null
  if (location.hash === "#snapshot" && !found) throw new Error("there is no snapshot")
  const extra = found ? {_loadSnapshot: Promise.resolve(found)} : {}
  const {calculator} = await bootPython(runtime, manifest, files, extra)
  calculator(await rules)(request, "zh").toJs()
  return performance.now()
}
async function keep() {
  const {manifest, files} = await began
  const {python, calculator} = await bootPython(runtime, manifest, files, {_makeSnapshot: true})
  calculator.destroy()
  python.runPython("import gc; gc.collect()")
  return saveSnapshot(snapshotAddress(runtime, manifest), python.makeMemorySnapshot())
}
</script>"""


@dataclass(frozen=True, slots=True)
class Visit:
    """One visit: milliseconds from the click to the first estimate, and bytes received over the network."""

    ms: float
    bytes: float


def lay_out(folder: Path, site: Path) -> None:
    """Write both variants of the page into a folder: ours at the top, the stock one in ``stock/``."""
    (folder / "stock").mkdir()
    for name in STOCK:
        shutil.copy(ROOT / "node_modules/pyodide" / name, folder / "stock")
    with zipfile.ZipFile(folder / "stock/calculator.whl", "w", zipfile.ZIP_DEFLATED) as wheel:
        for name, content in read_calculator_sources(ROOT / "calculator").items():
            wheel.writestr(name, content)
    (folder / "stock/index.html").write_text(STOCK_PAGE, encoding="utf-8")
    shutil.copytree(site / "assets/runtime", folder / "runtime")
    shutil.copy(site / "data/estimator.json", folder / "rules.json")
    modules = [f'export * from "{ROOT / "calculator/web/engine" / name}";' for name in SCRIPTS]
    (folder / "ours.js").write_text("\n".join(modules), encoding="utf-8")
    options = [*SCRIPT, "--format=iife", "--global-name=ours", "--footer:js=Object.assign(window, ours)"]
    bundles = bundle(folder, ROOT / "node_modules", {"ours.js": "ours.js"}, options)
    (folder / "ours.js").write_text(bundles["ours.js"], encoding="utf-8")
    (folder / "index.html").write_text(OUR_PAGE % '<script src="ours.js"></script>', encoding="utf-8")
    # The stock library is a deflated zip already: it is not compressed again.
    write_compressed(file for file in folder.rglob("*") if file.is_file() and "runtime" not in file.parts)


def throttle(session: CDPSession, cpu: int, network: str | None) -> None:
    session.send("Network.enable")
    session.send("Emulation.setCPUThrottlingRate", {"rate": cpu})
    bits, latency = NETWORKS.get(network or "", (0, 0))
    speed = bits / 8 or -1
    limits = {"offline": False, "latency": latency, "downloadThroughput": speed, "uploadThroughput": speed}
    session.send("Network.emulateNetworkConditions", limits)


def measure_visit(context: BrowserContext, url: str, request: str, cpu: int, network: str | None = None) -> Visit:
    """Open a page, run one estimate, close the page; return the visit. `cpu` is the slow-down factor of the CPU."""
    page = context.new_page()
    page.set_default_timeout(TIMEOUT_MS)
    session = context.new_cdp_session(page)
    received: list[float] = []
    session.on("Network.loadingFinished", lambda event: received.append(event["encodedDataLength"]))
    throttle(session, cpu, network)
    page.goto(url, wait_until="commit", timeout=TIMEOUT_MS)
    page.wait_for_function("typeof run === 'function'", timeout=TIMEOUT_MS)
    ms: float = page.evaluate("(request) => run(request)", request)
    page.close()
    return Visit(ms, sum(received))


def measure_boots(browser: Browser, server: str, request: str, cpu: int) -> Iterator[tuple[str, Visit]]:
    """Yield one round of visits with their names; ours and stock take turns."""
    ours, stock = browser.new_context(), browser.new_context()
    yield "cold, stock", measure_visit(stock, f"{server}/stock/", request, cpu)
    yield "cold, ours", measure_visit(ours, f"{server}/", request, cpu)
    yield "warm, stock", measure_visit(stock, f"{server}/stock/", request, cpu)
    yield "warm, ours", measure_visit(ours, f"{server}/", request, cpu)
    page = ours.new_page()
    page.goto(f"{server}/")
    saved = page.evaluate("keep()")
    page.close()
    if not saved:
        raise AssertionError("no snapshot was kept")
    yield "warm with snapshot, ours", measure_visit(ours, f"{server}/#snapshot", request, cpu)
    ours.close()
    stock.close()


def boot_speed(site: Path, request: dict[str, Any], *, rounds: int = ROUNDS) -> Iterator[tuple[str, float, str]]:
    """Yield measurements: name, value, unit."""
    text = json.dumps(request)
    with tempfile.TemporaryDirectory() as name, chromium() as browser:
        folder = Path(name)
        lay_out(folder, site)
        with serving(folder) as server:
            for cpu in CPUS:
                yield from _measure_cpu(browser, server, text, cpu, rounds)
            for network in NETWORKS:
                yield from _measure_network(browser, server, text, network)


def _measure_cpu(
    browser: Browser, server: str, request: str, cpu: int, rounds: int
) -> Iterator[tuple[str, float, str]]:
    visits_by_name: dict[str, list[Visit]] = {}
    for _ in range(rounds):
        for name, visit in measure_boots(browser, server, request, cpu):
            visits_by_name.setdefault(name, []).append(visit)
    ms = {name: statistics.median(visit.ms for visit in visits) for name, visits in visits_by_name.items()}
    if cpu == 1:
        bytes_sent = {name: visits[0].bytes for name, visits in visits_by_name.items()}
        for variant in ("stock", "ours"):
            yield f"bytes of the first visit, {variant}", bytes_sent[f"cold, {variant}"] / 1e6, "MB"
        yield "bytes of the first visit, ours / stock", bytes_sent["cold, ours"] / bytes_sent["cold, stock"], "ratio"
    for name, value in ms.items():
        yield f"boot at {cpu}x slower CPU: {name}", value, "ms"
    for name, against in (("cold", "cold"), ("warm", "warm"), ("warm with snapshot", "warm")):
        yield f"boot at {cpu}x slower CPU: {name}, ours / stock", ms[f"{name}, ours"] / ms[f"{against}, stock"], "ratio"


def _measure_network(browser: Browser, server: str, request: str, network: str) -> Iterator[tuple[str, float, str]]:
    ms = {}
    for variant, path in (("stock", "/stock/"), ("ours", "/")):
        context = browser.new_context()
        ms[variant] = measure_visit(context, server + path, request, 4, network).ms
        context.close()
        yield f"cold boot at 4x slower CPU on {network}: {variant}", ms[variant], "ms"
    yield f"cold boot at 4x slower CPU on {network}: ours / stock", ms["ours"] / ms["stock"], "ratio"
