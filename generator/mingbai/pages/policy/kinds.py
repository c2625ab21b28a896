"""Dispatch by kind of policy: the function that describes the benefit of a version."""

from collections.abc import Callable

from mingbai.pages.policy.amounts import Benefit, describe_cash, describe_floor, describe_non_cash, describe_share
from mingbai.pages.policy.fees import describe_ceiling, describe_fee, describe_premium
from mingbai.pages.wording.language import Json, Language
from mingbai_calculator.law.laws import CeilingLaw, FeeLaw, Law, ShareLaw


def describe_benefit(version: Json, language: Language) -> Benefit:
    """Return the benefit of a version: a table or pairs, and notes."""
    return DESCRIBERS[version["kind"]](version, language)


def describe_selected_rows(version: Json, law: Law, language: Language) -> Benefit:
    """Return the benefit of a version that pays bills with only the rows of `law`."""
    if isinstance(law, ShareLaw):
        return describe_share(version, language, law)
    if isinstance(law, CeilingLaw):
        return describe_ceiling(version, language, law)
    return describe_fee(version, language, law) if isinstance(law, FeeLaw) else describe_benefit(version, language)


DESCRIBERS: dict[str, Callable[[Json, Language], Benefit]] = {
    "share": describe_share,
    "ceiling": describe_ceiling,
    "floor": describe_floor,
    "fee": describe_fee,
    "cash": describe_cash,
    "premium": describe_premium,
    "aid": describe_non_cash,
    "service": describe_non_cash,
    "right": describe_non_cash,
    "in_kind": describe_non_cash,
    "status": describe_non_cash,
}
