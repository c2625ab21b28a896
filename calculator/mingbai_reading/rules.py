"""The rules, as data: ``rules.json`` beside this module, which the browser runs as well."""

import json
from importlib.resources import files
from typing import Any

TEXT = files(__package__).joinpath("rules.json").read_text(encoding="utf-8")
RULES: dict[str, Any] = json.loads(TEXT)
