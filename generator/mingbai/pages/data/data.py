"""What the site says, as JSON for programs: an index, and a file for each place, policy and day of changes.

Addresses in these files start at the root of the site. Amounts of law are whole fen, rates basis points; amounts of
results are yuan, as the estimator gives them. Their forms: `data_schemas`.
"""

from typing import Any

from mingbai.bundle.changes import Day, changed_days
from mingbai.bundle.comparison import Case, Span
from mingbai.bundle.examples import work_out
from mingbai.bundle.routes import address, revision_path
from mingbai.bundle.timeline import current
from mingbai.i18n.languages import Languages
from mingbai.pages.data.schemas import FORMS, schema_file
from mingbai.pages.policy.differences import differences
from mingbai.pages.policy.history import last_day_of
from mingbai.pages.revision.revision import group
from mingbai.pages.wording.language import Json, language
from mingbai_calculator.core.money import yuan

FORM = 1
"""Raised when a file changes in a way that breaks programs that read it; new keys do not."""
FOLDER = "data/"
LICENCE = "Apache-2.0"
_INSIDE = ("covers", "examples", "start")
_RESULT = ("total_cost", "eligible_cost", "self_pays", "self_pays_is", "bounds", "slip")
_ENTRIES = {
    "lines": ("policy", "version", "payer", "settlement_code", "amount"),
    "cash": ("policy", "version", "unit", "unit_amount", "count", "amount", "per", "year_amount"),
    "subsidies": ("policy", "version", "amount", "self_pays"),
    "statuses": ("policy", "holds"),
    "services": ("policy", "version"),
    "may_also_help": ("policy", "version"),
    "undecided": ("policy", "needs"),
    "missing": ("input", "policy", "low", "high"),
}


def make_data(bundle: Json, languages: Languages, days: dict[str, list[Day]]) -> dict[str, Json]:
    """Return the content of each file of places by its path, such as ``data/policies/gaotai/inpatient.json``.

    `days` are those of each place on which its law changed (`changed_days`). The bundle must speak all languages.
    """
    maker = _Maker(bundle, languages)
    made = {}
    for name, changed in days.items():
        place = bundle["places"][name]
        made[place_file(name)] = maker.place(place, changed)
        for policy in place["policies"]:
            made[policy_file(name, policy)] = maker.policy(place, policy)
        for day in changed:
            made[day_file(name, day.date)] = maker.day(place, day)
    return made


def make_index(bundle: Json, languages: Languages) -> dict[str, Json]:
    """Return the file that names those of all places, by its path."""
    return {f"{FOLDER}index.json": _Maker(bundle, languages).index()}


def all_days(bundle: Json) -> dict[str, list[Day]]:
    """Return the days on which the law changed, by place."""
    return {place: changed_days(bundle, place) for place in bundle["places"]}


def place_file(place: str) -> str:
    """Return where the description of a place lies."""
    return f"{FOLDER}policies/{place}/index.json"


def policy_file(place: str, policy: str) -> str:
    """Return where a policy lies."""
    return f"{FOLDER}policies/{place}/{policy}.json"


def day_file(place: str, date: str) -> str:
    """Return where a day of changes lies."""
    return f"{FOLDER}revisions/{place}/{date}.json"


class _Maker:
    def __init__(self, bundle: Json, languages: Languages) -> None:
        self.bundle, self.languages = bundle, languages
        self.speakers = {entry.id: language(bundle, entry.id, languages) for entry in languages.entries}

    def _file(self, form: str) -> Json:
        return {
            "form": FORM,
            "schema": schema_file(form),
            "revision": self.bundle["revision"],
            "engine": self.bundle["engine"],
        }

    def _page(self, path: str) -> Json:
        """Return the addresses of a page by language."""
        return {entry.id: entry.folder + address(path) for entry in self.languages.entries}

    def index(self) -> Json:
        places = self.bundle["places"].values()
        return {
            **self._file("index"),
            "licence": LICENCE,
            "schemas": {form: schema_file(form) for form in FORMS},
            "languages": [
                {"id": entry.id, "tag": entry.tag, "name": entry.name, "home": entry.folder}
                for entry in self.languages.entries
            ],
            "places": [
                {
                    **{key: place[key] for key in ("id", "name", "level", "code", "parent")},
                    "file": place_file(place["id"]),
                    "pages": self._page(f"{place['id']}/index.md"),
                    "policies": [
                        {
                            "id": policy,
                            "title": version["title"],
                            "kind": version["kind"],
                            "topic": version["topic"],
                            "file": policy_file(place["id"], policy),
                        }
                        for policy, version in current(self.bundle, place).items()
                    ],
                }
                for place in places
            ],
            "sources": self.bundle["sources"],
            "bundle": f"{FOLDER}bundle.json",
        }

    def place(self, place: Json, days: list[Day]) -> Json:
        told = {key: value for key, value in place.items() if key not in ("policies", "asks_facts", "accepted")}
        feeds = {entry.id: f"{entry.folder}{place['id']}/feed.xml" for entry in self.languages.entries}
        return {
            **self._file("place"),
            "place": place["id"],
            **{key: value for key, value in told.items() if key != "id"},
            "pages": self._page(f"{place['id']}/index.md"),
            "policies": {
                policy: {
                    "title": current(self.bundle, place)[policy]["title"],
                    "versions": [version["id"] for version in versions],
                    "file": policy_file(place["id"], policy),
                }
                for policy, versions in place["policies"].items()
            },
            "days": [{"date": day.date, "file": day_file(place["id"], day.date)} for day in days],
            "feeds": feeds if days else {},
        }

    def policy(self, place: Json, policy: str) -> Json:
        versions = place["policies"][policy]
        following = [*versions[1:], None]
        return {
            **self._file("policy"),
            "place": place["id"],
            "policy": policy,
            "office": place["office"],
            "pages": self._page(f"{place['id']}/{policy}.md"),
            "versions": [
                self._version(place["id"], version, after) for version, after in zip(versions, following, strict=True)
            ],
        }

    def _version(self, place: str, version: Json, following: Json | None) -> Json:
        words = {
            f"{part}_in_words": {lang: speaks.speaker.phrases(version[part]) for lang, speaks in self.speakers.items()}
            for part in ("who", "when")
        }
        return {
            "id": version["id"],
            "from": version["start"],
            "to": None if following is None else last_day_of(following),
            **{key: value for key, value in version.items() if key not in ("id", *_INSIDE)},
            **words,
            "examples": [self._example(place, example) for example in version["examples"]],
        }

    def _example(self, place: str, example: Json) -> Json:
        found = work_out(self.bundle, place, example, self.languages.chosen[0])
        result = {key: found[key] for key in _RESULT}
        for name, keys in _ENTRIES.items():
            result[name] = [{key: entry[key] for key in keys if key in entry} for entry in found[name]]
        return {**{key: example[key] for key in ("id", "title", "date", "facts", "inputs")}, "result": result}

    def day(self, place: Json, day: Day) -> Json:
        return {
            **self._file("revision"),
            "place": place["id"],
            "date": day.date,
            "pages": self._page(revision_path(place["id"], day.date)),
            "revisions": day.revisions,
            "began": day.began,
            "ended": day.ended,
            "changed": [
                {
                    "policy": policy,
                    "before": old["id"],
                    "after": new["id"],
                    "figures": {lang: self._figures(old, new, lang) for lang in self.speakers},
                }
                for policy, (old, new) in day.pairs.items()
            ],
            "people": [_person(case) for case in day.cases],
        }

    def _figures(self, old: Json, new: Json, lang: str) -> list[Json]:
        return [
            {"whom": whom, "what": change.measure, "before": change.before, "after": change.after}
            for whom, changes in differences(old, new, self.speakers[lang]).figures.items()
            for change in changes
        ]


def _person(case: Case) -> Json:
    return {
        "title": case.title,
        "policy": case.policy,
        "example": case.example,
        "outcome": group(case),
        "before": {"self_pays": _hull(case.before.self_pays), "money": _hull(case.before.money)},
        "after": {"self_pays": _hull(case.after.self_pays), "money": _hull(case.after.money)},
        "better_off_by": None if case.gain is None or group(case) == "open" else _signed(case.gain),
    }


def _hull(span: Span | None) -> dict[str, Any] | None:
    if span is None:
        return None
    low, high = span
    return {"low": yuan(low), "high": None if high is None else yuan(high)}


def _signed(fen: int) -> str:
    """Write fen as yuan with two decimals, negative ones too."""
    return f"-{yuan(-fen)}" if fen < 0 else yuan(fen)
