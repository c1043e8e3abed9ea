"""Cut a part into reports: several tables or forms in one sheet or document.

Every cut keeps the addresses of the file: what belongs to another report is blank in the grids
of a section, nothing is moved.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from briefing.intake.detection.about import NOTHING, About, about_title
from briefing.intake.detection.blocks import Anchor, Block, Place, blocks_of, is_of_another
from briefing.intake.detection.forms import TableHead, columns_beside, heads_in
from briefing.intake.detection.lines import Line, lines_of
from briefing.intake.detection.marks import is_national
from briefing.intake.detection.vocabulary import Vocabulary
from briefing.intake.labels.lines import Run, label_runs
from briefing.intake.parsers.text import clean
from briefing.intake.readers.grids import Grid, Part, columns_kept


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
        about_before: What the titles of the tables before it do, where its own are silent.
        unit: What the rows' own cell names as their unit, where the table holds several.
        day: The rows' own day and its cell.
        left_out: Addresses of further tables, of other columns, that are not read.
    """

    part: Part
    head: TableHead | None = None
    unit_lines: tuple[Line, ...] = ()
    day_lines: tuple[Line, ...] = ()
    title_lines: tuple[Line, ...] = ()
    about_before: About = NOTHING
    unit: Own | None = None
    day: tuple[date, str] | None = None
    left_out: tuple[str, ...] = ()


def joined_sheets(parts: Sequence[Part], words: Vocabulary) -> list[Part]:
    """The parts, with sheets that are named after places of one unit as one part in their order.

    A unit that keeps a sheet for each place sends one report in all of them.
    """
    of_places = [part for part in parts if words.names_a_place(part.name)]
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
    return _joined(part.name, blocks_of(part, anchors, words), words)


def _side_by_side(part: Part, heads: list[list[TableHead]], words: Vocabulary) -> Part | None:
    """The part with each grid of tables side by side cut into one grid for each of them."""
    grids: list[Grid] = []
    for grid, own in zip(part.grids, heads, strict=True):
        starts = columns_beside(own[0], words) if own else ()
        ends = (*starts[1:], None)
        grids += [columns_kept(grid, a, b) for a, b in zip(starts, ends, strict=False)] or [grid]
    return Part(part.name, tuple(grids)) if len(grids) > len(part.grids) else None


def _anchors(part: Part, heads: list[list[TableHead]], words: Vocabulary) -> list[Anchor]:
    tables: list[Anchor] = []
    for number, (grid, own) in enumerate(zip(part.grids, heads, strict=True)):
        tops = [*(head.top for head in own[1:]), len(grid.cells)]
        tables += [
            Anchor((number, head.top), (number, _last_data_row(head, top)), head)
            for head, top in zip(own, tops, strict=False)
        ]
    forms = [
        Anchor(run.first, run.last)
        for run in label_runs(part, words, _outside(part, tables))
        if _is_form(run, beside_tables=bool(tables))
    ]
    return sorted([*tables, *forms], key=lambda anchor: anchor.top)


def _is_form(run: Run, *, beside_tables: bool) -> bool:
    """Whether labels are a staff form; a line of totals over a table is none."""
    return run.complete if beside_tables else run.counts >= 2


def _last_data_row(head: TableHead, before: int) -> int:
    columns = head.columns.values()
    for row in range(before - 1, head.first_row - 1, -1):
        filled = sum(bool(clean(head.grid.value(row, column))) for column in columns)
        if head.is_plain(head.grid, row) or filled > 2:
            return row
    return head.first_row - 1


def _outside(part: Part, tables: list[Anchor]) -> Iterator[Place]:
    """The rows of a part that belong to no table."""
    for number, grid in enumerate(part.grids):
        row = 0
        for anchor in (a for a in tables if a.top[0] == number):
            yield from ((number, r) for r in range(row, anchor.top[1]))
            row = anchor.end[1] + 1
        yield from ((number, r) for r in range(row, len(grid.cells)))


def _joined(name: str, blocks: list[Block], words: Vocabulary) -> list[Section]:
    """Sections of blocks: those that say no unit or day of their own go on with the one before."""
    sections: list[Section] = []
    held: Block | None = None
    for block in blocks:
        if held and sections and _goes_on(held, block, words):
            sections[-1] = _extended(sections[-1], block)
            continue
        before = sections[-1] if sections else None
        about = about_title(before.title_lines, words) or before.about_before if before else NOTHING
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
                about,
            )
        )
        held = block
    return sections


def _goes_on(before: Block, block: Block, words: Vocabulary) -> bool:
    """Whether a table belongs to the report before it."""
    if not (before.head and block.head):
        return False
    if is_of_another(before, words) != is_of_another(block, words):
        return False
    if not (block.units <= before.units and block.days <= before.days):
        return False
    other_sheet = block.head.grid.kind == "sheet" and block.head.grid.name != before.head.grid.name
    return other_sheet or not _begins_anew(block)


def _begins_anew(block: Block) -> bool:
    """Whether a table has a letterhead of its own and counts from 1 again."""
    headed = any(is_national(line.key) for line in block.lead)
    column = block.head.columns.get("stt") if block.head else None
    if not headed or column is None:
        return headed
    first = clean(block.head.grid.value(block.head.first_row, column)) if block.head else ""
    return first in ("", "1")


def _extended(section: Section, block: Block) -> Section:
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
