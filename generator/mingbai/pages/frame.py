"""What stands around every page: the name of the site, the menu, the switch of languages, the foot."""

from dataclasses import dataclass

from mingbai.bundle.routes import GUIDE_FOLDER, address, relative
from mingbai.bundle.timeline import PREVIEW
from mingbai.i18n.languages import WRITTEN, Languages
from mingbai.model.reserved_names import HAND_WRITTEN
from mingbai.pages.wording.language import Json, Language, language


@dataclass(frozen=True, slots=True)
class Link:
    """A link of the menu or the foot."""

    title: str
    url: str
    here: bool


@dataclass(frozen=True, slots=True)
class Switch:
    """The same page in a language; `beside` says whether it may be shown beside this one."""

    lang: str
    name: str
    url: str
    here: bool
    direction: str
    beside: bool


@dataclass(frozen=True, slots=True)
class Frame:
    """The frame of one page; addresses are relative to it.

    `lang` is the language's id; `tag` and `direction` are what HTML says of it.
    """

    lang: str
    tag: str
    direction: str
    site_name: str
    home: str
    words: Json
    menu: list[Link]
    foot: list[Link]
    switches: list[Switch]
    revision: str
    engine: str
    preview: str
    """Of which day a preview is, in words; empty for the site itself."""
    feed: Link | None


def make_frame(bundle: Json, path: str, languages: Languages = WRITTEN) -> Frame:
    """Return the frame of the page at `path`."""
    entry = languages.of_page(path)
    speaks = language(bundle, entry.id, languages)
    rest = path.removeprefix(speaks.prefix)
    both = _of_a_place(bundle, rest)
    beside = {each.id for each in languages.pairs(entry.id)} if both else set()

    def link(title: str, target: str) -> Link:
        return Link(title, relative(path, speaks.prefix + address(target)), target == rest)

    places = bundle["places"].values() if len(bundle["places"]) == 1 else ()
    few = [link(speaks.text(place["name"]), f"{place['id']}/index.md") for place in places]
    guide = languages.written(entry.id)
    return Frame(
        entry.id,
        entry.tag,
        entry.direction,
        speaks.say("frame.site_name"),
        relative(path, speaks.prefix),
        speaks.words.texts["frame"],
        [
            link(speaks.say("frame.home"), "index.md"),
            *few,
            link(speaks.say("frame.estimator"), "estimator/index.md"),
            link(speaks.say("frame.search"), "search.md"),
        ],
        [
            link(speaks.say("frame.glossary"), "glossary.md"),
            link(speaks.say("frame.sources"), "sources.md"),
            link(speaks.say("frame.absent"), "absent.md"),
            *(link(speaks.say(f"frame.{name}"), f"{name}.md") for name in HAND_WRITTEN),
            link(speaks.say("frame.data"), "open-data.md"),
            Link(
                speaks.say("frame.authors"),
                relative(path, guide.folder + address(f"{GUIDE_FOLDER}index.md")),
                rest == f"{GUIDE_FOLDER}index.md",
            ),
        ],
        [
            Switch(
                other.tag,
                other.name,
                relative(path, other.folder + address(rest)),
                other is entry,
                other.direction,
                other.id in beside,
            )
            for other in languages.entries
            if other.written or not rest.startswith(GUIDE_FOLDER)  # the authors' guide is there only in those
        ],
        bundle["revision"],
        bundle["engine"],
        speaks.say("moment.preview", date=speaks.day(bundle[PREVIEW])) if bundle.get(PREVIEW) else "",
        _feed(bundle, path, speaks),
    )


def _feed(bundle: Json, path: str, speaks: Language) -> Link | None:
    """Return the feed of the place that a page belongs to, if there is one."""
    place = bundle["places"].get(path.removeprefix(speaks.prefix).split("/")[0])
    if place is None or not place["revisions"]:
        return None
    title = speaks.say("changes.feed_title", place=speaks.text(place["name"]))
    return Link(title, relative(path, f"{speaks.prefix}{place['id']}/feed.xml"), here=False)


def _of_a_place(bundle: Json, rest: str) -> bool:
    """Whether a page is a place's or a policy's: those can be read in two languages side by side."""
    place, _, name = rest.removesuffix(".md").partition("/")
    return place in bundle["places"] and (name == "index" or name in bundle["places"][place]["policies"])
