"""The signature of a site's list of hashes, by OpenSSH's `ssh-keygen -Y`: whoever has a key for a server can sign.

To sign: ``ssh-keygen -Y sign -f KEY -n mingbai SITE/SHA256SUMS``, which writes ``SHA256SUMS.sig`` beside it.
"""

import subprocess
from pathlib import Path

from mingbai.release.checksums import SIGNATURE, SUMS

NAMESPACE = "mingbai"
_TOOL = ("ssh-keygen", "-Y")


class SignatureError(Exception):
    """The signature cannot be checked: the tool is not installed."""


def signer(site: Path, signers: Path) -> str | None:
    """Return who of `signers` (an ``allowed_signers`` file of OpenSSH) signed a site; None if it was none of them.

    Raises SignatureError where there is no ssh-keygen.
    """
    signature = site / SIGNATURE
    if not signature.is_file():
        return None
    names = _run("find-principals", signers, signature)
    for name in names.splitlines() if names else ():
        if _run("verify", signers, signature, "-I", name, "-n", NAMESPACE, signed=site / SUMS) is not None:
            return name
    return None


def _run(job: str, signers: Path, signature: Path, *more: str, signed: Path | None = None) -> str | None:
    """Return what ssh-keygen says, or None if it says no."""
    command = [*_TOOL, job, "-f", str(signers), "-s", str(signature), *more]
    try:
        content = signed.read_bytes() if signed else b""
        done = subprocess.run(command, input=content, capture_output=True, check=False)  # noqa: S603 - no shell
    except FileNotFoundError as error:
        raise SignatureError from error
    return done.stdout.decode("utf-8", "replace") if done.returncode == 0 else None
