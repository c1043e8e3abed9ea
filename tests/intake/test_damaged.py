"""Files that are no reports: one finding, and never an error."""

import io
import zipfile

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from making import as_word, bare, lines_of_mau02, mau02, people, word, workbook
from tests.corpus.makers.compound import locked_workbook

GIVEN = settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=80
)
ROWS = people([45, 38, 52])


DAMAGED = {
    "zero bytes": (b"", "empty_report"),
    "nothing but zeros": (b"\0" * 512, "empty_report"),
    "text": ("Kính gửi các đồng chí".encode(), "form_unknown"),
    "half a workbook": (workbook(mau02(ROWS))[:3000], "file_unreadable"),
    "only the start of an archive": (b"PK\x03\x04", "file_unreadable"),
    "an encrypted workbook": (locked_workbook(), "file_encrypted"),
    "an old workbook": (b"\xd0\xcf\x11\xe0" + b"\1" * 512, "file_unreadable"),
    "an empty workbook": (workbook([]), "empty_report"),
    "an empty document": (word(), "empty_report"),
    "another document": (word("Kế hoạch số 59/KH-UBND", "Điều 1"), "form_unknown"),
    "another workbook": (workbook([["a", "b"], [1, 2]]), "form_unknown"),
}


@pytest.mark.parametrize("kind", DAMAGED)
@pytest.mark.parametrize("suffix", ["xlsx", "docx"])
def test_a_file_that_is_no_report_gives_one_finding_at_its_name(reader, kind, suffix):
    content, rule = DAMAGED[kind]
    (report,) = reader.read(content, f"bao cao.{suffix}")

    assert [(f.severity, f.rule, f.where) for f in report.findings] == [
        ("error", rule, f"bao cao.{suffix}")
    ]
    assert report.facts == {} and not report.usable


def test_a_locked_member_of_an_archive_is_an_encrypted_file(reader):
    content = bytearray(workbook(mau02(ROWS)))
    start = content.find(b"PK\x01\x02")
    while start >= 0:  # the flag "encrypted" in every entry of the archive's directory
        content[start + 8] |= 1
        start = content.find(b"PK\x01\x02", start + 4)
    (report,) = reader.read(bytes(content), "a.xlsx")

    assert [f.rule for f in report.findings] == ["file_encrypted"]


def test_a_file_larger_than_the_limit_is_not_opened(reader, monkeypatch):
    monkeypatch.setattr("briefing.intake.readers.limits.MAX_BYTES", 100)
    (report,) = reader.read(workbook(mau02(ROWS)), "a.xlsx")

    assert [f.rule for f in report.findings] == ["file_too_large"]


def test_an_archive_that_unpacks_to_more_than_the_limit_is_not_opened(reader, monkeypatch):
    monkeypatch.setattr("briefing.intake.readers.limits.MAX_UNPACKED", 100)
    (report,) = reader.read(workbook(mau02(ROWS)), "a.xlsx")

    assert [f.rule for f in report.findings] == ["file_too_large"]


def test_a_sheet_of_too_many_cells_is_not_read(reader, monkeypatch):
    monkeypatch.setattr("briefing.intake.readers.workbooks.MAX_CELLS", 10)
    (report,) = reader.read(workbook(mau02(ROWS)), "a.xlsx")

    assert [f.rule for f in report.findings] == ["file_too_large"]


def test_an_unreadable_file_is_still_known_by_its_name_and_folder(reader):
    (report,) = reader.read(b"PK\x03\x04", "16-8/BC Bong Son.xlsx")

    assert (report.unit_code, str(report.report_date)) == ("21640", "2021-08-16")


@pytest.mark.parametrize("suffix", ["docx", "txt", "", "XLSX"])
def test_a_renamed_workbook_is_read_as_what_it_is(reader, suffix):
    (report,) = reader.read(workbook(mau02(ROWS)), f"bao cao.{suffix}")

    assert report.facts["numerator_cumulative"] == 135


def test_a_renamed_document_is_read_as_what_it_is(reader):
    (report,) = reader.read(as_word(lines_of_mau02(), "paragraphs", bare(ROWS)), "bao cao.xlsx")

    assert report.facts["numerator_cumulative"] == 135


WHOLE = [workbook(mau02(ROWS)), as_word(lines_of_mau02(), "paragraphs", bare(ROWS))]
SUFFIXES = ["xlsx", "docx", "xls", "doc", "pdf", "txt", "csv", "zip", "jpg", ""]


@given(st.binary(max_size=300), st.sampled_from(SUFFIXES))
@GIVEN
def test_any_bytes_under_any_name_give_a_submission_and_never_an_error(reader, content, suffix):
    reports = reader.read(content, f"a.{suffix}")

    assert len(reports) >= 1
    assert all(report.findings for report in reports)


@pytest.mark.slow
@given(st.sampled_from(WHOLE), st.data())
@GIVEN
def test_a_file_damaged_anywhere_never_raises(reader, content, data):
    damaged = bytearray(content)
    for _ in range(data.draw(st.integers(1, 4))):
        damaged[data.draw(st.integers(0, len(damaged) - 1))] = data.draw(st.integers(0, 255))
    cut = data.draw(st.integers(1, len(damaged)))

    assert reader.read(bytes(damaged), "a.xlsx")
    assert reader.read(bytes(damaged[:cut]), "a.docx")


@pytest.mark.slow
@given(st.sampled_from(WHOLE), st.binary(min_size=1, max_size=60), st.data())
@GIVEN
def test_a_file_with_a_damaged_member_never_raises(reader, content, junk, data):
    source = zipfile.ZipFile(io.BytesIO(content))
    names = source.namelist()
    hurt = data.draw(st.sampled_from(names))
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for member in names:
            kept = source.read(member)
            if member == hurt:
                at = data.draw(st.integers(0, len(kept)))
                kept = kept[:at] + junk + kept[at + len(junk) :]
            archive.writestr(member, kept)

    assert reader.read(stream.getvalue(), "a.xlsx")
