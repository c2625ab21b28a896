"""How much of a place's promises can be worked out, on its page and in `check`."""

from typing import Any

from mingbai.bundle.law import WorkedOut, count_worked_out
from mingbai.pages.place.place import make_place_page
from mingbai.pages.wording.language import make_language
from tests.command import mingbai

type Json = dict[str, Any]


def test_money_is_worked_out_to_the_fen_unless_the_text_leaves_something_open(bundle: Json) -> None:
    place = bundle["places"]["gansu"]  # two rules of insurance, whose rates the text does not print
    assert count_worked_out(bundle, place) == WorkedOut(0, 2, 0)
    printed = {**place, "policies": {"inpatient": [{**place["policies"]["inpatient"][-1], "numbers": {}}]}}
    assert count_worked_out(bundle, printed) == WorkedOut(1, 0, 0)
    ended = {**place, "policies": {"inpatient": [{**place["policies"]["inpatient"][-1], "ends": True}]}}
    assert count_worked_out(bundle, ended).total == 0
    perhaps = count_worked_out(bundle, bundle["places"]["anon-2018"])  # the text does not name the first 7 illnesses
    assert (perhaps.exact, perhaps.in_part) == (0, 1)


def test_the_counts_stand_on_the_page_and_in_check(bundle: Json) -> None:
    counts = count_worked_out(bundle, bundle["places"]["gaotai"])
    assert min(counts) > 0
    said = str(make_place_page(bundle, bundle["places"]["gaotai"], make_language(bundle, "en"))["worked_out"])
    assert said.startswith(f"{counts.total} promises in all: {counts.exact} worked out to the fen, {counts.in_part} in")
    told = mingbai("check", "policies/gaotai", "--lang", "en").stdout.splitlines()
    assert told[-1] == (
        f"gaotai: {counts.total} promises, {counts.exact} worked out to the fen, "
        f"{counts.in_part} in part, {counts.described} described"
    )
    assert "promises" not in mingbai("check", "policies/gaotai", "--lang", "en", "--format", "json").stdout
