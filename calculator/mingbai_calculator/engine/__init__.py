"""Settling bills: the rules of a day, scenarios for what is not known, and their outcomes."""
