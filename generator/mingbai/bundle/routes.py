"""Routes: the path of every page of a site, its address, and links between pages.

A page at ``gaotai/inpatient.md`` is read at ``gaotai/inpatient/``. Paths are from the folder of a language.
"""

from typing import Any

from mingbai.bundle.topics import gather
from mingbai.model.reserved_names import ALONE, HAND_WRITTEN
from mingbai.model.version import KINDS

type Json = dict[str, Any]

GUIDE_FOLDER = "authors/"
GUIDE_JOBS = ("add-place", "add-policy", "revise", "correct", "retire", "fact-check")
GUIDE_PAGES = (
    "index",
    *GUIDE_JOBS,
    *(f"kind-{kind.replace('_', '-')}" for kind in KINDS),
    "publish",
    "serve",
    "fields",
    "commands",
    "programs",
)
"""Pages of the guide that people write, one file for each language."""


def address(path: str) -> str:
    """Return the address of the page or file at `path`, from the root of the site; the home page is the empty one."""
    plain = path.removesuffix(".md")
    if plain == path:  # a file
        return path
    if plain == "index":
        return ""
    return plain.removesuffix("/index") + "/"


def relative(page: str, target: str) -> str:
    """Return the address of `target` (from the root) as the page at path `page` links to it."""
    here, there = address(page).split("/")[:-1], target.split("/")
    common = 0
    while common < min(len(here), len(there) - 1) and here[common] == there[common]:
        common += 1
    steps = [".."] * (len(here) - common) + there[common:]
    return "/".join(steps) or "./"


def version_path(place: str, policy: str, version: str) -> str:
    """Return the path of the page of one version, from the folder of a language; its address is permanent."""
    return f"{place}/{policy}/{version}.md"


def versions_with_pages(place: Json) -> list[tuple[str, int]]:
    """Return policy and index of each version with a page of its own: of a sole version, the policy's page says all."""
    return [
        (policy, index)
        for policy, versions in place["policies"].items()
        for index in range(len(versions))
        if len(versions) > 1
    ]


def revision_path(place: str, date: str) -> str:
    """Return where the page of a day lies; its address is permanent."""
    return f"{place}/changes/{date}.md"


def page_paths(bundle: Json) -> list[str]:
    """Return the path of every page in a language that is written in full, from the folder of the language."""
    paths = [*ALONE, *(f"{name}.md" for name in HAND_WRITTEN), *(each.path for each in gather(bundle))]
    paths += [f"{GUIDE_FOLDER}codes.md", *(f"{GUIDE_FOLDER}{name}.md" for name in GUIDE_PAGES)]
    for place in bundle["places"].values():
        paths.append(f"{place['id']}/index.md")
        paths += [f"{place['id']}/{policy}.md" for policy in place["policies"]]
        for policy, index in versions_with_pages(place):
            paths.append(version_path(place["id"], policy, place["policies"][policy][index]["id"]))
        if place["revisions"]:
            paths.append(f"{place['id']}/changes.md")
        days = dict.fromkeys(revision["date"] for revision in place["revisions"])
        paths += [revision_path(place["id"], day) for day in days]
    return paths
