"""Archives as they are sent: names of any program, locks, bombs, and what is no report."""

import io
import random
import struct
import unicodedata
import zipfile
from collections.abc import Iterable

import pytest
from making import as_word, bare, lines_of_mau02, mau02, people, word, workbook
from tests.corpus.makers.compound import locked_workbook

from briefing.errors import IntakeError
from briefing.intake.readers import Member, read_parts, unpack
from briefing.intake.readers.budget import one_budget

REPORT = workbook(mau02(people([45, 38, 52])))
OTHER = workbook(mau02(people([7, 8]), unit="PHƯỜNG HOÀI ĐỨC"))
NAME = "BC Bồng Sơn 16-8.xlsx"


def archive(*files: tuple[str, bytes], packed: int = zipfile.ZIP_DEFLATED) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", packed) as made:
        for name, content in files:
            made.writestr(name, content)
    return stream.getvalue()


def members(content: bytes, file: str = "bao cao.zip") -> list[Member]:
    with one_budget():
        return list(unpack(content, file))


def rules(reports: Iterable) -> list[tuple[str, str]]:
    return [(f.rule, f.where) for report in reports for f in report.findings]


def test_a_file_that_holds_no_others_is_its_own_member():
    assert members(b"L\xc5\xa9y k\xe1\xba\xbf: 5", "a.txt") == [
        Member("", b"L\xc5\xa9y k\xe1\xba\xbf: 5", kind="text")
    ]
    (own,) = members(REPORT, "a.xlsx")
    assert (own.path, own.kind, parts_of(own.content)) == ("", "xlsx", parts_of(REPORT))


def parts_of(content: bytes) -> dict[str, bytes]:
    opened = zipfile.ZipFile(io.BytesIO(content))
    return {name: opened.read(name) for name in opened.namelist()}


def test_every_report_of_an_archive_is_read_under_its_path(reader):
    reports = reader.read(archive(("a/" + NAME, REPORT), ("b/HD.xlsx", OTHER)), "16-8.zip")

    assert [(r.member, r.unit_code, r.part) for r in reports] == [
        ("a/" + NAME, "21640", 0),
        ("b/HD.xlsx", reports[1].unit_code, 1),
    ]
    assert [r.facts["numerator_cumulative"] for r in reports] == [135, 15]


def test_the_name_of_an_archive_says_the_day_of_what_is_in_it(reader):
    content = workbook(bare(people([45, 38, 52])))
    (report,) = reader.read(archive(("Bong Son.xlsx", content)), "inbox/BC 16-8.zip")

    assert (report.unit_code, str(report.report_date)) == ("21640", "2021-08-16")


def test_an_archive_inside_an_archive_is_opened_and_one_deeper_is_named():
    inner = archive((NAME, REPORT))
    middle = archive(("trong.zip", inner), ("b.xlsx", OTHER))
    outer = archive(("giua.zip", middle))

    assert [member.path for member in members(middle)] == [f"trong.zip/{NAME}", "b.xlsx"]
    found = {member.path: member.error for member in members(outer)}
    assert list(found) == ["giua.zip/trong.zip", "giua.zip/b.xlsx"]
    assert "nhiều lớp" in str(found["giua.zip/trong.zip"])


def test_junk_is_left_out_and_an_archive_of_nothing_else_says_so(reader):
    junk = [("~$BC.docx", b"x"), ("__MACOSX/._a.xlsx", b"x"), ("Thumbs.db", b"x"), ("a/", b"")]

    assert [m.path for m in members(archive(*junk, (NAME, REPORT)))] == [NAME]
    assert rules(reader.read(archive(*junk), "a.zip")) == [("empty_report", "a.zip")]
    assert rules(reader.read(archive(), "a.zip")) == [("empty_report", "a.zip")]


def renamed(raw: bytes) -> bytes:
    """An archive whose one entry is named by raw bytes, without the flag for UTF-8."""
    plain = "x" * len(raw)
    return archive((plain, b"x")).replace(plain.encode(), raw)


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_a_name_in_utf_8_without_its_flag_is_told(form):
    raw = unicodedata.normalize(form, NAME).encode()

    assert [member.path for member in members(renamed(raw))] == [NAME]


def test_a_name_in_the_code_page_of_vietnamese_windows_is_told():
    raw = "Bồng Sơn.xlsx"
    marks = "".join(  # that code page writes the tone apart: ô + grave
        unicodedata.normalize("NFC", c) if len(c) > 1 else c
        for c in ("B", "ô\u0300"[0], "\u0300", "ng S", "ơ", "n.xlsx")
    )

    assert [member.path for member in members(renamed(marks.encode("cp1258")))] == [raw]


def test_a_name_repeated_in_utf_8_is_the_one_that_counts():
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as made:
        entry = zipfile.ZipInfo("BC B_ng S_n.xlsx")
        name = NAME.encode()
        entry.extra = struct.pack("<HHBI", 0x7075, 5 + len(name), 1, 0) + name
        made.writestr(entry, b"x")

    assert [member.path for member in members(stream.getvalue())] == [NAME]


@pytest.mark.parametrize(
    ("name", "path"),
    [
        ("../../etc/a.xlsx", "etc/a.xlsx"),
        ("/a.xlsx", "a.xlsx"),
        ("C:\\bao cao\\a.xlsx", "bao cao/a.xlsx"),
        ("a/./b//c.xlsx", "a/b/c.xlsx"),
    ],
)
def test_a_path_stays_inside_its_archive(name, path):
    assert [member.path for member in members(archive((name, b"x")))] == [path]


def test_a_locked_file_in_an_archive_is_told_and_the_others_are_read(reader):
    content = bytearray(archive(("khoa.xlsx", b"x" * 50), (NAME, REPORT)))
    content[content.find(b"PK\x01\x02") + 8] |= 1
    content[6] |= 1
    reports = reader.read(bytes(content), "a.zip")

    assert rules(reports[:1]) == [("file_encrypted", "khoa.xlsx")]
    assert reports[1].facts["numerator_cumulative"] == 135


def test_a_damaged_file_in_an_archive_is_told_and_the_others_are_read(reader):
    content = bytearray(archive(("a.xlsx", REPORT), (NAME, REPORT), packed=zipfile.ZIP_STORED))
    content[200] ^= 0xFF
    reports = reader.read(bytes(content), "a.zip")

    assert rules(reports[:1]) == [("file_unreadable", "a.xlsx")]
    assert reports[1].facts["numerator_cumulative"] == 135


def test_what_grows_beyond_the_limit_is_not_taken_out(monkeypatch):
    monkeypatch.setattr("briefing.intake.readers.limits.MAX_BYTES", 10_000)
    bomb = archive(("to.xlsx", b"\0" * 2_000_000), ("nho.txt", b"x"))
    big, small = members(bomb)

    assert big.error and big.error.rule == "file_too_large" and big.content == b""
    assert small.content == b"x"


def test_all_that_archives_in_an_archive_hold_together_is_limited(monkeypatch):
    monkeypatch.setattr("briefing.intake.readers.limits.MAX_UNPACKED", 3_000_000)
    inner = archive(("a.txt", b"a" * 1_000_000))
    found = members(archive(*[(f"{i}.zip", inner) for i in range(6)]))

    assert sum(len(member.content) for member in found) <= 3_000_000
    assert [(m.path, m.error and m.error.rule) for m in found] == [
        ("0.zip/a.txt", None),
        ("1.zip/a.txt", None),
        ("2.zip/a.txt", "file_too_large"),
    ]


def test_an_archive_of_too_many_files_says_so(monkeypatch, reader):
    monkeypatch.setattr("briefing.intake.readers.limits.MAX_MEMBERS", 3)
    found = members(archive(*[(f"{i}.txt", b"x") for i in range(5)]))

    assert [member.path for member in found] == ["0.txt", "1.txt", "2.txt", ""]
    assert found[-1].error and found[-1].error.rule == "file_too_large"


def test_a_member_that_unpacks_to_too_much_is_not_opened(monkeypatch, reader):
    monkeypatch.setattr("briefing.intake.readers.limits.MAX_UNPACKED", 1_000_000)
    reports = reader.read(archive(("a.txt", b"\0" * 2_000_000)), "a.zip")

    assert rules(reports) == [("file_too_large", "a.txt")]


def test_two_files_of_one_name_are_both_read(reader):
    with pytest.warns(UserWarning, match="Duplicate"):
        content = archive((NAME, REPORT), (NAME, OTHER))

    assert len(members(content)) == 2 and members(content)[0].content != members(content)[1].content


@pytest.mark.parametrize("start", [b"Rar!\x1a\x07\x01\x00", b"7z\xbc\xaf\x27\x1c\x00\x04"])
def test_archives_of_other_programs_say_what_to_send(reader, start):
    (report,) = reader.read(start + b"\1" * 100, "a.rar")
    (finding,) = report.findings

    assert finding.rule == "file_unreadable" and ".zip" in str(finding.suggestion)


def test_a_picture_beside_a_document_is_a_member_like_any_other():
    content = archive(("BC.docx", word("x")), ("anh.jpg", b"\xff\xd8\xff" + b"x" * 100))

    assert [member.path for member in members(content)] == ["BC.docx", "anh.jpg"]


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("~$BC Bong Son.docx", "tệp khóa"),
        ("Thumbs.db", "hệ thống"),
        ("BC.lnk", "shortcut"),
        ("BC.xlsx.crdownload", "chưa tải xong"),
    ],
)
def test_a_file_that_is_no_report_is_named_when_it_is_handed_in(reader, name, says):
    (report,) = reader.read(b"\x05abc" * 40, name)
    (finding,) = report.findings

    assert (finding.severity, finding.rule, finding.where) == ("info", "form_unknown", name)
    assert says in str(finding.message)


@pytest.mark.parametrize(
    ("content", "file", "advice"),
    [
        (locked_workbook(), "a.xlsx", "Bỏ mật khẩu"),
        (b"", "a.xlsx", "Điền báo cáo"),
        (b"\0\1\2\3" * 90, "a.bin", "Word (.docx), Excel (.xlsx), PDF"),
        (REPORT[:3000], "a.xlsx", "Mở bằng Excel hoặc Word"),
    ],
)
def test_what_cannot_be_opened_says_what_to_do_about_it(reader, content, file, advice):
    (report,) = reader.read(content, file)

    assert advice in str(report.findings[0].suggestion)


def samples() -> dict[str, bytes]:
    """One whole file of each kind that this room opens."""
    import typst
    from test_mail import with_report
    from test_word import odt

    return {
        ".docx": as_word(lines_of_mau02(), "two", bare(people([45, 38, 52]))),
        ".odt": odt("<text:p>a</text:p><table:table><table:table-row/></table:table>"),
        ".pdf": typst.compile(b"#table(columns: 3, [a], [b], [c], [1], [2], [3])"),
        ".eml": bytes(with_report()),
        ".zip": archive((NAME, REPORT), ("trong.zip", archive(("a.txt", b"x")))),
        ".html": b"<html><table><tr><td rowspan=3 colspan=2>a</table><p>b",
    }


@pytest.mark.parametrize("suffix", [".docx", ".odt", ".pdf", ".eml", ".zip", ".html"])
def test_a_file_hurt_anywhere_is_read_or_refused_and_never_an_error(suffix):
    whole, chance = samples()[suffix], random.Random(suffix)
    for _time in range(60):
        hurt = bytearray(whole)
        for _byte in range(chance.randint(1, 12)):
            hurt[chance.randrange(len(hurt))] = chance.randrange(256)
        if chance.random() < 0.4:
            del hurt[chance.randrange(len(hurt)) :]
        for member in unpack(bytes(hurt), f"a{suffix}"):
            try:
                read_parts(member.content, suffix if not member.path else ".xlsx")
            except IntakeError as error:
                assert str(error)
