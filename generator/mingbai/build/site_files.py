"""Every file of a site that is no rendered page: data, feeds, the estimator's files, the cards, lists for machines."""

import json
from pathlib import Path

from mingbai.assets.offline_manifest import packed_bytes, write_offline_list
from mingbai.assets.runtime import RuntimeFilesError, write_runtime
from mingbai.assets.web_files import find_npm_packages, write_web
from mingbai.build.place_cache import PlaceOutput
from mingbai.build.site_build import SiteBuild, SiteBuildError
from mingbai.bundle.estimator.estimator_bundle import make_estimator_bundle
from mingbai.bundle.revision_placeholder import REVISION_PLACEHOLDER
from mingbai.bundle.routes import address
from mingbai.checks.place import shared_library
from mingbai.core.resources import CALCULATOR, beside
from mingbai.diagnostics.problem import Problems
from mingbai.i18n.languages import LanguageEntry
from mingbai.i18n.translate import add_languages
from mingbai.pages.data.search_index import index_path, make_search_index
from mingbai.pages.make import BUNDLE, RUNTIME, estimator_bundle_path, estimator_places_folder
from mingbai.pages.outputs import make_general_files, make_place_files
from mingbai.pages.wording.language import Json, make_language
from mingbai.quick.table_cache import drop_unused_answers
from mingbai.release.build_info import list_tool_versions, write_build_info
from mingbai.schema.json_schema import write_schemas

SCHEMAS = "data/schema"

type Rules = dict[LanguageEntry, Json]
"""The bundle in each language that has rules of its own: the first language's are those of all that people write."""


def write_files(build: SiteBuild, site: Path) -> None:
    """Write all other files into the folder of a site whose pages were rendered, and the cached pages of places."""
    settings, bundle = build.settings, build.bundle
    rules = _translate_rules(build)
    outputs = cache_places(build, rules)
    if build.change_days:
        drop_unused_answers(bundle, build.cache, settings.name)
    build.translated |= {"revision": bundle["revision"]}
    sizes, estimator_places = _write_places(build, site, outputs)
    build.with_cards(lambda builder: builder.write(site), None)
    _write_json(site / BUNDLE, bundle)
    for entry, translated in rules.items():
        more = {"languages": translated["languages"]} if "languages" in translated else {}
        estimator_bundle = make_estimator_bundle(translated, list(bundle["places"]), estimator_places[entry])
        _write_json(site / estimator_bundle_path(entry), estimator_bundle | more)
    general = make_general_files(build.translated, settings.languages, build.page_paths, settings.site_url)
    for path, content in general.items():
        _write_text(site / path, content)
    _write_vocabulary(build, site)
    _write_programs(build, site)
    folders = {
        entry.id: (estimator_bundle_path(entry), estimator_places_folder(entry)) for entry in settings.languages.entries
    }
    write_offline_list(site, build.translated, settings.languages, folders, sizes)


def cache_places(build: SiteBuild, rules: Rules | None = None) -> dict[str, PlaceOutput]:
    """Cache the output of the places that were made now, and return it by place."""
    rules, outputs = _translate_rules(build) if rules is None else rules, {}
    for place, days in build.change_days.items():
        files = make_place_files(build.translated, build.settings.languages, {place: days}, build.settings.site_url)
        sent = {address(path): text for path, text in build.new_pages[place].items()}
        for entry, translated in rules.items():
            path = f"{estimator_places_folder(entry)}{place}.json"
            estimator_bundle = make_estimator_bundle(translated | {"revision": REVISION_PLACEHOLDER}, [place])
            files[path] = sent[path] = _encode(estimator_bundle)
        sizes = {path: packed_bytes(text.encode()) for path, text in sent.items()}
        outputs[place] = PlaceOutput(build.new_pages[place], files, sizes)
        build.place_cache.put(place, outputs[place])
    return outputs


def _translate_rules(build: SiteBuild) -> Rules:
    languages = build.settings.languages
    entries = [languages.entries[0], *languages.additional]
    return {entry: add_languages(build.bundle, languages, [entry.id]) for entry in entries}


def _write_places(
    build: SiteBuild, site: Path, outputs: dict[str, PlaceOutput]
) -> tuple[dict[str, int], dict[LanguageEntry, dict[str, Json]]]:
    """Write the output of each place, but for the pages that were rendered just now.

    Returns how many bytes a server sends of its files, by address, and its rules as the estimator of a language needs
    them. The output of one place at a time is in memory: all together are as large as the site.
    """
    languages = build.settings.languages
    sizes: dict[str, int] = {}
    rules: dict[LanguageEntry, dict[str, Json]] = {entry: {} for entry in (languages.entries[0], *languages.additional)}
    for place in build.bundle["places"]:
        output = outputs.get(place) or build.place_cache.get(place)
        if output is None:  # somebody has emptied the folder in the meantime
            raise SiteBuildError(f"{place}: {build.cache.folder}?")
        sizes |= output.sizes
        for path, text in output.files.items():
            _write_text(site / path, build.fill_in_revision(text))
        for path, text in {} if place in build.new_pages else output.pages.items():
            _write_text(site / f"{address(path)}index.html", build.fill_in_revision(text))
            build.page_paths.append(path)
        for entry, places in rules.items():
            places[place] = json.loads(output.files[f"{estimator_places_folder(entry)}{place}.json"])["places"][place]
    return sizes, rules


def _write_vocabulary(build: SiteBuild, site: Path) -> None:
    """Write the schemas for editors, and the index of the search in each language."""
    library = shared_library(build.checked.files, Problems(), build.cache)
    write_schemas(library, site / SCHEMAS)
    for entry in build.settings.languages.entries:
        language = make_language(build.translated, entry.id, build.settings.languages)
        static_entries = build.static_entries.get(entry.id, [])
        index = make_search_index(build.translated, library.search, static_entries, build.topics, language)
        _write_json(site / index_path(entry.id), index)


def _write_programs(build: SiteBuild, site: Path) -> None:
    """Write the Python runtime, scripts and styles, and what the site was built with."""
    root = build.settings.root
    pyodide = beside(root, build.settings.pyodide)
    try:
        write_runtime(site / RUNTIME, pyodide, CALCULATOR)
    except RuntimeFilesError as error:
        raise SiteBuildError(str(error)) from error
    fonts = {"cards": build.card_toolchain} if build.card_toolchain else {}
    tools = list_tool_versions({"pyodide": pyodide, **find_npm_packages(root)})
    write_build_info(site, build.bundle, tools, fonts)
    write_web(site, root)


def _encode(data: Json) -> str:
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"))


def _write_json(file: Path, data: Json) -> None:
    _write_text(file, _encode(data))


def _write_text(file: Path, text: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")
