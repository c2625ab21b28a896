"""Pages of a site: from the bundle to plain Markdown in every language, independent of MkDocs.

Another site generator can use the same pages: a page is a path and a Markdown text, links between
pages are relative addresses, and every text of a policy is escaped so that it stays text.
"""
