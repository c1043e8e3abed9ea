"""`briefing trace`: where a published number comes from, told and checked against the files."""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path

import docx
import openpyxl
import pandas as pd
import pytest

from tests.run.conftest import DAY, Office

UNIT = "21640"
CELL = re.compile(r"(.+)!([A-Z]+)([0-9]+)(?::([A-Z]+)([0-9]+))?")
IN_TABLE = re.compile(r"table ([0-9]+), row ([0-9]+), column ([0-9]+)")
COLUMNS = {
    "smartphone_owners", "installs_cumulative", "installs_new", "installs_new_days", "coverage",
    "coverage_change", "rank", "target_coverage", "installs_needed", "pace_required",
    "pace_observed",
}  # fmt: skip


@cache
def _workbook(path: Path):
    return openpyxl.load_workbook(path, data_only=True)


@cache
def _tables(path: Path):
    return [[[c.text for c in row.cells] for row in t.rows] for t in docx.Document(path).tables]


def cell_values(path: Path, where: str) -> list:
    """What stands in the cells of an address, read without this program."""
    found: list = []
    for one in where.split("; "):
        if match := CELL.fullmatch(one):
            sheet, column, first, _column, last = match.groups()
            rows = range(int(first), int(last or first) + 1)
            found += [_workbook(path)[sheet][f"{column}{row}"].value for row in rows]
        else:
            table, row, column = map(int, IN_TABLE.fullmatch(one).groups())
            found.append(_tables(path)[table - 1][row - 1][column - 1])
    return found


def as_count(value) -> int:
    return int(value) if isinstance(value, int | float) else int(re.sub(r"\D", "", value))


def trace(office: Office, *arguments: str) -> dict:
    done = office.briefing("trace", "--date", DAY, "--json", *arguments)
    assert done.code == 0, done.err
    return json.loads(done.out)


def nodes(node: dict):
    yield node
    for part in node.get("parts", []):
        yield from nodes(part)


@pytest.fixture(scope="module")
def traced(published) -> list[dict]:
    """The tree of every figure of the published day, by the names outside."""
    from briefing.params import RunParams
    from briefing.run.opening import open_trace

    folders = {name: str(published.folder / name) for name in ("inbox", "outputs", "params")}
    day, _code, tracer = open_trace(RunParams.checked({"report_date": DAY, **folders}))
    return [day.campaign.naming.record(step.to_json()) for step in tracer.all()]


def test_every_number_of_communes_csv_is_traced_and_equals_the_table(published, traced):
    table = published.table("communes").set_index("unit_code")
    found = {(t["key"], t["column"]): t["value"] for t in traced if t["table"] == "communes"}

    assert {column for _unit, column in found} == COLUMNS
    for unit, row in table.iterrows():
        for column in COLUMNS:
            value = found[unit, column]
            assert (value is None) == bool(pd.isna(row[column]))
            assert value is None or round(value, 6) == pytest.approx(row[column])


@pytest.mark.parametrize("name", ["town", "headline", "agencies"])
def test_every_number_of_the_other_tables_is_traced_and_equals_the_table(published, traced, name):
    table = published.table(name)
    key = "agency_code" if name == "agencies" else None
    rows = table.set_index(key) if key else table.tail(1).set_axis(["HN"])
    found = [t for t in traced if t["table"] == name]

    assert found
    for one in found:
        told = rows.at[one["key"], one["column"]]
        assert (one["value"] is None) == bool(pd.isna(told)), one
        assert one["value"] is None or round(one["value"], 6) == pytest.approx(told)


def test_every_number_adds_up_from_its_parts(traced):
    assert [t["column"] for t in traced if not t.get("adds_up", True)] == []


@pytest.mark.slow
def test_every_cell_that_is_named_holds_in_its_file_what_is_said_of_it(published, traced):
    checked = 0
    for top in traced:
        for node in nodes(top):
            source = node.get("source", {})
            if not source.get("file") or source["file"].startswith("params/"):
                continue
            path = published.inbox / source["file"]
            if node["rule"] == "phones":
                cells = [v for v in cell_values(path, source["where"]) if v]
                assert len({as_count(v) for v in cells}) >= node["value"]
            elif node.get("parts") and node["rule"] in ("sum", "same"):
                cells = [p["source"]["where"] for p in node["parts"] if "source" in p]
                values = [as_count(cell_values(path, cell)[0]) for cell in cells]
                assert sum(values) == node["value"], (path.name, cells)
                checked += len(cells)
    assert checked > 1000


def test_a_denominator_is_on_the_line_of_the_params_that_is_named(published):
    (denominator,) = [
        p for p in trace(published, "--unit", UNIT, "coverage")["parts"]
        if p["column"] == "smartphone_owners"
    ]  # fmt: skip
    lines = (published.folder / denominator["source"]["file"]).read_text("utf-8-sig").splitlines()
    line = lines[int(denominator["source"]["where"].removeprefix("line ")) - 1].split(",")

    assert (line[0], line[6]) == (UNIT, str(denominator["value"]))


def test_the_terminal_tells_the_figure_its_file_its_cells_and_that_it_adds_up(published):
    done = published.briefing("trace", "--date", DAY, "--unit", UNIT, "installs_cumulative")
    value = published.table("communes").set_index("unit_code").at[UNIT, "installs_cumulative"]
    lines = done.out.splitlines()

    assert done.code == 0
    figure = f"{value:,.0f}".replace(",", ".")
    assert lines[0] == f"Lũy kế đã cài đặt – Phường Bồng Sơn, 16/8/2021 = {figure}"
    assert "“16.8/" in lines[1] and "nhận lúc" in lines[1] and "tổng của:" in lines[1]
    assert "ô E12: " in lines[2]
    assert lines[-1] == "✓ Tính lại từ các thành phần: khớp."


@pytest.mark.slow
def test_without_a_unit_the_whole_is_meant_and_its_reports_are_told_in_one_line_each(published):
    done = published.briefing("trace", "--date", DAY, "installs_cumulative")

    assert done.out.startswith("Lũy kế đã cài đặt – Toàn thị xã, 16/8/2021 = ")
    assert done.out.count("Lũy kế đã cài đặt – ") >= 18
    assert len(done.out.splitlines()) < 60


def test_an_agency_is_traced_by_its_code(published):
    done = published.briefing("trace", "--date", DAY, "--unit", "CQ004", "coverage")

    assert done.out.startswith("Tỷ lệ – Phòng Tư pháp = 33,33%")


@pytest.mark.parametrize(
    ("arguments", "known"),
    [(("--unit", "99999", "coverage"), "21640"), (("--unit", UNIT, "cover"), "coverage_change")],
)
def test_what_is_not_known_ends_with_code_2_and_the_names_that_are(published, arguments, known):
    done = published.briefing("trace", "--date", DAY, *arguments)

    assert (done.code, done.out) == (2, "")
    assert known in done.err


def test_a_figure_that_is_not_known_is_told_as_such(published):
    table = published.table("communes")
    unit = table.loc[table["installs_new"].isna(), "unit_code"].iloc[0]
    done = published.briefing("trace", "--date", DAY, "--unit", unit, "installs_new")

    assert done.code == 0
    assert done.out.splitlines()[1] == "Chưa có: không báo cáo nào cho số liệu này."


@pytest.mark.slow
@pytest.mark.parametrize("name", ["Bồng Sơn", "phường bồng sơn", "Bong Son"])
def test_a_unit_is_known_by_its_name_as_well_as_by_its_code(published, name):
    by_name = trace(published, "--unit", name, "installs_cumulative")

    assert by_name == trace(published, "--unit", UNIT, "installs_cumulative")


def test_a_unit_that_nobody_is_called_is_answered_with_the_nearest(published):
    done = published.briefing("trace", "--date", DAY, "--unit", "Bong Sonn", "coverage")

    assert done.code == 2
    assert "--unit Bong Sonn" in done.err and "21640 (Phường Bồng Sơn)" in done.err


def test_a_day_on_the_command_line_that_cannot_be_is_not_said_to_stand_in_a_file(published):
    outside = published.briefing("daily", "--date", "2021-09-16")
    turned = published.briefing("daily", "--date", "16/8/2021")

    assert (outside.code, turned.code) == (2, 2)
    assert outside.err.startswith("dòng lệnh") and "daily.yaml" not in outside.err
    assert "năm trước, ví dụ “2021-08-16”" in turned.err
