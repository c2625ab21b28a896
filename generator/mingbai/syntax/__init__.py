"""From YAML text to a document with the position of every key and value."""
