"""Page of one day on which rules changed: changed figures, and who gains and who loses money."""

from typing import Any

from mingbai.bundle.changes import ChangeDay
from mingbai.bundle.routes import address, revision_path
from mingbai.bundle.timeline import announced_until, find_current_versions
from mingbai.pages.policy.differences import PHRASE_TOPICS, compare_versions
from mingbai.pages.policy.people import SHOWN_PEOPLE, group_people
from mingbai.pages.revision.changes import describe_revision
from mingbai.pages.revision.notice import MAX_NEW_POLICIES, MAX_PEOPLE, make_chat_text, make_notice_sheet
from mingbai.pages.revision.summary import describe_change, summarize_changes
from mingbai.pages.wording.language import Json, Language
from mingbai.pages.wording.validity import describe_old_office, say_whom_to_ask


def make_revision_page(
    bundle: Json, place: Json, day: ChangeDay, language: Language, site_url: str = ""
) -> dict[str, Any]:
    """Return the template variables of a day's page; `site_url` is the absolute address of the site, if it has one."""
    titles = {
        policy: language.text(version["title"]) for policy, version in find_current_versions(bundle, place).items()
    }
    revisions = [describe_revision(bundle, place, revision, language) for revision in day.revisions]
    changes = day.list_changes()
    summary = summarize_changes(changes, titles, language)
    said = {change.policy: describe_change(change, day.date, language) for change in changes}
    place_name, day_text = language.text(place["name"]), language.day(day.date)
    differences = {policy: compare_versions(old, new, language) for policy, (old, new) in day.version_pairs.items()}
    url = site_url and site_url + language.prefix + address(revision_path(place["id"], day.date))
    return {
        "id": place["id"],
        "chat": make_chat_text(
            place_name,
            day_text,
            [*summary.first, *(revision["says"] for revision in revisions), *summary.rest],
            language,
            url,
        ),
        "sheet": make_notice_sheet([(titles[policy], changed) for policy, changed in differences.items()], language),
        "max_people": MAX_PEOPLE,
        "max_new_policies": MAX_NEW_POLICIES,
        "ask": say_whom_to_ask([], language),
        "office": describe_old_office(place, language),
        "phone": place["office"].get("phone"),
        "place": language.text(place["name"]),
        "date": day.date,
        "day": language.day(day.date),
        "last": announced_until(bundle, day.date),
        "revisions": revisions,
        "checked": list(dict.fromkeys(revision["checked"] for revision in revisions)),
        "summary": [*summary.first, *summary.rest],
        "people": group_people(day.comparisons, language),
        "shown_people": SHOWN_PEOPLE,
        "count": len(day.comparisons),
        "policies": [
            {
                "id": policy,
                "title": titles[policy],
                "said": said[policy],
                "phrase_topics": PHRASE_TOPICS,
                "differences": changed,
            }
            for policy, changed in differences.items()
        ],
        "new_policies": [{"id": policy, "title": titles[policy]} for policy in day.new_policies],
    }
