"""A table of several units or days: whose each row is, told by a column or by rows between."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from briefing.intake.detection.forms import Segment, TableHead
from briefing.intake.detection.headings import FIGURES
from briefing.intake.detection.hints import BREAKS
from briefing.intake.detection.sections import Own, Section
from briefing.intake.detection.vocabulary import Vocabulary
from briefing.intake.parsers.dates import cell_date
from briefing.intake.parsers.numbers import Number, parse_number
from briefing.intake.parsers.places import Places
from briefing.intake.parsers.text import clean, fold
from briefing.intake.readers.grids import Grid, Part, rows_kept

NUMBERING = re.compile(r"^\s*(?:[IVX]{1,5}|[A-Za-z]|\d{1,2})\s*[.)/-]\s*")
NOT_UNITS = {"stt", "so_dien_thoai", "luy_ke", "trong_ngay", "so_denominator", "ty_le", "ngay"}
SAMPLE = 40  # rows by which a column is told that doesn't say in its heading what it holds
MOST = 0.6
ENDS_AT = 4  # letters that may stand behind a name in its cell
Row = tuple[Grid, int]


@dataclass(frozen=True)
class Share:
    """The rows of one unit and one day."""

    unit: Own | None
    day: tuple[date, str] | None
    rows: list[Row]


def shares_of(section: Section, words: Vocabulary) -> list[Section]:
    """One section for each unit and day that the rows of a table are of; else the section alone."""
    if section.head is None:
        return [section]
    head = section.head
    units = _units_by_column(head, words) or _units_by_rows_between(head, words)
    days = _days_by_column(head, words)
    several = len({fold(own.text) for own in units.values()}) > 1
    if not several and len({day for day, _where in days.values()}) < 2:
        one = next(iter(units.values()), None) if "don_vi" in head.columns else None
        day = next(iter(days.values()), None)
        return [replace(section, unit=one if _is_known(one, words) else None, day=day)]
    return [_cut(section, share) for share in _grouped(head, units if several else {}, days, words)]


def _is_known(own: Own | None, words: Vocabulary) -> bool:
    return own is not None and bool(words.units.find(own.text) or words.bodies.find(own.text))


def _grouped(
    head: TableHead,
    units: dict[tuple[int, int], Own],
    days: dict[tuple[int, int], tuple[date, str]],
    words: Vocabulary,
) -> Iterator[Share]:
    """The rows by unit and day, in the order in which these come first."""
    shares: dict[tuple[str, date | None], Share] = {}
    for row in head.rows():
        key = (id(row[0]), row[1])
        unit, day = units.get(key), days.get(key)
        if (units and unit is None) or (days and day is None):
            continue
        name = _unit_key(unit.text, words) if unit else ""
        share = shares.setdefault((name, day[0] if day else None), Share(unit, day, []))
        share.rows.append(row)
    yield from shares.values()


def _unit_key(text: str, words: Vocabulary) -> str:
    codes = words.units.resolve(BREAKS.sub(" ", text), initials=True, fuzzy=True).codes
    return codes[0] if len(codes) == 1 else fold(text)


def _cut(section: Section, share: Share) -> Section:
    """The section with the rows of one share alone."""
    head = section.head
    assert head is not None
    own: dict[int, set[int]] = {}
    for grid, row in share.rows:
        own.setdefault(id(grid), set()).add(row)
    segments: list[Segment] = []
    grids: list[Grid] = []
    pieces = {id(segment.grid): segment for segment in head.segments}
    for grid in section.part.grids:
        segment = pieces.get(id(grid))
        if segment is None:
            grids.append(grid)
            continue
        kept = rows_kept(
            grid, frozenset(range(segment.first_row)) | frozenset(own.get(id(grid), ()))
        )
        grids.append(kept)
        if own.get(id(grid)) or not segments:
            segments.append(Segment(kept, segment.first_row))
    return replace(
        section,
        part=Part(section.part.name, tuple(grids)),
        head=replace(head, segments=tuple(segments)),
        unit=share.unit,
        day=share.day,
    )


def with_own_unread(section: Section, shares: list[Section]) -> list[list[Grid]]:
    """Of each share the grids of the section with what was left out of its own rows: that which
    stands in them, or below one of them and above the next share's."""
    if not any(grid.unread for grid in section.part.grids):
        return [[] for _share in shares]
    owners: list[dict[tuple[str, int], list[int]]] = [{} for _share in shares]
    for share, rows in zip(shares, owners, strict=True):
        for grid, row in share.head.rows() if share.head else ():
            if any(map(clean, grid.cells[row])):
                rows.setdefault((grid.name, grid.page), []).append(row)

    def owner(grid: Grid, row: int) -> int:
        last = [
            max((r for r in rows.get((grid.name, grid.page), ()) if r <= row), default=-1)
            for rows in owners
        ]
        return last.index(max(last))

    return [
        [
            replace(grid, unread=tuple(u for u in grid.unread if owner(grid, u.row) == number))
            for grid in section.part.grids
            if grid.unread
        ]
        for number in range(len(shares))
    ]


def _units_by_column(head: TableHead, words: Vocabulary) -> dict[tuple[int, int], Own]:
    """Row → the unit or body in its column of units, one in a merged cell for all its rows."""
    column = _unit_column(head, words)
    if column is None:
        return {}
    personal = {"ho_ten", "so_dien_thoai"} & head.columns.keys()
    found: dict[tuple[int, int], Own] = {}
    held: Own | None = None
    for grid, row in head.rows():
        text = clean(grid.value(row, column))
        if any(map(words.is_total, grid.cells[row])):
            held = None
        elif text and not text.isdigit():
            held = Own(NUMBERING.sub("", text), grid.where(row, column))
            if not _filled(head, grid, row):
                held = held if personal else None
                continue
        if held and _filled(head, grid, row) and (text or personal):
            found[id(grid), row] = held
    return found


def _filled(head: TableHead, grid: Grid, row: int) -> bool:
    """Whether a row holds anything of a table's row, and is no note under it."""
    texts = sum(bool(clean(value)) for value in grid.cells[row])
    return texts > 1 or "don_vi" not in head.columns


def _unit_column(head: TableHead, words: Vocabulary) -> int | None:
    """The column whose cells are names of units, by its heading or by what stands in it."""
    if "don_vi" in head.columns:
        column = head.columns["don_vi"]
        places = (words.units, words.bodies)
        names = [clean(grid.value(row, column)) for grid, row in head.rows()]
        known = any(_is_name(name, each) for name in names for each in places)
        return column if known else None
    taken = {column for name, column in head.columns.items() if name in NOT_UNITS}
    sample = [row for row, _n in zip(head.rows(), range(SAMPLE), strict=False)]
    width = max((len(grid.cells[row]) for grid, row in sample), default=0)
    for column in range(width):
        texts = [t for grid, row in sample if (t := grid.value(row, column)) and isinstance(t, str)]
        named = [code for t in texts if (code := _is_name(clean(t), words.units))]
        if column not in taken and len(set(named)) > 1 and len(named) >= MOST * len(texts):
            return column
    return None


def _is_name(text: str, places: Places) -> str | None:
    """The unit that a text names and says nothing besides."""
    text = NUMBERING.sub("", text)
    found = places.find(text)
    if len(found) != 1 or len(text) - found[0].end > ENDS_AT:
        return None
    return found[0].code if fold(text[: found[0].start]) in ("", "ubnd", "don vi") else None


def _units_by_rows_between(head: TableHead, words: Vocabulary) -> dict[tuple[int, int], Own]:
    """Row → the unit in the row over it that heads a group: “I. Phường A”."""
    groups: dict[tuple[int, int], Own] = {}
    for segment in head.segments:
        grid = segment.grid
        for row in head.unnumbered(grid):
            if own := _group_at(head, grid, row, words):
                groups[id(grid), row] = own
    if not groups:
        return {}
    found: dict[tuple[int, int], Own] = {}
    held: Own | None = None
    for grid, row in head.rows():
        key = (id(grid), row)
        if any(map(words.is_total, grid.cells[row])):
            continue
        held = groups.get(key, held)
        if held and key not in groups:
            found[key] = held
    return found


def _group_at(head: TableHead, grid: Grid, row: int, words: Vocabulary) -> Own | None:
    """The unit whose group of rows a row heads: it names that alone, without number or phone."""
    phone = head.columns.get("so_dien_thoai")
    number = clean(grid.value(row, head.columns["stt"])) if "stt" in head.columns else ""
    if number.rstrip(".)").isdigit() or (phone and clean(grid.value(row, phone))):
        return None
    texts = [(c, text) for c, value in enumerate(grid.cells[row]) if (text := clean(value))]
    named = [(c, text) for c, text in texts if _is_name(text, words.units)]
    if len(named) != 1:
        return None
    column, text = named[0]
    return Own(NUMBERING.sub("", text), grid.where(row, column))


def _days_by_column(head: TableHead, words: Vocabulary) -> dict[tuple[int, int], tuple[date, str]]:
    """Row → the day in its column “Ngày”, where the rows' figures are of these days.

    The days of a list of persons without counts are those of each one alone.
    """
    column = head.columns.get("ngay")
    if column is None or not _has_counts(head):
        return {}
    found: dict[tuple[int, int], tuple[date, str]] = {}
    held: tuple[date, str] | None = None
    dates = words.campaign.dates
    for grid, row in head.rows():
        value = grid.value(row, column)
        if any(map(words.is_total, grid.cells[row])):
            held = None
            continue
        day = cell_date(value, year=dates.start.year, near=words.campaign.reporting.first)
        if day:
            held = (day, grid.where(row, column))
        elif clean(value):
            held = None
        if held and any(clean(cell) for c, cell in enumerate(grid.cells[row]) if c != column):
            found[id(grid), row] = held
    return found


def _has_counts(head: TableHead) -> bool:
    """Whether most rows hold a count that is neither a mark nor the serial number again."""
    fields = [head.columns[name] for name in FIGURES & head.columns.keys()]
    numbers: Counter[bool] = Counter()
    for grid, row in head.rows():
        serial = clean(grid.value(row, head.columns["stt"])) if "stt" in head.columns else ""
        values = [parse_number(grid.value(row, column)) for column in fields]
        counts = [str(v.value) for v in values if isinstance(v, Number)]
        if serial or counts:
            numbers[any(count != "1" and count != serial for count in counts)] += 1
    return numbers[True] > numbers[False]
