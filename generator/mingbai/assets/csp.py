"""What a page of the site may do: the one place that holds its Content-Security-Policy and the headers beside it.

Pages carry the policy in a meta tag, for hosts that send no headers; ``serving/`` has the same as headers, and a
test compares them. Nothing may come from elsewhere, nothing may run that stands in a page itself, and no text may
be run as a script; WebAssembly may, for the calculator is Python. A picture may be made in the page itself
(``data:``), for whoever wants to keep a result.

The single file of `mingbai offline` has no policy: everything stands in it.
"""

_SOURCES = {
    "default-src": "'none'",
    "script-src": "'self' 'wasm-unsafe-eval'",
    "worker-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data:",
    "connect-src": "'self'",
    "manifest-src": "'self'",
    "base-uri": "'none'",
    "form-action": "'self'",
}
_IN_HEADERS_ONLY = {"frame-ancestors": "'self'"}
"""Browsers pass over it in a meta tag, with a warning."""

CACHED_FOR_EVER = "public, max-age=31536000, immutable"
"""Cache-Control of files with a hash of their content in the name."""
ASKED_EACH_TIME = "no-cache"
"""Cache-Control of all others: kept, but the server is asked whether they are still the newest."""
HASHED_NAME = r"\.[0-9a-f]{16}\.[a-z]+$"
"""Which names have such a hash, as a regular expression that nginx, Caddy and Python understand alike."""


def meta_policy(*, live: bool = False) -> str:
    """Return the policy as it stands in the meta tag of each page.

    A page with live reload has a script of MkDocs in it; it is on the editor's own machine.
    """
    more = {"script-src": f"{_SOURCES['script-src']} 'unsafe-inline'"} if live else {}
    return _said(_SOURCES | more)


def security_headers() -> dict[str, str]:
    """Return the headers that a server sends with every answer."""
    return {
        "Content-Security-Policy": _said(_SOURCES | _IN_HEADERS_ONLY),
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "no-referrer",
        "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
        "Cross-Origin-Opener-Policy": "same-origin",
    }


def _said(sources: dict[str, str]) -> str:
    return "; ".join(f"{name} {value}" for name, value in sources.items())
