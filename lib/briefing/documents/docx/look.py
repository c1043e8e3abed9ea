"""How a document looks in Word: margins, sizes, colours, of a formal document and of a page."""

from __future__ import annotations

from dataclasses import dataclass

from briefing.documents import formal, page
from briefing.documents.docx.markup import twips

FONT = "Times New Roman"
CODE = "Courier New"
INK, MUTED, RULE, ACCENT, DEEP = "1B2733", "505D6A", "CFD8E1", "17508C", "123A66"
TONES = {"good": "1B6E53", "warn": "845300", "bad": "A8321B"}
GROUNDS = {"good": "E9F4EF", "warn": "FDF4E2", "bad": "FCEDEA", "": "E8EDF2", "muted": "E8EDF2"}
SIGNS = {"good": "✓", "warn": "▲", "bad": "■"}
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
PAGE = Look(False, page.MARGINS_MM, 11, 9, 60)
