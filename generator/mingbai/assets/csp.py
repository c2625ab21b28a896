"""Content-Security-Policy, security headers and Cache-Control values of the site: the only place that defines them.

Pages carry the policy in a meta tag, for hosts that send no headers; ``serving/`` has the same as headers, and a
test compares them. Resources of other origins, inline scripts and `eval` are forbidden; WebAssembly is allowed, as
the calculator runs on Pyodide. Pictures may be ``data:`` URLs, for readers who save a result as a picture.

The single file of `mingbai offline` has no policy: all its scripts and styles are inline.
"""

_DIRECTIVES = {
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
_HEADER_ONLY_DIRECTIVES = {"frame-ancestors": "'self'"}
"""Browsers ignore this directive in a meta tag, with a warning."""

CACHE_IMMUTABLE = "public, max-age=31536000, immutable"
"""Cache-Control of files with a hash of their content in the name: never requested again."""
CACHE_REVALIDATE = "no-cache"
"""Cache-Control of all other files: cached, but revalidated with the server at each use."""
HASHED_NAME = r"\.[0-9a-f]{16}\.[a-z]+$"
"""Regular expression of file names with such a hash; nginx, Caddy and Python read it alike."""


def make_meta_policy(*, live: bool = False) -> str:
    """Return the policy for the meta tag of each page.

    With `live`, inline scripts are allowed: MkDocs injects one for live reload, on the editor's own machine only.
    """
    live_directives = {"script-src": f"{_DIRECTIVES['script-src']} 'unsafe-inline'"} if live else {}
    return _format_policy(_DIRECTIVES | live_directives)


def make_security_headers() -> dict[str, str]:
    """Return the headers that a server sends with every response, by name."""
    return {
        "Content-Security-Policy": _format_policy(_DIRECTIVES | _HEADER_ONLY_DIRECTIVES),
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "no-referrer",
        "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
        "Cross-Origin-Opener-Policy": "same-origin",
    }


def _format_policy(directives: dict[str, str]) -> str:
    return "; ".join(f"{name} {value}" for name, value in directives.items())
