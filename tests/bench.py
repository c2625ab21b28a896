"""Benchmarks: ``make bench`` prints one JSON object a line: name, value, unit.

Timings are medians of interleaved runs; machines are noisy, so ratios to a hand-written function in the
same run are more reliable than seconds.
"""

import json
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from html import unescape
from pathlib import Path
from typing import Any

import brotli

from mingbai.assets.runtime import write_runtime
from mingbai.bundle.estimator.estimator_bundle import make_estimator_bundle
from mingbai.checks.policies import compiled_bundle
from mingbai_calculator import estimate
from mingbai_calculator.core.facts import Facts
from mingbai_calculator.engine.ruleset import make_ruleset
from mingbai_calculator.kinds.claim import YearLedger
from mingbai_calculator.law.vocabulary import get_vocabulary
from mingbai_calculator.request.vocabulary import fill_defaults, read_facts
from mingbai_calculator.result.phrases import make_speaker
from tests.browser.boot_speed import boot_speed
from tests.browser.machine import CHROMIUM, FLAGS, ROOT, serve
from tests.browser.pyodide_speed import estimates_per_second
from tests.build_speed import build_speed
from tests.cards_speed import cards_speed

DAY = date(2016, 3, 1)
FACTS: dict[str, Any] = {
    "registered_poor": True,
    "insured": True,
    "visit": "inpatient",
    "hospital_level": "city",
    "designated": True,
    "diagnoses": ["gaotai_major_50"],
    "total_cost": "50000",
    "tcm_cost": "1000",
}
INPUTS = {"gaotai/serious-illness.rate": "0.60", "gaotai/major-disease-50.limit": "30000"}
EXPECTED_PAYMENTS = [("basic", 100_000), ("basic", 2_100_000), ("serious", 1_500_000), ("aid", 300_000)]
ROUNDS = 7
_LINKED_FILE = re.compile(r'(?:src|href)="([^"#]+\.(?:js|css|svg|webmanifest))"')
SITE = Path(os.environ.get("MINGBAI_TEST_SITE") or ROOT / "build" / "test-site")


def report(name: str, value: float, unit: str) -> None:
    sys.stdout.write(json.dumps({"name": name, "value": round(value, 3), "unit": unit}) + "\n")
    sys.stdout.flush()


def settle_by_hand(total: int, tcm: int, limit: int) -> list[tuple[str, int]]:
    """Settle the benchmark's bill with code written for this one case: the baseline. Return payers and amounts in fen.

    `total`, `tcm` (the cost of traditional Chinese medicine) and `limit` are in fen.
    """
    left, lines = total, []
    for payer, amount in (("basic", tcm), ("basic", (14_000 * min(left - tcm, limit) + 10_000) // 20_000)):
        left -= amount
        lines.append((payer, amount))
    over = max(0, left - 300_000)
    serious = (12_000 * over + 10_000) // 20_000
    left -= serious
    short = 8_000 * total - 10_000 * (total - left)
    lines += [("serious", serious), ("aid", max(0, min(left, (2 * short + 10_000) // 20_000)))]
    return lines


def measure_seconds(functions: dict[str, Callable[[], object]], times: int) -> dict[str, float]:
    """Return the median seconds of one call of each function, by name; the functions run in turns."""
    times_taken: dict[str, list[float]] = {name: [] for name in functions}
    for _ in range(ROUNDS):
        for name, function in functions.items():
            start = time.perf_counter()
            for _ in range(times):
                function()
            times_taken[name].append((time.perf_counter() - start) / times)
    return {name: statistics.median(seconds) for name, seconds in times_taken.items()}


def measure_calculator(bundle: dict[str, Any]) -> None:
    ruleset = make_ruleset(bundle, "gaotai", DAY)
    faults: list[Any] = []
    vocabulary = get_vocabulary(bundle)
    facts, _ = fill_defaults(read_facts(FACTS, vocabulary, faults), vocabulary)
    facts = Facts({**facts, "gaotai/serious-illness.rate": 6_000, "gaotai/major-disease-50.limit": 3_000_000})
    speak = make_speaker(bundle, "zh")
    claim = ruleset.settle(facts, YearLedger())
    if claim is None or [amount for _, amount in EXPECTED_PAYMENTS] != [payment.amount for payment in claim.payments]:
        raise AssertionError("the benchmark's bill is settled differently")
    if settle_by_hand(5_000_000, 100_000, 3_000_000) != EXPECTED_PAYMENTS:
        raise AssertionError("the baseline settles the bill differently")

    def settle_and_explain() -> list[str]:
        claim = ruleset.settle(facts, YearLedger())
        return (
            [speak.payment(ruleset.versions[payment.policy].kind, payment) for payment in claim.payments]
            if claim
            else []
        )

    settlements = measure_seconds(
        {
            "hand": lambda: settle_by_hand(5_000_000, 100_000, 3_000_000),
            "settle": lambda: ruleset.settle(facts, YearLedger()),
            "explain": settle_and_explain,
        },
        2000,
    )
    report("settlement of four payers", 1 / settlements["settle"], "per second")
    report("settlement with explanation in one language", 1 / settlements["explain"], "per second")
    report("settlement / function by hand", settlements["settle"] / settlements["hand"], "ratio")

    request = {"place": "gaotai", "date": DAY.isoformat(), "facts": FACTS, "inputs": INPUTS}
    hidden = [name for name in FACTS if name not in ("total_cost", "tcm_cost")]
    partly = {name: value for name, value in FACTS.items() if name not in hidden[:2]}
    nothing = {"total_cost": "50000"}
    estimates = measure_seconds(
        {
            "complete": lambda: estimate(bundle, request),
            "two": lambda: estimate(bundle, {**request, "facts": partly}),
            "all": lambda: estimate(bundle, {**request, "facts": nothing, "inputs": {}}),
        },
        10,
    )
    report("whole estimate, all known", estimates["complete"] * 1000, "ms")
    report("whole estimate, two facts unknown / all known", estimates["two"] / estimates["complete"], "ratio")
    report("whole estimate, only the bill known / all known", estimates["all"] / estimates["complete"], "ratio")
    report("estimates in Pyodide / CPython (time)", 1 / estimates_per_second(request) / estimates["complete"], "ratio")


def measure_cold_import() -> None:
    def run(code: str) -> float:
        start = time.perf_counter()
        subprocess.run([sys.executable, "-I", "-c", code], check=True)
        return time.perf_counter() - start

    pairs = [(run("pass"), run("import mingbai_calculator")) for _ in range(ROUNDS)]
    report("cold import of the engine", statistics.median(after - before for before, after in pairs) * 1000, "ms")


def measure_sizes(bundle: dict[str, Any]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        manifest = write_runtime(Path(folder), ROOT / "node_modules/pyodide", ROOT / "calculator")
        for role, file in manifest.files.items():
            report(f"runtime, brotli: {role}", file.packed / 1e6, "MB")
        report("runtime, brotli", sum(file.packed for file in manifest.files.values()) / 1e6, "MB")
        packed = Path(folder).rglob("*.gz")
        report("runtime, gzip", sum(file.stat().st_size for file in packed) / 1e6, "MB")
    for name, data in {
        "bundle with everything": bundle,
        "rules of all places": make_estimator_bundle(bundle, list(bundle["places"])),
        "rules of gaotai": make_estimator_bundle(bundle, ["gaotai"]),
    }.items():
        text = json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode()
        report(f"{name}, brotli", len(brotli.compress(text)) / 1000, "kB")


def measure_page_weights() -> None:
    """Report what a phone downloads (kB of brotli): first views, the service worker, the search index."""

    def measure_kilobytes(*files: Path) -> float:
        return sum(len(brotli.compress(file.read_bytes())) for file in files) / 1000

    for name, path in {
        "home": "",
        "policy page": "gaotai/inpatient/",
        "estimator, before it starts": "estimator/",
    }.items():
        page = SITE / path / "index.html"
        linked = _LINKED_FILE.findall(unescape(page.read_text(encoding="utf-8")))
        files = {(page.parent / address).resolve() for address in linked}
        report(f"first view, {name}", measure_kilobytes(page, *(file for file in files if file.is_file())), "kB")
    report("service worker", measure_kilobytes(SITE / "sw.js"), "kB")
    report("index of the search, all places, one language", measure_kilobytes(*SITE.glob("data/search.zh.*json")), "kB")


def measure_boot() -> None:
    """Report the time to the first estimate, ours against stock Pyodide."""
    request = {"place": "gaotai", "date": DAY.isoformat(), "lang": "zh", "facts": FACTS, "inputs": INPUTS}
    for measurement in boot_speed(SITE, request):
        report(*measurement)


def copy_place(policies: Path, files: int) -> None:
    """Fill the new folder `policies` with at least `files` files: copies of a real place, each with its own name."""
    policies.mkdir()
    for file in (ROOT / "policies").glob("*.yaml"):
        shutil.copy(file, policies)
    real = {file: file.read_text(encoding="utf-8") for file in sorted((ROOT / "policies/gaotai").rglob("*.yaml"))}
    for number in range(-(-files // len(real))):
        for file, text in real.items():
            copy = policies / f"made-up-{number}" / file.relative_to(ROOT / "policies/gaotai")
            copy.parent.mkdir(parents=True, exist_ok=True)
            own = text.replace("gaotai/", f"made-up-{number}/").replace("id: gaotai", f"id: made-up-{number}")
            copy.write_text(own.replace("parent: gansu", ""), encoding="utf-8")


def measure_check() -> None:
    """Time `mingbai check`, processes and imports included."""
    program = [str(Path(sys.executable).parent / "mingbai"), "check", "--policies"]

    def check(policies: Path, cwd: Path) -> float:
        start = time.perf_counter()
        subprocess.run([*program, str(policies)], cwd=cwd, check=True, capture_output=True)
        return time.perf_counter() - start

    with tempfile.TemporaryDirectory() as folder:
        here = Path(folder)
        report("check of the real policies, first time", check(ROOT / "policies", here), "s")
        report("check of the real policies, unchanged", check(ROOT / "policies", here), "s")
        policies = here / "policies"
        copy_place(policies, 1000)
        report("check of 1,000 policy files, first time", check(policies, here), "s")
        report("check of 1,000 policy files, unchanged", check(policies, here), "s")
        edited = policies / "made-up-3/inpatient/2016-01-01.yaml"
        edited.write_text(edited.read_text(encoding="utf-8") + "# an edit\n", encoding="utf-8")
        report("check of 1,000 policy files, after one edit", check(policies, here), "s")


def measure_build() -> None:
    """Time the build of a whole site as the number of policies grows."""
    for measurement in build_speed():
        report(*measurement)


def measure_lighthouse() -> None:
    """Report Lighthouse's scores (mobile, of 1) of the home page and a policy page."""
    node, program = Path(sys.executable).parent / "node", ROOT / "node_modules/lighthouse/cli/index.js"
    flags = ["--quiet", "--output=json", "--output-path=stdout", f"--chrome-flags=--headless=new {' '.join(FLAGS)}"]
    environment = {**os.environ, **({"CHROME_PATH": str(CHROMIUM)} if CHROMIUM.exists() else {})}
    with serve(SITE) as address:
        for name, path in {"home": "", "policy page": "gaotai/inpatient/"}.items():
            command = [str(node), str(program), f"{address}/{path}", *flags]
            process = subprocess.run(command, env=environment, check=True, capture_output=True, text=True)
            categories = json.loads(process.stdout)["categories"]
            for category in ("performance", "accessibility", "best-practices", "seo"):
                report(f"Lighthouse, {name}: {category}", categories[category]["score"], "of 1")


def measure_cards() -> None:
    """Time `mingbai cards` for many households, and report its memory."""
    with tempfile.TemporaryDirectory() as folder:
        speed = cards_speed(Path(folder))
    report("cards of 500 households", speed.seconds, "s")
    report("cards of 500 households, all cores together", speed.cpu, "s")
    report("cards of 500 households, memory", speed.megabytes, "MB")


def main() -> None:
    """Run every benchmark."""
    bundle = compiled_bundle(ROOT / "policies")
    measure_calculator(bundle)
    measure_cold_import()
    measure_sizes(bundle)
    measure_page_weights()
    measure_boot()
    measure_check()
    measure_build()
    measure_cards()
    measure_lighthouse()


if __name__ == "__main__":
    main()
