"""One day, one set of numbers: HTML, PDF, Word and the annex say what the tables say.

What the page shows is compared with the tables in `test_shown.py`.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import docx
import nbformat
import openpyxl
import pandas as pd
import pypdf
import pytest

from briefing.documents import pdf
from briefing.documents.assemble import document, on_paper
from tests.run.conftest import Office
from tests.said import differences, page, read, sheet

SHEETS = {
    "communes": "Xã, phường", "town": "Toàn thị xã", "agencies": "Cơ quan, đơn vị",
    "hamlets": "Thôn, khu phố", "projection": "Dự báo", "reports": "Báo cáo đã nhận",
    "corrections": "Đính chính", "findings": "Vấn đề phát hiện", "trace": "Nguồn số liệu chi tiết",
    "headline": "Chờ xác minh, chờ báo cáo", "goals": "Từng chỉ tiêu",
    "denominators": "Mẫu số khác", "actions": "Đơn vị cần gọi",
    "actions_followed_up": "Kết quả việc giao hôm trước", "anomalies": "Số liệu nghi vấn",
    "changes": "Khi đó và hiện nay",
}  # fmt: skip
COVER = "Giới thiệu"
THOUSANDS = re.compile(r"\d\.\d{3}")


@pytest.fixture(scope="module")
def annex(published):
    return openpyxl.load_workbook(published.day / "annex.xlsx")


def test_the_page_is_read_whole(published, said):
    """Every table with every cell, every key figure and chart, so that none is passed over."""
    source = (published.day / "briefing.html").read_text(encoding="utf-8")
    cells = sum(place.startswith("table") for place in said["html"])

    strip = source.partition('class="b-strip"')[2].partition("</thead>")[0].count("<th ")
    assert strip == 5  # the second half of the strip says its headings again
    assert cells == source.count("<td") + source.count('<th scope="') - strip
    assert len(page.tables(source)) == 7  # of calls answered there is none before the second day
    assert len(said["html"].figures) == source.count('class="b-figure ') == 6
    assert sum(place.endswith(", drawn") for place in said["html"]) == source.count("<figure") == 3


def test_every_cell_figure_chart_and_sentence_of_the_pdf_is_that_of_the_html(said):
    assert differences(said["html"], said["pdf"]) == {}


def test_every_cell_figure_alt_text_and_sentence_of_word_is_that_of_the_html(said):
    assert differences(said["html"].without_drawings, said["docx"]) == {}


def test_every_published_table_has_its_sheet_and_no_sheet_is_without_a_table(published, annex):
    assert set(SHEETS) == {path.stem for path in (published.day / "tables").glob("*.csv")}
    assert set(annex.sheetnames) == {COVER, *SHEETS.values()}


@pytest.mark.parametrize("name", SHEETS)
def test_every_cell_of_the_annex_equals_its_table(published, annex, name):
    table = sheet.opened(published.day / "tables" / f"{name}.csv")

    assert sheet.differences(name, table, annex[SHEETS[name]]) == {}


def test_the_annex_in_the_pdf_is_the_annex_that_is_published(published):
    (inside,) = pypdf.PdfReader(published.day / "briefing.pdf").attachments["annex.xlsx"]

    assert inside == (published.day / "annex.xlsx").read_bytes()


# That one digit, changed in one format, is found: in copies of what is published.


def _in_html(office: Office, one: str, other: str, folder: Path) -> Path:
    source = (office.day / "briefing.html").read_text(encoding="utf-8")
    return _written(folder / "page.html", _changed(source, f">{one}<", f">{other}<").encode())


def _in_word(office: Office, one: str, other: str, folder: Path) -> Path:
    made = docx.Document(office.day / "briefing.docx")
    (text,) = [t for t in made.element.body.iter() if t.tag.endswith("}t") and t.text == one]
    text.text = other
    made.save(folder / "page.docx")
    return folder / "page.docx"


def _in_pdf(office: Office, one: str, other: str, folder: Path) -> Path:
    """Printed again from the blocks of the notebook as executed, one of them changed."""
    book = nbformat.read(office.day / "notebooks" / "3_briefing.ipynb", as_version=4)
    source = on_paper(document(book))
    blocks = json.dumps(source.blocks, ensure_ascii=False)
    changed = json.loads(_changed(blocks, f'"text": "{one}"', f'"text": "{other}"'))
    return _written(folder / "page.pdf", pdf.render(replace(source, blocks=tuple(changed))))


def _changed(text: str, one: str, other: str) -> str:
    assert text.count(one) == 1
    return text.replace(one, other)


def _written(path: Path, content: bytes) -> Path:
    path.write_bytes(content)
    return path


@pytest.mark.slow
@pytest.mark.parametrize("change", [_in_html, _in_pdf, _in_word])
def test_a_unit_with_one_other_digit_in_one_format_is_the_one_difference(
    published, said, tmp_path, change: Callable[[Office, str, str, Path], Path]
):
    known = said["html"].without_drawings
    times = Counter(known.values())
    place, one = next((p, t) for p, t in known.items() if THOUSANDS.fullmatch(t) and times[t] == 1)
    other = one[:-1] + str((int(one[-1]) + 1) % 10)

    changed = read(change(published, one, other, tmp_path))

    assert differences(known, changed.without_drawings) == {place: (one, other)}


@pytest.mark.parametrize(
    ("name", "column", "another"),
    [
        ("communes", "installs_cumulative", lambda count: count + 1),
        ("communes", "coverage", lambda share: share + 1e-5),
        ("communes", "coverage_change", lambda points: -points),
        ("communes", "pace_observed", lambda pace: str(pace)),
        ("communes", "status", lambda said: "trễ hạn" if said == "đúng hạn" else "đúng hạn"),
        ("communes", "received_at", lambda moment: moment + timedelta(minutes=1)),
        ("communes", "carried_from", lambda day: None),
        ("findings", "message", lambda text: text[:-1]),
        ("changes", "known_now", lambda count: count + 1),
        ("trace", "value", lambda count: count + 1),
    ],
)
def test_one_other_value_in_a_sheet_is_the_one_difference(
    published, annex, monkeypatch, name, column, another
):
    table = sheet.opened(published.day / "tables" / f"{name}.csv")
    row, place = table[column].first_valid_index(), list(table).index(column)
    cell = annex[SHEETS[name]].cell(sheet.HEAD_ROW + 1 + row, place + 1)
    held = cell.value
    monkeypatch.setattr(cell, "value", another(held))

    found = sheet.differences(name, table, annex[SHEETS[name]])

    assert {where: said for where, (said, _told) in found.items()} == {
        cell.coordinate: another(held)
    }


def test_a_row_that_a_sheet_lacks_and_one_too_many_are_found(published, annex):
    table = sheet.opened(published.day / "tables" / "hamlets.csv")
    places = annex[SHEETS["hamlets"]]
    last = f"D{sheet.HEAD_ROW + len(table)}"

    assert sheet.differences("hamlets", table[:-1], places)[last][1] is None
    more = pd.concat([table, table[-1:]])
    assert len(sheet.differences("hamlets", more, places)) == table.iloc[-1].notna().sum()
