"""Card of a household: what all members get, what each one gets, papers to bring, open questions."""

from dataclasses import dataclass
from datetime import date

from mingbai.cards.content.blank_card import format_foot, make_card_end, make_page_url, say_valid
from mingbai.cards.content.entitlements import Entitlement, EntitlementWriter
from mingbai.cards.households.household import Household
from mingbai.cards.model.card import Block, Card, CardPart, TaggedText
from mingbai.pages.wording.language import Json, Language
from mingbai_calculator import estimate
from mingbai_calculator.core.facts import Facts
from mingbai_calculator.engine.ruleset import Ruleset, make_ruleset
from mingbai_calculator.law.vocabulary import Vocabulary, get_vocabulary
from mingbai_calculator.request.vocabulary import fill_defaults, read_facts
from mingbai_calculator.result.fitting import FITTING_LISTS, list_fitting, list_for_others

LABEL_ORDER = ("bill", "fee", "money", "rates", "waivers", "services", "rights", "goods", "event", "perhaps")
"""Labels of entitlements in the order of the card."""


@dataclass(frozen=True, slots=True)
class CardContext:
    """What all households of a list share: bundle, place, day of the rules (ISO), languages, URL of the site."""

    bundle: Json
    place: Json
    day: str
    wordings: tuple[Language, ...]
    site_url: str = ""


def make_household_card(household: Household, context: CardContext) -> Card:
    """Return the card of a household. Raises `BadRequestError` if the calculator rejects its facts."""
    contents = [_make_blocks(household, context, wording) for wording in context.wordings]
    versions = contents[0][1]
    url = make_page_url(f"{context.place['id']}/index.md", context.wordings[0], context.site_url)
    return Card(
        household.label,
        [TaggedText(wording.tag, wording.text(context.place["name"])) for wording in context.wordings],
        [
            TaggedText(wording.tag, wording.say("cards.household", number=household.label))
            for wording in context.wordings
        ],
        [block for blocks, _ in contents for block in blocks],
        make_card_end(context.bundle, context.place, versions, list(context.wordings), url),
        format_foot(context.place, context.wordings[0], context.day),
        [
            TaggedText(wording.tag, text)
            for wording in context.wordings
            for text in _make_lead(household, context, wording)
        ],
        valid=say_valid(context.bundle, context.place, versions, list(context.wordings)),
    )


def _make_lead(household: Household, context: CardContext, wording: Language) -> list[str]:
    """Return what the card says of its day, and of rows of the list that may be about this household."""
    sentences = [wording.say("cards.by_the_rules_of", date=wording.day(context.day))]
    counts = {key: getattr(household, key) for key in ("left_out", "perhaps", "filled", "alike")}
    return sentences + [wording.say(f"cards.of_the_list.{key}", count=count) for key, count in counts.items() if count]


def _make_blocks(household: Household, context: CardContext, wording: Language) -> tuple[list[Block], list[Json]]:
    """Return the blocks in one language, and the policy versions that they rest on."""
    vocabulary = context.bundle["facts"]
    request = household.make_request(context.place["id"], context.day, wording.id, vocabulary)
    result = estimate(context.bundle, request)
    writer = EntitlementWriter(_make_ruleset(context, context.day), wording)
    member_names = [
        member.name or wording.say("cards.member", number=n) for n, member in enumerate(household.members, 1)
    ]
    definitions = get_vocabulary(context.bundle)
    by_member = [
        writer.list_entitlements(
            member_result,
            _read_member_facts(request["shared"] | member.facts, definitions),
            member.visit.day if member.visit else "",
        )
        for member_result, member in zip(result["members"], household.members, strict=True)
    ]
    common = _find_shared(by_member)
    blocks = []
    if common:
        blocks.append(Block(wording.tag, wording.say("cards.everybody"), parts=_group_by_label(common, wording)))
    for name, entitlements, member_result in zip(member_names, by_member, result["members"], strict=True):
        remaining = [
            entitlement
            for entitlement in entitlements
            if entitlement not in common and not (entitlement.once and common)
        ]
        parts = [*_group_by_label(remaining, wording), *_make_open_questions(member_result, writer, wording)]
        lead = "" if parts else wording.say("cards.as_everybody" if common else "cards.nothing")
        blocks.append(Block(wording.tag, name, lead, parts))
    versions = _list_versions(household, by_member, context)
    papers = _list_papers(versions, wording)
    for_others = _list_for_others(result["members"])
    end = [Block(wording.tag, wording.say("cards.bring"), parts=papers)] if papers else []
    if for_others:
        titles = wording.say("mark.comma").join(for_others)
        end.append(Block(wording.tag, wording.say("cards.for_others"), parts=[CardPart("", [titles])]))
    return [*blocks, *end], versions


def _list_for_others(members: list[Json]) -> list[str]:
    """Return the titles of what is promised and meant for nobody of the household."""
    theirs = {entry["policy"] for member in members for name in FITTING_LISTS for entry in list_fitting(member[name])}
    for_others = {entry["policy"]: entry["title"] for member in members for entry in list_for_others(member)}
    return [title for policy, title in for_others.items() if policy not in theirs]


def _make_ruleset(context: CardContext, day: str) -> Ruleset:
    return make_ruleset(context.bundle, context.place["id"], date.fromisoformat(day))


def _list_versions(household: Household, by_member: list[list[Entitlement]], context: CardContext) -> list[Json]:
    """Return the policy versions that entitlements rest on, each policy once; of a bill, those of its day."""
    versions: dict[str, Json] = {}
    for member, entitlements in zip(household.members, by_member, strict=True):
        of_the_bill = _make_ruleset(context, member.visit.day if member.visit else context.day).versions
        in_force = of_the_bill | _make_ruleset(context, context.day).versions
        for policy in (entitlement.policy.partition("/")[2] for entitlement in entitlements if entitlement.policy):
            versions.setdefault(policy, in_force[policy].data)
    return list(versions.values())


def _read_member_facts(facts: Json, vocabulary: Vocabulary) -> Facts:
    return fill_defaults(read_facts(facts, vocabulary, []), vocabulary)[0]


def _find_shared(by_member: list[list[Entitlement]]) -> list[Entitlement]:
    """Return the entitlements to print once: those of every member, and those of the household as a whole."""
    if len(by_member) == 1:
        return []
    shared: list[Entitlement] = []
    for entitlement in _drop_duplicates(by_member):
        listed = entitlement.once and any(other.once and other.policy == entitlement.policy for other in shared)
        if not listed and (entitlement.once or all(entitlement in entitlements for entitlements in by_member)):
            shared.append(entitlement)
    return shared


def _drop_duplicates(by_member: list[list[Entitlement]]) -> list[Entitlement]:
    distinct: list[Entitlement] = []
    for entitlements in by_member:
        distinct += [entitlement for entitlement in entitlements if entitlement not in distinct]
    return distinct


def _group_by_label(entitlements: list[Entitlement], wording: Language) -> list[CardPart]:
    """Return entitlements grouped by label; a table keeps the title of its policy."""
    parts = []
    for label in LABEL_ORDER:
        labelled = [entitlement.part for entitlement in entitlements if entitlement.label == label]
        texts = [text for part in labelled if not part.label for text in part.texts]
        if texts:
            parts.append(CardPart(wording.say(f"cards.labels.{label}"), texts, "dots"))
        titled = [part for part in labelled if part.label]
        parts += [CardPart(wording.say(f"cards.labels.{label}")), *titled] if titled else []
    return parts


def _make_open_questions(result: Json, writer: EntitlementWriter, wording: Language) -> list[CardPart]:
    facts, titles = writer.list_open_questions(result)
    if not titles:
        return []
    join_list = wording.say("mark.comma").join
    texts = (
        [wording.say("cards.to_ask", facts=join_list(facts), titles=join_list(titles))]
        if facts
        else [join_list(titles)]
    )
    return [CardPart(wording.say("cards.labels.open"), texts)]


def _list_papers(versions: list[Json], wording: Language) -> list[CardPart]:
    """Return which papers to bring for which policy, as far as the source prints them."""
    text, parts = wording.text, []
    for version in versions:
        papers = (version["apply"] or {}).get("papers") or []
        if papers:
            parts.append(CardPart(text(version["title"]), [text(paper) for paper in papers], "boxes"))
    return parts
