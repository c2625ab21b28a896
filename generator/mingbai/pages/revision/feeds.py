"""Atom feeds (RFC 4287) of the changes in a place, one for each language; reproducible: no dates from a clock."""

from typing import Any
from uuid import NAMESPACE_URL, uuid5
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from mingbai.bundle.changes import ChangeDay
from mingbai.bundle.routes import address, relative_address, revision_path
from mingbai.bundle.timeline import find_current_versions
from mingbai.i18n.languages import Languages
from mingbai.pages.revision.summary import summarize_changes
from mingbai.pages.wording.language import Json, Language, make_language

ATOM = "http://www.w3.org/2005/Atom"
FEED_NAMESPACE = uuid5(NAMESPACE_URL, "urn:mingbai:feeds")
"""Namespace of the ids of feeds and entries (UUID version 5): they stay the same wherever the site is hosted."""


def feed_path(place: str) -> str:
    """Return the path of a place's feed, relative to the folder of a language."""
    return f"{place}/feed.xml"


def make_feeds(
    bundle: Json, languages: Languages, days: dict[str, list[ChangeDay]], site_url: str = ""
) -> dict[str, str]:
    """Return the feed of each place that has revisions, by path. Without `site_url` its links are relative to it."""
    feeds = {}
    for entry in languages.entries:
        language = make_language(bundle, entry.id, languages)
        for place, change_days in days.items():
            if change_days:
                feeds[language.prefix + feed_path(place)] = _make_feed(
                    bundle, bundle["places"][place], change_days, language, site_url
                )
    return feeds


def _make_feed(bundle: Json, place: Json, days: list[ChangeDay], language: Language, site_url: str) -> str:
    here = language.prefix + feed_path(place["id"])

    def to(path: str) -> str:
        target = language.prefix + address(path)
        return site_url + target if site_url else relative_address(here, target)

    feed = Element("feed", {"xmlns": ATOM, "xml:lang": language.entry.tag})
    name = language.text(place["name"])
    titles = {
        policy: language.text(version["title"]) for policy, version in find_current_versions(bundle, place).items()
    }
    _add_text(feed, "id", _make_id(place["id"], language.id))
    _add_text(feed, "title", language.say("changes.feed_title", place=name))
    _add_text(feed, "updated", max(_find_update_time(day) for day in days))
    _add_text(SubElement(feed, "author"), "name", language.say("frame.site_name"))
    _add_text(feed, "subtitle", language.say("frame.disclaimer"))
    SubElement(feed, "generator", {"version": bundle["engine"]}).text = "Mingbai"
    _add_link(feed, "alternate", to(f"{place['id']}/changes.md"), "text/html", language)
    if site_url:
        _add_link(feed, "self", site_url + here, "application/atom+xml", language)
    for day in days:
        entry = SubElement(feed, "entry")
        _add_text(entry, "id", _make_id(f"{place['id']}/{day.date}", language.id))
        _add_text(entry, "title", language.say("changes.day_title", date=language.day(day.date), place=name))
        _add_text(entry, "updated", _find_update_time(day))
        _add_link(entry, "alternate", to(revision_path(place["id"], day.date)), "text/html", language)
        summary = summarize_changes(day.list_changes(), titles, language)
        sentences = [*summary.first, *(language.text(revision["says"]) for revision in day.revisions), *summary.rest]
        _add_text(entry, "summary", language.say("mark.space").join(sentences))
    indent(feed)
    return f'<?xml version="1.0" encoding="utf-8"?>\n{tostring(feed, encoding="unicode")}\n'


def _make_id(identity: str, lang: str) -> str:
    """Return the permanent id of a feed or an entry in a language."""
    return uuid5(FEED_NAMESPACE, f"{identity} {lang}").urn


def _find_update_time(day: ChangeDay) -> str:
    """Return when a day's change became known according to the sources, else the day itself (RFC 3339, UTC+8)."""
    dates = [revision["published"] or revision["adopted"] for revision in day.revisions]
    dates += [revision["checked"]["date"] for revision in day.revisions if revision["checked"]]
    return f"{max((date for date in dates if date), default=day.date)}T00:00:00+08:00"


def _add_text(parent: Element, tag: str, text: str) -> None:
    SubElement(parent, tag).text = text


def _add_link(parent: Element, rel: str, href: str, media_type: str, language: Language) -> None:
    attributes: dict[str, Any] = {"rel": rel, "type": media_type, "hreflang": language.entry.tag, "href": href}
    SubElement(parent, "link", attributes)
