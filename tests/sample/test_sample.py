"""The illustrative campaign: what it promises to everything that is built and shown on it."""

from __future__ import annotations

import csv
import hashlib
import re
import zipfile
from collections import Counter
from datetime import date, datetime
from functools import cache
from pathlib import Path

import docx
import openpyxl
import pytest
from docx.oxml.ns import qn
from tests.run import conftest

from briefing.errors import ParamsError, RunError
from briefing.language import language
from briefing.params import Campaign
from briefing.register.arrivals import ILLUSTRATIVE
from briefing.sample import campaign_truth, write_sample
from briefing.sample.plan import readings_of

ROOT = Path(__file__).parents[2]
illustrative_inbox = conftest.illustrative_inbox  # a fixture, for this module too
PEAK = "2021-08-16"
BASELINE = "2021-08-14"


@pytest.fixture(scope="module")
def campaign():
    return Campaign.load(ROOT / "params")


@pytest.fixture(scope="module")
def sample(campaign, tmp_path_factory):
    return write_sample(tmp_path_factory.mktemp("sample") / "inbox", campaign)


@pytest.fixture(scope="module")
def truth(campaign):
    return campaign_truth(campaign)


def digests(inbox: Path) -> dict[str, str]:
    return {
        path.relative_to(inbox).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in inbox.rglob("*")
        if path.is_file()
    }


def received(inbox: Path) -> dict[str, datetime]:
    with (inbox / "received.csv").open(encoding="utf-8", newline="") as stream:
        rows = csv.DictReader(stream)
        return {row["path"]: datetime.fromisoformat(row["received_at"]) for row in rows}


@cache
def workbook(path: Path) -> openpyxl.Workbook:
    """To be read only, as `document`."""
    return openpyxl.load_workbook(path)


@cache
def document(path: Path) -> docx.document.Document:
    return docx.Document(path)


def cell_at(inbox: Path, file: str, where: str):
    """The value at an address as `briefing check` writes it."""
    if "!" in where:
        sheet, address = where.split("!")
        return workbook(inbox / file)[sheet][address].value
    numbers = [int(number) for number in re.findall(r"\d+", where)]
    report = document(inbox / file)
    if where.startswith("paragraph"):
        return typed(report.paragraphs[numbers[0] - 1]._p)
    table, row, column = numbers
    return report.tables[table - 1].cell(row - 1, column - 1).text


def typed(place) -> str:
    """The text of a paragraph or cell with that of the form's controls in it."""
    return "".join(text.text or "" for text in place.iter(qn("w:t")))


def column_at(inbox: Path, file: str, where: str) -> list:
    """All values of the column that an address lies in."""
    if "!" in where:
        sheet, address = where.split("!")
        letter = re.match(r"[A-Z]+", address)[0]
        return [cell.value for cell in workbook(inbox / file)[sheet][letter]]
    table, _, column = (int(number) for number in re.findall(r"\d+", where))
    cells = document(inbox / file).tables[table - 1].column_cells(column - 1)
    return [cell.text for cell in cells]


def digits(value) -> str:
    return re.sub(r"\D", "", str(value)).lstrip("0")


def whole_number(value) -> int | None:
    return int(value) if str(value).isdigit() else None


def mistakes(sample, rule: str) -> list:
    found = [item for item in sample.seeded if item.rule == rule]
    assert found, f"no {rule} seeded"
    return found


def numbers_under(inbox: Path, file: str, heading: str) -> list[int]:
    """The whole numbers below a heading, by row, of the first sheet or last framed table."""
    path = inbox / file
    if path.suffix == ".xlsx":
        rows = [list(row) for row in workbook(path).worksheets[0].values]
    else:
        tables = document(path).tables
        rows = next(
            texts
            for texts in ([[c.text for c in row.cells] for row in t.rows] for t in tables)
            if any(heading in row for row in texts)
        )
    top = next(i for i, row in enumerate(rows) if heading in row)
    at = rows[top].index(heading)
    values = [row[at] for row in rows[top + 1 :]]
    return [int(v) for v in values if v is not None and str(v).isdigit()]


def is_short(phone) -> bool:
    return str(phone).startswith("0") and len(re.sub(r"\D", "", str(phone))) == 9


PHONE_HEADINGS = {"Số điện thoại", "Số ĐT", "SĐT", "Điện thoại", "So dien thoai", "ĐTDĐ"}
VALUE_HEADINGS = {
    "Lũy kế đến thời điểm hiện tại",
    "Luỹ kế đến thời điểm hiện tại",
    "Lũy kế",
    "Lũy kế đến nay",
    "LK",
    "Luy ke",
    "Cộng dồn",
}


def table_of(path: Path) -> tuple[list[tuple], int | None]:
    """(phone, value) of each row of a Mẫu 02, and the value of its total row."""
    if path.suffix == ".xlsx":
        grid = [list(row) for row in workbook(path).worksheets[0].values]
    else:
        table = document(path).tables[1]
        width, cells = len(table.columns), [cell.text for cell in table._cells]
        grid = [cells[i : i + width] for i in range(0, len(cells), width)]
    heads = [{str(value) for value in row} for row in grid]
    phone = next(i for row in grid for i, v in enumerate(row) if v in PHONE_HEADINGS)
    top = next(i for i, head in enumerate(heads) if head & VALUE_HEADINGS)
    at = next(i for i, value in enumerate(grid[top]) if value in VALUE_HEADINGS)
    body = grid[top + 1 :]
    rows = [(row[phone], whole_number(row[at])) for row in body if digits(row[phone])]
    rest = [whole_number(row[at]) for row in body if not digits(row[phone])]
    total = [value for value in rest if value is not None]
    return rows, total[0] if total else None


@pytest.mark.slow
def test_two_runs_give_the_same_bytes(campaign, tmp_path):
    first, second = (
        write_sample(tmp_path / name, campaign, until=date(2021, 8, 11)) for name in ("a", "b")
    )

    assert digests(tmp_path / "a") == digests(tmp_path / "b")
    assert first.seeded == second.seeded


@pytest.mark.slow
def test_another_process_gives_the_same_bytes(sample, illustrative_inbox):
    assert digests(illustrative_inbox) == digests(sample.folder)


def test_with_fewer_than_four_units_each_counts_per_person():
    assert readings_of([300, 200, 100]) == ["per_person"] * 3
    assert {*readings_of([400, 300, 200, 100])} > {"per_person"}


def test_the_town_stands_at_the_published_coverage_on_the_baseline_day(truth, campaign):
    denominator = campaign.units["denominator"].sum()
    day = truth[truth["date"] == BASELINE]

    assert day["numerator_cumulative"].sum() == round(campaign.baseline.coverage * denominator)
    assert round(day["numerator_cumulative"].sum() / denominator, 4) == 0.4285
    assert (day["status"] == "on_time").all() and (day["files"] == 1).all()


def test_the_path_is_credible_and_most_communes_miss_the_first_target(campaign):
    table = campaign_truth(campaign, until=date(2021, 8, 30))
    denominator = campaign.units.set_index("unit_code")["denominator"]
    wide = table.pivot(index="date", columns="unit_code", values="numerator_actual").astype(int)
    whole = wide.sum(axis=1) / denominator.sum()
    on_target_day = wide.loc["2021-08-20"] / denominator

    assert 0.37 <= whole.iloc[0] <= 0.39
    assert (wide.diff().dropna() >= 1).all(axis=None)
    assert whole.loc["2021-08-16":"2021-08-20"].diff().dropna().between(0.014, 0.026).all()
    assert whole.loc["2021-08-20"] < 0.60
    assert 1 <= (on_target_day >= 0.60).sum() <= 5
    assert (wide.loc[BASELINE] / denominator).between(0.27, 0.62).all()


def test_the_peak_day_has_late_missing_empty_and_unreadable_reports(truth):
    statuses = Counter(truth[truth["date"] == PEAK]["status"])

    assert statuses == {"on_time": 9, "late": 4, "missing": 2, "empty": 1, "unreadable": 1}


@pytest.mark.slow
def test_every_report_that_came_is_a_file_and_no_other(sample, truth):
    files = received(sample.folder)
    bodies = [path for path in files if path.startswith("co quan/")]

    assert sample.files == len(files) == truth["files"].sum() + len(bodies)
    assert set(digests(sample.folder)) == {*files, "received.csv", ILLUSTRATIVE}
    assert sample.bodies == len(bodies) == 43
    assert 0.6 <= sum(path.endswith(".xlsx") for path in set(files) - set(bodies)) / 113 <= 0.72


def test_arrivals_agree_with_status_deadline_and_file_times(sample, truth, campaign):
    files = received(sample.folder)
    late = truth["status"] == "late"
    clock = truth["received_at"].dropna().map(lambda at: at.time())

    assert all(at.utcoffset().total_seconds() == 7 * 3600 for at in files.values())
    assert all((sample.folder / p).stat().st_mtime == at.timestamp() for p, at in files.items())
    assert (clock[late] > campaign.reporting.deadline).all()
    assert (clock[~late.loc[clock.index]] < campaign.reporting.deadline).all()


def test_the_files_carry_no_trace_of_when_they_were_really_made(sample):
    for path in sample.folder.rglob("*.*x"):
        if not zipfile.is_zipfile(path):
            continue
        with zipfile.ZipFile(path) as archive:
            assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
            assert set(re.findall(rb"(20\d\d)-\d\d-\d\dT", archive.read("docProps/core.xml"))) == {
                b"2021"
            }


def test_the_inbox_says_in_vietnamese_that_it_is_illustrative(sample, tmp_path):
    text = (sample.folder / ILLUSTRATIVE).read_text(encoding="utf-8")

    assert "SỐ LIỆU MINH HỌA" in text and "giả lập" in text


def test_a_folder_with_a_file_of_somebody_else_is_refused_untouched(campaign, tmp_path):
    (tmp_path / "2021-08-16").mkdir()
    (tmp_path / "2021-08-16" / "BC that.xlsx").write_bytes(b"real")

    with language("en"), pytest.raises(RunError, match=r"BC that\.xlsx.*Give an empty folder"):
        write_sample(tmp_path, campaign)

    assert list(digests(tmp_path)) == ["2021-08-16/BC that.xlsx"]


def test_a_sample_that_somebody_edited_is_refused_untouched(campaign, tmp_path):
    sample = write_sample(tmp_path, campaign, until=campaign.dates.start, units=4)
    edited = tmp_path / next(iter(received(sample.folder)))
    edited.write_bytes(b"edited by hand")
    before = digests(tmp_path)

    with language("en"), pytest.raises(RunError, match="changed since"):
        write_sample(tmp_path, campaign)

    assert digests(tmp_path) == before


@pytest.mark.slow
def test_it_replaces_its_own_output_and_leaves_nothing_of_it_behind(campaign, tmp_path):
    write_sample(tmp_path / "a", campaign, until=date(2021, 8, 11), units=5)
    write_sample(tmp_path / "a", campaign, until=date(2021, 8, 10), units=4)
    write_sample(tmp_path / "b", campaign, until=date(2021, 8, 10), units=4)

    assert digests(tmp_path / "a") == digests(tmp_path / "b")
    assert [p.name for p in (tmp_path / "a").iterdir() if p.is_dir()] == ["2021-08-10"]


def test_a_file_in_place_of_the_folder_is_refused(campaign, tmp_path):
    (tmp_path / "inbox").write_text("")

    with language("en"), pytest.raises(RunError, match="is a file, not a folder"):
        write_sample(tmp_path / "inbox", campaign)


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ({"units": 18}, "units=18: the params hold 17 units; ask for 1 to 17"),
        ({"units": 0}, "units=0"),
        ({"until": date(2021, 9, 1)}, "until=2021-09-01: outside .* 2021-08-10 to 2021-08-30"),
        ({"until": date(2021, 8, 9)}, "until=2021-08-09"),
        ({"rows": 0}, "rows=0: must be 1 or more"),
    ],
)
def test_what_the_params_do_not_hold_is_refused(campaign, tmp_path, asked, told):
    with language("en"), pytest.raises(ParamsError, match=told):
        write_sample(tmp_path, campaign, **asked)

    assert not digests(tmp_path)


@pytest.mark.slow
def test_fewer_communes_are_the_first_ones_with_the_same_files(sample, campaign, tmp_path):
    write_sample(tmp_path, campaign, units=3, until=date(2021, 8, 11))
    whole, part = digests(sample.folder), digests(tmp_path)

    assert set(part) < set(whole)
    assert all(whole[p] == d for p, d in part.items() if p not in ("received.csv", ILLUSTRATIVE))
    assert len([path for path in part if path.startswith("2021-08-10")]) == 3


@pytest.mark.slow
def test_every_usable_report_adds_up_to_the_truth_under_its_reading(sample, truth):
    """Read here by hand, independently of the intake; a row is what has a phone."""
    usable = truth[truth["status"].isin(["on_time", "late"])]
    assert len(usable) == 110

    for row in usable.itertuples():
        rows, total = table_of(sample.folder / row.file)
        by_phone = {digits(phone): value for phone, value in rows}
        values = [value for _, value in rows]
        adds_up = {
            "per_person": lambda v=by_phone: sum(v.values()),
            "per_place": lambda v=by_phone: sum(v.values()),
            "roster_all": lambda v=by_phone, r=rows: len(v) - sum(is_short(p) for p, _ in r),
            "running": lambda v=values: v[-1],
            "total": lambda v=values, t=total: t if t is not None else v[0],
        }
        assert adds_up[row.reading]() == row.numerator_cumulative, row.file


def test_people_counted_per_person_add_up_to_the_truth(sample, truth):
    day = truth[truth["date"] == BASELINE].set_index("unit_code")["numerator_cumulative"]
    heading = "Lũy kế đến thời điểm hiện tại"

    counts = numbers_under(sample.folder, "2021-08-14/BC Bong Son 14-8.xlsx", heading)

    assert sum(counts) == day["21640"] and len(counts) >= 15


def test_a_total_row_repeats_the_sum_of_the_rows(sample, truth):
    day = truth[truth["date"] == BASELINE].set_index("unit_code")["numerator_cumulative"]
    heading = "Luỹ kế đến thời điểm hiện tại"

    *places, total = numbers_under(
        sample.folder, "2021-08-14/Mau 02 - UBND Phường Hoài Hảo.docx", heading
    )

    assert sum(places) == total == day["21661"]


def test_a_running_list_ends_at_the_truth_and_counts_on(sample, truth):
    days = truth[truth["unit_code"] == "21652"].set_index("date")["numerator_cumulative"]
    file = "2021-08-14/Bao cao Bluezone Xa Hoai Phu ngay 14-8-2021.xlsx"

    values = numbers_under(sample.folder, file, "Lũy kế đến nay")

    assert values == list(range(days["2021-08-13"] + 1, days[BASELINE] + 1))


@pytest.mark.slow
def test_a_roster_has_as_many_distinct_phones_as_the_truth_and_grows_daily(sample, truth):
    days = truth[truth["unit_code"] == "21679"].set_index("date")["numerator_cumulative"]
    seen: set[str] = set()
    for day in range(10, 17):
        folder = f"2021-08-{day}" if day < 16 else "16.8"
        file = f"{folder}/FW_ bao cao cai dat Bluezone Hoai Xuan {day}-8.xlsx"
        found = column_at(sample.folder, file, "Sheet1!D1")
        phones = {d for value in found if len(d := digits(value)) in (9, 10)}
        assert len(phones) == days[f"2021-08-{day}"]
        assert seen < phones
        seen = phones


def test_one_total_is_the_only_value_in_its_column(sample, truth):
    day = truth[truth["date"] == BASELINE].set_index("unit_code")["numerator_cumulative"]

    merged = numbers_under(
        sample.folder,
        "2021-08-14/BC ngày 14 tháng 8 - Phường Hoài Hương.xlsx",
        "Lũy kế đến thời điểm hiện tại",
    )
    in_total_row = numbers_under(
        sample.folder, "2021-08-14/UBND P. Tam Quan Nam - BC ngay 14.8.docx", "Cộng dồn"
    )

    assert merged == [day["21670"]]
    assert in_total_row == [day["21658"]]


def test_campaigners_are_the_same_people_every_day(sample):
    files = [f"2021-08-{day}/BC Bong Son {day}-8.xlsx" for day in range(10, 16)]
    lists = [column_at(sample.folder, file, "Mẫu 02!D1") for file in files]
    phones = [[v for v in column if digits(v).isdigit()] for column in lists]

    assert all(column == phones[0] for column in phones)
    assert len(set(phones[0])) == len(phones[0]) >= 15


def test_every_phone_with_a_digit_missing_is_at_its_cell(sample):
    assert len(mistakes(sample, "phone_invalid")) == 3
    for item in mistakes(sample, "phone_invalid"):
        value = cell_at(sample.folder, item.file, item.where)
        assert str(value).startswith("0") and len(re.sub(r"\D", "", str(value))) == 9, item


def test_every_duplicate_phone_is_at_its_cell_and_stands_once_above(sample):
    assert len(mistakes(sample, "phone_duplicate")) == 4
    for item in mistakes(sample, "phone_duplicate"):
        value = digits(cell_at(sample.folder, item.file, item.where))
        column = [digits(v) for v in column_at(sample.folder, item.file, item.where)]
        assert len(value) >= 9 and column.count(value) == 2, item


def test_the_total_that_does_not_add_up_is_at_its_cell(sample):
    (item,) = mistakes(sample, "total_mismatch")
    heading = "Luỹ kế đến thời điểm hiện tại"

    *rows, total = numbers_under(sample.folder, item.file, heading)

    assert str(total) == cell_at(sample.folder, item.file, item.where)
    assert sum(rows) == total + rows[-1]


def test_the_typo_that_lets_a_cumulative_fall_is_at_its_cell(sample, truth):
    (item,) = mistakes(sample, "cumulative_decrease")
    days = truth[truth["unit_code"] == item.unit_code].set_index("date")
    counts = numbers_under(sample.folder, item.file, "Luy ke")[:-1]  # without the total row
    missing = days.loc["2021-08-15", "numerator_actual"] - sum(counts)
    typed = cell_at(sample.folder, item.file, item.where)

    assert days.loc["2021-08-15", "numerator_cumulative"] == sum(counts)
    assert sum(counts) < days.loc[BASELINE, "numerator_cumulative"]
    assert (typed + missing) // 10 == typed


def test_the_file_named_for_another_day_holds_the_right_one(sample):
    (item,) = mistakes(sample, "date_conflict")
    texts = [
        str(value)
        for row in workbook(sample.folder / item.file).worksheets[0].values
        for value in row
    ]

    assert "15-8-2021" in item.file and item.file.startswith("16.8/")
    assert "Ngày 16 tháng 8 năm 2021" in texts


def test_the_report_sent_twice_comes_back_the_same_evening_with_other_figures(sample, truth):
    (item,) = mistakes(sample, "superseded")
    corrected = item.file.replace(".xlsx", " (sua lai).xlsx")
    heading = "Lũy kế đến thời điểm hiện tại"
    row = truth[(truth["date"] == PEAK) & (truth["unit_code"] == item.unit_code)].iloc[0]
    arrivals = received(sample.folder)

    assert sum(numbers_under(sample.folder, item.file, heading)) == row["numerator_first"]
    assert sum(numbers_under(sample.folder, corrected, heading)) == row["numerator_cumulative"]
    assert row["numerator_first"] < row["numerator_cumulative"]
    assert row["status"] == "on_time" and row["files"] == 2
    assert arrivals[corrected].date() == date(2021, 8, 16) and arrivals[corrected].hour >= 18


def test_the_empty_report_has_its_header_alone(sample):
    (item,) = mistakes(sample, "empty_report")
    report = document(sample.folder / item.file)

    assert [len(table.rows) for table in report.tables][1] == 1
    assert report.tables[1].cell(0, 0).text == "STT"


def test_the_unreadable_file_is_a_truncated_workbook_named_after_its_commune(sample):
    (item,) = mistakes(sample, "file_unreadable")
    content = (sample.folder / item.file).read_bytes()

    assert item.file == "16.8/BC Hoai Thanh 16-8.xlsx"
    assert content.startswith(b"PK")
    with pytest.raises(zipfile.BadZipFile):
        workbook(sample.folder / item.file)


def test_the_late_reports_are_those_of_the_truth(sample, truth):
    late = truth[truth["status"] == "late"]

    assert {(i.unit_code, i.report_date) for i in mistakes(sample, "late")} == {
        (row.unit_code, row.date.date()) for row in late.itertuples()
    }


def test_two_agencies_contradict_themselves_at_the_named_place(sample):
    found = mistakes(sample, "numerator_over_denominator")

    assert len(found) == 2
    for item in found:
        installed = int(re.findall(r"\d+", str(cell_at(sample.folder, item.file, item.where)))[-1])
        line = int(re.findall(r"\d+", item.where)[-1])
        above = re.sub(r"\d+$", str(line - 1), item.where)
        smartphone = cell_at(sample.folder, item.file, above)
        assert installed > int(re.findall(r"\d+", str(smartphone))[-1])


@pytest.mark.slow
def test_a_benchmark_sample_has_workbooks_of_exactly_so_many_rows(campaign, tmp_path):
    size = 120
    sample = write_sample(tmp_path, campaign, until=date(2021, 8, 11), rows=size)
    figures = campaign_truth(campaign, until=date(2021, 8, 11), rows=size)
    files = [p for p in received(tmp_path) if not p.startswith("co quan/")]

    assert len(files) == 2 * 17 and all(path.endswith(".xlsx") for path in files)
    assert (figures["status"] == "on_time").all() and figures["numerator_cumulative"].notna().all()
    assert not [item for item in sample.seeded if not item.file.startswith("co quan/")]
    for path in files:
        sheet = openpyxl.load_workbook(tmp_path / path).worksheets[0]
        phones = [
            cell
            for row in sheet.iter_rows(values_only=True)
            for cell in row
            if 9 <= len(digits(cell)) <= 10 and not re.search(r"[^\d. ]", str(cell))
        ]
        assert len(phones) == size, path


def test_a_later_end_keeps_the_days_before_it_as_they_were(truth, campaign):
    longer = campaign_truth(campaign, until=date(2021, 8, 22))

    assert longer[: len(truth)].equals(truth)
