"""The card of a household: what all have, what each member has, what to bring, what is still to be asked."""

from dataclasses import dataclass
from datetime import date

from mingbai.cards.content.blank_card import card_end, foot, page_address
from mingbai.cards.content.entitlements import Entitlement, Teller
from mingbai.cards.households.rows import Household
from mingbai.cards.model.card import Block, Card, Part, Words
from mingbai.cards.model.words import Voice
from mingbai.pages.wording.language import Json
from mingbai_calculator import estimate
from mingbai_calculator.core.facts import Facts
from mingbai_calculator.engine.ruleset import make_ruleset
from mingbai_calculator.request.vocabulary import read_facts, with_defaults

LABELS = ("bill", "money", "rates", "services", "rights", "goods", "event", "perhaps")
"""In this order they stand on a card."""


@dataclass(frozen=True, slots=True)
class Frame:
    """What is the same for every household: rules, place, day (``2016-12-31``), languages, the site's address."""

    bundle: Json
    place: Json
    day: str
    voices: tuple[Voice, ...]
    site_url: str = ""


def household_card(household: Household, frame: Frame) -> Card:
    """Return the card of a household. Raises `BadRequestError` if the engine does not take what is known of it."""
    told = [_told(household, frame, voice) for voice in frame.voices]
    versions = told[0][1]
    url = page_address(f"{frame.place['id']}/index.md", frame.voices[0], frame.site_url)
    return Card(
        household.id,
        [Words(voice.tag, voice.language.text(frame.place["name"])) for voice in frame.voices],
        [Words(voice.tag, voice.say("household", number=household.id)) for voice in frame.voices],
        [block for blocks, _ in told for block in blocks],
        card_end(frame.place, versions, list(frame.voices), url),
        foot(frame.bundle, frame.voices[0]),
        [Words(voice.tag, text) for voice in frame.voices for text in _lead(household, frame, voice)],
    )


def _lead(household: Household, frame: Frame, voice: Voice) -> list[str]:
    said = [voice.say("by_the_rules_of", date=voice.language.day(frame.day))]
    return said + ([voice.say("left_out", count=household.left_out)] if household.left_out else [])


def _told(household: Household, frame: Frame, voice: Voice) -> tuple[list[Block], list[Json]]:
    """Return the blocks in one language, and the versions that they rest on."""
    vocabulary = frame.bundle["facts"]
    request = household.request(frame.place["id"], frame.day, voice.language.id, vocabulary)
    result = estimate(frame.bundle, request)
    teller = Teller(make_ruleset(frame.bundle, frame.place["id"], date.fromisoformat(frame.day)), voice)
    names = [member.name or voice.say("member", number=n) for n, member in enumerate(household.members, 1)]
    known = [_world(request["shared"] | member.facts, vocabulary) for member in household.members]
    of_members = [teller.entitlements(one, facts) for one, facts in zip(result["members"], known, strict=True)]
    common = _common(of_members)
    blocks = []
    if common:
        blocks.append(Block(voice.tag, voice.say("everybody"), parts=_parts(common, voice)))
    for name, own, one in zip(names, of_members, result["members"], strict=True):
        alone = [each for each in own if each not in common and not (each.once and common)]
        parts = [*_parts(alone, voice), *_open(one, teller, voice)]
        lead = "" if parts else voice.say("as_everybody" if common else "nothing")
        blocks.append(Block(voice.tag, name, lead, parts))
    used = list(dict.fromkeys(each.policy.partition("/")[2] for own in of_members for each in own if each.policy))
    versions: list[Json] = [teller.ruleset.versions[policy].data for policy in used]
    papers = _bring(versions, voice)
    return [*blocks, *([Block(voice.tag, voice.say("bring"), parts=papers)] if papers else [])], versions


def _world(facts: Json, vocabulary: Json) -> Facts:
    return with_defaults(read_facts(facts, vocabulary, []), vocabulary)[0]


def _common(of_members: list[list[Entitlement]]) -> list[Entitlement]:
    """Return what stands on a card once: what every member has, and what there is once for a household."""
    if len(of_members) == 1:
        return []
    found: list[Entitlement] = []
    for each in _unique(of_members):
        there = each.once and any(other.once and other.policy == each.policy for other in found)
        if not there and (each.once or all(each in own for own in of_members)):
            found.append(each)
    return found


def _unique(of_members: list[list[Entitlement]]) -> list[Entitlement]:
    found: list[Entitlement] = []
    for own in of_members:
        found += [each for each in own if each not in found]
    return found


def _parts(entitlements: list[Entitlement], voice: Voice) -> list[Part]:
    """Return entitlements under their labels; a table keeps the title of its policy."""
    parts = []
    for label in LABELS:
        those = [each.part for each in entitlements if each.label == label]
        texts = [text for part in those if not part.label for text in part.texts]
        if texts:
            parts.append(Part(voice.say(f"labels.{label}"), texts, "dots"))
        titled = [part for part in those if part.label]
        parts += [Part(voice.say(f"labels.{label}")), *titled] if titled else []
    return parts


def _open(result: Json, teller: Teller, voice: Voice) -> list[Part]:
    facts, titles = teller.open_questions(result)
    if not titles:
        return []
    listed = voice.page("mark.comma").join
    said = [voice.say("to_ask", facts=listed(facts), titles=listed(titles))] if facts else [listed(titles)]
    return [Part(voice.say("labels.open"), said)]


def _bring(versions: list[Json], voice: Voice) -> list[Part]:
    """Return which papers are to be brought for what, as far as the source prints it."""
    text, parts = voice.language.text, []
    for version in versions:
        papers = (version["apply"] or {}).get("papers") or []
        if papers:
            parts.append(Part(text(version["title"]), [text(paper) for paper in papers], "boxes"))
    return parts
