"""The sentences that pages make of every policy, read as a reader does: nothing broken, nothing without its unit."""

import re
from collections.abc import Iterator
from typing import Any

import pytest

from mingbai.bundle.law import get_version_law
from mingbai.cards.content.policy_entry import make_policy_blocks
from mingbai.checks.lints.text.language import iter_texts
from mingbai.i18n.catalogue import Catalogue
from mingbai.i18n.misread_words import MISREAD_WORDS, find_misread_words
from mingbai.pages.policy.benefits.benefit import Benefit, format_number
from mingbai.pages.policy.kinds import describe_benefit, describe_who_heading
from mingbai.pages.policy.policy import NOT_FOR_READERS, make_policy_page
from mingbai.pages.wording.conditions import describe_requirements
from mingbai.pages.wording.language import make_language
from mingbai_calculator.law.conditions import All, OneOf
from mingbai_calculator.law.numbers import Adjustment, PrintedNumber
from mingbai_calculator.sentences import CATALOGUES

BROKEN = {
    "a payer that is not named, put where a name belongs": r"由付钱的单位没写明|付钱的(是|：)付钱|Payer not named\.",
    "a number without its unit": (
        r"(?:不超过|不低于|低于|超过) ?[\d,.]+(?!.*[元岁月米人天期级])|: [\d,.]+ or (?:less|more)|乘 ?[\d,.]+$"
    ),
    "an answer instead of a phrase": r": yes$|：是$|: Yes$",
    "marks in a row": r"[，。；、：]{2}|\.\.|,,| {2}|\{|\}",
    "a share of a number of people": r"人数的[\d,.]+",
    "names that hold the mark of their list": r"(?<!“)门诊特殊病、慢性病[^”]*或|、(?<!“)门诊特殊病、慢性病",
}
BUILD_TOOL_TALK = re.compile(
    r"不参加计算|两边举例|Nothing is worked out from it|example on each side|编译|compil|YAML", re.IGNORECASE
)


def list_sentences(bundle: dict[str, Any], lang: str) -> Iterator[tuple[str, str]]:
    """Yield the name of each version with each of its sentences that is made of parts."""
    language = make_language(bundle, lang)
    for place in bundle["places"].values():
        for policy, versions in place["policies"].items():
            for version in versions:
                law, name = get_version_law(version), f"{place['id']}/{policy}/{version['id']}"
                parts = [describe_who_heading(place, policy, version, language)]
                parts += describe_requirements(law.who, language) + describe_requirements(law.when, language)
                parts += list_benefit_texts(describe_benefit(version, language))
                yield from ((name, part) for part in parts)


def list_benefit_texts(benefit: Benefit) -> list[str]:
    """Return labels, cells and notes of a benefit."""
    rows = [row for group in benefit.table.groups for row in group.rows] if benefit.table else []
    cells = [text for row in rows for cell in row.cells for text in (cell.text, cell.restated) if text]
    return [*(row.label for row in rows), *cells, *benefit.notes]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_no_sentence_is_broken(bundle: dict[str, Any], lang: str) -> None:
    sentences = list(list_sentences(bundle, lang))
    assert len(sentences) > 1000
    found = [
        f"{name}: {what}: {text}"
        for name, text in sentences
        for what, pattern in BROKEN.items()
        if re.search(pattern, text)
    ]
    assert found == []


def test_a_row_is_not_the_same_for_everyone_where_some_get_more(bundle: dict[str, Any]) -> None:
    language = make_language(bundle, "zh")
    everyone = language.say("amount.everyone")
    for place in bundle["places"].values():
        for policy, versions in place["policies"].items():
            for version in versions:
                table = describe_benefit(version, language).table
                rows = [row for group in table.groups for row in group.rows] if table else []
                cells = [cell.restated for row in rows if row.label == everyone for cell in row.cells]
                assert not [text for text in cells if "建档立卡" in text], (place["id"], policy)
                assert all(row.label != everyone for row in rows) or len(rows) == 1, (place["id"], policy)


def test_what_is_adjusted_for_another_row_is_not_told_again(bundle: dict[str, Any]) -> None:
    poor = OneOf("registered_poor", [True])
    number = PrintedNumber(1_000_000, [Adjustment(All([poor]), times=5000)])
    language = make_language(bundle, "zh")
    assert "50%" in format_number(number, "money", {}, language).restated
    assert format_number(number, "money", {}, language, others=[All([poor])]).restated == ""


def test_sums_that_exclude_each_other_are_told_case_by_case(bundle: dict[str, Any]) -> None:
    version = bundle["places"]["yaan-xian"]["policies"]["university-aid"][-1]
    for lang, apart, whole in (("zh", "只把那一种的加起来", "一共 4,000 元"), ("en", "Not all of these", "4,000 yuan")):
        benefit = describe_benefit(version, make_language(bundle, lang))
        assert any(apart in note for note in benefit.notes)
        assert any(whole in note for note in benefit.notes)
        assert not any("8,000" in text for text in list_benefit_texts(benefit))
        assert benefit.table is not None
        labels = [row.label for row in benefit.table.groups[0].rows]
        assert labels[0].startswith(("学费（新入学）", "Tuition (in the first year)")), labels
    chicken = describe_benefit(bundle["places"]["dongpo"]["policies"]["chicken"][-1], make_language(bundle, "zh"))
    assert "上面几样加在一起给。" in chicken.notes


def test_a_status_that_leaves_out_has_words_of_its_own(bundle: dict[str, Any]) -> None:
    place = bundle["places"]["dongpo"]
    page = make_policy_page(bundle, place, "excluded-strip", make_language(bundle, "zh"))
    (version,) = page["versions"]
    assert version["who_heading"] == "哪些不列入"
    assert [example.verdict for example in version["examples"]] == ["不列入", "可以列入"]
    belongs = make_policy_page(bundle, bundle["places"]["enshi"], "income-line", make_language(bundle, "en"))
    assert belongs["versions"][0]["who_heading"] == "Who counts"


def test_the_upper_of_two_rows_that_overlap_is_named(bundle: dict[str, Any]) -> None:
    language = make_language(bundle, "zh")
    ceiling = describe_benefit(bundle["places"]["chuzhou"]["policies"]["ceiling"][-1], language)
    assert "一个人合得上两行的，用上面那一行。" in ceiling.notes
    inpatient = describe_benefit(bundle["places"]["gaotai"]["policies"]["inpatient"][-1], language)
    assert not [note for note in inpatient.notes if "上面那一行" in note]


def test_a_fee_waived_up_to_a_standard_is_not_told_as_waived(bundle: dict[str, Any]) -> None:
    version = bundle["places"]["yaan-xian"]["policies"]["kindergarten-private"][-1]
    texts = list_benefit_texts(describe_benefit(version, make_language(bundle, "zh")))
    assert "不收" not in texts
    assert "不收，到一个标准为止，高出的自己付" in texts


def test_a_card_shows_no_sum_that_somebody_typed_in(bundle: dict[str, Any]) -> None:
    place = bundle["places"]["gaotai"]
    for lang in ("zh", "en"):
        (block,) = make_policy_blocks(bundle, place, "loss-grant", make_language(bundle, lang))
        texts = [text for part in block.parts for text in part.texts]
        assert any("20,000" in text for text in texts)
        assert not [text for text in texts if "25,000" in text or "5,000" in text]


def test_pages_do_not_talk_of_the_build(bundle: dict[str, Any]) -> None:
    shown = [
        text
        for place in bundle["places"].values()
        for versions in place["policies"].values()
        for version in versions
        for accepted in version["accepted"]
        if accepted["finding"] not in NOT_FOR_READERS
        for text in accepted["because"].values()
    ]
    assert shown
    assert [text for text in shown if BUILD_TOOL_TALK.search(text)] == []


def test_no_word_of_ours_is_taken_for_another() -> None:
    catalogue = Catalogue("zh")
    parts = ["authors", "cards", "commands", "estimator", "offline", "pages", "quick"]
    texts = [(part, text) for part in parts for text in _list_texts(catalogue.part(part))]
    texts += [("calculator", text) for text in CATALOGUES["zh"].values()]
    found = [(part, text) for part, text in texts for _ in find_misread_words(text)]
    assert found == []
    assert next(find_misread_words("今年以前看病")).better == MISREAD_WORDS[0].better


def test_policies_and_vocabulary_hold_no_such_word(bundle: dict[str, Any]) -> None:
    texts = [text["zh"] for part in ("facts", "terms", "places") for _, text in iter_texts(bundle[part], ())]
    assert len(texts) > 1000
    assert [text for text in texts if any(find_misread_words(text))] == []


def _list_texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from _list_texts(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _list_texts(inner)
