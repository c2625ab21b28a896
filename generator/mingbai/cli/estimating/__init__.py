"""Commands about one case: an estimate, and what a text is taken for."""
