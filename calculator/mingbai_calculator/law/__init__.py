"""Rules of a policy, compiled to functions: conditions, numbers, versions."""
