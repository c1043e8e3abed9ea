"""Make reports as offices type them: workbooks and documents, to the letter's forms or not."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

from docx import Document
from openpyxl import Workbook
from openpyxl.utils import get_column_letter

PARAMS = Path(__file__).parents[2] / "params"
NATION = "CỘNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT NAM"
MOTTO = "Độc lập - Tự do - Hạnh phúc"
SIGNED = "Bồng Sơn, ngày 16 tháng 8 năm 2021"
TITLES = ["BÁO CÁO HÀNG NGÀY", "Số liệu cài đặt, sử dụng ứng dụng Bluezone"]
DAY = "(ngày 16 tháng 8 năm 2021)"
HEAD = [
    "STT",
    "Họ và tên",
    "Địa chỉ (thôn, khu phố)",
    "Số điện thoại",
    "Lũy kế đến thời điểm hiện tại",
]
PLACES = ["Khu phố 1", "Khu phố 2", "Khu phố 3", "Khu phố 4", "Khu phố 5", "Khu phố Liêm Bình"]
FAMILIES = ["Nguyễn", "Trần", "Lê", "Phạm", "Huỳnh", "Võ", "Đặng", "Bùi"]
GIVEN = ["Văn An", "Thị Bình", "Minh Châu", "Quốc Dũng", "Thu Hà", "Ngọc Khánh", "Hoài Linh"]

Row = list[Any]


def name(i: int) -> str:
    """The i-th synthetic name; all differ."""
    lap = i // (len(FAMILIES) * len(GIVEN))
    family, given = FAMILIES[i % len(FAMILIES)], GIVEN[i // len(FAMILIES) % len(GIVEN)]
    return f"{family} {given}" + (f" {chr(ord('A') + lap % 26)}" if lap else "")


def phone(i: int) -> str:
    """The i-th synthetic mobile number; all differ."""
    return f"091{2_345_100 + 37 * i:07d}"


def people(values: Iterable[Any], *, places: Sequence[str] = PLACES, first: int = 1) -> list[Row]:
    """Data rows of Mẫu 02, one for each value under Lũy kế (None: blank)."""
    return [
        [first + i, name(i), places[i % len(places)], phone(i), value]
        for i, value in enumerate(values)
    ]


def letterhead(unit: str = "PHƯỜNG BỒNG SƠN", signed: str = SIGNED) -> list[str]:
    return ["ỦY BAN NHÂN DÂN", unit, NATION, MOTTO, ".....", signed]


def mau02(
    rows: Sequence[Row],
    *,
    unit: str = "PHƯỜNG BỒNG SƠN",
    signed: str = SIGNED,
    day: str = DAY,
    head: Sequence[Any] = HEAD,
    after: Sequence[Row] = ((".....",), ("(Ký tên, đóng dấu)",), (".....",)),
) -> list[Row]:
    """The whole of Mẫu 02 as rows of a sheet; its data begin in row `FIRST`."""
    top = [["(Mẫu 02)"], *[[line] for line in letterhead(unit, signed)]]
    return [*top, *[[t] for t in (*TITLES, day)], list(head), *map(list, rows), *map(list, after)]


FIRST = 12  # row of a sheet in which the data of `mau02` begin


def bare(rows: Sequence[Row], head: Sequence[Any] = HEAD) -> list[Row]:
    """A table alone, without a letterhead."""
    return [list(head), *map(list, rows)]


def moved(rows: Sequence[Row], *, top: int = 1, left: int = 1) -> list[Row]:
    """The same rows with their first cell at row `top` and column `left`, counted from 1."""
    return [[]] * (top - 1) + [[None] * (left - 1) + list(row) for row in rows]


def workbook(sheets: dict[str, Sequence[Row]] | Sequence[Row], merge: Iterable[str] = ()) -> bytes:
    """A workbook as bytes. `merge`: ranges of the first sheet, such as `E12:E14`."""
    book = Workbook()
    book.remove(book.active)
    for title, rows in (sheets if isinstance(sheets, dict) else {"Sheet1": sheets}).items():
        sheet = book.create_sheet(title)
        for r, row in enumerate(rows, start=1):
            for c, value in enumerate(row, start=1):
                if value is not None:
                    sheet[f"{get_column_letter(c)}{r}"] = value
    for cells in merge:
        book.worksheets[0].merge_cells(cells)
    return saved(book)


def word(*blocks: str | Sequence[Row]) -> bytes:
    """A document as bytes: a text is a paragraph (its line breaks kept), rows are a table."""
    document = Document()
    for block in blocks:
        if isinstance(block, str):
            document.add_paragraph(block)
            continue
        table = document.add_table(rows=len(block), cols=max(map(len, block)))
        for line, cells in zip(block, table.rows, strict=True):
            for value, cell in zip(line, cells.cells, strict=False):
                cell.text = "" if value is None else str(value)
    return saved(document)


def saved(document: Any) -> bytes:
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


SIGNED_01 = "Hoài Nhơn, ngày 18 tháng 8 năm 2021"
BODY = "PHÒNG VĂN HÓA VÀ THÔNG TIN"
LABELS_01 = [
    "- Số điện thoại người tạo mã QR code của cơ quan, đơn vị",
    "- Mã QR Code Bluezone cơ quan, đơn vị đã tạo",
    "- Tổng số cán bộ, CC, VC, người lao động",
    "- Số cán bộ, CC, VC, người lao động có Smartphone",
    "- Số cán bộ, CC, VC, người lao động đã cài đặt Bluezone",
]
ANSWERS_01 = ["0912 345 678", "BZ-2021-0045", "45", "43", "40"]
PHOTO_01 = "- Ảnh chụp việc niêm yết, dán mã QR Code tại công ra vào hoặc vị trí dễ tiếp cận."


def mau01_lines(filled: str = ": {}", *, body: tuple[str, ...] = (BODY,)) -> list[str]:
    answers = [
        label + filled.format(answer) for label, answer in zip(LABELS_01, ANSWERS_01, strict=True)
    ]
    top = [*body, NATION, MOTTO, ".....", SIGNED_01, "BÁO CÁO", TITLES[1]]
    return [*top, *answers, PHOTO_01, ".....", "(Ký tên, đóng dấu)", "....."]


def as_word(lines: list[str], layout: str, table: list | None = None) -> bytes:
    """A form in Word; `table` stands after the title's last line."""
    split = 4 if lines[3].startswith(".") else 5
    head, rest = lines[: split + 2], lines[split + 2 :]
    at = rest.index(DAY) + 1 if table else len(rest)
    before, after = rest[:at], rest[at:]
    blocks = [table] if table else []
    if layout == "paragraphs":
        return word(*head, *before, *blocks, *after)
    if layout == "breaks":
        return word("\n".join(head), "\n".join(before), *blocks, "\n".join(after))
    nation = head.index(NATION)
    two = [["\n".join(head[:nation]), "\n".join(head[nation:])]]
    return word(two, *before, *blocks, *after)


def lines_of_mau02() -> list[str]:
    rows = mau02([])
    return [row[0] for row in rows if row and row[0] not in (HEAD[0], "(Mẫu 02)")]


def repacked(content: bytes, change: Callable[[str, bytes], tuple[str, bytes] | None]) -> bytes:
    """An archive with each entry's name and bytes changed; `None` leaves an entry out."""
    source = zipfile.ZipFile(io.BytesIO(content))
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for entry in source.namelist():
            if kept := change(entry, source.read(entry)):
                archive.writestr(*kept)
    return stream.getvalue()


def with_part(content: bytes, part: str, change: Callable[[bytes], bytes]) -> bytes:
    """An Office file with the bytes of one part changed."""
    return repacked(content, lambda name, data: (name, change(data) if name == part else data))
