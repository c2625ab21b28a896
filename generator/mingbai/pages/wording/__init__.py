"""Phrases of one language: amounts, dates, conditions, validity, and text in another language."""
