"""Lints of what rules come to: cliffs along the bill and other numbers, groups that get less."""
