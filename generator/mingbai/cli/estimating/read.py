"""The command `mingbai read`."""

import json
import os
from datetime import date
from pathlib import Path
from typing import Any

import click

from mingbai.bundle.reading import list_all_definitions
from mingbai.checks.policies import compiled_bundle
from mingbai.cli.framework import LANG, NO_CACHE, POLICIES, policies_folder
from mingbai.core.cache import Cache
from mingbai.diagnostics.errors import CallError
from mingbai.i18n.said_back import SaidBack
from mingbai.loader.names import parse_day
from mingbai_reading import Definition, read


@click.command(name="read", context_settings={"ignore_unknown_options": True})
@click.argument("fact")
@click.argument("texts", metavar="TEXT ...", nargs=-1, required=True)
@click.option("--today", help="The day on which it was written, YYYY-MM-DD; without it, 今天 is a fault.")
@POLICIES
@LANG
@NO_CACHE
def read_command(  # noqa: PLR0913 - click hands over each option
    fact: str, texts: tuple[str, ...], today: str | None, policies: Path, lang: str, *, no_cache: bool
) -> None:
    """Tell what a text is taken for: FACT is a fact, an input PLACE/POLICY.NAME, or `date`."""
    bundle = compiled_bundle(
        policies_folder(policies), cache=None if no_cache else Cache(), jobs=os.process_cpu_count() or 1
    )
    known = list_all_definitions(bundle)
    if fact not in known:
        raise CallError("no_fact", fact, tuple(known))
    day = None if today is None else parse_day(today)
    sentences = SaidBack(lang)
    for text in texts:
        click.echo(_as_line(_describe(text, known[fact], day, sentences)))


def _describe(text: str, fact: Definition, today: date | None, sentences: SaidBack) -> dict[str, Any]:
    """Return what the contract has of one text; one that says it is not known is no value of a request: null."""
    reading = read(fact, text, today)
    if reading.kind in ("value", "unknown"):
        return {"text": text, "value": reading.value, "say": sentences.value(reading, fact)}
    return {"text": text, "ask" if reading.kind == "ask" else "fault": sentences.fault(reading, fact, text)}


def _as_line(told: dict[str, Any]) -> str:
    """Return JSON in one line; bytes of a call that are no text are shown as question marks."""
    return json.dumps(told, ensure_ascii=False).encode("utf-8", "replace").decode()
