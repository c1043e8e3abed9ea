"""Week 41 of 2025 (due on Friday, 10 October) as communes of a province report it."""

from __future__ import annotations

from tests.campaigns.odd import Odd, Truth, book, mail, pdf, sheet, word

FRIDAY, BEFORE = "2025-10-10", "2025-10-03"
TITLE = "BÁO CÁO KẾT QUẢ KÍCH HOẠT TÀI KHOẢN ĐỊNH DANH ĐIỆN TỬ"


def week(unit: str, total: int, new: int | None = None, *told: str, day: str = FRIDAY) -> Truth:
    figures = {"accounts": total} | ({} if new is None else {"accounts/new": new})
    return Truth(unit, day, figures, frozenset(told))


def labels(total: str, new: str) -> list[list[object]]:
    return [
        ["STT", "Nội dung", "Số liệu"],
        [1, "Kích hoạt trong tuần", new],
        [2, "Lũy kế đã kích hoạt", total],
    ]


FILES = [
    Odd(
        "the number of the week, a column of units of measure, a rate beside the count",
        "BC xa Binh Dong.xlsx",
        sheet([
            ["UBND XÃ BÌNH ĐÔNG"], [TITLE], ["Tuần 41 năm 2025"], [],
            ["STT", "Chỉ tiêu", "Đơn vị tính", "Số liệu"],
            [1, "Tổng số công dân từ đủ 14 tuổi trở lên", "Người", "17.268"],
            [2, "Số tài khoản kích hoạt trong tuần", "Tài khoản", 214],
            [3, "Lũy kế số tài khoản đã kích hoạt", "Tài khoản", "7.105"],
            [4, "Tỷ lệ kích hoạt", "%", "41,15"],
        ]),
        (week("90004", 7105, 214),),
    ),
    Odd(
        "a period from one day to another, in lines of a letter",
        "binh ninh.docx",
        word(
            "UBND XÃ BÌNH NINH", TITLE, "(Từ ngày 6/10 đến ngày 12/10/2025)",
            "1. Trong tuần kích hoạt mới: 150 tài khoản.",
            "2. Lũy kế đến nay: 6.480 tài khoản, đạt 46,04%.",
        ),
        (week("90007", 6480, 150),),
    ),
    Odd(
        "a message in a chat that names the week",
        "zalo nhom tuan.txt",
        "[16:20, 09/10/2025] VP Cẩm Hạnh: Xã Cẩm Hạnh báo cáo tuần 41: kích hoạt mới 96, "
        "lũy kế 8.200 tài khoản VNeID".encode(),
        (week("90010", 8200, 96),),
    ),
    Odd(
        "an e-mail with a table of one row",
        "thu chau an.eml",
        mail(
            "Báo cáo kích hoạt VNeID tuần 41", "Kính gửi Tổ công tác, xin gửi báo cáo tuần.",
            {"phuong chau an.xlsx": sheet([
                ["PHƯỜNG CHÂU ÂN"], ["Kích hoạt VNeID, tuần từ 06/10/2025 đến 12/10/2025"],
                ["Công dân ≥ 14 tuổi", "Kích hoạt mới trong tuần", "Lũy kế", "Tỷ lệ (%)"],
                ["19.429", "1.020", "9.733", "50,10"],
            ])},
            "Fri, 10 Oct 2025 08:10:00 +0700",
        ),
        (week("90013", 9733, 1020),),
    ),
    Odd(
        "a printed table, signed on Thursday",
        "chau hoi.pdf",
        pdf(
            ["UBND XÃ CHÂU HỘI", TITLE, "Châu Hội, ngày 09 tháng 10 năm 2025"],
            [["TT", "Nội dung", "Kết quả"], ["1", "Số kích hoạt trong tuần", "88"],
             ["2", "Số tài khoản đã kích hoạt", "2.360"]],
            ["NGƯỜI LẬP BIỂU"],
        ),
        (week("90016", 2360, 88),),
    ),
    Odd(
        "hamlets in rows, the total first, columns renamed by hand",
        "chau tho tuan 41.xlsx",
        sheet([
            ["XÃ CHÂU THỌ - VNeID - TUẦN 41"], [],
            ["Thôn", "Số CD từ 14 tuổi trở lên", "KH mới trong tuần", "KH lũy kế"],
            ["Toàn xã", "15.009", 300, "6.150"],
            ["Thôn 1", "5.009", 100, "2.150"], ["Thôn 2", "6.000", 120, "2.500"],
            ["Thôn 3", "4.000", 80, "1.500"],
        ]),
        (week("90019", 6150, 300),),
        sure=False,
    ),
    Odd(
        "a head of three merged rows, counts and rates side by side",
        "Chau Trach.xlsx",
        sheet([
            ["UBND xã Châu Trạch"], ["Kết quả định danh mức 2 đến hết ngày 10/10/2025"],
            ["STT", "Địa bàn", "Kết quả kích hoạt tài khoản", "", "", ""],
            ["", "", "Trong tuần", "", "Lũy kế", ""],
            ["", "", "Số lượng", "Tỷ lệ (%)", "Số lượng", "Tỷ lệ (%)"],
            [1, "Thôn Đông", 40, "0,9", "1.900", "43,2"],
            [2, "Thôn Tây", 35, "1,1", "1.400", "45,4"],
            ["", "Cộng", 75, "1,0", "3.300", "44,1"],
        ], ["A3:A5", "B3:B5", "C3:F3", "C4:D4", "E4:F4"]),
        (week("90022", 3300, 75),),
    ),
    Odd(
        "a second sheet with the week before",
        "Dai Giang.xlsx",
        book({
            "Tuần 41": [["PHƯỜNG ĐẠI GIANG"], ["VNeID tuần 41/2025"], *labels("8.015", "315")],
            "Tuần 40": [["PHƯỜNG ĐẠI GIANG"], ["VNeID tuần 40/2025"], *labels("7.700", "290")],
        }),
        (week("90025", 8015, 315), week("90025", 7700, 290, day=BEFORE)),
    ),
    Odd(
        "a unit named with the district that it was in",
        "dai tay.xlsx",
        sheet([["UBND XÃ ĐẠI TÂY, HUYỆN HỒNG LAM (CŨ)"], ["VNeID - Tuần 41 (06/10 - 12/10/2025)"],
               *labels("7.212", "190")]),
        (week("90028", 7212, 190),),
    ),
    Odd(
        "hamlets that do not add up to the total that is stated",
        "dien bac.xlsx",
        sheet([
            ["UBND XÃ DIÊN BẮC"], ["KÍCH HOẠT VNeID ĐẾN 10/10/2025"],
            ["Thôn", "Lũy kế đã kích hoạt"],
            ["Thôn 1", 900], ["Thôn 2", 1100], ["Thôn 3", 700], ["Tổng cộng", 2800],
        ]),
        (week("90031", 2700, None, "total_mismatch"),),
    ),
    Odd(
        "a rate where a count is due",
        "dien giang.docx",
        word("UBND XÃ DIÊN GIANG", TITLE, "Tuần 41/2025", "Tỷ lệ kích hoạt lũy kế đạt 41,8%."),
        (week("90034", 7771, None, "percent_only"),),
    ),
    Odd(
        "numbers typed with spaces between the thousands",
        "dien phu.xlsx",
        sheet([["UBND XÃ DIÊN PHÚ"], ["VNeID tuần 41 năm 2025"], *labels(" 6 120 ", "1\u00a0005")]),
        (week("90037", 6120, 1005),),
    ),
    Odd(
        "a note under the table that speaks of other numbers",
        "dong dien.xlsx",
        sheet([
            ["UBND XÃ ĐÔNG ĐIỀN"], ["VNeID, số liệu đến 10/10/2025"], *labels("5.555", "75"),
            ["* Ghi chú: tuần 40 xã kích hoạt 5.480 tài khoản; 120 trường hợp chưa kích hoạt."],
            ["Đông Điền, ngày 10 tháng 10 năm 2025"],
        ]),
        (week("90040", 5555, 75),),
    ),
    Odd(
        "a list of several communes, headed in the sender's own words, the total first",
        "tong hop cum 3.xlsx",
        sheet([
            ["TỔNG HỢP KÍCH HOẠT VNeID CÁC XÃ CỤM 3 - TUẦN 41/2025"],
            ["TT", "Tên xã", "Tổng CD từ 14 tuổi", "KH tuần này", "Tổng KH đến nay", "Ghi chú"],
            ["", "Cả cụm", "37.033", 370, "15.100", ""],
            [1, "Đông Trị", "8.381", 100, "3.500", ""],
            [2, "Đức An", "11.442", 120, "4.600", "máy hỏng 2 ngày"],
            [3, "Đức Khánh", "17.210", 150, "7.000", ""],
        ]),
        (week("90043", 3500, 100), week("90046", 4600, 120), week("90049", 7000, 150)),
        sure=False,
    ),
    Odd(
        "the report of the week before, sent again",
        "duc phong gui lai.xlsx",
        sheet([["UBND XÃ ĐỨC PHONG"], ["VNeID tuần 40 (từ 29/9 đến 05/10/2025)"],
               *labels("2.050", "40")]),
        (week("90052", 2050, 40, day=BEFORE),),
    ),
    Odd(
        "a report and the one that corrects it",
        "hai my.xlsx",
        sheet([["UBND XÃ HẢI MỸ"], ["VNeID tuần 41/2025"], *labels("6.980", "980")]),
        (week("90055", 6980, 980),),
        inbox=False,
    ),
    Odd(
        "a corrected report",
        "hai my (dinh chinh).xlsx",
        sheet([["UBND XÃ HẢI MỸ"], ["BÁO CÁO ĐÍNH CHÍNH - VNeID tuần 41/2025"],
               ["(Thay thế báo cáo đã gửi ngày 09/10/2025)"], *labels("6.890", "98")]),
        (week("90055", 6890, 98),),
    ),
    Odd(
        "a unit that is none of the province's",
        "phu la.xlsx",
        sheet([["UBND XÃ PHÚ LẠ"], ["VNeID tuần 41/2025"], *labels("1.000", "10")]),
        (week("", 1000, 10, "unit_unknown"),),
    ),
    Odd(
        "two communes in one workbook",
        "hai ninh + hai xuan.xlsx",
        book({
            "Hải Ninh": [["XÃ HẢI NINH"], ["VNeID đến ngày 10/10/2025"], *labels("6.300", "160")],
            "Hải Xuân": [["XÃ HẢI XUÂN"], ["VNeID đến ngày 10/10/2025"], *labels("2.900", "70")],
        }),
        (week("90058", 6300, 160), week("90061", 2900, 70)),
    ),
    Odd(
        "weeks in columns",
        "hoa ha.xlsx",
        sheet([
            ["UBND XÃ HÒA HÀ"], ["THEO DÕI KÍCH HOẠT VNeID"],
            ["Nội dung", "Tuần 39", "Tuần 40", "Tuần 41"],
            ["Kích hoạt mới trong tuần", 110, 130, 145],
            ["Lũy kế đã kích hoạt", "4.800", "4.930", "5.075"],
        ]),
        (week("90064", 5075, 145),),
    ),
    Odd(
        "the week in the name of the file alone, as W41 2025",
        "BC VNeID Hoa Hai W41 2025.xlsx",
        sheet([["Đơn vị: Xã Hòa Hải"], ["Kích hoạt VNeID"], *labels("4.210", "60")]),
        (week("90067", 4210, 60),),
    ),
    Odd(
        "two numbers in one cell, as its head says",
        "hoa lap.xlsx",
        sheet([["UBND XÃ HÒA LẬP"], ["VNeID tuần 41/2025"],
               ["Nội dung", "Trong tuần/Lũy kế"], ["Tài khoản đã kích hoạt", "95/3.105"]]),
        (week("90070", 3105, 95),),
    ),
]  # fmt: skip
