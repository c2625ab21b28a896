"""Pages of each kind of policy: what it grants in words, the rows that changed, the words around it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from mingbai.bundle.law import get_version_law
from mingbai.pages.policy.benefits.benefit import Benefit, FigureRow
from mingbai.pages.policy.benefits.cash import describe_cash, list_cash_rows
from mingbai.pages.policy.benefits.ceiling import describe_ceiling, list_ceiling_rows
from mingbai.pages.policy.benefits.fee import describe_fee, list_fee_rows
from mingbai.pages.policy.benefits.floor import describe_floor, list_floor_rows
from mingbai.pages.policy.benefits.limits import describe_limit
from mingbai.pages.policy.benefits.own_share import describe_own_share, list_own_share_rows
from mingbai.pages.policy.benefits.plain import (
    describe_goods,
    describe_plain,
    describe_right,
    describe_service,
    list_plain_rows,
)
from mingbai.pages.policy.benefits.premium import describe_premium, list_premium_rows
from mingbai.pages.policy.benefits.share import describe_share, list_share_rows
from mingbai.pages.wording.conditions import is_exclusion
from mingbai.pages.wording.language import Json, Language
from mingbai_calculator.law.codec import decode_limit
from mingbai_calculator.law.kinds import STATUS_KINDS, KindTable, MissingPartError
from mingbai_calculator.law.laws import Law


@dataclass(frozen=True, slots=True)
class KindPage:
    """How pages describe a kind.

    `describe` takes the law of the kind, the version and the language; `list_rows` takes the law, and returns what is
    compared between versions. `is_prominent`: listed before other kinds, as it concerns most people. `charges_less`: a
    bill becomes smaller, instead of being paid.
    """

    describe: Callable[[Any, Json, Language], Benefit]
    list_rows: Callable[[Any], list[FigureRow]]
    is_prominent: bool = False
    charges_less: bool = False


PAGES = KindTable(
    "page",
    "generator/mingbai/pages/policy/kinds.py",
    {
        "own_share": KindPage(describe_own_share, list_own_share_rows),
        "share": KindPage(describe_share, list_share_rows, is_prominent=True),
        "ceiling": KindPage(describe_ceiling, list_ceiling_rows),
        "floor": KindPage(describe_floor, list_floor_rows, is_prominent=True),
        "fee": KindPage(describe_fee, list_fee_rows, charges_less=True),
        "cash": KindPage(describe_cash, list_cash_rows, is_prominent=True),
        "premium": KindPage(describe_premium, list_premium_rows),
        "aid": KindPage(describe_plain, list_plain_rows),
        "service": KindPage(describe_service, list_plain_rows),
        "right": KindPage(describe_right, list_plain_rows),
        "in_kind": KindPage(describe_goods, list_plain_rows),
        "status": KindPage(describe_plain, list_plain_rows),
    },
)
"""How pages describe each kind."""


def describe_benefit(version: Json, language: Language, law: Law | None = None) -> Benefit:
    """Return what a version grants; `law` replaces that of the version."""
    benefit = PAGES[version["kind"]].describe(law or get_version_law(version).law, version, language)
    benefit.notes += [
        language.say(
            "amount.standard",
            title=language.text(standard["title"]),
            amount=language.money(standard["amount"]),
            since=language.day(standard["from"]),
        )
        for standard in version.get("standards", ())
    ]
    benefit.notes += [describe_limit(decode_limit(limit), version, language) for limit in version.get("limits", ())]
    return benefit


def list_figure_rows(version: Json) -> list[FigureRow]:
    """Return the rows of a version, to be compared with those of another one."""
    return PAGES[version["kind"]].list_rows(get_version_law(version).law)


def describe_who_heading(place: Json, policy: str, version: Json, language: Language) -> str:
    """Return the heading above whom a version is for; of a status: who has it, or who is left out by it."""
    if version["kind"] not in STATUS_KINDS:
        return language.say("policy.who")
    return language.say("policy.who_left_out" if is_exclusion(place, policy) else "policy.who_belongs")


def describe_heading(kind: str, language: Language) -> str:
    """Return the heading of what a kind grants. Raises MissingPartError if the page catalogue has none."""
    try:
        return language.say(f"policy.how_much_{kind}")
    except KeyError as error:
        file = f"generator/mingbai/i18n/catalogues/pages.{language.id}.yaml"
        raise MissingPartError(kind, "heading", file) from error
