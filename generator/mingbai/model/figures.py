"""Model of the list of figures that stand in a source document, line by line."""

from pydantic import Field

from mingbai.model.base import Model


class FigureList(Model):
    """The figures of each line of a document, as they are printed, separated by blanks; lines without one are left out.

    `sha256` and `lines` are those of the document that the list was made from.
    """

    sha256: str = Field(pattern=r"^[0-9a-f]{64}$")
    lines: int
    figures: dict[int, str]
