"""The forms that are handed out: what is on them, and that a right one has no finding."""

import io
import zipfile
from dataclasses import replace
from datetime import date

import pytest
from click.testing import CliRunner
from docx import Document
from openpyxl import load_workbook

from briefing.cli import main
from briefing.forms import (
    daily_document,
    daily_workbook,
    next_report_day,
    once_document,
    once_workbook,
    write_forms,
)
from briefing.forms.folder import file_name, form_content
from briefing.forms.wording import Form, daily_form, letter, once_form
from briefing.intake.detection.own_papers import FormMark, read_mark
from briefing.intake.reader import Reader
from briefing.intake.submission import Submission
from briefing.params import Campaign
from briefing.params.readings import Override
from tests.forms import filling
from tests.forms.filling import CODE, rows

PARAMS = "params"
DAY = date(2021, 8, 17)
COUNTS = [45, 38, 52, 17, 60, 9, 31]


@pytest.fixture(scope="module")
def campaign(pytestconfig) -> Campaign:
    return Campaign.load(pytestconfig.rootpath / PARAMS)


@pytest.fixture(scope="module")
def reader(campaign) -> Reader:
    return Reader(campaign, b"a key of the tests")


def read(reader: Reader, content: bytes, file: str) -> Submission:
    (report,) = reader.read(content, file)
    return report


def make(form: Form, kind: str) -> bytes:
    once = form.mark.form == "mau01"
    makers = {
        "xlsx": once_workbook.workbook if once else daily_workbook.workbook,
        "docx": once_document.document if once else daily_document.document,
    }
    return form_content(form, makers[kind])


def fill_daily(form: Form, kind: str, values, day: date | None = None) -> bytes:
    people = rows(values, form.places)
    if kind == "xlsx":
        return filling.daily_sheet(make(form, kind), people, day)
    said = f"(ngày {day.day} tháng {day.month} năm {day.year})" if day else None
    return filling.daily_text(make(form, kind), people, said)


def fill_once(form: Form, kind: str, **how) -> bytes:
    fill = filling.once_sheet if kind == "xlsx" else filling.once_text
    return fill(make(form, kind), **how)


def changed(campaign: Campaign, **values: object) -> Campaign:
    """The campaign with other values; what it has worked out of the old ones is forgotten."""
    fields = {name: getattr(campaign, name) for name in type(campaign).model_fields}
    return Campaign.model_construct(**fields | values)


def reading_as(campaign: Campaign, reading: str) -> Campaign:
    return changed(
        campaign, readings={campaign.unit_rows[0].unit_code: (Override(reading=reading),)}
    )


def first_daily(campaign: Campaign, reading: str = "per_person") -> Form:
    return daily_form(reading_as(campaign, reading), campaign.unit_rows[0], DAY)


# Filled in correctly, nothing is found


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["xlsx", "docx"])
def test_every_units_form_filled_in_correctly_has_no_finding(reader, campaign, kind):
    for unit in campaign.unit_rows:
        form = daily_form(campaign, unit, DAY)
        report = read(reader, fill_daily(form, kind, COUNTS), f"{file_name(form)}.{kind}")

        assert report.findings == ()
        assert (report.unit_code, report.report_date) == (unit.unit_code, DAY)
        assert (report.reading, report.reading_confidence) == ("per_person", "high")
        assert report.facts == {
            "numerator_cumulative": 252, "numerator_new": None, "distinct_phones": 7,
        }  # fmt: skip
        assert report.rows_read == report.rows_used == 7


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["xlsx", "docx"])
def test_an_agencys_form_filled_in_correctly_has_no_finding(reader, campaign, kind):
    posted = filling.photo()
    for body in campaign.body_rows[:: 3 if kind == "docx" else 6]:
        form = once_form(campaign, body, DAY)
        content = fill_once(form, kind, posted=posted)
        report = read(reader, content, f"{file_name(form)}.{kind}")

        assert report.findings == ()
        assert (report.form, report.unit_code) == ("mau01", body.body_code)
        assert report.report_date == DAY
        assert report.facts == {
            "staff_total": 45, "staff_denominator": 43, "staff_numerator": 40, "qr_code": CODE,
            "qr_creator_phone": "0912xxx678", "qr_photo": True, "qr_photo_decoded": CODE,
        }  # fmt: skip


@pytest.mark.parametrize("kind", ["xlsx", "docx"])
def test_the_file_may_be_called_anything_and_the_day_be_changed(reader, campaign, kind):
    form = daily_form(campaign, campaign.unit_rows[0], DAY)
    content = fill_daily(form, kind, COUNTS, date(2021, 8, 19))
    report = read(reader, content, f"ban cuoi cung (2).{kind}")

    assert report.findings == ()
    assert (report.unit_code, report.report_date) == (form.mark.unit_code, date(2021, 8, 19))


@pytest.mark.parametrize("kind", ["xlsx", "docx"])
@pytest.mark.parametrize(
    ("reading", "values", "numerator"),
    [
        ("per_person", [1, 2, 3, 4, 5, 6, 7], 28),  # by its shape a list of everybody
        ("per_person", [30] * 6, 180),  # by its shape one total, said in each row
        ("per_place", [45, 38, 52], 135),
        ("roster_all", [None] * 8, 8),
        ("running", [101, 102, 103, 104], 104),
        ("total", [5432, None, None], 5432),
        ("flag", ["x", None, "x", "x"], 3),
        ("ratio", ["35/120", "40/90", "12/33"], 87),
    ],
)
def test_the_reading_that_a_form_states_is_certain(campaign, kind, reading, values, numerator):
    form = first_daily(campaign, reading)
    report = read(Reader(form.campaign, b"k"), fill_daily(form, kind, values), f"a.{kind}")

    assert report.findings == ()
    assert (report.reading, report.reading_confidence) == (reading, "high")
    assert report.facts["numerator_cumulative"] == numerator


@pytest.mark.parametrize("kind", ["xlsx", "docx"])
@pytest.mark.parametrize(
    ("reading", "values", "new"), [("roster_today", [None] * 8, 8), ("increment", [4, 0, 3], 7)]
)
def test_a_form_that_asks_for_the_days_figures_gives_them_without_a_word(
    campaign, kind, reading, values, new
):
    form = first_daily(campaign, reading)
    report = read(Reader(form.campaign, b"k"), fill_daily(form, kind, values), f"a.{kind}")

    assert report.findings == ()
    assert (report.reading, report.reading_confidence) == (reading, "high")
    assert report.facts["numerator_new"] == new


def test_a_reading_set_in_params_later_goes_before_the_one_on_the_form(campaign):
    form = first_daily(campaign, "per_person")
    later = reading_as(campaign, "running")
    report = read(Reader(later, b"k"), fill_daily(form, "xlsx", [3, 4, 5, 6]), "a.xlsx")

    assert (report.reading, report.facts["numerator_cumulative"]) == ("running", 6)


def test_more_rows_than_the_form_has_are_read_too(reader, campaign):
    form = first_daily(campaign)
    values = list(range(10, 10 + daily_document.ROWS + 5))
    report = read(reader, fill_daily(form, "docx", values), "a.docx")

    assert report.facts["numerator_cumulative"] == sum(values)


@pytest.mark.parametrize("kind", ["xlsx", "docx"])
@pytest.mark.parametrize("count", [1, 3, 70])
def test_a_form_has_as_many_rows_as_asked_for(campaign, kind, count):
    content = make(replace(first_daily(campaign), rows=count), kind)
    if kind == "xlsx":
        column = load_workbook(io.BytesIO(content)).worksheets[0]["A"]
        numbers = [cell.value for cell in column[daily_workbook.FIRST - 1 :]]
    else:
        numbers = [cell.text for cell in Document(io.BytesIO(content)).tables[-1].columns[0].cells]

    assert [int(n) for n in numbers if str(n).isdigit()] == list(range(1, count + 1))


@pytest.mark.parametrize("kind", ["xlsx", "docx"])
def test_a_form_that_a_unit_has_retyped_carries_no_mark_and_is_read_by_its_words(
    reader, campaign, kind
):
    form = replace(first_daily(campaign), retyped=True, rows=7)
    content = make(form, kind)
    people = rows(COUNTS, form.places)
    fill = filling.daily_sheet if kind == "xlsx" else filling.daily_text
    report = read(reader, fill(content, people), f"a.{kind}")

    assert read_mark(content, campaign) is None
    assert (report.unit_code, report.report_date) == (form.mark.unit_code, DAY)
    assert report.facts["numerator_cumulative"] == 252


# Not filled in


@pytest.mark.parametrize("kind", ["xlsx", "docx"])
@pytest.mark.parametrize("reading", sorted(letter()["readings"]))
def test_a_daily_form_that_comes_back_unfilled_is_empty_and_nothing_else(campaign, kind, reading):
    form = first_daily(campaign, reading)
    report = read(Reader(form.campaign, b"k"), make(form, kind), f"a.{kind}")

    assert [(f.severity, f.rule) for f in report.findings if f.rule != "percent_only"] == [
        ("error", "empty_report")
    ]
    assert report.unit_code == form.mark.unit_code
    assert report.facts["numerator_cumulative"] is None
    assert report.rows_read == 0


@pytest.mark.parametrize("kind", ["xlsx", "docx"])
def test_a_once_form_that_comes_back_unfilled_is_empty_and_nothing_else(reader, campaign, kind):
    form = once_form(campaign, campaign.body_rows[0], DAY)
    report = read(reader, make(form, kind), f"a.{kind}")

    assert [(f.severity, f.rule) for f in report.findings] == [("error", "empty_report")]
    assert not report.usable and report.blank


# The mark


def test_the_mark_says_form_unit_and_reading_and_fits_a_content_control(campaign):
    for form in [daily_form(campaign, c, DAY) for c in campaign.unit_rows] + [
        once_form(campaign, a, DAY) for a in campaign.body_rows
    ]:
        assert len(form.mark_text) <= 64
    form = first_daily(campaign, "roster_today")
    for kind in ("xlsx", "docx"):
        mark = read_mark(make(form, kind), campaign)
        assert mark == FormMark("mau02", form.mark.unit_code, "roster_today")


@pytest.mark.parametrize("kind", ["xlsx", "docx"])
def test_one_of_the_two_places_of_the_mark_is_enough(campaign, kind):
    form = first_daily(campaign)

    assert read_mark(_without(make(form, kind), "docProps/custom.xml"), campaign) == form.mark


def _without(content: bytes, name: str) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(stream, "w") as new:
        for entry in old.namelist():
            if entry != name:
                new.writestr(entry, old.read(entry))
    return stream.getvalue()


def _with_mark(content: bytes, old: str, new: str) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(stream, "w") as target:
        for entry in source.namelist():
            target.writestr(entry, source.read(entry).replace(old.encode(), new.encode()))
    return stream.getvalue()


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("briefing-form:1:", "briefing-form:99:"),
        (":mau02:", ":mau07:"),
        (":per_person:", "::"),
        ("briefing-form:1:", "form:"),
    ],
)
def test_a_broken_mark_is_no_mark_and_the_report_is_read_like_any_other(reader, campaign, old, new):
    form = first_daily(campaign)
    content = _with_mark(fill_daily(form, "xlsx", COUNTS), old, new)

    assert read_mark(content, campaign) is None
    report = read(reader, content, "a.xlsx")
    assert (report.unit_code, report.facts["numerator_cumulative"]) == (form.mark.unit_code, 252)


def test_the_mark_of_another_campaign_or_of_nobody_known_is_no_mark(campaign):
    form = first_daily(campaign)
    other = changed(campaign, code="another-campaign")

    assert read_mark(make(form, "xlsx"), other) is None
    unknown = _with_mark(make(form, "xlsx"), f":{form.mark.unit_code}:", ":00000:")
    assert read_mark(unknown, campaign) is None


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 broken", b"briefing-form:1:mau02:x:-:0"])
def test_bytes_of_any_kind_carry_no_mark_and_raise_nothing(campaign, content):
    assert read_mark(content, campaign) is None


def test_marks_of_two_units_in_one_file_are_no_mark(campaign):
    first, second = (daily_form(campaign, c, DAY).mark_text for c in campaign.unit_rows[:2])
    content = _with_mark(
        _with_mark(make(first_daily(campaign), "xlsx"), first, f"{first} {second}"), "", ""
    )

    assert read_mark(content, campaign) is None


def test_the_heading_of_another_unit_on_a_form_is_a_conflict_and_is_taken(reader, campaign):
    own, other = campaign.unit_rows[:2]
    form = daily_form(campaign, own, DAY)
    content = _heading(fill_daily(form, "xlsx", COUNTS), other.full_name.upper())
    report = read(reader, content, "a.xlsx")

    assert report.unit_code == other.unit_code
    assert [(f.severity, f.rule) for f in report.findings if f.rule != "place_unknown"] == [
        ("warning", "unit_conflict")
    ]
    (conflict,) = (f for f in report.findings if f.rule == "unit_conflict")
    assert own.full_name in str(conflict.message) and other.full_name in str(conflict.message)


def _heading(content: bytes, text: str | None) -> bytes:
    book = load_workbook(io.BytesIO(content))
    book.worksheets[0]["A3"] = text
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def test_without_a_heading_the_mark_says_whose_report_it_is(reader, campaign):
    form = first_daily(campaign)
    report = read(reader, _heading(fill_daily(form, "xlsx", COUNTS), None), "a.xlsx")

    assert report.unit_code == form.mark.unit_code
    assert report.findings == ()


def test_the_mark_goes_before_the_files_name_which_is_then_a_conflict(reader, campaign):
    form = first_daily(campaign)
    content = _heading(fill_daily(form, "xlsx", COUNTS), None)
    other = campaign.unit_rows[1].full_name
    report = read(reader, content, f"{other}.xlsx")

    assert report.unit_code == form.mark.unit_code
    assert [f.rule for f in report.findings] == ["unit_conflict"]


def test_a_form_whose_table_was_deleted_is_still_known_by_its_mark(reader, campaign):
    form = first_daily(campaign)
    document = Document(io.BytesIO(make(form, "docx")))
    table = document.tables[-1]._tbl
    table.getparent().remove(table)
    stream = io.BytesIO()
    document.save(stream)
    report = read(reader, stream.getvalue(), "a.docx")

    assert (report.form, report.unit_code) == ("mau02", form.mark.unit_code)
    assert [f.rule for f in report.findings] == ["form_unknown"]


# What is on them


def test_what_is_printed_is_locked_and_what_is_filled_in_is_open(campaign):
    sheet = load_workbook(io.BytesIO(make(first_daily(campaign), "xlsx"))).worksheets[0]

    assert sheet.protection.sheet and not sheet.protection.password
    assert not sheet.protection.insertRows  # may be done
    for cell in ("A2", "A3", "C2", "C5", "A7", "A10", "A11", "E11", "E72"):
        assert sheet[cell].protection.locked, cell
    for cell in ("A9", "A12", "B12", "C40", "D71", "E71"):
        assert not sheet[cell].protection.locked, cell


def test_hamlets_are_chosen_from_a_sheet_that_nobody_sees(campaign):
    form = first_daily(campaign)
    book = load_workbook(io.BytesIO(make(form, "xlsx")))
    listed = book.worksheets[1]
    rules = {str(rule.sqref): rule for rule in book.worksheets[0].data_validations.dataValidation}

    assert listed.sheet_state == "veryHidden"
    assert [cell.value for cell in listed["A"]] == list(form.places)
    assert rules["C12:C71"].type == "list"
    assert rules["C12:C71"].formula1 == f"'{listed.title}'!$A$1:$A${len(form.places)}"


def test_phones_stay_text_and_numbers_must_be_whole(campaign):
    sheet = load_workbook(io.BytesIO(make(first_daily(campaign), "xlsx"))).worksheets[0]
    rules = {str(rule.sqref): rule for rule in sheet.data_validations.dataValidation}

    assert sheet["D12"].number_format == "@"
    assert 'LEN(D12)=10,LEFT(D12,1)="0"' in rules["D12:D71"].formula1
    assert (rules["E12:E71"].type, rules["E12:E71"].operator) == ("whole", "greaterThanOrEqual")
    assert {rule.errorStyle for rule in rules.values() if rule.type != "list"} == {"stop"}


def test_a_unit_without_known_hamlets_gets_a_form_without_a_list(campaign):
    bare = changed(campaign, place_rows=())
    form = daily_form(bare, bare.unit_rows[0], DAY)

    assert len(load_workbook(io.BytesIO(make(form, "xlsx"))).worksheets) == 1
    report = read(Reader(bare, b"k"), fill_daily(form, "docx", COUNTS), "a.docx")
    assert report.findings == ()


@pytest.mark.slow
def test_each_reading_is_stated_on_its_form_in_the_offices_words(campaign):
    for reading, text in letter()["readings"].items():
        form = first_daily(campaign, reading)
        sheet = load_workbook(io.BytesIO(make(form, "xlsx"))).worksheets[0]
        document = Document(io.BytesIO(make(form, "docx")))

        assert sheet["A10"].value == text
        assert text in [paragraph.text for paragraph in document.paragraphs]


@pytest.mark.slow
def test_the_rows_are_added_up_only_where_their_sum_means_something(campaign):
    with_total = set()
    for reading in letter()["readings"]:
        sheet = load_workbook(io.BytesIO(make(first_daily(campaign, reading), "xlsx"))).worksheets[
            0
        ]
        if any(cell.value == "Tổng cộng" for cell in sheet["A"]):
            with_total.add(reading)

    assert with_total == {"per_person", "per_place", "increment", "flag"}


# The folder


def test_the_folder_holds_both_forms_of_everybody_in_excel_and_word(campaign, tmp_path):
    units, bodies = campaign.unit_rows[:2], campaign.body_rows[:1]
    small = changed(campaign, unit_rows=units, body_rows=bodies)
    written = write_forms(tmp_path, small, DAY)
    unit, body = small.unit_rows[0].full_name, small.body_rows[0].name

    assert len(written) == 6
    assert written[0] == tmp_path / "Mẫu 02" / f"Mẫu 02 - {unit}.xlsx"
    assert written[-2] == tmp_path / "Mẫu 01" / f"Mẫu 01 - {body}.docx"
    assert all(path.exists() for path in written)


def test_the_same_forms_come_out_byte_for_byte(campaign):
    forms = [first_daily(campaign), once_form(campaign, campaign.body_rows[0], DAY)]
    for form in forms:
        for kind in ("xlsx", "docx"):
            first = make(form, kind)
            with zipfile.ZipFile(io.BytesIO(first)) as archive:
                assert {entry.date_time[:3] for entry in archive.infolist()} == {(1980, 1, 1)}
            assert make(form, kind) == first


@pytest.mark.parametrize(
    ("today", "day"),
    [
        ("2021-08-10", "2021-08-16"),
        ("2021-08-15", "2021-08-16"),
        ("2021-08-16", "2021-08-17"),
        ("2021-08-21", "2021-08-22"),
        ("2021-08-22", "2021-08-16"),
        ("2026-01-01", "2021-08-16"),
    ],
)
def test_a_form_is_about_the_next_day_that_is_due(campaign, today, day):
    found = next_report_day(campaign, date.fromisoformat(today))

    assert found == date.fromisoformat(day)


def test_a_name_that_no_system_takes_for_a_file_is_made_one(campaign):
    body = campaign.body_rows[0].model_copy(update={"name": 'Đội 1/2: "Thuế"'})

    assert file_name(once_form(campaign, body, DAY)) == "Mẫu 01 - Đội 1-2- -Thuế-"


@pytest.mark.slow
def test_the_command_writes_the_forms_of_a_day_and_says_how_many(pytestconfig, tmp_path):
    params = str(pytestconfig.rootpath / PARAMS)
    run = CliRunner().invoke(
        main, ["forms", str(tmp_path), "--date", "2021-08-18", "--params", params]
    )

    assert run.exit_code == 0, run.output
    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert str(len(files)) in run.stderr
    sheet = load_workbook(next((tmp_path / "Mẫu 02").glob("*.xlsx"))).worksheets[0]
    assert sheet["A9"].value.date() == date(2021, 8, 18)


def test_a_day_outside_the_campaign_is_wrong_usage(pytestconfig, tmp_path):
    params = str(pytestconfig.rootpath / PARAMS)
    run = CliRunner().invoke(
        main, ["forms", str(tmp_path), "--date", "2022-01-01", "--params", params]
    )

    assert run.exit_code == 2
    assert not list(tmp_path.iterdir())


# After another program has saved them


@pytest.mark.slow
@pytest.mark.needs("soffice", "localc")
def test_forms_saved_by_libreoffice_keep_their_mark_and_have_no_finding(reader, campaign, tmp_path):
    posted = filling.photo()
    daily = daily_form(campaign, campaign.unit_rows[2], DAY)
    once = once_form(campaign, campaign.body_rows[6], DAY)
    files = {
        "xlsx": {
            "a.xlsx": fill_daily(daily, "xlsx", COUNTS),
            "b.xlsx": fill_once(once, "xlsx", posted=posted),
        },
        "docx": {
            "c.docx": fill_daily(daily, "docx", COUNTS),
            "d.docx": fill_once(once, "docx", posted=posted),
        },
    }
    for kind, own in files.items():
        for to in (
            kind,
            {"xlsx": "ods", "docx": "odt"}[kind],
            {"xlsx": "xls", "docx": "doc"}[kind],
        ):
            for name, content in filling.saved_again(tmp_path, own, to).items():
                form = daily if name in ("a.xlsx", "c.docx") else once
                if to != "doc":
                    assert read_mark(content, campaign) == form.mark, (name, to)
                report = read(reader, content, f"{name.partition('.')[0]}.{to}")
                found = [f.rule for f in report.findings]
                allowed = {"qr_photo_missing"} if to in ("doc", "xls") else set()
                assert set(found) <= allowed, (name, to, report.findings)
                assert report.unit_code == form.mark.unit_code
