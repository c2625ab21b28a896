"""Languages of tests alone: a small right-to-left one, and a pseudo-locale in which every text is between ［ and ］."""

import re
import shutil
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from mingbai.i18n.languages import CATALOGUES_FOLDER, Languages, select_languages
from mingbai.i18n.translate import is_text
from mingbai_calculator.sentences import CATALOGUES

OWN = Path(__file__).parent / "languages"
PSEUDO, RIGHT_TO_LEFT = "x-pseudo", "ug"
CHOSEN = ("zh", "zh-Hant", "en", RIGHT_TO_LEFT, PSEUDO)
_OPEN, _CLOSE = "［", "］"
_PLACEHOLDER = re.compile(r"(\{[^{}]*\})")
_ACCENTS = str.maketrans("aeiouyAEIOUcnszd", "àéîöüýÂËÏÕÛçñšžđ")

type Json = dict[str, Any]


def pseudo(text: str) -> str:
    """Return a text that nobody takes for a translation; placeholders stay, and texts of marks alone."""
    if not any(map(str.isalpha, _PLACEHOLDER.sub("", text))):
        return text
    parts = _PLACEHOLDER.split(text)
    return _OPEN + "".join(part if index % 2 else part.translate(_ACCENTS) for index, part in enumerate(parts)) + _CLOSE


def further_languages(folder: Path) -> Languages:
    """Write the catalogues into `folder` and return the languages of a site that has them."""
    shutil.copytree(OWN, folder, dirs_exist_ok=True)
    yaml = YAML()
    for name in ("pages", "estimator", "quick"):
        texts = YAML(typ="safe").load((CATALOGUES_FOLDER / f"{name}.en.yaml").read_text(encoding="utf-8"))
        with (folder / f"{name}.{PSEUDO}.yaml").open("w", encoding="utf-8") as file:
            yaml.dump(_changed(texts), file)
    with (folder / f"sentences.{PSEUDO}.yaml").open("w", encoding="utf-8") as file:
        yaml.dump(_changed(CATALOGUES["en"]), file)
    return select_languages(CHOSEN, folder)


def _changed(texts: Json) -> Json:
    return {key: _changed(text) if isinstance(text, dict) else pseudo(text) for key, text in texts.items()}


def in_pseudo(value: Any) -> Any:  # noqa: ANN401 - any part of a bundle
    """Return a part of a bundle with every text in the pseudo-locale too."""
    if isinstance(value, list):
        return [in_pseudo(inner) for inner in value]
    if not isinstance(value, dict):
        return value
    if is_text(value):
        return {**value, PSEUDO: pseudo(value["en"])}
    return {key: in_pseudo(inner) for key, inner in value.items()}


def outside(text: str) -> str:
    """Return what stands outside of ［ and ］."""
    kept, depth = [], 0
    for letter in text:
        depth += (letter == _OPEN) - (letter == _CLOSE)
        if not depth and letter != _CLOSE:
            kept.append(letter)
    return "".join(kept)
