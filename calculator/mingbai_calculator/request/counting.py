"""The number of a visit among those of its kind, from the visits of a request."""

from collections.abc import Sequence
from datetime import date

from mingbai_calculator.core.facts import Facts
from mingbai_calculator.law.vocabulary import Vocabulary


def count_visits(visits: Sequence[tuple[date, Facts]], known: Facts, vocabulary: Vocabulary) -> list[Facts]:
    """Return the facts of each visit (sorted by date) with the numbers that the visits tell.

    A number that was given stays. Where the kind of a visit that may count is not known, the number is not either.
    """
    if not vocabulary.counting:
        return [facts for _, facts in visits]
    broader = vocabulary["visit"].options_are
    kinds = [facts.get("visit", known.get("visit")) for _, facts in visits]
    counted = []
    for index, (day, facts) in enumerate(visits):
        filled = Facts(facts)
        for name, counts in vocabulary.counting:
            before = [
                kind
                for (earlier, _), kind in zip(visits[: index + 1], kinds, strict=False)
                if _is_within(earlier, day, counts["within"])
            ]
            if name not in filled and name not in known and None not in before:
                filled[name] = sum(
                    kind in counts["visit"] or broader.get(str(kind)) in counts["visit"] for kind in before
                )
        counted.append(filled)
    return counted


def _is_within(earlier: date, day: date, within: str) -> bool:
    """Tell whether a visit counts for one on `day`; the 12 months end with that day."""
    if within == "12_months":
        return (earlier.year + 1, earlier.month, earlier.day) > (day.year, day.month, day.day)
    return earlier.year == day.year and (within == "year" or earlier.month == day.month)
