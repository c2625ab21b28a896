"""Structured data of a policy page: a schema.org GovernmentService as JSON-LD, with nothing beyond the sources."""

import json
from typing import Any

from markupsafe import Markup

from mingbai.bundle.law import get_version_law
from mingbai.bundle.timeline import EffectiveVersion, list_effective_versions
from mingbai.i18n.languages import Languages
from mingbai.pages.policy.history import find_last_day
from mingbai.pages.wording.conditions import describe_requirements
from mingbai.pages.wording.language import Json, make_language
from mingbai.pages.wording.states import describe_ended_kind
from mingbai.pages.wording.validity import describe_confirmed

_ESCAPES = str.maketrans({"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"})
"""JSON escapes of characters that could end a script element (``</script``) or a line in one."""


def make_government_service(bundle: Json, path: str, languages: Languages, url: str | None = None) -> Json | None:
    """Return the structured data of the policy whose page is at `path`; None for another page.

    `url` is the absolute address of the page, where the site has one. In schema.org a service has no
    `availableLanguage` and no `validFrom`: the language is that of its page, the first day is in the offer.
    """
    entry = languages.of_page(path)
    place_id, _, policy = path.removeprefix(entry.folder).removesuffix(".md").partition("/")
    place = bundle["places"].get(place_id)
    if place is None or policy not in place["policies"]:
        return None
    language = make_language(bundle, entry.id, languages)
    effective = list_effective_versions(bundle, place["policies"][policy])[0]
    version = effective.version
    area = {"@type": "AdministrativeArea", "name": language.text(place["name"])}
    page = {
        "@type": "WebPage",
        "inLanguage": entry.tag,
        "name": language.text(version["title"]),
        **({"url": url} if url else {}),
    }
    service: Json = {
        "@context": "https://schema.org",
        "@type": "GovernmentService",
        **({"@id": f"{url}#service"} if url else {}),
        "name": language.text(version["title"]),
        "description": describe_ended_kind(version["kind"], language)
        if version["ends"]
        else language.text(version["summary"]),
        "serviceType": language.term("topics", version["topic"]),
        "areaServed": area,
        "jurisdiction": area,
        "provider": _make_provider(place["office"], language.text(place["office"]["name"])),
        "subjectOf": page,
    }
    if version["confirmed_until"] and not version["ends"]:
        service["disambiguatingDescription"] = describe_confirmed(version, language)
    who = describe_requirements(get_version_law(version).who, language)
    if who:
        service["audience"] = {"@type": "Audience", "audienceType": language.listing(who)}
    offer = _make_offer(effective)
    if offer:
        service["offers"] = {"@type": "Offer", **offer}
    return service


def _make_provider(office: Json, name: str) -> Json:
    phone = {"telephone": office["phone"]} if office.get("phone") else {}
    return {"@type": "GovernmentOrganization", "name": name, **phone}


def _make_offer(effective: EffectiveVersion) -> dict[str, Any]:
    """Return the first and the last day of a version (ISO text), as far as they are known."""
    version = effective.version
    if version["ends"]:
        return {"validThrough": find_last_day(version)} if version["start"] else {}
    first = {"validFrom": version["start"]} if version["start"] else {}
    return {**first, "validThrough": effective.last} if effective.last else first


def to_script(data: Json) -> Markup:
    """Return JSON that is safe inside a script element of a page."""
    return Markup(json.dumps(data, ensure_ascii=False).translate(_ESCAPES))  # noqa: S704 - nothing in it ends the script element
