"""Every screen and state of the estimator and the quick answer: ``make gallery`` fills build/gallery.

One page, index.html, for reviewers of wording and appearance; it is not published.
"""

import os
import sys
from dataclasses import dataclass, field
from html import escape
from pathlib import Path

import pypdfium2
from playwright.sync_api import Browser, Page

from tests.browser.conftest import PATHS, Visit, visiting
from tests.browser.journeys import DESK, PHONE
from tests.browser.machine import ROOT, chromium, serve
from tests.gallery_asking import ASKING
from tests.gallery_camera import Camera, Shoot
from tests.gallery_showing import SHOWING, WITHOUT_SCRIPTS

TARGET = ROOT / "build" / "gallery"
TALLEST = 5000
"""Pixels; taller pages are cut off below."""

HEAD = """<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Mingbai: gallery</title>
<style>
body { font: 16px/1.5 sans-serif; margin: 1rem; background: #e4e2dc; color: #222; }
nav { columns: 18rem; }
.row { display: flex; flex-wrap: wrap; gap: 1rem; align-items: flex-start; }
figure { margin: 0; max-width: 100%; }
img { display: block; max-width: 100%; border: 1px solid #888; background: #fff; }
figcaption { font-size: .8rem; }
</style>
<h1>Gallery</h1>
"""


@dataclass(slots=True)
class Gallery:
    """The pictures taken so far: file names by caption, captions in the order of their first picture."""

    browser: Browser
    taken: dict[str, list[str]] = field(default_factory=dict)

    def take(self, page: Page, lang: str, scene: str, caption: str, selector: str = "") -> None:
        """Take a picture of a whole page, or of the element with the selector `selector`."""
        size = page.viewport_size or PHONE
        page_height = min(page.evaluate("document.documentElement.scrollHeight"), TALLEST)
        file = self._file(caption, scene, f"{lang}-{size['width']}.png")
        if selector:
            page.locator(selector).first.screenshot(path=file, animations="disabled")
            return
        clip = {"x": 0, "y": 0, "width": size["width"], "height": max(page_height, size["height"])}
        page.screenshot(path=file, full_page=True, clip=clip, animations="disabled")  # type: ignore[arg-type]

    def take_sheets(self, page: Page, lang: str, scene: str, caption: str) -> None:
        """Take a picture of each sheet of a page's print-out."""
        for number, sheet in enumerate(pypdfium2.PdfDocument(page.pdf(prefer_css_page_size=True)), 1):
            file = self._file(caption, scene, f"{lang}-paper-{number}.png")
            sheet.render(scale=1.2).to_pil().save(file)

    def _file(self, caption: str, scene: str, suffix: str) -> Path:
        number = list(self.taken).index(caption) if caption in self.taken else len(self.taken)
        name = f"{number:03}-{scene}-{suffix}"
        self.taken.setdefault(caption, []).append(name)
        return TARGET / name

    def write(self) -> None:
        """Write index.html."""
        links, rows = [], []
        for number, (caption, files) in enumerate(self.taken.items()):
            links.append(f'<a href="#{number}">{escape(caption)}</a><br>')
            figures = "".join(
                f'<figure><img src="{name}" alt="" loading="lazy"><figcaption>{name}</figcaption></figure>'
                for name in sorted(files, key=_sort_key)
            )
            rows.append(f'<h2 id="{number}">{escape(caption)}</h2>\n<div class="row">{figures}</div>\n')
        html = f"{HEAD}<nav>{''.join(links)}</nav>\n{''.join(rows)}"
        (TARGET / "index.html").write_text(html, encoding="utf-8")


def _sort_key(name: str) -> tuple[bool, bool, str]:
    """Sort phones before desktops, and Chinese before English."""
    return name.endswith("-1280.png"), "-en-" in name, name


def main() -> None:
    """Play every scene in both languages, or the scenes named on the command line, and take the pictures."""
    site = Path(os.environ.get("MINGBAI_TEST_SITE") or ROOT / "build" / "test-site")
    if not (site / "index.html").is_file():
        sys.exit(f"there is no built site in {site}: run `make gallery`")
    TARGET.mkdir(parents=True, exist_ok=True)
    for old in TARGET.glob("*.png"):
        old.unlink()
    selected = sys.argv[1:]
    with serve(site) as server, chromium() as browser:
        gallery = Gallery(browser)
        for scene, (play, desk_too) in {**ASKING, **SHOWING}.items():
            if selected and scene not in selected:
                continue
            for lang in PATHS:
                for size in (PHONE, DESK) if desk_too else (PHONE,):
                    with visiting(browser, server) as visit:
                        visit.page.set_viewport_size(size)
                        play(Camera(visit, lang, _make_shoot(gallery, visit, lang, scene)))
            sys.stderr.write(f"{scene}\n")
        if not selected or "no-script" in selected:
            for caption, path in WITHOUT_SCRIPTS.items():
                _without_scripts(gallery, server, caption, path)
        gallery.write()
    sys.stdout.write(f"{TARGET / 'index.html'}\n")


def _make_shoot(gallery: Gallery, visit: Visit, lang: str, scene: str) -> Shoot:
    def shoot(caption: str, selector: str = "", *, paper: bool = False) -> None:
        visit.page.add_style_tag(content=".mb-keep { display: none }")  # no service worker here, so it complains
        if paper:
            gallery.take_sheets(visit.page, lang, scene, caption)
        else:
            gallery.take(visit.page, lang, scene, caption, selector)

    return shoot


def _without_scripts(gallery: Gallery, server: str, caption: str, path: str) -> None:
    context = gallery.browser.new_context(java_script_enabled=False, viewport=PHONE)
    for lang, folder in (("zh", "/"), ("en", "/en/")):
        page = context.new_page()
        page.goto(f"{server}{folder}{path}")
        gallery.take(page, lang, "no-script", caption)
    context.close()


if __name__ == "__main__":
    main()
