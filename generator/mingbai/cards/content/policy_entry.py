"""A policy on a card, in the sentences and figures of its page: who, how much, an example, how to apply, since when."""

from mingbai.bundle.timeline import Held, held
from mingbai.cards.model.card import Block, Part
from mingbai.cards.model.words import Voice
from mingbai.pages.policy.amounts import asked
from mingbai.pages.policy.examples import Worked, work_out
from mingbai.pages.policy.history import first_day
from mingbai.pages.policy.kinds import how_much
from mingbai.pages.wording.conditions import wanted
from mingbai.pages.wording.language import Json
from mingbai.pages.wording.validity import when
from mingbai_calculator.core.money import parse_yuan
from mingbai_calculator.kinds import TESTS, WITHOUT_AMOUNT

TRIFLE = 10_000
"""Fen. Examples with less show the edge of a rule, not what it is for."""


def policy_blocks(bundle: Json, place: Json, policy: str, voice: Voice) -> list[Block]:
    """Return what a card says of a policy: one block, or one for each version that may hold when it is read."""
    return [_block(bundle, place, policy, each, voice) for each in held(bundle, place["policies"][policy])]


def _block(bundle: Json, place: Json, policy: str, span: Held, voice: Voice) -> Block:
    version, speak = span.version, voice.language
    days = when(span, speak)
    title = speak.text(version["title"])
    title = voice.page("moment.version_title", title=title, days=days) if days else title
    if version["ends"]:
        return Block(voice.tag, title, voice.page("moment.ends"))
    how, pays = how_much(version, speak), version["kind"] not in (*WITHOUT_AMOUNT, *TESTS)
    parts = [
        Part(
            voice.page("policy.how_much_status" if version["kind"] in TESTS else "policy.who"),
            _joined(wanted(version["who"], speak), voice),
        ),
        Part(voice.page("policy.when"), _joined(wanted(version["when"], speak), voice)),
        Part("", table=how.table),
        *(Part(name, [text]) for name, text in how.pairs),
        Part(voice.say("counts") if pays else "", _notes(version, how.notes, voice)),
        Part(voice.page("policy.examples"), _example(bundle, place["id"], policy, version, voice) if pays else []),
        *apply_parts(version, voice),
    ]
    shown = [part for part in parts if part.texts or part.table]
    return Block(voice.tag, title, speak.text(version["summary"]), shown, _small(version, voice))


def apply_parts(version: Json, voice: Voice) -> list[Part]:
    """Return what to bring, where to go, and what to do, as far as the source prints it."""
    apply, text = version["apply"] or {}, voice.language.text
    return [
        Part(voice.page("policy.papers"), [text(paper) for paper in apply.get("papers") or []], "boxes"),
        Part(voice.page("policy.where"), [text(apply["where"])] if apply.get("where") else []),
        Part(voice.page("policy.steps"), [text(step) for step in apply.get("steps") or []], "numbers"),
    ]


def _joined(phrases: list[str], voice: Voice) -> list[str]:
    """Return all that must hold as one text."""
    return [voice.say("and").join(phrases)] if phrases else []


def _notes(version: Json, notes: list[str], voice: Voice) -> list[str]:
    """Return how it is counted as one text; on paper nobody can type in a number that the source does not print."""
    of_the_page = asked(version, voice.language)
    kept = [note for note in notes if note not in of_the_page]
    kept += [voice.say("asked", question=question) for question in _questions(version, voice)]
    return [voice.page("mark.space").join(kept)] if kept else []


def _questions(version: Json, voice: Voice) -> list[str]:
    return [voice.language.text(data["question"]) for data in version["numbers"].values() if data["asked"]]


def _example(bundle: Json, place: str, policy: str, version: Json, voice: Voice) -> list[str]:
    """Return the plainest worked example, worked out by the engine: what it is about, what comes of it, why."""
    plainest = sorted(version["examples"], key=_plain)[:1]
    worked = work_out(bundle, place, policy, {**version, "examples": plainest}, voice.language)
    return [text for each in worked for text in _told(each, voice.language.text(version["title"]), voice)]


def _plain(example: Json) -> tuple[bool, bool, int]:
    """Return the key that puts an example first of which more comes than a trifle, without numbers from elsewhere."""
    expected = example["expect"]
    amounts = [expected.get(key) for key in ("line", "amount", "year_amount")]
    fen = max((parse_yuan(amount) or 0 for amount in amounts if isinstance(amount, str)), default=0)
    comes = fen > 0 or any(expected.get(key) is True for key in ("applies", "holds"))
    return not comes, 0 < fen < TRIFLE, len(example["inputs"])


def _told(worked: Worked, title: str, voice: Voice) -> list[str]:
    result = voice.say("then").join(text for text in (worked.verdict, worked.self_pays) if text)
    reasons = [part.why for bar in worked.bars for part in bar.parts if part.policy == title]
    said = voice.say("example", title=worked.title, result=result)
    typed = [voice.say("and").join(worked.typed)] if worked.typed else []
    return [said, *typed, *dict.fromkeys([*worked.why, *reasons])]


def _small(version: Json, voice: Voice) -> str:
    """Say since when the policy holds, until when the source shows it, and how sure the source is."""
    found = dict.fromkeys(source["certainty"] for source in version["source"])
    unsure = [voice.language.term("certainty", certainty) for certainty in found if certainty != "stated"]
    said = [first_day(version, voice.language)]
    if version["confirmed_until"]:
        said.append(voice.page("policy.confirmed", date=voice.language.day(version["confirmed_until"])))
    said += [voice.say("unsure", certainty=certainty) for certainty in unsure]
    return voice.page("mark.space").join(said)
