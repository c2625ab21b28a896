"""Lints of worked examples: thresholds and numbers that no example guards."""
