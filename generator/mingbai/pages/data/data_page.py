"""The page that tells programmers what data there is, how to cite it and how stable it is."""

from typing import Any

from mingbai.pages.data.data import FOLDER, FORM, LICENCE, day_file, place_file, policy_file
from mingbai.pages.data.schemas import schema_file
from mingbai.pages.wording.language import Json, Language


def data_page(bundle: Json, language: Language) -> dict[str, Any]:
    """Return what the template of the page on the data needs."""
    places = [place for place in bundle["places"].values() if place["policies"]]
    files = []
    if places:  # the place that has the most to show
        first = max(places, key=lambda place: len(place["policies"]))
        policy, (*_, version) = max(first["policies"].items(), key=lambda entry: len(entry[1]))
        names = {"place": language.text(first["name"]), "title": language.text(version["title"])}
        files = [("place", place_file(first["id"])), ("policy", policy_file(first["id"], policy))]
        dates = [(place["id"], each["date"]) for place in [first, *places] for each in place["revisions"]]
        files += [("revision", day_file(*dates[0]))] if dates else []
    rows = [("index", f"{FOLDER}index.json"), *files]
    return {
        "rows": [
            {"name": language.say(f"data.files.{form}"), "file": file, "schema": schema_file(form)}
            for form, file in rows
        ],
        "bundle": f"{FOLDER}bundle.json",
        "licence": LICENCE,
        "revision": bundle["revision"],
        "form": FORM,
        "cite": language.say("data.cite_text", **names, revision=bundle["revision"]) if files else "",
    }
