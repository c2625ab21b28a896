"""From policy files to everything people read: check, compile, pages, site, command line."""

__version__ = "0.2.0"
