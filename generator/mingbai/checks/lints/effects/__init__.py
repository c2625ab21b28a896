"""Lints of the effects of rules: cliffs along the bill and along other numbers, worse-off groups that get less."""
