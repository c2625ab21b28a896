"""What a policy page tells machines: a schema.org GovernmentService as JSON-LD. Nothing that the papers do not say."""

import json
from typing import Any

from markupsafe import Markup

from mingbai.bundle.timeline import Held, held
from mingbai.i18n.languages import Languages
from mingbai.pages.policy.history import last_day_of
from mingbai.pages.wording.conditions import wanted
from mingbai.pages.wording.language import Json, language

_ESCAPED = str.maketrans({"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"})
"""A script element ends at the first ``</script``, whatever it holds."""


def government_service(bundle: Json, path: str, languages: Languages, url: str | None = None) -> Json | None:
    """Return the description of the policy whose page is at `path`; None for another page.

    `url` is the whole address of the page, where the site has one. schema.org gives a service no `availableLanguage`
    and no `validFrom`: the languages are those of the page about it, the first day stands in the offer.
    """
    entry = languages.of_page(path)
    place_id, _, policy = path.removeprefix(entry.folder).removesuffix(".md").partition("/")
    place = bundle["places"].get(place_id)
    if place is None or policy not in place["policies"]:
        return None
    speaks = language(bundle, entry.id, languages)
    found = held(bundle, place["policies"][policy])[0]
    version = found.version
    area = {"@type": "AdministrativeArea", "name": speaks.text(place["name"])}
    page = {
        "@type": "WebPage",
        "inLanguage": entry.tag,
        "name": speaks.text(version["title"]),
        **({"url": url} if url else {}),
    }
    told: Json = {
        "@context": "https://schema.org",
        "@type": "GovernmentService",
        **({"@id": f"{url}#service"} if url else {}),
        "name": speaks.text(version["title"]),
        "description": speaks.text(version["summary"]),
        "serviceType": speaks.term("topics", version["topic"]),
        "areaServed": area,
        "jurisdiction": area,
        "provider": _provider(place["office"], speaks.text(place["office"]["name"])),
        "subjectOf": page,
    }
    if version["confirmed_until"] and not version["ends"]:
        told["disambiguatingDescription"] = speaks.say("policy.confirmed", date=speaks.day(version["confirmed_until"]))
    who = wanted(version["who"], speaks)
    if who:
        told["audience"] = {"@type": "Audience", "audienceType": speaks.listing(who)}
    offer = _offer(found)
    if offer:
        told["offers"] = {"@type": "Offer", **offer}
    return told


def _provider(office: Json, name: str) -> Json:
    phone = {"telephone": office["phone"]} if office.get("phone") else {}
    return {"@type": "GovernmentOrganization", "name": name, **phone}


def _offer(found: Held) -> dict[str, Any]:
    """Return since when, and until when, a version holds, as far as that is known."""
    version = found.version
    if version["ends"]:
        return {"validThrough": last_day_of(version)} if version["start"] else {}
    first = {"validFrom": version["start"]} if version["start"] else {}
    return {**first, "validThrough": found.last} if found.last else first


def as_script(data: Json) -> Markup:
    """Return data as it may stand in a script element of a page."""
    return Markup(json.dumps(data, ensure_ascii=False).translate(_ESCAPED))  # noqa: S704 - nothing in it ends the script
