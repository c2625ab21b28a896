"""Atom feeds (RFC 4287) of what changed in a place, one for each language. A feed says only days told: no clock."""

from typing import Any
from uuid import NAMESPACE_URL, uuid5
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from mingbai.bundle.changes import Day
from mingbai.bundle.routes import address, relative, revision_path
from mingbai.i18n.languages import Languages
from mingbai.pages.wording.language import Json, Language, language

ATOM = "http://www.w3.org/2005/Atom"
OURS = uuid5(NAMESPACE_URL, "urn:mingbai:feeds")
"""What the ids of feeds and entries are made from: they stay the same wherever the site stands."""


def feed_path(place: str) -> str:
    """Return where the feed of a place lies, in the folder of a language."""
    return f"{place}/feed.xml"


def make_feeds(bundle: Json, languages: Languages, days: dict[str, list[Day]], site_url: str = "") -> dict[str, str]:
    """Return the feed of each place that has revisions, by path. Without `site_url` its links are relative to it."""
    made = {}
    for entry in languages.entries:
        speaks = language(bundle, entry.id, languages)
        for place, changed in days.items():
            if changed:
                made[speaks.prefix + feed_path(place)] = _feed(
                    bundle, bundle["places"][place], changed, speaks, site_url
                )
    return made


def _feed(bundle: Json, place: Json, days: list[Day], language: Language, site_url: str) -> str:
    here = language.prefix + feed_path(place["id"])

    def to(path: str) -> str:
        target = language.prefix + address(path)
        return site_url + target if site_url else relative(here, target)

    feed = Element("feed", {"xmlns": ATOM, "xml:lang": language.entry.tag})
    name = language.text(place["name"])
    _text(feed, "id", _id(place["id"], language.id))
    _text(feed, "title", language.say("changes.feed_title", place=name))
    _text(feed, "updated", max(_updated(day) for day in days))
    _text(SubElement(feed, "author"), "name", language.say("frame.site_name"))
    _text(feed, "subtitle", language.say("frame.disclaimer"))
    SubElement(feed, "generator", {"version": bundle["engine"]}).text = "Mingbai"
    _link(feed, "alternate", to(f"{place['id']}/changes.md"), "text/html", language)
    if site_url:
        _link(feed, "self", site_url + here, "application/atom+xml", language)
    for day in days:
        entry = SubElement(feed, "entry")
        _text(entry, "id", _id(f"{place['id']}/{day.date}", language.id))
        _text(entry, "title", language.say("changes.day_title", date=language.day(day.date), place=name))
        _text(entry, "updated", _updated(day))
        _link(entry, "alternate", to(revision_path(place["id"], day.date)), "text/html", language)
        _text(entry, "summary", language.say("mark.space").join(language.text(each["says"]) for each in day.revisions))
    indent(feed)
    return f'<?xml version="1.0" encoding="utf-8"?>\n{tostring(feed, encoding="unicode")}\n'


def _id(what: str, lang: str) -> str:
    """Return the permanent id of a feed or an entry in a language."""
    return uuid5(OURS, f"{what} {lang}").urn


def _updated(day: Day) -> str:
    """Return when a day's change became known as far as the papers tell, else the day itself; in China's time."""
    told = [revision["published"] or revision["adopted"] for revision in day.revisions]
    told += [revision["checked"]["date"] for revision in day.revisions if revision["checked"]]
    return f"{max((each for each in told if each), default=day.date)}T00:00:00+08:00"


def _text(parent: Element, tag: str, text: str) -> None:
    SubElement(parent, tag).text = text


def _link(parent: Element, rel: str, href: str, form: str, language: Language) -> None:
    attributes: dict[str, Any] = {"rel": rel, "type": form, "hreflang": language.entry.tag, "href": href}
    SubElement(parent, "link", attributes)
