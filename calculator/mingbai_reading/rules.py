"""The rules, as data: ``rules.json`` beside this module, which the browser runs as well."""

import json
from importlib.resources import files
from typing import Any

TEXT = files(__package__).joinpath("rules.json").read_text(encoding="utf-8")
RULES: dict[str, Any] = json.loads(TEXT)

_OF_AMOUNTS = ("blanks", "same", "numerals", "powers", "sure", "before", "after", "approximate", "negative", "range")
RULES_OF_MONEY: dict[str, Any] = {
    **{key: RULES[key] for key in (*_OF_AMOUNTS, "asked_above")},
    "measures": {"money": RULES["measures"]["money"]},
}
"""What reading an amount takes: a page that asks for nothing else carries no more."""
