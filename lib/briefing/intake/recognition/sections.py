"""Cut a part into reports: several tables or forms in one sheet or document.

Every cut keeps the addresses of the file: what belongs to another report is blank in the grids
of a section, nothing is moved.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from briefing.intake.once.mau01 import Run, label_runs
from briefing.intake.opening.grids import Grid, Part
from briefing.intake.recognition.about import NOTHING, About, about_lines, about_table, about_title
from briefing.intake.recognition.cutting import columns_kept, rows_kept
from briefing.intake.recognition.forms import Segment, TableHead, columns_beside, heads_in
from briefing.intake.recognition.lines import Line, lines_in, lines_of
from briefing.intake.recognition.marks import is_addressed, is_national, is_signed, opens_a_report
from briefing.intake.recognition.vocabulary import Vocabulary
from briefing.intake.values.dates import find_dates
from briefing.intake.values.text import clean

Place = tuple[int, int]  # number of the grid in its part, row


@dataclass(frozen=True)
class Own:
    """What a cell of a table says about the rows beside it: their unit, or their day."""

    text: str
    where: str


@dataclass(frozen=True)
class Section:
    """What of a part is one report.

    Attributes:
        part: Cut to the report; in it `head` is its table, `None` where it has none.
        unit_lines: The lines that say whose report it is: its own, or where these don't say it
            those of the report before it.
        day_lines: The same of the day.
        title_lines: Its own lines that say what it is about.
        said_before: What the titles of the tables before it do, where its own are silent.
        unit: What the rows' own cell names as their unit, where the table holds several.
        day: The rows' own day and its cell.
        left_out: Addresses of further tables, of other columns, that are not read.
    """

    part: Part
    head: TableHead | None = None
    unit_lines: tuple[Line, ...] = ()
    day_lines: tuple[Line, ...] = ()
    title_lines: tuple[Line, ...] = ()
    said_before: About = NOTHING
    unit: Own | None = None
    day: tuple[date, str] | None = None
    left_out: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Anchor:
    """The table or the filled-in lines around which a report stands."""

    top: Place
    end: Place
    head: TableHead | None = None


@dataclass(frozen=True)
class _Block:
    """An anchor with the rows that belong to it, and what its lead says.

    Attributes:
        title: All lines between it and the anchor before it.
    """

    grids: tuple[Grid, ...]
    anchor: _Anchor
    lead: tuple[Line, ...]
    title: tuple[Line, ...]
    units: frozenset[str]
    days: frozenset[date]
    head: TableHead | None = None
    segments: tuple[Segment, ...] = field(default=())


def joined_sheets(parts: Sequence[Part], words: Vocabulary) -> list[Part]:
    """The parts, with sheets that are named after places of one unit as one part in their order.

    A unit that keeps a sheet for each hamlet sends one report in all of them.
    """
    of_places = [part for part in parts if words.names_a_hamlet(part.name)]
    if len(of_places) < 2:
        return list(parts)
    grids = tuple(grid for part in of_places for grid in part.grids)
    rest = [part for part in parts if part not in of_places]
    return [Part("", grids), *rest]


def sections_of(part: Part, words: Vocabulary) -> list[Section]:
    """The reports of a part, in order; the part itself where it holds none or one."""
    heads = [list(heads_in(grid, words)) for grid in part.grids]
    if cut := _side_by_side(part, heads, words):
        part, heads = cut, [list(heads_in(grid, words)) for grid in cut.grids]
    anchors = _anchors(part, heads, words)
    if not anchors:
        lines = tuple(lines_of(part))
        return [Section(part, None, lines, lines, lines)]
    starts = [
        (0, 0),
        *(_lead(part, a, b, words) for a, b in itertools.pairwise(anchors)),
    ]
    ends = [*starts[1:], (len(part.grids), 0)]
    blocks = [
        _block(part, start, end, before, anchor, words)
        for start, end, before, anchor in zip(
            starts, ends, [None, *anchors[:-1]], anchors, strict=True
        )
    ]
    return _joined(part.name, blocks, words)


def _side_by_side(part: Part, heads: list[list[TableHead]], words: Vocabulary) -> Part | None:
    """The part with each grid of tables side by side cut into one grid for each of them."""
    grids: list[Grid] = []
    for grid, own in zip(part.grids, heads, strict=True):
        starts = columns_beside(own[0], words) if own else ()
        ends = (*starts[1:], None)
        grids += [columns_kept(grid, a, b) for a, b in zip(starts, ends, strict=False)] or [grid]
    return Part(part.name, tuple(grids)) if len(grids) > len(part.grids) else None


def _anchors(part: Part, heads: list[list[TableHead]], words: Vocabulary) -> list[_Anchor]:
    tables: list[_Anchor] = []
    for number, (grid, own) in enumerate(zip(part.grids, heads, strict=True)):
        tops = [*(head.top for head in own[1:]), len(grid.cells)]
        tables += [
            _Anchor((number, head.top), (number, _last_data_row(head, top)), head)
            for head, top in zip(own, tops, strict=False)
        ]
    forms = [
        _Anchor(run.first, run.last)
        for run in label_runs(part, words, _outside(part, tables))
        if _is_form(run, beside_tables=bool(tables))
    ]
    return sorted([*tables, *forms], key=lambda anchor: anchor.top)


def _is_form(run: Run, *, beside_tables: bool) -> bool:
    """Whether labels are a Mẫu 01; a line of totals over a table is none."""
    return run.complete if beside_tables else run.counts >= 2


def _last_data_row(head: TableHead, before: int) -> int:
    columns = head.columns.values()
    for row in range(before - 1, head.first_row - 1, -1):
        filled = sum(bool(clean(head.grid.value(row, column))) for column in columns)
        if head.is_plain(head.grid, row) or filled > 2:
            return row
    return head.first_row - 1


def _outside(part: Part, tables: list[_Anchor]) -> Iterator[Place]:
    """The rows of a part that belong to no table."""
    for number, grid in enumerate(part.grids):
        row = 0
        for anchor in (a for a in tables if a.top[0] == number):
            yield from ((number, r) for r in range(row, anchor.top[1]))
            row = anchor.end[1] + 1
        yield from ((number, r) for r in range(row, len(grid.cells)))


def _lead(part: Part, before: _Anchor, after: _Anchor, words: Vocabulary) -> Place:
    """Where the letterhead or the title of a report begins that follows another one."""
    for number in range(before.end[0], after.top[0] + 1):
        grid = part.grids[number]
        first = before.end[1] + 1 if number == before.end[0] else 0
        last = after.top[1] if number == after.top[0] else len(grid.cells)
        beside = after.top[0] != before.end[0] and grid.left > part.grids[before.end[0]].left
        if beside and number == after.top[0]:
            return number, 0
        for row in range(first, last):
            if any(opens_a_report(line.text, words) for line in lines_in(grid, row, row + 1)):
                return number, row
    return after.top


def _block(
    part: Part,
    start: Place,
    end: Place,
    before: _Anchor | None,
    anchor: _Anchor,
    words: Vocabulary,
) -> _Block:
    grids: list[Grid] = []
    head = anchor.head
    for number in range(start[0], min(end[0] + 1, len(part.grids))):
        grid = part.grids[number]
        first = start[1] if number == start[0] else 0
        last = end[1] if number == end[0] else len(grid.cells)
        if last <= first and last < len(grid.cells):
            continue
        kept = rows_kept(grid, range(first, last))
        if head and head.grid is grid and kept is not grid:
            head = replace(head, segments=(Segment(kept, head.first_row),))
        grids.append(kept)
    lead = tuple(_lead_lines(grids, part, start, anchor))
    segments = (head.segments + _continued(grids, head, words)) if head else ()
    units, days = _said(lead, words)
    title = tuple(_lines_between(part, before, anchor)) if before else lead
    return _Block(tuple(grids), anchor, lead, title, units, days, head, segments)


def _lines_between(part: Part, before: _Anchor, anchor: _Anchor) -> Iterator[Line]:
    for number in range(before.end[0], anchor.top[0] + 1):
        first = before.end[1] + 1 if number == before.end[0] else 0
        last = anchor.top[1] if number == anchor.top[0] else None
        yield from lines_in(part.grids[number], first, last)


def _lead_lines(grids: list[Grid], part: Part, start: Place, anchor: _Anchor) -> Iterator[Line]:
    for number, grid in enumerate(grids, start=start[0]):
        if number > anchor.top[0]:
            return
        yield from lines_in(grid, 0, anchor.top[1] if number == anchor.top[0] else None)


def _continued(grids: list[Grid], head: TableHead, words: Vocabulary) -> tuple[Segment, ...]:
    """Grids without a head of their own whose rows are rows of the table before them.

    One that begins with words of another subject is none, nor are those after it.
    """
    found: list[Segment] = []
    after = False
    for grid in grids:
        if grid is head.grid:
            after = True
        elif after and _begins_with_another(grid, head, words):
            after = False
        elif after and grid.kind != "lines" and grid.left == head.grid.left:
            rows = [row for row, line in enumerate(grid.cells) if any(map(clean, line))]
            plain = len(grid.cells) - len(head.odd(grid))
            if rows and plain * 2 >= len(rows):
                found.append(Segment(grid, 0))
    return tuple(found)


def _begins_with_another(grid: Grid, head: TableHead, words: Vocabulary) -> bool:
    first = next((row for row, line in enumerate(grid.cells) if any(map(clean, line))), 0)
    said = about_lines(lines_in(grid, first, first + 1), words)
    return said.what == "other" and not head.is_plain(grid, first)


def _said(lead: tuple[Line, ...], words: Vocabulary) -> tuple[frozenset[str], frozenset[date]]:
    """The units and the days that the lead of a report names; an unknown unit by its line."""
    year = words.campaign.dates.start.year
    units: set[str] = set()
    days: set[date] = set()
    signed: set[date] = set()
    for line in lead:
        if is_addressed(line.text):
            continue
        found = {match.code for match in words.units.find(line.text)}
        found |= {match.code for match in words.agencies.find(line.text)} - found
        if not found and words.names_a_unit(line.text):
            found = {line.text}
        units |= found
        into = signed if is_signed(line.text) else days
        into |= {item.date for item in find_dates(line.text, year=year)}
    return frozenset(units), frozenset(days or signed)


def _joined(name: str, blocks: list[_Block], words: Vocabulary) -> list[Section]:
    """Sections of blocks: those that say no unit or day of their own go on with the one before."""
    sections: list[Section] = []
    held: _Block | None = None
    for block in blocks:
        if held and sections and _goes_on(held, block, words):
            sections[-1] = _extended(sections[-1], block)
            continue
        before = sections[-1] if sections else None
        said = about_title(before.title_lines, words) or before.said_before if before else NOTHING
        head = block.head
        if head and len(block.segments) > 1:
            head = replace(head, segments=block.segments)
        sections.append(
            Section(
                Part(name, block.grids),
                head,
                before.unit_lines if before and not block.units else block.lead,
                before.day_lines if before and not block.days else block.lead,
                block.title,
                said,
            )
        )
        held = block
    return sections


def _goes_on(before: _Block, block: _Block, words: Vocabulary) -> bool:
    """Whether a table belongs to the report before it."""
    if not (before.head and block.head):
        return False
    if _is_of_another(before, words) != _is_of_another(block, words):
        return False
    if not (block.units <= before.units and block.days <= before.days):
        return False
    other_sheet = block.head.grid.kind == "sheet" and block.head.grid.name != before.head.grid.name
    return other_sheet or not _begins_anew(block)


def _is_of_another(block: _Block, words: Vocabulary) -> bool:
    """Whether a table says by itself that it is about another subject."""
    head = block.head
    return head is not None and (
        not head.of_a_form or about_table(head, block.title, NOTHING, (), words).what == "other"
    )


def _begins_anew(block: _Block) -> bool:
    """Whether a table has a letterhead of its own and counts from 1 again."""
    headed = any(is_national(line.text) for line in block.lead)
    column = block.head.columns.get("stt") if block.head else None
    if not headed or column is None:
        return headed
    first = clean(block.head.grid.value(block.head.first_row, column)) if block.head else ""
    return first in ("", "1")


def _extended(section: Section, block: _Block) -> Section:
    """A section with one more table, as a further piece of its own or, of other columns, named."""
    head, more = section.head, block.head
    part = Part(section.part.name, (*section.part.grids, *block.grids))
    if head is None or more is None:
        return replace(section, part=part)
    if head.columns != more.columns:
        return replace(section, left_out=(*section.left_out, more.grid.where(more.top, 0)))
    return replace(
        section, part=part, head=replace(head, segments=(*head.segments, *block.segments))
    )
