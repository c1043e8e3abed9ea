"""The tables and filled-in forms of a part, each with the rows and lines that belong to it."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from briefing.intake.detection.about import NOTHING, about_lines, about_table
from briefing.intake.detection.forms import Segment, TableHead
from briefing.intake.detection.lines import Line, lines_in
from briefing.intake.detection.marks import is_addressed, is_signed, opens_a_report
from briefing.intake.detection.vocabulary import Vocabulary
from briefing.intake.parsers.dates import find_dates
from briefing.intake.parsers.text import clean
from briefing.intake.readers.grids import Grid, Part, rows_kept

Place = tuple[int, int]  # number of the grid in its part, row


@dataclass(frozen=True)
class Anchor:
    """The table or the filled-in lines around which a report stands."""

    top: Place
    end: Place
    head: TableHead | None = None


@dataclass(frozen=True)
class Block:
    """An anchor with the rows that belong to it, and what its lead says.

    Attributes:
        title: All lines between it and the anchor before it.
    """

    grids: tuple[Grid, ...]
    anchor: Anchor
    lead: tuple[Line, ...]
    title: tuple[Line, ...]
    units: frozenset[str]
    days: frozenset[date]
    head: TableHead | None = None
    segments: tuple[Segment, ...] = field(default=())


def blocks_of(part: Part, anchors: Sequence[Anchor], words: Vocabulary) -> list[Block]:
    """The part cut between its anchors, each with its letterhead, title and what follows it."""
    starts = [
        (0, 0),
        *(_lead(part, a, b, words) for a, b in itertools.pairwise(anchors)),
    ]
    ends = [*starts[1:], (len(part.grids), 0)]
    return [
        _block(part, start, end, before, anchor, words)
        for start, end, before, anchor in zip(
            starts, ends, [None, *anchors[:-1]], anchors, strict=True
        )
    ]


def _lead(part: Part, before: Anchor, after: Anchor, words: Vocabulary) -> Place:
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
    before: Anchor | None,
    anchor: Anchor,
    words: Vocabulary,
) -> Block:
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
    units, days = _units_and_days(lead, words)
    title = tuple(_lines_between(part, before, anchor)) if before else lead
    return Block(tuple(grids), anchor, lead, title, units, days, head, segments)


def _lines_between(part: Part, before: Anchor, anchor: Anchor) -> Iterator[Line]:
    for number in range(before.end[0], anchor.top[0] + 1):
        first = before.end[1] + 1 if number == before.end[0] else 0
        last = anchor.top[1] if number == anchor.top[0] else None
        yield from lines_in(part.grids[number], first, last)


def _lead_lines(grids: list[Grid], part: Part, start: Place, anchor: Anchor) -> Iterator[Line]:
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
    about = about_lines(lines_in(grid, first, first + 1), words)
    return about.what == "other" and not head.is_plain(grid, first)


def _units_and_days(
    lead: tuple[Line, ...], words: Vocabulary
) -> tuple[frozenset[str], frozenset[date]]:
    """The units and the days that the lead of a report names; an unknown unit by its line."""
    year = words.campaign.dates.start.year
    units: set[str] = set()
    days: set[date] = set()
    signed: set[date] = set()
    for line in lead:
        if is_addressed(line.key):
            continue
        found = {match.code for match in words.units.find(line.text)}
        found |= {match.code for match in words.bodies.find(line.text)} - found
        if not found and words.names_a_unit(line.key):
            found = {line.text}
        units |= found
        into = signed if is_signed(line.text) else days
        into |= {item.date for item in find_dates(line.text, year=year)}
    return frozenset(units), frozenset(days or signed)


def is_of_another(block: Block, words: Vocabulary) -> bool:
    """Whether a table says by itself that it is about another subject."""
    head = block.head
    return head is not None and (
        not head.of_a_form or about_table(head, block.title, NOTHING, (), words).what == "other"
    )
