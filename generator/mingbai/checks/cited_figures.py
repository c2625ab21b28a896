"""Figures against their sources: each figure of a version stands in a line that the version cites, or is marked.

What a document prints is known from its list in ``policies/figures/``. A version that cites a document without a list
is not looked at; `check_figure_lists` says which documents have none.
"""

from collections.abc import Iterator

from mingbai.checks.lints.shared.context import make_warning
from mingbai.checks.version_figures import VersionFigure, list_version_figures
from mingbai.diagnostics.problem import Problem, Problems, format_path
from mingbai.figures.quantities import Quantity, find_quantities
from mingbai.loader.library import Library, LoadedPlace, LoadedVersion
from mingbai.loader.snapshot import FIGURES
from mingbai.model.version import Source

_MOST_SHOWN = 20


def check_figure_lists(library: Library, problems: Problems) -> None:
    """Say which list of figures is not that of its document, and which document has none where others have one."""
    documents = library.documents.get("sources.yaml")
    for name, figures in library.figures.items():
        written = library.documents[f"{FIGURES}/{name}"]
        source = library.sources.get(name)
        if source is None:
            known = tuple(library.sources)
            problems.add(written.problem("unknown-document", found=name, expected=known))
            continue
        if figures.sha256 != source.sha256:
            problems.add(written.problem("figures-of-other-document", ("sha256",), found=name))
        elif figures.lines != source.lines:
            problems.add(
                written.problem("figures-of-other-length", ("lines",), found=figures.lines, limit=str(source.lines))
            )
        for key in written.value["figures"]:
            if not 1 <= int(key) <= source.lines:
                path = ("figures", key)
                problems.add(
                    written.problem("line-beyond-document", path, found=str(key), at_key=True, limit=str(source.lines))
                )
    if library.figures and documents is not None:
        for name in library.sources:
            if name not in library.figures:
                problems.add(make_warning(documents, "figures-missing", (name,), found=name))


def check_cited_figures(library: Library, problems: Problems) -> None:
    """Say which figures of the versions of a library's places stand in no line that their version cites."""
    for place in library.places.values():
        for versions in place.policies.values():
            for version in versions:
                for problem in _check_version(version, library):
                    problems.add(problem)


def _check_version(version: LoadedVersion, library: Library) -> Iterator[Problem]:
    certainties = version.model.certainties
    marked = {} if certainties is None else certainties.figures
    figures = list(list_version_figures(version, library.facts))
    paths = tuple(dict.fromkeys(format_path(figure.path) for figure in figures))
    for name in marked:
        if name not in paths:
            path = ("certainties", "figures", name)
            yield version.document.problem("no-figure-there", path, found=name, expected=paths, at_key=True)
    if any(source.document not in library.figures for source in version.model.source):
        return
    printed = [figure for source in version.model.source for figure in _list_printed(source, library)]
    quantities = {quantity for figure in printed for quantity in find_quantities(figure)}
    told = set()
    for figure in figures:
        name = format_path(figure.path)
        mark = marked.get(name)
        if (mark is not None and mark.certainty != "stated") or name in told or _is_printed(figure, quantities):
            continue
        told.add(name)
        cited = ", ".join(_format_source(source) for source in version.model.source)
        there = " ".join(dict.fromkeys(printed[:_MOST_SHOWN])) or "-"
        yield version.document.problem(
            "figure-not-cited", figure.path, found=figure.written, lines=cited, figures=there
        )


def _is_printed(figure: VersionFigure, quantities: set[Quantity]) -> bool:
    return any(figure.is_printed_as(quantity) for quantity in quantities)


def _list_printed(source: Source, library: Library) -> Iterator[str]:
    figures, (first, last) = library.figures[source.document].figures, source.lines
    for line in range(first, min(last, max(figures, default=0)) + 1):
        yield from figures.get(line, "").split()


def check_revision_lines(library: Library, problems: Problems) -> None:
    """Say which revision cites other lines than those that its policies rest on."""
    for place in library.places.values():
        for problem in _check_revisions(place):
            problems.add(problem)


def _check_revisions(place: LoadedPlace) -> Iterator[Problem]:
    document = place.revisions_document
    if document is None:
        return
    for index, revision in enumerate(place.revisions):
        first, last = revision.document.lines
        for number, policy in enumerate(revision.policies):
            for version in place.policies.get(policy, []):
                sources = version.model.source
                if version.start == revision.date and not any(
                    source.document == revision.document.id and source.lines[0] <= last and first <= source.lines[1]
                    for source in sources
                ):
                    yield document.problem(
                        "revision-cites-other-lines",
                        (index, "policies", number),
                        found=policy,
                        lines=_format_lines(revision.document.id, (first, last)),
                        rests=", ".join(_format_source(source) for source in sources),
                    )


def _format_source(source: Source) -> str:
    return _format_lines(source.document, source.lines)


def _format_lines(document: str, lines: tuple[int, int]) -> str:
    first, last = lines
    return f"{document}:{first}" if first == last else f"{document}:{first}-{last}"
