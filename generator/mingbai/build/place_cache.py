"""Cached build output of one place, by the content of all that it is made from.

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

from mingbai.core.cache import Cache, add
from mingbai.files.program import code_stamp

type Json = dict[str, Any]

_TOOLS = ("mkdocs", "mkdocs-material", "markdown", "jinja2", "segno", "opencc")
_OF_ALL_PLACES = ("places", "aliases", "absent", "revision")


@dataclass(frozen=True, slots=True)
class PlaceOutput:
    """The pages of a place (HTML by the path of their Markdown) and its other files (by path).

    They contain `REVISION_PLACEHOLDER`. `sizes` are the bytes that a server sends of some of them, by address.
    """

    pages: dict[str, str]
    files: dict[str, str]
    sizes: dict[str, int] = field(default_factory=dict)


class PlaceCache:
    """The cached output of the places of a bundle.

    `settings` is what else pages are made from, and `files` are templates and the like: the very bytes that pages are
    made with. `name` tells sites apart that are built in turn from the same folder.
    """

    def __init__(self, bundle: Json, cache: Cache, name: str, settings: Json, files: Mapping[str, bytes]) -> None:
        """Compute the digest of what the output of every place is made from."""
        self.places: dict[str, Json] = bundle["places"]
        self.cache, self.name = cache, name
        self.own: dict[str, str] = {}
        digest = hashlib.sha256(code_stamp().encode())
        shared = {key: value for key, value in bundle.items() if key not in _OF_ALL_PLACES}
        alone = len(self.places) == 1  # it stands in the menu
        add(digest, _json([shared, settings, alone, {tool: version(tool) for tool in _TOOLS}]))
        for file, content in sorted(files.items()):
            add(digest, file, content)
        self.shared = digest.hexdigest()

    def get(self, place: str) -> PlaceOutput | None:
        """Return the output of a place, if it is cached and nothing that it was made from has changed."""
        output = self.cache.get(self._name(place), self._key(place))
        return None if output is None else PlaceOutput(**output)

    def has(self, place: str) -> bool:
        """Tell whether `get` would return an output; it costs less."""
        return self.cache.has(self._name(place), self._key(place))

    def put(self, place: str, output: PlaceOutput) -> None:
        """Cache the output of a place."""
        self.cache.put(self._name(place), self._key(place), asdict(output))

    def _name(self, place: str) -> str:
        return f"parts of {self.name}\n{place}"

    def _key(self, place: str) -> str:
        digest = hashlib.sha256(self.shared.encode())
        above: str | None = place
        while above is not None:
            add(digest, self._own(above))
            above = self.places[above]["parent"]
        return digest.hexdigest()

    def _own(self, place: str) -> str:
        """Return the digest of a place alone: many lie below the same one."""
        if place not in self.own:
            self.own[place] = hashlib.sha256(_json(self.places[place]).encode()).hexdigest()
        return self.own[place]


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, default=str)
