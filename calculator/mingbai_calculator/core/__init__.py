"""Base types: money, facts, faults of a request, JSON values."""
