"""What must be told of a version: every kind of promise, in every state, on every surface, in every language.

Here stands what a reader must find and must not find, in words of its own, not those of the catalogue. A new kind,
state, surface or language fails until it has its entry. `make test` tries a sample in which every pair of values meets;
`make soak` tries all.
"""

import re
from collections.abc import Callable, Iterator
from html import unescape
from itertools import combinations, product
from typing import Any, NamedTuple

import pytest

from mingbai.authoring.diff import Comparison
from mingbai.authoring.diff_text import format_comparison
from mingbai.bundle.changes import ChangeDay
from mingbai.bundle.comparison import compare_examples
from mingbai.bundle.timeline import STATES, SURFACES
from mingbai.bundle.topics import list_topic_pages
from mingbai.cli.estimating.estimate_text import format_estimate
from mingbai.i18n.languages import SITE
from mingbai.i18n.traditional import to_traditional
from mingbai.i18n.translate import add_languages
from mingbai.model.search import SearchWords
from mingbai.pages.data.data import list_all_change_days
from mingbai.pages.data.search_index import ROW_FIELDS, make_search_index
from mingbai.pages.make import TEMPLATES, make_pages
from mingbai.pages.revision.feeds import make_feeds
from mingbai.pages.wording.language import make_language
from mingbai_calculator import estimate
from mingbai_calculator.law.kinds import KINDS
from tests.state_places import DAYS, PEOPLE, READ_ON, make_library

type Json = dict[str, Any]

STATE_NAMES = tuple(DAYS)
"""The states of the matrix: those of the program, and the end that is announced."""
TEMPLATES_OF_VERSIONS = {
    "policy.md.j2",
    "place.md.j2",
    "topic_page.md.j2",
    "search.md.j2",
    "revision.md.j2",
    "changes.md.j2",
}
"""Templates of pages that speak of versions: `SURFACES` has them."""
OTHER_TEMPLATES = {
    "version.j2": "part of policy.md.j2",
    "ended.j2": "part of policy.md.j2",
    "parts.j2": "macros",
    "quick.j2": "an answer: it has its own tests",
    "search_box.j2": "a field",
    "absent.md.j2": "no versions",
    "codes.md.j2": "no versions",
    "data.md.j2": "no versions",
    "diag.md.j2": "no versions",
    "estimator.md.j2": "an answer: it has its own tests",
    "glossary.md.j2": "no versions",
    "home.md.j2": "counts policies; a site of one place includes place.md.j2's lists",
    "sources.md.j2": "doubts of every policy, whatever its state",
}

FIGURE = {"zh": r"\d[\d,.]* ?(?:元|%)", "en": r"\d[\d,.]* ?(?:yuan|%)"}
PRESENT = {
    "zh": r"可以|能领|能享受|免费|报销多少|今天按这个|数没有变",
    "en": r"\b[Cc]an get\b|\bfree\b|\b[Pp]ays\b|This holds today|stayed the same",
}
"""Words of a promise that still holds."""
DAY = {
    "announced": ("2030年1月1日", "January 1, 2030"),
    "in_force": ("2018年7月1日", "July 1, 2018"),
    "unconfirmed": ("2018年12月31日", "December 31, 2018"),
    "superseded": ("2020年3月1日", "March 1, 2020"),
    "ended": ("2027年1月1日", "January 1, 2027"),
    "ended_ahead": ("2031年4月1日", "April 1, 2031"),
    "before_any_document": ("2018年1月1日", "January 1, 2018"),
}
ENDED_KINDS = {
    "share": ("不再报销", "no longer covered"),
    "ceiling": ("不再封顶", "no longer a ceiling"),
    "floor": ("不再保证", "no longer a least share"),
    "own_share": ("不再要您先自己付", "no longer yours to pay first"),
    "fee": ("不再减免", "charged again"),
    "cash": ("不再发这笔钱", "no longer paid out"),
    "premium": ("不再替您缴", "no longer paid for"),
    "aid": ("不再有这项帮助", "help is no longer offered"),
    "service": ("不再有这项服务", "service is no longer offered"),
    "right": ("不再有这项权利", "right is no longer granted"),
    "in_kind": ("不再发这样东西", "no longer given"),
    "status": ("不再这样认定", "counted under this any more"),
}
"""What is no longer given when a policy of a kind ends."""
LOSERS = {"share", "ceiling", "fee", "cash", "premium", "aid", "service", "right", "in_kind"}
"""Kinds whose example in `PEOPLE` loses something when its policy ends: a floor and a status alone give nothing, and an
own share takes."""


class Told(NamedTuple):
    """What must stand and must not stand (regular expressions, Chinese and English)."""

    must: tuple[tuple[str, str], ...] = ()
    must_not: tuple[tuple[str, str], ...] = ()


NOT_SHOWN = None
"""The surface does not show a version in this state, or does not depend on it."""


def day_of(state: str, zh: str, en: str) -> tuple[str, str]:
    """Return expressions with the day of a state in place of ``@``."""
    return zh.replace("@", DAY[state][0]), en.replace("@", DAY[state][1])


NO_PRESENT = (PRESENT["zh"], PRESENT["en"])
RIGHT_NOW = ("这是您的权利", "This is your right")
PROVES = ("证明", r"\bproves?\b")
END = (day_of("ended", "这一项从@起停止", "No longer given from @"),)
END_MARK = (day_of("ended", "@起停止", "no longer from @"),)
END_KIND = (day_of("ended", "停止", "Ended"),)
AHEAD = (day_of("ended_ahead", "这一项从@起停止", "No longer given from @"),)
AHEAD_MARK = (day_of("ended_ahead", "@起停止", "no longer from @"),)
AHEAD_KIND = (day_of("ended_ahead", "停止", "Ended"),)
UNCONFIRMED = (("没有核实.*当作2018年的规定.*请问.*电话12", "do not know if this holds.*rules of 2018.*ask.*phone 12"),)
UNCONFIRMED_MARK = (("当作2018年的规定", "taken as of 2018"),)
ANNOUNCED = (day_of("announced", "@起用", "From @"), ("这天以前没有这一项", "no such rule before that day"))
ANNOUNCED_MARK = (day_of("announced", "@起", "from @"),)
IN_FORCE = (day_of("in_force", "@起用.*见“", "In force since @.*by “"),)
IN_FORCE_MARK = (day_of("in_force", "@起用", "since @"),)
SUPERSEDED = (
    day_of("superseded", "@起换成了新规定", "Replaced by a newer rule on @"),
    ("看现在的规定", "See the rule of now"),
    ("改了什么.*看看改了多少", "What changed.*See"),
)
BEFORE = (
    ("更早的日子 ?。 ?没有2017年12月31日那么早的文件", "Earlier days ?. No document is as old as December 31, 2017"),
    ("用的是最早的一份", "We took the oldest one"),
)
NEW_KIND = (("新收进来", "Newly listed"),)
TODAY = ("今天|现在能", r"\btoday\b")
DOUBT = ("今天还用不用", "if this holds today")

SENTENCES: dict[str, dict[str, Told | None]] = {
    "announced": {
        "policy page": Told(ANNOUNCED, (TODAY,)),
        "version page": NOT_SHOWN,  # one version: it has no page of its own
        "place list": Told(ANNOUNCED_MARK, (TODAY,)),
        "topic page": Told(ANNOUNCED_MARK, (TODAY,)),
        "search hit": Told(ANNOUNCED_MARK, (TODAY,)),
        "list of all": Told(ANNOUNCED_MARK),
        "change page": Told((*NEW_KIND, day_of("announced", "@起才用", "begins on @"))),
        "list of changes": Told((day_of("announced", "@起才用", "begins on @"),)),
        "feed entry": Told(NEW_KIND),
        "chat text": Told((*NEW_KIND, day_of("announced", "@起", "from @"))),
        "notice sheet": Told(NEW_KIND),
        "diff": NOT_SHOWN,
        "text output": NOT_SHOWN,
    },
    "in_force": {
        "policy page": Told(IN_FORCE, (DOUBT,)),
        "version page": NOT_SHOWN,
        "place list": Told(IN_FORCE_MARK, (DOUBT,)),
        "topic page": Told(IN_FORCE_MARK, (DOUBT,)),
        "search hit": Told(IN_FORCE_MARK, (DOUBT,)),
        "list of all": Told(IN_FORCE_MARK),
        "change page": Told(NEW_KIND),
        "list of changes": Told((day_of("in_force", "@起", "From @"),)),
        "feed entry": Told(NEW_KIND),
        "chat text": Told(NEW_KIND),
        "notice sheet": Told(NEW_KIND),
        "diff": NOT_SHOWN,
        "text output": NOT_SHOWN,
    },
    "unconfirmed": {
        "policy page": Told(UNCONFIRMED, (RIGHT_NOW, PROVES)),
        "version page": NOT_SHOWN,
        "place list": Told(UNCONFIRMED_MARK, (RIGHT_NOW,)),
        "topic page": Told(UNCONFIRMED_MARK, (RIGHT_NOW,)),
        "search hit": Told(UNCONFIRMED_MARK, (RIGHT_NOW,)),
        "list of all": Told(UNCONFIRMED_MARK),
        "change page": Told(NEW_KIND),
        "list of changes": Told(),
        "feed entry": Told(NEW_KIND),
        "chat text": Told(NEW_KIND),
        "notice sheet": Told(NEW_KIND),
        "diff": NOT_SHOWN,
        "text output": NOT_SHOWN,
    },
    "superseded": {
        "policy page": Told((("已被新规定换掉", "Replaced by a newer rule"),)),
        "version page": Told(SUPERSEDED),
        "place list": NOT_SHOWN,
        "topic page": NOT_SHOWN,
        "search hit": NOT_SHOWN,
        "list of all": NOT_SHOWN,
        "change page": Told((("只改了说法", "Wording only"),)),
        "list of changes": Told((day_of("superseded", "@起", "From @"),)),
        "feed entry": Told((("只改了说法", "Wording only"),)),
        "chat text": Told((("只改了说法", "Wording only"),)),
        "notice sheet": Told((("只改了说法", "Wording only"),)),
        "diff": Told((day_of("superseded", "只改了说法，@起", "Wording only, from @"),)),
        "text output": NOT_SHOWN,
    },
    "ended": {
        "policy page": Told((*END, ("谁吃亏", "Who loses"), ("还有什么能帮上", "What else may help")), (NO_PRESENT,)),
        "version page": Told(END),
        "place list": Told(END_MARK, (NO_PRESENT,)),
        "topic page": Told(END_MARK, (NO_PRESENT,)),
        "search hit": Told(END_MARK, (NO_PRESENT,)),
        "list of all": Told(END_MARK),
        "change page": Told(END_KIND, (("数和条件都没有变", "stayed the same"),)),
        "list of changes": Told((day_of("ended", "@起", "From @"), *END_KIND)),
        "feed entry": Told(END_KIND),
        "chat text": Told((*END_KIND, day_of("ended", "@起", "from @"))),
        "notice sheet": Told(END_KIND),
        "diff": Told((day_of("ended", "停止，@起", "Ended, from @"),), (("规则没有变", "rules did not change"),)),
        "text output": Told((day_of("ended", "已经停止的.*@", "What has ended.*@"),)),
    },
    "ended_ahead": {
        "policy page": Told(
            (*AHEAD, ("到2031年3月31日为止", "Until March 31, 2031|until March 31, 2031")),
        ),
        "version page": Told(AHEAD),
        "place list": Told(AHEAD_MARK),
        "topic page": Told(AHEAD_MARK),
        "search hit": Told(AHEAD_MARK),
        "list of all": Told(AHEAD_MARK),
        "change page": Told((*AHEAD_KIND, day_of("ended_ahead", "@起才用", "begins on @"))),
        "list of changes": Told((day_of("ended_ahead", "@起", "From @"), *AHEAD_KIND)),
        "feed entry": Told(AHEAD_KIND),
        "chat text": Told((*AHEAD_KIND, day_of("ended_ahead", "@起", "from @"))),
        "notice sheet": Told(AHEAD_KIND),
        "diff": Told((day_of("ended_ahead", "停止，@起", "Ended, from @"),)),
        "text output": NOT_SHOWN,
    },
    "before_any_document": {
        "policy page": NOT_SHOWN,  # what holds now is a newer version
        "version page": Told(BEFORE, (("起执行", "In force since"),)),
        "place list": NOT_SHOWN,
        "topic page": NOT_SHOWN,
        "search hit": NOT_SHOWN,
        "list of all": NOT_SHOWN,
        "change page": NOT_SHOWN,
        "list of changes": NOT_SHOWN,
        "feed entry": NOT_SHOWN,
        "chat text": NOT_SHOWN,
        "notice sheet": NOT_SHOWN,
        "diff": NOT_SHOWN,
        "text output": NOT_SHOWN,
    },
}
TOP_FIRST = ("policy page", "version page")
"""Surfaces on which the sentence stands before the first figure, and before words of a promise that still holds."""
NAME_WHAT_ENDS = ("policy page", "version page", "place list", "topic page", "search hit")
"""Surfaces that say, by kind, what is no longer given."""
COUNTED = ("change page", "diff")
"""Surfaces that count who loses of one policy."""


# --- reading the surfaces


def plain(text: str) -> str:
    """Return what a reader sees of Markdown or HTML, on one line; marks that only a script shows are left out."""
    text = re.sub(r'<span class="mb-is mb-is--\w+">.*?</span>', "", text)
    return " ".join(unescape(re.sub(r"<[^>]+>|\{#[\w-]+\}", " ", text)).split())


class Site(NamedTuple):
    """All that is rendered of one state."""

    state: str
    bundle: Json
    days: dict[str, list[ChangeDay]]
    pages: dict[str, str]
    feeds: dict[str, str]


_sites: dict[str, Site] = {}


def site_of(state: str, kinds_bundle: Json) -> Site:
    """Return the rendered site of a state; made once."""
    if state not in _sites:
        bundle = add_languages(make_library(kinds_bundle, state), SITE)
        days = list_all_change_days(bundle)
        topic_pages = list_topic_pages(bundle)
        pages = make_pages(bundle, SITE, days, topic_pages, {})
        _sites[state] = Site(state, bundle, days, pages, make_feeds(bundle, SITE, days))
    return _sites[state]


def page_of(site: Site, lang: str, path: str) -> str:
    """Return the Markdown of a page without its front matter."""
    return site.pages[SITE[lang].folder + path].partition("\n---\n")[2]


def list_entry(page: str, place: str, policy: str) -> str:
    """Return the first entry of a policy in the lists of a page."""
    address = re.compile(rf'href="(?:[./]*|[^"]*/{place}/){policy}/"')
    return next(line for line in page.split("\n") if line.startswith("<li>") and address.search(line))


def change_day(site: Site, place: str) -> ChangeDay:
    """Return the newest day of change."""
    return site.days[place][0]


def read_policy_page(site: Site, lang: str, place: str, policy: str) -> str:
    page = page_of(site, lang, f"{place}/{policy}.md")
    if site.state == "ended":  # the old text is folded
        page = re.sub(r"<details.*?</details>\n*", "", page, flags=re.DOTALL)
    return plain(page)


def read_version_page(site: Site, lang: str, place: str, policy: str) -> str:
    version = site.bundle["places"][place]["policies"][policy][0]["id"]
    return plain(page_of(site, lang, f"{place}/{policy}/{version}.md"))


def read_place_list(site: Site, lang: str, place: str, policy: str) -> str:
    return plain(list_entry(page_of(site, lang, f"{place}/index.md"), place, policy))


def read_topic_page(site: Site, lang: str, place: str, policy: str) -> str:
    topic = site.bundle["places"][place]["policies"][policy][0]["topic"]
    (path,) = [each.path for each in list_topic_pages(site.bundle) if each.kind == "topics" and each.id == topic]
    return plain(list_entry(page_of(site, lang, path), place, policy))


def read_list_of_all(site: Site, lang: str, place: str, policy: str) -> str:
    return plain(list_entry(page_of(site, lang, "search.md"), place, policy))


def read_search_hit(site: Site, lang: str, place: str, policy: str) -> str:
    language = make_language(site.bundle, lang)
    words = SearchWords.model_validate({"groups": [], "stop": []})
    index = make_search_index(site.bundle, words, [], [], language)
    (row,) = [row for row in index["pages"] if row[0] == f"{place}/{policy}/"]
    fields = dict(zip(ROW_FIELDS, row, strict=False))
    return " ".join([fields["title"], fields["mark"], fields["summary"]])


def read_change_page(site: Site, lang: str, place: str, policy: str) -> str:
    day = change_day(site, place)
    page = page_of(site, lang, f"{place}/changes/{day.date}.md")
    top = page.split("\n## ")[0].split("</section>")[1]
    sections = [part for part in page.split("\n### ") if f"{{#{policy}}}" in part]
    return plain(top + "".join(part.partition("\n## ")[0] for part in sections))


def read_notice_sheet(site: Site, lang: str, place: str, _policy: str) -> str:
    page = page_of(site, lang, f"{place}/changes/{change_day(site, place).date}.md")
    return plain(page[page.index("<section") : page.index("</section>")])


def read_chat_text(site: Site, lang: str, place: str, _policy: str) -> str:
    page = page_of(site, lang, f"{place}/changes/{change_day(site, place).date}.md")
    return plain(page[page.index("<blockquote") : page.index("</blockquote>")])


def read_list_of_changes(site: Site, lang: str, place: str, _policy: str) -> str:
    return plain(page_of(site, lang, f"{place}/changes.md").split("\n## ")[1])


def read_feed_entry(site: Site, lang: str, place: str, _policy: str) -> str:
    return plain(site.feeds[f"{SITE[lang].folder}{place}/feed.xml"].split("<entry>")[1])


def read_diff(site: Site, lang: str, place: str, policy: str) -> str:
    old, new = site.bundle["places"][place]["policies"][policy]
    cases = compare_examples(site.bundle, place, {policy: (old, new)})
    return " ".join(format_comparison(Comparison(site.bundle, place, policy, old, new, cases), lang).split())


def read_text_output(site: Site, lang: str, place: str, policy: str) -> str:
    version = site.bundle["places"][place]["policies"][policy][0]
    facts = version["examples"][0]["facts"]
    result = estimate(site.bundle, {"place": place, "date": READ_ON, "facts": facts, "lang": lang})
    return " ".join(format_estimate(result, site.bundle, lang).split())


READERS: dict[str, Callable[[Site, str, str, str], str]] = {
    "policy page": read_policy_page,
    "version page": read_version_page,
    "place list": read_place_list,
    "topic page": read_topic_page,
    "search hit": read_search_hit,
    "list of all": read_list_of_all,
    "change page": read_change_page,
    "list of changes": read_list_of_changes,
    "feed entry": read_feed_entry,
    "chat text": read_chat_text,
    "notice sheet": read_notice_sheet,
    "diff": read_diff,
    "text output": read_text_output,
}


# --- the matrix


class Cell(NamedTuple):
    """A cell of the matrix."""

    kind: str
    state: str
    surface: str
    lang: str


def all_cells() -> list[Cell]:
    """Return every cell that shows a version."""
    return [
        Cell(kind, state, surface, lang)
        for kind, state, surface, lang in product(KINDS, STATE_NAMES, SURFACES, SITE.selected)
        if SENTENCES[state][surface] is not NOT_SHOWN
    ]


def pairwise(cells: list[Cell]) -> list[Cell]:
    """Return cells in which every pair of values that meets in some cell meets too (greedy)."""

    def pairs(cell: Cell) -> set[Any]:
        return set(combinations(enumerate(cell), 2))

    left = {pair for cell in cells for pair in pairs(cell)}
    chosen = []
    for most in (6, 5, 4, 3, 2, 1):  # a cell has six pairs: first those that bring most new ones
        for cell in cells:
            new = pairs(cell) & left
            if len(new) >= most:
                chosen.append(cell)
                left -= new
    assert not left
    return chosen


def in_language(expressions: tuple[str, str], lang: str) -> str:
    """Return the expression of a language; one that is converted has the converted Chinese."""
    zh, en = expressions
    return {"zh": zh, "en": en, "zh-Hant": to_traditional(zh)}[lang]


def list_required(cell: Cell, told: Told) -> list[tuple[str, str]]:
    """Return what must stand in a cell; of an end also what is no longer given, by kind, and who loses."""
    required = list(told.must)
    if cell.state.startswith("ended"):
        if cell.surface in NAME_WHAT_ENDS:
            required.append(ENDED_KINDS[cell.kind])
        if cell.surface in COUNTED:
            lost = "1" if cell.kind in LOSERS else r"\d"
            required.append((f"吃亏的 {lost} 个", f"worse off {lost}"))
    return required


def find_early(cell: Cell, text: str, state: str) -> str:
    """Return a figure or a promise that stands before the sentence of the state; ``""`` if none does."""
    found = re.search(state, text)
    top = text[: found.start()] if found else text
    expressions = [(words["zh"], words["en"]) for words in (FIGURE, PRESENT)]
    early = [match[0] for each in expressions if (match := re.search(in_language(each, cell.lang), top))]
    return "".join(early[:1])


def find_faults(cell: Cell, kinds_bundle: Json) -> Iterator[str]:
    """Yield what a cell lacks, and what it says that it must not."""
    place, policy, _ = PEOPLE[cell.kind]
    text = READERS[cell.surface](site_of(cell.state, kinds_bundle), cell.lang, place, policy)
    told = SENTENCES[cell.state][cell.surface]
    assert told is not None
    required = [in_language(each, cell.lang) for each in list_required(cell, told)]
    yield from (f"{cell}: lacks “{each}”: {text[:400]}" for each in required if not re.search(each, text))
    for each in told.must_not:
        if found := re.search(in_language(each, cell.lang), text):
            yield f"{cell}: says “{found[0]}”: {text[max(0, found.start() - 200) : found.end() + 100]}"
    if cell.surface in TOP_FIRST and cell.state != "superseded" and (early := find_early(cell, text, required[0])):
        yield f"{cell}: says “{early}” before its state: {text[:400]}"


def test_every_kind_state_surface_and_language_has_its_sentences() -> None:
    assert set(STATES) == set(SENTENCES) - {"ended_ahead"}, "a state needs its sentences here"
    assert set(PEOPLE) == set(ENDED_KINDS) == set(KINDS), "a kind needs an example, and what its end takes away"
    assert set(READERS) == set(SURFACES)
    for state, surfaces in SENTENCES.items():
        assert set(surfaces) == set(SURFACES), f"{state}: every surface needs its sentences, or NOT_SHOWN"
    assert {lang: in_language(("一", "a"), lang) for lang in SITE.selected}
    templates = {file.name for file in TEMPLATES.glob("*.j2")}
    assert templates == TEMPLATES_OF_VERSIONS | set(OTHER_TEMPLATES), "does a new template speak of versions?"


def test_what_must_be_told_stands_and_nothing_else_is_promised(kinds_bundle: Json) -> None:
    """A sample in which every pair of kind, state, surface and language meets; and all of an end, in Chinese."""
    cells = all_cells()
    of_end = [cell for cell in cells if (cell.state, cell.lang) == ("ended", "zh")]
    sample = dict.fromkeys([*pairwise(cells), *of_end])
    faults = [fault for cell in sample for fault in find_faults(cell, kinds_bundle)]
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize("state", ["ended", "ended_ahead"])
def test_links_to_the_page_of_an_ended_policy_lead_to_what_stands_there(kinds_bundle: Json, state: str) -> None:
    site = site_of(state, kinds_bundle)
    anchors = 0
    for place, days in site.days.items():
        page = page_of(site, "zh", f"{place}/changes/{days[0].date}.md")
        for policy, anchor in re.findall(r'href="\.\./\.\./([\w-]+)/#([\w-]+)"', page):
            target = page_of(site, "zh", f"{place}/{policy}.md")
            assert f'id="{anchor}"' in target or f"{{#{anchor}}}" in target, (policy, anchor)
            anchors += 1
    assert anchors >= len(LOSERS)


@pytest.mark.soak
def test_what_must_be_told_stands_in_every_cell(kinds_bundle: Json) -> None:
    faults = [fault for cell in all_cells() for fault in find_faults(cell, kinds_bundle)]
    assert not faults, "\n".join(faults)
