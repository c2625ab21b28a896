"""The authors' guide: what its pages say about the fields of the model and the problem codes."""
