"""When this process began to import the program; imported before everything else (`mingbai.files.program`)."""

import time

START_TIME = time.time()
"""In seconds since 1970."""
