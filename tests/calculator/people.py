"""Hypothesis strategies for requests: people and bills of gaotai, and its open numbers."""

from typing import Any

from hypothesis import strategies as st

type Json = dict[str, Any]

# Amounts near the deductibles and limits of the policies, and anything else up to two million yuan.
CORNERS = [0, 1, 10_000, 15_000, 35_000, 50_000, 150_000, 200_000, 300_000, 500_000, 650_000, 10_000_000]
FEN = st.one_of(
    st.sampled_from(CORNERS).flatmap(lambda corner: st.integers(max(0, corner - 2), corner + 2)),
    st.integers(0, 2_000_000),
    st.integers(0, 200_000_000),
)


def format_yuan(fen: int) -> str:
    return f"{fen // 100}.{fen % 100:02d}"


def draw_option(bundle: Json, fact: str) -> st.SearchStrategy[str]:
    return st.sampled_from(list(bundle["facts"][fact]["options"]))


@st.composite
def complete_facts(draw: st.DrawFn, bundle: Json) -> Json:
    """Generate all facts that a bill of gaotai can depend on."""
    total = draw(FEN)
    eligible = draw(st.one_of(st.just(total), st.integers(0, total)))
    tcm = draw(st.one_of(st.just(0), st.integers(0, eligible)))
    diseases = ["gaotai_major_50", "gaotai_outpatient_33", "cataract", "other"]
    visit = draw(st.one_of(st.just("inpatient"), draw_option(bundle, "visit")))
    diagnoses = draw(st.lists(st.sampled_from(diseases), unique=True, max_size=3))
    if visit == "inpatient" and "cataract" in diagnoses:  # leaves open whether it was the operation (R37)
        visit = "surgery"
    return {
        "registered_poor": draw(st.booleans()),
        "insured": draw(st.booleans()),
        "visit": visit,
        "hospital_level": draw(draw_option(bundle, "hospital_level")),
        "designated": draw(st.booleans()),
        "diagnoses": diagnoses,
        "total_cost": format_yuan(total),
        "eligible_cost": format_yuan(eligible),
        "tcm_cost": format_yuan(tcm),
        "ytd_burden": format_yuan(draw(st.one_of(st.just(0), FEN))),
        "ytd_paid": format_yuan(draw(st.one_of(st.just(0), FEN))),
    }


@st.composite
def complete_inputs(draw: st.DrawFn) -> Json:
    """Generate all open numbers of gaotai."""
    return {
        "gaotai/serious-illness.rate": f"{draw(st.integers(0, 10_000)) / 10_000:.4f}",
        "gaotai/major-disease-50.limit": format_yuan(draw(FEN)),
        "gaotai/outpatient-special.limit": format_yuan(draw(FEN)),
    }


DAYS = st.sampled_from(["2014-06-30", "2015-12-31", "2016-01-01", "2016-03-01", "2017-06-01", "2020-01-01"])
