"""Lints of one rule: overlapping rows, brackets that do not increase, limits, reference cycles."""
