"""Compiled law: conditions, numbers, versions."""
