"""A formal document as the report's notebook would leave it: several addressees and annexes."""

from __future__ import annotations

import nbformat
from nbformat.v4 import new_markdown_cell

from briefing.documents import blocks

from . import demo

OPENING = (
    "Thực hiện Kế hoạch số 59/KH-UBND ngày 11/7/2021 của UBND thị xã về đẩy mạnh cài đặt, sử dụng "
    "ứng dụng Bluezone trên địa bàn thị xã, Phòng Văn hóa và Thông tin báo cáo kết quả thực hiện "
    "tuần cao điểm, số liệu tính đến 17h00 ngày 22/8/2021, như sau:"
)
RESULTS = (
    "Đầu kỳ (17h00 ngày 14/8/2021, theo văn bản của UBND thị xã): đạt 42,85% số người có điện "
    "thoại thông minh.",
    "Cuối kỳ (ngày 22/8/2021): 65.870 người đã cài đặt, đạt 57,63% số người có điện thoại thông "
    "minh; trong đó 5.120 người (7,8%) là số liệu của những ngày trước, của 2 xã, phường.",
    "Chỉ tiêu 60% đến ngày 20/8/2021: chưa đạt, còn thiếu 2,37 điểm phần trăm (2.710 người).",
)
HEADINGS = (
    "I. Công tác chỉ đạo",
    "II. Kết quả thực hiện",
    "1. Toàn thị xã",
    "2. Các xã, phường",
    "a) Đơn vị tăng nhanh",
    "III. Đánh giá",
    "1. Ưu điểm",
)
ANNEXES = ("Phụ lục I", "Phụ lục II", "Phụ lục III")
LONG_NAME = "Trường Trung học cơ sở và Trung học phổ thông dân tộc nội trú Hoài Nhơn"


def head(**changes) -> blocks.FormalHead:
    values = {
        "national_name": "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "motto": "Độc lập - Tự do - Hạnh phúc",
        "issuer_parent": "ỦY BAN NHÂN DÂN THỊ XÃ HOÀI NHƠN",
        "issuer": "PHÒNG VĂN HÓA VÀ THÔNG TIN",
        "number": "Số:      /BC-VHTT",
        "place_and_date": "Hoài Nhơn, ngày      tháng      năm 2021",
        "kind": "BÁO CÁO",
        "about": "Kết quả thực hiện tuần cao điểm đẩy mạnh cài đặt ứng dụng Bluezone "
        "(từ ngày 16/8/2021 đến ngày 22/8/2021)",
        "addressees": (
            "Ban Chỉ đạo phòng, chống dịch COVID-19 thị xã",
            "UBND thị xã Hoài Nhơn",
            "Sở Thông tin và Truyền thông",
        ),
        "notices": ("Số người có điện thoại thông minh là giả định: 0,55 × dân số năm 2019.",),
        "subject": "Tuần cao điểm cài đặt ứng dụng Bluezone",
        "author": "Phòng Văn hóa và Thông tin thị xã Hoài Nhơn",
        "date": "2021-08-22T17:00:00+07:00",
        "illustrative": True,
        "lang": "vi",
    }
    return blocks.FormalHead(**(values | changes))


def signature() -> blocks.Signature:
    recipients = (
        "Như trên",
        "CT, các PCT UBND thị xã",
        "Ban Tuyên giáo Thị ủy (để phối hợp)",
        "Lưu: VT, VHTT",
    )
    return blocks.Signature(("KT. TRƯỞNG PHÒNG", "PHÓ TRƯỞNG PHÒNG"), recipients, "Nơi nhận:")


def annex(number: int, title: str) -> blocks.AnnexHeading:
    issued = "số      /BC-VHTT ngày      tháng      năm 2021"
    reference = f"(Kèm theo Báo cáo {issued} của Phòng Văn hóa và Thông tin)"
    label = ANNEXES[number - 1]
    return blocks.AnnexHeading(label, title, reference, f"annex-{number}")


def lacking(count: int = 70) -> blocks.Table:
    """Longer than two pages, the names of some units on several lines of a cell."""
    columns = (
        blocks.Column("rank", "TT", "center", 0.6),
        blocks.Column("name", "Cơ quan, đơn vị", "left", 4),
        blocks.Column("missing", "Chưa gửi", "left", 2.5),
        blocks.Column("late", "Trễ hạn (ngày)", "right", 1),
    )
    rows = tuple(
        tuple(
            blocks.Cell(text)
            for text in (
                str(n),
                f"{LONG_NAME}, phân hiệu số {n}" if n % 3 else f"Trường Mầm non số {n}",
                "ngày 16/8, 18/8, 19/8, 20/8 và 22/8" if n % 4 == 0 else "ngày 17/8",
                str(n % 7),
            )
        )
        for n in range(1, count + 1)
    )
    note = "Gạch ngang: chưa có, hoặc không phải báo cáo."
    return blocks.Table("lacking", "Báo cáo chưa gửi, trễ hạn", columns, rows, note)


def report_blocks() -> list[blocks.Block]:
    trend, bars, *_rest = demo.figures()
    text = blocks.Paragraph
    return [
        head(),
        text(OPENING),
        blocks.Heading(HEADINGS[0]),
        blocks.Bullets(RESULTS),
        blocks.Heading(HEADINGS[1]),
        blocks.Heading(HEADINGS[2], 2),
        blocks.Bullets(RESULTS),
        demo.key_figures(),
        trend,
        blocks.Heading(HEADINGS[3], 2),
        text(RESULTS[1] + " " + RESULTS[2]),
        demo.ranking(),
        blocks.Heading(HEADINGS[4], 3),
        text(RESULTS[2]),
        bars,
        blocks.Heading(HEADINGS[5]),
        blocks.Heading(HEADINGS[6], 2),
        blocks.Bullets(RESULTS * 4),
        demo.actions(),
        blocks.Notice(RESULTS[2], "warn"),
        text(
            "Trên đây là báo cáo kết quả tuần cao điểm; Phòng Văn hóa và Thông tin kính báo cáo./."
        ),
        signature(),
        annex(1, "Kết quả của các cơ quan, đơn vị"),
        demo.bodies(60),
        annex(2, "Báo cáo chưa gửi, không sử dụng được hoặc trễ hạn, kèm theo tên của từng đơn vị"),
        lacking(),
        annex(3, "Những gì được để riêng"),
        blocks.Bullets(demo.HOSTILE),
    ]


def full() -> nbformat.NotebookNode:
    """The report, and what an analyst has written between its first blocks."""
    first, *rest = [demo.cell_of(block) for block in report_blocks()]
    return demo.notebook(first, *rest[:-1], new_markdown_cell(demo.MARKDOWN), rest[-1])
