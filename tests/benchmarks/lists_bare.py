"""Intake with all its cleaning, beside calamine's bare reading of the same workbooks.

    python tests/benchmarks/lists_bare.py [ROUNDS] [ROWS]

The bare reading makes Python values of one sheet's cells and stops there. `Reader.read` opens the
workbook, recognises form, unit and day, cleans every cell, settles the reading and writes all
findings; nothing is stored.
"""

from __future__ import annotations

import io
import statistics
import sys
from pathlib import Path
from random import Random
from typing import Any

from python_calamine import CalamineWorkbook
from timing import Cost, call, middle, spent_ratios, wall_ratios

sys.path.insert(0, str(Path(__file__).parents[1] / "intake"))
from making import PARAMS, mau02, people, phone, workbook

from briefing.intake.reader import Reader
from briefing.intake.submission import Submission
from briefing.params import Campaign

FAULTY = 50  # one row in so many, of the variant with mistakes


def per_person(rows: int) -> list[list[Any]]:
    draw = Random(16)
    return people([draw.randint(3, 200) for _row in range(rows)])


def roster(rows: int) -> list[list[Any]]:
    return people(range(1, rows + 1))


def blank_roster(rows: int) -> list[list[Any]]:
    return people([None] * rows)


def numeric_phones(rows: int) -> list[list[Any]]:
    """As Excel leaves them: numbers, the zero at the front lost."""
    return [[*row[:3], int(row[3]), row[4]] for row in per_person(rows)]


def with_mistakes(rows: int) -> list[list[Any]]:
    """One row in 50 has a mistake, of ten kinds in turn."""
    listed = per_person(rows)
    for at, row in enumerate(listed[::FAULTY]):
        column, value = [
            (3, "09123"), (3, None), (3, int(row[3])), (3, phone(1)), (4, "abc"), (4, None),
            (2, "Thôn Không Có"), (1, None), (4, "khoảng 50"), (3, "01234567890"),
        ][at % 10]  # fmt: skip
        row[column] = value
    return listed


VARIANTS = (per_person, roster, blank_roster, numeric_phones, with_mistakes)


def bare(content: bytes) -> list[list[Any]]:
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    return book.get_sheet_by_index(0).to_python()


def checked(reports: list[Submission], rows: int) -> Submission:
    """The one report, all of its rows read: a benchmark of a refusal would be none."""
    (report,) = reports
    assert report.rows_read == rows, report.findings[:3]
    return report


def measured(rounds: int, rows: int) -> dict[str, tuple[list[Cost], list[Cost]]]:
    """Of each kind of list what intake costs, and what the bare reading does, round by round."""
    reader = Reader(Campaign.load(PARAMS), b"a key of the benchmark")
    found: dict[str, tuple[list[Cost], list[Cost]]] = {}
    for variant in VARIANTS:
        content = workbook(mau02(variant(rows)))
        checked(reader.read(content, "a.xlsx"), rows)
        pairs = [
            (call(reader.read, content, "a.xlsx"), call(bare, content)) for _round in range(rounds)
        ]
        found[variant.__name__] = tuple(map(list, zip(*pairs, strict=True)))
    return found


def together(kinds: dict[str, tuple[list[Cost], list[Cost]]]) -> list[float]:
    """The ratio of processor time of each round, over all kinds of lists."""
    intake, plain = (
        [sum(cost.spent for cost in costs) for costs in zip(*side, strict=True)]
        for side in zip(*kinds.values(), strict=True)
    )
    return [mine / theirs for mine, theirs in zip(intake, plain, strict=True)]


def main(rounds: int, rows: int) -> None:
    print(f"{rows} rows, median of {rounds} rounds")
    for name, (intake, plain) in measured(rounds, rows).items():
        mine, theirs = middle(intake), middle(plain)
        wall, spent = (
            statistics.median(ratios(intake, plain)) for ratios in (wall_ratios, spent_ratios)
        )
        print(
            f"{name:15} bare {theirs.wall * 1000:6.1f} ms   intake {mine.wall * 1000:6.1f} ms"
            f"   {rows / mine.wall:9,.0f} rows/s   ratio {wall:.2f} (wall), {spent:.2f} (processor)"
        )


if __name__ == "__main__":
    numbers = [int(argument) for argument in sys.argv[1:]]
    main(*[*numbers, *(15, 5_000)[len(numbers) :]])
