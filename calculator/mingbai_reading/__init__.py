"""Reading what people write into a fact: the value, a fault, or a question; never another number than was written.

The rules are data (``rules.json``), run here and by the browser; one table of cases holds both to it.
"""

from datetime import date

from mingbai_reading.read import read
from mingbai_reading.reading import Definition, Reading

__all__ = ["DAY", "Definition", "Reading", "date", "read"]
__version__ = "0.2.0"

DAY: Definition = {"type": "day"}
"""The day of a bill, as a fact."""
