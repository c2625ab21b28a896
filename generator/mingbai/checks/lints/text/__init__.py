"""Lints of what is written: figures in prose, languages, dates of versions, revisions."""
