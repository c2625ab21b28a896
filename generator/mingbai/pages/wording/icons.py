"""The pictures beside the life events: Material Design icons, as Material for MkDocs brings them."""

import re
from functools import cache
from importlib.resources import files

from markupsafe import Markup

TOPICS = {
    "illness": "hospital-box-outline",
    "chronic_illness": "pill",
    "birth": "baby-carriage",
    "family_planning": "human-male-female-child",
    "prevention": "stethoscope",
    "village_doctor": "medical-bag",
    "insurance": "card-account-details-outline",
    "school": "school-outline",
    "work": "sprout-outline",
    "housing": "home-outline",
    "support": "hand-heart-outline",
}
"""Life event -> icon. One that a county adds gets `OTHER` until it is named here."""
OTHER = "account-group-outline"

_ICONS = files("material") / "templates" / ".icons" / "material"


@cache
def icon(name: str) -> Markup:
    """Return an icon as SVG that takes the colour of the text; a word always stands beside it."""
    drawn = re.search(r'<path d="[^"<>]+"/>', (_ICONS / f"{name}.svg").read_text(encoding="utf-8"))
    if drawn is None:
        message = f"the icon {name} is not the single path that it was"
        raise ValueError(message)
    svg = f'<svg class="mb-icon" viewBox="0 0 24 24" width="24" height="24" aria-hidden="true">{drawn[0]}</svg>'
    return Markup(svg)  # noqa: S704 - matched above, from a package that is pinned by its hash


def topic_icon(topic: str) -> Markup:
    """Return the icon of a life event."""
    return icon(TOPICS.get(topic, OTHER))
