"""Run the command line: ``python -m mingbai``."""

from mingbai.cli.main import main

main()
