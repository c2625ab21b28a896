"""Law of a place: its policies in all versions, the order of payment, the bills that its rules settle."""

from datetime import date

from mingbai_calculator.core.identity_cache import IdentityCache
from mingbai_calculator.core.json_value import JsonObject
from mingbai_calculator.law.codec import decode_condition
from mingbai_calculator.law.conditions import Condition, Contains, Holds, iter_atoms
from mingbai_calculator.law.interchangeable import group_members
from mingbai_calculator.law.version import PolicyVersion, read_version

MAX_PLACES = 64


class SettlesRule:
    """The rules settle a `bill` (``visit`` or ``fee``) that meets `condition`, from the day `start` on (None: ever)."""

    __slots__ = ("bill", "condition", "start")

    def __init__(self, start: date | None, bill: str, condition: Condition) -> None:
        """Store the fields."""
        self.start, self.bill, self.condition = start, bill, condition


class Place:
    """The law of a place, on all days.

    `order`: the policies that pay bills, in groups of which the first that applies pays; `versions` by policy;
    `with_status`: the versions that refer to a status policy; `asks_facts`: the facts that the rules read;
    `first_day`: the earliest day that its documents give (None: not known).
    """

    __slots__ = (
        "asks_facts",
        "first_day",
        "id",
        "order",
        "readings",
        "self_pays_is",
        "settles",
        "versions",
        "with_status",
    )

    def __init__(self, place_id: str, data: JsonObject) -> None:
        """Read the place from the bundle."""
        self.id = place_id
        self.order: list[list[str]] = data["order"]
        self.asks_facts: list[str] = data["asks_facts"]
        self.readings: list[str] = data["readings"]
        first_day = data.get("first_day")
        self.first_day = None if first_day is None else date.fromisoformat(first_day)
        self.self_pays_is: str = data["self_pays_is"]
        self.settles = [
            SettlesRule(
                None if rule["from"] is None else date.fromisoformat(rule["from"]),
                rule["bill"],
                decode_condition(rule["if"]),
            )
            for rule in data["settles"]
        ]
        self.versions: dict[str, list[PolicyVersion]] = {
            policy: [read_version(place_id, policy, version) for version in versions]
            for policy, versions in data["policies"].items()
        }
        self.with_status: set[PolicyVersion] = set()
        lists = [atom for rule in self.settles for atom in iter_atoms(rule.condition) if isinstance(atom, Contains)]
        for versions in self.versions.values():
            for version in versions:
                for condition in version.iter_conditions():
                    for atom in iter_atoms(condition):
                        if isinstance(atom, Contains):
                            lists.append(atom)
                        elif isinstance(atom, Holds):
                            self.with_status.add(version)
        group_members(lists)

    @property
    def cost_fact(self) -> str:
        """The fact that gives the amount of a bill: ``fee`` where nothing but fees is settled."""
        of_fees_only = {rule.bill for rule in self.settles} == {"fee"}
        return "fee" if of_fees_only and "fee" in self.asks_facts else "total_cost"

    def list_change_days(self) -> list[date]:
        """Return the first days, sorted, of all versions of the policies that pay bills."""
        versions = [version for group in self.order for policy in group for version in self.versions[policy]]
        return sorted({version.start for version in versions if version.start is not None})


_places: IdentityCache[Place] = IdentityCache(limit=MAX_PLACES)


def get_place(bundle: JsonObject, place_id: str) -> Place:
    """Return the law of a place; cached by the identity of its JSON, which must not change.

    Raises KeyError for a place that is not in the bundle.
    """
    data: JsonObject = bundle["places"][place_id]
    return _places.get(data, place_id, lambda: Place(place_id, data))
