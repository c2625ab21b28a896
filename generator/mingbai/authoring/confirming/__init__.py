"""Blind second entry: what a second person types of a version, compared with its file, and what is recorded of it."""
