"""The staff form as a row of a table: a column for each count, a row for each body."""

from __future__ import annotations

from briefing.intake.detection.forms import TableHead
from briefing.intake.detection.vocabulary import Vocabulary
from briefing.intake.labels.staff import COUNTS, Answer
from briefing.intake.parsers.text import clean
from briefing.intake.readers.grids import Grid

PERSONAL = ("ho_ten", "so_dien_thoai")
COLUMNS_NEEDED = 2  # of counts, that make a table of bodies


def names_bodies(head: TableHead, words: Vocabulary) -> bool:
    """Whether the rows are those of the staff form: of bodies, with its three counts as columns."""
    if len(COUNTS.keys() & head.columns.keys()) < COLUMNS_NEEDED or "don_vi" not in head.columns:
        return False
    names = [clean(g.value(r, head.columns["don_vi"])) for g, r in head.rows()]
    units = sum(bool(words.units.resolve(n).code) for n in names if n)
    bodies = sum(bool(words.bodies.resolve(n).code) for n in names if n)
    return bodies > units or (bodies == units and "m01_tong_cbccvc" in head.columns)


def answers_in_a_row(head: TableHead) -> dict[str, Answer]:
    """The answers of one body's form, whose labels stand in a row and the answers under it."""
    others = {"luy_ke", "trong_ngay", *PERSONAL} & head.columns.keys()
    if others or len(COUNTS.keys() & head.columns.keys()) < COLUMNS_NEEDED:
        return {}
    rows = [(grid, row) for grid, row in head.rows() if any(map(clean, grid.cells[row]))]
    return answers_in(head, *rows[0]) if rows else {}


def answers_in(head: TableHead, grid: Grid, row: int) -> dict[str, Answer]:
    """Label → answer of the staff form, from the columns of one row; “Tổng số” beside them is
    all staff."""
    columns = {name: c for name, c in head.columns.items() if name.startswith("m01_")}
    if "m01_tong_cbccvc" not in columns and "luy_ke" in head.columns:
        columns["m01_tong_cbccvc"] = head.columns["luy_ke"]
    return {
        name: Answer(grid.value(row, column), grid.where(row, column))
        for name, column in columns.items()
    }
