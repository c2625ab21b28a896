"""Money, facts and errors."""
