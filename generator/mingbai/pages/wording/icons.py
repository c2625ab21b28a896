"""Icons of life events: Material Design icons from the package Material for MkDocs."""

import re
from functools import cache
from importlib.resources import files

from markupsafe import Markup

TOPIC_ICONS = {
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
"""Life event -> icon; one that a county adds gets `DEFAULT_ICON` until it is listed here."""
DEFAULT_ICON = "account-group-outline"

_ICONS = files("material") / "templates" / ".icons" / "material"


@cache
def load_icon(name: str) -> Markup:
    """Return an icon as inline SVG in the colour of the text, hidden from screen readers: a word is always beside it.

    Raises ValueError where the file is not a single path.
    """
    path = re.search(r'<path d="[^"<>]+"/>', (_ICONS / f"{name}.svg").read_text(encoding="utf-8"))
    if path is None:
        raise ValueError(f"the icon {name} is not the single path that it was")
    svg = f'<svg class="mb-icon" viewBox="0 0 24 24" width="24" height="24" aria-hidden="true">{path[0]}</svg>'
    return Markup(svg)  # noqa: S704 - matched above, from a package that is pinned by its hash


def load_topic_icon(topic: str) -> Markup:
    """Return the icon of a life event."""
    return load_icon(TOPIC_ICONS.get(topic, DEFAULT_ICON))
