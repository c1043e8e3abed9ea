"""Workbooks of LibreOffice, written raw."""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
from collections.abc import Iterable, Sequence
from typing import Any
from xml.sax.saxutils import escape

from openpyxl.utils import range_boundaries

from tests.corpus.makers.cells import Formula, Looking, Pieces, Row, Sheets, Shown, sheets_of

_ODS_HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?><office:document-content '
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
    'xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" office:version="1.2">'
)
_ODS_STYLES = (
    "<office:automatic-styles>"
    '<style:style style:name="ce1" style:family="table-cell"><style:text-properties '
    'style:text-line-through-style="solid" style:text-line-through-type="single"/></style:style>'
    '<style:style style:name="ce2" style:family="table-cell" style:parent-style-name="ce1"/>'
    '<style:style style:name="T1" style:family="text"><style:text-properties '
    'style:text-line-through-type="single"/></style:style>'
    '<style:style style:name="T2" style:family="text"><style:text-properties '
    'style:text-position="33% 58%"/></style:style></office:automatic-styles>'
)
_ODS_BODY = "<office:body><office:spreadsheet>"
_SPANS = {"struck": "T1", "raised": "T2"}
_ODS_MIME = "application/vnd.oasis.opendocument.spreadsheet"


def ods(
    content: Sheets | Sequence[Row],
    *,
    merge: Iterable[str] = (),
    hidden: Iterable[int] = (),
    filtered: Iterable[int] = (),
    hidden_columns: str = "",
) -> bytes:
    """A workbook of LibreOffice; equal blank cells and rows are written once, with a count."""
    unseen = dict.fromkeys(hidden, "collapse") | dict.fromkeys(filtered, "filter")
    columns = "".join(
        f"<table:table-column{_VISIBILITY.format('collapse') if c in hidden_columns else ''}/>"
        for c in ("ABCDEFGHIJ" if hidden_columns else "")
    )
    body = "".join(
        f'<table:table table:name="{escape(title)}">{columns}{_ods_rows(rows, merge, unseen)}'
        "</table:table>"
        for title, rows in sheets_of(content).items()
    )
    cells = (value for rows in sheets_of(content).values() for row in rows for value in row)
    styles = _ODS_STYLES if any(isinstance(v, (Looking, Pieces)) for v in cells) else ""
    end = "</office:spreadsheet></office:body></office:document-content>"
    xml = f"{_ODS_HEAD}{styles}{_ODS_BODY}{body}{end}"
    manifest = (
        '<?xml version="1.0"?><manifest:manifest manifest:version="1.2" '
        'xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
        f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{_ODS_MIME}"/>'
        '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/>'
        "</manifest:manifest>"
    )
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("mimetype", _ODS_MIME, zipfile.ZIP_STORED)
        archive.writestr("content.xml", xml, zipfile.ZIP_DEFLATED)
        archive.writestr("META-INF/manifest.xml", manifest, zipfile.ZIP_DEFLATED)
    return stream.getvalue()


_VISIBILITY = ' table:visibility="{}"'


def _ods_rows(rows: Sequence[Row], merge: Iterable[str], unseen: dict[int, str]) -> str:
    spans = {(b[1] - 1, b[0] - 1): b for b in map(range_boundaries, merge)}
    covered = {
        (r, c)
        for left, first, right, last in spans.values()
        for r in range(first - 1, last)
        for c in range(left - 1, right)
    } - spans.keys()
    written, blank = [], 0
    for r, row in enumerate(rows):
        if not any(value is not None for value in row) and (r + 1) not in unseen:
            blank += 1
            continue
        if blank:
            written.append(_ods_blank_rows(blank))
            blank = 0
        shown = _VISIBILITY.format(unseen[r + 1]) if r + 1 in unseen else ""
        written.append(f"<table:table-row{shown}>{_ods_cells(r, row, spans, covered)}")
        written.append("</table:table-row>")
    return "".join(written) + _ods_blank_rows(1_000)


def _ods_blank_rows(count: int) -> str:
    cell = '<table:table-cell table:number-columns-repeated="1024"/>'
    return f'<table:table-row table:number-rows-repeated="{count}">{cell}</table:table-row>'


def _ods_cells(r: int, row: Row, spans: dict, covered: set) -> str:
    cells, blank = [], 0
    for c, value in enumerate(row):
        if value is None and (r, c) not in spans and (r, c) not in covered:
            blank += 1
            continue
        if blank:
            cells.append(f'<table:table-cell table:number-columns-repeated="{blank}"/>')
            blank = 0
        if (r, c) in covered:
            cells.append("<table:covered-table-cell/>")
            continue
        span = ""
        if bounds := spans.get((r, c)):
            left, first, right, last = bounds
            span = (
                f' table:number-columns-spanned="{right - left + 1}"'
                f' table:number-rows-spanned="{last - first + 1}"'
            )
        cells.append(_ods_cell(value, span))
    return "".join(cells)


def _ods_cell(value: Any, span: str) -> str:
    kind, shown = "", ""
    if isinstance(value, Pieces):
        inside = "".join(
            f'<text:span text:style-name="{_SPANS[look]}">{escape(text)}</text:span>'
            if look
            else escape(text)
            for text, look in value.pieces
        )
        text = f"<text:p>{inside}</text:p>"
        return f'<table:table-cell{span} office:value-type="string">{text}</table:table-cell>'
    if isinstance(value, Looking) and value.look == "struck":
        return _ods_cell(value.value, f'{span} table:style-name="ce2"')
    if isinstance(value, Looking):
        if isinstance(value.value, str):
            kind = f' office:value-type="string" office:string-value="{escape(value.value)}"'
        else:
            kind = f' office:value-type="float" office:value="{value.value}"'
        return f"<table:table-cell{span}{kind}><text:p/></table:table-cell>"
    if isinstance(value, Formula):
        text = re.sub(r"[A-Z]{1,2}\d+(:[A-Z]{1,2}\d+)?", _ods_reference, value.text)
        span += f' table:formula="of:={escape(text.replace(",", ";"))}"'
        return _ods_cell(value.cached, span)
    if isinstance(value, Shown):
        kind = f' office:value-type="percentage" office:value="{value.value}"'
        shown = f"{value.value:.2%}"
    elif isinstance(value, dt.date):
        kind = f' office:value-type="date" office:date-value="{value.isoformat()}"'
        shown = f"{value:%d/%m/%Y}"
    elif isinstance(value, (int, float)):
        kind = f' office:value-type="float" office:value="{value}"'
        shown = str(value)
    elif value is not None:
        kind, shown = ' office:value-type="string"', str(value)
    text = "".join(f"<text:p>{escape(line)}</text:p>" for line in shown.split("\n") if shown)
    return f"<table:table-cell{span}{kind}>{text}</table:table-cell>"


def _ods_reference(match: re.Match[str]) -> str:
    return "[." + match[0].replace(":", ":.") + "]"
