"""Reimbursement calculator: exact amounts, unknown facts as ranges, an explanation for each payment.

Standard library only, no input or output.

The same source runs in CPython (command line, tests) and in Pyodide (browser):

>>> from mingbai_calculator import estimate
>>> estimate(bundle, {"place": "gaotai", "date": "2016-03-01", "facts": {...}})

Units inside: money in whole fen (``int``), rates in basis points (10,000 = 100%), days as
``datetime.date``. No floats; a test enforces it.
"""

from mingbai_calculator.core.errors import BadRequestError, Fault
from mingbai_calculator.estimate import estimate, estimate_json

__version__ = "0.2.0"

__all__ = ["BadRequestError", "Fault", "__version__", "estimate", "estimate_json"]
