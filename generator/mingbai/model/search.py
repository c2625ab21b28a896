"""Model of the search synonyms: everyday phrases, and the words that the pages use instead."""

from typing import Annotated

from pydantic import Field

from mingbai.model.base import Model

Phrase = Annotated[str, Field(pattern=r"[^\s…]")]


class SearchGroup(Model):
    """Everyday phrases and the words of the pages that they mean; in any language of the site."""

    says: list[Phrase] = Field(min_length=1)
    means: list[Phrase] = Field(min_length=1)


class SearchWords(Model):
    """What the search knows beside the pages: groups of everyday phrases, and phrases that say nothing."""

    stop: list[Phrase] = []
    groups: list[SearchGroup] = []
