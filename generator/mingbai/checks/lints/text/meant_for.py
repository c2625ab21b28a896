"""Rules about pregnancy, screening, family planning, childhood or old age that do not say whom they are meant for."""

import re
from collections.abc import Iterator

from mingbai.checks.lints.shared.context import LintContext, Rule, make_warning
from mingbai.compile.conditions import list_facts_read
from mingbai.compile.version import OFFERED_TO_FACTS
from mingbai.diagnostics.problem import Problem

TOPICS = frozenset(["birth", "family_planning"])
"""Topics of which every rule is for people of some age or sex."""
WORDS = {
    "zh": re.compile(
        "孕|产前|产后|生孩子|婚前|叶酸|新生儿|婴|儿童|孩子|小娃|妇女|宫颈癌|乳腺癌|避孕|安全套|老人|老年|养老|疫苗"
    ),
    "en": re.compile(
        r"\b(pregnan|matern|birth|folic|newborn|bab(y|ies)|infant|child|wom[ae]n|mother|cervical|breast"
        r"|contracepti|condom|elderly|old (age|people)|pension|vaccin)",
        re.IGNORECASE,
    ),
}
"""Words of a title that say the same, by language."""


def check_meant_for(context: LintContext) -> Iterator[Problem]:
    """Ask for `offered_to` on each such rule whose `who` names neither age nor sex."""
    for rule in context.rules:
        if rule.version.model.ends or rule.version.model.offered_to is not None or not _is_for_some(rule):
            continue
        if not list_facts_read([rule.law.who]) & set(OFFERED_TO_FACTS):
            yield make_warning(rule.document, "no-offered-to", ("title",), found=rule.compiled["title"]["zh"])


def _is_for_some(rule: Rule) -> bool:
    """Return whether the topic or the title of a rule says that it is for people of some age or sex."""
    title = rule.compiled["title"]
    return rule.compiled["topic"] in TOPICS or any(pattern.search(title[lang]) for lang, pattern in WORDS.items())
