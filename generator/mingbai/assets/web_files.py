"""Scripts and styles of the site: at which address each is published, and from which files it is made.

The sources lie in folders by subject, the addresses stay as they are. A script is published without its comments and
with the addresses that it imports; a style is its sources one after the other; the estimator's page is one script, as a
phone waits for each file anew.
"""

import posixpath
from pathlib import Path

from mingbai.assets.bundle_js import imports_renamed, joined, without_comments
from mingbai.core.resources import beside

_WEB, _ASSETS = "calculator/web/", "docs/assets/"

_ESTIMATOR = "assets/web/estimator.js"
_ENTRY = "app/estimator"
"""The estimator's first module, inside `_WEB`."""

SCRIPTS = {
    "assets/display.js": f"{_ASSETS}display/display.js",
    "assets/languages.js": f"{_ASSETS}languages/languages.js",
    "assets/mingbai.js": f"{_ASSETS}frame/page.js",
    "assets/moment.js": f"{_ASSETS}today/today.js",
    "assets/offline-diag.js": f"{_ASSETS}offline/diagnosis.js",
    "assets/offline-page.js": f"{_ASSETS}offline/kept-pages.js",
    "assets/offline.js": f"{_ASSETS}offline/register.js",
    "assets/sw.js": f"{_ASSETS}offline/service-worker.js",  # `offline_manifest` puts it at the root of the site
    "assets/quick/answer.js": f"{_ASSETS}quick/answer.js",
    "assets/quick/start.js": f"{_ASSETS}quick/start.js",
    "assets/quick/table.js": f"{_ASSETS}quick/table.js",
    "assets/search/engine.js": f"{_ASSETS}search/engine.js",
    "assets/search/everyday.js": f"{_ASSETS}search/everyday.js",
    "assets/search/results.js": f"{_ASSETS}search/results.js",
    "assets/search/start.js": f"{_ASSETS}search/start.js",
    # what pages beside the estimator's import
    "assets/web/dom.js": f"{_WEB}shared/dom.js",
    "assets/web/early.js": f"{_WEB}engine/preload.js",
    "assets/web/engine.js": f"{_WEB}engine/client.js",
    "assets/web/numbers.js": f"{_WEB}shared/numbers.js",
    "assets/web/read-number.js": f"{_WEB}shared/read-number.js",
    "assets/web/texts.js": f"{_WEB}shared/fetch-text.js",
    # what the calculator's worker loads
    "assets/web/boot.js": f"{_WEB}engine/boot.js",
    "assets/web/download.js": f"{_WEB}engine/download.js",
    "assets/web/snapshot.js": f"{_WEB}engine/snapshot.js",
    "assets/web/worker.js": f"{_WEB}engine/worker.js",
}
"""The source of each script that is published by itself."""

STYLES = {
    "assets/mingbai.css": (
        f"{_ASSETS}frame/tokens.css",
        f"{_ASSETS}frame/base.css",
        f"{_ASSETS}frame/head.css",
        f"{_ASSETS}display/display.css",
        f"{_ASSETS}content/text.css",
        f"{_ASSETS}today/today.css",
        f"{_ASSETS}content/lists.css",
        f"{_ASSETS}content/fold.css",
        f"{_ASSETS}content/tables.css",
        f"{_ASSETS}content/definitions.css",
        f"{_ASSETS}content/examples.css",
        f"{_ASSETS}content/payers.css",
        f"{_ASSETS}languages/languages.css",
        f"{_ASSETS}search/search.css",
        f"{_ASSETS}offline/offline.css",
        f"{_ASSETS}frame/foot.css",
        f"{_ASSETS}frame/print.css",
    ),
    "assets/quick/quick.css": (f"{_ASSETS}quick/quick.css",),
    "assets/web/estimator.css": (
        f"{_WEB}shared/base.css",
        f"{_WEB}form/questions.css",
        f"{_WEB}shared/fold.css",
        f"{_WEB}shared/buttons.css",
        f"{_WEB}modes/wizard/wizard.css",
        f"{_WEB}modes/household/household.css",
        f"{_WEB}app/status.css",
        f"{_WEB}app/print.css",
    ),
    "assets/web/result.css": (
        f"{_WEB}result/answer.css",
        f"{_WEB}result/bars.css",
        f"{_WEB}result/payers.css",
        f"{_WEB}result/missing-numbers.css",
        f"{_WEB}result/result.css",
        f"{_WEB}result/tables.css",
        f"{_WEB}result/next-steps.css",
        f"{_WEB}result/forms.css",
        f"{_WEB}result/share.css",
        f"{_WEB}result/print-sheet.css",
    ),
}
"""The sources of each style sheet, in the order in which they are put together: a later rule wins."""

_ADDRESSES = {source: address for address, source in SCRIPTS.items()}
OF_DOCS = frozenset(
    source.removeprefix("docs/")
    for source in [*SCRIPTS.values(), *(source for sources in STYLES.values() for source in sources)]
    if source.startswith(_ASSETS)
)
"""The sources inside MkDocs' folder, which are not published as they lie there."""


def web_file(address: str, root: Path) -> str:
    """Return the script or style sheet at an address of a site in the folder `root`."""
    if address == _ESTIMATOR:
        return without_comments(joined(beside(root, _WEB), _ENTRY))
    if address in STYLES:
        return "\n".join(_text(root, source) for source in STYLES[address])
    source = SCRIPTS[address]

    def imported(path: str) -> str:
        other = posixpath.normpath(posixpath.join(posixpath.dirname(source), path))
        found = posixpath.relpath(_ADDRESSES[other], posixpath.dirname(address))
        return found if found.startswith("../") else f"./{found}"

    return without_comments(imports_renamed(_text(root, source), imported))


def write_web(site: Path, root: Path) -> None:
    """Write all scripts and styles of a site; `root` is the folder of its mkdocs.yml."""
    for address in (_ESTIMATOR, *SCRIPTS, *STYLES):
        (site / address).parent.mkdir(parents=True, exist_ok=True)
        (site / address).write_text(web_file(address, root), encoding="utf-8")


def _text(root: Path, source: str) -> str:
    return beside(root, source).read_text(encoding="utf-8")
