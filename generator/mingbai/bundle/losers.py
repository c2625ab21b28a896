"""Losers of a change: people who surely pay more, or get less, under a new law than under the old one."""

from dataclasses import dataclass
from typing import Any

from mingbai.bundle.comparison import AmountRange, ExampleComparison, compare_examples

type Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Loser:
    """A worked example that is worse off by at least `loss` (fen)."""

    title: dict[str, str]
    loss: int


def find_losers(bundle: Json, place: str, policy: str, pair: tuple[Json, Json]) -> list[Loser]:
    """Return who loses when the second version of a pair takes the place of the first.

    The people are those of the worked examples of both versions; everything else of the place's law stays as it is.
    """
    cases = compare_examples(bundle, place, {policy: pair})
    return [Loser(case.title, loss) for case in cases if (loss := find_sure_loss(case)) > 0]


def find_sure_loss(case: ExampleComparison) -> int:
    """Return by how much (fen) somebody is worse off at least, whatever is not known; 0 or less: not surely."""
    loss = 0
    for old, new in (
        (case.before.self_pays, case.after.self_pays),
        (case.after.money, case.before.money),  # more money is better
    ):
        if old is None or new is None or old == new:
            continue
        if old[1] is None:
            return 0
        loss += new[0] - old[1]
    if loss == 0 and case.before.applies and case.after.applies is False and _without_money(case):
        return 1
    return loss


def _without_money(case: ExampleComparison) -> bool:
    """Return whether no amount says what the policy was worth: a service that is gone."""
    spans: tuple[AmountRange | None, ...] = (case.before.self_pays, case.before.money)
    return all(span in (None, (0, 0)) for span in spans)
