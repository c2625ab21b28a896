"""From policy files to everything people read: check, compile, pages, site, command line."""

import time

__version__ = "0.1.0"

STARTED = time.time()
"""When this process began to import the program, in seconds since 1970 (`mingbai.program`)."""
