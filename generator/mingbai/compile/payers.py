"""Names of payers that no list of terms has: the person, where a rule takes something off before anybody pays."""

from typing import Any

from mingbai_calculator.kinds.own_share import PERSON

type Json = dict[str, Any]

PERSON_NAME = {"zh": "先自己付", "en": "Yours first"}


def add_person(bundle: Json) -> None:
    """Name the person among the payers of a bundle, if one of its policies is of the kind ``own_share``."""
    kinds = {
        version["kind"]
        for place in bundle["places"].values()
        for versions in place["policies"].values()
        for version in versions
    }
    if "own_share" in kinds and "payers" in bundle["terms"]:
        payers = {**bundle["terms"]["payers"], PERSON: PERSON_NAME}
        bundle["terms"] = {**bundle["terms"], "payers": payers}
