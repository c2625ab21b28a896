"""The author's tools: begin a place or a policy, revise one, mend a mistake on the record, see what changed.

Files are edited as text, at the positions that the YAML parser gives: what is not meant to change stays
byte by byte. Nothing is overwritten, and nothing is left half-written.
"""
