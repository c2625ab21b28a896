"""Signature of a site's checksum file, by OpenSSH's `ssh-keygen -Y`: any SSH key can sign.

To sign: ``ssh-keygen -Y sign -f KEY -n mingbai SITE/SHA256SUMS``, which writes ``SHA256SUMS.sig`` beside it.
"""

import subprocess
from pathlib import Path

from mingbai.release.checksums import CHECKSUMS_FILE, SIGNATURE_FILE, is_regular_file

NAMESPACE = "mingbai"
_TOOL = ("ssh-keygen", "-Y")


class SignatureError(Exception):
    """The signature cannot be checked: the tool is not installed."""


def find_signer(site: Path, signers: Path) -> str | None:
    """Return which of `signers` (an ``allowed_signers`` file of OpenSSH) signed a site; None if none of them did.

    Raises SignatureError if ssh-keygen is not installed.
    """
    signature = site / SIGNATURE_FILE
    if not has_signature(site):
        return None
    names = _run("find-principals", signers, signature)
    for name in names.splitlines() if names else ():
        if _run("verify", signers, signature, "-I", name, "-n", NAMESPACE, signed=site / CHECKSUMS_FILE) is not None:
            return name
    return None


def has_signature(site: Path) -> bool:
    """Return whether a site carries a signature, whoever made it."""
    return is_regular_file(site / SIGNATURE_FILE)


def _run(action: str, signers: Path, signature: Path, *more: str, signed: Path | None = None) -> str | None:
    """Return the output of ssh-keygen, or None if it fails (signature not valid)."""
    command = [*_TOOL, action, "-f", str(signers), "-s", str(signature), *more]
    try:
        content = signed.read_bytes() if signed else b""
        result = subprocess.run(command, input=content, capture_output=True, check=False)  # noqa: S603 - no shell
    except FileNotFoundError as error:
        raise SignatureError from error
    return result.stdout.decode("utf-8", "replace") if result.returncode == 0 else None
