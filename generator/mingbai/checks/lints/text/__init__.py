"""Lints of texts and records: figures in prose, languages, dates of versions, revisions."""
