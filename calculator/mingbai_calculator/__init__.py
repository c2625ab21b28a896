"""What a person gets: exact, three-valued, explained. Standard library only, no I/O.

The same source runs in CPython (command line, tests) and in Pyodide (the page):

>>> from mingbai_calculator import estimate
>>> estimate(bundle, {"place": "gaotai", "date": "2016-03-01", "facts": {...}})

Money inside is whole fen (``int``), a rate is basis points (10,000 = all of it), a day is
``datetime.date``. There is no float anywhere: a test holds that.
"""

from mingbai_calculator.core.errors import BadRequestError, Fault
from mingbai_calculator.estimate import estimate, estimate_json

__version__ = "0.2.0"

__all__ = ["BadRequestError", "Fault", "__version__", "estimate", "estimate_json"]
