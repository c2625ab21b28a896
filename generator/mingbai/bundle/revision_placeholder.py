"""Placeholder of the revision in the cached output of a place.

The revision changes with every edit of any policy; the rest of the output of an unchanged place does not.
"""

REVISION_PLACEHOLDER = "zzrevisionzz"
"""As long as a revision; occurs in no policy."""
