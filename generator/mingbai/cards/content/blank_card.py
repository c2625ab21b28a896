"""The blank cards of a place: one for each life event of its policies, or for one policy alone."""

from dataclasses import dataclass

from mingbai.bundle.routes import address
from mingbai.bundle.timeline import current, held
from mingbai.cards.content.policy_entry import policy_blocks
from mingbai.cards.model.card import Block, Card, Code, End, Words
from mingbai.cards.model.words import Voice
from mingbai.pages.place.topics import listed
from mingbai.pages.wording.language import Json
from mingbai.pages.wording.qr import qr_picture


@dataclass(frozen=True, slots=True)
class Theme:
    """What a card is about: a life event (or one policy, by its own id), its policies, what matters most first.

    `path` is the page that the card leads to, from the folder of a language.
    """

    id: str
    name: Json
    policies: list[str]
    path: str


def themes(bundle: Json, place: Json, voice: Voice) -> list[Theme]:
    """Return the themes of a place, in the order of ``terms.yaml``. What has ended is on no card."""
    found = []
    for topic, name in bundle["terms"]["topics"].items():
        running = {
            policy: version
            for policy, version in current(bundle, place).items()
            if version["topic"] == topic and not version["ends"]
        }
        if running:
            policies = [each["id"] for each in listed(bundle, place["id"], running, voice.language)]
            alone = f"{place['id']}/{policies[0]}.md" if len(policies) == 1 else ""
            found.append(Theme(topic, name, policies, alone or f"{place['id']}/index.md#{topic}"))
    return found


def policy_theme(bundle: Json, place: Json, policy: str) -> Theme:
    """Return the theme of a card about one policy."""
    return Theme(policy, current(bundle, place)[policy]["title"], [policy], f"{place['id']}/{policy}.md")


def blank_card(bundle: Json, place: Json, theme: Theme, voices: list[Voice], site_url: str = "") -> Card:
    """Return the card of a theme, in one language or in several, each policy in all of them before the next.

    Without `site_url` there is no address to lead to, and no QR code.
    """
    blocks = [
        block for policy in theme.policies for voice in voices for block in policy_blocks(bundle, place, policy, voice)
    ]
    may_hold = [held(bundle, place["policies"][policy]) for policy in theme.policies]
    versions = [each.version for spans in may_hold for each in spans if not each.version["ends"]]
    return Card(
        theme.id,
        [Words(voice.tag, voice.language.text(place["name"])) for voice in voices],
        [Words(voice.tag, voice.language.text(theme.name)) for voice in voices],
        blocks if len(blocks) > len(voices) else [_untitled(block) for block in blocks],
        card_end(place, versions, voices, page_address(theme.path, voices[0], site_url)),
        foot(bundle, voices[0]),
    )


def page_address(path: str, voice: Voice, site_url: str) -> str:
    """Return the whole address of a page in the language of a card; nothing where the site has none."""
    page, mark, anchor = path.partition("#")
    return f"{site_url}{voice.language.prefix}{address(page)}{mark}{anchor}" if site_url else ""


def card_end(place: Json, versions: list[Json], voices: list[Voice], url: str) -> End:
    """Return the end of a card on some versions of policies."""
    days = [version["confirmed_until"] for version in versions if version["confirmed_until"]]
    phone = place["office"].get("phone")
    lines, write_in, small = [], [], []
    for voice in voices:
        office = voice.language.text(place["office"]["name"])
        until = voice.language.day(max(days)) if days else ""
        said = [voice.page("policy.unconfirmed_text", date=until, office=office)] if until else []
        if not all(version["apply"] for version in versions):
            said.append(voice.say("apply_unknown"))
        said += [voice.page("place.phone") + phone] if phone else []
        lines += [Words(voice.tag, text) for text in said]
        write_in += [] if phone else [Words(voice.tag, voice.page("place.phone"))]
        small.append(Words(voice.tag, voice.page("frame.disclaimer")))
        small += [] if url else [Words(voice.tag, voice.say("no_address"))]
    return End(lines, write_in, small, _code(url, voices) if url else None)


def foot(bundle: Json, voice: Voice) -> str:
    """Return what stands at the foot of each side: which policies, and which calculator."""
    return voice.say("foot", revision=bundle["revision"], engine=bundle["engine"])


def _code(url: str, voices: list[Voice]) -> Code:
    svg, squares = qr_picture(url)
    return Code(url, voices[0].say("scan"), svg, squares)


def _untitled(block: Block) -> Block:
    """Return the block of the only policy of a card, whose title stands on top already."""
    return Block(block.tag, "", block.lead, block.parts, block.small)
