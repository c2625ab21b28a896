"""Queries on the compiled bundle: timeline, changes, comparison, topics, form, routes, estimator bundle."""
