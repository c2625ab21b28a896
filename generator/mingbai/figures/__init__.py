"""The figures that stand in a source document: its numerals, line by line, and what they amount to."""
