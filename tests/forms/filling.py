"""Fill in forms as a secretary does: type into the open cells, choose from the lists."""

from __future__ import annotations

import io
import subprocess
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import zxingcpp
from docx import Document
from docx.oxml.ns import qn
from docx.shared import Cm
from openpyxl import load_workbook
from openpyxl.drawing.image import Image as SheetImage
from PIL import Image

from briefing.forms import daily_workbook, once_workbook

CODE = "QR-2021-0045"
ANSWERS = ("0912345678", CODE, 45, 43, 40)
FAMILIES = ("Nguyễn Văn", "Trần Thị", "Lê Minh", "Phạm Thu", "Võ Ngọc")
GIVEN = ("An", "Bình", "Châu", "Dũng", "Hà", "Khánh", "Linh", "Mai", "Nam", "Oanh")


def person(i: int) -> str:
    return f"{FAMILIES[i % 5]} {GIVEN[i // 5 % 10]}"


def phone(i: int) -> str:
    return f"091{2_345_100 + 37 * i:07d}"


def rows(values: Sequence[Any], places: Sequence[str]) -> list[tuple[Any, ...]]:
    """Name, hamlet, phone and what stands under Lũy kế, for each value."""
    places = places or ("Khu phố 1",)
    return [(person(i), places[i % len(places)], phone(i), value) for i, value in enumerate(values)]


def photo(text: str = CODE) -> bytes:
    """The posted code, photographed straight."""
    code = zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.QRCode)
    drawn = Image.fromarray(np.array(zxingcpp.write_barcode_to_image(code, scale=12)))
    stream = io.BytesIO()
    drawn.save(stream, "PNG")
    return stream.getvalue()


# Excel


def daily_sheet(
    content: bytes, people: Sequence[tuple[Any, ...]], day: date | None = None
) -> bytes:
    book = load_workbook(io.BytesIO(content))
    sheet = book.worksheets[0]
    for i, cells in enumerate(people):
        for column, value in zip("BCDE", cells, strict=True):
            _type(sheet[f"{column}{daily_workbook.FIRST + i}"], value)
    if day:
        _type(sheet[f"A{daily_workbook.DAY_ROW}"], day)
    return _saved(book)


def once_sheet(content: bytes, answers: Sequence[Any] = ANSWERS, *, posted: bytes | None) -> bytes:
    book = load_workbook(io.BytesIO(content))
    sheet = book.active
    for i, value in enumerate(answers):
        _type(sheet[f"B{once_workbook.FIRST + i}"], value)
    if posted:
        sheet.add_image(SheetImage(io.BytesIO(posted)), f"B{once_workbook.FIRST + len(answers)}")
    return _saved(book)


def _type(cell: Any, value: Any) -> None:
    """Type into a cell, as far as the sheet's protection lets one."""
    assert not cell.protection.locked, f"{cell.coordinate} is locked"
    cell.value = value


# Word


def daily_text(content: bytes, people: Sequence[tuple[Any, ...]], day: str | None = None) -> bytes:
    document = Document(io.BytesIO(content))
    table = document.tables[-1]
    for i, cells in enumerate(people):
        while len(table.rows) < i + 2:
            table.add_row()
        for cell, value in zip(table.rows[i + 1].cells[1:], cells, strict=True):
            if value is not None:
                choose(cell._tc, str(value)) if controls(cell._tc) else _write(cell, str(value))
    if day:
        choose(document.element.body, day, tag="ngay")
    return _saved(document)


def once_text(content: bytes, answers: Sequence[Any] = ANSWERS, *, posted: bytes | None) -> bytes:
    document = Document(io.BytesIO(content))
    places = [c for c in controls(document.element.body) if _tag(c).startswith("m01_")]
    for control, value in zip(places, answers, strict=True):
        _fill(control, str(value))
    if posted:
        cell = document.tables[-1].rows[0].cells[0]
        for control in controls(cell._tc):
            control.getparent().remove(control)
        cell.paragraphs[0].add_run().add_picture(io.BytesIO(posted), height=Cm(6))
    return _saved(document)


def controls(node: Any) -> list[Any]:
    return list(node.iter(qn("w:sdt")))


def choose(node: Any, text: str, tag: str = "thon") -> None:
    (control,) = (c for c in controls(node) if _tag(c) == tag)
    _fill(control, text)


def _fill(control: Any, text: str) -> None:
    """What Word does with a control that is typed into: the prompt goes, the text stays."""
    prompt = control.find(f"{qn('w:sdtPr')}/{qn('w:showingPlcHdr')}")
    if prompt is not None:
        prompt.getparent().remove(prompt)
    (held,) = control.iter(qn("w:t"))
    held.text = text


def _tag(control: Any) -> str:
    return control.find(f"{qn('w:sdtPr')}/{qn('w:tag')}").get(qn("w:val"))


def _write(cell: Any, text: str) -> None:
    cell.paragraphs[0].add_run(text)


def _saved(document: Any) -> bytes:
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


# LibreOffice


def saved_again(folder: Path, files: dict[str, bytes], kind: str) -> dict[str, bytes]:
    """Files as LibreOffice saves them after opening, in one go."""
    before, after = folder / "before", folder / f"after-{kind}"
    before.mkdir(exist_ok=True)
    for name, content in files.items():
        (before / name).write_bytes(content)
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    names = [str(before / name) for name in files]
    command = [
        "soffice",
        profile,
        "--headless",
        "--convert-to",
        kind,
        "--outdir",
        str(after),
        *names,
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    return {name: (after / f"{name.rpartition('.')[0]}.{kind}").read_bytes() for name in files}
