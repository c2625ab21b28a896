"""Overview pages: home page, page of a place, topic pages, glossary, sources."""
