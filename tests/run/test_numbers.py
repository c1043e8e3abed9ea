"""One day, one set of numbers: HTML, PDF, Word and the annex say what the tables say."""

from __future__ import annotations

import math
import re
from collections import Counter
from datetime import datetime
from html.parser import HTMLParser

import docx
import openpyxl
import pandas as pd
import pypdf
import pytest

from briefing.documents.annex.sheet import HEAD_ROW, heading
from briefing.documents.provenance.measures import measure_of
from tests.run.conftest import Office
from tests.run.test_published import docx_text, pdf_text, vi_count, vi_percent, vi_points

SHEETS = {
    "communes": "Xã, phường", "town": "Toàn thị xã", "agencies": "Cơ quan, đơn vị",
    "hamlets": "Thôn, khu phố", "projection": "Dự báo", "reports": "Báo cáo đã nhận",
    "corrections": "Đính chính", "findings": "Vấn đề phát hiện", "trace": "Nguồn số liệu chi tiết",
    "goals": "Từng chỉ tiêu", "denominators": "Mẫu số khác", "actions": "Đơn vị cần gọi",
    "actions_followed_up": "Kết quả việc giao hôm trước", "anomalies": "Số liệu nghi vấn",
}  # fmt: skip
NUMBER = re.compile(r"[+\u2212]?\d+(?:\.\d{3})*(?:,\d+)?%?")
UNITS = "units"


class _Table(HTMLParser):
    """The cells of one table of the page: text, without the notes under it, and raw value."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self._name, self._inside, self._quiet = name, False, 0
        self.rows: list[list[list[str]]] = []

    def handle_starttag(self, tag, attrs):
        attributes = dict(attrs)
        if tag == "table":
            self._inside = attributes.get("id") == self._name
        elif self._inside and tag == "tr":
            self.rows.append([])
        elif self._inside and tag in ("td", "th"):
            self.rows[-1].append(["", attributes.get("data-v", "")])
        elif self._inside and "b-note" in attributes.get("class", ""):
            self._quiet += 1

    def handle_endtag(self, tag):
        if tag == "table":
            self._inside = False
        elif self._quiet and tag == "span":
            self._quiet -= 1

    def handle_data(self, data):
        if self._inside and not self._quiet and self.rows and self.rows[-1]:
            self.rows[-1][-1][0] += data


@pytest.fixture(scope="module")
def shown(published) -> dict[str, list[list[str]]]:
    """The units' table of the HTML: unit's name → its cells."""
    table = _Table(UNITS)
    table.feed((published.day / "briefing.html").read_text(encoding="utf-8"))
    return {row[0][0].strip(): row for row in table.rows[1:]}


@pytest.fixture(scope="module")
def annex(published):
    return openpyxl.load_workbook(published.day / "annex.xlsx")


def expected(row: pd.Series) -> list[str]:
    """A row's counts and rates as they are written; a dash where nothing is known."""
    written = {
        "installs_cumulative": vi_count,
        "coverage": vi_percent,
        "coverage_change": vi_points,
        "installs_needed": vi_count,
        "pace_required": lambda value: vi_count(math.ceil(value)),
        "pace_observed": lambda value: vi_count(math.floor(value + 0.5)).replace("-", "\u2212"),
    }
    return ["–" if pd.isna(row[name]) else say(row[name]) for name, say in written.items()]


def rows_of(published: Office) -> dict[str, pd.Series]:
    communes = {row["unit_name"]: row for _i, row in published.table("communes").iterrows()}
    return communes | {"Toàn thị xã": published.table("town").iloc[-1]}


def test_the_units_table_of_the_html_is_communes_csv_and_the_last_day_of_town_csv(published, shown):
    rows = rows_of(published)

    assert set(shown) == set(rows)
    for name, row in rows.items():
        texts = [text.strip() for text, _value in shown[name]]
        assert [texts[n] for n in range(2, 8)] == expected(row), name


def test_the_values_behind_the_cells_are_those_of_the_tables(published, shown):
    columns = ("installs_cumulative", "coverage", "coverage_change", "installs_needed")
    for name, row in rows_of(published).items():
        for number, column in enumerate(columns, 2):
            raw = shown[name][number][1]
            assert (raw == "") == bool(pd.isna(row[column]))
            assert raw == "" or float(raw) == pytest.approx(row[column], abs=1e-6)


def test_word_has_the_same_units_table(published):
    tables = docx.Document(published.day / "briefing.docx").tables
    rows = rows_of(published)
    found = {}
    for table in tables:
        for line in table.rows:
            cells = [cell.text for cell in line.cells]
            if cells[0] in rows and len(cells) == 10:
                found[cells[0]] = [text.split("\n")[0] for text in cells[2:8]]

    assert set(found) == set(rows)
    for name, texts in found.items():
        assert texts == expected(rows[name]), name


def test_the_pdf_has_every_number_of_the_units_table(published):
    said = Counter(NUMBER.findall(pdf_text(published)))
    wanted = Counter(
        text for row in rows_of(published).values() for text in expected(row) if text != "–"
    )

    assert wanted - said == Counter()


def test_the_key_figures_are_the_same_in_all_three(published):
    last = published.table("town").iloc[-1]
    wanted = {
        vi_percent(last["coverage"]), vi_points(last["coverage_change"]),
        vi_count(last["installs_needed"]), vi_count(last["installs_cumulative"]),
        f"{vi_count(last['reports_on_time'])}/{vi_count(last['reports_expected'])}",
    }  # fmt: skip
    page = (published.day / "briefing.html").read_text(encoding="utf-8")

    for text in (page, pdf_text(published), docx_text(published)):
        assert {figure for figure in wanted if figure not in text} == set()


def test_no_number_stands_in_word_that_does_not_stand_in_the_pdf(published):
    pdf = set(NUMBER.findall(pdf_text(published)))
    word = set(NUMBER.findall(docx_text(published)))

    assert {number for number in word - pdf if "," in number or "." in number} == set()


def _same(kind: str, cell: object, told: object) -> bool:
    if pd.isna(told):
        return cell is None
    if kind in ("count", "share", "pace", "points"):
        wanted = float(told) * (100 if kind == "points" else 1)
        return float(cell) == pytest.approx(wanted, abs=1e-4 if kind == "points" else 1e-6)
    if kind == "day":
        return f"{cell:%Y-%m-%d}" == told
    if kind == "moment":
        return cell == datetime.fromisoformat(told).replace(tzinfo=None)
    return kind == "word" or str(cell).startswith(str(told)[:16])


@pytest.mark.parametrize("name", SHEETS)
def test_every_cell_of_the_annex_equals_its_table(published, annex, name):
    table = pd.read_csv(published.day / "tables" / f"{name}.csv", encoding="utf-8-sig", dtype=str)
    sheet = annex[SHEETS[name]]

    assert [cell.value for cell in sheet[HEAD_ROW]] == [heading(column, name) for column in table]
    for number, row in enumerate(table.itertuples(index=False), HEAD_ROW + 1):
        for place, (column, told) in enumerate(zip(table, row, strict=True), 1):
            kind = measure_of(column).kind
            if name == "trace" and column == "value":
                kind = measure_of(row[list(table).index("column")]).kind
            assert _same(kind, sheet.cell(number, place).value, told), (column, number)


def test_the_annex_in_the_pdf_is_the_annex_that_is_published(published):
    (inside,) = pypdf.PdfReader(published.day / "briefing.pdf").attachments["annex.xlsx"]

    assert inside == (published.day / "annex.xlsx").read_bytes()
