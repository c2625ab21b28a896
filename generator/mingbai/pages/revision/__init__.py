"""What changed: the page of a revision, the list of revisions, feeds, and the texts to pass on."""
