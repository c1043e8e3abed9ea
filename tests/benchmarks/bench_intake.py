"""Intake with all its cleaning, beside calamine's bare reading of the same workbooks.

    python tests/benchmarks/bench_intake.py [ROUNDS] [ROWS]

The bare reading makes Python values of one sheet's cells and stops there. The two run in turn, so
that a machine that slows down slows both. What counts is the ratio; where other programs run at
the same time, that of processor time. `Reader.read` opens the
workbook, recognises form, unit and day, cleans every cell, settles the reading and writes all
findings; nothing is stored.
"""

from __future__ import annotations

import io
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import Any

from python_calamine import CalamineWorkbook

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


def timed(call: Callable[..., object], *arguments: object) -> tuple[float, float]:
    """Wall and processor seconds of a call; on a machine with nothing else to do they are equal."""
    wall, spent = time.perf_counter(), time.process_time()
    call(*arguments)
    return time.perf_counter() - wall, time.process_time() - spent


def checked(reports: list[Submission], rows: int) -> Submission:
    """The one report, all of its rows read: a benchmark of a refusal would be none."""
    (report,) = reports
    assert report.rows_read == rows, report.findings[:3]
    return report


def main(rounds: int, rows: int) -> None:
    reader = Reader(Campaign.load(PARAMS), b"a key of the benchmark")
    print(f"{rows} rows, median of {rounds} rounds")
    for variant in VARIANTS:
        content = workbook(mau02(variant(rows)))
        report = checked(reader.read(content, "a.xlsx"), rows)
        pairs = []
        for _round in range(rounds):
            pairs.append((timed(bare, content), timed(reader.read, content, "a.xlsx")))
        findings = len(report.findings)
        print(f"{variant.__name__:15} {findings:3} findings  ", shown(pairs, rows))


def shown(pairs: list[tuple[tuple[float, float], tuple[float, float]]], rows: int) -> str:
    """Medians of the rounds: milliseconds, rows a second, and the ratio of each round's two."""
    (plain, _spent), (mine, _too) = (
        [statistics.median(column) for column in zip(*side, strict=True)]
        for side in zip(*pairs, strict=True)
    )
    wall, spent = ([m[at] / p[at] for p, m in pairs] for at in (0, 1))
    return (
        f"bare {plain * 1000:6.1f} ms   intake {mine * 1000:6.1f} ms   {rows / mine:9,.0f} rows/s"
        f"   ratio {statistics.median(wall):.2f} (wall), {statistics.median(spent):.2f} (processor)"
    )


if __name__ == "__main__":
    numbers = [int(argument) for argument in sys.argv[1:]]
    main(*[*numbers, *(15, 5_000)[len(numbers) :]])
