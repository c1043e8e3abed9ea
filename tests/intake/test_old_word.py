"""Documents of old Word: converted where a program can, and else sent back with advice."""

import io
import shutil
import sys
import time
import zipfile
from pathlib import Path

import pytest
from docx import Document
from making import as_word, bare, lines_of_mau02, people, saved
from tests.corpus.makers.compound import compound

from briefing.errors import IntakeError
from briefing.intake.readers import old_word, read_parts
from briefing.intake.readers.sniff import kind_of

ROWS = people([45, 38, 52])
RTF = rb"{\rtf1\ansi UBND ph\u432?\u7901?ng\par l\u361?y k\u7871?: 5.432\par}"
OLD = compound({"WordDocument": b"\xec\xa5" + b"\0" * 900})
WORD_2003 = (
    b'<?xml version="1.0"?><?mso-application progid="Word.Document"?>'
    b'<w:wordDocument xmlns:w="http://schemas.microsoft.com/office/word/2003/wordml"/>'
)
find = shutil.which


@pytest.fixture
def nothing_here(monkeypatch):
    """A machine without any program."""
    old_word.as_docx.cache_clear()
    monkeypatch.setattr("shutil.which", lambda *_name, **_path: None)


@pytest.fixture(scope="module")
def old_form(tmp_path_factory) -> bytes:
    """Mẫu 02 saved by LibreOffice as Word 97 does."""
    import subprocess

    folder = tmp_path_factory.mktemp("old")
    source = folder / "BC.docx"
    source.write_bytes(as_word(lines_of_mau02(), "two", bare(ROWS)))
    profile = (folder / "profile").as_uri()
    subprocess.run(
        [find("soffice"), f"-env:UserInstallation={profile}", "--headless", "--convert-to", "doc",
         "--outdir", str(folder), str(source)],
        check=True, capture_output=True, timeout=90,
    )  # fmt: skip
    return source.with_suffix(".doc").read_bytes()


@pytest.mark.slow
@pytest.mark.needs("soffice")
def test_an_old_document_is_read_like_the_new_one(old_form, read):
    old_word.as_docx.cache_clear()
    report = read(old_form, "bao cao.doc")

    assert report.unit_code == "21640" and str(report.report_date) == "2021-08-16"
    assert report.facts["numerator_cumulative"] == 135
    assert "table 2, row 2, column 5" in report.sources["numerator_cumulative"]


@pytest.mark.slow
@pytest.mark.needs("soffice")
def test_rich_text_is_read(nothing_here, monkeypatch):
    monkeypatch.setattr("shutil.which", find)
    (grid,) = read_parts(RTF, ".doc")[0].grids

    assert [line[0] for line in grid.cells if line and line[0]] == ["UBND phường", "lũy kế: 5.432"]


def as_seen() -> bytes:
    """Mẫu 02 of 45, 38, 52: 38 is corrected to 40, 52 has a note's mark, hidden digits stand
    behind 45, and a row more was deleted under tracked changes."""
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls

    document = Document(
        io.BytesIO(as_word(lines_of_mau02(), "two", bare(people([45, 38, 52, 61]))))
    )
    table = document.tables[-1]

    def add(row: int, text: str, **look: bool) -> None:
        font = table.cell(row, 4).paragraphs[0].add_run(text).font
        for name, on in look.items():
            setattr(font, name, on)

    add(1, "9", hidden=True)
    table.cell(2, 4).paragraphs[0].runs[0].font.strike = True
    add(2, "40")
    add(3, "1", superscript=True)
    for cell in table.rows[4].cells:
        (run,) = cell.paragraphs[0].runs
        change = f'<w:del {nsdecls("w")} w:id="1" w:author="a" w:date="2021-08-16T08:00:00Z"/>'
        deleted = parse_xml(change)
        run._r.addprevious(deleted)
        deleted.append(run._r)
        run._r.t_lst[0].tag = run._r.t_lst[0].tag.replace("}t", "}delText")
    return saved(document)


@pytest.mark.slow
@pytest.mark.needs("soffice")
@pytest.mark.parametrize("kind", ["doc", "rtf"])
def test_what_is_struck_through_hidden_or_raised_is_known_in_old_documents(kind, tmp_path, read):
    import subprocess

    source = tmp_path / "a.docx"
    source.write_bytes(as_seen())
    subprocess.run(
        [find("soffice"), f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}",
         "--headless", "--convert-to", kind, "--outdir", str(tmp_path), str(source)],
        check=True, capture_output=True, timeout=90,
    )  # fmt: skip
    old_word.as_docx.cache_clear()
    report = read(source.with_suffix(f".{kind}").read_bytes(), f"BC Bong Son 16-8.{kind}")

    assert report.facts["numerator_cumulative"] == 45 + 40 + 52
    assert [(f.rule, f.where, f.found) for f in report.findings] == [
        ("text_hidden", "table 2, row 2, column 5", "9"),
        ("text_struck", "table 2, row 3, column 5", "38"),
        ("text_raised", "table 2, row 4, column 5", "1"),
        ("text_struck", "table 2, row 5, column 5", "61"),
    ]


@pytest.mark.needs("soffice")
@pytest.mark.skipif(not find("antiword"), reason="antiword is not on this machine")
def test_antiword_tells_the_same_tables_where_libreoffice_is_not_here(old_form, monkeypatch):
    old_word.as_docx.cache_clear()
    only(monkeypatch, "antiword", find("antiword"))
    tables = [grid for grid in read_parts(old_form, ".doc")[0].grids if grid.kind == "table"]

    assert tables[-1].cells[1:] == [[str(value) for value in row] for row in ROWS]
    assert tables[-1].where(1, 4) == "table 2, row 2, column 5"


@pytest.mark.parametrize(
    "inside",
    ["<w:r><w:rPr><w:vanish/></w:rPr><w:t>9</w:t></w:r>",
     '<aml:annotation w:type="Word.Deletion"><w:r><w:delText>9</w:delText></w:r></aml:annotation>'],
)  # fmt: skip
def test_xml_of_word_2003_with_hidden_or_deleted_text_is_asked_for_as_docx(inside):
    body = f"<w:body><w:p>{inside}</w:p></w:body></w:wordDocument>"
    content = WORD_2003.replace(b"/>", b">") + body.encode()
    with pytest.raises(IntakeError, match="Word đời cũ"):
        read_parts(content, ".doc")


TOLD = """
print('<book><informaltable><row><entry>25</entry></row></informaltable></book>')
"""


@pytest.mark.skipif(sys.platform == "win32", reason="the stand-in is a script with a first line")
@pytest.mark.parametrize("set_look", [b"\x37\x08\x01", b"\x53\x2a\x81", b"\x48\x2a\x01"])
def test_a_document_with_struck_or_raised_letters_is_not_left_to_antiword(
    tmp_path, monkeypatch, nothing_here, set_look
):
    only(monkeypatch, "antiword", program(tmp_path, TOLD))
    plain, looking = (
        compound({"WordDocument": b"\xec\xa5" + b"\0" * 5000 + said}) for said in (b"", set_look)
    )

    assert read_parts(plain, ".doc")[0].grids[0].cells == [["25"]]
    with pytest.raises(IntakeError, match="Word đời cũ"):
        read_parts(looking, ".doc")


@pytest.mark.parametrize("content", [OLD, RTF])
def test_where_no_program_can_open_it_the_sender_is_asked_for_docx(nothing_here, reader, content):
    (report,) = reader.read(content, "16-8/BC Bong Son.doc")
    (finding,) = report.findings

    assert (finding.rule, finding.where) == ("file_unreadable", "BC Bong Son.doc")
    assert "lưu lại thành .docx" in str(finding.suggestion)
    assert report.unit_code == "21640"


def program(folder: Path, script: str) -> str:
    """A program that stands in for LibreOffice."""
    path = folder / "soffice"
    path.write_text(f"#!{sys.executable}\n{script}", encoding="utf-8")
    path.chmod(0o755)
    return str(path)


def only(monkeypatch, name: str, path: str | None) -> None:
    """A machine with one program alone."""
    monkeypatch.setattr(
        "shutil.which", lambda asked, path_=None, **_: path if asked == name else None
    )


HANGS = """
import subprocess, sys, time
subprocess.Popen([sys.executable, '-c', {child!r}])
time.sleep(60)
"""
GROWS = """
import time
while True:
    open({file!r}, 'a').write('x')
    time.sleep(0.02)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="the stand-in is a script with a first line")
@pytest.mark.parametrize("script", ["raise SystemExit(1)", "pass"])
def test_a_program_that_fails_is_the_same_finding(tmp_path, monkeypatch, nothing_here, script):
    stand_in = program(tmp_path, script)
    monkeypatch.setattr(
        "shutil.which", lambda name, path=None: stand_in if name == "soffice" else None
    )
    with pytest.raises(IntakeError, match="Word đời cũ"):
        read_parts(OLD, ".doc")


@pytest.mark.skipif(sys.platform == "win32", reason="the stand-in is a script with a first line")
def test_a_program_that_hangs_is_ended_with_its_children(tmp_path, monkeypatch, nothing_here):
    alive = tmp_path / "alive"
    child = (
        f"import time\nwhile True:\n    open({str(alive)!r}, 'a').write('x')\n    time.sleep(.02)"
    )
    stand_in = program(tmp_path, HANGS.format(child=child))
    monkeypatch.setattr(
        "shutil.which", lambda name, path=None: stand_in if name == "soffice" else None
    )
    monkeypatch.setattr(old_word, "SECONDS", 1)
    with pytest.raises(IntakeError, match="Word đời cũ"):
        read_parts(OLD, ".doc")
    size = alive.stat().st_size
    time.sleep(0.2)

    assert size > 0 and alive.stat().st_size == size


@pytest.mark.skipif(sys.platform == "win32", reason="the stand-in is a script with a first line")
def test_each_conversion_has_a_profile_of_its_own(tmp_path, monkeypatch, nothing_here):
    log = tmp_path / "log"
    script = f"import sys\nopen({str(log)!r}, 'a').write(sys.argv[1] + chr(10))"
    stand_in = program(tmp_path, script)
    monkeypatch.setattr(
        "shutil.which", lambda name, path=None: stand_in if name == "soffice" else None
    )
    for content in (OLD, OLD + b"\0"):
        with pytest.raises(IntakeError):
            read_parts(content, ".doc")
    profiles = log.read_text().split()

    assert len(set(profiles)) == 2 and all("-env:UserInstallation=file://" in p for p in profiles)


def test_an_old_document_under_a_password_is_told_without_any_program(nothing_here):
    locked = bytearray(OLD)
    locked[523] |= 1  # the switch "encrypted" in the head of the text
    with pytest.raises(IntakeError, match="mật khẩu") as caught:
        read_parts(bytes(locked), ".doc")

    assert caught.value.rule == "file_encrypted"


def office(*names: str, kind: str = "") -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        if kind:
            archive.writestr("mimetype", f"application/vnd.oasis.opendocument.{kind}")
        for name in names:
            archive.writestr(name, "x")
    return stream.getvalue()


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (OLD, "doc"),
        (RTF, "rtf"),
        (WORD_2003, "doc"),
        (b"\xef\xbb\xbf<!DOCTYPE html>\n<html></html>", "html"),
        (b"BMTTQ phuong bao cao", "text"),
        (b"BM" + b"\x10\0\0\0" + b"\0\0\0\0" + b"\x36\0\0\0", "image"),
        (office("word/document.xml"), "docx"),
        (office("content.xml", kind="text"), "odt"),
        (office("content.xml", kind="spreadsheet"), "ods"),
        (b"From: a@b.vn\r\nSubject: x\r\n\r\nb", "mail"),
    ],
)  # fmt: skip
def test_a_file_is_known_by_what_is_in_it_whatever_its_ending(content, kind):
    assert kind_of(content, ".docx") == kind
