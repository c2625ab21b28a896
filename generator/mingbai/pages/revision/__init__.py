"""Changes of the law: page of a revision, list of revisions, feeds, notices to pass on."""
