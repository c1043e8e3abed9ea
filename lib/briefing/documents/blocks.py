"""What a notebook displays: small frozen values that every exporter can render.

A block holds texts already formatted for people; cells keep the raw value beside the text. In
JupyterLab a block shows itself as HTML; the exporters read the JSON of the same output.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from briefing.catalog.codes import Tone as Tone
from briefing.documents.block import Block, Plain, raw
from briefing.errors import DocumentError

Align = Literal["left", "right", "center"]


@dataclass(frozen=True)
class Letterhead(Block):
    """The head of a document: who issues it, what it is, and what must be known before reading.

    The fields after `notices` describe the document; they fill the properties of HTML and PDF.
    `date` is ISO (a day or a moment) and makes the PDF the same bytes each time.
    """

    issuer_parent: str
    issuer: str
    place_and_date: str
    title: str
    subtitle: str = ""
    notices: tuple[str, ...] = ()
    national_name: str = ""
    motto: str = ""
    subject: str = ""
    author: str = ""
    date: str = ""
    illustrative: bool = False


@dataclass(frozen=True)
class KeyFigure:
    """One number to remember. `progress` (fraction of the bar) draws it against the `marks`.

    A mark is a fraction and its short label, e.g. (0.6, "60% – 20/8"). `source` is the entry of
    `Sources` that says where the number comes from.
    """

    label: str
    value: str
    unit: str = ""
    note: str = ""
    tone: Tone = ""
    progress: float | None = None
    marks: tuple[tuple[float, str], ...] = ()
    source: str = ""

    def __post_init__(self) -> None:
        object.__setattr__(self, "progress", raw(self.progress))


@dataclass(frozen=True)
class KeyFigures(Block):
    """The summary: figures with a progress bar stand first and wide, the others in a row.

    `beside`: the chart that comes next stands beside them, where there is room for both.
    """

    figures: tuple[KeyFigure, ...]
    beside: bool = False


class Blocks(tuple[Block, ...]):
    """Blocks that a cell displays one after the other."""

    def _ipython_display_(self) -> None:
        from IPython.display import display  # only a kernel shows what a cell displays

        for block in self:
            display(block)  # type: ignore[no-untyped-call]


@dataclass(frozen=True)
class Heading(Block):
    """A heading of the document; level 1 is a section (the title is the letterhead's)."""

    text: str
    level: int = 1
    id: str = ""


@dataclass(frozen=True)
class Paragraph(Block):
    """A paragraph of plain text."""

    text: str
    tone: Tone = ""


@dataclass(frozen=True)
class Bullets(Block):
    """A list of short texts."""

    items: tuple[str, ...]


@dataclass(frozen=True)
class Notice(Block):
    """Something that the reader must not miss, set apart from the text."""

    text: str
    tone: Tone = "warn"


@dataclass(frozen=True)
class Column:
    """A column of a table. `width` is its share of the page in print; 0: as wide as it needs."""

    key: str
    label: str
    align: Align = "left"
    width: float = 0


@dataclass(frozen=True)
class Cell:
    """A text for people and the value it shows (a missing or NaN value becomes None).

    `source` is the entry of `Sources` that says where the value comes from.
    """

    text: str
    value: Plain = None
    tone: Tone = ""
    note: str = ""
    source: str = ""

    def __post_init__(self) -> None:
        object.__setattr__(self, "value", raw(self.value))


@dataclass(frozen=True)
class Table(Block):
    """A table. Each row has a cell per column; the first column names the row.

    With `total_row` the last row is a total: set apart, and not moved by sorting.
    """

    id: str
    caption: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    note: str = ""
    total_row: bool = False

    def __post_init__(self) -> None:
        for position, row in enumerate(self.rows, 1):
            if len(row) != len(self.columns):
                raise DocumentError(
                    f"table {self.id}: row {position} has {len(row)} cells, "
                    f"and there are {len(self.columns)} columns"
                )


@dataclass(frozen=True)
class Strip(Table):
    """A table of few narrow columns, in two halves side by side where there is room, with a small
    line after the name of each row: how its figure came to be. Its caption is only said, not shown.

    Attributes:
        lines: For each row the values of its line, from the first day to the last, all rising on
            one scale; `None` is a gap. Word leaves them out: the table says it all in numbers.
    """

    lines: tuple[tuple[float | None, ...], ...] = ()


@dataclass(frozen=True)
class Figure(Block):
    """A chart as SVG. `title` says what it shows, `alt` says it to those who cannot see it."""

    id: str
    title: str
    svg: str
    alt: str
    note: str = ""

    def __post_init__(self) -> None:
        if not self.alt.strip():
            raise DocumentError(f"figure {self.id}: the alt text is empty")


@dataclass(frozen=True)
class Action:
    """Whom to call: the unit, the figure that says why, what to ask, and a draft sentence."""

    unit: str
    figure: str
    ask: str
    draft: str = ""


@dataclass(frozen=True)
class ActionList(Block):
    """What to do next, the most urgent first."""

    items: tuple[Action, ...]


@dataclass(frozen=True)
class Origin:
    """Where figures come from, in lines of text; figures name it by its `id`."""

    id: str
    title: str
    lines: tuple[str, ...]


@dataclass(frozen=True)
class Sources(Block):
    """Where the figures of a document come from: opened from each figure, on screen only."""

    label: str
    entries: tuple[Origin, ...]


@dataclass(frozen=True)
class FormalHead(Block):
    """The head of a formal document, as Nghị định 30/2020/NĐ-CP, Phụ lục I, lays it out.

    `number` leaves room for the number that the office gives, e.g. "Số:      /BC-VHTT"; `kind` is
    the type of the document, `about` its subject line. The fields after `notices` describe the
    document, as those of `Letterhead` do.
    """

    national_name: str
    motto: str
    issuer_parent: str
    issuer: str
    number: str
    place_and_date: str
    kind: str
    about: str
    addressees: tuple[str, ...] = ()
    notices: tuple[str, ...] = ()
    title: str = ""
    subject: str = ""
    author: str = ""
    date: str = ""
    illustrative: bool = False


@dataclass(frozen=True)
class Signature(Block):
    """The end of a formal document: who gets it, and room for the signature and the seal.

    Nothing is signed here: `position` is who signs, the name stays blank.
    """

    position: tuple[str, ...]
    recipients: tuple[str, ...]
    label: str = ""


@dataclass(frozen=True)
class AnnexHeading(Block):
    """An annex begins: on a page of its own, numbered by itself.

    `reference` is the line under the title that names the document it belongs to.
    """

    label: str
    title: str
    reference: str = ""
    id: str = ""


@dataclass(frozen=True)
class PageBreak(Block):
    """In print, what follows begins a new page."""
