"""Keep what formulas came to: openpyxl writes them without, and a phone would show blanks."""

from __future__ import annotations

import io
import re
import warnings
import zipfile
from collections.abc import Callable
from datetime import date, time, timedelta
from functools import partial
from typing import Any
from xml.sax.saxutils import escape

from openpyxl import load_workbook
from openpyxl.utils.datetime import to_excel

from briefing.correspondence.narrowing import sheet_places
from briefing.office.package import finished

# A formula's cell as openpyxl writes it: the formula, then an empty value.
_CELL = re.compile(
    rb'<c r="([A-Z]+[0-9]+)"([^<>]*)>(<f\b(?:[^<>]*/>|[^<>]*>[^<]*</f>))(?:<v ?/>|<v></v>)'
)


def keep_values(saved: bytes, original: bytes) -> bytes:
    """A workbook that openpyxl saved, with the values of its formulas as the original has them."""
    if not _has_formulas(original):
        return saved
    values = _values(original)
    places = sheet_places(zipfile.ZipFile(io.BytesIO(saved)))
    fillers = {path: partial(_CELL.sub, _filler(values.get(title, {})))
               for title, path in places.items()}  # fmt: skip
    return finished(saved, fillers)


def _has_formulas(content: bytes) -> bool:
    archive = zipfile.ZipFile(io.BytesIO(content))
    return any(
        re.search(rb"<(?:\w+:)?f[ >]", archive.read(name))
        for name in archive.namelist()
        if name.startswith("xl/worksheets/") and name.endswith(".xml")
    )


def _values(content: bytes) -> dict[str, dict[str, Any]]:
    """Sheet → cell → what its formula came to when the sender saved it."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        book = load_workbook(io.BytesIO(content), data_only=True)
    return {
        sheet.title: {
            cell.coordinate: cell.value
            for row in sheet.iter_rows()
            for cell in row
            if cell.value is not None
        }
        for sheet in book.worksheets
    }


def _filler(values: dict[str, Any]) -> Callable[[re.Match[bytes]], bytes]:
    def fill(match: re.Match[bytes]) -> bytes:
        value = values.get(match[1].decode())
        kind, text = _written(value)
        if text is None:
            return match[0]
        style = re.sub(rb'(?<!\s)\s+t="[^"]*"', b"", match[2])
        return b'<c r="%s"%s%s>%s<v>%s</v>' % (match[1], style, kind, match[3], text)

    return fill


def _written(value: Any) -> tuple[bytes, bytes | None]:
    """A value's type and text in a sheet's XML; no text for what can't be written plainly."""
    if isinstance(value, date | time | timedelta):
        value = to_excel(value)
    if isinstance(value, bool):
        return b' t="b"', str(int(value)).encode()
    if isinstance(value, int | float):
        return b"", repr(value).encode()
    if isinstance(value, str):
        kind = b' t="e"' if re.fullmatch(r"#[A-Z/0?!]+", value) else b' t="str"'
        return kind, escape(value).encode()
    return b"", None
