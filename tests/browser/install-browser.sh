#!/usr/bin/env bash
# Makes sure that there is a Chromium, a Chinese font for what it draws, and the web servers of tests/browser/test_serving.py.
# Does nothing where all are there. Tests look for /usr/bin/chromium first and for Playwright's own browser next.
set -euo pipefail
cd "$(dirname "$0")/../.."

has_font() { command -v fc-list >/dev/null && [[ -n "$(fc-list :lang=zh)" ]]; }

# nginx and Caddy are only unpacked, into build/servers: nothing of the system starts them, and no root is needed.
SERVERS=build/servers
unpack_servers() (
    folder="$(mktemp -d)"
    trap 'rm -rf "$folder"' EXIT
    (cd "$folder" && apt-get download -qq nginx libnginx-mod-http-brotli-static caddy 2>/dev/null) || exit 1
    rm -rf "$SERVERS"
    mkdir -p "$SERVERS"
    for package in "$folder"/*.deb; do dpkg-deb -x "$package" "$SERVERS"; done
    touch "$SERVERS/.unpacked"
)
servers() {
    if [[ -e $SERVERS/.unpacked ]] || ! command -v apt-get >/dev/null; then return; fi
    echo 'unpacking nginx and Caddy for the tests (a few seconds)'
    if unpack_servers; then return; fi
    # The package list may be missing or old.
    if [[ $EUID -eq 0 ]]; then apt-get update -qq || true; fi
    unpack_servers || echo 'nginx and Caddy cannot be had: tests of serving/ will be skipped'
}
servers

missing=()
[[ -x /usr/bin/chromium ]] || missing+=(chromium)
has_font || missing+=(fontconfig fonts-noto-cjk)
[[ ${#missing[@]} -gt 0 ]] || exit 0

if [[ $EUID -eq 0 ]] && command -v apt-get >/dev/null; then
    echo "installing ${missing[*]} (about 1 minute)"
    export DEBIAN_FRONTEND=noninteractive
    # A package list that cannot be renewed may still do: the installation decides.
    apt-get update -qq || true
    # Waits for a lock, as a fresh machine may still be installing updates of its own.
    apt-get install --yes -qq --no-install-recommends -o DPkg::Lock::Timeout=300 "${missing[@]}" >/dev/null
    exit 0
fi

has_font || echo 'no Chinese font is installed: screenshots will show boxes'
if [[ ! -x /usr/bin/chromium ]]; then
    echo 'installing a browser for Playwright (about 1 minute the first time)'
    .venv/bin/playwright install chromium >/dev/null
fi
