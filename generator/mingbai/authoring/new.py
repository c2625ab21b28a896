"""Create a site, a place, or the first version of a policy."""

from pathlib import Path

from mingbai.authoring.entry import record_entry
from mingbai.authoring.skeleton import ORDER_NOTE, make_place_skeleton, make_policy_skeleton
from mingbai.core.file_set import read_text, write_together
from mingbai.core.resources import REPOSITORY, beside
from mingbai.diagnostics.errors import CallError
from mingbai.loader.names import INITIAL, parse_day, parse_id, parse_policy
from mingbai.model.reserved_names import RESERVED_PLACE_IDS, RESERVED_POLICY_IDS
from mingbai.schema.modelines import prepend_modeline
from mingbai.syntax.edits import annotate, append_to
from mingbai_calculator.law.kinds import BILL_PAYING_KINDS, KINDS

_SOURCES_TEXT = """\
# 规定出自哪些文件：编号、标题、谁发的、多少行。写法见指南“添一个地方”。
# The documents that the rules rest on: id, title, publisher, number of lines. See the guide, “Add a place”.
"""


_SITE_FILES = {
    "mkdocs.yml": "mkdocs.yml",
    "policies/facts.yaml": "policies/facts.yaml",
    "policies/terms.yaml": "policies/terms.yaml",
    "policies/search.yaml": "policies/search.yaml",
    ".github/workflows/publish.yml": "serving/github-pages/publish.yml",
}
"""Files of a new site, and the packaged files that they are copies of."""


def create_site(folder: Path) -> list[Path]:
    """Write settings and vocabulary of a new site; return the files written. Raises CallError.

    Existing files are not touched.
    """
    texts = {folder / name: read_text(beside(REPOSITORY, source)) for name, source in _SITE_FILES.items()}
    texts[folder / "policies/sources.yaml"] = _SOURCES_TEXT
    if all(file.exists() for file in texts):
        raise CallError("exists", folder)
    missing = {file: text for file, text in texts.items() if not file.exists()}
    write_together(missing)
    return list(missing)


def create_place(policies: Path, id_: str, name_zh: str, name_en: str) -> list[Path]:
    """Write `place.yaml` of a new place; return the files written. Raises CallError."""
    file = policies / parse_id(id_, RESERVED_PLACE_IDS) / "place.yaml"
    for name in (name_zh, name_en):
        if not name.strip() or not name.isprintable():
            raise CallError("bad_name", name)
    if file.parent.exists():
        raise CallError("exists", id_)
    write_together({file: prepend_modeline(policies, file, make_place_skeleton(id_, name_zh, name_en))})
    return [file]


def create_policy(  # noqa: PLR0913 - what the command line gives
    policies: Path, name: str, kind: str, effective: str | None, *, day: str, role: str
) -> list[Path]:
    """Write the first version of a new policy, entered by `role` on `day`; return the files written. Raises CallError.

    `effective` is its first day (ISO), None if it is not known. A policy that pays a part of a bill is appended to the
    place's order of payment, marked for review.
    """
    policy = parse_policy(policies, name)
    parse_id(policy.policy, RESERVED_POLICY_IDS)
    if kind not in KINDS:
        raise CallError("no_kind", kind, KINDS, kinds=", ".join(KINDS))
    first = None if effective is None else parse_day(effective)
    if policy.folder.exists():
        raise CallError("policy_exists", str(policy))
    file = policy.file(INITIAL if first is None else first.isoformat())
    new, changed = {file: prepend_modeline(policies, file, make_policy_skeleton(kind, first))}, {}
    if kind in BILL_PAYING_KINDS:
        file_name = f"{policy.place}/place.yaml"
        text, index = append_to(read_text(policy.place_file), file_name, "order", policy.policy)
        changed[policy.place_file] = annotate(text, file_name, [(index, ORDER_NOTE)])
    entry = record_entry(policies, f"{policy}/{file.stem}", day, role)
    write_together(new, changed | entry)
    return [*new, *changed]
