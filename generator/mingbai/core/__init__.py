"""Cache, atomic writes, packaged resources: what knows nothing of policies."""
