"""What stands for the revision in the cached output of a place: only the revision differs after every edit."""

REVISION = "zzrevisionzz"
"""As long as a revision; no policy says so."""
