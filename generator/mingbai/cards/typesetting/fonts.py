"""Find a Chinese system font for the cards, and which characters it has."""

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
"""Preferred font families, all with the characters of everyday Chinese.

Sans-serif ones come first: thin strokes vanish on a bad printer.
"""
_EVERYDAY_SAMPLE = "明白县医院报销住补贴岁，。（）"
"""A family that has these characters, but is none of `FAMILIES`, is taken to cover everyday Chinese."""
REGULAR, BOLD = 400, 700
_INVISIBLE = frozenset("\n\r\t\u200b\u2060\ufeff\u2066\u2067\u2068\u2069\u200e\u200f")
"""Control characters without a glyph."""


@dataclass(frozen=True, slots=True)
class Face:
    """A face of a font: its file, and its index in the file."""

    path: Path
    index: int


@dataclass(frozen=True, slots=True)
class Font:
    """A font family: its regular face, and its bold one if there is one."""

    family: str
    faces: tuple[Face, ...]

    def missing_characters(self, text: str) -> list[str]:
        """Return the characters of a text that some face has no glyph for, each once."""
        characters = dict.fromkeys(text)
        return [
            character for character in characters if character not in _INVISIBLE and not self._has_glyph(ord(character))
        ]

    def _has_glyph(self, code: int) -> bool:
        return all(code in _read_code_points(face) for face in self.faces)

    @property
    def folders(self) -> list[str]:
        """The folders of its files."""
        return list(dict.fromkeys(str(face.path.parent) for face in self.faces))


@cache
def find_font() -> Font | None:
    """Return the first of `FAMILIES` on the system, else any font with everyday Chinese; None if there is none."""
    import typst  # noqa: PLC0415 - a site can be built without it

    faces: dict[str, dict[int, Face]] = {}
    for info in typst.Fonts(include_system_fonts=True, include_embedded_fonts=False).fonts():
        if info.path is not None and info.style == "normal":
            faces.setdefault(info.family, {}).setdefault(info.weight, Face(Path(info.path), info.index))
    preferred = (family for family in FAMILIES if REGULAR in faces.get(family, {}))
    fallbacks = (
        family
        for family, weights in sorted(faces.items())
        if REGULAR in weights and _covers_everyday_chinese(weights[REGULAR])
    )
    family = next(preferred, None) or next(fallbacks, None)
    if family is None:
        return None
    return Font(family, tuple(faces[family][weight] for weight in (REGULAR, BOLD) if weight in faces[family]))


def _covers_everyday_chinese(face: Face) -> bool:
    try:
        return all(ord(character) in _read_code_points(face) for character in _EVERYDAY_SAMPLE)
    except (OSError, TTLibError):
        return False


@cache
def _read_code_points(face: Face) -> frozenset[int]:
    """Return the code points that a face has glyphs for. Raises OSError or TTLibError."""
    with TTFont(face.path, fontNumber=face.index, lazy=True) as font:
        return frozenset(font.getBestCmap())
