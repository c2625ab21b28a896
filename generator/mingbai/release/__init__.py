"""What a finished site says of itself: checksums, signature, build information."""
