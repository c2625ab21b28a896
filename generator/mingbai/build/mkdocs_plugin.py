"""The shell between MkDocs and Mingbai: one build for all languages, Chinese at ``/``, others at ``/en/`` and the like.

What pages say is decided in `mingbai.pages`; this module only hands them to MkDocs, switches the
language a page at a time, and puts the estimator's files beside them.
"""

import json
import logging
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path

from jinja2 import ChoiceLoader, Environment, FileSystemLoader, FunctionLoader
from mkdocs.config import config_options as option
from mkdocs.config.base import Config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import BasePlugin
from mkdocs.structure.files import File, Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.utils.templates import TemplateContext

from mingbai.assets.csp import make_meta_policy
from mingbai.assets.offline_manifest import packed_bytes, write_offline_list
from mingbai.assets.runtime import RuntimeFilesError, write_runtime
from mingbai.assets.search import make_static_entries
from mingbai.assets.web_files import find_npm_packages, list_sources_in_docs, write_web
from mingbai.build.markdown_tree import Source
from mingbai.build.place_cache import Part, Parts
from mingbai.build.workers import WORTH_PROCESSES, make_shares
from mingbai.bundle.changes import ChangeDay, list_change_days
from mingbai.bundle.estimator_bundle import make_estimator_bundle
from mingbai.bundle.revision_placeholder import REVISION_PLACEHOLDER
from mingbai.bundle.routes import GUIDE_FOLDER, address
from mingbai.bundle.selection import select_places
from mingbai.bundle.timeline import KNOWN, PREVIEW
from mingbai.bundle.topics import TopicPage, list_topic_pages
from mingbai.cards.site_cards import CardsError, SiteCardBuilder, describe_toolchain, find_missing_requirement
from mingbai.checks.place import shared_library
from mingbai.checks.policies import CheckedPolicies, require_valid_policies
from mingbai.core.cache import Cache
from mingbai.core.resources import CALCULATOR, beside
from mingbai.diagnostics.errors import PoliciesError
from mingbai.diagnostics.problem import Problems
from mingbai.files.source_file import read_folder
from mingbai.i18n.catalogue import Catalogue
from mingbai.i18n.languages import WRITTEN, LanguageEntry, Languages, LanguagesError, select_languages
from mingbai.i18n.translate import add_languages, fill_in_languages, lacks_translation
from mingbai.pages.data.search_index import index_path, make_search_index
from mingbai.pages.frame import make_frame
from mingbai.pages.guide.fields import fill_in_fields
from mingbai.pages.make import (
    BUNDLE,
    RUNTIME,
    estimator_bundle_path,
    estimator_places_folder,
    make_pages,
)
from mingbai.pages.outputs import make_general_files, make_place_files
from mingbai.pages.policy.card_links import SiteCards
from mingbai.pages.policy.structured_data import make_government_service, to_script
from mingbai.pages.static_pages import is_in_fallback_language, is_in_unused_language, make_static_pages
from mingbai.pages.wording.language import Json, make_language
from mingbai.pages.wording.qr import make_qr_code
from mingbai.pages.wording.untranslated import mark_untranslated, wrap_in_language
from mingbai.quick.table_cache import QuickAnswerError, drop_unused_answers, make_quick_answers
from mingbai.release.build_info import list_tool_versions, write_build_info
from mingbai.schema.json_schema import write_schemas

SCHEMAS = "data/schema"
_LOG = logging.getLogger("mingbai")
"""Not one of MkDocs': its `strict` takes a warning for an error."""
_STOCK = ("assets/javascripts/", "assets/stylesheets/", "assets/images/")
"""What Material brings and our design does not use: 2.5 MB."""


class PluginConfig(Config):  # type: ignore[no-untyped-call]
    """The plugin's options; folders are relative to mkdocs.yml.

    `languages` are those of the site, in the order of its switch; `catalogues` is a folder with further ones.
    `places` are those of the site, all of them if none is named. `as_of` is the day of a preview, which pages take for
    today. A `live` site is for whoever edits the policies.
    """

    policies = option.Type(str, default="policies")
    places = option.ListOfItems(option.Type(str), default=[])
    as_of = option.Type(str, default="")
    live = option.Type(bool, default=False)
    languages = option.ListOfItems(option.Type(str), default=["zh", "zh-Hant", "en"])
    catalogues = option.Optional(option.Type(str))
    pyodide = option.Type(str, default="node_modules/pyodide")


class MingbaiPlugin(BasePlugin[PluginConfig]):  # type: ignore[no-untyped-call]
    """Makes the pages of `policies/`."""

    checked: CheckedPolicies
    """The policies as they were read and checked: everything on the site that comes from them is made from this."""
    overrides: dict[str, bytes]
    """The templates of the site's own theme, as they were read: pages are made with them and cached by their hash."""
    bundle: Json
    """The compiled places of the site, of a preview with its day."""
    spoken: Json
    """The bundle with all that the languages of the site add to it."""
    languages: Languages
    by_hand: dict[str, str]
    given: CheckedPolicies | None = None
    """The policies, if the caller has checked them already."""
    share: list[str] | None = None
    """The places to make and to keep, where several processes make them; no site then."""
    sources: dict[str, Source] | None = None
    """Where to put what each page is made from, if somebody wants that."""
    parts: Parts
    made: dict[str, Part]
    """The parts of places that are made now; the others are kept, and their pages are written as they are."""
    packed: dict[str, int]
    """How many bytes of the parts' files a server sends, by address."""
    fresh: dict[str, dict[str, str]]
    """The pages of places that are made now, as HTML with `REVISION_PLACEHOLDER`."""
    days: dict[str, list[ChangeDay]]
    """The days on which the law changed of each place that is made now."""
    gathered: list[TopicPage]
    paths: list[str]
    """The pages that were rendered."""
    written: dict[str, list[tuple[str, ...]]]
    """For the search, the pages that people write, by language."""
    root: Path

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Let `mkdocs serve` see changes of the policies; find out which languages the site has."""
        self.root = Path(config.config_file_path).parent
        self.written, self.paths = {}, []
        if not config.site_url and not self.config.live and self.share is None:
            _LOG.warning(" / ".join(Catalogue(lang).say("commands.no_site_url") for lang in WRITTEN.selected))
        lacks = find_missing_requirement() if self._prints() == "" else None
        if lacks and self.share is None and not self.config.live:
            _LOG.warning(" / ".join(map(lacks.message, WRITTEN.selected)))
        extra = self.config.catalogues
        try:
            self.languages = select_languages(self.config.languages, None if extra is None else self.root / extra)
        except LanguagesError as error:
            raise PluginError(str(error)) from error
        config.extra["policy"] = make_meta_policy(live=self.config.live)
        if "operator" in config.extra:
            config.extra["operator"] = fill_in_languages(config.extra["operator"], self.languages)
        config.watch.append(str(self.root / self.config.policies))
        return config

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Add the pages that are made from the policies."""
        try:
            self.checked = self.given or require_valid_policies(self.root / self.config.policies, cache=Cache())
        except PoliciesError as error:
            lines = [f"{p.file}:{p.line}:{p.column}: {p.code}: {p.path} {p.found}" for p in error.problems]
            raise PluginError("\n".join([str(error), *lines])) from error
        compiled = self.checked.bundle
        self.bundle = select_places(compiled, self.config.places) if self.config.places else compiled
        sources = list_sources_in_docs()
        for file in [file for file in files if file.src_uri.startswith(_STOCK) or file.src_uri in sources]:
            files.remove(file)
        for file in [file for file in files if is_in_unused_language(file.src_uri, self.languages)]:
            files.remove(file)
        if self.config.as_of:
            self.bundle = {**self.bundle, KNOWN: self.config.as_of, PREVIEW: self.config.as_of}
        config.extra |= {
            "known": self.bundle[KNOWN],
            "preview": self.config.as_of,
            "kept": not (self.config.as_of or self.config.live),
        }
        self.spoken = add_languages(self.bundle, self.languages) | {"revision": REVISION_PLACEHOLDER}
        self.gathered = list_topic_pages(self.spoken)
        overrides = config.theme.custom_dir
        self.overrides = {} if overrides is None else read_folder(Path(overrides))
        self.parts, self.made, self.packed = self._parts(config), {}, {}
        left = self._left() if self.share is None else self.share
        if self.share is None and self.sources is None and len(left) >= WORTH_PROCESSES:
            make_shares(config, self.config, self.checked, left)
            left = self._left()
        self.days = {place: list_change_days(self.spoken, place) for place in left}
        self.fresh = {place: {} for place in self.days}
        try:
            quick = make_quick_answers(self.bundle, Cache(), proven=True, places=self.days, site=self._name())
        except QuickAnswerError as error:
            raise PluginError(str(error)) from error
        general = self.share is None
        url = config.site_url or ""
        cards = self._cards(url, lambda builder: builder.make_cards(self.days), SiteCards())
        made = make_pages(
            self.spoken, self.languages, self.days, self.gathered, quick, cards, general=general, site_url=url
        )
        there = {file.src_uri for file in files}
        self.by_hand = make_static_pages(Path(config.docs_dir), there, self.languages) if general else {}
        if not general:
            files = Files([])
        for path, content in (made | self.by_hand).items():
            files.append(File.generated(config, path, content=content))
        return files

    def _parts(self, config: MkDocsConfig) -> Parts:
        settings = {key: config[key] for key in ("site_url", "extra", "markdown_extensions", "mdx_configs")}
        settings["languages"] = [asdict(entry) for entry in self.languages.entries]
        settings["cards"] = self._prints()
        files = {f"catalogues/{name}": content for name, content in self.languages.extra.items()}
        files |= {f"overrides/{name}": content for name, content in self.overrides.items()}
        return Parts(self.bundle, Cache(), self._name(), settings, files)

    def _left(self) -> list[str]:
        """Return the places whose parts were not kept; of emitted Markdown all, as the HTML alone does not do."""
        return [place for place in self.bundle["places"] if self.sources is not None or not self.parts.has(place)]

    def _name(self) -> str:
        """Return what tells this site from others that are built in the same folder."""
        return f"{(self.root / self.config.policies).resolve()} {self.config.as_of} {self.config.live}"

    def _prints(self) -> str:
        """Return what the cards are made with; ``""`` where there are none: on a preview, and on a live site."""
        return "" if self.config.as_of or self.config.live else describe_toolchain()

    def _cards[Made](self, site_url: str, make: Callable[[SiteCardBuilder], Made], instead: Made) -> Made:
        """Return what is made of the cards; `instead` where the site has none."""
        if not self._prints():
            return instead
        bundle = self.spoken | {"revision": self.bundle["revision"]}
        try:
            return make(SiteCardBuilder(bundle, self.languages, site_url, Cache(), self._name()))
        except CardsError as error:
            raise PluginError(" / ".join(map(error.message, WRITTEN.selected))) from error

    def on_env(self, env: Environment, *, config: MkDocsConfig, files: Files) -> Environment:
        """Let MkDocs use the templates as they were read, even if the files were changed since."""
        del files
        shipped = [folder for folder in config.theme.dirs if folder != config.theme.custom_dir]
        env.loader = ChoiceLoader([FunctionLoader(self._template), FileSystemLoader(shipped)])
        return env

    def _template(self, name: str) -> str | None:
        content = self.overrides.get(name)
        return None if content is None else content.decode("utf-8")

    def on_page_markdown(self, markdown: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:
        """Fill the lists of fields into the authors' guide."""
        del config, files
        path = page.file.src_uri
        by_hand = page.file.generated_by is None and f"/{GUIDE_FOLDER}" in f"/{path}"
        text = fill_in_fields(markdown, path, self.languages.of_page(path).id) if by_hand else markdown
        if self.sources is not None:
            self.sources[path] = Source(dict(page.meta), text.replace(REVISION_PLACEHOLDER, self.bundle["revision"]))
        return text

    def on_page_context(
        self, context: TemplateContext, *, page: Page, config: MkDocsConfig, nav: Navigation
    ) -> TemplateContext:
        """Switch to the language of the page that is rendered next; MkDocs renders them one by one."""
        del nav
        frame = make_frame(self.spoken, page.file.src_uri, self.languages)
        config.theme["language"] = frame.tag
        config.site_name = frame.site_name
        context["frame"] = frame  # type: ignore[typeddict-unknown-key]
        headings = [below.title for top in page.toc for below in top.children]
        self.written.setdefault(frame.lang, []).extend(
            make_static_entries(page.file.src_uri, page.meta, headings, self.languages)
        )
        self.paths.append(page.file.src_uri)
        told = make_government_service(self.spoken, page.file.src_uri, self.languages, page.canonical_url)
        context["structured"] = to_script(told) if told else None  # type: ignore[typeddict-unknown-key]
        context["qr"] = make_qr_code(page.canonical_url) if page.canonical_url else None  # type: ignore[typeddict-unknown-key]
        return context

    def on_page_content(self, html: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:
        """Give a page by hand that stands in for another language its own `lang`."""
        del config, files
        path = page.file.src_uri
        whole = is_in_fallback_language(path, self.by_hand, self.languages)
        return wrap_in_language(html, self._instead(path)) if whole else html

    def on_post_page(self, output: str, *, page: Page, config: MkDocsConfig) -> str:
        """Mark what is not in the language of its page; keep the pages of places."""
        del config
        path = page.file.src_uri
        output = self._marked(output, path)
        place = path.removeprefix(self.languages.of_page(path).folder).split("/")[0]
        if place in self.fresh:
            self.fresh[place][path] = output
        return output.replace(REVISION_PLACEHOLDER, self.bundle["revision"])

    def _marked(self, output: str, path: str) -> str:
        entry = self.languages.of_page(path)
        if entry.written or entry.made:
            return output
        words = make_language(self.spoken, entry.id, self.languages)
        untold = is_in_fallback_language(path, self.by_hand, self.languages) or (
            path.endswith("estimator/index.md") and lacks_translation(self.bundle["places"], entry.id)
        )
        says = (words.say("frame.untranslated"), words.say("frame.untranslated_page"))
        return mark_untranslated(output, self._instead(path), *says, all_of_it=untold)

    def _instead(self, path: str) -> LanguageEntry:
        """Return the language that stands in for what the page at `path` lacks."""
        entry = self.languages.of_page(path)
        return self.languages[entry.fallback or entry.id]

    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Put the files beside the pages into the site: the estimator's, data, feeds, and what machines look for."""
        site, url = Path(config.site_dir), config.site_url or ""
        speaking = {entry: add_languages(self.bundle, self.languages, [entry.id]) for entry in self._rules_in()}
        for place, days in self.days.items():
            files = make_place_files(self.spoken, self.languages, {place: days}, url)
            sent = {address(path): text for path, text in self.fresh[place].items()}
            for entry, spoken in speaking.items():
                path = f"{estimator_places_folder(entry)}{place}.json"
                files[path] = sent[path] = _json(
                    make_estimator_bundle(spoken | {"revision": REVISION_PLACEHOLDER}, [place])
                )
            packed = {path: packed_bytes(text.encode()) for path, text in sent.items()}
            self.made[place] = Part(self.fresh[place], files, packed)
            self.parts.put(place, self.made[place])
        if self.share is not None:
            return
        if self.days:
            drop_unused_answers(self.bundle, Cache(), self._name())
        self.spoken |= {"revision": self.bundle["revision"]}
        lean_places = self._write_parts(site)
        self._cards(url, lambda builder: builder.write(site), None)
        places = list(self.bundle["places"])
        _write(site / BUNDLE, self.bundle)
        for entry, spoken in speaking.items():
            more = {"languages": spoken["languages"]} if "languages" in spoken else {}
            _write(
                site / estimator_bundle_path(entry), make_estimator_bundle(spoken, places, lean_places[entry.id]) | more
            )
        for path, content in make_general_files(self.spoken, self.languages, self.paths, url).items():
            _write_text(site / path, content)
        library = shared_library(self.checked.files, Problems(), Cache())
        write_schemas(library, site / SCHEMAS)
        for entry in self.languages.entries:
            speaks = make_language(self.spoken, entry.id, self.languages)
            written = self.written.get(entry.id, [])
            index = make_search_index(self.spoken, library.search, written, self.gathered, speaks)
            _write(site / index_path(entry.id), index)
        pyodide = beside(self.root, self.config.pyodide)
        try:
            write_runtime(site / RUNTIME, pyodide, CALCULATOR)
        except RuntimeFilesError as error:
            raise PluginError(str(error)) from error
        fonts = {"cards": self._prints()} if self._prints() else {}
        write_build_info(
            site, self.bundle, list_tool_versions({"pyodide": pyodide, **find_npm_packages(self.root)}), fonts
        )
        write_web(site, self.root)
        of_languages = {
            entry.id: (estimator_bundle_path(entry), estimator_places_folder(entry)) for entry in self.languages.entries
        }
        write_offline_list(site, self.spoken, self.languages, of_languages, self.packed)

    def _write_parts(self, site: Path) -> dict[str, dict[str, Json]]:
        """Write the parts, but for the pages that MkDocs has written just now.

        Returns the rules of each place as the estimator of a language needs them, by that language and place. One part
        at a time is held: all together are as large as the site.
        """
        found: dict[str, dict[str, Json]] = {entry.id: {} for entry in self._rules_in()}
        for place in self.bundle["places"]:
            part = self.made.get(place) or self.parts.get(place)
            if part is None:  # somebody has emptied the folder in the meantime
                raise PluginError(f"{place}: {self.parts.kept.folder}?")
            self.packed |= part.packed
            written = part.written(self.bundle["revision"])
            for path, text in written.files.items():
                _write_text(site / path, text)
            for path, text in {} if place in self.fresh else written.pages.items():
                _write_text(site / f"{address(path)}index.html", text)
                self.paths.append(path)
            for entry in self._rules_in():
                text = part.files[f"{estimator_places_folder(entry)}{place}.json"]
                found[entry.id][place] = json.loads(text)["places"][place]
        return found

    def _rules_in(self) -> list[LanguageEntry]:
        """Return the languages that have rules of their own: the first one's are those of all that people write."""
        return [self.languages.entries[0], *self.languages.additional]


def _json(data: Json) -> str:
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"))


def _write(file: Path, data: Json) -> None:
    _write_text(file, _json(data))


def _write_text(file: Path, text: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")
