"""Mẫu 01 and Mẫu 02 as offices type them, before they are saved in any format.

Names and phones are made up; hamlets are those of the project's params.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

PARAMS = Path(__file__).parents[2] / "params"

Row = list[Any]

NATION = "CỘNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT NAM"
MOTTO = "Độc lập - Tự do - Hạnh phúc"
TITLES = ["BÁO CÁO HÀNG NGÀY", "Số liệu cài đặt, sử dụng ứng dụng Bluezone"]
HEAD = [
    "STT",
    "Họ và tên",
    "Địa chỉ (thôn, khu phố)",
    "Số điện thoại",
    "Lũy kế đến thời điểm hiện tại",
]
PLACES = ["Khu phố 1", "Khu phố 2", "Khu phố 3"]
HAMLETS = [
    *(f"Khu phố {i}" for i in range(1, 6)),
    "Khu phố Liêm Bình",
    "Khu phố Phụ Đức",
    "Khu phố Trung Lương",
    "Khu phố Thiết Đính Bắc",
    "Khu phố Thiết Đính Nam",
]  # all of Phường Bồng Sơn
FAMILIES = ["Nguyễn", "Trần", "Lê", "Phạm", "Huỳnh", "Võ", "Đặng", "Bùi", "Đỗ", "Hồ"]
MIDDLES = ["Văn", "Thị", "Minh", "Quốc", "Thu", "Ngọc", "Hoài"]
GIVEN = ["An", "Bình", "Châu", "Dũng", "Hà", "Khánh", "Linh", "Phúc", "Quyên", "Sơn", "Tuyết"]

VALUES = [45, 38, 52]  # add up to 135
FILE = "BC Bong Son 16-8.xlsx"


def name(i: int) -> str:
    """The i-th synthetic name; the first 770 differ."""
    family, rest = i % len(FAMILIES), i // len(FAMILIES)
    return " ".join([FAMILIES[family], MIDDLES[rest % 7], GIVEN[(rest // 7 + i) % 11]])


def phone(i: int) -> str:
    """The i-th synthetic mobile number; all differ."""
    return f"098{1_234_500 + 41 * i:07d}"


def people(values: Iterable[Any], *, places: Sequence[str] = PLACES, first: int = 1) -> list[Row]:
    """Data rows of Mẫu 02, one for each value under Lũy kế (None: blank)."""
    return [
        [first + i, name(i), places[i % len(places)], phone(i), value]
        for i, value in enumerate(values)
    ]


def changed(rows: Sequence[Row], *changes: tuple[int, int, Any]) -> list[Row]:
    """The same rows with some cells (row, column from 0; value) written otherwise."""
    copy = [list(row) for row in rows]
    for row, column, value in changes:
        copy[row][column] = value
    return copy


def dated(day: int | str) -> str:
    return f"(ngày {day} tháng 8 năm 2021)"


def top(unit: str = "PHƯỜNG BỒNG SƠN", day: int | str = 16, place: str = "Bồng Sơn") -> list[Row]:
    """The head of the form as typed into a sheet: eight rows, the letterhead in two columns."""
    return [
        ["ỦY BAN NHÂN DÂN", None, None, NATION],
        [unit, None, None, MOTTO],
        [],
        [None, None, None, f"{place}, ngày {day} tháng 8 năm 2021"],
        *([title] for title in TITLES),
        [dated(day)],
        [],
    ]


SIGNED = [[], [None, "NGƯỜI LẬP BIỂU", None, "TM. ỦY BAN NHÂN DÂN"], [None, None, None, "CHỦ TỊCH"]]
HEAD_ROW, FIRST = 9, 10  # rows of a sheet in which the heading of `form` stands, its data begin


def form(
    rows: Sequence[Row],
    *,
    head: Sequence[Any] = HEAD,
    after: Sequence[Row] = SIGNED,
    **letterhead: Any,
) -> list[Row]:
    """The whole of Mẫu 02 as rows of a sheet."""
    return [*top(**letterhead), list(head), *map(list, rows), *map(list, after)]


def bare(rows: Sequence[Row], head: Sequence[Any] = HEAD) -> list[Row]:
    """The table alone: its heading in row 1, its data from row 2."""
    return [list(head), *map(list, rows)]


def moved(rows: Sequence[Row], *, down: int = 0, right: int = 0) -> list[Row]:
    """The same rows so many rows further down and columns further right."""
    return [[]] * down + [[None] * right + list(row) for row in rows]


def lines(rows: Sequence[Row]) -> list[str]:
    """Rows as lines of text, their cells apart by a tab."""
    return ["\t".join("" if v is None else str(v) for v in row).rstrip() for row in rows]


# Mẫu 01

BODY = "PHÒNG VĂN HÓA VÀ THÔNG TIN"
LABELS = [
    "Số điện thoại người tạo mã QR code của cơ quan, đơn vị",
    "Mã QR Code Bluezone cơ quan, đơn vị đã tạo",
    "Tổng số cán bộ, CC, VC, người lao động",
    "Số cán bộ, CC, VC, người lao động có Smartphone",
    "Số cán bộ, CC, VC, người lao động đã cài đặt Bluezone",
]
PHOTO = "Ảnh chụp việc niêm yết, dán mã QR Code tại công ra vào hoặc vị trí dễ tiếp cận."
ANSWERS = ["0912 345 678", "BZ-2021-0045", "45", "43", "40"]
CREATOR, CODE, TOTAL, DENOMINATOR, INSTALLED = range(5)


def answers(**changes: Any) -> list[Any]:
    """The form's answers with some written otherwise: `total="…"`."""
    names = ["creator", "code", "total", "denominator", "installed"]
    return [changes.get(key, said) for key, said in zip(names, ANSWERS, strict=True)]


def head01(body: str = BODY, day: int | str = 18) -> list[str]:
    """Lines above the answers; the seventh is the last, so the first answer is line 8."""
    signed = f"Hoài Nhơn, ngày {day} tháng 8 năm 2021"
    return [body, NATION, MOTTO, ".....", signed, "BÁO CÁO", TITLES[1]]


FIRST01 = 8  # line of the first answer


def form01(said: Sequence[Any] = ANSWERS, *, filled: str = "- {}: {}", **head: Any) -> list[str]:
    """The whole of Mẫu 01 as lines; the photo's line is 13, without a photo."""
    written = [filled.format(label, answer) for label, answer in zip(LABELS, said, strict=True)]
    return [*head01(**head), *written, f"- {PHOTO}", ".....", "(Ký tên, đóng dấu)"]
