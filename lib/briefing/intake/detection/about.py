"""What a table, a form or a message is about: this campaign, another subject, or who knows what.

A table that is not about the campaign is no report, whoever sends it, however well it fits.
What stands nearest to the figures is asked first: the headings, then the title, then the names of
sheet and file. Where all of them are silent, the headings of the form itself speak for it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from briefing.intake.detection.columns import heading_row
from briefing.intake.detection.forms import TableHead
from briefing.intake.detection.headings import FIGURES
from briefing.intake.detection.hints import Name
from briefing.intake.detection.lines import Line
from briefing.intake.detection.marks import is_addressed, is_letterhead
from briefing.intake.detection.subjects import Mention
from briefing.intake.detection.vocabulary import CUMULATIVE, LONGEST_HEADING, TOTAL, Vocabulary
from briefing.intake.parsers.dates import find_dates
from briefing.intake.parsers.text import clean, fold
from briefing.intake.readers.grids import Grid

ITEM = re.compile(
    r"^(?:phan )?(?:[ivx]{1,4}|\d{1,2}|[a-e])(?:\.\d{1,2})*[./):-]+\s*\D", re.IGNORECASE
)


@dataclass(frozen=True)
class About:
    """What some lines speak of.

    Attributes:
        what: `ours` names the campaign, `near` speaks of what it counts, `other` of another
            subject; "" of neither.
        mention: Of `other`: what tells it, and `where` it stands.
    """

    what: Literal["ours", "near", "other", ""] = ""
    where: str = ""
    mention: Mention | None = None

    def __bool__(self) -> bool:
        return bool(self.what)


NOTHING = About()


def about_lines(lines: Iterable[Line], words: Vocabulary) -> About:
    """What lines speak of together: the campaign's name decides, wherever it stands.

    The office that writes, and on what ground it does, are not what it writes about.
    """
    subjects, other, near = words.subjects, NOTHING, NOTHING
    for line in lines:
        if subjects.names(line.text):
            return About("ours", line.where)
        mention = subjects.other(line.text)
        if subjects.speaks(line.text):
            near = near or About("near", line.where)
        elif mention and not other and not (is_letterhead(line.key) or is_addressed(line.key)):
            other = About("other", line.where, mention)
    return other or near


def about_title(lines: Sequence[Line], words: Vocabulary) -> About:
    """The same of the lines over a table, those under the nearest heading of a chapter first."""
    items = [i for i, line in enumerate(lines) if ITEM.match(line.text)]
    own = lines[items[-1] :] if items else ()
    return about_lines(own, words) or about_lines(lines, words)


def about_names(names: Iterable[Name | None], words: Vocabulary, file: str) -> About:
    """The same of the names of sheet, file and what it came in, the nearest first."""
    found = (about_lines([Line(name.text, file)], words) for name in names if name)
    return next(filter(None, found), NOTHING)


def about_table(
    head: TableHead, title: Sequence[Line], called: About, notes: Iterable[Line], words: Vocabulary
) -> About:
    """What a table is about; nothing where neither it nor what stands around it says so.

    Args:
        title: The lines over it.
        called: What the names say.
        notes: All lines around it.
    """
    subjects = words.subjects
    cells = list(head_cells(head))
    headings = about_lines((line for _column, line in cells), words)
    in_title = about_title(title, words)
    figure = {head.columns[field] for field in FIGURES if field in head.columns}
    counted = any(subjects.speaks(line.text) for column, line in cells if column in figure)
    if headings.what == "ours" or in_title.what in ("ours", "near"):
        return headings if headings.what == "ours" else in_title
    if headings.what == "other" and not counted:
        return in_title if in_title.what == "other" else headings
    if in_title.what == "other" or called:
        return called if called.what == "ours" or not in_title else in_title
    if counted or _is_the_forms_own(head, cells, words):
        return About("near")
    under = about_lines(notes, words)
    return under if under.what == "ours" else NOTHING


def about_form(
    title: Sequence[Line], answers: Sequence[Line], called: About, words: Vocabulary
) -> About:
    """The same of a form's lines “label: value”, whose labels are the campaign's own words."""
    in_title = about_title(title, words)
    if in_title:
        return in_title
    labels = about_lines(answers, words)
    rival = labels.mention is not None and labels.mention.rival
    if labels.what == "ours" or rival or called.what != "other":
        return labels if labels.what == "ours" or rival else About("near")
    return called


def head_cells(head: TableHead) -> Iterator[tuple[int, Line]]:
    """The texts over the columns of a table: of its head, and of the groups over that."""
    grid = head.grid
    for row in _head_rows(head):
        texts = [(c, clean(v)) for c, v in enumerate(grid.cells[row]) if isinstance(v, str)]
        for column, text in texts:
            if text and len(text) <= LONGEST_HEADING:
                yield column, Line(text, grid.where(row, column))


def _head_rows(head: TableHead) -> range:
    if head.headed:
        return range(head.top, head.first_row)
    row = heading_row(head.grid, head.first_row)
    return range(row, row + 1) if row >= 0 else range(0)


def _is_the_forms_own(
    head: TableHead, cells: Sequence[tuple[int, Line]], words: Vocabulary
) -> bool:
    """Whether a table without a word on any subject can be the campaign's by its columns.

    Under headings: a cumulative, or the day's, beside persons that can be called; a cumulative
    beside nothing that the form does not ask for. Without any: its columns in the form's order.
    """
    columns = head.columns
    if not head.headed:
        return not cells and _as_in_the_form(head)
    if "so_dien_thoai" in columns and "trong_ngay" in columns:
        return True
    cumulative = "luy_ke" in columns and any(
        CUMULATIVE.search(line.key) for column, line in cells if column <= columns["luy_ke"]
    )
    known = not any(_is_unknown(line.text, words) for _column, line in cells)
    return cumulative and ("so_dien_thoai" in columns or known)


def _as_in_the_form(head: TableHead) -> bool:
    """Whether the count stands behind the phones and persons, as the last column."""
    columns = head.columns
    wanted = {"ho_ten", "so_dien_thoai", "luy_ke"} <= columns.keys()
    return wanted and columns["luy_ke"] == max(columns.values()) == _last_column(head.grid)


def _last_column(grid: Grid) -> int:
    return max((column for _row, column, _value in grid.filled()), default=-1)


def _is_unknown(text: str, words: Vocabulary) -> bool:
    """Whether a heading names no column of the form, nor a day or a number of one."""
    heading = words.heading(text)
    if heading or fold(text).isdigit() or words.headings.get(fold(text)) == TOTAL:
        return False
    return not find_dates(text, year=words.campaign.dates.start.year)
