"""Blocks of a policy on a card, with the sentences and figures of its page.

Who is eligible, how much is paid, a worked example, how to apply, start of effect.
"""

from mingbai.bundle.law import get_version_law
from mingbai.bundle.timeline import EffectiveVersion, list_effective_versions
from mingbai.cards.model.card import Block, CardPart
from mingbai.pages.policy.benefits.benefit import describe_asked_numbers
from mingbai.pages.policy.examples import WorkedExample, make_worked_examples
from mingbai.pages.policy.history import describe_start
from mingbai.pages.policy.kinds import describe_benefit, describe_who_heading
from mingbai.pages.wording.conditions import describe_requirements
from mingbai.pages.wording.language import Json, Language
from mingbai.pages.wording.validity import describe_confirmed, describe_days
from mingbai_calculator.core.money import parse_yuan
from mingbai_calculator.law.kinds import MONEY_KINDS

TRIFLING_FEN = 10_000
"""Fen (100 yuan). Examples with less test the edge of a rule; they do not show what it is for."""


def make_policy_blocks(bundle: Json, place: Json, policy: str, wording: Language) -> list[Block]:
    """Return the blocks of a policy: one for each version that may be in effect when the card is read."""
    return [
        _make_block(bundle, place, policy, effective, wording)
        for effective in list_effective_versions(bundle, place["policies"][policy])
    ]


def _make_block(bundle: Json, place: Json, policy: str, effective: EffectiveVersion, wording: Language) -> Block:
    version, language = effective.version, wording
    days = describe_days(effective, language)
    title = language.text(version["title"])
    title = wording.say("moment.version_title", title=title, days=days) if days else title
    if version["ends"]:
        return Block(wording.tag, title, wording.say("moment.ends"))
    amounts, pays = describe_benefit(version, language), version["kind"] in MONEY_KINDS
    parts = [
        CardPart(
            describe_who_heading(place, policy, version, language),
            _join_conditions(describe_requirements(get_version_law(version).who, language), wording),
        ),
        CardPart(
            wording.say("policy.when"),
            _join_conditions(describe_requirements(get_version_law(version).when, language), wording),
        ),
        CardPart("", table=amounts.table),
        *(CardPart(name, [text]) for name, text in amounts.pairs),
        CardPart(wording.say("cards.counts") if pays else "", _join_notes(version, amounts.notes, wording)),
        CardPart(
            wording.say("policy.examples"),
            _describe_example(bundle, place["id"], policy, version, wording) if pays else [],
        ),
        *make_application_parts(version, wording),
    ]
    filled = [part for part in parts if part.texts or part.table]
    return Block(wording.tag, title, language.text(version["summary"]), filled, _format_small_print(version, wording))


def make_application_parts(version: Json, wording: Language) -> list[CardPart]:
    """Return papers, office and steps of an application, as far as the source prints them."""
    apply, text = version["apply"] or {}, wording.text
    return [
        CardPart(wording.say("policy.papers"), [text(paper) for paper in apply.get("papers") or []], "boxes"),
        CardPart(wording.say("policy.where"), [text(apply["where"])] if apply.get("where") else []),
        CardPart(wording.say("policy.steps"), [text(step) for step in apply.get("steps") or []], "numbers"),
    ]


def _join_conditions(phrases: list[str], wording: Language) -> list[str]:
    """Return conditions that must all hold as one text; no text for none."""
    return [wording.say("cards.and").join(phrases)] if phrases else []


def _join_notes(version: Json, notes: list[str], wording: Language) -> list[str]:
    """Return the notes on the calculation as one text.

    On paper nobody can type in a number that the source does not print: the question for it stands in its place.
    """
    page_only_notes = describe_asked_numbers(version, wording)
    notes_on_card = [note for note in notes if note not in page_only_notes]
    notes_on_card += [wording.say("cards.asked", question=question) for question in _list_questions(version, wording)]
    return [wording.say("mark.space").join(notes_on_card)] if notes_on_card else []


def _list_questions(version: Json, wording: Language) -> list[str]:
    """Return the questions for the numbers that the reader is asked for."""
    return [wording.text(number["question"]) for number in version["numbers"].values() if number["asked"]]


def _describe_example(bundle: Json, place: str, policy: str, version: Json, wording: Language) -> list[str]:
    """Return the simplest worked example, as the calculator works it out: case, result, reasons."""
    selected = sorted(version["examples"], key=_rank_example)[:1]
    worked = make_worked_examples(bundle, place, policy, {**version, "examples": selected}, wording)
    return [
        text
        for example in worked
        for text in _describe_worked_example(example, wording.text(version["title"]), wording)
    ]


def _rank_example(example: Json) -> tuple[bool, bool, int]:
    """Return the sort key of an example: first those that pay more than a trifle, with the fewest inputs.

    Of a range its lower end counts: a sum that is typed in for a number that the source does not print is invented.
    """
    expected = example["expect"]
    amounts = [expected.get(key) for key in ("line", "amount", "year_amount")]
    lowest = [amount[0] if isinstance(amount, list) else amount for amount in amounts]
    fen = max((parse_yuan(amount) or 0 for amount in lowest if isinstance(amount, str)), default=0)
    pays = fen > 0 or any(expected.get(key) is True for key in ("applies", "holds"))
    return not pays, 0 < fen < TRIFLING_FEN, len(example["inputs"])


def _describe_worked_example(worked: WorkedExample, title: str, wording: Language) -> list[str]:
    result = wording.say("cards.then").join(text for text in (worked.verdict, worked.self_pays) if text)
    reasons = [segment.why for bar in worked.bars for segment in bar.segments if segment.policy == title]
    headline = wording.say("cards.example", title=worked.title, result=result)
    inputs = [wording.say("cards.and").join(worked.typed)] if worked.typed else []
    return [headline, *inputs, *dict.fromkeys([*worked.why, *reasons])]


def _format_small_print(version: Json, wording: Language) -> str:
    """Return start of the version, last day confirmed by the source, and certainty of the source."""
    certainties = dict.fromkeys(source["certainty"] for source in version["source"])
    unsure = [wording.term("certainty", certainty) for certainty in certainties if certainty != "stated"]
    sentences = [describe_start(version, wording)]
    if version["confirmed_until"]:
        sentences.append(describe_confirmed(version, wording))
    sentences += [wording.say("cards.unsure", certainty=certainty) for certainty in unsure]
    return wording.say("mark.space").join(sentences)
