"""What the title of a worked example promises is what the page shows below it."""

import re
from typing import Any

from mingbai.bundle.examples import estimate_example
from tests.quick import thinned

A_NO = re.compile("：没有(这一项)?$")


def test_an_example_whose_answer_is_open_is_not_titled_as_a_no(bundle: dict[str, Any]) -> None:
    titled = [
        (place["id"], policy, example)
        for place in bundle["places"].values()
        for policy, versions in place["policies"].items()
        for version in versions
        for example in version["examples"]
        if A_NO.search(example["title"]["zh"])
    ]
    assert titled
    for place, policy, example in thinned(titled, every=4):
        result = estimate_example(bundle, place, example, "zh")
        assert f"{place}/{policy}" not in {entry["policy"] for entry in result["undecided"]}, (policy, example["id"])
