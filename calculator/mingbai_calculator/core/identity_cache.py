"""Cache of what is made from an object that does not change: keyed by the identity of that object."""

from collections.abc import Callable, Hashable


class IdentityCache[T]:
    """Values made from an `owner`, at most `limit` of them; the oldest is dropped.

    An entry holds its owner, so that the id of the owner cannot pass to another object meanwhile.
    """

    __slots__ = ("_entries", "_limit")

    def __init__(self, limit: int) -> None:
        """Create an empty cache."""
        self._limit = limit
        self._entries: dict[tuple[int, Hashable], tuple[object, T]] = {}

    def get(self, owner: object, key: Hashable, make: Callable[[], T]) -> T:
        """Return the value of `owner` under `key`; made on the first call."""
        entry = self._entries.get((id(owner), key))
        if entry is None or entry[0] is not owner:
            value = make()
            while len(self._entries) >= self._limit:
                del self._entries[next(iter(self._entries))]
            entry = self._entries[id(owner), key] = (owner, value)
        return entry[1]

    def clear(self) -> None:
        """Forget everything."""
        self._entries.clear()
