# ruff: noqa: E501 (markup is written in one piece)
"""Small files that would become huge, or take for ever: each kind made by code.

`BOMBS` holds, by the name of a kind, the ending of its file and what makes its bytes.
"""

from __future__ import annotations

import base64
import io
import struct
import zipfile
import zlib
from collections.abc import Callable, Mapping, Sequence
from functools import cache, partial
from pathlib import Path

from tests.hostile.repeating import Repeated, in_archive, pieces
from tests.intake.making import as_word, mau01_lines, mau02, people, workbook

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
ODF = "urn:oasis:names:tc:opendocument:xmlns:"
MILLION = 10**6
BOMBS: dict[str, tuple[str, Callable[[], bytes]]] = {}


def bomb(kind: str, ending: str, *arguments, **names):
    """Enter what is decorated as the maker of a kind, with these arguments.

    One that is a function is called when a file is made: megabytes that nobody asks for are no
    part of every process that runs tests.
    """

    def entered(make):
        assert f"{kind} ({ending})" not in BOMBS
        BOMBS[f"{kind} ({ending})"] = ending, partial(_made, make, *arguments, **names)
        return make

    return entered


def _made(make: Callable[..., bytes], *arguments, **names) -> bytes:
    return make(*(one() if callable(one) else one for one in arguments), **names)


def write(kinds: Sequence[str], paths: Sequence[Path]) -> int:
    """Write a file of each kind; zero, as a program that ends well."""
    for kind, path in zip(kinds, paths, strict=True):
        path.write_bytes(BOMBS[kind][1]())
    return 0


def archive(parts: Mapping[str, bytes], level: int = 9) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED, compresslevel=level) as out:
        for name, content in parts.items():
            out.writestr(name, content)
    return stream.getvalue()


@cache
def report() -> bytes:
    return workbook(mau02(people([3, 4])))


@cache
def letter() -> bytes:
    return as_word(mau01_lines(), "lines")


def inflating(name: str, piece: bytes, size: int, others: Mapping[str, bytes] = {}) -> bytes:
    """An archive with a part of this size."""
    return in_archive(name, Repeated(*pieces(piece, size), level=1), others)


def parts_of(content: bytes) -> dict[str, bytes]:
    opened = zipfile.ZipFile(io.BytesIO(content))
    return {name: opened.read(name) for name in opened.namelist()}


def with_part(content: bytes, part: str, data: bytes) -> bytes:
    return archive({**parts_of(content), part: data})


def lying(content: bytes, size: int = 100) -> bytes:
    """An archive whose members say that they are small."""
    changed = bytearray(content)
    for sign, at in ((b"PK\1\2", 24), (b"PK\3\4", 22)):
        start = changed.find(sign)
        while start >= 0:
            struct.pack_into("<I", changed, start + at, size)
            start = changed.find(sign, start + 4)
    return bytes(changed)


# --- archives


@bomb("a member of 2 GB", ".zip", 2 << 30)
@bomb("a member of 300 MB", ".zip", 300 << 20)
def large_member(size: int) -> bytes:
    return inflating("BC.csv", b"0" * 1000, size)


@bomb("a member of 300 MB that says 100 bytes", ".zip")
def lying_member() -> bytes:
    return lying(large_member(300 << 20))


@bomb("100 members of 45 MB", ".zip")
def many_large() -> bytes:
    one = inflating("x", b"0" * 1000, 45 << 20)
    return archive({f"{i}.zip": one for i in range(100)})


@bomb("archives in archives, 10 wide and 6 deep", ".zip", 6)
@bomb("archives in archives, 10 wide and 2 deep", ".zip", 2)
def nested(depth: int) -> bytes:
    inner = inflating("x.csv", b"1;2;3\n", 20 << 20)
    for _level in range(depth):
        inner = archive({f"{i}.zip": inner for i in range(10)})
    return inner


def placed(names: list[str], offsets: list[int], body: bytes, head: bytes) -> bytes:
    """An archive whose list of members leads to these places."""
    listed = b"".join(
        b"PK\1\2" + struct.pack("<H", 20) + head[:24]
        + struct.pack("<HHHHHII", len(name), 0, 0, 0, 0, 0, offset) + name.encode()
        for name, offset in zip(names, offsets, strict=True)
    )  # fmt: skip
    count = min(len(names), 0xFFFF)
    end = struct.pack("<4s4H2IH", b"PK\5\6", 0, 0, count, count, len(listed), len(body), 0)
    return body + listed + end


@bomb("1,900 members that are the same 40 MB", ".zip")
def overlapping() -> bytes:
    one = inflating("a", b"0" * 1000, 40 << 20)
    listed = one.rfind(b"PK\1\2")
    crc, packed = struct.unpack_from("<II", one, listed + 16)
    head = struct.pack("<HHHHHIII", 20, 0, 8, 0, 33, crc, packed, 40 << 20)[:24]
    body = bytearray(one[:listed])
    return placed(["a"] * 1900, [0] * 1900, bytes(body), head)


@bomb("200,000 members", ".zip", 200_000)
@bomb("3,000 members", ".zip", 3_000)
def many_members(count: int) -> bytes:
    empty = struct.pack("<HHHHHIII", 20, 0, 0, 0, 33, 0, 0, 0)[:24]
    body = b"PK\3\4" + empty + struct.pack("<HH", 1, 0) + b"a"
    return placed([f"{i}.csv" for i in range(count)], [0] * count, body, empty)


@bomb("an archive that holds itself", ".zip")
def quine() -> bytes:
    """As near as is needed: the member's data are the archive's own first bytes."""
    empty = struct.pack("<HHHHHIII", 20, 0, 0, 0, 33, 0, 4000, 4000)[:24]
    body = (b"PK\3\4" + empty + struct.pack("<HH", 5, 0) + b"a.zip") + b"PK\3\4" * 1000
    return placed(["a.zip"] * 50, [0] * 50, body, empty)


# --- workbooks


def sheet(inside: str, before: str = "", after: str = "") -> bytes:
    return f'<worksheet xmlns="{MAIN}">{before}<sheetData>{inside}</sheetData>{after}</worksheet>'.encode()


def with_sheet(*pieces: str) -> bytes:
    return with_part(report(), "xl/worksheets/sheet1.xml", sheet(*pieces))


CELL = '<c r="{}"><v>1</v></c>'
ROW = '<row r="1">{}</row>'
REFERENCES = (
    "B99999999999", "ZZZZZZZ1", "XFD1048576", "A4294967296", "A0", "FXSHRXX1", "A18446744073709551616",
    "1", "", "A-1", "é5", "A1:XFD1048576", "$A$99999999", "a99999999",
)  # fmt: skip
for reference in REFERENCES:
    inside = ROW.format(CELL.format("A1") + CELL.format(reference))
    bomb(f"a cell at “{reference}”", ".xlsx", inside)(with_sheet)
    bomb(f"a cell at “{reference}” in other quotes", ".xlsx", inside.replace('"', "'"))(with_sheet)
    spaced = inside.replace("r=", "\n r\t=\r ")
    bomb(f"a cell at “{reference}” with blanks", ".xlsx", spaced)(with_sheet)
    escaped = (
        inside.replace('"B9', '"&#66;&#57;').replace('"XFD', '"&#x58;FD').replace('"A4', '"A&#52;')
    )
    if escaped != inside:
        bomb(f"a cell at “{reference}” in references", ".xlsx", escaped)(with_sheet)
for number in ("99999999999", "4294967295", "4294967296", "-1", "0", "x", "", "1048577"):
    rows = f'<row r="{number}"><c><v>1</v></c><c r="B2"><v>1</v></c></row>'
    bomb(f"a row “{number}”", ".xlsx", rows)(with_sheet)
    bomb(f"a first row 1, then “{number}”", ".xlsx", ROW.format(CELL.format("A1")) + rows)(
        with_sheet
    )
for ref in ("A1:XFD1048576", "A1:ZZZZZZ99999999", "A1:A99999999999", "B9:A1", "", ":", "A:XFD"):
    one = ROW.format(CELL.format("A1"))
    bomb(f"a dimension {ref}", ".xlsx", one, f'<dimension ref="{ref}"/>')(with_sheet)
    bomb(
        f"a merged range {ref}",
        ".xlsx",
        one,
        "",
        f'<mergeCells><mergeCell ref="{ref}"/></mergeCells>',
    )(with_sheet)
    bomb(
        f"a link at {ref}",
        ".xlsx",
        one,
        "",
        f'<hyperlinks><hyperlink ref="{ref}" r:id="x" xmlns:r="y"/></hyperlinks>',
    )(with_sheet)
    bomb(
        f"a filter at {ref}",
        ".xlsx",
        '<row r="1" hidden="1"><c r="A1"><v>1</v></c></row>',
        "",
        f'<autoFilter ref="{ref}"><filterColumn colId="0"/></autoFilter>',
    )(with_sheet)


@bomb("100,000 merged ranges", ".xlsx", 100_000)
def merged_ranges(count: int) -> bytes:
    ranges = "".join(f'<mergeCell ref="A{i + 1}:C{i + 1}"/>' for i in range(count))
    return with_sheet(ROW.format(CELL.format("A1")), "", f"<mergeCells>{ranges}</mergeCells>")


@bomb("20,000 merged ranges over all, rows hidden", ".xlsx")
def merged_over_all() -> bytes:
    ranges = '<mergeCell ref="A1:XFD1048576"/>' * 20_000
    rows = "".join(
        f'<row r="{i}" hidden="1"><c r="A{i}"><v>1</v></c></row>' for i in range(1, 3000)
    )
    return with_sheet(rows, "", f"<mergeCells>{ranges}</mergeCells>")


@bomb("a million columns hidden", ".xlsx")
def columns_hidden() -> bytes:
    cols = '<cols><col min="1" max="99999" hidden="1"/><col min="0" max="4294967295" hidden="1"/></cols>'
    return with_sheet(ROW.format(CELL.format("A1")), cols)


@bomb("a sheet of 5 GB", ".xlsx", 5 << 30, b"<c><v>1</v></c>")
@bomb("a sheet of 90 MB of cells", ".xlsx", 90 << 20, b"<c><v>1</v></c>")
@bomb("a sheet of 90 MB of rows", ".xlsx", 90 << 20, b"</row><row><c><v>1</v></c>")
@bomb("a sheet of 90 MB of errors", ".xlsx", 90 << 20, b'<c t="e"><v>#REF!</v></c>')
@bomb("a sheet of 60 MB of formulas", ".xlsx", 60 << 20, b"<c><f>A1</f></c>")
@bomb("a sheet of 60 MB of empty cells", ".xlsx", 60 << 20, b'<c r="A1" s="1"/>')
@bomb("a sheet of 90 MB of unclosed starts", ".xlsx", 90 << 20, b"<c ")
@bomb("a sheet of 60 MB of filters", ".xlsx", 60 << 20, b'<autoFilter hidden="1">')
@bomb("a sheet of 60 MB of open filters", ".xlsx", 60 << 20, b'<row r="1" hidden="1"><autoFilter>')
@bomb("a sheet of 60 MB of formulas not closed", ".xlsx", 60 << 20, b"<c><f>")
@bomb("a sheet of 60 MB of blanks", ".xlsx", 60 << 20, b" " * 100)
def large_sheet(size: int, piece: bytes) -> bytes:
    others = parts_of(report())
    others.pop("xl/worksheets/sheet1.xml")
    start = f'<worksheet xmlns="{MAIN}"><sheetData><row>'.encode()
    return _inflated(
        "xl/worksheets/sheet1.xml", start, piece, size, b"</row></sheetData></worksheet>", others
    )


def _inflated(name: str, head: bytes, piece: bytes, size: int, tail: bytes, others) -> bytes:
    data = Repeated(*pieces(piece, size, 1 << 18), head, tail, level=1)
    return in_archive(name, data, others)


@bomb("500,000 errors in rows of 10", ".xlsx", '<c t="e"><v>#REF!</v></c>' * 10, 50_000)
@bomb("50,000 errors in one row", ".xlsx", '<c t="e"><v>#REF!</v></c>' * 50_000, 1)
@bomb("errors that are no cells", ".xlsx", 't="e" ' * 100_000, 1)
@bomb("formulas in one row", ".xlsx", "<c><f>SUM(A1:XFD1048576)</f></c>" * 16_000, 1)
@bomb("formulas of formulas", ".xlsx", "<c><f>" + "(" * 5000 + "</f></c>", 5)
def rows_of_cells(cells: str, count: int) -> bytes:
    return with_sheet(f"<row>{cells}</row>" * count)


@bomb("formulas that double", ".xlsx")
def doubling() -> bytes:
    cells = "".join(
        f'<row r="{i}"><c r="A{i}"><f>A{i + 1}+A{i + 1}</f></c></row>' for i in range(1, 5000)
    )
    return with_sheet(cells)


@bomb("sums over everything", ".xlsx")
def sums() -> bytes:
    rows = "".join(
        f'<row r="{i}"><c r="A{i}"><f>SUM(B1:XFD1048576)</f></c><c r="B{i}"><v>1</v></c></row>'
        for i in range(1, 3000)
    )
    return with_sheet(rows)


@bomb("shared texts of 1 GB", ".xlsx", 1 << 30, b"<si><t>abc</t></si>")
@bomb("shared texts of 90 MB", ".xlsx", 90 << 20, b"<si><t>abc</t></si>")
@bomb(
    "shared texts of 60 MB in pieces",
    ".xlsx",
    60 << 20,
    b"<si><r><rPr><strike/></rPr><t>abc</t></r></si>",
)
@bomb("shared texts of 60 MB never closed", ".xlsx", 60 << 20, b"<si>strike<x:si ")
def shared_texts(size: int, piece: bytes) -> bytes:
    head = f'<sst xmlns="{MAIN}">'.encode()
    others = parts_of(with_shared())
    others.pop("xl/sharedStrings.xml")
    return _inflated("xl/sharedStrings.xml", head, piece, size, b"</sst>", others)


def with_shared() -> bytes:
    found = parts_of(report())
    if "xl/sharedStrings.xml" not in found:
        found["xl/sharedStrings.xml"] = b"<sst/>"
    return archive(found)


@bomb("a shared text far beyond the last", ".xlsx")
def shared_index() -> bytes:
    return with_sheet(
        ROW.format(
            '<c r="A1" t="s"><v>4294967295</v></c><c r="B1" t="s"><v>99999999999999999999</v></c>'
        )
    )


@bomb("100,000 sheets", ".xlsx", 100_000)
@bomb("1,500 sheets", ".xlsx", 1_500)
def many_sheets(count: int) -> bytes:
    found = parts_of(report())
    one = found.pop("xl/worksheets/sheet1.xml")
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    names = "".join(f'<sheet name="S{i}" sheetId="{i + 1}" r:id="r{i}"/>' for i in range(count))
    links = "".join(
        f'<Relationship Id="r{i}" Type="{kind}/worksheet" Target="worksheets/s{i}.xml"/>'
        for i in range(count)
    )
    found["xl/workbook.xml"] = (
        f'<workbook xmlns="{MAIN}" xmlns:r="{kind}"><sheets>{names}</sheets></workbook>'.encode()
    )
    found["xl/_rels/workbook.xml.rels"] = (
        f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{links}</Relationships>'.encode()
    )
    return archive({**found, **{f"xl/worksheets/s{i}.xml": one for i in range(count)}}, 1)


@bomb("100,000 names of one sheet", ".xlsx")
def one_sheet_often() -> bytes:
    found = parts_of(report())
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    names = "".join(f'<sheet name="S{i}" sheetId="{i + 1}" r:id="rId1"/>' for i in range(100_000))
    found["xl/workbook.xml"] = (
        f'<workbook xmlns="{MAIN}" xmlns:r="{kind}"><sheets>{names}</sheets></workbook>'.encode()
    )
    return archive(found)


ENTITIES = (
    '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">'
    + "".join(
        f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefghi", "bcdefghij", strict=True)
    )
    + "]>"
)


def xml_forms(inside: str, head: str = "") -> dict[str, bytes]:
    """The same XML in the main part of each kind of document."""
    return {
        ".xlsx": with_part(
            report(),
            "xl/worksheets/sheet1.xml",
            head.encode()
            + sheet(f'<row r="1"><c r="A1" t="inlineStr"><is><t>{inside}</t></is></c></row>'),
        ),
        ".docx": with_part(
            letter(),
            "word/document.xml",
            f'{head}<w:document xmlns:w="{WORD}"><w:body><w:p><w:r><w:t>{inside}</w:t></w:r></w:p></w:body></w:document>'.encode(),
        ),
        ".odt": odf("text", f"<text:p>{inside}</text:p>", head),
        ".ods": odf(
            "spreadsheet",
            f'<table:table table:name="A"><table:table-row><table:table-cell office:value-type="string"><text:p>{inside}</text:p></table:table-cell></table:table-row></table:table>',
            head,
        ),
        ".xml": f'<?xml version="1.0"?>{head}<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet ss:Name="A"><Table><Row><Cell><Data ss:Type="String">{inside}</Data></Cell></Row></Table></Worksheet></Workbook>'.encode(),
        ".html": f"{head}<html><body><table><tr><td>{inside}</td></tr></table></body></html>".encode(),
    }


def odf(sort: str, inside: str, head: str = "") -> bytes:
    spaces = " ".join(f'xmlns:{n}="{ODF}{n}:1.0"' for n in ("office", "table", "text", "style"))
    body = f'<office:document-content {spaces} xmlns:calcext="c"><office:body><office:{sort}>{inside}</office:{sort}></office:body></office:document-content>'
    return archive(
        {
            "mimetype": f"application/vnd.oasis.opendocument.{sort}".encode(),
            "content.xml": (head + body).encode(),
        }
    )


def xml_form(ending: str, inside: str, head: str = "") -> bytes:
    return xml_forms(inside, head)[ending]


def deep(ending: str, depth: int) -> bytes:
    return xml_form(ending, "<x>" * depth + "</x>" * depth)


def attributes(ending: str, count: int) -> bytes:
    return xml_form(ending, "<x " + " ".join(f'a{i}="1"' for i in range(count)) + "/>")


def elements(ending: str, count: int) -> bytes:
    return xml_form(ending, "<x/>" * count)


for form in (".xlsx", ".docx", ".odt", ".ods", ".xml", ".html"):
    bomb(f"entities in {form}", form, form, "&j;", ENTITIES)(xml_form)
    bomb(
        f"an entity from a file in {form}",
        form,
        form,
        "&a;",
        '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>',
    )(xml_form)
    bomb(f"elements 100,000 deep in {form}", form, form, 100_000)(deep)
    bomb(f"elements 200 deep in {form}", form, form, 200)(deep)
    bomb(f"200,000 attributes in {form}", form, form, 200_000)(attributes)
    bomb(f"3,000,000 elements in {form}", form, form, 3 * MILLION)(elements)


# --- OpenDocument

LARGE = (10_000, 1_048_576, 10**12)
VALUES = {
    "error": 'office:value-type="string" calcext:value-type="error"',
    "number": 'office:value-type="float" office:value="1"',
    "formula": 'table:formula="of:=A1"',
    "formula of 0": 'table:formula="of:=A1" office:value-type="float" office:value="0"',
    "merged": 'table:number-rows-spanned="99999999" table:number-columns-spanned="99999999"',
    "nothing": "",
}


def calc(cell: str, rows: int, columns: int, times: int = 1, ending: str = "spreadsheet") -> bytes:
    row = f'<table:table-row table:number-rows-repeated="{rows}"><table:table-cell table:number-columns-repeated="{columns}" {cell}><text:p>1</text:p></table:table-cell></table:table-row>'
    return odf(
        ending,
        f'<table:table table:name="A"><table:table-column table:number-columns-repeated="{columns}" table:visibility="collapse"/>{row * times}</table:table>',
    )


for what, said in VALUES.items():
    for many in LARGE:
        bomb(f"{what} repeated {many} × {many} in a sheet", ".ods", said, many, many)(calc)
    bomb(f"{what} repeated 10,000 × 10 in 500 rows of a sheet", ".ods", said, 10_000, 10, 500)(calc)
    bomb(f"{what} repeated in a text", ".odt", said, 10**9, 10**9, 1, "text")(calc)
    bomb(f"{what} repeated in 400 rows of a text", ".odt", said, 1000, 1000, 400, "text")(calc)


@bomb("blanks repeated", ".odt", "text", '<text:p><text:s text:c="999999999"/>1</text:p>' * 20_000)
@bomb(
    "blanks repeated in a sheet",
    ".ods",
    "spreadsheet",
    '<table:table table:name="A"><table:table-row><table:table-cell office:value-type="string"><text:p><text:s text:c="999999999999"/>1</text:p></table:table-cell></table:table-row></table:table>',
)
@bomb("300,000 paragraphs", ".odt", "text", lambda: "<text:p/>" * 300_000)
@bomb(
    "tables in tables, 500 deep",
    ".odt",
    "text",
    "<table:table><table:table-row><table:table-cell>" * 500
    + "<text:p>1</text:p>"
    + "</table:table-cell></table:table-row></table:table>" * 500,
)
@bomb(
    "tables in tables, 60 deep",
    ".odt",
    "text",
    "<table:table><table:table-row><table:table-cell><text:p>1</text:p>" * 60
    + "</table:table-cell></table:table-row></table:table>" * 60,
)
@bomb("styles in a circle", ".odt", "text", "<text:p>1</text:p>" * 1000)
@bomb(
    "100,000 sheets of Calc",
    ".ods",
    "spreadsheet",
    lambda: (
        '<table:table table:name="A"><table:table-row><table:table-cell office:value-type="float" office:value="1"/></table:table-row></table:table>'
        * 100_000
    ),
)
def document(sort: str, inside: str) -> bytes:
    return odf(sort, inside)


# --- Word


@bomb("a million empty paragraphs", ".docx", lambda: "<w:p/>" * MILLION)
@bomb("a million paragraphs", ".docx", lambda: "<w:p><w:r><w:t>1</w:t></w:r></w:p>" * MILLION)
@bomb(
    "100,000 runs in a paragraph", ".docx", "<w:p>" + "<w:r><w:t>1</w:t></w:r>" * 100_000 + "</w:p>"
)
@bomb(
    "a table of 100,000 rows",
    ".docx",
    lambda: (
        "<w:tbl>"
        + "<w:tr><w:tc><w:p><w:r><w:t>1</w:t></w:r></w:p></w:tc></w:tr>" * 100_000
        + "</w:tbl>"
    ),
)
@bomb(
    "a row of 100,000 cells",
    ".docx",
    "<w:tbl><w:tr>" + "<w:tc><w:p/></w:tc>" * 100_000 + "</w:tr></w:tbl>",
)
@bomb(
    "a span of a billion",
    ".docx",
    '<w:tbl><w:tr><w:trPr><w:gridBefore w:val="1000000000"/></w:trPr><w:tc><w:tcPr><w:gridSpan w:val="1000000000"/></w:tcPr><w:p/></w:tc></w:tr></w:tbl>',
)
@bomb(
    "spans in 3,000 rows of 60 cells",
    ".docx",
    lambda: (
        "<w:tbl>"
        + (
            "<w:tr>"
            + '<w:tc><w:tcPr><w:gridSpan w:val="99"/></w:tcPr><w:p/></w:tc>' * 60
            + "</w:tr>"
        )
        * 3000
        + "</w:tbl>"
    ),
)
@bomb(
    "cells merged down 30,000 rows",
    ".docx",
    "<w:tbl>"
    + "<w:tr><w:tc><w:tcPr><w:vMerge/></w:tcPr><w:p/></w:tc></w:tr>" * 30_000
    + "</w:tbl>",
)
@bomb(
    "5,000 merged cells in each of 10 columns",
    ".docx",
    lambda: (
        "<w:tbl>"
        + (
            "<w:tr>"
            + '<w:tc><w:tcPr><w:vMerge w:val="restart"/><w:gridSpan w:val="2"/></w:tcPr><w:p/></w:tc>'
            * 10
            + "</w:tr>"
            + "<w:tr>"
            + "<w:tc><w:tcPr><w:vMerge/></w:tcPr><w:p/></w:tc>" * 10
            + "</w:tr>"
        )
        * 2500
        + "</w:tbl>"
    ),
)
@bomb(
    "nested tables, 500 deep",
    ".docx",
    "<w:tbl><w:tr><w:tc>" * 500 + "<w:p/>" + "</w:tc></w:tr></w:tbl>" * 500,
)
@bomb(
    "nested tables, 80 deep",
    ".docx",
    "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>1</w:t></w:r></w:p>" * 80
    + "<w:p/>"
    + "</w:tc></w:tr></w:tbl>" * 80,
)
@bomb(
    "nested text boxes",
    ".docx",
    "<w:p><w:r><w:pict><w:txbxContent>" * 60
    + "<w:p/>"
    + "</w:txbxContent></w:pict></w:r></w:p>" * 60,
)
@bomb(
    "20,000 tables in one cell",
    ".docx",
    "<w:tbl><w:tr><w:tc>"
    + "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>1</w:t></w:r></w:p></w:tc></w:tr></w:tbl>" * 20_000
    + "</w:tc></w:tr></w:tbl>",
)
@bomb(
    "20,000 tables and paragraphs",
    ".docx",
    "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>1</w:t></w:r></w:p></w:tc></w:tr></w:tbl><w:p><w:r><w:t>1</w:t></w:r></w:p>"
    * 20_000,
)
@bomb(
    "numbers of a list, huge",
    ".docx",
    '<w:p><w:pPr><w:numPr><w:ilvl w:val="999999999"/><w:numId w:val="1"/></w:numPr></w:pPr></w:p>',
)
@bomb(
    "a text of 40 MB",
    ".docx",
    lambda: "<w:p><w:r><w:t>" + "a " * (20 << 20) + "</w:t></w:r></w:p>",
)
@bomb(
    "20,000 objects",
    ".docx",
    '<w:p><w:object><o:OLEObject xmlns:o="o" xmlns:r="r" r:id="rId1"/></w:object></w:p>' * 20_000,
)
def word(inside: str) -> bytes:
    body = f'<w:document xmlns:w="{WORD}"><w:body>{inside}</w:body></w:document>'
    return with_part(letter(), "word/document.xml", body.encode())


@bomb("a document of 3 GB", ".docx", 3 << 30, "word/document.xml")
@bomb("styles of 3 GB", ".docx", 3 << 30, "word/styles.xml")
@bomb("relationships of 3 GB", ".docx", 3 << 30, "_rels/.rels")
@bomb("content types of 1 GB", ".docx", 1 << 30, "[Content_Types].xml")
@bomb("pictures of 2 GB", ".docx", 2 << 30, "word/media/image1.png")
@bomb("properties of 2 GB", ".docx", 2 << 30, "docProps/custom.xml")
@bomb("an unknown part of 2 GB", ".docx", 2 << 30, "word/other.bin")
def large_part(size: int, part: str) -> bytes:
    others = parts_of(letter())
    others.pop(part, None)
    return _inflated(part, b"<x>", b"<w:p></w:p>", size, b"</x>", others)


@bomb("a document that says 100 bytes", ".docx")
def lying_document() -> bytes:
    return lying(large_part(600 << 20, "word/document.xml"))


# --- pages and texts


@bomb(
    "a colspan of a billion",
    ".html",
    '<table><tr><td colspan="999999999" rowspan="999999999">1</td></tr></table>',
)
@bomb(
    "spans in 3,000 rows",
    ".html",
    "<table>" + '<tr><td rowspan="3000" colspan="256">1</td></tr>' * 3000 + "</table>",
)
@bomb(
    "2,000 tables of wide spans",
    ".html",
    lambda: ("<table>" + '<tr><td rowspan="99" colspan="256">1</td></tr>' * 30 + "</table>") * 2000,
)
@bomb("divisions 100,000 deep", ".html", "<div>" * 100_000)
@bomb("divisions 250 deep", ".html", "<div>" * 250 + "1" + "</div>" * 250)
@bomb("tables 100 deep", ".html", "<table><tr><td>1" * 100)
@bomb("tables 10,000 deep", ".html", "<table><tr><td>" * 10_000)
@bomb("a million cells", ".html", lambda: "<table>" + ("<tr>" + "<td>1" * 1000) * 1000)
@bomb("a row of a million cells", ".html", lambda: "<table><tr>" + "<td>1" * MILLION)
@bomb(
    "200,000 columns named",
    ".html",
    lambda: "<table>" + '<col span="256" style="display:none">' * 200_000 + "<tr><td>1</table>",
)
@bomb("a million breaks", ".html", lambda: "<p>1" + "<br>" * MILLION)
@bomb("comments", ".html", "<!-- a -->\n" * 100_000)
@bomb("comments of 450 bytes", ".txt", "<!-- a -->\n" * 40 + "<!-")
@bomb("comments not closed", ".html", "<!--" * 250_000)
@bomb("declarations not closed", ".html", "<!" * 500_000)
@bomb("marked sections", ".html", "<![" * 300_000)
@bomb("starts not closed", ".html", "<a " * 300_000)
@bomb("attributes not closed", ".html", '<a b="' * 300_000)
@bomb("ends not closed", ".html", "</" * 500_000)
@bomb("signs of less", ".txt", "<" * MILLION)
@bomb("ampersands", ".html", "<p>" + "&" * MILLION)
@bomb("scripts not closed", ".html", "<script>" * 100_000)
@bomb(
    "styles of 5 MB",
    ".html",
    lambda: "<style>" + "a{display:none}" * 300_000 + "</style><p class=a>1",
)
@bomb(
    "styles that choose each other",
    ".html",
    "<style>"
    + "".join(f".a{i} .b{i}{{display:none}}" for i in range(5000))
    + "</style>"
    + "<p class='a1 b1'>1</p>" * 5000,
)
@bomb("a style of 1 MB", ".html", f"<p style='{'a:b;' * 250_000}'>1")
@bomb("a style of braces", ".html", "<style>" + "{" * 500_000 + "</style><p>1")
@bomb("a style of comments", ".html", "<style>" + "/*" * 500_000 + "</style><p>1")
@bomb("one line of 40 MB", ".csv", lambda: "1" * (40 << 20))
@bomb("one line of 40 MB of blanks", ".txt", lambda: " " * (40 << 20))
@bomb("40 MB of short lines", ".txt", lambda: "a\n" * (20 << 20))
@bomb("a million columns", ".csv", lambda: "1;" * MILLION + "\n" + "1;" * MILLION)
@bomb("200,000 rows", ".csv", "1;2;3\n" * 199_000)
@bomb("a wide row, then 150,000", ".csv", "1;" * 40_000 + "\n1;2\n" * 75_000)
@bomb("quotation marks", ".csv", '"' * 90_000 + "\n" + '";"' * 30_000)
@bomb("20,000 open quotation marks", ".csv", '"a;b\n' * 20_000)
@bomb("marks of quotation", ".txt", "> " * 45_000 + "\n" + ">" * 90_000)
@bomb("lines drawn", ".txt", "|" + "-" * 90_000 + "|\n" + "| a " * 20_000)
@bomb("20,000 lines drawn", ".txt", "+---+---+\n| a | b |\n" * 20_000)
@bomb("20,000 lines lined up", ".txt", "Nguyễn Văn A      Khu phố 1      12\n" * 20_000)
@bomb("digits", ".txt", "1" * 99_000)
@bomb("digits and points", ".txt", "1." * 49_000)
@bomb("100 lines of digits and blanks", ".txt", ("1 " * 49_000 + "\n") * 20)
@bomb("days", ".txt", "16/8/2021 " * 9_000)
@bomb("lines of a letter", ".txt", "Lũy kế: 12 người; tăng 5\n" * 20_000)
@bomb("a sentence of 90,000 letters", ".txt", "đã cài đặt 12 người, tổng số 15 " * 2_800)
@bomb("accents", ".txt", "a" + "\u0301" * 90_000)
@bomb("colons", ".txt", ":" * 99_000 + "\n" + ": " * 49_000)
@bomb("hyphens", ".txt", "-" * 99_000 + "\n" + "- " * 49_000)
@bomb("underlines", ".txt", "_" * 99_000 + "\n" + "_ " * 49_000)
@bomb("points", ".txt", "." * 99_000 + "\n" + ". " * 49_000)
@bomb("brackets", ".txt", "(" * 99_000 + "\n" + "()" * 49_000)
def text(written: str) -> bytes:
    return written.encode()


@bomb(
    "a sheet of SYLK at row a billion",
    ".slk",
    "ID;PX\nC;Y1000000000;X1000000000;K1\nC;Y1;X1;K2\nE\n",
)
@bomb(
    "a sheet of SYLK, 100,000 far cells",
    ".slk",
    "ID;PX\n" + "".join(f"C;Y{i};X{i};K1\n" for i in range(1, 100_000)),
)
@bomb("a line of SYLK of 90 KB", ".slk", "ID;PX\nC;" + "Y1;X1;K1;" * 10_000 + "\n" + ";" * 90_000)
@bomb("a sheet of SYLK, digits", ".slk", "ID;PX\nC;Y" + "9" * 5000 + ";X1;K1\nE")
@bomb(
    "a sheet of DIF",
    ".dif",
    'TABLE\n0,1\n"X"\nDATA\n0,0\n""\n' + "-1,0\nBOT\n" + "0,1\nV\n" * 90_000,
)
@bomb(
    "a sheet of DIF, rows",
    ".dif",
    'TABLE\n0,1\n"X"\nDATA\n0,0\n""\n' + "-1,0\nBOT\n" * 90_000 + "0,1\nV\n",
)
@bomb("RTF 100,000 deep", ".rtf", "{\\rtf1 " + "{" * 100_000 + "a" + "}" * 100_000 + "}")
@bomb("RTF, a table", ".rtf", "{\\rtf1 \\trowd\\cellx999999999 1\\cell\\row}")
@bomb(
    "an XML sheet at row a billion",
    ".xml",
    '<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet ss:Name="A"><Table><Column ss:Index="1" ss:Span="999999999" ss:Hidden="1"/><Row ss:Index="1000000000" ss:Span="1000000000" ss:Hidden="1"><Cell ss:Index="1000000000" ss:MergeAcross="1000000000" ss:MergeDown="1000000000"><Data ss:Type="Number">1</Data></Cell></Row></Table></Worksheet></Workbook>',
)
@bomb(
    "an XML sheet with rows hidden",
    ".xml",
    '<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet ss:Name="A"><Table>'
    + '<Row ss:Span="199999" ss:Hidden="1"><Cell ss:MergeAcross="16000" ss:MergeDown="100000"><Data ss:Type="Number">1</Data></Cell></Row>'
    * 100
    + "</Table></Worksheet></Workbook>",
)
def other_text(written: str) -> bytes:
    return written.encode()


# --- letters


def mail(
    body: bytes, kind: str = 'application/octet-stream; name="BC.zip"', coding: str = "base64"
) -> bytes:
    return (
        f"From: a@b.vn\nSubject: BC\nMIME-Version: 1.0\nContent-Type: {kind}\nContent-Transfer-Encoding: {coding}\n\n".encode()
        + body
    )


@bomb("a letter with a bomb", ".eml")
def mail_bomb() -> bytes:
    return mail(base64.encodebytes(large_member(2 << 30)))


@bomb("letters in letters, 1,000 deep", ".eml", 1_000)
@bomb("letters in letters, 50 deep", ".eml", 50)
def letters(depth: int) -> bytes:
    head = b"From: a@b.vn\nSubject: x\nMIME-Version: 1.0\nContent-Type: message/rfc822\n\n"
    return head * depth + b"From: a@b.vn\nSubject: x\n\nHello\n"


@bomb("parts in parts, 1,000 deep", ".eml", 1_000)
@bomb("parts in parts, 100 deep", ".eml", 100)
def parts(depth: int) -> bytes:
    out = b"From: a@b.vn\nSubject: x\nMIME-Version: 1.0\n"
    for level in range(depth):
        out += f'Content-Type: multipart/mixed; boundary="b{level}"\n\n--b{level}\n'.encode()
    return out + b"Content-Type: text/plain\n\nHello\n"


@bomb("100,000 parts", ".eml")
def many_parts() -> bytes:
    return mail(
        b"--b\nContent-Type: text/plain; name=a.txt\n\nx\n" * 100_000 + b"--b--",
        "multipart/mixed; boundary=b",
        "7bit",
    )


@bomb("a mailbox of 50,000 letters", ".mbox")
def mailbox() -> bytes:
    return b"From a@b Mon Aug 16 14:30:00 2021\nFrom: a@b\nSubject: x\n\nHello\n\n" * 50_000


@bomb("100,000 lines of a head", ".eml", b"X-A: b\n" * 100_000)
@bomb("a head of 1 MB", ".eml", b"X-A: " + b"a " * 500_000 + b"\n")
@bomb("a subject in pieces", ".eml", b"Subject: " + b"=?utf-8?q?a?= " * 20_000 + b"\n")
@bomb("an address of 100,000 brackets", ".eml", b"To: " + b"(" * 100_000 + b"\n")
@bomb(
    "a kind of 100,000 parts", ".eml", b"Content-Type: text/plain; " + b"a*0*=b; " * 20_000 + b"\n"
)
@bomb("folded lines", ".eml", b"X-A: a\n" + b" b\n" * 200_000)
@bomb(
    "a name of a file in 20,000 pieces",
    ".eml",
    b"Content-Disposition: attachment; "
    + b"".join(b"filename*%d=a; " % i for i in range(20_000))
    + b"\n",
)
def heads(line: bytes) -> bytes:
    return b"From: a@b.vn\n" + line + b"Subject: x\n\nHello\n"


@bomb("lines before a head", ".txt", b"A-B: c\n" * 100_000)
@bomb("lines before a head, folded", ".txt", b"A: \n" + b" \n" * 100_000)
@bomb("lines that part letters", ".txt", b"From " + b"1:11" * 100_000)
@bomb("lines that begin files", ".txt", b"begin 644 a\n" * 100_000)
@bomb("lines of files", ".txt", b"begin 644 a.zip\nM" + b"M" * 90_000 + b"\n" + b"M\n" * 100_000)
def plain(content: bytes) -> bytes:
    return content


@bomb("a file in a text, a bomb", ".txt")
def uuencoded() -> bytes:
    import binascii

    data = large_member(2 << 30)
    lines = [binascii.b2a_uu(data[at : at + 45]) for at in range(0, len(data), 45)]
    return b"begin 644 BC.zip\n" + b"".join(lines) + b"`\nend\n"


# --- PDF


def pdf(*objects: bytes, pages: bytes = b"", trailer: bytes = b"", xref: bool = True) -> bytes:
    """A file of these objects, numbered from 4, with one page whose text is object 4."""
    own = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        pages or b"<< /Type /Pages /Count 1 /Kids [3 0 R] >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F 5 0 R >> /XObject << /X 6 0 R >> >> >>",
        *objects,
    ]
    out, places = b"%PDF-1.5\n", []
    for number, each in enumerate(own, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, each)
    start = len(out)
    if xref:
        out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(own) + 1)
        out += b"".join(b"%010d 00000 n \n" % place for place in places)
    return out + b"trailer << /Size %d /Root 1 0 R %s >>\nstartxref\n%d\n%%%%EOF" % (
        len(own) + 1,
        trailer,
        start,
    )


FONT = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"


def stream(data: bytes, said: bytes = b"") -> bytes:
    return b"<< /Length %d %s >>\nstream\n%s\nendstream" % (len(data), said, data)


def flate(size: int, times: int = 1, piece: bytes = b"0 0 m ") -> bytes:
    data = Repeated(*pieces(piece, size)).zlib
    for _time in range(times - 1):
        data = zlib.compress(data, 9)
    return data


def flate_filter(times: int) -> bytes:
    return b"/Filter [" + b"/FlateDecode " * times + b"]"


@bomb("a page of 2 GB", ".pdf", 2 << 30, 1)
@bomb("a page of 2 GB, packed twice", ".pdf", 2 << 30, 2)
@bomb("a page of 2 GB, packed three times", ".pdf", 2 << 30, 3)
@bomb("a page of 200 MB", ".pdf", 200 << 20, 1)
@bomb("a page of 60 MB", ".pdf", 60 << 20, 1)
@bomb("a page of 20 MB", ".pdf", 20 << 20, 1)
@bomb("a page of 20 MB of texts", ".pdf", 20 << 20, 1, b"BT /F 9 Tf (a) Tj ET ")
@bomb("a page of 5 MB of lines", ".pdf", 5 << 20, 1, b"0 0 m 9 9 l S ")
@bomb("a page of 5 MB of frames", ".pdf", 5 << 20, 1, b"0 0 9 9 re S ")
@bomb("a page of 5 MB of open brackets", ".pdf", 5 << 20, 1, b"[")
@bomb("a page of 5 MB of dictionaries", ".pdf", 5 << 20, 1, b"<<")
@bomb("a page of 5 MB of saved states", ".pdf", 5 << 20, 1, b"q ")
def page(size: int, times: int, piece: bytes = b"0 0 m ") -> bytes:
    return pdf(stream(flate(size, times, piece), flate_filter(times)), FONT)


@bomb("a page in hexadecimal of a packed one", ".pdf")
def page_of_hex() -> bytes:
    data = flate(1 << 30).hex().encode() + b">"
    return pdf(stream(data, b"/Filter [/ASCIIHexDecode /FlateDecode]"), FONT)


@bomb("a page in base 85 of a packed one", ".pdf")
def page_of_85() -> bytes:
    data = base64.a85encode(flate(1 << 30)) + b"~>"
    return pdf(stream(data, b"/Filter [/ASCII85Decode /FlateDecode]"), FONT)


@bomb("a page of lengths of runs", ".pdf")
def page_of_runs() -> bytes:
    data = zlib.compress(b"\x81 " * (20 << 20), 9)
    return pdf(stream(data, b"/Filter [/FlateDecode /RunLengthDecode]"), FONT)


@bomb("a page of LZW", ".pdf")
def page_of_lzw() -> bytes:
    bits = "".join(f"{code:09b}" for code in (256, 32)) + "".join(
        f"{258 + i:0{9 if i < 252 else 10 if i < 764 else 11 if i < 1788 else 12}b}"
        for i in range(3800)
    )
    data = int(bits.ljust(-8 * (-len(bits) // 8), "0"), 2).to_bytes(-(-len(bits) // 8))
    many = zlib.compress(data * 2000, 9)
    return pdf(stream(many, b"/Filter [/FlateDecode /LZWDecode]"), FONT)


@bomb("a predictor of a billion columns", ".pdf")
def predictor() -> bytes:
    said = b"/Filter /FlateDecode /DecodeParms << /Predictor 12 /Columns 1000000000 /Colors 32 >>"
    return pdf(stream(flate(1 << 20), said), FONT)


@bomb("pages in a circle", ".pdf", b"<< /Type /Pages /Count 9 /Kids [2 0 R 3 0 R 2 0 R] >>")
@bomb(
    "a page a million times",
    ".pdf",
    lambda: b"<< /Type /Pages /Count 1000000 /Kids [" + b"3 0 R " * MILLION + b"] >>",
)
@bomb("a page 150 times", ".pdf", b"<< /Type /Pages /Count 150 /Kids [" + b"3 0 R " * 150 + b"] >>")
@bomb("pages that are numbers", ".pdf", b"<< /Type /Pages /Count 99999999999 /Kids [1 2 3] >>")
@bomb("pages 100,000 deep", ".pdf", b"<< /Type /Pages /Count 1 /Kids " + b"[" * 100_000 + b"] >>")
def tree(pages: bytes) -> bytes:
    return pdf(stream(b"BT /F 9 Tf (abc) Tj ET"), FONT, pages=pages)


@bomb("kids of kids", ".pdf")
def kids() -> bytes:
    """Each node holds the next ten times."""
    nodes = [
        b"<< /Type /Pages /Count 1 /Kids [%s] >>" % (b"%d 0 R " % (n + 7) * 10) for n in range(9)
    ]
    return pdf(
        stream(b""),
        FONT,
        b"null",
        *nodes,
        b"<< /Type /Page >>",
        pages=b"<< /Type /Pages /Count 9 /Kids [7 0 R 7 0 R] >>",
    )


@bomb("a page of 10,000 × 10,000,000 points", ".pdf")
def page_size() -> bytes:
    return pdf(stream(b"BT /F 9 Tf (abc) Tj ET"), FONT).replace(b"595 842", b"0 1e9")


@bomb("a form that draws itself", ".pdf", 1)
@bomb("a form that draws itself 100 times", ".pdf", 100)
def form(times: int) -> bytes:
    said = b"/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X 6 0 R >> >>"
    return pdf(stream(b"/X Do "), FONT, stream(b"/X Do " * times, said))


@bomb("forms that draw the next ten times", ".pdf")
def forms() -> bytes:
    made = [
        stream(
            b"/X Do " * 10,
            b"/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X %d 0 R >> >>"
            % (n + 7),
        )
        for n in range(10)
    ]
    return pdf(
        stream(b"/X Do "),
        FONT,
        *made,
        stream(b"0 0 9 9 re S", b"/Type /XObject /Subtype /Form /BBox [0 0 9 9]"),
    )


@bomb("an object stream of 2 GB", ".pdf", 2 << 30)
@bomb("an object stream of 100 MB", ".pdf", 100 << 20)
def object_stream(size: int) -> bytes:
    data = flate(size, 1, b"1 0 ")
    return pdf(
        stream(data, b"/Type /ObjStm /N 100000000 /First 10 /Filter /FlateDecode"), FONT, xref=False
    )


@bomb("object streams in a circle", ".pdf")
def object_loop() -> bytes:
    return pdf(
        stream(b"4 0 5 0 ", b"/Type /ObjStm /N 2 /First 8 /Extends 4 0 R"),
        b"6 0 R",
        b"5 0 R",
        xref=False,
    )


@bomb("a length in a circle", ".pdf")
def length_loop() -> bytes:
    return pdf(b"<< /Length 4 0 R >>\nstream\nabc\nendstream", FONT)


@bomb("a table of a billion objects", ".pdf", b"xref\n0 1000000000\n")
@bomb("a table that leads to itself", ".pdf", b"xref\n0 0\ntrailer << /Root 1 0 R /Prev 500 >>\n")
def table(xref: bytes) -> bytes:
    content = pdf(stream(b"BT /F 9 Tf (abc) Tj ET"), FONT)
    start = content.find(b"xref")
    own = xref.replace(b"500", b"%d" % start)
    return (
        content[:start]
        + own
        + b"trailer << /Size 9 /Root 1 0 R /Prev %d >>\nstartxref\n%d\n%%%%EOF" % (start, start)
    )


@bomb("a stream for a table, of 1 GB", ".pdf")
def table_stream() -> bytes:
    content = pdf(stream(b""), FONT, xref=False)
    data = flate(1 << 30, 1, b"\1\0\0\0")
    start = len(content)
    said = (
        b"9 0 obj\n"
        + stream(data, b"/Type /XRef /Size 99999999 /W [1 2 1] /Root 1 0 R /Filter /FlateDecode")
        + b"\nendobj\n"
    )
    return (
        content[: content.rfind(b"trailer")]
        + said
        + b"startxref\n%d\n%%%%EOF" % content.rfind(b"trailer")
        if start
        else b""
    )


@bomb("a name table of 1 GB", ".pdf", b"/ToUnicode 6 0 R", b"<0001> <0041> ")
@bomb(
    "a name table of wide ranges",
    ".pdf",
    b"/ToUnicode 6 0 R",
    b"1 beginbfrange <00000000> <ffffffff> <0041> endbfrange ",
)
@bomb(
    "a font of 1 GB",
    ".pdf",
    b"/FontDescriptor << /Type /FontDescriptor /FontFile2 6 0 R >>",
    b"0" * 99,
)
def font(said: bytes, piece: bytes) -> bytes:
    made = FONT.replace(b">>", said + b" >>")
    size = 1 << 30 if b"range" not in piece else 1 << 20
    return pdf(
        stream(b"BT /F 9 Tf (abc) Tj ET"),
        made,
        stream(flate(size, 1, piece), b"/Filter /FlateDecode"),
    )


@bomb("widths of a billion", ".pdf")
def widths() -> bytes:
    made = b"<< /Type /Font /Subtype /Type0 /BaseFont /X /Encoding /Identity-H /DescendantFonts [<< /Type /Font /Subtype /CIDFontType2 /BaseFont /X /W [0 1000000000 500] >>] >>"
    return pdf(stream(b"BT /F 9 Tf (abc) Tj ET"), made)


@bomb("a picture in a page of 100,000 × 100,000", ".pdf")
def picture_in_page() -> bytes:
    said = b"/Type /XObject /Subtype /Image /Width 100000 /Height 100000 /ColorSpace /DeviceRGB /BitsPerComponent 8 /Filter /FlateDecode"
    return pdf(
        stream(b"q 500 0 0 500 0 0 cm /X Do Q BT /F 9 Tf (abc) Tj ET"),
        FONT,
        stream(flate(1 << 30), said),
    )


@bomb("signs that begin objects", ".pdf", b"1 0 obj " * 200_000)
@bomb("signs that begin streams", ".pdf", b"stream\nx\x9c" * 200_000)
@bomb("brackets", ".pdf", b"<<" * 500_000)
@bomb("open texts", ".pdf", b"(" * MILLION)
@bomb("comments of a page", ".pdf", b"%" * MILLION)
@bomb("digits of a page", ".pdf", b"1 " * 500_000)
def odd_pdf(content: bytes) -> bytes:
    return (
        b"%PDF-1.5\n1 0 obj\n"
        + content
        + b"\nendobj\nxref\ntrailer << /Root 1 0 R >>\nstartxref\n9\n%%EOF"
    )


# --- pictures

HUGE = 100_000


def chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def png(side: int = HUGE) -> bytes:
    head = struct.pack(">IIBBBBB", side, side, 8, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", flate(200 << 20, 1, b"\0" * 99))
        + chunk(b"IEND", b"")
    )


def png_of_text(size: int = 1 << 30) -> bytes:
    head = struct.pack(">IIBBBBB", 900, 900, 8, 0, 0, 0, 0)
    text = b"a\0\0" + flate(size, 1, b"0" * 99)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"zTXt", text) * 3
        + chunk(b"iCCP", text)
        + chunk(b"IDAT", zlib.compress(bytes(901 * 900)))
        + chunk(b"IEND", b"")
    )


def gif(side: int = 65_535) -> bytes:
    head = b"GIF89a" + struct.pack("<HHBBB", side, side, 0x80, 0, 0) + bytes(6)
    return head + b"," + struct.pack("<HHHHB", 0, 0, side, side, 0) + b"\2\2\x4c\1\0;"


def gif_of_frames() -> bytes:
    head = b"GIF89a" + struct.pack("<HHBBB", 5000, 5000, 0x80, 0, 0) + bytes(6)
    return (
        head + (b"," + struct.pack("<HHHHB", 0, 0, 5000, 5000, 0) + b"\2\2\x4c\1\0") * 20_000 + b";"
    )


def tiff(side: int = HUGE, tags: int = 0) -> bytes:
    entries = [
        (256, 4, 1, side),
        (257, 4, 1, side),
        (258, 3, 1, 8),
        (259, 3, 1, 1),
        (262, 3, 1, 1),
        (273, 4, 1, 8),
        (278, 4, 1, side),
        (279, 4, 1, side),
    ]
    entries += [(30_000 + i, 4, 0x3FFFFFFF, 8) for i in range(tags)]
    return (
        b"II*\0"
        + struct.pack("<I", 8)
        + struct.pack("<H", len(entries))
        + b"".join(struct.pack("<HHII", *e) for e in entries)
        + b"\0\0\0\0"
    )


def tiff_loop() -> bytes:
    return tiff(900)[:-4] + struct.pack("<I", 8)


def jpeg(side: int = 65_000) -> bytes:
    frame = struct.pack(">BHHB", 8, side, side, 1) + b"\1\x11\0"
    return b"\xff\xd8\xff\xc0" + struct.pack(">H", len(frame) + 2) + frame + b"\xff\xd9"


def jpeg_progressive(side: int = 7_000, scans: int = 2_000) -> bytes:
    from PIL import Image

    out = io.BytesIO()
    Image.new("L", (side, side)).save(out, "JPEG", progressive=True, quality=5)
    data = out.getvalue()
    start = data.rfind(b"\xff\xda")
    return data[:start] + data[start:-2] * scans + data[-2:]


def jpegs_in_a_row(count: int = 60_000) -> bytes:
    return b"\xd0\xcf\x11\xe0" + jpeg() * count


def webp(side: int = 16_383) -> bytes:
    bits = (side - 1) | (side - 1) << 14
    data = b"VP8L" + struct.pack("<I", 10) + b"\x2f" + struct.pack("<I", bits) + bytes(5)
    return b"RIFF" + struct.pack("<I", len(data) + 4) + b"WEBP" + data


def bmp(side: int = HUGE) -> bytes:
    return (
        b"BM"
        + struct.pack("<IHHI", 54, 0, 0, 54)
        + struct.pack("<IiiHHIIiiII", 40, side, side, 1, 24, 0, 0, 0, 0, 0, 0)
    )


def white(side: int = 7_700, form: str = "PNG") -> bytes:
    from PIL import Image

    out = io.BytesIO()
    Image.new("1" if form == "PNG" else "L", (side, side), 1).save(out, form)
    return out.getvalue()


PICTURES: dict[str, tuple[str, Callable[[], bytes]]] = {
    "a PNG of 100,000 × 100,000": (".png", png),
    "a PNG with texts of 1 GB": (".png", png_of_text),
    "a GIF of 65,535 × 65,535": (".gif", gif),
    "a GIF of 20,000 frames": (".gif", gif_of_frames),
    "a TIFF of 100,000 × 100,000": (".tif", tiff),
    "a TIFF with tags of a billion": (".tif", partial(tiff, 900, 500)),
    "a TIFF in a circle": (".tif", tiff_loop),
    "a JPEG of 65,000 × 65,000": (".jpg", jpeg),
    "a JPEG of 2,000 scans": (".jpg", jpeg_progressive),
    "a WebP of 16,383 × 16,383": (".webp", webp),
    "a BMP of 100,000 × 100,000": (".bmp", bmp),
    "a white PNG of 7,700 × 7,700": (".png", white),
}


def with_picture(data: bytes, ending: str, times: int) -> bytes:
    return archive(
        {**parts_of(letter()), **{f"word/media/image{i}{ending}": data for i in range(times)}}
    )


def in_a_zip(data: bytes, ending: str, times: int) -> bytes:
    return archive({"BC.docx": letter(), **{f"{i}{ending}": data for i in range(times)}})


for what, (own_ending, maker) in PICTURES.items():
    bomb(what, own_ending)(maker)
    bomb(f"{what} in a document, 20 times", ".docx", maker, own_ending, 20)(with_picture)
    bomb(f"{what} in an archive, 40 times", ".zip", maker, own_ending, 40)(in_a_zip)


# --- compound files


def compound(
    *,
    fat: int = 0,
    next_sector: int = 0,
    sectors: int = 3,
    name: str = "WordDocument",
    size: int = 1 << 31,
    data: bytes = b"",
) -> bytes:
    """One sector of the table of sectors, one of the directory, then data; `next_sector`: what
    each sector says comes after it."""
    head = (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
        + bytes(16)
        + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6)
        + bytes(10)
    )
    head += struct.pack(
        "<IIIIIIII", 1, 1, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE if not fat else 0, fat
    )
    head += struct.pack("<I", 0) + b"\xff" * (4 * 108)
    table = struct.pack("<III", 0xFFFFFFFD, 0xFFFFFFFE, next_sector or 3) + b"".join(
        struct.pack("<I", next_sector or i + 4) for i in range(125)
    )

    def entry(name: str, kind: int, child: int, start: int, size: int) -> bytes:
        wide = name.encode("utf-16-le")
        return (
            wide.ljust(64, b"\0")
            + struct.pack("<HBBIII", len(wide) + 2, kind, 1, 0xFFFFFFFF, 0xFFFFFFFF, child)
            + bytes(36)
            + struct.pack("<IQ", start, size)
        )

    directory = entry("Root Entry", 5, 1, 0xFFFFFFFE, 0) + entry(name, 2, 0xFFFFFFFF, 2, size)
    return head + table + directory.ljust(512, b"\0") + data.ljust(512 * sectors, b"\0")


bomb("a stream in a circle", ".doc", next_sector=2)(compound)
bomb("a stream of Excel in a circle", ".xls", next_sector=2, name="Workbook")(compound)
bomb("a table of sectors in a circle", ".xls", fat=4_000_000, name="Workbook")(compound)


@bomb("an .xls with cells at its end", ".xls", 65_535, 255)
@bomb("an .xls that says 65,536 × 65,535", ".xls", 65_535, 65_535)
@bomb("an .xls that says four billion rows", ".xls", 0, 0, (0, 0xFFFFFFFF, 0, 0xFFFF))
def xls(row: int, column: int, span: tuple[int, int, int, int] = (0, 1, 0, 1)) -> bytes:
    def record(number: int, data: bytes) -> bytes:
        return struct.pack("<HH", number, len(data)) + data

    begin = struct.pack("<HHHHII", 0x600, 5, 0, 0, 0, 0)
    name = struct.pack("<IBBBB", 0, 0, 0, 1, 0) + b"A"
    first = record(0x809, begin) + record(0x85, name) + record(0x0A, b"")
    at = len(first)
    first = first.replace(record(0x85, name), record(0x85, struct.pack("<I", at) + name[4:]))
    own = record(0x809, begin.replace(b"\5\0", b"\x10\0", 1)) + record(
        0x200, struct.pack("<IIHHH", *span, 0)
    )
    cells = b"".join(
        record(0x203, struct.pack("<HHHd", r, c, 0, 1.0)) for r, c in ((0, 0), (row, column))
    )
    merged = record(0xE5, struct.pack("<H", 1000) + struct.pack("<HHHH", 0, 0xFFFF, 0, 0xFF) * 1000)
    data = first + own + cells + merged * 7 + record(0x0A, b"")
    data = data.ljust(4096 * 15, b"\0")
    return compound(name="Workbook", size=len(data), sectors=len(data) // 512, data=data)


@bomb("an .xlsb at row four billion", ".xlsb", 4_000_000_000, 0)
@bomb("an .xlsb at its end", ".xlsb", 1_048_575, 16_383)
@bomb("an .xlsb at column four billion", ".xlsb", 1, 4_000_000_000)
def xlsb(row: int, column: int) -> bytes:
    def record(number: int, data: bytes) -> bytes:
        low = bytes([number]) if number < 128 else bytes([number & 127 | 128, number >> 7])
        return low + bytes([len(data) & 127 | 128, len(data) >> 7]) + data

    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    wide = "A".encode("utf-16-le")
    key = "rId1".encode("utf-16-le")
    book = (
        record(131, b"")
        + record(143, b"")
        + record(156, struct.pack("<III", 0, 1, 4) + key + struct.pack("<I", 1) + wide)
        + record(144, b"")
        + record(132, b"")
    )
    head = lambda number: record(0, struct.pack("<IIHHBI", number, 0, 300, 0, 0, 0))  # noqa: E731
    cell = lambda number: record(5, struct.pack("<IId", number, 0, 1.0))  # noqa: E731
    own = (
        record(129, b"")
        + record(148, struct.pack("<IIII", 0, row, 0, column))
        + record(145, b"")
        + head(0)
        + cell(0)
        + head(row)
        + cell(column)
        + record(146, b"")
        + record(176, struct.pack("<IIII", 0, row, 0, column))
        + record(130, b"")
    )
    links = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="{}" Type="{}/{}" Target="{}"/></Relationships>'
    return archive({
        "[Content_Types].xml": b'<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="bin" ContentType="application/vnd.ms-excel.sheet.binary.macroEnabled.main"/><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/></Types>',
        "_rels/.rels": links.format("r1", kind, "officeDocument", "xl/workbook.bin").encode(),
        "xl/workbook.bin": book,
        "xl/_rels/workbook.bin.rels": links.format("rId1", kind, "worksheet", "worksheets/sheet1.bin").encode(),
        "xl/worksheets/sheet1.bin": own,
    })  # fmt: skip


@bomb("an .xlsb of 300 MB", ".xlsb")
def large_xlsb() -> bytes:
    others = parts_of(xlsb(1, 1))
    own = others.pop("xl/worksheets/sheet1.bin")
    return _inflated(
        "xl/worksheets/sheet1.bin",
        own[:40],
        struct.pack("<BBIId", 5, 16, 1, 0, 1.0),
        300 << 20,
        b"",
        others,
    )
