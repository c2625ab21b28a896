"""Shared by several lints: context (versions as written and as compiled), grid of cases, accepted findings."""
