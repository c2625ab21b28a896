"""Addresses. A page at ``gaotai/inpatient.md`` is read at ``gaotai/inpatient/``."""


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
