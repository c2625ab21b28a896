"""Settlement of bills: the ruleset of a day, scenarios for missing facts, and their outcomes."""
