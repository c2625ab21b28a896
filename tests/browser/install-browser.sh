#!/usr/bin/env bash
# Makes sure that there is a Chromium, and a Chinese font for what it draws. Does nothing where both are there.
# Tests look for /usr/bin/chromium first and for Playwright's own browser next.
set -euo pipefail
cd "$(dirname "$0")/../.."

has_font() { command -v fc-list >/dev/null && [[ -n "$(fc-list :lang=zh)" ]]; }

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
