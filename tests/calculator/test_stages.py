"""Staged settlement: the same scenarios as when each is settled from the start, and no unnecessary ones."""

import random
from typing import Any

import pytest

from mingbai_calculator.core.facts import Facts, enumerate_scenarios, split_visit_key
from mingbai_calculator.engine.outcomes import MAX_SCENARIOS, settle_enclosing
from mingbai_calculator.engine.scenarios import VISIT_GROUPS, settle_known, settle_scenarios
from mingbai_calculator.kinds.claim import Claim
from mingbai_calculator.request.request import read_request
from tests.calculator.test_unknown import HIDEABLE, bundles, make_case_with_gaps

type Json = dict[str, Any]

__all__ = ["bundles"]  # the fixture


def comparable(settlement: tuple[Claim | None, ...]) -> list[Any]:
    """Return the state of all claims in a form that can be compared."""
    return [
        claim and (claim.eligible_left, claim.ineligible_left, claim.payments, claim.burdens, claim.triggers)
        for claim in settlement
    ]


@pytest.mark.parametrize("place", HIDEABLE)
def test_staged_scenarios_equal_those_settled_from_the_start(bundles: dict[str, Json], place: str) -> None:
    for number in range(12):
        case, hidden = make_case_with_gaps(f"stages-{number}", place)
        facts = {name: value for name, value in case["facts"].items() if name not in hidden}
        request: Json = {"place": place, "date": case["date"], "facts": facts}
        if number % 3 == 0:  # two visits of a year
            vocabulary = bundles[place]["facts"]
            visit_facts = {name: value for name, value in facts.items() if vocabulary[name]["group"] in VISIT_GROUPS}
            request["facts"] = {name: value for name, value in facts.items() if name not in visit_facts}
            request["visits"] = [{**visit_facts, "date": case["date"]}, {**visit_facts, "date": case["date"]}]
            random.Random(number).shuffle(request["visits"])  # noqa: S311 - reproducible cases
        parsed = read_request(bundles[place], request)
        visits = parsed.visits
        known = parsed.known if len(visits) > 1 else Facts({**parsed.known, **visits[0].own})

        def candidate_values(key: str, facts: Facts) -> Any:  # noqa: ANN401
            name, index = split_visit_key(key)
            visit = visits[index]  # noqa: B023 - called within the loop only
            return visit.ruleset.candidate_values(name, Facts({**facts, **visit.own}))

        stages = settle_scenarios(visits, known, candidate_values, MAX_SCENARIOS)
        restarted = enumerate_scenarios(
            lambda facts: settle_known(facts, visits),  # noqa: B023 - called within the loop only
            known,
            candidate_values,
            MAX_SCENARIOS,
        )
        assert [scenario.assumed for scenario in stages.all] == [scenario.assumed for scenario in restarted.all]
        assert [comparable(scenario.outcome) for scenario in stages.all] == [
            comparable(scenario.outcome) for scenario in restarted.all
        ]


def test_interchangeable_illnesses_are_one_unknown(bundle: Json) -> None:
    """Qiyang names the same nine illnesses in all rules: to have none or one of them makes two scenarios, not ten."""
    facts = {"visit": "inpatient", "total_cost": "8000", "insured": True, "registered_poor": True}
    parsed = read_request(bundle, {"place": "qiyang", "date": "2017-10-01", "facts": facts})
    outcomes, _ = settle_enclosing(parsed.visits, parsed.known)
    assumed = {key for scenario in outcomes.scenarios.all for key in scenario.assumed if key.startswith("diagnoses:")}
    assert len(assumed) == 1
    with_diagnosis = {
        **facts,
        "designated": True,
        "diagnoses": ["colon_cancer"],
    }  # not the first of its group, which represents the others
    parsed = read_request(bundle, {"place": "qiyang", "date": "2017-10-01", "facts": with_diagnosis})
    outcomes, _ = settle_enclosing(parsed.visits, parsed.known)
    assert outcomes.list_payments("hospital-half")
