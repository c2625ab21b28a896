"""The command line: commands, their options, and what they print. No other package imports click."""
