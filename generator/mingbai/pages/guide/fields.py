"""Authors' guide: the page of problem codes, and the lists of the fields of the model on its hand-written pages.

The hand-written pages are in `docs/authors/`; a line ``<!-- fields: Share, Row -->`` there is replaced by the lists of
the fields of these model classes.
"""

import re
from functools import cache
from pathlib import Path
from string import Formatter
from typing import Annotated, Any, Literal, get_args, get_origin, get_type_hints

from markupsafe import Markup, escape
from pydantic import BaseModel
from ruamel.yaml import YAML

from mingbai.bundle.routes import GUIDE_FOLDER, relative_address
from mingbai.diagnostics.messages import list_codes, make_printable
from mingbai.i18n.catalogue import Catalogue
from mingbai.model import base, kinds, number, place, revision, search, version
from mingbai_calculator.law.kinds import KINDS, MissingPartError

type Json = dict[str, Any]

CODE_EXAMPLES = Path(__file__).parents[4] / "tests/policies/bad"
"""For each problem code, an edit that provokes it, and the output."""

MODELS: dict[str, type[BaseModel]] = {
    name: model
    for module in (base, number, place, revision, search, version, kinds)
    for name, model in vars(module).items()
    if isinstance(model, type) and issubclass(model, base.Model)
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
_MAX_LINES = 8


# --- fields of the model on hand-written pages


def fill_in_fields(markdown: str, path: str, lang: str) -> str:
    """Return a page of the guide with a link to the first page of the guide and with its lists of fields.

    Raises MissingPartError if the words for the keys of a kind are missing on its page.
    """
    words = Catalogue(lang)
    name = path.rpartition(GUIDE_FOLDER)[2]
    if name != "index.md":
        trail = Markup('<p class="mb-trail"><a href="{}">{}</a></p>\n\n')
        markdown = (
            str(trail.format(relative_address(f"{GUIDE_FOLDER}{name}", GUIDE_FOLDER), words.say("authors.trail")))
            + markdown
        )
    try:
        return _FIELDS.sub(lambda match: str(_render_models(match[1].split(", "), words)), markdown)
    except KeyError as error:
        kind = name.removesuffix(".md").removeprefix("kind-").replace("-", "_")
        if kind not in KINDS:
            raise
        file = f"generator/mingbai/i18n/catalogues/authors.{lang}.yaml"
        raise MissingPartError(kind, "fields", file) from error


def list_own_fields(model: type[BaseModel]) -> dict[str, str]:
    """Return the fields of a model class by their names in YAML; the value is the class that documents the field.

    For a kind of policy only the fields are returned that it adds to those of every policy.
    """
    owners = {}
    for name, field in model.model_fields.items():
        owner = next(ancestor for ancestor in reversed(model.__mro__) if name in getattr(ancestor, "model_fields", {}))
        if model in kinds.MODELS.values() and (owner is version.VersionBase or name == "kind"):
            continue
        if issubclass(model, number.NumberBase):
            owner = number.Amount
        owners[field.alias or name] = owner.__name__
    return owners


def _render_models(names: list[str], words: Catalogue) -> Markup:
    lists = []
    for index, name in enumerate(names):
        if index:
            title = words.say(f"authors.parts.{name}")
            lists.append(Markup('<h3 id="{}">{}</h3>').format(f"part-{name.lower()}", title))
        lists.append(_render_fields(MODELS[name], words))
    return Markup("\n\n").join(lists)


def _render_fields(model: type[BaseModel], words: Catalogue) -> Markup:
    hints = get_type_hints(model, include_extras=True)
    entries = []
    for name, owner in list_own_fields(model).items():
        python_name = next(
            field_name for field_name, field in model.model_fields.items() if name in {field.alias, field_name}
        )
        required = model.model_fields[python_name].is_required()
        entries.append(
            Markup("<div><dt><code>{}</code>{}</dt><dd>{}{}<br><code>{}</code></dd></div>").format(
                name,
                Markup(' <span class="mb-small">{}</span>').format(words.say("authors.must")) if required else "",
                words.say(f"authors.fields.{owner}.{name}"),
                words.say("authors.stop"),
                _describe_type(hints[python_name], words),
            )
        )
    return Markup('<dl class="mb-glossary">\n{}\n</dl>').format(Markup("\n").join(entries))


def _describe_type(hint: Any, words: Catalogue) -> str:  # noqa: ANN401 - a type as it is annotated
    """Return how a value of an annotated type is written in YAML, in words."""
    known = next((key for annotation, key in _TYPES if hint == annotation), None)
    if known is not None:
        return words.say(f"authors.types.{known}")
    if isinstance(hint, type) and issubclass(hint, BaseModel):
        return words.say("authors.forms.part", part=words.say(f"authors.parts.{hint.__name__}"))
    origin, arguments = get_origin(hint), [argument for argument in get_args(hint) if argument is not type(None)]
    if origin is Literal:
        return " ".join(arguments)
    if origin in {list, dict}:
        return words.say(
            "authors.forms.list" if origin is list else "authors.forms.map", item=_describe_type(arguments[-1], words)
        )
    choices = arguments[:1] if origin is Annotated else arguments
    forms = list(dict.fromkeys(_describe_type(argument, words) for argument in choices))
    return forms[0] if len(forms) == 1 else words.say("authors.forms.or", first=forms[0], second=forms[-1])


# --- the page of problem codes


def make_codes_page(lang: str) -> Json:
    """Return the template variables of the page of problem codes."""
    words = Catalogue(lang)
    return {
        "words": words.part("authors.codes"),
        "trail": words.say("authors.trail"),
        "codes": [_describe_code(code, words, lang) for code in list_codes()],
    }


def _describe_code(code: str, words: Catalogue, lang: str) -> Json:
    example = _load_example(code)
    printed = example.get("prints", ())
    severities = {
        severity for severity in ("error", "warning") if any(f": {severity} {code}: " in line for line in printed)
    }
    return {
        "code": code,
        "severities": [words.say(f"authors.codes.severities.{severity}") for severity in sorted(severities)],
        "says": _describe_message(code, lang),
        "mutate": bool(example.get("mutate")),
        "edits": [{"file": edit["file"], "text": _render_edit(edit, words)} for edit in example.get("edits", ())],
        "prints": Markup("\n").join(
            escape(line) for line in example.get("prints" if lang == "en" else f"prints_{lang}", ())
        ),
    }


@cache
def _load_example(code: str) -> Json:
    file = CODE_EXAMPLES / f"{code}.yaml"
    example: Json = YAML(typ="safe").load(file) if file.is_file() else {}
    return example


def _describe_message(code: str, lang: str) -> str:
    """Return the message of a code with "…" for its values: the example shows them."""
    parts = [
        text + ("" if name is None or (name == "path" and not text) else "…")
        for text, name, _, _ in Formatter().parse(Catalogue(lang).part("problems.code")[code])
    ]
    return re.sub("^[:：]\\s*", "", "".join(parts))


def _render_edit(edit: Json, words: Catalogue) -> Markup:
    """Return an edit of an example as lines with minus and plus, or described in words."""
    if "repeat" in edit:
        text = words.say("authors.codes.repeat", what=edit.get("what", "#").strip() or "…", count=edit["repeat"])
    elif "files" in edit:
        text = words.say("authors.codes.files", count=edit["files"])
    elif "link" in edit:
        text = words.say("authors.codes.link", target=edit["link"])
    elif edit.get("pipe"):
        text = words.say("authors.codes.pipe")
    elif edit.get("bytes"):
        text = words.say("authors.codes.bytes")
    else:
        removed = str(edit.get("replace", "")).splitlines()
        added = str(edit.get("by", edit.get("write", ""))).split("\n")
        lines = [f"- {line}" for line in removed] + [
            f"+ {make_printable(line)}" for line in added if line or "by" in edit
        ]
        text = "\n".join([*lines[:_MAX_LINES], *(["…"] if len(lines) > _MAX_LINES else [])])
    return escape(text)
