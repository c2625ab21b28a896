"""Topic pages: policies of all places by life event, and by group of readers."""

from typing import Any

from mingbai.bundle.law import get_version_law
from mingbai.bundle.timeline import find_current_versions, has_ended
from mingbai.bundle.topics import TopicPage
from mingbai.pages.policy.kinds import PAGES
from mingbai.pages.wording.icons import load_topic_icon
from mingbai.pages.wording.language import Json, Language
from mingbai.pages.wording.regions import group_by_region
from mingbai.pages.wording.states import make_mark, summarize_versions
from mingbai_calculator.law.conditions import Contains, split_conjunction


def list_policies(bundle: Json, place: str, policies: dict[str, Json], language: Language) -> list[Json]:
    """Return policies of a place for a list of links, those that concern most people first, ended ones last."""
    versions = bundle["places"][place]["policies"]
    ordered = sorted(policies.items(), key=_relevance_key)
    return [
        {
            "id": policy,
            "title": language.text(version["title"]),
            "mark": make_mark(bundle, bundle["places"][place], versions[policy], language),
            "summaries": summarize_versions(bundle, versions[policy], language),
        }
        for policy, version in sorted(ordered, key=lambda entry: has_ended(bundle, versions[entry[0]]))
    ]


def _relevance_key(entry: tuple[str, Json]) -> tuple[bool, bool, int, str]:
    """Return the sort key for policies that concern most people first: money before services, few conditions first."""
    policy, version = entry
    law = get_version_law(version)
    who, when = split_conjunction(law.who), split_conjunction(law.when)
    one_illness = any(isinstance(part, Contains) for part in (*who, *when))
    return not PAGES[version["kind"]].is_prominent, one_illness, len(who), policy


def list_topics(bundle: Json, place: Json, language: Language) -> list[Json]:
    """Return the life events of a place with their policies, in the order of `terms.yaml`."""
    entries = []
    for topic in bundle["terms"]["topics"]:
        policies = {
            policy: version
            for policy, version in find_current_versions(bundle, place).items()
            if version["topic"] == topic
        }
        if policies:
            title = language.term("topics", topic)
            entries.append(
                {
                    "id": topic,
                    "anchor": topic,
                    "title": title,
                    "icon": load_topic_icon(topic),
                    "policies": list_policies(bundle, place["id"], policies, language),
                }
            )
    return entries


def make_lead(bundle: Json, topic_page: TopicPage, language: Language) -> str:
    """Return the introduction of a topic page."""
    name = language.text(topic_page.name(bundle))
    if topic_page.kind == "topics":
        return language.say("gathered.topic_lead", topic=name)
    return language.say("gathered.people_lead", people=name)


def make_topic_page(bundle: Json, topic_page: TopicPage, language: Language) -> dict[str, Any]:
    """Return the template variables of a topic page."""
    places = [bundle["places"][place] for place in topic_page.places]
    return {
        "title": language.text(topic_page.name(bundle)),
        "lead": make_lead(bundle, topic_page, language),
        "groups": [
            {
                "id": place["id"],
                "title": language.text(place["name"]),
                "policies": list_policies(bundle, place["id"], topic_page.places[place["id"]], language),
            }
            for _, region_places in group_by_region(bundle, places)
            for place in region_places
        ],
    }
