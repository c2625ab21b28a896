"""What stands around every page: the name of the site, the menu, the switch of languages, the foot."""

from dataclasses import dataclass

from mingbai.pages.language import LANGUAGES, PREFIXES, Json, language
from mingbai.pages.links import address, relative

HAND_WRITTEN = ("about", "privacy", "offline")
"""Pages that people write in `docs/`, one file for each language."""


@dataclass(frozen=True, slots=True)
class Link:
    """A link of the menu or the foot."""

    title: str
    url: str
    here: bool


@dataclass(frozen=True, slots=True)
class Switch:
    """The same page in a language."""

    lang: str
    name: str
    url: str
    here: bool


@dataclass(frozen=True, slots=True)
class Frame:
    """The frame of one page; addresses are relative to it."""

    lang: str
    site_name: str
    home: str
    words: Json
    menu: list[Link]
    foot: list[Link]
    switches: list[Switch]
    revision: str
    engine: str


def page_language(path: str) -> str:
    """Return the language of the page at `path`."""
    folder = f"{path.split('/', 1)[0]}/"
    return next((lang for lang in LANGUAGES if PREFIXES[lang] == folder), LANGUAGES[0])


def make_frame(bundle: Json, path: str) -> Frame:
    """Return the frame of the page at `path`."""
    speaks = language(bundle, page_language(path))
    rest = path.removeprefix(speaks.prefix)

    def link(title: str, target: str) -> Link:
        return Link(title, relative(path, speaks.prefix + address(target)), target == rest)

    places = [link(speaks.text(place["name"]), f"{place['id']}/index.md") for place in bundle["places"].values()]
    few = places if len(places) == 1 else []
    return Frame(
        speaks.id,
        speaks.say("frame.site_name"),
        relative(path, speaks.prefix),
        speaks.words.texts["frame"],
        [
            link(speaks.say("frame.home"), "index.md"),
            *few,
            link(speaks.say("frame.estimator"), "estimator/index.md"),
            link(speaks.say("frame.glossary"), "glossary.md"),
        ],
        [
            link(speaks.say("frame.sources"), "sources.md"),
            link(speaks.say("frame.absent"), "absent.md"),
            *(link(speaks.say(f"frame.{name}"), f"{name}.md") for name in HAND_WRITTEN),
            link(speaks.say("frame.authors"), "authors/index.md"),
        ],
        [
            Switch(
                lang,
                language(bundle, lang).say("frame.language"),
                relative(path, PREFIXES[lang] + address(rest)),
                lang == speaks.id,
            )
            for lang in LANGUAGES
        ],
        bundle["revision"],
        bundle["engine"],
    )
