"""Kinds without an amount (service, right, goods, discretionary aid), and status."""

from mingbai.pages.policy.benefits.benefit import Benefit, FigureRow
from mingbai.pages.wording.language import Json, Language
from mingbai_calculator.law.laws import PlainLaw


def describe_plain(law: PlainLaw, _version: Json, language: Language) -> Benefit:
    """Return label and text pairs of a benefit without amounts, or of a status."""
    benefit = Benefit()
    values = {"what": law.what, "count": law.count, "how_often": law.how_often, "where": law.where}
    for name, value in values.items():
        if value is not None:
            text = language.text(value) if isinstance(value, dict) else str(value)
            benefit.pairs.append((language.say(f"plain.{name}"), text))
    if law.because is not None:
        benefit.notes.append(language.text(law.because))
    return benefit


def describe_service(law: PlainLaw, version: Json, language: Language) -> Benefit:
    """Return a service, and that it is free where the source says so."""
    benefit = describe_plain(law, version, language)
    if law.free:
        benefit.notes.append(language.say("plain.service"))
    return benefit


def describe_right(law: PlainLaw, version: Json, language: Language) -> Benefit:
    """Return a right; what a text of earlier years promised is told as that, since nobody knows if it still holds."""
    benefit = describe_plain(law, version, language)
    benefit.notes.append(language.say("plain.right_then" if version["confirmed_until"] else "plain.right"))
    return benefit


def describe_goods(law: PlainLaw, version: Json, language: Language) -> Benefit:
    """Return goods, and that they are no money."""
    benefit = describe_plain(law, version, language)
    benefit.notes.append(language.say("plain.in_kind"))
    return benefit


def list_plain_rows(_law: PlainLaw) -> list[FigureRow]:
    """Return one row without figures."""
    return [FigureRow({})]
