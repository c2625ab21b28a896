"""Authors' guide: lists of the fields of the model, page of problem codes."""
