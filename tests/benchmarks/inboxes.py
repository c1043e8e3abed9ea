"""The inboxes of the benchmarks: long lists of every unit, and every form that agencies send."""

from __future__ import annotations

import os
import re
import shutil
import tempfile
from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path

import openpyxl
from openpyxl.cell import Cell
from openpyxl.workbook import Workbook

from briefing.params import Campaign
from briefing.sample import write_sample

PARAMS = Path(__file__).parents[2] / "params"
DAY = date(2021, 8, 16)
FORMS_UNTIL = date(2021, 8, 20)
PHONE = re.compile(r"\+?[0-9][0-9 .-]{8,}")
FORMS = "co quan"
SECOND = "{stem} gui lai.xlsx"  # name of a report that is sent again


def make_inbox(inbox: Path, rows: int, days: int = 1, units: int | None = None) -> None:
    """The units' workbooks of one day or more, and every form that the agencies send.

    Args:
        units: So many of the campaign's units report; `None`: all.
    """
    campaign = Campaign.load(PARAMS)
    from_today = campaign.dates.model_copy(update={"start": DAY})
    own_days = campaign.model_copy(update={"dates": from_today})
    until = DAY + timedelta(days=days - 1)
    write_sample(inbox, own_days, until=until, units=units, rows=rows)
    with tempfile.TemporaryDirectory() as folder:
        forms = Path(folder) / "forms"
        write_sample(forms, campaign, until=FORMS_UNTIL, units=1, rows=1)
        shutil.rmtree(inbox / FORMS, ignore_errors=True)
        shutil.copytree(forms / FORMS, inbox / FORMS)
    (inbox / "received.csv").unlink()  # every file has its time of arrival as its own


def with_wrong_phones(inbox: Path, to: Path, wrong: int) -> None:
    """The same inbox, so many phones of each list two digits short."""
    shutil.copytree(inbox, to)
    for path in lists(to):
        times = path.stat()
        book = openpyxl.load_workbook(path)
        phones = _phones(book)
        for cell in phones[:: max(len(phones) // wrong, 1)][:wrong]:
            cell.value = str(cell.value)[:-2]
        book.save(path)
        os.utime(path, (times.st_atime, times.st_mtime))


def sent_again(inbox: Path, aside: Path) -> tuple[Path, Path]:
    """A unit's list with its last row left out, made in `aside`; and where it would arrive."""
    path = lists(inbox)[0]
    book = openpyxl.load_workbook(path)
    last = _phones(book)[-1]
    last.parent.delete_rows(last.row)
    name = SECOND.format(stem=path.stem)
    book.save(aside / name)
    os.utime(aside / name, (path.stat().st_atime, path.stat().st_mtime + 60))
    return aside / name, path.with_name(name)


def lists(inbox: Path) -> list[Path]:
    """The workbooks of the units."""
    return [path for path in sorted(inbox.rglob("*.xlsx")) if path.parent.name != FORMS]


def _phones(book: Workbook) -> Sequence[Cell]:
    """The cells of the column that holds most phones."""
    columns = [[c for c in column if PHONE.fullmatch(str(c.value))]
               for sheet in book for column in sheet.iter_cols()]  # fmt: skip
    return max(columns, key=len)
