"""Three days of an office's folder, typed by hand: 17 communes and 15 agencies, each in its habit.

What is right stands in `truth`, fixed before any of it was read.
"""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.corpus.makers.delimited import delimited
from tests.corpus.makers.legacy import tcvn3
from tests.corpus.makers.mail import archive
from tests.corpus.makers.pdf import pdf
from tests.corpus.makers.workbooks import Formula, ods, xls, xlsx
from tests.week.papers import NATION, TITLE, above, mail, numbered, page, photo, sheet, word

FORM = [
    "STT", "Họ và tên", "Địa chỉ (thôn, khu phố)", "Số điện thoại", "Lũy kế đến thời điểm hiện tại",
]  # fmt: skip
BY_PLACE = ["STT", "Thôn, khu phố", "Lũy kế đến thời điểm hiện tại"]


@dataclass(frozen=True)
class File:
    """A file as it came: path in the inbox, moment (local), content."""

    path: str
    at: str
    content: bytes


# ---- Communes ---------------------------------------------------------------------------


def bong_son(day: int, *counts: int) -> bytes:
    """The form as it was sent out, one row a campaigner."""
    people = [
        [1, "Nguyễn Văn Tẩn", "Khu phố 1", "0983 120 411", counts[0]],
        [2, "Trần Thị Nhạn", "Khu phố 2", "0983 120 422", counts[1]],
        [3, "Lê Quốc Kiệu", "Khu phố Liêm Bình", "0983120433", counts[2]],
        [4, "Võ Thị Bưởi", "Khu phố Phụ Đức", "84983120444", counts[3]],
        [5, "Phạm Đăng Thoại", "Khu phố Trung Lương", 983120455, counts[4]],
    ]
    return xlsx(sheet("Phường Bồng Sơn", day, [FORM, *people]))


HOAI_DUC = [
    "KP Bình Chương", "KP Bình Chương Nam", "KP Diễn Khánh", "KP Định Bình", "KP Định Bình Nam",
    "KP Lại Đức", "KP Lại Khánh", "KP Lại Khánh Nam", "KP Lại Khánh Tây", "KP Văn Cang",
]  # fmt: skip


def hoai_duc(day: int, *counts: int, taken_back: Sequence[Any] = ()) -> bytes:
    """Word; a row that was taken back is crossed out and left standing."""
    rows = [BY_PLACE, *numbered(HOAI_DUC, counts)]
    struck = [len(rows)] if taken_back else []
    return word(above("Phường Hoài Đức", day), [*rows, *([taken_back] if struck else [])], struck)


def hoai_hao(day: int, *counts: int) -> bytes:
    """A workbook of a program that writes formulas and never calculates them."""
    places = ["Hội Phú", "Phụng Du 1", "Phụng Du 2", "Tấn Thạnh 1", "Tấn Thạnh 2"]
    rows = sheet("Phường Hoài Hảo", day, [BY_PLACE, *numbered(places, counts)])
    last = len(rows)
    return xlsx([*rows, ["", "Tổng cộng", Formula(f"SUM(C{last - 4}:C{last})", 0)]])


def hoai_tan(day: int, *counts: int) -> bytes:
    """Excel 97, typed in .VnTime."""
    places = [
        "An Dưỡng 1", "An Dưỡng 2", "Đệ Đức 1", "Đệ Đức 2", "Đệ Đức 3", "Giao Hội 1", "Giao Hội 2",
    ]  # fmt: skip
    rows = sheet("Phường Hoài Tân", day, [BY_PLACE, *numbered(places, counts)])
    return xls([[tcvn3(cell) if isinstance(cell, str) else cell for cell in row] for row in rows])


def hoai_thanh_list(*counts: int) -> bytes:
    people = [
        [1, "Huỳnh Thị Dâu", "An Dinh 1", "0984550101", counts[0]],
        [2, "Đặng Văn Ngò", "Lâm Trúc 2", "0984550202", counts[1]],
        [3, "Bùi Thị Mận", "Mỹ An 1", "0984550303", counts[2]],
    ]
    return xlsx([["PHƯỜNG HOÀI THANH"], [TITLE], ["Ngày 17/8/2021"], FORM, *people])


HOAI_THANH_16 = (
    "Kính gửi Phòng Văn hóa và Thông tin thị xã,\n\nUBND phường Hoài Thanh báo cáo số liệu cài đặt "
    "ứng dụng Bluezone ngày 16/8/2021: lũy kế đến 14h00 là 2.950 người.\n\nTrân trọng.\n"
)
HOAI_THANH_18 = (
    "UBND phường Hoài Thanh báo cáo ngày 18/8/2021: lũy kế 3.120 người đã cài Bluezone.\n\n"
    "Vào Th 2, 16 thg 8, 2021 vào lúc 14:20 van thu <vanthu@example.invalid> đã viết:\n"
    + "".join(f"> {line}\n" for line in HOAI_THANH_16.splitlines())
)


def hoai_thanh_tay(day: int, *counts: int, hidden: str = "") -> bytes:
    """LibreOffice; a row of a count given up before was hidden, not deleted."""
    places = ["Tài Lương 1", "Tài Lương 2", "Tài Lương 3", "Tài Lương 4", "Bình Phú"]
    rows = sheet("Phường Hoài Thanh Tây", day, [BY_PLACE, *numbered(places, counts)])
    if not hidden:
        return ods(rows)
    return ods([*rows, [6, hidden, 505]], hidden=[len(rows) + 1])


def hoai_xuan(day: int, count: int) -> bytes:
    """Three members of the team, and one count for all, in a cell over three rows."""
    people = [
        [1, "Hồ Thị Lựu", "Hòa Trung 1", "0985660101", count],
        [2, "Đỗ Văn Sấu", "Song Khánh", "0985660202", None],
        [3, "Ngô Thị Ổi", "Thái Lai", "0985660303", None],
    ]
    rows = sheet("Phường Hoài Xuân", day, [FORM, *people])
    return xlsx(rows, merge=[f"E{len(rows) - 2}:E{len(rows)}"])


def tam_quan(day: int, *counts: int) -> bytes:
    """Printed to PDF."""
    rows = [BY_PLACE, *numbered([f"Khu phố {i}" for i in range(1, 10)], counts)]
    return pdf(above("Phường Tam Quan", day), rows, widths=(15, 90, 80))


def tam_quan_bac(day: int, *counts: int) -> bytes:
    places = [
        "Công Thạnh", "Dĩnh Thạnh", "Tân Thành 1", "Tân Thành 2", "Thiện Chánh 1", "Thiện Chánh 2",
        "Trường Xuân Đông", "Trường Xuân Tây",
    ]  # fmt: skip
    return xlsx(sheet("Phường Tam Quan Bắc", day, [BY_PLACE, *numbered(places, counts)]))


CUU_LOI = [
    "Cửu Lợi Bắc", "Cửu Lợi Đông", "Cửu Lợi Nam", "Cửu Lợi Tây", "Tăng Long 1", "Tăng Long 2",
    "Trung Hóa",
]  # fmt: skip


def tam_quan_nam(day: int, *counts: int) -> bytes:
    """Semicolons, as Excel saves here."""
    rows = sheet("Phường Tam Quan Nam", day, [BY_PLACE, *numbered(CUU_LOI, counts)])
    return delimited(rows, by=";")


def vaccinated_tam_quan_nam() -> bytes:
    """Another table of the same office, under the name of its daily report."""
    rows = [["STT", "Khu phố", "Đã tiêm mũi 1", "Lũy kế"]]
    rows += [[i, place, 11 + i, 120 + 7 * i] for i, place in enumerate(CUU_LOI, start=1)]
    head = [
        ["UBND PHƯỜNG TAM QUAN NAM"],
        ["KẾT QUẢ TIÊM VẮC XIN PHÒNG COVID-19"],
        ["Ngày 18/8/2021"],
    ]
    return delimited([*head, *rows], by=";")


def hoai_chau(day: int, *counts: int) -> bytes:
    """Installed of those with a smartphone, in one cell."""
    places = [
        "An Quý Bắc", "An Quý Nam", "An Sơn", "Hội An", "Hội An Tây", "Tân An", "Tân Trung",
        "Thành Sơn", "Thành Sơn Tây",
    ]  # fmt: skip
    denominator = [540, 545, 550, 548, 552, 541, 546, 547, 549]
    shares = [f"{count}/{all_}" for count, all_ in zip(counts, denominator, strict=True)]
    return xlsx(sheet("Xã Hoài Châu", day, [BY_PLACE, *numbered(places, shares)]))


def hoai_chau_bac(day: int, *counts: int) -> bytes:
    places = [
        "Bình Đê", "Chương Hòa", "Gia An", "Gia An Đông", "Gia An Nam", "Liễu An", "Liễu An Nam",
        "Quy Thuận", "Tuy An",
    ]  # fmt: skip
    return xlsx(sheet("Xã Hoài Châu Bắc", day, [BY_PLACE, *numbered(places, counts)]))


def hoai_my(day: int, added: Sequence[int], counts: Sequence[int]) -> bytes:
    """The day's count beside the cumulative."""
    places = ["An Nghiệp", "Công Lương", "Định Công", "Khánh Trạch", "Lộ Diêu"]
    head = ["STT", "Thôn", "Số cài trong ngày", "Lũy kế"]
    rows = [[*row, total] for row, total in zip(numbered(places, added), counts, strict=True)]
    return xlsx(sheet("Xã Hoài Mỹ", day, [head, *rows]))


def hoai_phu(day: int, *counts: int) -> bytes:
    places = [
        "Cự Tài 1", "Cự Tài 2", "Mỹ Bình 1", "Mỹ Bình 2", "Mỹ Bình 3", "Lương Thọ 1", "Lương Thọ 2",
        "Lương Thọ 3", "Cự Lễ",
    ]  # fmt: skip
    return word(above("Xã Hoài Phú", day), [BY_PLACE, *numbered(places, counts)])


def hoai_son(day: int, *counts: int) -> bytes:
    places = ["Thôn An Đỗ", "Thôn An Hội", "Thôn Cẩn Hậu", "Thôn Hy Tường", "Thôn Phú Nông"]
    return page(above("Xã Hoài Sơn", day), [BY_PLACE, *numbered(places, counts)])


HOAI_PHU_17 = (228, 226, 227, 229, 224, 230, 226, 228, 226)

UNITS = [
    # 16 August
    File("16-8/BC Bong Son 16-8.xlsx", "16 14:10", bong_son(16, 812, 745, 1020, 933, 1000)),
    File("16-8/Hoài Đức ngày 16.docx", "16 13:20",
         hoai_duc(16, 310, 295, 402, 350, 288, 277, 366, 301, 255, 366)),
    File("16-8/hoai hao 16.xlsx", "16 14:30", hoai_hao(16, 610, 580, 655, 590, 570)),
    File("16-8/zalo Hoài Hương.txt", "16 14:41",
         "Phường Hoài Hương báo cáo ngày 16/8: lũy kế đã cài Bluezone là 4.120 ạ".encode()),
    File("16-8/HTan16.xls", "16 09:15", hoai_tan(16, 480, 470, 500, 490, 460, 465, 455)),
    File("16-8/thu Hoai Thanh.eml", "16 14:20",
         mail("BC Bluezone 16/8", HOAI_THANH_16, "Mon, 16 Aug 2021 14:20:00 +0700")),
    File("16-8/BC HT Tay.ods", "16 11:02", hoai_thanh_tay(16, 520, 510, 515, 505, 510)),
    File("16-8/tam quan.pdf", "16 10:30",
         tam_quan(16, 320, 325, 330, 318, 322, 328, 319, 321, 317)),
    File("16-8/TQB.xlsx", "16 14:58", tam_quan_bac(16, 560, 555, 570, 548, 562, 551, 577, 557)),
    File("16-8/tqn 16-8.csv", "16 14:12", tam_quan_nam(16, 440, 435, 438, 432, 436, 441, 438)),
    File("16-8/Hoai Chau.xlsx", "16 13:55",
         hoai_chau(16, 240, 238, 242, 235, 245, 237, 239, 236, 238)),
    File("16-8/Hoai Chau Bac 16-8.jpg", "16 14:30", photo("Hoai Chau Bac 16/8")),
    File("16-8/Hoai Chau Bac 16-8 gui lai.xlsx", "16 17:10",
         hoai_chau_bac(16, 250, 248, 247, 246, 249, 251, 245, 246, 248)),
    File("16-8/Zalo Hoai Hai 16-8.txt", "16 14:35",
         "UBND xã Hoài Hải báo cáo: tính đến 14h30, lũy kế đã cài 1.640 người".encode()),
    File("16-8/Hoai My 16-8.xlsx", "16 12:00",
         hoai_my(16, (20, 18, 17, 22, 23), (580, 575, 590, 582, 578))),
    File("16-8/Hoài Phú 16.8.docx", "16 14:00",
         hoai_phu(16, 224, 222, 223, 225, 221, 226, 222, 224, 223)),
    File("16-8/hoai son.xls", "16 14:44", hoai_son(16, 400, 402, 398, 401, 400)),
    # 17 August
    File("17-8/BC Bong Son 17-8.xlsx", "17 14:40", bong_son(17, 840, 770, 1045, 960, 1040)),
    File("17-8/Hoài Đức ngày 17.docx", "17 13:30",
         hoai_duc(17, 318, 301, 410, 362, 296, 283, 375, 309, 262, 376,
                  taken_back=(11, "KP Văn Cang", 370))),
    File("17-8/hoai hao 17.xlsx", "17 15:20", hoai_hao(17, 622, 597, 672, 606, 584)),
    File("17-8/zalo Hoài Hương 17.txt", "17 14:02", "Hoài Hương 17/8: lk 4.275".encode()),
    File("17-8/HTan17.xls", "17 09:40", hoai_tan(17, 484, 473, 504, 494, 463, 469, 458)),
    File("17-8/thu Hoai Thanh.eml", "17 14:33",
         mail("BC Bluezone 17/8", "Phường Hoài Thanh gửi báo cáo ngày 17/8 (file đính kèm).\n",
              "Tue, 17 Aug 2021 14:33:00 +0700",
              {"BC Hoai Thanh 17-8.xlsx": hoai_thanh_list(1010, 1005, 1015)})),
    File("17-8/BC HT Tay.ods", "17 11:20", hoai_thanh_tay(17, 528, 519, 524, 513, 517)),
    File("17-8/Hoai Xuan 17-8.xlsx", "17 14:15", hoai_xuan(17, 1990)),
    File("17-8/tam quan.pdf", "17 10:41",
         tam_quan(17, 326, 331, 336, 324, 328, 334, 325, 327, 324)),
    File("17-8/TQB.xlsx", "17 14:57", tam_quan_bac(17, 571, 566, 581, 559, 573, 562, 588, 566)),
    File("17-8/tqn 17-8.csv", "17 14:22", tam_quan_nam(17, 447, 442, 445, 440, 444, 449, 444)),
    File("17-8/Hoai Chau.xlsx", "17 13:52",
         hoai_chau(17, 245, 242, 247, 239, 249, 241, 243, 241, 243)),
    File("17-8/Hoai Chau Bac 17-8.xlsx", "17 14:50",
         hoai_chau_bac(17, 254, 253, 251, 250, 254, 256, 249, 251, 252)),
    File("17-8/Zalo Hoai Hai 17-8.txt", "17 14:25",
         "Hoài Hải ngày 17/8 lũy kế 1.672 người".encode()),
    File("17-8/Hoai My 17-8.xlsx", "17 13:00",
         hoai_my(17, (11, 11, 11, 11, 11), (540, 535, 550, 530, 535))),
    File("17-8/Hoai My 17-8 (sua).xlsx", "17 16:40",
         hoai_my(17, (11, 11, 11, 11, 11), (591, 586, 601, 593, 589))),
    File("17-8/Hoài Phú 17.8.docx", "17 14:05", hoai_phu(17, *HOAI_PHU_17)),
    File("17-8/hoai son.xls", "17 14:39", hoai_son(17, 407, 408, 405, 406, 407)),
    # 18 August
    File("18-8/BC Bong Son 18-8.xlsx", "18 14:55", bong_son(18, 865, 795, 1070, 990, 1070)),
    File("18-8/Hoài Đức ngày 18.docx", "18 13:10",
         hoai_duc(18, 330, 307, 418, 370, 305, 290, 384, 318, 270, 385)),
    File("18-8/hoai hao 18.xlsx", "18 14:20", hoai_hao(18, 634, 612, 690, 617, 597)),
    File("18-8/zalo Hoài Hương 18.txt", "18 14:31",
         "Phường Hoài Hương ngày 18/8 không phát sinh thêm ạ".encode()),
    File("18-8/HTan18.xls", "18 09:05", hoai_tan(18, 488, 476, 509, 499, 466, 473, 461)),
    File("18-8/thu Hoai Thanh.eml", "18 14:48",
         mail("Re: BC Bluezone 16/8", HOAI_THANH_18, "Wed, 18 Aug 2021 14:48:00 +0700")),
    File("18-8/BC HT Tay.ods", "18 11:11",
         hoai_thanh_tay(18, 537, 528, 534, 523, 528, hidden="Tài Lương 4")),
    File("18-8/tam quan.pdf", "18 10:22",
         tam_quan(18, 332, 337, 342, 330, 334, 340, 331, 333, 331)),
    File("18-8/TQB.xlsx", "18 14:59", tam_quan_bac(18, 580, 575, 5900, 568, 582, 571, 597, 575)),
    File("18-8/tqn 18-8.csv", "18 14:05", vaccinated_tam_quan_nam()),
    File("18-8/tqn 18-8 (dung).csv", "18 16:30",
         tam_quan_nam(18, 456, 451, 453, 449, 452, 457, 452)),
    File("18-8/Hoai Chau.xlsx", "18 13:49",
         hoai_chau(18, 251, 248, 253, 245, 255, 247, 249, 247, 249)),
    File("18-8/Hoai Chau Bac 18-8.xlsx", "18 14:29", b"PK\x03\x04" + b"\x14\0\0\0\x08\0" * 40),
    File("18-8/Zalo Hoai Hai 18-8.txt", "18 14:20",
         "Hoài Hải ngày 17/8 lũy kế 1.701 người".encode()),
    File("18-8/Hoai My 18-8.xlsx", "18 12:30",
         hoai_my(18, (10, 10, 11, 10, 11), (601, 596, 612, 603, 600))),
    File("18-8/Hoài Phú 18.8.docx", "18 14:08", hoai_phu(18, *HOAI_PHU_17)),
    File("18-8/hoai son.xls", "18 14:37", hoai_son(18, 400, 401, 399, 398, 400)),
]  # fmt: skip

# ---- Agencies ---------------------------------------------------------------------------

LABELS = [
    "Số điện thoại người tạo mã QR code của cơ quan, đơn vị",
    "Mã QR Code Bluezone cơ quan, đơn vị đã tạo",
    "Tổng số cán bộ, CC, VC, người lao động",
    "Số cán bộ, CC, VC, người lao động có Smartphone",
    "Số cán bộ, CC, VC, người lao động đã cài đặt Bluezone",
]


def form(body: str, *answers: Any) -> list[str]:
    answered = zip(LABELS, answers, strict=True)
    return [
        body.upper(),
        *NATION,
        "Hoài Nhơn, ngày 17 tháng 8 năm 2021",
        "BÁO CÁO",
        TITLE,
        *(f"- {label}: {answer}" for label, answer in answered),
    ]


OWN_WORDS = [
    "PHÒNG QUẢN LÝ ĐÔ THỊ",
    "BÁO CÁO cài đặt Bluezone",
    "Tổng số CBCC: 11",
    "Số CB có Smartphone: 11",
    "Số CB đã cài Bluezone: 10",
]
BODIES = [
    File("co quan/Phong Noi vu.docx", "17 08:30",
         word(form("Phòng Nội vụ", "0986771201", "QR-NV-0312", 12, 12, 12))),
    File("co quan/tu phap.docx", "17 09:10",
         word(form("Phòng Tư pháp", "0986771302", "QR-TP-0418", 8, 8, 7))),
    File("co quan/TCKH bluezone.xlsx", "17 10:00",
         xlsx([["PHÒNG TÀI CHÍNH - KẾ HOẠCH"], [TITLE], ["Ngày 17/8/2021"],
               *zip(LABELS, ("0986771403", "QR-TCKH-01", 15, 15, 15), strict=True)])),
    File("co quan/giao duc.docx", "18 14:00",
         word(["PHÒNG GIÁO DỤC VÀ ĐÀO TẠO", TITLE],
              [["Tổng số CB, CC, VC, NLĐ", "Số có Smartphone", "Số đã cài đặt Bluezone"],
               [20, 19, 19]])),
    File("co quan/zalo y te.txt", "17 15:30",
         "Phòng Y tế: tổng 9, có smartphone 9, đã cài Bluezone 9".encode()),
    File("co quan/zalo kinh te.txt", "18 08:15", "Phòng Kinh tế\n14\n13\n12\n".encode()),
    File("co quan/QLDT.docx", "18 10:20", word(OWN_WORDS)),
    File("co quan/thanh tra.pdf", "18 11:00",
         pdf(form("Thanh tra thị xã", "0986771504", "QR-TT-07", 7, 7, 6))),
    File("co quan/mat tran.eml", "18 13:30",
         mail("Mau 01 UBMTTQVN thi xa",
              "\n".join(form("UBMTTQVN thị xã", "0986771605", "QR-MT-11", 9, 8, 8)),
              "Wed, 18 Aug 2021 13:30:00 +0700")),
    File("co quan/thi doan.zip", "18 09:00",
         archive({"Mau 01 Thi doan.docx":
                  word(form("Thị đoàn", "0986771706", "QR-TD-02", 6, 6, 6))})),
    File("co quan/Cong an thi xa.jpg", "18 09:45", photo("Cong an thi xa")),
    File("co quan/TTYT thi xa.docx", "18 15:00",
         word(form("Trung tâm Y tế thị xã", "0986771807", "QR-YT-30", 60, 58, 55))),
    File("co quan/Nguyen Tran.xlsx", "18 16:00",
         xlsx([["TRƯỜNG THPT NGUYỄN TRÂN"], [TITLE], [],
               ["Tổng số cán bộ, viên chức, người lao động", 48],
               ["Số có điện thoại thông minh", 46], ["Số đã cài đặt Bluezone", 41]])),
    File("co quan/CDCS may.docx", "18 17:00",
         word(form("Công đoàn cơ sở Công ty May Hoài Nhơn Xanh", "0986771908", "QR-M-9",
                   820, 640, 512))),
    File("co quan/toa an.docx", "18 17:20",
         word(form("Tòa án nhân dân thị xã", "0986772009", "QR-TA-1", 10, 9, 10))),
]  # fmt: skip


def fill(inbox: Path) -> None:
    """The folder, with a `received.csv` that says when each file came."""
    files = [*UNITS, *BODIES]
    for file in files:
        (inbox / file.path).parent.mkdir(parents=True, exist_ok=True)
        (inbox / file.path).write_bytes(file.content)
    with (inbox / "received.csv").open("w", encoding="utf-8-sig", newline="") as stream:
        times = [(file.path, f"2021-08-{file.at.replace(' ', 'T')}:00+07:00") for file in files]
        csv.writer(stream).writerows([("path", "received_at"), *times])
