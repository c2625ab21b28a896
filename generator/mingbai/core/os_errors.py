"""Errors of the operating system as words that messages know."""

import errno

_WHY = {
    errno.ENOENT: "gone",
    errno.ELOOP: "circle",
    errno.EACCES: "denied",
    errno.EPERM: "denied",
    errno.EROFS: "denied",
    errno.ENOSPC: "full",
}


def why(error: OSError) -> str:
    """Return why the system refuses a file, as a key of ``problems.why`` in the catalogue."""
    return _WHY.get(error.errno or 0, "other")
