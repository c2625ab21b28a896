"""The commands `mingbai cards` and `mingbai new households`."""

import importlib.util
import os
import sys
from pathlib import Path

import click

from mingbai.build.atomic_build import configured_address
from mingbai.bundle.selection import select_places
from mingbai.checks.policies import compiled_bundle
from mingbai.cli.framework import BAD_POLICIES, LANGUAGES, POLICIES, output_option, policies_folder
from mingbai.cli.progress import ProgressPrinter
from mingbai.core.cache import Cache
from mingbai.core.os_errors import why
from mingbai.diagnostics.errors import CallError
from mingbai.i18n.catalogue import Catalogue
from mingbai.loader.names import parse_day

BOTH_LANGUAGES = "both"
_JOBS = os.process_cpu_count() or 1
_CARD_LANG = click.option(
    "--lang",
    type=click.Choice([*LANGUAGES, BOTH_LANGUAGES]),
    default=LANGUAGES[0],
    show_default=True,
    help="Language of the cards; both: each thing in one language and then in the other.",
)


@click.command(name="cards")
@click.argument("place")
@POLICIES
@output_option("cards", "Where the cards go.")
@click.option(
    "--theme", "themes", metavar="ID", multiple=True, help="Only this life event, or this policy; may be repeated."
)
@click.option(
    "--paper", type=click.Choice(["a5", "a4", "a3"]), default="a5", show_default=True, help="A4: two sides of A5."
)
@_CARD_LANG
@click.option("--large", is_flag=True, help="Larger print.")
@click.option("--png", is_flag=True, help="A picture of each side too, to send in a chat.")
@click.option("--site-url", help="Address of the site, for the QR code; left out: the one in mkdocs.yml.")
@click.option(
    "--households",
    type=click.Path(path_type=Path, dir_okay=False),
    help="A list (CSV, XLSX): one card for each household. See `mingbai new households`.",
)
@click.option(
    "--date", "day", help="By the rules of this day, YYYY-MM-DD; left out: the last one that the sources show."
)
def cards_command(  # noqa: PLR0913, PLR0917 - click hands over each option
    place: str,
    policies: Path,
    output: Path,
    themes: tuple[str, ...],
    paper: str,
    lang: str,
    site_url: str | None,
    households: Path | None,
    day: str | None,
    *,
    large: bool,
    png: bool,
) -> None:
    """Make printable cards of PLACE (PDF): of each life event, or of each household of a list."""
    if importlib.util.find_spec("typst") is None:
        raise CallError("no_typst")
    from mingbai.cards.printing import PrintRequest, print_blank_cards, print_household_cards  # noqa: PLC0415 - needs typst and fontTools

    bundle = select_places(compiled_bundle(policies_folder(policies), cache=Cache(), jobs=_JOBS), [place])
    languages = LANGUAGES if lang == BOTH_LANGUAGES else (lang,)
    request = PrintRequest(bundle, place, tuple(languages), _normalize_address(site_url), paper, large, output)  # type: ignore[arg-type]
    words = Catalogue(languages[0])
    if not request.site_url:
        click.echo(words.say("cards.no_site_url"), err=True)
    iso_day = None if day is None else parse_day(day).isoformat()
    if households is None:
        for file in print_blank_cards(request, themes, iso_day, png=png):
            click.echo(file)
        return
    if themes or png:
        raise CallError("not_with_households", "--png" if png else "--theme")
    progress = ProgressPrinter(languages[0], "problems.progress.households")
    files, count, report = print_household_cards(request, households, iso_day, progress)
    for line in report.bad_rows:
        click.echo(line, err=True)
    for line in report.notes:
        click.echo(line, err=True)
    click.echo(words.say("cards.printed", count=count, files=len(files), folder=output))
    if report.bad_rows:
        sys.exit(BAD_POLICIES)


@click.command(name="households")
@click.argument("place", required=False)
@POLICIES
@click.option(
    "--output", type=click.Path(path_type=Path, dir_okay=False), default=Path("households.csv"), show_default=True
)
@click.option(
    "--lang", type=click.Choice(LANGUAGES), default=LANGUAGES[0], show_default=True, help="Language of the list."
)
def households_command(place: str | None, policies: Path, output: Path, lang: str) -> None:
    """Write an empty list of households for `mingbai cards --households`, with the columns that PLACE asks for."""
    from mingbai.cards.households.template import make_template  # noqa: PLC0415 - nobody else needs it
    from mingbai.pages.wording.language import make_language  # noqa: PLC0415

    bundle = compiled_bundle(policies_folder(policies), cache=Cache(), jobs=_JOBS)
    names = list(bundle["facts"])
    if place is not None:
        names = select_places(bundle, [place])["places"][place]["asks_facts"]
    if output.exists():
        raise CallError("exists", output)
    content = make_template(names, make_language(bundle, lang))
    try:
        output.write_text(content, encoding="utf-8", newline="")
    except OSError as error:
        raise CallError("unwritable", output, why=why(error)) from error
    click.echo(Catalogue(lang).say("commands.written", file=output))


def _normalize_address(site_url: str | None) -> str:
    """Return the URL of the site with a slash at its end; ``""`` if none is configured."""
    address = site_url if site_url is not None else configured_address()
    return f"{address.rstrip('/')}/" if address else ""
