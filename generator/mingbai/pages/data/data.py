"""Open data: the content of the site as JSON: an index, and a file for each place, policy and day of changes.

Addresses in these files are relative to the root of the site. Amounts of law are whole fen, rates basis points; amounts
of results are yuan as text, as the estimator returns them. Schemas: `mingbai.pages.data.schemas`.
"""

from typing import Any

from mingbai.bundle.card_stamp import CARD_STAMP, get_card_stamp
from mingbai.bundle.changes import ChangeDay, list_change_days
from mingbai.bundle.comparison import AmountRange, ExampleComparison
from mingbai.bundle.examples import estimate_example
from mingbai.bundle.law import get_version_law
from mingbai.bundle.routes import address, revision_path
from mingbai.bundle.timeline import find_current_versions
from mingbai.i18n.languages import Languages
from mingbai.pages.data.schemas import FILE_TYPES, schema_path
from mingbai.pages.policy.differences import compare_versions
from mingbai.pages.policy.history import find_last_day
from mingbai.pages.wording.language import Json, make_language
from mingbai_calculator.core.money import format_yuan

DATA_FORMAT = 1
"""Format version: increased when a change of a file breaks programs that read it; new keys do not."""
DATA_FOLDER = "data/"
LICENCE = "Apache-2.0"
_INTERNAL_FIELDS = ("covers", "examples", "start", "confirmed", "certainties")
_INTERNAL_PLACE_FIELDS = ("policies", "asks_facts", "accepted", "certainties", "first_day", CARD_STAMP)
_RESULT_FIELDS = ("total_cost", "eligible_cost", "self_pays", "self_pays_is", "bounds", "slip")
_ENTRY_FIELDS = {
    "lines": ("policy", "version", "payer", "settlement_code", "amount"),
    "cash": ("policy", "version", "unit", "unit_amount", "count", "amount", "per", "year_amount"),
    "subsidies": ("policy", "version", "amount", "self_pays"),
    "statuses": ("policy", "holds"),
    "services": ("policy", "version"),
    "may_also_help": ("policy", "version"),
    "undecided": ("policy", "needs"),
    "missing": ("input", "policy", "low", "high"),
}


def make_data(bundle: Json, languages: Languages, days: dict[str, list[ChangeDay]]) -> dict[str, Json]:
    """Return the content of each file of places by its path, such as ``data/policies/gaotai/inpatient.json``.

    `days` are the days on which the law changed, by place. The bundle must have all languages.
    """
    maker = _DataMaker(bundle, languages)
    files = {}
    for place_id, change_days in days.items():
        place = bundle["places"][place_id]
        files[place_data_path(place_id)] = maker.make_place(place, change_days)
        for policy in place["policies"]:
            files[policy_data_path(place_id, policy)] = maker.make_policy(place, policy)
        for day in change_days:
            files[day_data_path(place_id, day.date)] = maker.make_day(place, day)
    return files


def make_index(bundle: Json, languages: Languages) -> dict[str, Json]:
    """Return the index of the files of all places, by its path."""
    return {f"{DATA_FOLDER}index.json": _DataMaker(bundle, languages).make_index()}


def list_all_change_days(bundle: Json) -> dict[str, list[ChangeDay]]:
    """Return the days on which the law changed, by place id."""
    return {place: list_change_days(bundle, place) for place in bundle["places"]}


def place_data_path(place: str) -> str:
    """Return the path of the file of a place."""
    return f"{DATA_FOLDER}policies/{place}/index.json"


def policy_data_path(place: str, policy: str) -> str:
    """Return the path of the file of a policy."""
    return f"{DATA_FOLDER}policies/{place}/{policy}.json"


def day_data_path(place: str, date: str) -> str:
    """Return the path of the file of a day of changes."""
    return f"{DATA_FOLDER}revisions/{place}/{date}.json"


class _DataMaker:
    def __init__(self, bundle: Json, languages: Languages) -> None:
        self.bundle, self.languages = bundle, languages
        self.languages_by_id = {entry.id: make_language(bundle, entry.id, languages) for entry in languages.entries}

    def _make_header(self, file_type: str) -> Json:
        return {
            "form": DATA_FORMAT,
            "schema": schema_path(file_type),
            "revision": self.bundle["revision"],
            "engine": self.bundle["engine"],
        }

    def _list_addresses(self, path: str) -> Json:
        """Return the addresses of a page, by language."""
        return {entry.id: entry.folder + address(path) for entry in self.languages.entries}

    def make_index(self) -> Json:
        places = self.bundle["places"].values()
        return {
            **self._make_header("index"),
            "licence": LICENCE,
            "schemas": {file_type: schema_path(file_type) for file_type in FILE_TYPES},
            "languages": [
                {"id": entry.id, "tag": entry.tag, "name": entry.name, "home": entry.folder}
                for entry in self.languages.entries
            ],
            "places": [
                {
                    **{key: place[key] for key in ("id", "name", "level", "code", "parent")},
                    "card_hash": get_card_stamp(place).hash,
                    "file": place_data_path(place["id"]),
                    "pages": self._list_addresses(f"{place['id']}/index.md"),
                    "policies": [
                        {
                            "id": policy,
                            "title": version["title"],
                            "kind": version["kind"],
                            "topic": version["topic"],
                            "file": policy_data_path(place["id"], policy),
                        }
                        for policy, version in find_current_versions(self.bundle, place).items()
                    ],
                }
                for place in places
            ],
            "sources": self.bundle["sources"],
            "bundle": f"{DATA_FOLDER}bundle.json",
        }

    def make_place(self, place: Json, days: list[ChangeDay]) -> Json:
        fields = {key: value for key, value in place.items() if key not in _INTERNAL_PLACE_FIELDS}
        feeds = {entry.id: f"{entry.folder}{place['id']}/feed.xml" for entry in self.languages.entries}
        return {
            **self._make_header("place"),
            "place": place["id"],
            **{key: value for key, value in fields.items() if key != "id"},
            "pages": self._list_addresses(f"{place['id']}/index.md"),
            "policies": {
                policy: {
                    "title": find_current_versions(self.bundle, place)[policy]["title"],
                    "versions": [version["id"] for version in versions],
                    "file": policy_data_path(place["id"], policy),
                }
                for policy, versions in place["policies"].items()
            },
            "days": [{"date": day.date, "file": day_data_path(place["id"], day.date)} for day in days],
            "feeds": feeds if days else {},
        }

    def make_policy(self, place: Json, policy: str) -> Json:
        versions = place["policies"][policy]
        following = [*versions[1:], None]
        return {
            **self._make_header("policy"),
            "place": place["id"],
            "policy": policy,
            "office": place["office"],
            "pages": self._list_addresses(f"{place['id']}/{policy}.md"),
            "versions": [
                self._make_version(place["id"], version, after)
                for version, after in zip(versions, following, strict=True)
            ],
        }

    def _make_version(self, place: str, version: Json, following: Json | None) -> Json:
        law = get_version_law(version)
        words = {
            f"{part}_in_words": {
                lang: language.speaker.phrases(condition) for lang, language in self.languages_by_id.items()
            }
            for part, condition in (("who", law.who), ("when", law.when))
        }
        return {
            "id": version["id"],
            "from": version["start"],
            "to": None if following is None else find_last_day(following),
            **{key: value for key, value in version.items() if key not in ("id", *_INTERNAL_FIELDS)},
            **words,
            "examples": [self._make_example(place, example) for example in version["examples"]],
        }

    def _make_example(self, place: str, example: Json) -> Json:
        estimated = estimate_example(self.bundle, place, example, self.languages.selected[0])
        result = {key: estimated[key] for key in _RESULT_FIELDS}
        for name, keys in _ENTRY_FIELDS.items():
            result[name] = [{key: entry[key] for key in keys if key in entry} for entry in estimated[name]]
        given = ("id", "title", "date", "facts", "visits", "members", "inputs")
        return {**{key: example[key] for key in given if key in example}, "result": result}

    def make_day(self, place: Json, day: ChangeDay) -> Json:
        return {
            **self._make_header("revision"),
            "place": place["id"],
            "date": day.date,
            "pages": self._list_addresses(revision_path(place["id"], day.date)),
            "revisions": day.revisions,
            "began": day.new_policies,
            "ended": day.ended_policies,
            "changed": [
                {
                    "policy": policy,
                    "before": old["id"],
                    "after": new["id"],
                    "figures": {lang: self._make_figures(old, new, lang) for lang in self.languages_by_id},
                }
                for policy, (old, new) in day.version_pairs.items()
            ],
            "people": [_make_person(comparison) for comparison in day.comparisons],
        }

    def _make_figures(self, old: Json, new: Json, lang: str) -> list[Json]:
        return [
            {"whom": whom, "what": change.measure, "before": change.before, "after": change.after}
            for whom, changes in compare_versions(old, new, self.languages_by_id[lang]).figures.items()
            for change in changes
        ]


def _make_person(comparison: ExampleComparison) -> Json:
    return {
        "title": comparison.title,
        "policy": comparison.policy,
        "example": comparison.example,
        "outcome": comparison.outcome,
        "before": {
            "self_pays": _format_range(comparison.before.self_pays),
            "money": _format_range(comparison.before.money),
        },
        "after": {
            "self_pays": _format_range(comparison.after.self_pays),
            "money": _format_range(comparison.after.money),
        },
        "better_off_by": None
        if comparison.gain is None or comparison.outcome == "open"
        else _format_signed(comparison.gain),
    }


def _format_range(span: AmountRange | None) -> dict[str, Any] | None:
    if span is None:
        return None
    low, high = span
    return {"low": format_yuan(low), "high": None if high is None else format_yuan(high)}


def _format_signed(fen: int) -> str:
    """Format fen as yuan with two decimals; negative amounts too."""
    return f"-{format_yuan(-fen)}" if fen < 0 else format_yuan(fen)
