"""From the bundle to the pages that people read: plain Markdown in every language, and nothing of MkDocs.

The same pages can go to another site generator: a page is a path and a Markdown text, links between
pages are relative addresses, and every text of a policy is escaped so that it stays text.
"""

from mingbai.pages.frame import Frame, make_frame
from mingbai.pages.language import LANGUAGES, PREFIXES
from mingbai.pages.make import make_pages

__all__ = ["LANGUAGES", "PREFIXES", "Frame", "make_frame", "make_pages"]
