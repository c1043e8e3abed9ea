"""A notebook as the briefing would leave it, in memory: every block, long and hostile texts."""

from __future__ import annotations

import datetime as dt
from functools import cache

import nbformat
import pandas as pd
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from briefing import charts, formats
from briefing.documents import blocks
from briefing.documents.figures import figure_block

TARGETS = ((0.60, dt.date(2021, 8, 20)), (0.90, dt.date(2021, 8, 30)))
BASELINE = (0.4285, dt.datetime(2021, 8, 14, 17))
HOSTILE = (
    "<script>alert(1)</script>",
    '#import "x.typ": * #panic("!")',
    "]] $x$ \\ *đậm* _nghiêng_ @ref <nhãn>",
    '=HYPERLINK("http://x.example","y")',
    "{{ 7*7 }} {% raw %} &amp; ' onload=x",
)
NAMES = (
    "Phường Bồng Sơn", "Phường Hoài Đức", "Phường Hoài Hảo", "Phường Hoài Hương",
    "Phường Hoài Tân", "Phường Hoài Thanh", "Phường Hoài Thanh Tây", "Phường Hoài Xuân",
    "Phường Tam Quan", "Phường Tam Quan Bắc", "Phường Tam Quan Nam", "Xã Hoài Châu",
    "Xã Hoài Châu Bắc", "Xã Hoài Hải", "Xã Hoài Mỹ", "Xã Hoài Phú", "Xã Hoài Sơn",
)  # fmt: skip


def whole() -> pd.DataFrame:
    days = pd.date_range("2021-08-10", "2021-08-16")
    coverage = [0.3312, 0.3588, None, 0.4107, 0.4285, 0.4402, 0.4561]
    return pd.DataFrame(
        {
            "report_date": days,
            "coverage": pd.array(coverage, "Float64"),
            "numerator_carried": pd.array([0, 0, None, 0, 0, 910, 5120], "Int64"),
            "numerator_cumulative": pd.array([1, 2, None, 3, 4, 5, 6], "Int64"),
        }
    )


def units() -> pd.DataFrame:
    count = len(NAMES)
    coverage = [0.6142 - 0.0173 * n for n in range(count - 1)] + [None]
    change = [None if n % 7 == 5 else 0.021 - 0.003 * (n % 9) for n in range(count - 1)] + [None]
    carried = [dt.datetime(2021, 8, 14) if n in (6, 12) else None for n in range(count)]
    return pd.DataFrame(
        {
            "unit_code": [str(21640 + n) for n in range(count)],
            "unit_name": NAMES,
            "numerator_cumulative": pd.array([5432 - 211 * n for n in range(16)] + [None], "Int64"),
            "coverage": pd.array(coverage, "Float64"),
            "coverage_change": pd.array(change, "Float64"),
            "carried_from": pd.to_datetime(carried),
        }
    )


def history() -> pd.DataFrame:
    rows = [
        (day, str(n), name, None if (n + d) % 11 == 3 else 0.25 + 0.03 * d + 0.015 * n, d % 6 == 5)
        for n, name in enumerate(NAMES)
        for d, day in enumerate(pd.date_range("2021-08-10", "2021-08-16"))
    ]
    names = ["report_date", "unit_code", "unit_name", "coverage", "carried"]
    return pd.DataFrame(rows, columns=names).astype({"coverage": "Float64"})


def statuses() -> pd.DataFrame:
    kinds = ("on_time", "on_time", "late", "on_time", "missing", "empty", "on_time", "unreadable")
    days = [dt.date(2021, 8, d) for d in range(10, 17)]
    rows = [[kinds[(3 * n + 5 * d) % 8] for d in range(len(days))] for n in range(len(NAMES))]
    return pd.DataFrame(rows, index=list(NAMES), columns=days)


def letterhead(**changes) -> blocks.Letterhead:
    values = {
        "issuer_parent": "ỦY BAN NHÂN DÂN THỊ XÃ HOÀI NHƠN",
        "issuer": "PHÒNG VĂN HÓA VÀ THÔNG TIN",
        "place_and_date": "Hoài Nhơn, ngày 16 tháng 8 năm 2021",
        "title": "Tình hình cài đặt, sử dụng ứng dụng Bluezone đến 15h00 ngày 16/8/2021",
        "subtitle": "Báo cáo nhanh phục vụ họp trực tuyến hằng ngày của Ban Chỉ đạo",
        "notices": (
            "Số người có điện thoại thông minh là giả định: 0,55 × dân số điều tra 2019.",
            "14/17 xã, phường báo cáo đúng hạn; 2 dùng lại số liệu ngày trước; 1 chưa có số liệu.",
        ),
        "author": "Phòng Văn hóa và Thông tin thị xã Hoài Nhơn",
        "date": "2021-08-16T15:00:00+07:00",
        "illustrative": True,
        "lang": "vi",
    }
    return blocks.Letterhead(**(values | changes))


def key_figures() -> blocks.KeyFigures:
    marks = ((0.60, "60% – 20/8"), (0.90, "90% – 30/8"))
    figure = blocks.KeyFigure
    return blocks.KeyFigures(
        (
            figure(
                "Tỷ lệ người có điện thoại thông minh đã cài đặt, toàn thị xã", "45,61%", "",
                "Còn thiếu 14,39 điểm phần trăm để đạt 60% vào ngày 20/8, tức 16.452 người.",
                "", 0.4561, marks,
            ),
            figure("So với ngày trước", "+1,59", "điểm phần trăm", "tăng 1.818 người"),
            figure("Cần mỗi ngày để đạt 60%", "4.113", "người/ngày", "đang đạt 1.702", "bad"),
            figure("Đã báo cáo đúng hạn", "14/17", "xã, phường", "2 trễ, 1 chưa báo cáo", "warn"),
            figure("Dùng lại số liệu cũ", "9,8%", "tổng số", "5.120 người, của 2 đơn vị", "warn"),
        )
    )  # fmt: skip


def strip() -> blocks.Strip:
    columns = (
        blocks.Column("rank", "Hạng", "right"),
        blocks.Column("unit_name", "Xã, phường"),
        blocks.Column("coverage", "Tỷ lệ", "right"),
    )
    names = [unit.unit_name for unit in units().itertuples()]
    rows = tuple(
        (blocks.Cell(str(n), n), blocks.Cell(name), blocks.Cell(f"{60 - n},50%", 0.605 - n / 100))
        for n, name in enumerate(names, 1)
    )
    lines = tuple((0.3, None, 0.35 + n / 100, 0.4) for n, _row in enumerate(rows))
    return blocks.Strip(
        "strip", "Từng xã, phường", columns, rows, "Đường nhỏ: ba ngày.", lines=lines
    )


def ranking() -> blocks.Table:
    columns = (
        blocks.Column("rank", "TT", "right", 0.5),
        blocks.Column("unit_name", "Xã, phường", "left", 2.6),
        blocks.Column("numerator_cumulative", "Lũy kế (người)", "right", 1.1),
        blocks.Column("coverage", "Tỷ lệ", "right", 1.2),
        blocks.Column("coverage_change", "So ngày trước (điểm %)", "right", 1.2),
        blocks.Column("needed", "Còn thiếu để đạt 60%", "right", 1.2),
        blocks.Column("status", "Báo cáo ngày 16/8", "left", 2.2),
    )
    rows = [_row(n, unit) for n, unit in enumerate(units().itertuples(), 1)]
    total = ("", "Toàn thị xã", "52.140", "45,61%", "+1,59", "16.452", "14/17 đúng hạn")
    rows.append(tuple(blocks.Cell(text) for text in total))
    note = "Tỷ lệ trên số người có điện thoại thông minh (giả định). " + HOSTILE[0]
    caption = "Kết quả của các xã, phường, xếp theo tỷ lệ"
    return blocks.Table("units", caption, columns, tuple(rows), note, True)


def _row(n, unit) -> tuple[blocks.Cell, ...]:
    cell = blocks.Cell
    missing = unit.Index == 16
    tone = "muted" if missing else "good" if unit.coverage >= 0.6 else ""
    change = unit.coverage_change
    falls = not formats.is_missing(change) and change < 0
    status = cell("đúng hạn") if n % 6 else cell("trễ hạn", tone="warn", note="đến lúc 17h42")
    return (
        cell(str(n), n),
        cell(unit.unit_name, unit.unit_name),
        cell(formats.integer(unit.numerator_cumulative), unit.numerator_cumulative),
        cell(formats.percent(unit.coverage, bounds=[0.6]), unit.coverage, tone),
        cell(formats.points_short(change), change, "warn" if falls else ""),
        cell(formats.integer(None if missing else 137 * n), None if missing else 137 * n),
        cell("chưa báo cáo", tone="bad") if missing else status,
    )


def bodies(count: int = 45) -> blocks.Table:
    """Longer than a page, with names that need two lines."""
    columns = tuple(
        blocks.Column(key, label, align, width)
        for key, label, align, width in (
            ("name", "Cơ quan, đơn vị, công đoàn cơ sở", "left", 4),
            ("staff", "Có điện thoại thông minh", "right", 1),
            ("done", "Đã cài đặt", "right", 1),
            ("share", "Tỷ lệ", "right", 1),
        )
    )
    rows = []
    for n in range(count):
        name = "Công đoàn cơ sở Công ty Cổ phần May xuất khẩu và Chế biến gỗ Tam Quan"
        name = f"{name} – Chi nhánh số {n + 1}" if n % 5 else f"Trường Tiểu học số {n + 1}"
        done, staff = 40 + n % 13, 58 + n % 13
        texts = (formats.integer(staff), formats.integer(done), formats.percent(done / staff))
        rows.append((blocks.Cell(name, name), *map(blocks.Cell, texts)))
    caption = "Cơ quan, đơn vị chưa đạt 100%"
    return blocks.Table("bodies", caption, columns, tuple(rows))


@cache
def figures() -> list[blocks.Figure]:
    make = figure_block
    return [
        make(charts.whole_trend(whole(), TARGETS, BASELINE), id="trend",
             title="Tăng 1,59 điểm phần trăm so với ngày trước; cần 3,60 mỗi ngày để đạt 60%"),
        make(charts.unit_bars(units(), 0.6), id="bars",
             title="Một phường đã đạt 60%; sáu đơn vị còn dưới 45%"),
        make(charts.reporting_grid(statuses()), id="grid", title="Xã Hoài Phú thiếu 2 báo cáo"),
        make(charts.small_multiples(history(), TARGETS), id="multiples",
             title="Mười bảy đơn vị trên cùng thang đo"),
    ]  # fmt: skip


def actions() -> blocks.ActionList:
    action = blocks.Action
    return blocks.ActionList(
        (
            action("Xã Hoài Sơn", "chưa gửi báo cáo ngày 16/8", "Gửi Mẫu 02 trước 17h00 hôm nay.",
                   "Kính đề nghị UBND xã Hoài Sơn gửi Mẫu 02 ngày 16/8 trước 17h00. Trân trọng."),
            action("Phường Bồng Sơn", "còn thiếu 1.204 người", "Bố trí thêm tổ cài đặt ở chợ."),
            action("Phường Tam Quan Bắc", "giảm 0,30 điểm phần trăm", HOSTILE[1], HOSTILE[2]),
        )
    )  # fmt: skip


def all_blocks() -> list[blocks.Block]:
    trend, bars, grid, multiples = figures()
    return [
        letterhead(),
        key_figures(),
        blocks.Notice("Với mức tăng như ba ngày qua, chưa thể đạt 60% vào ngày 20/8.", "bad"),
        blocks.Heading("Việc cần làm hôm nay"),
        actions(),
        blocks.Heading("Toàn thị xã"),
        blocks.Paragraph("Tỷ lệ tính trên số người có điện thoại thông minh."),
        trend,
        blocks.Heading("Xã, phường"),
        strip(),
        ranking(),
        bars,
        blocks.Heading("Ai đã báo cáo", 2),
        grid,
        multiples,
        blocks.PageBreak(),
        blocks.Heading("Cơ quan, đơn vị"),
        bodies(),
        blocks.Heading("Những gì được để riêng"),
        blocks.Bullets(HOSTILE),
        blocks.Notice("\n".join(HOSTILE), "warn"),
        blocks.Notice("Không có cảnh báo nào khác.", "good"),
        blocks.Paragraph(HOSTILE[2], "muted"),
        blocks.Sources("Nguồn số liệu", (blocks.Origin("src-1", "Xã Hoài Sơn", ("Ô E12: 4",)),)),
    ]


MARKDOWN = f"""## Nhận xét của người phân tích

Số liệu **Bồng Sơn** tăng *nhanh*, xem [trang](https://example.org/a) và `mã`.
{HOSTILE[0]}

1. một
2. hai
   - con

| Đơn vị | Số |
|---|--:|
| A \\| B | 5.432 |

> trích dẫn

<div onclick="x()">{HOSTILE[1]}</div>
"""

PNG = (
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJg"
    "gg=="
)


def cell_of(*shown: blocks.Block, source: str = "section()", tags: tuple[str, ...] = ()):
    cell = new_code_cell(source, metadata={"tags": list(tags)} if tags else {})
    cell.outputs = [new_output("display_data", b._repr_mimebundle_()) for b in shown]
    return cell


def notebook(*cells) -> nbformat.NotebookNode:
    return new_notebook(cells=list(cells))


def full() -> nbformat.NotebookNode:
    """Every block, an analyst's Markdown, and an analyst's own cell."""
    own = new_code_cell("# Biểu đồ riêng của tôi\ndf")
    own.outputs = [
        new_output("display_data", {"image/png": PNG, "text/plain": "<Figure>"}),
        new_output("execute_result", {"text/plain": "   a\n0  1", "text/html": "<table></table>"}),
    ]
    hidden = new_markdown_cell("# Dành cho người phân tích", metadata={"tags": ["remove_cell"]})
    shown = [cell_of(block) for block in all_blocks()]
    return notebook(hidden, *shown, new_markdown_cell(MARKDOWN), own)
