"""Builds a site: the MkDocs adapter, the place cache, worker processes, the atomic build and the preview."""
