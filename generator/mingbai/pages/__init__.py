"""From the bundle to the pages that people read: plain Markdown in every language, and nothing of MkDocs.

The same pages can go to another site generator: a page is a path and a Markdown text, links between
pages are relative addresses, and every text of a policy is escaped so that it stays text.
"""
