"""Base types of the model: texts by language, money, rates, dates, ids."""

import hashlib
import re
from datetime import date
from typing import Annotated, Any, NoReturn

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, model_serializer
from pydantic_core import PydanticCustomError

from mingbai.i18n.languages import WRITTEN
from mingbai_calculator.core.money import parse_rate, parse_yuan
from mingbai_reading.dates import RANGES

LANGUAGES = WRITTEN.selected
"""The languages that every text must have."""
FIRST_YEAR, LAST_YEAR = (int(day[:4]) for day in RANGES["effective"])
_MARK_SUFFIX = "_of"
_LANGUAGE = re.compile(rf"(?!(?:zh|en)[a-z])[a-z]{{2,3}}(-[A-Z][a-z]{{3}})?({_MARK_SUFFIX})?")
"""Keys of additional languages: ``ug``, ``zh-Hant``; not ``eng``, which no page would show beside ``en``."""
_WORD = re.compile(r"[a-z0-9]+([-_][a-z0-9]+)*")


class Model(BaseModel):
    """A part of a policy file. Unknown keys are refused."""

    model_config = ConfigDict(extra="forbid", frozen=True)


def translation_mark(original: str) -> str:
    """Return the mark of a Chinese text (8 hexadecimal digits); a translation with another mark is stale."""
    return hashlib.sha256(original.encode()).hexdigest()[:8]


def _pad_mark(value: object) -> object:
    # YAML reads a mark that has only digits as a number
    return str(value).zfill(8) if isinstance(value, int) and not isinstance(value, bool) else value


def _language(key: str) -> str:
    if not _LANGUAGE.fullmatch(key):
        refuse("extra_forbidden")
    return key


class Text(Model):
    """A text in the languages that are written in full, and in any further one.

    `en_of` is the mark of the Chinese text from which the English one was translated; likewise `ug_of` and others.
    """

    model_config = ConfigDict(
        extra="allow",
        json_schema_extra={
            "additionalProperties": False,
            "patternProperties": {f"^{_LANGUAGE.pattern}$": {"type": "string"}},
        },
    )
    __pydantic_extra__: dict[Annotated[str, AfterValidator(_language)], str]

    zh: str
    en: str
    en_of: Annotated[str | None, BeforeValidator(_pad_mark)] = Field(None, exclude=True)

    def by_language(self) -> dict[str, str]:
        """Return the text by language."""
        additional = {lang: text for lang, text in self.__pydantic_extra__.items() if not lang.endswith(_MARK_SUFFIX)}
        return {"zh": self.zh, "en": self.en, **additional}

    @model_serializer
    def _serialized(self) -> dict[str, str]:
        return self.by_language()


def refuse(code: str) -> NoReturn:
    """Refuse a value; `code` is that of the problem."""
    raise PydanticCustomError(code, code)


def _money(value: object) -> int:
    fen = None if isinstance(value, bool) else parse_yuan(str(value))
    if fen is None:
        refuse("bad-money")
    return fen


def _rate(value: object) -> int:
    points = parse_rate(value) if isinstance(value, str) and value.endswith("%") else None
    if points is None:
        refuse("bad-rate")
    return points


def _factor(value: object) -> int:
    match = re.fullmatch(r"([0-9]{1,4})(?:\.([0-9]{1,2}))?%", str(value))
    if match is None:
        refuse("bad-rate")
    return int(match[1]) * 100 + int((match[2] or "").ljust(2, "0"))


def parse_day(text: str) -> date | None:
    """Return the date of a text such as ``2016-03-01``; None if it is none, or outside 1900 to 2199."""
    try:
        day = date.fromisoformat(text) if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text) else None
    except ValueError:
        return None
    return day if day is not None and FIRST_YEAR <= day.year <= LAST_YEAR else None


def _day(value: object) -> date:
    day = parse_day(value) if isinstance(value, str) else None
    if day is None:
        refuse("bad-date")
    return day


def _id(value: object) -> str:
    if not isinstance(value, str) or not _WORD.fullmatch(value):
        refuse("bad-id")
    return value


def _address(value: object) -> str:
    steps = value.split("/") if isinstance(value, str) else [""]
    if not all(_WORD.fullmatch(step) for step in steps):
        refuse("bad-address")
    return "/".join(steps)


def _lines(value: object) -> tuple[int, int]:
    match = re.fullmatch(r"([1-9][0-9]{0,6})(?:-([1-9][0-9]{0,6}))?", str(value))
    if match is None:
        refuse("bad-lines")
    first = int(match[1])
    return first, int(match[2] or first)


def _one_or_many(value: object) -> object:
    return value if isinstance(value, list) else [value]


Money = Annotated[int, BeforeValidator(_money)]
"""Written in yuan, stored in fen."""
Rate = Annotated[int, BeforeValidator(_rate)]
"""Written as ``85%``, stored in basis points; at most 100%."""
Factor = Annotated[int, BeforeValidator(_factor)]
"""Written as ``120%``, stored in basis points; may exceed 100%."""
Id = Annotated[str, BeforeValidator(_id)]
"""An identifier: lower-case letters, digits, single hyphens or underscores."""
Address = Annotated[str, BeforeValidator(_address)]
"""Address of a page from the root of the site, without language: ``gaotai/inpatient``; ``index`` is the home page."""
Day = Annotated[date, BeforeValidator(_day)]
Lines = Annotated[tuple[int, int], BeforeValidator(_lines)]
"""Written as ``173`` or ``173-175``: first and last line of a document, from 1."""
Conditions = dict[str, Any]
"""A map of facts, all of which must be true; `compile` resolves it."""
Words = Annotated[list[str], BeforeValidator(_one_or_many)]


def as_data(model: BaseModel) -> Any:  # noqa: ANN401 - plain JSON values
    """Return a part of the model as plain JSON data."""
    return model.model_dump(mode="json")
