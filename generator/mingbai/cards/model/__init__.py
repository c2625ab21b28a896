"""Data model of a card, and its wording in one language."""
