"""The commands for finished sites: `mingbai verify` and `mingbai join`."""

import json
import sys
from pathlib import Path

import click

from mingbai.assets.offline_manifest import ROOT
from mingbai.build.atomic_build import configured_address, settings
from mingbai.cli.framework import BAD_CALL, LANG, LANGUAGES, output_option
from mingbai.core.os_errors import why
from mingbai.diagnostics.errors import CallError
from mingbai.diagnostics.messages import make_printable
from mingbai.i18n.catalogue import Catalogue
from mingbai.join.built_site import FinishedSite, read_finished_sites
from mingbai.release.build_info import BUILD_FILE
from mingbai.release.checksums import ChecksumsError, Verification, is_regular_file, verify_checksums
from mingbai.release.signature import SignatureError, find_signer, has_signature

EXIT_DIFFERS = 1
"""Exit code of `verify` for a copy that differs, or lacks a valid signature."""
_MAX_PATHS = 20
"""Most paths of a kind that are printed."""


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
    words = Catalogue(lang)
    try:
        verification = verify_checksums(folder)
    except ChecksumsError as error:
        raise CallError("not_sealed", folder) from error
    except OSError as error:
        raise CallError("unreadable", folder, why=why(error)) from error
    click.echo(
        words.say(
            "commands.verify.revision",
            revision=_read_build_value(folder, "revision") or words.say("commands.verify.unknown"),
        )
    )
    for place, card_hash in _read_card_hashes(folder).items():
        click.echo(words.say("commands.verify.card_hash", place=place, hash=card_hash))
    if preview := _read_build_value(folder, "preview"):
        click.echo(words.say("commands.verify.preview", date=preview))
    _print_verification(verification, words)
    signed = _tell_signature(folder, words) if signers is None else _check_signature(folder, signers, words)
    sys.exit(0 if verification.intact and signed else EXIT_DIFFERS)


@click.command(name="join")
@click.argument(
    "folders",
    metavar="DIR...",
    nargs=-1,
    required=True,
    type=click.Path(path_type=Path, exists=True, file_okay=False),
)
@output_option("province", "Where all of it goes.")
@click.option(
    "--signers",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="Join only sites that one of these has signed: OpenSSH's allowed_signers.",
)
@click.option("--site-url", help="Address at which all of it will stand; left out: the one in mkdocs.yml.")
@LANG
def join_command(
    folders: tuple[Path, ...], output: Path, signers: Path | None, site_url: str | None, lang: str
) -> None:
    """Put finished sites side by side, such as those of a province's counties; nothing is built again."""
    from mingbai.join.province import join_sites  # noqa: PLC0415 - slow to import, `verify` does not need it

    words = Catalogue(lang)
    sites, errors = read_finished_sites(folders, output)
    if signers is not None:
        errors += [CallError("join_unsigned", site.source) for site in sites if not _find_signer(site.source, signers)]
    if errors:
        for error in errors:
            click.echo(error.message(lang), err=True)
        sys.exit(BAD_CALL)
    configured = configured_address() if site_url is None else site_url
    address = f"{configured.rstrip('/')}/" if configured else ""
    revision = join_sites(sites, output, address, _read_operator())
    for note in _note_addresses(sites, address, words):
        click.echo(note, err=True)
    click.echo(words.say("commands.join.made", folder=output, count=len(sites), revision=revision))


def _read_operator() -> dict[str, str]:
    """Return the operator by language from the site's settings; empty unless given in every written language."""
    extra = settings().get("extra")
    operator = extra.get("operator") if isinstance(extra, dict) else None
    return (
        operator
        if isinstance(operator, dict) and all(isinstance(operator.get(lang), str) for lang in LANGUAGES)
        else {}
    )


def _note_addresses(sites: list[FinishedSite], address: str, words: Catalogue) -> list[str]:
    """Return a note for each site that was built for another address than its future one."""
    if not address:
        return [words.say("commands.join.no_address")]
    return [
        _note_other_address(site, wanted, words)
        for site in sites
        if (wanted := f"{address}{site.folder}/") != site.address
    ]


def _note_other_address(site: FinishedSite, wanted: str, words: Catalogue) -> str:
    if not site.address:
        return words.say("commands.join.none", folder=site.source, wanted=wanted)
    return words.say("commands.join.address", folder=site.source, own=site.address, wanted=wanted)


def _print_verification(verification: Verification, words: Catalogue) -> None:
    """Print which files are missing, changed or added."""
    if verification.intact:
        click.echo(words.say("commands.verify.whole", count=verification.files))
    for kind in ("missing", "changed", "added"):
        paths: list[str] = getattr(verification, kind)
        if paths:
            click.echo(words.say(f"commands.verify.{kind}", count=len(paths)))
        for path in paths[:_MAX_PATHS]:
            click.echo(f"  {make_printable(path)}")
        if len(paths) > _MAX_PATHS:
            click.echo(f"  {words.say('commands.verify.more', count=len(paths) - _MAX_PATHS)}")


def _tell_signature(folder: Path, words: Catalogue) -> bool:
    """Print that nobody was named whose signature would prove more; return True, as none was asked for."""
    click.echo(words.say(f"commands.verify.{'not_asked' if has_signature(folder) else 'nobody_signed'}"))
    return True


def _check_signature(folder: Path, signers: Path, words: Catalogue) -> bool:
    """Print who signed the site; return whether it is signed. Raises CallError without ssh-keygen."""
    name = _find_signer(folder, signers)
    click.echo(
        words.say("commands.verify.unsigned") if name is None else words.say("commands.verify.signed", name=name)
    )
    return name is not None


def _find_signer(folder: Path, signers: Path) -> str | None:
    """Return who signed a site. Raises CallError without ssh-keygen."""
    try:
        return find_signer(folder, signers)
    except SignatureError as error:
        raise CallError("no_ssh_keygen") from error


def _read_card_hashes(folder: Path) -> dict[str, str]:
    """Return what the printed cards of each place of a copy carry, by its id; empty if the copy does not say."""
    try:
        places = json.loads((folder / "data/index.json").read_text(encoding="utf-8"))["places"]
        return {str(place["id"]): str(place["card_hash"]) for place in places}
    except (OSError, ValueError, KeyError, TypeError):
        return {}


def _read_build_value(folder: Path, key: str) -> str:
    """Return a value of a copy's build information, such as its revision; ``""`` if there is none."""
    for name in (BUILD_FILE, ROOT):
        if not is_regular_file(folder / name):
            continue
        try:
            return str(json.loads((folder / name).read_text(encoding="utf-8"))[key])
        except (OSError, ValueError, KeyError, TypeError):
            continue
    return ""
