"""Lints of what a version changes against the one before: figures that jump, people who lose, sources that stayed."""
