"""The authors' guide: the page of problem codes, and what stands on its pages about the fields of the model.

The other pages of the guide are written by hand, in `docs/authors/`; a line ``<!-- fields: Share, Row -->`` there
becomes the list of what may be written in these parts of a policy file.
"""

import re
from functools import cache
from pathlib import Path
from string import Formatter
from typing import Annotated, Any, Literal, get_args, get_origin, get_type_hints

from markupsafe import Markup, escape
from pydantic import BaseModel
from ruamel.yaml import YAML

from mingbai.bundle.routes import GUIDE_FOLDER, relative
from mingbai.diagnostics.messages import CATALOGUES, codes, shown
from mingbai.i18n.catalogue import Catalogue
from mingbai.i18n.site_catalogue import catalogue
from mingbai.model import base, number, place, revision, search, version

type Json = dict[str, Any]

CASES = Path(__file__).parents[4] / "tests/policies/bad"
"""For each code an edit that provokes it, and what is printed then."""

PARTS: dict[str, type[BaseModel]] = {
    name: part
    for module in (base, number, place, revision, search, version)
    for name, part in vars(module).items()
    if isinstance(part, type) and issubclass(part, base.Model)
}
_FIELDS = re.compile(r"^<!-- fields: ([\w, ]+) -->$", re.MULTILINE)
_TYPES: list[tuple[Any, str]] = [
    (number.AmountField, "amount"),
    (number.RateField, "percentage"),
    (base.Money, "money"),
    (base.Rate, "rate"),
    (base.Factor, "factor"),
    (base.Day, "day"),
    (base.Lines, "lines"),
    (base.Conditions, "conditions"),
    (base.Id, "id"),
    (base.Text, "text"),
    (bool, "yes_or_no"),
    (int, "whole"),
    (str, "word"),
    (Any, "any"),
]
_MOST_LINES = 8


# --- what is filled into pages written by hand


def fill_in(markdown: str, path: str, lang: str) -> str:
    """Return a page of the guide with the way back to its first page, and with the lists of fields."""
    words = catalogue("authors", lang)
    name = path.rpartition(GUIDE_FOLDER)[2]
    if name != "index.md":
        trail = Markup('<p class="mb-trail"><a href="{}">{}</a></p>\n\n')
        markdown = str(trail.format(relative(f"{GUIDE_FOLDER}{name}", GUIDE_FOLDER), words.say("trail"))) + markdown
    return _FIELDS.sub(lambda match: str(_fields(match[1].split(", "), words)), markdown)


def own_fields(part: type[BaseModel]) -> dict[str, str]:
    """Return the fields of a part by the name that one writes; the value is the class that describes it.

    A kind has only the fields that it adds to those of every policy.
    """
    kinds = tuple(version.KINDS.values())
    found = {}
    for name, field in part.model_fields.items():
        owner = next(each for each in reversed(part.__mro__) if name in getattr(each, "model_fields", {}))
        if part in kinds and (owner is version.VersionBase or name == "kind"):
            continue
        if issubclass(part, number.NumberBase):
            owner = number.Amount
        found[field.alias or name] = owner.__name__
    return found


def _fields(parts: list[str], words: Catalogue) -> Markup:
    lists = []
    for index, name in enumerate(parts):
        if index:
            title = words.say(f"parts.{name}")
            lists.append(Markup('<h3 id="{}">{}</h3>').format(f"part-{name.lower()}", title))
        lists.append(_list(PARTS[name], words))
    return Markup("\n\n").join(lists)


def _list(part: type[BaseModel], words: Catalogue) -> Markup:
    hints = get_type_hints(part, include_extras=True)
    entries = []
    for name, owner in own_fields(part).items():
        python_name = next(each for each, field in part.model_fields.items() if name in {field.alias, each})
        must = part.model_fields[python_name].is_required()
        entries.append(
            Markup("<div><dt><code>{}</code>{}</dt><dd>{}{}<br><code>{}</code></dd></div>").format(
                name,
                Markup(' <span class="mb-small">{}</span>').format(words.say("must")) if must else "",
                words.say(f"fields.{owner}.{name}"),
                words.say("stop"),
                _form(hints[python_name], words),
            )
        )
    return Markup('<dl class="mb-glossary">\n{}\n</dl>').format(Markup("\n").join(entries))


def _form(hint: Any, words: Catalogue) -> str:  # noqa: ANN401 - a type as it is annotated
    """Return how a value of a type is written."""
    known = next((key for each, key in _TYPES if hint == each), None)
    if known is not None:
        return words.say(f"types.{known}")
    if isinstance(hint, type) and issubclass(hint, BaseModel):
        return words.say("types.part", part=words.say(f"parts.{hint.__name__}"))
    origin, inner = get_origin(hint), [each for each in get_args(hint) if each is not type(None)]
    if origin is Literal:
        return " ".join(inner)
    if origin in {list, dict}:
        return words.say("types.list" if origin is list else "types.map", item=_form(inner[-1], words))
    choices = inner[:1] if origin is Annotated else inner
    forms = list(dict.fromkeys(_form(each, words) for each in choices))
    return forms[0] if len(forms) == 1 else words.say("types.or", first=forms[0], second=forms[-1])


# --- the page of codes


def codes_page(lang: str) -> Json:
    """Return what the template of the page of codes needs."""
    words = catalogue("authors", lang)
    return {
        "words": words.texts["codes"],
        "trail": words.say("trail"),
        "codes": [_code(each, words, lang) for each in codes()],
    }


def _code(code: str, words: Catalogue, lang: str) -> Json:
    case = _case(code)
    printed = case.get("prints", ())
    severities = {
        severity for severity in ("error", "warning") if any(f": {severity} {code}: " in each for each in printed)
    }
    return {
        "code": code,
        "severities": [words.say(f"codes.{each}") for each in sorted(severities)],
        "says": _sentence(code, lang),
        "mutate": bool(case.get("mutate")),
        "edits": [{"file": edit["file"], "text": _edit(edit, words)} for edit in case.get("edits", ())],
        "prints": Markup("\n").join(
            escape(each) for each in case.get("prints" if lang == "en" else f"prints_{lang}", ())
        ),
    }


@cache
def _case(code: str) -> Json:
    file = CASES / f"{code}.yaml"
    case: Json = YAML(typ="safe").load(file) if file.is_file() else {}
    return case


def _sentence(code: str, lang: str) -> str:
    """Return the sentence of a code; what it is filled with is left out: the example shows it."""
    parts = [
        text + ("" if name is None or (name == "path" and not text) else "…")
        for text, name, _, _ in Formatter().parse(CATALOGUES[lang][code])
    ]
    return re.sub("^[:：]\\s*", "", "".join(parts))


def _edit(edit: Json, words: Catalogue) -> Markup:
    """Return an edit of a case as lines with minus and plus."""
    if "repeat" in edit:
        text = words.say("codes.repeat", what=edit.get("what", "#").strip() or "…", count=edit["repeat"])
    elif "files" in edit:
        text = words.say("codes.files", count=edit["files"])
    elif "link" in edit:
        text = words.say("codes.link", target=edit["link"])
    elif edit.get("pipe"):
        text = words.say("codes.pipe")
    elif edit.get("bytes"):
        text = words.say("codes.bytes")
    else:
        gone = str(edit.get("replace", "")).splitlines()
        new = str(edit.get("by", edit.get("write", ""))).split("\n")
        lines = [f"- {each}" for each in gone] + [f"+ {shown(each)}" for each in new if each or "by" in edit]
        text = "\n".join([*lines[:_MOST_LINES], *(["…"] if len(lines) > _MOST_LINES else [])])
    return escape(text)
