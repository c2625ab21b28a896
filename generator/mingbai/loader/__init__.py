"""From files to the library of all policies; each file is read once."""
