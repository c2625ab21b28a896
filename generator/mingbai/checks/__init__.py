"""All that yields problems: checking policies and places, lints, examples, the lock, published addresses."""
