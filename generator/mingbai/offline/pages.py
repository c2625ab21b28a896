"""Pages and links of a built site, for the offline editions."""

import re
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import unquote, urldefrag, urljoin

from mingbai.i18n.languages import SITE, WRITTEN, LanguageEntry
from mingbai.offline.markup import DEAD_ATTRIBUTE, Attributes

ESTIMATOR = "estimator/"

_POLICY_DEPTH = 2
"""Steps in the address of a policy: place and policy."""

_BASE_URL = "https://mingbai.invalid/"
_EXCLUDED = ("search/", "open-data/", "authors/", "diag/")
"""Pages that need a server, or that are of no use offline."""
_MAIN = re.compile(r"<main\b[^>]*>(.*)</main>", re.DOTALL)
_ADDRESS_ATTRIBUTES = ("href", "src", "action")


@dataclass(frozen=True, slots=True)
class BuiltSite:
    """A built site: its folder, and the addresses of its pages relative to the root (``en/gaotai/``)."""

    folder: Path
    pages: frozenset[str] = field(default_factory=frozenset)

    def read_page(self, address: str) -> str:
        """Return the HTML of a page."""
        return (self.folder / address / "index.html").read_text(encoding="utf-8")

    def read_main(self, address: str) -> str:
        """Return the inner HTML of a page's ``main``; ``""`` without one."""
        match = _MAIN.search(self.read_page(address))
        return match[1] if match else ""


def read_site(folder: Path) -> BuiltSite:
    """Return a site with the pages that work without a server."""
    addresses = {file.parent.relative_to(folder).as_posix() + "/" for file in folder.rglob("index.html")}
    site = BuiltSite(folder)
    pages = {"" if address == "./" else address for address in addresses}
    return BuiltSite(folder, frozenset(page for page in pages if _is_readable_offline(page) and site.read_main(page)))


def _is_readable_offline(address: str) -> bool:
    return not strip_language(address).startswith(_EXCLUDED)


def find_language(address: str) -> LanguageEntry:
    """Return the language of the page at an address."""
    return SITE.of_page(address)


def strip_language(address: str) -> str:
    """Return an address without the folder of its language."""
    return address.removeprefix(find_language(address).folder)


def list_pages(site: BuiltSite, entry: LanguageEntry) -> list[str]:
    """Return the pages of one language in the single file, sorted.

    Pages of revisions and of single versions are left out: the page of a policy has their content in short.
    """
    return sorted(page for page in site.pages if find_language(page).id == entry.id and not _is_history_page(page))


def _is_history_page(address: str) -> bool:
    parts = strip_language(address).rstrip("/").split("/")
    return len(parts) > _POLICY_DEPTH or parts[1:2] == ["changes"]


def resolve_link(page: str, link: str) -> tuple[str, str] | None:
    """Return page address and fragment of a link on `page`; None if it leads out of the site."""
    url, fragment = urldefrag(urljoin(_BASE_URL + page, link))
    return (unquote(url.removeprefix(_BASE_URL)), fragment) if url.startswith(_BASE_URL) else None


def make_dead_link(attributes: Attributes) -> Attributes:
    """Return the attributes of a link without a target."""
    return {
        DEAD_ATTRIBUTE: None,
        **{name: value for name, value in attributes.items() if name not in {"href", "hreflang"}},
    }


def find_address(attributes: Attributes) -> tuple[str, str] | None:
    """Return the name and the value of the attribute that holds an address; None without one."""
    return next(((name, attributes[name] or "") for name in _ADDRESS_ATTRIBUTES if name in attributes), None)


def is_search_element(tag: str, attributes: Attributes) -> bool:
    """Return whether an element belongs to the search, which needs a server."""
    names = (attributes.get("class") or "").split()
    return "mb-search" in names or (tag == "script" and "/search/" in (attributes.get("src") or ""))


LANGUAGES = WRITTEN.entries
"""Languages of the single file."""
