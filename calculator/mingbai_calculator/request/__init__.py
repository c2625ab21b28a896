"""From a request to facts and visits; every fault at once."""
