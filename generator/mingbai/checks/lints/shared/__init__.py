"""What several lints need: the versions of a place as written and as compiled, cases, accepted findings."""
