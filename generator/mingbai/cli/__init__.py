"""Command line interface: commands, options and output. No other package imports click."""
