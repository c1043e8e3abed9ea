"""The office's own list of its units, from a workbook or CSV: what each row says, and the tree."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from python_calamine import CalamineError, CalamineWorkbook, SheetVisibleEnum

from briefing.errors import ParamsError
from briefing.intake.parsers.numbers import Number, parse_number
from briefing.intake.parsers.text import clean, fold
from briefing.messages import _
from briefing.params.files import MOST_TOLD, text_of

HEADINGS = Path(__file__).with_name("headings.yaml")
FARTHEST_HEAD = 30  # rows above the headings
NUMBERS = ("population", "number")
Table = list[list[Any]]


@dataclass(frozen=True)
class Listed:
    """One unit of the list.

    Attributes:
        row: In the file, counted from 1; 0: no row of its own, named as a parent only.
        depth: How many units it is a part of.
    """

    row: int
    code: str
    name: str
    type: str = ""
    full_name: str = ""
    parent: str = ""
    population: int | None = None
    number: int | None = None
    depth: int = 0


@dataclass(frozen=True)
class OfficeList:
    """A list as it was understood.

    Attributes:
        columns: What each column was taken for → its heading.
        left_out: Headings of columns that nothing was taken from.
        sheet: The one that holds it, of a workbook of several; else "".
        units: The whole first, then level by level; `parent` is a code.
    """

    columns: Mapping[str, str]
    left_out: tuple[str, ...]
    units: tuple[Listed, ...] = field(default=())
    sheet: str = ""

    @property
    def levels(self) -> list[list[Listed]]:
        """The units of each level, the whole first."""
        deepest = max(unit.depth for unit in self.units)
        return [[u for u in self.units if u.depth == n] for n in range(deepest + 1)]


def read_list(path: Path, whole: tuple[str, str]) -> OfficeList:
    """Read a list of units: of several sheets the one that holds most of them.

    Args:
        whole: Code and name of what they add up to, where the list doesn't have it.

    Raises:
        ParamsError: It has no headings that are known, or rows that are unclear: all of them.
    """
    sheet, table, (top, columns) = _sheet(path)
    place = _("{file}, sheet “{sheet}”", file=path, sheet=sheet) if sheet else str(path)
    headings = {role: clean(table[top][n]) for role, n in columns.items()}
    left_out = [clean(cell) for n, cell in enumerate(table[top]) if n not in columns.values()]
    faults: list[str] = []
    rows = [*_rows(place, table, top, columns, faults)]
    units = _tree(place, rows, whole, faults) if rows else []
    if not rows:
        faults.append(_("{file}: no unit below the headings", file=place))
    if faults:
        end = _("Nothing was written.")
        raise ParamsError("\n".join([*(f"{fault}." for fault in faults[:MOST_TOLD]), end]))
    return OfficeList(headings, tuple(filter(None, left_out)), tuple(units), sheet)


@cache
def _known() -> Mapping[str, list[str]]:
    return yaml.safe_load(HEADINGS.read_text(encoding="utf-8"))


def _sheet(path: Path) -> tuple[str, Table, tuple[int, dict[str, int]]]:
    """The sheet with the longest list under headings that are known, those in sight first: its
    name, where there are several, its cells, and its head.

    Raises:
        ParamsError: None has such headings.
    """
    tables = _tables(path)
    heads = {name: _head(table) for name, (_seen, table) in tables.items()}
    known = [name for name, head in heads.items() if head]
    if not known:
        raise ParamsError(
            _(
                "{file}: no row with headings such as “Tên đơn vị”, “Dân số” (or “Name”, "
                "“Population”). Nothing was written.",
                file=path,
            )
        )

    def length(name: str) -> tuple[bool, int]:
        seen, table = tables[name]
        top, columns = heads[name] or (0, {})
        named = (row[columns["name"]] for row in table[top + 1 :] if len(row) > columns["name"])
        return seen, sum(bool(clean(value)) for value in named)

    best = max(known, key=length)
    return best if len(tables) > 1 else "", tables[best][1], heads[best] or (0, {})


def _tables(path: Path) -> dict[str, tuple[bool, Table]]:
    """The name of each sheet → whether it is in sight, and its cells."""
    if path.suffix.lower() in (".csv", ".txt"):
        text = text_of(path, _("{file}: must be saved as CSV UTF-8.", file=path))
        delimiter = max(",;\t", key=text.partition("\n")[0].count)
        return {"": (True, [*csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)])}

    try:
        book = CalamineWorkbook.from_path(path)
        return {
            sheet.name: (
                sheet.visible == SheetVisibleEnum.Visible,
                book.get_sheet_by_name(sheet.name).to_python(),
            )
            for sheet in book.sheets_metadata
        }
    except (CalamineError, OSError, ValueError) as error:
        raise ParamsError(
            _("{file}: not readable as a workbook. Nothing was written.", file=path)
        ) from error


def _head(table: Table) -> tuple[int, dict[str, int]] | None:
    """The row of the headings, and the column of each that is known; `None` without any."""
    for top, row in enumerate(table[:FARTHEST_HEAD]):
        columns: dict[str, int] = {}
        for n, cell in enumerate(row):
            columns.setdefault(_role(fold(clean(cell))), n)
        columns.pop("", None)
        if "name" in columns and (len(columns) > 1 or _counted(table, top)):
            if "number" not in columns and (counted := _counted(table, top)):
                columns["number"] = counted[0]
            return top, columns
    return None


def _counted(table: Table, top: int) -> list[int]:
    """Columns of numbers under a heading that is not known."""
    counted = []
    for n, cell in enumerate(table[top]):
        heading = fold(clean(cell))
        held = [row[n] for row in table[top + 1 :] if n < len(row) and clean(row[n])]
        unknown = heading and not _role(heading) and heading not in _known()["not_number"]
        if unknown and held and isinstance(parse_number(held[0]), Number):
            counted.append(n)
    return counted


def _role(heading: str) -> str:
    """What a column is for, by its heading; "": not known."""
    known = _known()
    for role in ("code", "name", "type", "parent", "population"):
        if heading in known[role]:
            return role
    number = any(heading == word or heading.startswith(f"{word} ") for word in known["number"])
    return "number" if number and heading not in known["not_number"] else ""


def _rows(
    place: str,
    table: Sequence[Sequence[Any]],
    top: int,
    columns: Mapping[str, int],
    faults: list[str],
) -> Iterator[Listed]:
    for n, row in enumerate(table[top + 1 :], start=top + 2):
        texts = {role: clean(row[c]) if c < len(row) else "" for role, c in columns.items()}
        if not texts["name"] or fold(texts["name"]) in _known()["totals"]:
            continue
        numbers = {role: parse_number(texts.get(role, "")) for role in NUMBERS}
        for role, read in numbers.items():
            if read is not None and not (isinstance(read, Number) and isinstance(read.value, int)):
                faults.append(
                    _("{where}: “{found}” is no number of people", where=_line(place, n),
                      found=texts[role])
                )  # fmt: skip
        people = {r: m.value if isinstance(m, Number) else None for r, m in numbers.items()}
        kind, name, full = _named(texts["name"], texts.get("type", ""))
        yield Listed(n, texts.get("code", ""), name, kind, full,
                     texts.get("parent", ""), **people)  # type: ignore[arg-type]  # fmt: skip


def _named(text: str, kind: str) -> tuple[str, str, str]:
    """Type, name and full name: "Xã Tân An" is called Tân An; "Kona Village" stays as it is."""
    for known in (kind, *sorted(_known()["types"], key=len, reverse=True)):
        begins = known and fold(text).startswith(f"{fold(known)} ")
        if begins and not text[len(known) :].strip().isdigit():
            return kind or known, text[len(known) :].strip(), text
    return kind, text, ""


def _line(place: str, row: int) -> str:
    return _("{file}, row {n}", file=place, n=row)


def _tree(
    place: str, rows: list[Listed], whole: tuple[str, str], faults: list[str]
) -> list[Listed]:
    """The units under one whole, each with a code, its parent's code and its depth."""
    rows = _with_codes(rows)
    named = _by_name(rows)
    above = {fold(u.parent): u.parent for u in rows if u.parent and fold(u.parent) not in named}
    tops = [unit for unit in rows if not unit.parent]
    if len(tops) == 1 and not above and len(rows) > 1:
        root = tops[0]
    else:
        root = Listed(0, *whole)
        made = _with_codes([Listed(0, "", name) for name in above.values()], "G")
        made = [unit for unit in made if fold(unit.name) != fold(root.name)]
        named = _by_name([*made, root]) | named
        rows = [root, *made, *rows]
    units = []
    for unit in rows:
        line = _ancestors(unit, root, named)
        if line is None:
            faults.append(
                _("{where}: “{name}” is a part of itself", where=_line(place, unit.row),
                  name=unit.name)
            )  # fmt: skip
            continue
        parent = "" if unit == root else line[0].code
        units.append(replace(unit, parent=parent, depth=len(line)))
    faults += _unclear(place, units)
    return sorted(units, key=lambda unit: unit.depth)


def _by_name(units: Iterable[Listed]) -> dict[str, Listed]:
    """What a unit may be called in the column of parents → the unit."""
    return {fold(text): unit for unit in units
            for text in (unit.name, unit.full_name, f"{unit.type} {unit.name}", unit.code)
            if text}  # fmt: skip


def _with_codes(rows: list[Listed], letter: str = "U") -> list[Listed]:
    width = len(str(len(rows)))
    return [
        replace(unit, code=unit.code or f"{letter}{n:0{width}d}") for n, unit in enumerate(rows, 1)
    ]


def _ancestors(unit: Listed, root: Listed, named: Mapping[str, Listed]) -> list[Listed] | None:
    """The units that it is a part of, the nearest first; `None` where they go in a circle."""
    line: list[Listed] = []
    while unit != root:
        unit = named[fold(unit.parent)] if unit.parent else root
        if unit in line:
            return None
        line.append(unit)
    return line


def _unclear(place: str, units: list[Listed]) -> Iterator[str]:
    """What has to be put right in the list: codes, names and depths that don't fit, numbers."""
    codes = Counter(unit.code for unit in units)
    names = Counter((fold(unit.name), unit.type, unit.parent) for unit in units)
    parents = {unit.parent for unit in units}
    deepest = max((unit.depth for unit in units), default=0)
    for unit in units:
        where = _line(place, unit.row)
        if codes[unit.code] > 1:
            yield _("{where}: the code “{code}” stands twice", where=where, code=unit.code)
        if names[fold(unit.name), unit.type, unit.parent] > 1:
            yield _("{where}: “{name}” stands twice", where=where, name=unit.name)
        if unit.code in parents or not unit.row:
            continue
        if unit.depth < deepest:
            yield _(
                "{where}: “{name}” lies {n} levels below the whole, others {deepest}: say in the "
                "column of its parent what it is a part of",
                where=where, name=unit.name, n=unit.depth, deepest=deepest,
            )  # fmt: skip
        elif not (unit.number or unit.population):
            yield _(
                "{where}: “{name}” has no number that its rate could be a share of",
                where=where, name=unit.name,
            )  # fmt: skip


def slug(text: str) -> str:
    """A name as a code: "Thị xã" → "thi_xa"."""
    return fold(text).replace(" ", "_")
