"""Beginning: a new place, a new policy."""

from pathlib import Path

from mingbai.authoring.skeleton import ORDER_NOTE, place_skeleton, policy_skeleton
from mingbai.core.file_set import read_text, write_together
from mingbai.core.resources import REPOSITORY, beside
from mingbai.diagnostics.errors import CallError
from mingbai.loader.names import INITIAL, parse_day, parse_id, parse_policy
from mingbai.model.reserved_names import PAGES_OF_A_PLACE, PAGES_OF_THE_SITE
from mingbai.model.version import KINDS
from mingbai.schema.modelines import with_modeline
from mingbai.syntax.edits import annotate, append_to
from mingbai_calculator.kinds import ON_A_BILL

_SOURCES = """\
# 规定出自哪些文件：编号、标题、谁发的、多少行。写法见指南“加一项政策”。
# The documents that the rules rest on: id, title, publisher, number of lines. See the guide, “Add a policy”.
{}
"""


_OF_A_SITE = {
    "mkdocs.yml": "mkdocs.yml",
    "policies/facts.yaml": "policies/facts.yaml",
    "policies/terms.yaml": "policies/terms.yaml",
    "policies/search.yaml": "policies/search.yaml",
    ".github/workflows/publish.yml": "serving/github-pages/publish.yml",
}
"""The files of a new site, and what they are copies of."""


def new_site(folder: Path) -> list[Path]:
    """Write the settings of a new site and the vocabulary of its policies; return the files written. Raises CallError.

    What is there already stays.
    """
    texts = {folder / name: read_text(beside(REPOSITORY, came_as)) for name, came_as in _OF_A_SITE.items()}
    texts[folder / "policies/sources.yaml"] = _SOURCES
    if all(file.exists() for file in texts):
        key = "exists"
        raise CallError(key, folder)
    new = {file: text for file, text in texts.items() if not file.exists()}
    write_together(new)
    return list(new)


def new_place(policies: Path, id_: str, name_zh: str, name_en: str) -> list[Path]:
    """Write `place.yaml` of a new place and return the files written. Raises CallError."""
    file = policies / parse_id(id_, PAGES_OF_THE_SITE) / "place.yaml"
    for name in (name_zh, name_en):
        if not name.strip() or not name.isprintable():
            key = "bad_name"
            raise CallError(key, name)
    if file.parent.exists():
        key = "exists"
        raise CallError(key, id_)
    write_together({file: with_modeline(policies, file, place_skeleton(id_, name_zh, name_en))})
    return [file]


def new_policy(policies: Path, name: str, kind: str, effective: str | None) -> list[Path]:
    """Write the first version of a new policy and return the files written. Raises CallError.

    A policy that pays a part of a bill is put at the end of the place's order of paying, to be reviewed.
    """
    policy = parse_policy(policies, name)
    parse_id(policy.policy, PAGES_OF_A_PLACE)
    if kind not in KINDS:
        key = "no_kind"
        raise CallError(key, kind, tuple(KINDS), kinds=", ".join(KINDS))
    day = None if effective is None else parse_day(effective)
    if policy.folder.exists():
        key = "policy_exists"
        raise CallError(key, str(policy))
    file = policy.file(INITIAL if day is None else day.isoformat())
    new, changed = {file: with_modeline(policies, file, policy_skeleton(kind, day))}, {}
    if kind in ON_A_BILL:
        shown_as = f"{policy.place}/place.yaml"
        text, index = append_to(read_text(policy.place_file), shown_as, "order", policy.policy)
        changed[policy.place_file] = annotate(text, shown_as, [(index, ORDER_NOTE)])
    write_together(new, changed)
    return [*new, *changed]
