"""The pages of a built site as the single file and the stick need them."""

import re
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import unquote, urldefrag, urljoin

from mingbai.i18n.languages import SITE, WRITTEN, Entry
from mingbai.offline.markup import DEAD, Attributes

ESTIMATOR = "estimator/"

_STEPS = 2
"""So many steps has its address: place and policy."""

_ROOT = "https://mingbai.invalid/"
_WITHOUT = ("search/", "open-data/", "authors/", "diag/")
"""Pages that need a server, or that nobody reads without one."""
_MAIN = re.compile(r"<main\b[^>]*>(.*)</main>", re.DOTALL)
_ADDRESSES = ("href", "src", "action")


@dataclass(frozen=True, slots=True)
class Site:
    """A built site: its folder, and the addresses of its pages, from the root (``en/gaotai/``)."""

    folder: Path
    pages: frozenset[str] = field(default_factory=frozenset)

    def page(self, address: str) -> str:
        """Return the HTML of a page."""
        return (self.folder / address / "index.html").read_text(encoding="utf-8")

    def main(self, address: str) -> str:
        """Return what stands in its `main`."""
        found = _MAIN.search(self.page(address))
        return found[1] if found else ""


def read_site(folder: Path) -> Site:
    """Return the pages of a site that can be read without a server."""
    addresses = {file.parent.relative_to(folder).as_posix() + "/" for file in folder.rglob("index.html")}
    site = Site(folder)
    found = {"" if address == "./" else address for address in addresses}
    return Site(folder, frozenset(each for each in found if _is_read(each) and site.main(each)))


def _is_read(address: str) -> bool:
    return not without_language(address).startswith(_WITHOUT)


def language_of(address: str) -> Entry:
    """Return the language of the page at an address."""
    return SITE.of_page(address)


def without_language(address: str) -> str:
    """Return the address of a page inside its language."""
    return address.removeprefix(language_of(address).folder)


def of_language(site: Site, entry: Entry) -> list[str]:
    """Return the pages of one language as they stand in the single file.

    What changed when is not among them, nor is each version's own page: the policy's says the same in short.
    """
    return sorted(each for each in site.pages if language_of(each).id == entry.id and not _is_history(each))


def _is_history(address: str) -> bool:
    parts = without_language(address).rstrip("/").split("/")
    return len(parts) > _STEPS or parts[1:2] == ["changes"]


def target(page: str, link: str) -> tuple[str, str] | None:
    """Return the address and the place on it that a link of `page` leads to; None if that is not on the site."""
    whole, place = urldefrag(urljoin(_ROOT + page, link))
    return (unquote(whole.removeprefix(_ROOT)), place) if whole.startswith(_ROOT) else None


def dead(attributes: Attributes) -> Attributes:
    """Return the attributes of a link that leads nowhere."""
    return {DEAD: None, **{name: value for name, value in attributes.items() if name not in {"href", "hreflang"}}}


def address_of(attributes: Attributes) -> tuple[str, str] | None:
    """Return which attribute holds an address, and the address."""
    return next(((name, attributes[name] or "") for name in _ADDRESSES if name in attributes), None)


def is_search(tag: str, attributes: Attributes) -> bool:
    """Whether an element belongs to the search, which needs a server."""
    names = (attributes.get("class") or "").split()
    return "mb-search" in names or (tag == "script" and "/search/" in (attributes.get("src") or ""))


LANGUAGES = WRITTEN.entries
"""Those of the single file."""
