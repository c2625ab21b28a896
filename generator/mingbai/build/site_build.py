"""Everything that a site consists of: each page as Markdown, what its template needs to know, and all other files.

No renderer is imported here. A renderer makes HTML from the Markdown. It calls `decide_pages`; then, for each page in
turn, `fill_in`, `describe_page`, `mark_fallback` and `finish_page`; and, at the end, `site_files.write_files`.
"""

from collections.abc import Callable
from dataclasses import asdict, dataclass
from functools import cached_property
from typing import Any

from markupsafe import Markup

from mingbai.assets.search import make_static_entries
from mingbai.assets.web_files import list_sources_in_docs
from mingbai.build.place_cache import PlaceCache
from mingbai.build.site_settings import SiteSettings
from mingbai.bundle.changes import ChangeDay, list_change_days
from mingbai.bundle.revision_placeholder import REVISION_PLACEHOLDER
from mingbai.bundle.routes import GUIDE_FOLDER
from mingbai.bundle.selection import select_places
from mingbai.bundle.timeline import KNOWN, PREVIEW
from mingbai.bundle.topics import list_topic_pages
from mingbai.cards.site_cards import CardsError, SiteCardBuilder, describe_toolchain
from mingbai.checks.policies import CheckedPolicies
from mingbai.core.cache import Cache
from mingbai.i18n.languages import WRITTEN, LanguageEntry
from mingbai.i18n.translate import add_languages, lacks_translation
from mingbai.pages.frame import PageFrame, make_frame
from mingbai.pages.guide.fields import fill_in_fields
from mingbai.pages.make import make_pages
from mingbai.pages.policy.card_links import SiteCards
from mingbai.pages.policy.structured_data import make_government_service, to_script
from mingbai.pages.static_pages import is_in_fallback_language, is_in_unused_language, make_static_pages
from mingbai.pages.wording.language import Json, make_language
from mingbai.pages.wording.qr import make_qr_code
from mingbai.pages.wording.untranslated import mark_untranslated, wrap_in_language
from mingbai.pages.wording.validity import SPAN_MARK, describe_span
from mingbai.quick.table_cache import QuickAnswerError, make_quick_answers

_STOCK = ("assets/javascripts/", "assets/stylesheets/", "assets/images/")
"""What Material brings and our design does not use: 2.5 MB."""


class SiteBuildError(Exception):
    """A site cannot be built; the text is for people, in Chinese and English."""


@dataclass(frozen=True, slots=True)
class PageData:
    """What the template of a page needs to know beside its HTML."""

    frame: PageFrame
    structured: Markup | None
    qr: Markup | None


class SiteBuild:
    """The build of one site.

    `bundle` holds the compiled places of the site, of a preview with its day; `translated` adds all that the languages
    of the site say. Pages are made with `REVISION_PLACEHOLDER`, so that those of a place stay as they are when another
    place changes. Raises `SiteBuildError` where the site cannot be built.
    """

    def __init__(self, settings: SiteSettings, checked: CheckedPolicies) -> None:
        """Prepare the build of the site of checked policies: everything that comes from them is made from these."""
        compiled = checked.bundle
        bundle = select_places(compiled, settings.places) if settings.places else compiled
        if settings.as_of:
            bundle = {**bundle, KNOWN: settings.as_of, PREVIEW: settings.as_of}
        self.settings, self.checked, self.bundle = settings, checked, bundle
        self.translated: Json = add_languages(bundle, settings.languages) | {"revision": REVISION_PLACEHOLDER}
        self.topics = list_topic_pages(self.translated)
        self.cache = Cache()
        self.place_cache = PlaceCache(bundle, self.cache, settings.name, self._settings_of_pages(), self._files())
        self.change_days: dict[str, list[ChangeDay]] = {}
        """The days on which the law changed of each place that is made now."""
        self.new_pages: dict[str, dict[str, str]] = {}
        """The pages of the places that are made now, as HTML."""
        self.static_pages: dict[str, str] = {}
        self.static_entries: dict[str, list[tuple[str, ...]]] = {}
        """For the search, the pages that people write, by language."""
        self.page_paths: list[str] = []
        """The pages of the site that were rendered or taken from the cache."""

    def _settings_of_pages(self) -> Json:
        languages = [asdict(entry) for entry in self.settings.languages.entries]
        return {**self.settings.renderer, "languages": languages, "cards": self.card_toolchain}

    def _files(self) -> dict[str, bytes]:
        files = {f"catalogues/{name}": content for name, content in self.settings.languages.extra.items()}
        return files | {f"overrides/{name}": content for name, content in self.settings.templates.items()}

    @cached_property
    def card_toolchain(self) -> str:
        """What the cards are made with; ``""`` where there are none: on a preview, and on a live site."""
        return describe_card_toolchain(self.settings)

    @property
    def theme_values(self) -> Json:
        """What every template may read: the known day, that of a preview, and whether phones keep the pages."""
        as_of = self.settings.as_of
        return {"known": self.bundle[KNOWN], "preview": as_of, "kept": not (as_of or self.settings.live)}

    def list_missing_places(self) -> list[str]:
        """Return the places whose output is not in the cache."""
        return [place for place in self.bundle["places"] if not self.place_cache.has(place)]

    def is_published(self, path: str) -> bool:
        """Return whether a file of the folder of pages, or of the theme, is a part of the site."""
        return not (
            path.startswith(_STOCK)
            or path in list_sources_in_docs()
            or is_in_unused_language(path, self.settings.languages)
        )

    def decide_pages(self, places: list[str], present: set[str] | None = None) -> dict[str, str]:
        """Return the Markdown of the pages to be rendered, by path: those of `places`, and the general ones.

        `present` are the pages that people have written, by path; None if only the places are made, to be cached.
        """
        settings = self.settings
        self.change_days = {place: list_change_days(self.translated, place) for place in places}
        self.new_pages = {place: {} for place in places}
        try:
            answers = make_quick_answers(
                self.bundle, self.cache, proven=True, places=self.change_days, site=settings.name
            )
        except QuickAnswerError as error:
            raise SiteBuildError(str(error)) from error
        cards = self.with_cards(lambda builder: builder.make_cards(self.change_days), SiteCards())
        pages = make_pages(
            self.translated,
            settings.languages,
            self.change_days,
            self.topics,
            answers,
            cards,
            general=present is not None,
            site_url=settings.site_url,
        )
        if present is not None:
            self.static_pages = make_static_pages(settings.docs, present, settings.languages)
        return pages | self.static_pages

    def with_cards[Made](self, make: Callable[[SiteCardBuilder], Made], instead: Made) -> Made:
        """Return what is made of the cards; `instead` where the site has none."""
        if not self.card_toolchain:
            return instead
        bundle, settings = self.translated | {"revision": self.bundle["revision"]}, self.settings
        try:
            return make(SiteCardBuilder(bundle, settings.languages, settings.site_url, self.cache, settings.name))
        except CardsError as error:
            raise SiteBuildError(" / ".join(map(error.message, WRITTEN.selected))) from error

    def fill_in(self, markdown: str, path: str, *, generated: bool) -> str:
        """Return the Markdown of a page: a page by hand gets the years of the rules, the guide its lists of fields."""
        if SPAN_MARK in markdown:
            entry = self.settings.languages.of_page(path)
            language = make_language(self.translated, entry.id, self.settings.languages)
            markdown = markdown.replace(SPAN_MARK, describe_span(self.translated, language))
        if generated or f"/{GUIDE_FOLDER}" not in f"/{path}":
            return markdown
        return fill_in_fields(markdown, path, self.settings.languages.of_page(path).id)

    def describe_page(self, path: str, url: str | None, meta: dict[str, Any], headings: list[str]) -> PageData:
        """Return what the template of a page needs; `url` is its full address, if the site has one.

        `meta` is the front matter and `headings` are those of the second level: both for the search.
        """
        languages = self.settings.languages
        frame = make_frame(self.translated, path, languages)
        entries = make_static_entries(path, meta, headings, languages)
        self.static_entries.setdefault(frame.lang, []).extend(entries)
        self.page_paths.append(path)
        service = make_government_service(self.translated, path, languages, url)
        return PageData(frame, to_script(service) if service else None, make_qr_code(url) if url else None)

    def mark_fallback(self, html: str, path: str) -> str:
        """Return the content of a page; one that stands in for another language gets its own `lang`."""
        whole = is_in_fallback_language(path, self.static_pages, self.settings.languages)
        return wrap_in_language(html, self._get_fallback(path)) if whole else html

    def finish_page(self, html: str, path: str) -> str:
        """Return a whole page as it is published; the pages of places are noted for the cache."""
        html = self._mark_untranslated(html, path)
        place = path.removeprefix(self.settings.languages.of_page(path).folder).split("/")[0]
        if place in self.new_pages:
            self.new_pages[place][path] = html
        return self.fill_in_revision(html)

    def fill_in_revision(self, text: str) -> str:
        """Return a text with the revision in place of `REVISION_PLACEHOLDER`."""
        return text.replace(REVISION_PLACEHOLDER, self.bundle["revision"])

    def _mark_untranslated(self, html: str, path: str) -> str:
        languages = self.settings.languages
        entry = languages.of_page(path)
        if entry.written or entry.made:
            return html
        words = make_language(self.translated, entry.id, languages)
        whole = is_in_fallback_language(path, self.static_pages, languages) or (
            path.endswith("estimator/index.md") and lacks_translation(self.bundle["places"], entry.id)
        )
        notes = words.say("frame.untranslated"), words.say("frame.untranslated_page")
        return mark_untranslated(html, self._get_fallback(path), *notes, all_of_it=whole)

    def _get_fallback(self, path: str) -> LanguageEntry:
        """Return the language that stands in for what the page at `path` lacks."""
        entry = self.settings.languages.of_page(path)
        return self.settings.languages[entry.fallback or entry.id]


def describe_card_toolchain(settings: SiteSettings) -> str:
    """Return what the cards of a site are made with; ``""`` where it has none."""
    return "" if settings.as_of or settings.live else describe_toolchain()
