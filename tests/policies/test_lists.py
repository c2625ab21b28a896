"""A list of illnesses that several policies of one place share is the same in each of them."""

from mingbai.diagnostics.problem import Problems
from mingbai.loader.library import load
from tests.conftest import POLICIES

NINE_OF_QIYANG = [
    "esophageal_cancer",
    "gastric_cancer",
    "colon_cancer",
    "rectal_cancer",
    "end_stage_renal_disease",
    "child_acute_lymphoblastic_leukemia",
    "child_acute_promyelocytic_leukemia",
    "atrial_septal_defect",
    "ventricular_septal_defect",
]
"""The nine that the text spells out. No worked example tells when one of them is dropped from one policy."""


def test_the_nine_illnesses_of_qiyang_stand_in_every_policy_on_them() -> None:
    policies = load(POLICIES, Problems()).places["qiyang"].policies
    named = {
        policy: version.model.when["diagnoses"]
        for policy, versions in policies.items()
        for version in versions
        if "diagnoses" in version.model.when
    }
    five = ("backstop", "floor", "hospital-half", "medical-aid", "where-treated")
    assert named == dict.fromkeys(five, NINE_OF_QIYANG)
