"""Reading the compiled bundle: timeline, changes, comparison, form, routes, the estimator's part."""
