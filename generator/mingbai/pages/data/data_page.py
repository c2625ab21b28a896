"""Page about the open data, for programmers: its files, how to cite it, how stable it is."""

from typing import Any

from mingbai.pages.data.data import DATA_FOLDER, DATA_FORMAT, LICENCE, day_data_path, place_data_path, policy_data_path
from mingbai.pages.data.schemas import schema_path
from mingbai.pages.wording.language import Json, Language


def make_data_page(bundle: Json, language: Language) -> dict[str, Any]:
    """Return the template variables of the page about the open data."""
    places = [place for place in bundle["places"].values() if place["policies"]]
    files, cite = [], ""
    if places:  # the place with the most policies is the example
        first = max(places, key=lambda place: len(place["policies"]))
        policy, (*_, version) = max(first["policies"].items(), key=lambda entry: len(entry[1]))
        cite = language.say(
            "data.cite_text",
            place=language.text(first["name"]),
            title=language.text(version["title"]),
            revision=bundle["revision"],
        )
        files = [("place", place_data_path(first["id"])), ("policy", policy_data_path(first["id"], policy))]
        dates = [(place["id"], revision["date"]) for place in [first, *places] for revision in place["revisions"]]
        files += [("revision", day_data_path(*dates[0]))] if dates else []
    rows = [("index", f"{DATA_FOLDER}index.json"), *files]
    return {
        "rows": [
            {"name": language.say(f"data.files.{file_type}"), "file": file, "schema": schema_path(file_type)}
            for file_type, file in rows
        ],
        "bundle": f"{DATA_FOLDER}bundle.json",
        "licence": LICENCE,
        "revision": bundle["revision"],
        "form": DATA_FORMAT,
        "cite": cite,
    }
