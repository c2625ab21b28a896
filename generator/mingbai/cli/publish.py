"""The commands for finished sites: `mingbai verify` and `mingbai join`."""

import json
import sys
from pathlib import Path

import click

from mingbai.assets.offline_manifest import ROOT
from mingbai.build.atomic_build import configured_address, settings
from mingbai.cli.framework import BAD_CALL, LANG, LANGUAGES, output_option
from mingbai.diagnostics.errors import CallError
from mingbai.diagnostics.messages import counted
from mingbai.i18n.catalogue import Catalogue, written_catalogue
from mingbai.join.built_site import Finished, read_finished
from mingbai.release.build_info import BUILD
from mingbai.release.checksums import SumsError, Verdict, verify
from mingbai.release.signature import SignatureError, signer

DIFFERS = 1
_MOST = 20
"""So many paths of a kind are named; more say nothing new."""


@click.command(name="verify")
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.option(
    "--signers",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="Also ask for a signature by one of these: OpenSSH's allowed_signers.",
)
@LANG
def verify_command(folder: Path, signers: Path | None, lang: str) -> None:
    """Tell whether DIR, a copy of a published site, is complete and untouched, and which revision it is."""
    words = written_catalogue("authoring", lang)
    try:
        verdict = verify(folder)
    except SumsError as error:
        key = "not_sealed"
        raise CallError(key, folder) from error
    click.echo(words.say("verify.revision", revision=_said(folder, "revision") or words.say("verify.unknown")))
    if preview := _said(folder, "preview"):
        click.echo(words.say("verify.preview", date=preview))
    _tell(verdict, words)
    signed = signers is None or _signed(folder, signers, words)
    sys.exit(0 if verdict.whole and signed else DIFFERS)


@click.command(name="join")
@click.argument(
    "folders",
    metavar="DIR...",
    nargs=-1,
    required=True,
    type=click.Path(path_type=Path, exists=True, file_okay=False),
)
@output_option("province", "Where all of it goes.")
@click.option("--site-url", help="Address at which all of it will stand; left out: the one in mkdocs.yml.")
@LANG
def join_command(folders: tuple[Path, ...], output: Path, site_url: str | None, lang: str) -> None:
    """Put finished sites side by side, such as those of a province's counties; nothing is built again."""
    from mingbai.join.province import join_sites  # noqa: PLC0415 - `verify` need not wait for it

    words = written_catalogue("authoring", lang)
    sites, errors = read_finished(folders, output)
    if errors:
        for error in errors:
            click.echo(error.says(lang), err=True)
        sys.exit(BAD_CALL)
    given = configured_address() if site_url is None else site_url
    address = f"{given.rstrip('/')}/" if given else ""
    revision = join_sites(sites, output, address, _operator())
    for note in _addresses(sites, address, words):
        click.echo(note, err=True)
    click.echo(counted(words.say("join.made", folder=output, count=len(sites), revision=revision)))


def _operator() -> dict[str, str]:
    """Return who runs the site, as the settings have it; nothing unless they say so in every written language."""
    extra = settings().get("extra")
    told = extra.get("operator") if isinstance(extra, dict) else None
    return told if isinstance(told, dict) and all(isinstance(told.get(lang), str) for lang in LANGUAGES) else {}


def _addresses(sites: list[Finished], address: str, words: Catalogue) -> list[str]:
    """Say which sites were built for another address than the one where they will stand."""
    if not address:
        return [words.say("join.no_address")]
    wanted = {site.folder: f"{address}{site.folder}/" for site in sites}
    return [
        words.say("join.address" if site.address else "join.none", folder=site.source, own=site.address, wanted=url)
        for site in sites
        if (url := wanted[site.folder]) != site.address
    ]


def _tell(verdict: Verdict, words: Catalogue) -> None:
    if verdict.whole:
        click.echo(counted(words.say("verify.whole", count=verdict.files)))
    for kind in ("missing", "changed", "added"):
        paths: list[str] = getattr(verdict, kind)
        if paths:
            click.echo(counted(words.say(f"verify.{kind}", count=len(paths))))
        for path in paths[:_MOST]:
            click.echo(f"  {path}")
        if len(paths) > _MOST:
            click.echo(f"  {words.say('verify.more', count=len(paths) - _MOST)}")


def _signed(folder: Path, signers: Path, words: Catalogue) -> bool:
    try:
        name = signer(folder, signers)
    except SignatureError as error:
        key = "no_ssh_keygen"
        raise CallError(key) from error
    click.echo(words.say("verify.unsigned") if name is None else words.say("verify.signed", name=name))
    return name is not None


def _said(folder: Path, key: str) -> str:
    """Return what a copy says of itself, such as the revision of its policies; empty if it does not say."""
    for name in (BUILD, ROOT):
        try:
            return str(json.loads((folder / name).read_text(encoding="utf-8"))[key])
        except (OSError, ValueError, KeyError, TypeError):
            continue
    return ""
