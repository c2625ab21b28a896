"""A card as data, and the words of a card in one language."""
