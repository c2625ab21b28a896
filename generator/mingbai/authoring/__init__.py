"""Authoring commands: create a place or a policy, revise a policy, record a correction, compare versions.

Files are edited as text at the positions given by the YAML parser, so everything else stays byte for byte. Existing
files are never overwritten, and all files of a command are written or none.
"""
