"""The shell between MkDocs and Mingbai: one build for all languages, Chinese at ``/``, English at ``/en/``.

What pages say is decided in `mingbai.pages`; this module only hands them to MkDocs, switches the
language a page at a time, and puts the estimator's files beside them.
"""

import json
import shutil
from pathlib import Path

from mkdocs.config import config_options as option
from mkdocs.config.base import Config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import BasePlugin
from mkdocs.structure.files import File, Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.utils.templates import TemplateContext

from mingbai.cache import Cache
from mingbai.lean import lean
from mingbai.load import load_shared
from mingbai.pages import make_frame, make_pages
from mingbai.pages.authors import FOLDER, fill_in
from mingbai.pages.frame import page_language
from mingbai.pages.language import Json
from mingbai.pages.make import BUNDLE, PLACES, RULES, RUNTIME, WEB
from mingbai.problems import Problems
from mingbai.runtime import RuntimeFilesError, write_runtime
from mingbai.schema import write_schemas
from mingbai.site import PoliciesError, compiled_bundle

SCHEMAS = "data/schema"
_STOCK = ("assets/javascripts/", "assets/stylesheets/", "assets/images/")
"""What Material brings and our design does not use: 2.5 MB."""


class PluginConfig(Config):  # type: ignore[no-untyped-call]
    """The plugin's options; both folders are relative to mkdocs.yml."""

    policies = option.Type(str, default="policies")
    pyodide = option.Type(str, default="node_modules/pyodide")


class MingbaiPlugin(BasePlugin[PluginConfig]):  # type: ignore[no-untyped-call]
    """Makes the pages of `policies/`."""

    bundle: Json
    root: Path

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Let `mkdocs serve` see changes of the policies."""
        self.root = Path(config.config_file_path).parent
        config.watch.append(str(self.root / self.config.policies))
        return config

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Add the pages that are made from the policies."""
        try:
            self.bundle = compiled_bundle(self.root / self.config.policies, cache=Cache())
        except PoliciesError as error:
            lines = [f"{p.file}:{p.line}:{p.column}: {p.code}: {p.path} {p.found}" for p in error.problems]
            raise PluginError("\n".join([str(error), *lines])) from error
        for file in [file for file in files if file.src_uri.startswith(_STOCK)]:
            files.remove(file)
        for path, content in make_pages(self.bundle).items():
            files.append(File.generated(config, path, content=content))
        return files

    def on_page_markdown(self, markdown: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:
        """Fill the lists of fields into the authors' guide."""
        del config, files
        path = page.file.src_uri
        by_hand = page.file.generated_by is None and f"/{FOLDER}" in f"/{path}"
        return fill_in(markdown, path, page_language(path)) if by_hand else markdown

    def on_page_context(
        self, context: TemplateContext, *, page: Page, config: MkDocsConfig, nav: Navigation
    ) -> TemplateContext:
        """Switch to the language of the page that is rendered next; MkDocs renders them one by one."""
        del nav
        frame = make_frame(self.bundle, page.file.src_uri)
        config.theme["language"] = frame.lang
        config.site_name = frame.site_name
        context["frame"] = frame  # type: ignore[typeddict-unknown-key]
        return context

    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Put the estimator's files into the site."""
        site = Path(config.site_dir)
        places = list(self.bundle["places"])
        _write(site / BUNDLE, self.bundle)
        _write(site / RULES, lean(self.bundle, places))
        for place in places:
            _write(site / PLACES / f"{place}.json", lean(self.bundle, [place]))
        write_schemas(load_shared(self.root / self.config.policies, Problems()), site / SCHEMAS)
        try:
            write_runtime(site / RUNTIME, self.root / self.config.pyodide, self.root / "calculator")
        except RuntimeFilesError as error:
            raise PluginError(str(error)) from error
        shutil.copytree(self.root / "calculator" / "web", site / WEB, dirs_exist_ok=True)


def _write(file: Path, data: Json) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(json.dumps(data, ensure_ascii=False, separators=(",", ":")), encoding="utf-8")
