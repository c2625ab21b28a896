"""The small types of which all else is made."""

import re
from datetime import date
from typing import Annotated, Any, NoReturn

from pydantic import BaseModel, BeforeValidator, ConfigDict
from pydantic_core import PydanticCustomError

from mingbai_calculator.money import parse_rate, parse_yuan

LANGUAGES = ("zh", "en")


class Model(BaseModel):
    """A part of a policy file. Unknown keys are refused."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Text(Model):
    """A text in every language of the site."""

    zh: str
    en: str

    def by_language(self) -> dict[str, str]:
        """Return the text by language."""
        return {"zh": self.zh, "en": self.en}


def _refuse(code: str) -> NoReturn:
    raise PydanticCustomError(code, code)


def _money(value: object) -> int:
    fen = None if isinstance(value, bool) else parse_yuan(str(value))
    if fen is None:
        _refuse("bad-money")
    return fen


def _rate(value: object) -> int:
    points = parse_rate(value) if isinstance(value, str) and value.endswith("%") else None
    if points is None:
        _refuse("bad-rate")
    return points


def _factor(value: object) -> int:
    match = re.fullmatch(r"(\d{1,4})(?:\.(\d{1,2}))?%", str(value))
    if match is None:
        _refuse("bad-rate")
    return int(match[1]) * 100 + int((match[2] or "").ljust(2, "0"))


def _day(value: object) -> date:
    try:
        if isinstance(value, str) and re.fullmatch(r"\d{4}-\d{2}-\d{2}", value):
            return date.fromisoformat(value)
    except ValueError:
        pass
    _refuse("bad-date")


def _lines(value: object) -> tuple[int, int]:
    match = re.fullmatch(r"([1-9]\d*)(?:-([1-9]\d*))?", str(value))
    if match is None:
        _refuse("bad-lines")
    first = int(match[1])
    return first, int(match[2] or first)


def _one_or_many(value: object) -> object:
    return value if isinstance(value, list) else [value]


Money = Annotated[int, BeforeValidator(_money)]
"""Yuan as written, fen inside."""
Rate = Annotated[int, BeforeValidator(_rate)]
"""``85%`` as written, basis points inside; at most 100%."""
Factor = Annotated[int, BeforeValidator(_factor)]
"""``120%`` as written, basis points inside; may exceed 100%."""
Day = Annotated[date, BeforeValidator(_day)]
Lines = Annotated[tuple[int, int], BeforeValidator(_lines)]
"""``173`` or ``173-175``: first and last line of a document, from 1."""
Conditions = dict[str, Any]
"""A map of facts, all of which must hold; `compile` resolves it."""
Words = Annotated[list[str], BeforeValidator(_one_or_many)]


def as_data(model: BaseModel) -> Any:  # noqa: ANN401 - plain JSON values
    """Return a part of the model as plain data."""
    return model.model_dump(mode="json")
