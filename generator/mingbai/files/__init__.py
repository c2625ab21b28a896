"""Files that are read once: those of the program itself, and any other one with the digest of its bytes."""
