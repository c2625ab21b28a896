"""Frame around every page: site name, menu, language switch, footer."""

from dataclasses import dataclass

from mingbai.bundle.routes import GUIDE_FOLDER, address, relative_address
from mingbai.bundle.timeline import PREVIEW
from mingbai.i18n.languages import WRITTEN, Languages
from mingbai.model.reserved_names import STATIC_PAGES
from mingbai.pages.wording.language import Json, Language, make_language


@dataclass(frozen=True, slots=True)
class Link:
    """A link of the menu or the footer; `here` marks the page itself."""

    title: str
    url: str
    here: bool


@dataclass(frozen=True, slots=True)
class LanguageSwitch:
    """Link to the same page in another language; `beside`: it may be shown side by side with this one."""

    lang: str
    name: str
    url: str
    here: bool
    direction: str
    beside: bool


@dataclass(frozen=True, slots=True)
class PageFrame:
    """The frame of one page; addresses are relative to the page.

    `lang` is the id of the language; `tag` (BCP 47) and `direction` are its HTML attributes.
    """

    lang: str
    tag: str
    direction: str
    site_name: str
    home: str
    words: Json
    menu: list[Link]
    foot: list[Link]
    switches: list[LanguageSwitch]
    revision: str
    engine: str
    preview: str
    """The day of a preview, as a sentence; empty for the published site."""
    feed: Link | None


def make_frame(bundle: Json, path: str, languages: Languages = WRITTEN) -> PageFrame:
    """Return the frame of the page at `path`."""
    entry = languages.of_page(path)
    language = make_language(bundle, entry.id, languages)
    path_in_language = path.removeprefix(language.prefix)
    is_place_page = _is_place_page(bundle, path_in_language)
    partners = {partner.id for partner in languages.bilingual_partners(entry.id)} if is_place_page else set()

    def link(title: str, target: str) -> Link:
        return Link(title, relative_address(path, language.prefix + address(target)), target == path_in_language)

    places = bundle["places"].values() if len(bundle["places"]) == 1 else ()
    place_links = [link(language.text(place["name"]), f"{place['id']}/index.md") for place in places]
    guide_entry = languages.nearest_written(entry.id)
    return PageFrame(
        entry.id,
        entry.tag,
        entry.direction,
        language.say("frame.site_name"),
        relative_address(path, language.prefix),
        language.part("frame"),
        [
            link(language.say("frame.home"), "index.md"),
            *place_links,
            link(language.say("frame.estimator"), "estimator/index.md"),
            link(language.say("frame.search"), "search.md"),
        ],
        [
            link(language.say("frame.glossary"), "glossary.md"),
            link(language.say("frame.sources"), "sources.md"),
            link(language.say("frame.absent"), "absent.md"),
            *(link(language.say(f"frame.{name}"), f"{name}.md") for name in STATIC_PAGES),
            link(language.say("frame.data"), "open-data.md"),
            Link(
                language.say("frame.authors"),
                relative_address(path, guide_entry.folder + address(f"{GUIDE_FOLDER}index.md")),
                path_in_language == f"{GUIDE_FOLDER}index.md",
            ),
        ],
        [
            LanguageSwitch(
                other.tag,
                other.name,
                relative_address(path, other.folder + address(path_in_language)),
                other is entry,
                other.direction,
                other.id in partners,
            )
            for other in languages.entries
            if other.written or not path_in_language.startswith(GUIDE_FOLDER)  # the authors' guide exists only in these
        ],
        bundle["revision"],
        bundle["engine"],
        language.say("moment.preview", date=language.day(bundle[PREVIEW])) if bundle.get(PREVIEW) else "",
        _make_feed_link(bundle, path, language),
    )


def _make_feed_link(bundle: Json, path: str, language: Language) -> Link | None:
    """Return the link to the feed of the place that a page belongs to; None where there is no feed."""
    place = bundle["places"].get(path.removeprefix(language.prefix).split("/")[0])
    if place is None or not place["revisions"]:
        return None
    title = language.say("changes.feed_title", place=language.text(place["name"]))
    return Link(title, relative_address(path, f"{language.prefix}{place['id']}/feed.xml"), here=False)


def _is_place_page(bundle: Json, path_in_language: str) -> bool:
    """Whether a page is that of a place or a policy: these can be read in two languages side by side."""
    place, _, name = path_in_language.removesuffix(".md").partition("/")
    return place in bundle["places"] and (name == "index" or name in bundle["places"][place]["policies"])
