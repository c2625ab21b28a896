"""How much, kind by kind: which table shows what a version promises."""

from collections.abc import Callable

from mingbai.pages.policy.amounts import HowMuch, cash, floor, plain, share
from mingbai.pages.policy.fees import ceiling, fee, premium
from mingbai.pages.wording.language import Json, Language


def how_much(version: Json, language: Language) -> HowMuch:
    """Return what a version promises."""
    return KINDS[version["kind"]](version, language)


KINDS: dict[str, Callable[[Json, Language], HowMuch]] = {
    "share": share,
    "ceiling": ceiling,
    "floor": floor,
    "fee": fee,
    "cash": cash,
    "premium": premium,
    "aid": plain,
    "service": plain,
    "right": plain,
    "in_kind": plain,
    "status": plain,
}
