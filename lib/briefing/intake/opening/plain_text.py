"""Open a text: a table where its cells are told apart, else its lines."""

from __future__ import annotations

import io
from collections.abc import Sequence
from itertools import islice

from briefing.errors import IntakeError
from briefing.intake.opening import limits
from briefing.intake.opening.charsets import text_of
from briefing.intake.opening.delimited import delimiter_of, stated_delimiter, table_of
from briefing.intake.opening.drawn_tables import drawn_table, lined_up_table
from briefing.intake.opening.grids import Grid, Part
from briefing.messages import Message


def open_text(content: bytes) -> list[Part]:
    """The one part of a text: lines (`line 12`), or the table that was pasted into it.

    Raises:
        IntakeError: `file_too_large`.
    """
    return _opened(content, surely=True)


def open_delimited(content: bytes) -> list[Part]:
    """The one part of a file that is named as a table (.csv, .tsv): its cells
    (`line 12, column 3`), or its lines where nothing tells cells apart.

    Raises:
        IntakeError: `file_too_large`.
    """
    return _opened(content, surely=False)


def _opened(content: bytes, *, surely: bool) -> list[Part]:
    lines = lines_of(text_of(content))
    grid = None if stated_delimiter(lines) else drawn_table(lines)
    if grid is None and (delimiter := delimiter_of(lines, surely=surely)):
        grid = table_of(lines, delimiter)
    if grid is None:
        grid = lined_up_table(lines) or Grid("lines", "line", [_line(line) for line in lines])
    return [Part("", (grid,))] if any(True for _cell in grid.filled()) else []


def _line(line: str) -> list[str]:
    return [text] if (text := line.strip()) else []


def lines_of(text: str) -> Sequence[str]:
    """The lines of a text with their ends, as its readers count them.

    Raises:
        IntakeError: `file_too_large`: more lines, or longer ones, than a report has.
    """
    every = io.StringIO(text.replace("\0", ""), newline="")
    lines = list(islice(every, limits.MAX_LINES + 1))
    longest = max(map(len, lines), default=0)
    if len(lines) <= limits.MAX_LINES and longest <= limits.MAX_LINE:
        return lines
    values = {"lines": max(len(lines), text.count("\n")), "longest": longest}
    raise IntakeError(
        "file_too_large",
        Message("{lines} lines, the longest of {longest} characters: no text of a report", values),
        Message("Send the report alone, as the form that was sent with the letter."),
    )
