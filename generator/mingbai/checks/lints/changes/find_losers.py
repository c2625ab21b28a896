"""Losers of a change: people who surely pay more, or get less, under a new law than under the old one."""

from dataclasses import dataclass
from typing import Any

from mingbai.bundle.comparison import ExampleComparison, compare_examples

type Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Loser:
    """A worked example that is worse off by at least `loss` (fen); 0: by something that is no money."""

    title: dict[str, str]
    loss: int


def find_losers(bundle: Json, place: str, policy: str, pair: tuple[Json, Json]) -> list[Loser]:
    """Return who loses when the second version of a pair takes the place of the first.

    The people are those of the worked examples of both versions; everything else of the place's law stays as it is.
    """
    cases = compare_examples(bundle, place, {policy: pair})
    return [Loser(case.title, loss) for case in cases if (loss := find_sure_loss(case)) is not None]


def find_sure_loss(case: ExampleComparison) -> int | None:
    """Return by how much (fen) somebody is worse off at least, whatever is not known; None: not surely.

    A loss of 0 is one of something that is no money: a service that is gone.
    """
    before, after = case.before, case.after
    loss = 0
    for old, new in ((before.self_pays, after.self_pays), (after.money, before.money)):  # more money is better
        if old is None or new is None or old == new:
            continue
        if old[1] is None:
            return None
        loss += new[0] - old[1]
    if loss > 0:
        return loss
    is_money = any(span not in (None, (0, 0)) for span in (before.self_pays, before.money))
    return 0 if before.applies and after.applies is False and not is_money else None
