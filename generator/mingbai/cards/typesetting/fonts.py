"""The font of the cards: a Chinese one that is found on the system, and which characters it has."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from fontTools.ttLib import TTFont, TTLibError

FAMILIES = (
    "Noto Sans CJK SC",
    "Source Han Sans SC",
    "Source Han Sans CN",
    "Noto Sans SC",
    "Microsoft YaHei",
    "PingFang SC",
    "Hiragino Sans GB",
    "WenQuanYi Micro Hei",
    "WenQuanYi Zen Hei",
    "SimHei",
    "Noto Serif CJK SC",
    "Source Han Serif SC",
    "SimSun",
)
"""Families with every character of everyday Chinese, the plain ones first: thin strokes vanish on a bad printer."""
_EVERYDAY = "明白县医院报销住补贴岁，。（）"
REGULAR, BOLD = 400, 700
_WITHOUT_SHAPE = frozenset("\n\r\t\u200b\u2060\ufeff\u2066\u2067\u2068\u2069\u200e\u200f")
"""Characters that only steer the setting of a text."""


@dataclass(frozen=True, slots=True)
class Face:
    """One face of a font: its file, and which face of the file."""

    path: Path
    index: int


@dataclass(frozen=True, slots=True)
class Font:
    """A family with its regular face, and its bold one where it has one."""

    family: str
    faces: tuple[Face, ...]

    def lacks(self, text: str) -> list[str]:
        """Return the characters of a text that a face of the font does not have, each once."""
        wanted = dict.fromkeys(text)
        return [each for each in wanted if each not in _WITHOUT_SHAPE and not self._has(ord(each))]

    def _has(self, code: int) -> bool:
        return all(code in _characters(face) for face in self.faces)

    @property
    def folders(self) -> list[str]:
        """The folders in which its files lie."""
        return list(dict.fromkeys(str(face.path.parent) for face in self.faces))


@cache
def find_font() -> Font | None:
    """Return the first of `FAMILIES` that the system has, else any font with everyday Chinese; None without either."""
    import typst  # noqa: PLC0415 - a site can be built without it

    faces: dict[str, dict[int, Face]] = {}
    for info in typst.Fonts(include_system_fonts=True, include_embedded_fonts=False).fonts():
        if info.path is not None and info.style == "normal":
            faces.setdefault(info.family, {}).setdefault(info.weight, Face(Path(info.path), info.index))
    known = (family for family in FAMILIES if REGULAR in faces.get(family, {}))
    others = (family for family, weights in sorted(faces.items()) if REGULAR in weights and _chinese(weights[REGULAR]))
    family = next(known, None) or next(others, None)
    if family is None:
        return None
    return Font(family, tuple(faces[family][weight] for weight in (REGULAR, BOLD) if weight in faces[family]))


def _chinese(face: Face) -> bool:
    try:
        return all(ord(each) in _characters(face) for each in _EVERYDAY)
    except (OSError, TTLibError):
        return False


@cache
def _characters(face: Face) -> frozenset[int]:
    with TTFont(face.path, fontNumber=face.index, lazy=True) as font:
        return frozenset(font.getBestCmap())
