"""Tables in text that are drawn by lines (`| 1 | 12 |`, `+---+`) or lined up with blanks."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from itertools import groupby

from briefing.intake.readers.grids import Grid

UPRIGHT = "│┃║┆┇┊┋╎╏¦｜"
LINES = str.maketrans(
    dict.fromkeys(UPRIGHT, "|") | dict.fromkeys("─━═┄┅┈┉╌╍", "-")
    | dict.fromkeys("┌┬┐├┼┤└┴┘┏┳┓┣╋┫┗┻┛╔╦╗╠╬╣╚╩╝╒╤╕╞╪╡╘╧╛╓╥╖╟╫╢╙╨╜", "+")
)  # fmt: skip
STROKE = re.compile(f"[|{UPRIGHT}]")
RULE, DASHES = " \t|+:=_-", ("--", "==", "__", ":-", "-:")
EMPHASIS = re.compile(r"(\*\*|__|\*|_|`)(?=\S)(.+)(?<=\S)\1")  # of a whole cell, in Markdown
GAP = re.compile(r"\s{2,}")
FEW_ROWS, FEW_COLUMNS = 2, 3
SOME_ROWS = 3  # lined up alike, that prose is not
WIDEST = 2_000  # characters of a line of such a table


def drawn_table(lines: Sequence[str]) -> Grid | None:
    """The table that lines draw; `None` where the text holds none.

    Lines outside of it, such as a letterhead, are rows of one cell; the strokes are none.
    """
    if not any(map(STROKE.search, lines)):
        return None
    plain = [line.translate(LINES).strip() for line in lines]
    rules = {number for number, line in enumerate(plain) if _is_rule(line)}
    rows = {
        number: line.count("|")
        for number, line in enumerate(plain)
        if "|" in line and number not in rules
    }
    framed = sum(
        strokes > 1 and plain[n].startswith("|") and plain[n].endswith("|")
        for n, strokes in rows.items()
    )
    ruled = any("|" in plain[n] or "+" in plain[n] for n in rules)
    if len(rows) < FEW_ROWS or not (ruled or 2 * framed > len(rows)):
        return None
    if Counter(rows.values()).most_common(1)[0][1] < FEW_ROWS:
        return None
    cells = [
        _cells(line) if number in rows else [line] if line and number not in rules else []
        for number, line in enumerate(plain)
    ]
    _join_broken(cells, rules, rows)
    return Grid("csv", "", cells)


def _is_rule(line: str) -> bool:
    """Whether a line only parts others."""
    return not line.strip(RULE) and any(map(line.__contains__, DASHES))


def _cells(line: str) -> list[str]:
    inside = line.removeprefix("|")
    inside = inside[:-1] if inside.endswith("|") and not inside.endswith("\\|") else inside
    cells = (cell.replace("\\|", "|").strip() for cell in re.split(r"(?<!\\)\|", inside))
    return [found[2] if (found := EMPHASIS.fullmatch(cell)) else cell for cell in cells]


def _join_broken(cells: list[list[str]], rules: set[int], rows: dict[int, int]) -> None:
    """Put a row that goes on over lines into its first one, where a stroke parts all rows."""
    if len(rules) < SOME_ROWS:
        return
    for number in sorted(rows):
        first = number - 1
        while first in rows and not cells[first]:
            first -= 1
        if first in rows and not cells[number][0] and len(cells[first]) == len(cells[number]):
            pairs = list(zip(cells[first], cells[number], strict=True))
            if not any(above.isdigit() and below.isdigit() for above, below in pairs):
                cells[first] = [" ".join(filter(None, pair)) for pair in pairs]
                cells[number] = []


def lined_up_table(lines: Sequence[str]) -> Grid | None:
    """The table whose columns stand one under the other; `None` where the text holds none."""
    plain = [unicodedata.normalize("NFC", line.rstrip()) for line in lines]
    cells = [[line.strip()] if line and not _is_rule(line) else [] for line in plain]
    found = False
    for run in _runs(plain):
        cut = _cut([plain[number] for number in run])
        if cut is None:
            continue
        for number in run:
            row = cut(plain[number])
            cells[number] = row if any(row) else cells[number]
            found = True
    return Grid("csv", "", cells) if found else None


def _pieces(line: str) -> int:
    return len(GAP.split(line.strip())) if len(line) <= WIDEST else 1


def _runs(lines: Sequence[str]) -> Iterator[list[int]]:
    """Lines that have gaps, as those of a table have, up to one that has none."""
    run: list[int] = []
    for number, line in enumerate(lines):
        if not line.strip() or _is_rule(line):
            continue
        if _pieces(line) > 1:
            run.append(number)
        else:
            yield run
            run = []
    yield run


def _cut(lines: Sequence[str]) -> Callable[[str], list[str]] | None:
    """What cuts a line into cells: at columns that are lined up, or else at its gaps, if they
    make as many pieces of each."""
    rows = [line for line in lines if _pieces(line) >= FEW_COLUMNS]
    if len(lines) < SOME_ROWS or len(rows) < FEW_ROWS:
        return None
    for some in (lines, rows):  # a heading or a total may not stand as the rows do
        columns = _columns(some)
        if len(columns) >= FEW_COLUMNS and all(_at_columns(line, columns) for line in some):
            return lambda line: _at_columns(line, columns)
    pieces = {_pieces(line) for line in rows}
    if len(pieces) == 1 and len(rows) >= SOME_ROWS:
        return lambda line: GAP.split(line.strip()) if _pieces(line) in pieces else []
    return None


def _at_columns(line: str, columns: Sequence[tuple[int, int]]) -> list[str]:
    """The cells of a line; none where it does not stand in the columns."""
    ends = [last for _first, last in columns[:-1]] + [len(line)]
    row = [line[first:end].strip() for (first, _last), end in zip(columns, ends, strict=True)]
    between = zip(ends, (first for first, _last in columns[1:]), strict=False)
    torn = any(line[end:first].strip() for end, first in between)
    return [] if torn or any(map(GAP.search, row)) else row


def _columns(lines: Sequence[str]) -> list[tuple[int, int]]:
    """Where the columns of lines stand: parted by blanks that all lines have in one place."""
    width = max(map(len, lines))
    filled = [any(line[at : at + 1].strip() for line in lines) for at in range(width)]
    runs = [
        (is_filled, [*places]) for is_filled, places in groupby(range(width), filled.__getitem__)
    ]
    pieces = [(places[0], places[-1] + 1) for is_filled, places in runs if is_filled]
    columns = pieces[:1]
    for first, end in pieces[1:]:
        if _begins(lines, columns[-1], (first, end)):
            columns.append((first, end))
        else:  # the blanks in one place part words, not columns
            columns[-1] = (columns[-1][0], end)
    return columns


def _begins(lines: Sequence[str], before: tuple[int, int], after: tuple[int, int]) -> bool:
    """Whether a gap parts columns: all lines that go on have more than one blank there, or most
    have, and are filled on both sides of it."""
    last, first = before[1], after[0]
    behind = [line for line in lines if line[:last].strip() and line[first:].strip()]
    wide = sum("  " in line[last - 1 : first + 1] for line in behind)
    if wide == len(behind):
        return True
    sides = (sum(bool(line[at:end].strip()) for line in lines) for at, end in (before, after))
    return 2 * wide > len(behind) and all(2 * filled > len(lines) for filled in sides)
