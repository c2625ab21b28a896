"""Web app manifest for installing the site on a phone, and the page that diagnoses a phone's abilities."""

from typing import Any

from mingbai.bundle.routes import relative_address
from mingbai.i18n.languages import Languages
from mingbai.pages.wording.language import Json, Language

SCRIPT = "assets/offline-diag.js"
ICONS = {"192": "assets/icons/192.png", "512": "assets/icons/512.png"}
"""Square icons by their side in pixels; `python -m tests.icons` generates them."""

_COLOUR, _PAPER = "#0a4f4a", "#fdfbf6"
"""The same colours as in docs/assets/frame/tokens.css."""


def make_diag_page(language: Language, languages: Languages) -> dict[str, Any]:
    """Return the template variables of the page that diagnoses a phone."""
    return {
        "ui": language.part("offline.diag"),
        "instead": languages.fallbacks(language.id),
        "script_url": relative_address(f"{language.prefix}diag.md", SCRIPT),
    }


def make_web_manifest(language: Language) -> Json:
    """Return the web app manifest of a language, which is written to the folder of the language.

    All languages are one app: the scope is the root of the site. The margins of the icons are wide enough for any mask.
    """
    root = "../" * language.prefix.count("/")
    icons = [
        {"src": root + path, "sizes": f"{side}x{side}", "type": "image/png", "purpose": purpose}
        for side, path in ICONS.items()
        for purpose in ("any", "maskable")
    ]
    return {
        "id": "./",
        "name": f"{language.say('frame.site_name')} {language.say('frame.tagline')}",
        "short_name": language.say("offline.short_name"),
        "description": language.say("frame.disclaimer"),
        "lang": language.entry.tag,
        "dir": language.entry.direction,
        "start_url": "./",
        "scope": root or "./",
        "display": "standalone",
        "theme_color": _COLOUR,
        "background_color": _PAPER,
        "icons": icons,
    }
