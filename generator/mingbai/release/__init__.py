"""Release metadata of a built site: checksums, signature, build information."""
