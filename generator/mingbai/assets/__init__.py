"""What a browser loads besides pages: the Python runtime, scripts, search, offline manifest, security policy."""
