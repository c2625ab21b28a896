"""The site on a phone's start screen: its manifest; and the page that says what a phone can do."""

from typing import Any

from mingbai.bundle.routes import relative
from mingbai.i18n.languages import Languages
from mingbai.i18n.site_catalogue import catalogue
from mingbai.pages.wording.language import Json, Language

SCRIPT = "assets/offline-diag.js"
ICONS = {"192": "assets/icons/192.png", "512": "assets/icons/512.png"}
"""Square pictures by their side in pixels; `python -m tests.icons` draws them anew."""

_COLOUR, _PAPER = "#0a4f4a", "#fdfbf6"
"""As in docs/assets/frame/tokens.css."""


def diag_page(speaks: Language, languages: Languages) -> dict[str, Any]:
    """Return what the template of the page about the phone needs."""
    return {
        "ui": catalogue("offline", speaks.id, languages).texts["diag"],
        "instead": languages.instead(speaks.id),
        "script_url": relative(f"{speaks.prefix}diag.md", SCRIPT),
    }


def web_manifest(speaks: Language, languages: Languages) -> Json:
    """Return the web app manifest of a language, to lie in its folder: what a phone needs to install the site.

    All languages are one site: the scope is its root. The pictures' margins are wide enough for any mask.
    """
    up = "../" * speaks.prefix.count("/")
    icons = [
        {"src": up + path, "sizes": f"{side}x{side}", "type": "image/png", "purpose": purpose}
        for side, path in ICONS.items()
        for purpose in ("any", "maskable")
    ]
    return {
        "id": "./",
        "name": f"{speaks.say('frame.site_name')} {speaks.say('frame.tagline')}",
        "short_name": catalogue("offline", speaks.id, languages).say("short_name"),
        "description": speaks.say("frame.disclaimer"),
        "lang": speaks.entry.tag,
        "dir": speaks.entry.direction,
        "start_url": "./",
        "scope": up or "./",
        "display": "standalone",
        "theme_color": _COLOUR,
        "background_color": _PAPER,
        "icons": icons,
    }
