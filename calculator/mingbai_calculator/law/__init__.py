"""Typed law of a place: conditions, numbers, the law of each kind, versions; the codec to and from the bundle."""
