"""Blank cards of a place: one for each topic (life event) of its policies, or for one policy."""

from dataclasses import dataclass

from mingbai.bundle.card_stamp import get_card_stamp
from mingbai.bundle.routes import address
from mingbai.bundle.timeline import find_current_versions, list_effective_versions
from mingbai.cards.content.policy_entry import make_policy_blocks
from mingbai.cards.model.card import Block, Card, CardEnd, QrCode, TaggedText
from mingbai.pages.place.topics import list_policies
from mingbai.pages.wording.language import Json, Language
from mingbai.pages.wording.qr import make_qr_picture
from mingbai.pages.wording.validity import describe_check, describe_old_office, describe_rules_later


@dataclass(frozen=True, slots=True)
class Theme:
    """Subject of a card: a topic of ``terms.yaml`` (or one policy, by its id), and its policies, most important first.

    `path` is the page that the card links to, relative to the folder of a language.
    """

    id: str
    name: Json
    policies: list[str]
    path: str


def list_themes(bundle: Json, place: Json, wording: Language) -> list[Theme]:
    """Return the themes of a place, in the order of ``terms.yaml``, without policies that have ended."""
    place_themes = []
    for topic, name in bundle["terms"]["topics"].items():
        versions = {
            policy: version
            for policy, version in find_current_versions(bundle, place).items()
            if version["topic"] == topic and not version["ends"]
        }
        if versions:
            policies = [entry["id"] for entry in list_policies(bundle, place["id"], versions, wording)]
            policy_path = f"{place['id']}/{policies[0]}.md" if len(policies) == 1 else ""
            place_themes.append(Theme(topic, name, policies, policy_path or f"{place['id']}/index.md#{topic}"))
    return place_themes


def make_policy_theme(bundle: Json, place: Json, policy: str) -> Theme:
    """Return the theme of a card about one policy."""
    return Theme(policy, find_current_versions(bundle, place)[policy]["title"], [policy], f"{place['id']}/{policy}.md")


def make_blank_card(  # noqa: PLR0913, PLR0917
    bundle: Json, place: Json, theme: Theme, wordings: list[Language], site_url: str = "", day: str = ""
) -> Card:
    """Return the card of a theme, in one language or in several: each policy in all languages, then the next one.

    `bundle` is as of the day of the card (`as_of_card`); `day` (ISO) is that day if whoever prints has chosen one.
    Without `site_url` the card has no address and no QR code.
    """
    blocks = [
        block
        for policy in theme.policies
        for wording in wordings
        for block in make_policy_blocks(bundle, place, policy, wording)
    ]
    versions_by_policy = [list_effective_versions(bundle, place["policies"][policy]) for policy in theme.policies]
    versions = [
        effective.version
        for effective_versions in versions_by_policy
        for effective in effective_versions
        if not effective.version["ends"]
    ]
    return Card(
        theme.id,
        [TaggedText(wording.tag, wording.text(place["name"])) for wording in wordings],
        [TaggedText(wording.tag, wording.text(theme.name)) for wording in wordings],
        blocks if len(blocks) > len(wordings) else [_remove_title(block) for block in blocks],
        make_card_end(bundle, place, versions, wordings, make_page_url(theme.path, wordings[0], site_url)),
        format_foot(place, wordings[0], day),
        valid=say_valid(bundle, place, versions, wordings),
    )


def make_page_url(path: str, wording: Language, site_url: str) -> str:
    """Return the full URL of a page in the language of a card; ``""`` without `site_url`."""
    page, mark, anchor = path.partition("#")
    return f"{site_url}{wording.prefix}{address(page)}{mark}{anchor}" if site_url else ""


def say_valid(bundle: Json, place: Json, versions: list[Json], wordings: list[Language]) -> list[TaggedText]:
    """Return in one sentence for each language how old the rules are that a card rests on."""
    sentences = [(wording.tag, describe_rules_later(bundle, place, versions, wording)) for wording in wordings]
    return [TaggedText(tag, text) for tag, texts in sentences for text in texts[:1]]


def make_card_end(bundle: Json, place: Json, versions: list[Json], wordings: list[Language], url: str) -> CardEnd:
    """Return the closing box of a card that rests on these policy versions; `url` ``""``: no QR code."""
    phone = place["office"].get("phone")
    lines, write_in, small = [], [], []
    for wording in wordings:
        sentences = describe_rules_later(bundle, place, versions, wording)[1:]  # the first is on top of the card
        if not all(version["apply"] for version in versions):
            sentences.append(wording.say("cards.apply_unknown"))
        sentences += [text] if (text := describe_check(bundle, versions, wording)) else []
        sentences += [wording.say("place.phone") + phone] if phone else []
        lines += [TaggedText(wording.tag, text) for text in sentences]
        write_in += [] if phone else [TaggedText(wording.tag, wording.say("place.phone"))]
        texts = (describe_old_office(place, wording), wording.say("frame.disclaimer"))
        small += [TaggedText(wording.tag, text) for text in texts]
        small += [] if url else [TaggedText(wording.tag, wording.say("cards.no_address"))]
    return CardEnd(lines, write_in, small, _make_qr_code(url, wordings) if url else None)


def format_foot(place: Json, wording: Language, day: str = "") -> str:
    """Return the footer of each side: the hash of the place's rules, and `day`, or else that of its newest document."""
    stamp = get_card_stamp(place)
    if day:
        return wording.say("cards.foot_of_day", hash=stamp.hash, date=wording.day(day))
    if not stamp.source_day:
        return wording.say("cards.foot", hash=stamp.hash)
    return wording.say("cards.foot_dated", hash=stamp.hash, date=wording.day(stamp.source_day))


def _make_qr_code(url: str, wordings: list[Language]) -> QrCode:
    svg, squares = make_qr_picture(url)
    return QrCode(url, wordings[0].say("cards.scan"), svg, squares)


def _remove_title(block: Block) -> Block:
    """Return the block without its title: the only policy of a card is the title of the card already."""
    return Block(block.tag, "", block.lead, block.parts, block.small)
