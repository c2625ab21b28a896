"""What of a site belongs to one place: kept from one build to the next, by the content of all that it is made from.

Pages, data and feeds of a place are made from what all places share, the place itself and those above it, and from
nothing else. So an edit costs the pages of one place, and places can be made side by side by several processes.
Only the revision is another one after each edit: `REVISION_PLACEHOLDER` stands for it until a page is written.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from importlib.metadata import version
from typing import Any

from mingbai.bundle.revision_placeholder import REVISION_PLACEHOLDER
from mingbai.core.cache import Cache, add
from mingbai.files.program import code_stamp

type Json = dict[str, Any]

_TOOLS = ("mkdocs", "mkdocs-material", "markdown", "jinja2", "segno", "opencc")
_OF_ALL_PLACES = ("places", "aliases", "absent", "revision")


@dataclass(frozen=True, slots=True)
class Part:
    """The pages of a place (HTML by the path of their Markdown) and its other files (by path).

    They contain `REVISION_PLACEHOLDER`.

    `packed` are the bytes of some of them when they are compressed, by their address.
    """

    pages: dict[str, str]
    files: dict[str, str]
    packed: dict[str, int] = field(default_factory=dict)

    def written(self, revision: str) -> "Part":
        """Return the part as it is published."""
        return Part(
            {path: text.replace(REVISION_PLACEHOLDER, revision) for path, text in self.pages.items()},
            {path: text.replace(REVISION_PLACEHOLDER, revision) for path, text in self.files.items()},
            self.packed,
        )


class Parts:
    """The parts of the places of a bundle that were kept.

    `settings` is what else pages are made from, and `files` are templates and the like: the very bytes that pages are
    made with. `name` tells sites apart that are built in turn from the same folder.
    """

    def __init__(self, bundle: Json, kept: Cache, name: str, settings: Json, files: Mapping[str, bytes]) -> None:
        """Work out what stands for all that the parts share."""
        self.places: dict[str, Json] = bundle["places"]
        self.kept, self.name = kept, name
        self.own: dict[str, str] = {}
        found = hashlib.sha256(code_stamp().encode())
        shared = {key: value for key, value in bundle.items() if key not in _OF_ALL_PLACES}
        alone = len(self.places) == 1  # it stands in the menu
        add(found, _json([shared, settings, alone, {tool: version(tool) for tool in _TOOLS}]))
        for file, content in sorted(files.items()):
            add(found, file, content)
        self.shared = found.hexdigest()

    def get(self, place: str) -> Part | None:
        """Return the part of a place, if it was kept and nothing of what it was made from has changed."""
        found = self.kept.get(self._name(place), self._key(place))
        return None if found is None else Part(**found)

    def has(self, place: str) -> bool:
        """Tell whether `get` would return a part; it costs less."""
        return self.kept.has(self._name(place), self._key(place))

    def put(self, place: str, part: Part) -> None:
        """Keep the part of a place."""
        self.kept.put(self._name(place), self._key(place), asdict(part))

    def _name(self, place: str) -> str:
        return f"parts of {self.name}\n{place}"

    def _key(self, place: str) -> str:
        found = hashlib.sha256(self.shared.encode())
        above: str | None = place
        while above is not None:
            add(found, self._own(above))
            above = self.places[above]["parent"]
        return found.hexdigest()

    def _own(self, place: str) -> str:
        """Return what stands for a place alone: many lie below the same one."""
        if place not in self.own:
            self.own[place] = hashlib.sha256(_json(self.places[place]).encode()).hexdigest()
        return self.own[place]


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, default=str)
