"""Routes: path and address of every page of a site, and relative links between pages.

A page at ``gaotai/inpatient.md`` is read at ``gaotai/inpatient/``. Paths are relative to the folder of a language.
"""

from typing import Any

from mingbai.bundle.topics import list_topic_pages
from mingbai.model.reserved_names import GENERATED_PAGES, STATIC_PAGES
from mingbai_calculator.law.kinds import KINDS

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
"""Static pages of the authors' guide, one file per language."""


def address(path: str) -> str:
    """Return the address of the page or file at `path`, relative to the root of the site; ``""`` for the home page."""
    plain = path.removesuffix(".md")
    if plain == path:  # a file
        return path
    if plain == "index":
        return ""
    return plain.removesuffix("/index") + "/"


def relative_address(page: str, target: str) -> str:
    """Return the address of `target` (from the root) relative to the page at path `page`."""
    here, there = address(page).split("/")[:-1], target.split("/")
    common = 0
    while common < min(len(here), len(there) - 1) and here[common] == there[common]:
        common += 1
    steps = [".."] * (len(here) - common) + there[common:]
    return "/".join(steps) or "./"


def version_path(place: str, policy: str, version: str) -> str:
    """Return the path of the page of one version, in the folder of a language; its address is permanent."""
    return f"{place}/{policy}/{version}.md"


def versions_with_pages(place: Json) -> list[tuple[str, int]]:
    """Return policy and index of each version with a page of its own: all versions of policies that have several."""
    return [
        (policy, index)
        for policy, versions in place["policies"].items()
        for index in range(len(versions))
        if len(versions) > 1
    ]


def revision_path(place: str, date: str) -> str:
    """Return the path of the page of a day of change; its address is permanent."""
    return f"{place}/changes/{date}.md"


def page_paths(bundle: Json) -> list[str]:
    """Return the path of every page in a language written in full, relative to the folder of the language."""
    paths = [
        *GENERATED_PAGES,
        *(f"{name}.md" for name in STATIC_PAGES),
        *(page.path for page in list_topic_pages(bundle)),
    ]
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
