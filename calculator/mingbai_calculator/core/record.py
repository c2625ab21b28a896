"""Base of the typed law: plain classes with slots, which are compared by their fields.

Neither dataclasses nor named tuples: a phone needs milliseconds to make one of those, and two records of different
classes are never equal, as two tuples would be.
"""


class Record:
    """An object with fields; a slot whose name starts with ``_`` is no field."""

    __slots__ = ()

    def list_fields(self) -> list[str]:
        """Return the names of the fields, those of the base class first."""
        slots = [name for cls in reversed(type(self).__mro__) for name in cls.__dict__.get("__slots__", ())]
        return [name for name in slots if not name.startswith("_")]

    def __eq__(self, other: object) -> bool:
        """Tell whether `other` is of the same class and has equal fields."""
        if self is other:
            return True
        return type(self) is type(other) and all(
            getattr(self, name) == getattr(other, name) for name in self.list_fields()
        )

    __hash__ = None  # type: ignore[assignment] # some fields are dicts: a record is no key

    def __repr__(self) -> str:
        """Return class and fields."""
        return f"{type(self).__name__}({', '.join(f'{name}={getattr(self, name)!r}' for name in self.list_fields())})"
