"""Icons for a phone's start screen: ``python -m tests.icons`` draws docs/assets/icons from docs/assets/icon.svg.

They are committed to the repository: a browser draws them, and the machine that builds a site may have none.
"""

from pathlib import Path

from tests.browser.machine import chromium

ASSETS = Path(__file__).parents[1] / "docs" / "assets"
SIDES = (180, 192, 512)
"""Pixels: iOS, Android's start screen, Android's first screen."""
BACKGROUND = "#0a4f4a"
MARGIN = 0.1
"""Fraction of the side: a mask may cut off this much at each edge (the safe zone is a circle of 80%)."""


def main() -> None:
    """Draw the icons: the picture without round corners, with a margin, on a background that fills the square."""
    drawing = (ASSETS / "icon.svg").read_text(encoding="utf-8").replace('rx="12"', "")
    (ASSETS / "icons").mkdir(exist_ok=True)
    with chromium() as browser:
        for side in SIDES:
            page = browser.new_page(viewport={"width": side, "height": side})
            margin = round(side * MARGIN)
            body = f"body{{margin:0;padding:{margin}px;background:{BACKGROUND}}}"
            style = f"{body}svg{{display:block;width:{side - 2 * margin}px}}"
            page.set_content(f"<style>{style}</style>{drawing}")
            page.screenshot(path=ASSETS / "icons" / f"{side}.png")
            page.close()


if __name__ == "__main__":
    main()
