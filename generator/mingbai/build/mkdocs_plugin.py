"""The adapter between MkDocs and `SiteBuild`: it renders the Markdown and writes the pages.

One build serves all languages, Chinese at ``/``, others at ``/en/`` and the like. What a site consists of is decided in
`mingbai.build.site_build`.
"""

import logging
from dataclasses import dataclass
from pathlib import Path
from typing import Any

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
from mingbai.build.markdown_tree import Source
from mingbai.build.site_build import SiteBuild, SiteBuildError, describe_card_toolchain
from mingbai.build.site_files import cache_places, write_files
from mingbai.build.site_settings import SiteSettings
from mingbai.build.workers import MIN_PLACES, WorkerError, make_places_in_processes
from mingbai.cards.site_cards import find_missing_requirement
from mingbai.checks.policies import CheckedPolicies, require_valid_policies
from mingbai.core.cache import Cache
from mingbai.diagnostics.errors import PoliciesError
from mingbai.files.source_file import read_folder
from mingbai.i18n.catalogue import Catalogue
from mingbai.i18n.languages import WRITTEN, LanguagesError, select_languages
from mingbai.i18n.translate import fill_in_languages

_LOG = logging.getLogger("mingbai")
"""Not one of MkDocs': its `strict` takes a warning for an error."""
_SETTINGS = ("site_url", "extra", "markdown_extensions", "mdx_configs")
"""MkDocs' settings that pages depend on."""


class PluginConfig(Config):  # type: ignore[no-untyped-call]
    """The plugin's options, as `SiteSettings` has them; folders are relative to mkdocs.yml.

    `languages` are those of the site, in the order of its switch; `catalogues` is a folder with further ones.
    """

    policies = option.Type(str, default="policies")
    places = option.ListOfItems(option.Type(str), default=[])
    as_of = option.Type(str, default="")
    live = option.Type(bool, default=False)
    languages = option.ListOfItems(option.Type(str), default=["zh", "zh-Hant", "en"])
    catalogues = option.Optional(option.Type(str))
    pyodide = option.Type(str, default="node_modules/pyodide")


@dataclass(slots=True)
class Request:
    """What the caller of a build wants beside a site.

    `checked` are the policies, if they were checked already. With `only_places`, these are made and cached, and
    there is no site: for one of several processes. With `sources`, what each page is made from is put there, by path.
    """

    checked: CheckedPolicies | None = None
    only_places: list[str] | None = None
    sources: dict[str, Source] | None = None


class MingbaiPlugin(BasePlugin[PluginConfig]):  # type: ignore[no-untyped-call]
    """Renders a `SiteBuild` with MkDocs."""

    build: SiteBuild
    settings: SiteSettings

    def __init__(self) -> None:
        """Let the caller put in a `Request` before the build."""
        self.request = Request()

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Read the settings; let `mkdocs serve` see changes of the policies."""
        root, extra = Path(config.config_file_path).parent, self.config.catalogues
        try:
            languages = select_languages(self.config.languages, None if extra is None else root / extra)
        except LanguagesError as error:
            raise PluginError(str(error)) from error
        config.extra["policy"] = make_meta_policy(live=self.config.live)
        if "operator" in config.extra:
            config.extra["operator"] = fill_in_languages(config.extra["operator"], languages)
        config.watch.append(str(root / self.config.policies))
        self.settings = SiteSettings(
            root,
            root / self.config.policies,
            Path(config.docs_dir),
            languages,
            {} if config.theme.custom_dir is None else read_folder(Path(config.theme.custom_dir)),
            config.site_url or "",
            tuple(self.config.places),
            self.config.as_of,
            self.config.live,
            self.config.pyodide,
            {key: config[key] for key in _SETTINGS},
        )
        if self.request.only_places is None and not self.settings.live:
            self._warn()
        return config

    def _warn(self) -> None:
        """Say what the site will lack: an address, cards."""
        if not self.settings.site_url:
            _LOG.warning(" / ".join(Catalogue(lang).say("commands.no_site_url") for lang in WRITTEN.selected))
        lacks = None if describe_card_toolchain(self.settings) else find_missing_requirement()
        if lacks:
            _LOG.warning(" / ".join(map(lacks.message, WRITTEN.selected)))

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Add the pages that are made from the policies."""
        request = self.request
        try:
            checked = request.checked or require_valid_policies(self.settings.policies, cache=Cache())
        except PoliciesError as error:
            lines = [f"{p.file}:{p.line}:{p.column}: {p.code}: {p.path} {p.found}" for p in error.problems]
            raise PluginError("\n".join([str(error), *lines])) from error
        build = self.build = SiteBuild(self.settings, checked)
        config.extra |= build.theme_values
        for file in [file for file in files if not build.is_published(file.src_uri)]:
            files.remove(file)
        places = request.only_places
        if places is None:
            # The sources of all pages are wanted: those of cached pages are nowhere.
            places = list(build.bundle["places"]) if request.sources is not None else build.list_missing_places()
            if request.sources is None and len(places) >= MIN_PLACES:
                try:
                    make_places_in_processes(config, dict(self.config), checked, places)
                except WorkerError as error:
                    raise PluginError(str(error)) from error
                places = build.list_missing_places()
        whole = request.only_places is None
        try:
            pages = build.decide_pages(places, {file.src_uri for file in files} if whole else None)
        except SiteBuildError as error:
            raise PluginError(str(error)) from error
        if not whole:
            files = Files([])
        for path, content in pages.items():
            files.append(File.generated(config, path, content=content))
        return files

    def on_env(self, env: Environment, *, config: MkDocsConfig, files: Files) -> Environment:
        """Let MkDocs use the templates as they were read, even if the files were changed since."""
        del files
        shipped = [folder for folder in config.theme.dirs if folder != config.theme.custom_dir]
        env.loader = ChoiceLoader([FunctionLoader(self._get_template), FileSystemLoader(shipped)])
        return env

    def _get_template(self, name: str) -> str | None:
        content = self.settings.templates.get(name)
        return None if content is None else content.decode("utf-8")

    def on_page_markdown(self, markdown: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:
        """Fill the lists of fields into the authors' guide."""
        del config, files
        path = page.file.src_uri
        text = self.build.fill_in(markdown, path, generated=page.file.generated_by is not None)
        if self.request.sources is not None:
            self.request.sources[path] = Source(dict(page.meta), self.build.fill_in_revision(text))
        return text

    def on_page_context(
        self, context: TemplateContext, *, page: Page, config: MkDocsConfig, nav: Navigation
    ) -> TemplateContext:
        """Switch to the language of the page that is rendered next; MkDocs renders them one by one."""
        del nav
        headings = [below.title for top in page.toc for below in top.children]
        data = self.build.describe_page(page.file.src_uri, page.canonical_url, dict(page.meta), headings)
        config.theme["language"] = data.frame.tag
        config.site_name = data.frame.site_name
        more = {"frame": data.frame, "structured": data.structured, "qr": data.qr}
        context.update(more)  # type: ignore[typeddict-item] # our templates are given more than MkDocs' own
        return context

    def on_page_content(self, html: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:
        """Mark a page by hand that stands in for another language."""
        del config, files
        return self.build.mark_fallback(html, page.file.src_uri)

    def on_post_page(self, output: str, *, page: Page, config: MkDocsConfig) -> str:
        """Finish a page."""
        del config
        return self.build.finish_page(output, page.file.src_uri)

    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Put the other files beside the pages."""
        if self.request.only_places is not None:
            cache_places(self.build)
            return
        try:
            write_files(self.build, Path(config.site_dir))
        except SiteBuildError as error:
            raise PluginError(str(error)) from error


def put_request(config: MkDocsConfig, request: Request, options: dict[str, Any] | None = None) -> None:
    """Put a request, and the plugin's options, into the settings of a build that is about to begin."""
    plugin = config.plugins["mingbai"]
    if not isinstance(plugin, MingbaiPlugin):
        raise TypeError(plugin)
    plugin.request = request
    plugin.config.update(options or {})
