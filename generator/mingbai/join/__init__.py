"""What happens to a finished site: it is sealed with hashes, put in its place at once, and checked wherever it went."""
