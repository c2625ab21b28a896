"""Phrases in one language: amounts, dates, conditions, validity, and markup of untranslated text."""
