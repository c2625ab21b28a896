"""From policy files to everything people read: check, compile, pages, site, command line."""

import mingbai.files.start_time  # noqa: F401 - the time before any other module of the program is read

__version__ = "0.2.0"
