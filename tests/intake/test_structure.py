"""What a file is, is told by its structure: by its directory, its content types, its elements."""

import base64
import io
import re
import zipfile
from collections.abc import Mapping
from typing import Any

import pytest
from making import HEAD, as_word, bare, lines_of_mau02, mau02, people, repacked, with_part, workbook
from tests.corpus.makers.compound import compound
from tests.corpus.makers.opendocument import ods
from tests.corpus.makers.workbooks import xls

from briefing.intake.readers import read_parts
from briefing.intake.readers.compound import stream_of
from briefing.intake.readers.repairs import put_right
from briefing.intake.readers.sniff import kind_of, markup_of

ROWS = people([12, 25, 8, 31, 14])  # sum to 90
FORM = mau02(ROWS)
XLSX = workbook(FORM)
DOCX = as_word(lines_of_mau02(), "paragraphs", bare(ROWS))
SHEET = "xl/worksheets/sheet1.xml"
STRICT = {
    b"http://schemas.openxmlformats.org/spreadsheetml/2006/main":
        b"http://purl.oclc.org/ooxml/spreadsheetml/main",
    b"http://schemas.openxmlformats.org/wordprocessingml/2006/main":
        b"http://purl.oclc.org/ooxml/wordprocessingml/main",
    b"http://schemas.openxmlformats.org/officeDocument/2006/relationships":
        b"http://purl.oclc.org/ooxml/officeDocument/relationships",
}  # fmt: skip


def wide(data: bytes) -> bytes:
    """XML in UTF-16, as some generators write it."""
    text = re.sub(r"^<\?xml.*?\?>", "", data.decode())
    return ('<?xml version="1.0" encoding="UTF-16"?>' + text).encode("utf-16")


def strict(data: bytes) -> bytes:
    for old, new in STRICT.items():
        data = data.replace(old, new)
    return data


def elsewhere(name: str, data: bytes) -> tuple[str, bytes]:
    """The main part of a workbook under another name and in another folder."""
    moved = {"xl/workbook.xml": "app/book22.xml", "xl/_rels/workbook.xml.rels":
             "app/_rels/book22.xml.rels"}  # fmt: skip
    data = data.replace(b"xl/workbook.xml", b"app/book22.xml")
    if name.endswith("workbook.xml.rels"):
        data = re.sub(rb'Target="(?!/)', b'Target="../xl/', data)
    return moved.get(name, name), data


ODD_PACKAGES = {
    "backslashes": lambda name, data: (name.replace("/", "\\"), data),
    "leading slashes": lambda name, data: (f"/{name}", data),
    "capitals": lambda name, data: (name.upper(), data),
    "UTF-16": lambda name, data: (name, wide(data) if name.endswith(("xml", "rels")) else data),
    "strict namespaces": lambda name, data: (name, strict(data)),
    "without content types": lambda name, data: None if "Content_Types" in name else (name, data),
}


@pytest.mark.parametrize("odd", ODD_PACKAGES)
@pytest.mark.parametrize("file", ["BC.xlsx", "BC.docx"])
def test_the_parts_of_a_package_are_known_however_they_are_named_and_written(read, odd, file):
    report = read(repacked(XLSX if file == "BC.xlsx" else DOCX, ODD_PACKAGES[odd]), file)

    assert (report.unit_code, str(report.report_date)) == ("21640", "2021-08-16")
    assert report.facts["numerator_cumulative"] == 90
    assert [f for f in report.findings if f.severity == "error"] == []


def test_the_main_part_is_known_by_what_refers_to_it_and_its_type(read):
    report = read(repacked(XLSX, elsewhere))

    assert report.facts["numerator_cumulative"] == 90


def test_slides_are_no_archive_of_reports(reader):
    def as_slides(name: str, data: bytes) -> tuple[str, bytes]:
        data = data.replace(b"xl/", b"ppt/").replace(b"spreadsheetml", b"presentationml")
        return name.replace("xl/", "ppt/"), data

    slides = repacked(XLSX, as_slides)
    (report,) = reader.read(slides, "a.pptx")

    assert [f.rule for f in report.findings] == ["file_unreadable"]


@pytest.mark.parametrize("lead", [b"\r\n", b"\xef\xbb\xbf", b"\n\n  ", b"\0"])
def test_a_mark_or_blanks_before_the_beginning_are_passed_over(read, lead):
    for content, file in ((XLSX, "BC.xlsx"), (xls(FORM), "BC.xls"), (DOCX, "BC.docx")):
        assert read(lead + content, file).facts["numerator_cumulative"] == 90


def with_names(content: bytes, **names: str) -> bytes:
    """A compound file with entries of its directory named otherwise."""
    for old, new in names.items():
        content = content.replace(old.encode("utf-16-le"), new.encode("utf-16-le"))
    return content


@pytest.mark.parametrize("name", ["WORKBOOK", "workbook", "WorkBook"])
def test_the_stream_of_a_workbook_is_known_in_any_case(read, name):
    content = with_names(xls(FORM), Workbook=name)

    assert read(content, "BC.xls").facts["numerator_cumulative"] == 90


def stream_in(content: bytes) -> bytes:
    return stream_of(content, ("workbook",))


OTHER = stream_in(xls(mau02(people([1000, 2000, 3000]))))
WORD = b"\xec\xa5" + b"\0" * 900
EMBEDDED: dict[str, Mapping[str, Any]] = {
    "a document": {"MBD001": {"WordDocument": WORD, "1Table": b"\1"}},
    "another workbook, first": {"MBD001": {"Workbook": OTHER}},
    "a workbook of Excel 5": {"MBD001": {"Book": OTHER}},
    "a locked package": {"MBD001": {"EncryptedPackage": b"\1" * 90}},
    "a letter of Outlook": {"MBD001": {"__properties_version1.0": b"\1" * 90}},
}


@pytest.mark.parametrize("embedded", EMBEDDED)
@pytest.mark.parametrize("name", ["Workbook", "WORKBOOK", "Book"])
def test_a_workbook_is_read_and_not_what_it_embeds(read, embedded, name):
    content = compound({**EMBEDDED[embedded], name: stream_in(xls(FORM))})

    assert read(content, "BC.xls").facts["numerator_cumulative"] == 90


@pytest.mark.parametrize("embedded", [
    {"ObjectPool": {"_1": {"Workbook": OTHER}}},
    {"ObjectPool": {"_1": {"EncryptedPackage": b"\1"}}},
])  # fmt: skip
def test_a_document_is_one_whatever_it_embeds(embedded):
    assert kind_of(compound({**embedded, "WordDocument": WORD}), ".doc") == "doc"
    assert kind_of(compound({**embedded, "Worddocument": WORD}), ".doc") == "doc"


def test_a_name_among_the_bytes_says_nothing():
    said = "EncryptedPackage WordDocument Workbook".encode("utf-16-le")

    assert kind_of(compound({"Catalog": said}), "") == "unknown"
    assert kind_of(compound({"Catalog": said, "Workbook": said}), "") == "xls"


TABLE = "<table><tr><td>STT</td></tr></table>"
PAGES = [
    "<font face=Arial>x</font>", "<h1>x</h1>", "<tr><td>x</td></tr>", TABLE,
    f"<!-- {'x' * 500} -->{TABLE}",
    f"\n\n\n{TABLE}", f"Báo cáo ngày 16/8 {TABLE}", "<!DOCTYPE html><p>x", "<o:p></o:p><b>x</b>",
    '<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"><body/></html>',
    "<center>x</center>", "<HTML><BODY>x",
]  # fmt: skip
ENCODINGS = ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"]


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("page", PAGES)
def test_a_page_is_told_by_its_elements_whichever_comes_first(page, encoding):
    assert markup_of(page.encode(encoding)) == "html"


@pytest.mark.parametrize("text", [
    "Chị Lan <lan@hoainhon.gov.vn> gửi: lũy kế 45", "<3 cảm ơn anh, lũy kế 45", "a < b > c",
    "| Thôn<br>An Đỗ | 12 |", "<Nguyễn Văn A> 12 người", "1. <b>Thôn An Đỗ</b>: 12", "",
])  # fmt: skip
def test_a_text_with_angle_brackets_is_no_page(text):
    assert markup_of(text.encode()) is None


@pytest.mark.parametrize(
    "unit", ["<!-- ", "<!--->", "<", "<a b='", "</", "<a <", "<![CDATA[", "&#", "a", "a:"]
)
def test_a_text_of_broken_markup_is_told_in_no_time(unit):
    from time import process_time

    began = process_time()
    markup_of((unit * 100_000).encode())
    markup_of(("<" + unit * 100_000).encode())

    assert process_time() - began < 2  # seconds; the same in 60 characters or 600,000


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("around", ["{}", "<h1>{}</h1>", "<font>{}</font>", "<!-- a -->\n{}"])
def test_a_form_saved_as_a_page_is_read_under_the_name_of_a_workbook(read, around, encoding):
    lines = "".join(f"<p>{row[0]}</p>" for row in FORM[:10] if row and row[0] != "STT")
    rows = "".join(
        "<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in [HEAD, *ROWS]
    )
    report = read(around.format(f"{lines}<table>{rows}</table>").encode(encoding), "BC.xls")

    assert (report.unit_code, report.facts["numerator_cumulative"]) == ("21640", 90)


def flat_package(content: bytes) -> bytes:
    """A package as one text of XML, as Word saves it (“Flat OPC”)."""
    source = zipfile.ZipFile(io.BytesIO(content))
    types = source.read("[Content_Types].xml").decode()
    main = re.search(r'ContentType="([^"]*main\+xml)"', types)
    parts = []
    for name in source.namelist():
        if name == "[Content_Types].xml":
            continue
        sort = main[1] if name in ("word/document.xml", "xl/workbook.xml") else "application/xml"
        data = source.read(name)
        body = re.sub(rb"^<\?xml.*?\?>\s*", b"", data).decode() if data.startswith(b"<") else ""
        inside = (
            f"<pkg:xmlData>{body}</pkg:xmlData>" if body
            else f"<pkg:binaryData>{base64.b64encode(data).decode()}</pkg:binaryData>"
        )  # fmt: skip
        parts.append(f'<pkg:part pkg:name="/{name}" pkg:contentType="{sort}">{inside}</pkg:part>')
    return (
        '<?xml version="1.0" standalone="yes"?><?mso-application progid="Word.Document"?>'
        '<pkg:package xmlns:pkg="http://schemas.microsoft.com/office/2006/xmlPackage">'
        + "".join(parts) + "</pkg:package>"
    ).encode()  # fmt: skip


@pytest.mark.parametrize(
    ("content", "file"), [(DOCX, "BC.xml"), (XLSX, "BC.xml"), (DOCX, "BC.doc")]
)
def test_a_package_that_is_one_text_of_xml_is_read(read, content, file):
    assert read(flat_package(content), file).facts["numerator_cumulative"] == 90


def flat_calc(content: bytes) -> bytes:
    """A workbook of LibreOffice as one text of XML (.fods), a line for each element."""
    xml = zipfile.ZipFile(io.BytesIO(content)).read("content.xml")
    xml = xml.replace(b"office:document-content", b"office:document").replace(
        b"><table:", b">\n<table:"
    )
    said = b' office:mimetype="application/vnd.oasis.opendocument.spreadsheet" '
    return xml.replace(b"<office:document ", b"<office:document" + said, 1)


def test_a_flat_workbook_of_libreoffice_is_read(read):
    assert read(flat_calc(ods(FORM)), "BC.fods").facts["numerator_cumulative"] == 90


def test_a_workbook_of_libreoffice_with_a_line_for_each_element_is_read(read):
    content = with_part(
        ods(FORM), "content.xml", lambda xml: xml.replace(b"><table:", b">\n<table:")
    )

    assert read(content, "BC.ods").facts["numerator_cumulative"] == 90


def test_a_page_of_frames_says_that_its_sheets_are_elsewhere(reader):
    page = b"<html><frameset rows='*,39'><frame src='BC_files/sheet001.htm'></frameset></html>"
    (report,) = reader.read(page, "BC.xls")

    assert [f.rule for f in report.findings] == ["file_unreadable"]
    assert "lưu thành .xlsx" in str(report.findings[0].suggestion)


def test_other_xml_is_named(reader):
    (report,) = reader.read(b'<?xml version="1.0"?><data><a>5</a></data>', "a.xml")

    assert [f.rule for f in report.findings] == ["file_unreadable"]
    assert "XML" in str(report.findings[0].message)


def test_a_file_as_it_should_be_is_not_touched_but_unpacked():
    for content in (xls(FORM), b"STT;x\n1;2", b"<p>x</p>"):
        assert put_right(content) is content or put_right(content) == content
    for content in (XLSX, DOCX, ods(FORM)):
        before, after = (zipfile.ZipFile(io.BytesIO(c)) for c in (content, put_right(content)))
        assert [(e.filename, after.read(e.filename)) for e in after.infolist()] == [
            (e.filename, before.read(e.filename)) for e in before.infolist()
        ]
        assert {entry.compress_type for entry in after.infolist()} == {zipfile.ZIP_STORED}


def test_sheets_of_macros_and_charts_are_passed_over_and_very_hidden_ones_known():
    book = workbook({"một": [["x"]], "hai": [["y"]]})
    hidden = with_part(book, "xl/workbook.xml", lambda xml: re.sub(
        rb'(name="hai"[^>]*?state=")visible', rb"\1veryHidden", xml))  # fmt: skip

    assert [(p.name, p.visible) for p in read_parts(hidden, "")] == [("một", True), ("hai", False)]


def test_a_text_with_the_beginning_of_a_section_of_a_page_is_a_text():
    assert kind_of("Kính gửi\nM4$L#<![W\nphường".encode(), ".txt") == "text"
