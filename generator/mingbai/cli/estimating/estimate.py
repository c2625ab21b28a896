"""The command `mingbai estimate`."""

import json
import os
import sys
from pathlib import Path
from typing import Any

import click

from mingbai.checks.policies import bundle_for
from mingbai.cli.estimating.estimate_text import format_estimate
from mingbai.cli.framework import (
    BAD_CALL,
    ESTIMATE_LANG,
    LANGUAGES,
    NO_CACHE,
    POLICIES,
    policies_folder,
    require_options,
)
from mingbai.core.cache import Cache
from mingbai.diagnostics.errors import CallError
from mingbai.i18n.languages import SITE
from mingbai.i18n.translate import add_languages
from mingbai_calculator import BadRequestError, estimate
from mingbai_calculator.request.request import read_json
from mingbai_calculator.result.phrases import make_speaker


@click.command(name="estimate")
@click.argument("place")
@POLICIES
@click.option("--date", "day", help="Day of the event (of discharge, of payment), YYYY-MM-DD. Visits have their own.")
@click.option(
    "--facts",
    type=click.File(encoding="utf-8"),
    default=None,
    help='JSON: {"facts": {...}, "inputs": {...}}; - = standard input.',
)
@ESTIMATE_LANG
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
@NO_CACHE
def estimate_command(  # noqa: PLR0913, PLR0917 - click hands over each option
    place: str,
    policies: Path,
    day: str | None,
    facts: Any,  # noqa: ANN401 - click opens it
    lang: str,
    form: str,
    *,
    no_cache: bool,
) -> None:
    """Work out what a person pays and gets in PLACE."""
    bundle = bundle_for(
        policies_folder(policies), place, cache=None if no_cache else Cache(), jobs=os.process_cpu_count() or 1
    )
    if lang not in LANGUAGES:
        bundle = add_languages(bundle, SITE, [lang])
    try:
        fields = {} if facts is None else read_json(facts.read())
        if not isinstance(fields, dict):
            fields = {"facts": fields}
        if "visits" not in fields:
            require_options(date=day or fields.get("date"))
        request = {**fields, "place": place, "lang": lang}
        result = estimate(bundle, request if day is None else {**request, "date": day})
    except BadRequestError as error:
        for fault in error.faults:
            click.echo(make_speaker(bundle, lang).fault(fault), err=True)
        sys.exit(BAD_CALL)
    except UnicodeDecodeError:
        raise CallError("not_utf8", facts.name) from None
    if form == "json":
        click.echo(json.dumps(result, ensure_ascii=False, indent=2))
    else:
        click.echo(format_estimate(result, bundle, lang))
