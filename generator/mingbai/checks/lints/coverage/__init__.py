"""Lints of test coverage by worked examples: thresholds and numbers that no example covers."""
