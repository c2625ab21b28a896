"""Ways in stages: the same ways as one after the other from the beginning, and no more of them than there need be."""

import random
from typing import Any

import pytest

from mingbai_calculator.core.facts import Facts, enumerate_scenarios
from mingbai_calculator.engine.outcomes import LIMIT, enclose
from mingbai_calculator.engine.scenarios import OF_A_VISIT, settle_known, settle_scenarios
from mingbai_calculator.kinds.claim import Claim
from mingbai_calculator.request.request import read_request
from tests.calculator.test_unknown import HIDE, bundles, gaps

type Json = dict[str, Any]

__all__ = ["bundles"]  # the fixture


def told(scenario: tuple[Claim | None, ...]) -> list[Any]:
    """Return all that a way holds, to be compared."""
    return [claim and (claim.left, claim.outside, claim.payments, claim.burdens, claim.triggers) for claim in scenario]


@pytest.mark.parametrize("place", HIDE)
def test_ways_in_stages_are_those_of_settling_each_from_the_beginning(bundles: dict[str, Json], place: str) -> None:
    for number in range(12):
        case, hidden = gaps(f"stages-{number}", place)
        facts = {name: value for name, value in case["facts"].items() if name not in hidden}
        request: Json = {"place": place, "date": case["date"], "facts": facts}
        if number % 3 == 0:  # two visits of a year
            vocabulary = bundles[place]["facts"]
            own = {name: value for name, value in facts.items() if vocabulary[name]["group"] in OF_A_VISIT}
            request["facts"] = {name: value for name, value in facts.items() if name not in own}
            request["visits"] = [{**own, "date": case["date"]}, {**own, "date": case["date"]}]
            random.Random(number).shuffle(request["visits"])  # noqa: S311 - the cases must come again
        read = read_request(bundles[place], request)
        visits = read.visits
        known = read.known if len(visits) > 1 else Facts({**read.known, **visits[0].own})

        def values(key: str, facts: Facts) -> Any:  # noqa: ANN401
            name, _, index = key.partition("@")
            visit = visits[int(index or 0)]  # noqa: B023 - used within the loop
            return visit.ruleset.values(name, Facts({**facts, **visit.own}))

        stages = settle_scenarios(visits, known, values, LIMIT)
        whole = enumerate_scenarios(lambda facts: settle_known(facts, visits), known, values, LIMIT)  # noqa: B023
        assert [each.supposed for each in stages.all] == [each.supposed for each in whole.all]
        assert [told(each.outcome) for each in stages.all] == [told(each.outcome) for each in whole.all]


def test_illnesses_that_no_rule_tells_apart_are_one_question(bundle: Json) -> None:
    """Qiyang names the same nine illnesses everywhere: to have none or one of them makes two ways, not ten."""
    facts = {"visit": "inpatient", "total_cost": "8000", "insured": True, "registered_poor": True}
    read = read_request(bundle, {"place": "qiyang", "date": "2017-10-01", "facts": facts})
    bills, _ = enclose(read.visits, read.known)
    supposed = {key for scenario in bills.scenarios.all for key in scenario.supposed if key.startswith("diagnoses:")}
    assert len(supposed) == 1
    given = {**facts, "designated": True, "diagnoses": ["colon_cancer"]}  # not the first, which stands for all
    read = read_request(bundle, {"place": "qiyang", "date": "2017-10-01", "facts": given})
    bills, _ = enclose(read.visits, read.known)
    assert bills.payments("hospital-half")
