"""Lints of one rule: overlapping rows, brackets that do not rise, limits, reference cycles."""
