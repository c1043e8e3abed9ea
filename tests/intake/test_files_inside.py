"""Files inside a file: objects in a document, chunks, pages in one file, text that holds files."""

import binascii
import io
import quopri
import re
import zipfile

import pytest
from docx import Document
from making import bare, lines_of_mau02, mau02, people, word, workbook
from tests.corpus.makers.compound import compound
from tests.corpus.makers.workbooks import ods, xls

from briefing.intake.readers import read_parts, unpack

ROWS = people([12, 25, 8, 31, 14])  # sum to 90
TABLE = bare(ROWS)
LETTER = [line for line in lines_of_mau02() if line not in (".....", "(Ký tên, đóng dấu)")]
LINKS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
OBJECT = (
    '<w:p><w:r><w:object xmlns:o="urn:schemas-microsoft-com:office:office"><o:OLEObject '
    'Type="Embed" ProgID="{program}" r:id="rIdX" xmlns:r="' + LINKS + '"/></w:object></w:r></w:p>'
)
CHUNK = '<w:altChunk r:id="rIdX" xmlns:r="' + LINKS + '"/>'


def holding(inside: bytes, name: str, block: str, kind: str = "package") -> bytes:
    """A letter in Word with a file in it, at its end."""
    source = zipfile.ZipFile(io.BytesIO(word(*LETTER)))
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for entry in source.namelist():
            data = source.read(entry)
            if entry == "word/document.xml":
                data = re.sub(rb"(?=<w:sectPr)", block.encode(), data, count=1)
            elif entry == "word/_rels/document.xml.rels":
                link = f'<Relationship Id="rIdX" Type="{LINKS}/{kind}" Target="{name}"/>'
                data = data.replace(b"</Relationships>", link.encode() + b"</Relationships>")
            archive.writestr(entry, data)
        archive.writestr(f"word/{name}", inside)
    return stream.getvalue()


def object_of(inside: bytes, name: str, program: str = "Excel.Sheet.12") -> bytes:
    return holding(inside, f"embeddings/{name}", OBJECT.format(program=program))


def native(content: bytes) -> bytes:
    """A file behind its names, as Windows packs one of a program that embeds nothing itself."""
    path = b"C:\\BC.xlsx\0"
    head = b"\2\0BC.xlsx\0" + path + b"\0\0\3\0" + len(path).to_bytes(4, "little") + path
    body = head + len(content).to_bytes(4, "little") + content + b"\0" * 6
    return compound({"\x01Ole10Native": len(body).to_bytes(4, "little") + body})


SHEET = workbook(TABLE)
OBJECTS = {
    "a workbook": (SHEET, "sheet.xlsx", "Excel.Sheet.12"),
    "an old workbook": (xls(TABLE), "object.bin", "Excel.Sheet.8"),
    "a document": (word(TABLE), "inner.docx", "Word.Document.12"),
    "a workbook in a package": (native(SHEET), "object.bin", "Package"),
    "a workbook as a stream": (compound({"Package": SHEET}), "object.bin", "Excel.Sheet.12"),
}


@pytest.mark.parametrize("kind", OBJECTS)
def test_an_object_in_a_document_is_read_where_it_stands(read, kind):
    report = read(object_of(*OBJECTS[kind]), "BC.docx")

    assert (report.unit_code, str(report.report_date)) == ("21640", "2021-08-16")
    assert report.facts["numerator_cumulative"] == 90
    assert "object" in report.sources["numerator_cumulative"]


def test_a_cell_of_an_object_is_addressed_by_the_object_its_sheet_and_itself(read):
    report = read(object_of(workbook(bare(people([12, "?", 8, 31, 14]))), "a.xlsx"), "BC.docx")

    assert ("number_unreadable", "object 1, Sheet1!E3") in {
        (f.rule, f.where) for f in report.findings
    }


@pytest.mark.parametrize("inside", [b"\0\1\2" * 200, compound({"Contents of it": b"\7" * 90})])
def test_an_object_that_cannot_be_opened_is_named(reader, inside):
    (report,) = reader.read(object_of(inside, "a.bin", "Visio.Drawing.15"), "BC.docx")
    found = [(f.rule, f.where, f.found) for f in report.findings if f.rule == "object_unread"]

    assert found == [("object_unread", "object 1", "Visio.Drawing.15")]


def test_a_formula_drawn_by_a_program_is_no_object_to_tell_of(reader):
    (report,) = reader.read(object_of(b"\0\1" * 200, "a.bin", "Equation.3"), "BC.docx")

    assert "object_unread" not in {f.rule for f in report.findings}


SPACES = " ".join(
    f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for short, name in (("office", "office"), ("text", "text"), ("draw", "drawing"))
)


def writer(inside: bytes | None, link: str = "./Object 1") -> bytes:
    """The letter in Writer, with a sheet of LibreOffice in its last paragraph."""
    lines = "".join(f"<text:p>{line}</text:p>" for line in LETTER)
    frame = (
        '<text:p><draw:frame><draw:object xmlns:xlink="http://www.w3.org/1999/xlink" '
        f'xlink:href="{link}"/></draw:frame></text:p>'
    )
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        archive.writestr(
            "content.xml",
            f"<office:document-content {SPACES}><office:body><office:text>{lines}{frame}"
            "</office:text></office:body></office:document-content>",
        )
        if inside:
            archive.writestr("Object 1/content.xml", inside)
    return stream.getvalue()


def test_a_sheet_in_a_document_of_writer_is_read_where_it_stands(read):
    sheet = zipfile.ZipFile(io.BytesIO(ods(TABLE))).read("content.xml")
    report = read(writer(sheet), "BC.odt")

    assert (report.unit_code, report.facts["numerator_cumulative"]) == ("21640", 90)
    assert "object 1, Sheet1!E2" in report.sources["numerator_cumulative"]


def test_of_an_object_of_writer_a_formula_is_passed_over_and_one_that_is_not_there_told(reader):
    (formula,) = reader.read(writer(b"<math/>"), "BC.odt")
    (missing,) = reader.read(writer(None), "BC.odt")

    assert "object_unread" not in {f.rule for f in formula.findings}
    assert ("object_unread", "object 1") in {(f.rule, f.where) for f in missing.findings}


PAGE = "<table>{}</table>".format(
    "".join("<tr>" + "".join(f"<td>{v}</td>" for v in row) + "</tr>" for row in TABLE)
)
CHUNKS = {
    "html": PAGE.encode(),
    "docx": word(TABLE),
    "txt": "\n".join("\t".join(map(str, row)) for row in TABLE).encode(),
}


@pytest.mark.parametrize("suffix", CHUNKS)
def test_a_file_put_into_a_document_whole_is_part_of_it(read, suffix):
    report = read(holding(CHUNKS[suffix], f"chunk.{suffix}", CHUNK, "aFChunk"), "BC.docx")

    assert (report.unit_code, report.facts["numerator_cumulative"]) == ("21640", 90)


def test_a_document_inside_a_document_without_end_is_opened_so_far_and_no_further(reader):
    content = word(TABLE)
    for _level in range(12):
        content = holding(content, "chunk.docx", CHUNK, "aFChunk")

    assert reader.read(content, "BC.docx")


def mht(pages: dict[str, str], *heads: str) -> bytes:
    """Pages saved as one file, as Excel and Word do."""
    lines = [*heads, "MIME-Version: 1.0", 'Content-Type: multipart/related; boundary="==b"', ""]
    for location, page in pages.items():
        said = quopri.encodestring(page.encode()).decode()
        lines += ["--==b", f"Content-Location: {location}", "Content-Type: text/html",
                  "Content-Transfer-Encoding: quoted-printable", "", said]  # fmt: skip
    lines += ["--==b", "Content-Location: file:///C:/BC_files/filelist.xml",
              "Content-Type: text/xml", "", "<xml/>", "--==b--"]  # fmt: skip
    return "\r\n".join(lines).encode()


TOP = "".join(f"<p>{line}</p>" for line in LETTER)
FORM = f"<html><body>{TOP}{PAGE}</body></html>"


@pytest.mark.parametrize("suffix", ["xls", "mht", "doc"])
@pytest.mark.parametrize("heads", [(), ("From: <Saved by Blink>", "Subject: BC", "Date: x")])
def test_a_page_saved_as_one_file_is_read(read, suffix, heads):
    report = read(mht({"file:///C:/0/BC.htm": FORM}, *heads), f"BC.{suffix}")

    assert (report.unit_code, str(report.report_date)) == ("21640", "2021-08-16")
    assert report.facts["numerator_cumulative"] == 90


def test_the_sheets_of_a_workbook_saved_as_one_page_bear_their_names():
    index = (
        "<html xmlns:x='urn:schemas-microsoft-com:office:excel'><head><xml><x:ExcelWorksheet>"
        "<x:Name>B&#225;o c&#225;o</x:Name> <x:WorksheetSource HRef='BC_files/sheet001.htm'/>"
        "</x:ExcelWorksheet></xml></head><frameset><frame src='BC_files/sheet001.htm'></frameset>"
    )
    content = mht({
        "file:///C:/BC.htm": index, "file:///C:/BC_files/tabstrip.htm": "<p>Báo cáo</p>",
        "file:///C:/BC_files/sheet001.htm": FORM,
    })  # fmt: skip

    assert [part.name for part in read_parts(content, ".xls")] == ["Báo cáo"]


def test_a_letter_with_pictures_in_its_page_is_no_saved_page():
    letter = mht({"cid:1": FORM}, "From: a@b.vn", "To: c@d.vn", "Message-ID: <1@b.vn>")

    assert [member.path for member in unpack(letter, "a.eml")] != [""]


def uuencoded(name: str, content: bytes, before: str = "") -> bytes:
    lines = [binascii.b2a_uu(content[at : at + 45]) for at in range(0, len(content), 45)]
    head = f"{before}\nbegin 644 {name}\n".encode()
    return head + b"".join(lines) + b"`\nend\n"


def test_a_file_written_into_a_text_is_taken_out(reader):
    content = uuencoded("BC.xlsx", workbook(mau02(ROWS)), "Kính gửi phòng VHTT")
    (report,) = reader.read(content, "thu.txt")

    assert report.member == "BC.xlsx" and report.facts["numerator_cumulative"] == 90


def test_a_file_written_into_a_letter_is_taken_out(reader):
    letter = b"From: a@b.vn\nTo: c@d.vn\nSubject: BC\n\n" + uuencoded(
        "BC.xlsx", workbook(mau02(ROWS)), "Em gui bao cao"
    )
    reports = reader.read(letter, "thu.eml")

    assert [report.facts.get("numerator_cumulative") for report in reports] == [90]


def sylk(rows: list) -> bytes:
    lines = ["ID;PWXL;N;E", "P;PGeneral", "B;Y9;X5"]
    for y, row in enumerate(rows, start=1):
        for x, value in enumerate(row, start=1):
            if value is not None:
                text = str(value).replace(";", ";;")
                lines.append(f"C;Y{y};X{x};K" + (str(value) if type(value) is int else f'"{text}"'))
    return "\r\n".join([*lines, "E"]).encode()


def dif(rows: list) -> bytes:
    width = max(map(len, rows))
    lines = ["TABLE", "0,1", '"EXCEL"', "VECTORS", f"0,{width}", '""', "TUPLES", f"0,{len(rows)}",
             '""', "DATA", "0,0", '""']  # fmt: skip
    for row in rows:
        lines += ["-1,0", "BOT"]
        for value in [*row, *[None] * (width - len(row))]:
            lines += [f"0,{value}", "V"] if type(value) is int else ["1,0", f'"{value or ""}"']
    return "\r\n".join([*lines, "-1,0", "EOD"]).encode()


@pytest.mark.parametrize("make", [sylk, dif])
@pytest.mark.parametrize("suffix", ["slk", "dif", "xls", "txt"])
def test_a_sheet_written_for_any_program_is_read(read, make, suffix):
    report = read(make(mau02(ROWS)), f"BC.{suffix}")

    assert (report.unit_code, report.facts["numerator_cumulative"]) == ("21640", 90)
    assert "Sheet1!E12" in report.sources["numerator_cumulative"]


def test_semicolons_quotation_marks_and_new_lines_in_a_sheet_for_any_program_are_kept():
    content = b'ID;P\r\nC;Y1;X1;K"a;;b"\r\nC;X2;K"c\x1b :d"\r\nC;Y2;X1;K"e ""f"""\r\nE\r\n'
    (part,) = read_parts(content, ".slk")

    assert part.grids[0].cells == [["a;b", "c\nd"], ['e "f"', None]]


def test_a_document_of_pictures_alone_says_that_a_picture_is_not_read(reader):
    from PIL import Image

    stream = io.BytesIO()
    Image.new("RGB", (900, 700), "white").save(stream, "PNG")
    document = Document()
    document.add_picture(stream)
    stream = io.BytesIO()
    document.save(stream)
    (report,) = reader.read(stream.getvalue(), "BC.docx")

    assert [f.rule for f in report.findings] == ["form_unknown"]
    assert "ảnh" in str(report.findings[0].message)


def test_an_archive_of_one_sender_is_read_whatever_lies_beside_the_report(reader):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("BC\\16-8\\BC Bồng Sơn.xlsx", workbook(mau02(ROWS)))
        archive.writestr("__MACOSX/BC/._BC.xlsx", b"\0\5\x16\7")
        archive.writestr("BC/Thumbs.db", compound({"Catalog": b"\1"}))
        archive.writestr("BC/.DS_Store", b"\0")
    (report,) = reader.read(stream.getvalue(), "BC.zip")

    assert report.member == "BC/16-8/BC Bồng Sơn.xlsx"
    assert report.facts["numerator_cumulative"] == 90


def test_the_advice_is_true_for_the_file(reader):
    csv = reader.read(b"\0\1\2" * 90, "a.csv")[0].findings[0]
    locked = io.BytesIO()
    with zipfile.ZipFile(locked, "w") as archive:
        archive.writestr("a.txt", b"x")
    flagged = bytearray(locked.getvalue())
    flagged[6] |= 1
    flagged[flagged.find(b"PK\1\2") + 8] |= 1
    archived = reader.read(bytes(flagged), "a.zip")[0].findings[0]

    assert "Word, lưu lại" not in str(csv.suggestion)
    assert archived.rule == "file_encrypted" and "Nén lại" in str(archived.suggestion)
