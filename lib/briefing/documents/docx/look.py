"""How a document looks in Word: margins, sizes, colours, of a formal document and of a page."""

from __future__ import annotations

from dataclasses import dataclass

from briefing.documents import formal, page
from briefing.office.look import MUTED
from briefing.office.markup import twips

CODE = "Courier New"
FIRST_LINE = 720  # twips: 1.27 cm


@dataclass(frozen=True)
class Look:
    """The page in mm (top, right, bottom, left) and the sizes of letters in points."""

    formal: bool
    margins: tuple[float, float, float, float]
    size: float
    note: float
    inset: int  # twips at either side of a cell

    @property
    def width(self) -> int:
        """Of the text, in twips."""
        return twips(formal.PAPER_MM - self.margins[1] - self.margins[3])

    @property
    def width_mm(self) -> float:
        return formal.PAPER_MM - self.margins[1] - self.margins[3]

    def table_size(self, columns: int) -> float:
        """The size of the letters of a table: the smaller, the more columns."""
        return (formal if self.formal else page).table_size(columns)

    def muted(self) -> str:
        """The colour of what is said beside: a formal document is black."""
        return "" if self.formal else MUTED


FORMAL = Look(True, formal.MARGINS_MM, 14, 11, 20 * formal.INSET)
PAGE = Look(False, page.MARGINS_MM, 9, 9, 60)
