"""The 20th of April 2022 as communes and schools of a district report it: two doses, three ages."""

from __future__ import annotations

from datetime import datetime

from tests.campaigns.odd import Odd, Truth, book, mail, pdf, sheet, word

DAY = "2022-04-20"
AGES = ("a5_11", "a12_17", "a18")
Groups = tuple[int | None, ...]
HEAD = ["Nhóm tuổi", "Mũi 1", "Mũi 2"]


def day(unit: str, dose1: Groups | int, dose2: Groups | int, *told: str, on: str = DAY) -> Truth:
    """Counts of the three ages, `None` where there is none, or of all together."""
    figures: dict[str, int] = {}
    for code, counts in (("dose1", dose1), ("dose2", dose2)):
        if isinstance(counts, int):
            figures[code] = counts
            continue
        groups = zip(AGES, counts, strict=True)
        figures |= {f"{code}:{group}": count for group, count in groups if count is not None}
        figures[code] = sum(count for count in counts if count is not None)
    return Truth(unit, on, figures, frozenset(told))


FILES = [
    Odd(
        "ages as columns under doses, a head of three merged rows, hamlets in rows",
        "bau sen.xlsx",
        sheet([
            ["UBND XÃ BÀU SEN"], ["KẾT QUẢ TIÊM CHỦNG NGÀY 20/4/2022"],
            ["TT", "Thôn", "Kết quả tiêm vắc xin (lũy kế)", "", "", "", "", ""],
            ["", "", "Mũi 1", "", "", "Mũi 2", "", ""],
            ["", "", "5-11 tuổi", "12-17 tuổi", "≥18 tuổi", "5-11 tuổi", "12-17 tuổi", "≥18 tuổi"],
            [1, "Thôn 1", 30, 40, "1.500", 10, 20, "1.000"],
            [2, "Thôn 2", 25, 35, "1.200", 5, 15, 800],
            ["", "Tổng cộng", 55, 75, "2.700", 15, 35, "1.800"],
        ], ["A3:A5", "B3:B5", "C3:H3", "C4:E4", "F4:H4"]),
        (day("X01", (55, 75, 2700), (15, 35, 1800)),),
    ),
    Odd(
        "three numbers in one cell, as its head says",
        "cam tuyen.xlsx",
        sheet([
            ["THỊ TRẤN CẨM TUYỀN"], ["Tiêm chủng ngày 20/4/2022"],
            ["Nội dung", "5-11 tuổi/12-17 tuổi/Từ 18 tuổi"],
            ["Mũi 1", "100/90/1300"], ["Mũi 2", "50/60/900"],
        ]),
        (day("X02", (100, 90, 1300), (50, 60, 900)),),
    ),
    Odd(
        "three numbers in one cell, and nothing says of what",
        "da dung.xlsx",
        sheet([
            ["XÃ ĐÁ DỰNG"], ["Tiêm chủng ngày 20/4/2022"],
            ["Nội dung", "Kết quả"], ["Mũi 1", "100/120/1300"], ["Mũi 2", "50/60/900"],
        ]),
        (day("X03", (100, 120, 1300), (50, 60, 900)),),
        sure=False,
    ),
    Odd(
        "a message of a chat with a line for each dose",
        "zalo.txt",
        ("[17:05, 20/4/2022] Trạm YT Đồng Xoan: Xã Đồng Xoan bc tiêm chủng ngày 20/4\n"
         "- Mũi 1: 5-11t: 20; 12-17t: 45; 18+: 1.230\n- Mũi 2: 5-11t: 8; 12-17t: 30; 18+: 910\n"
         "Em cảm ơn ạ").encode(),
        (day("X04", (20, 45, 1230), (8, 30, 910)),),
    ),
    Odd(
        "the total first and the ages below “of these”",
        "go mit.xlsx",
        sheet([
            ["UBND XÃ GÒ MÍT"], ["Báo cáo tiêm vắc xin đến 16h ngày 20/4/2022"],
            ["Đối tượng", "Số trong diện", "Đã tiêm mũi 1", "Tỷ lệ %", "Đã tiêm mũi 2", "Tỷ lệ %"],
            ["Tổng số", "2.655", "1.362", "51,3", 800, "30,1"], ["Trong đó:"],
            ["- Trẻ 5-11 tuổi", 60, 22, "36,7", 10, "16,7"],
            ["- Trẻ 12-17 tuổi", 41, 30, "73,2", 20, "48,8"],
            ["- Từ 18 tuổi trở lên", "2.554", "1.310", "51,3", 770, "30,1"],
        ]),
        (day("X05", (22, 30, 1310), (10, 20, 770)),),
    ),
    Odd(
        "a long table of two units, a line for each figure",
        "long.xlsx",
        sheet([
            ["Ngày", "Đơn vị", "Vắc xin", "Nhóm tuổi", "Lũy kế"],
            *(
                [datetime(2022, 4, 20), unit, f"Mũi {dose}", age, count]
                for unit, counts in (
                    ("Xã Hòn Tre", ((31, 50, 1800), (12, 30, 1500))),
                    ("Xã Khe Sung", ((60, 70, 3000), (20, 40, 2000))),
                )
                for dose, own in enumerate(counts, 1)
                for age, count in zip(("5-11", "12-17", "18+"), own, strict=True)
            ),
        ]),
        (day("X06", (31, 50, 1800), (12, 30, 1500)), day("X07", (60, 70, 3000), (20, 40, 2000))),
    ),
    Odd(
        "boys and girls apart in every age",
        "lang cat.xlsx",
        sheet([
            ["UBND XÃ LÁNG CÁT"], ["TIÊM CHỦNG NGÀY 20/4/2022"],
            ["Nhóm tuổi", "Mũi 1", "", "", "Mũi 2", "", ""],
            ["", "Nam", "Nữ", "Cộng", "Nam", "Nữ", "Cộng"],
            ["5-11", 10, 9, 19, 4, 5, 9], ["12-17", 20, 22, 42, 10, 11, 21],
            ["18+", 600, 640, 1240, 400, 410, 810], ["Cộng", 630, 671, 1301, 414, 426, 840],
        ], ["B3:D3", "E3:G3"]),
        (day("X08", (19, 42, 1240), (9, 21, 810)),),
    ),
    Odd(
        "what was done on the day beside the cumulative",
        "my ly.xlsx",
        sheet([
            ["UBND XÃ MỸ LÝ"], ["TIÊM CHỦNG NGÀY 20/4/2022"],
            ["Nhóm tuổi", "Mũi 1", "", "Mũi 2", ""],
            ["", "Trong ngày", "Cộng dồn", "Trong ngày", "Cộng dồn"],
            ["5-11", 5, 40, 2, 20], ["12-17", 8, 90, 4, 50], ["18+", 100, "3.100", 80, "2.200"],
            ["Tổng", 113, "3.230", 86, "2.270"],
        ], ["B3:C3", "D3:E3"]),
        (Truth("X09", DAY, dict(day("X09", (40, 90, 3100), (20, 50, 2200)).figures) | {
            "dose1/new:a5_11": 5, "dose1/new:a12_17": 8, "dose1/new:a18": 100, "dose1/new": 113,
            "dose2/new:a5_11": 2, "dose2/new:a12_17": 4, "dose2/new:a18": 80, "dose2/new": 86,
        }),),
    ),
    Odd(
        "a list of schools under a commune's own table",
        "nui dau va cac truong.xlsx",
        sheet([
            ["UBND XÃ NÚI DÂU"], ["TIÊM CHỦNG NGÀY 20/4/2022"], [],
            HEAD, ["5-11", 30, 10], ["12-17", 40, 20], ["18+", "1.900", "1.500"],
            ["Tổng", "1.970", "1.530"], [],
            ["CÁC TRƯỜNG TRÊN ĐỊA BÀN"], ["STT", "Trường", "Mũi 1", "Mũi 2"],
            [1, "TH Hoa Mai", 120, 60], [2, "TH Hoa Phượng", 150, 80],
            [3, "THCS Đoàn Kết", 210, 130],
        ]),
        (day("X10", (30, 40, 1900), (10, 20, 1500)), day("T01", 120, 60), day("T02", 150, 80),
         day("T19", 210, 130)),
    ),
    Odd(
        "an e-mail of a school with two tables attached, one of each dose",
        "thu truong.eml",
        mail(
            "Trường THCS Hòa Bình - tiêm chủng 20/4/2022", "Trường gửi số liệu mũi 1 và mũi 2.",
            {
                "mui 1.xlsx": sheet([["TRƯỜNG THCS HÒA BÌNH"], ["Ngày 20/4/2022"],
                                     ["Nhóm tuổi", "Mũi 1"], ["5-11", 20], ["12-17", 300]]),
                "mui 2.xlsx": sheet([["TRƯỜNG THCS HÒA BÌNH"], ["Ngày 20/4/2022"],
                                     ["Nhóm tuổi", "Mũi 2"], ["5-11", 10], ["12-17", 200]]),
            },
            "Wed, 20 Apr 2022 15:00:00 +0700",
        ),
        (day("T20", (20, 300, None), (10, 200, None)),),
        sure=False,
    ),
    Odd(
        "a printed table with the numbers of its columns",
        "truong song.pdf",
        pdf(
            ["TRƯỜNG THPT TÂN VIỆT", "BÁO CÁO TIÊM CHỦNG", "Ngày 20 tháng 4 năm 2022"],
            [["Nhóm tuổi", "Số HS", "Đã tiêm mũi 1", "Đã tiêm mũi 2"], ["(1)", "(2)", "(3)", "(4)"],
             ["12-17 tuổi", "866", "640", "512"]],
            ["HIỆU TRƯỞNG"],
        ),
        (day("T27", (None, 640, None), (None, 512, None)),),
    ),
    Odd(
        "rates where counts are due",
        "roc dinh.xlsx",
        sheet([["UBND XÃ RỘC ĐÌNH"], ["TIÊM CHỦNG NGÀY 20/4/2022"], ["Nội dung", "Tỷ lệ (%)"],
               ["Mũi 1", "52,0"], ["Mũi 2", "31,0"]]),
        (day("X11", 2993, 1784, "percent_only"),),
    ),
    Odd(
        "ages that do not add up to the total that is stated",
        "suoi bang.xlsx",
        sheet([["UBND XÃ SUỐI BÀNG"], ["TIÊM CHỦNG 20/4/2022"], HEAD,
               ["5-11", 30, 10], ["12-17", 40, 20], ["18+", 1900, 1500], ["Tổng", 2000, 1530]]),
        (day("X12", (30, 40, 1900), (10, 20, 1500), "groups_mismatch"),),
    ),
    Odd(
        "lines of a letter with labels and values",
        "mang non.docx",
        word("TRƯỜNG TIỂU HỌC MĂNG NON", "BÁO CÁO TIÊM VẮC XIN", "Ngày 20/4/2022",
             "• Số học sinh từ 5 đến 11 tuổi: 213 em",
             "• Đã tiêm mũi 1: 150 em (70,4%)", "• Đã tiêm mũi 2: 90 em (42,3%)",
             "• Hoãn tiêm: 12 em", "• Phản ứng sau tiêm: 3 em"),
        (day("T03", 150, 90),),
    ),
    Odd(
        "headings of the sender's own making",
        "son ca.xlsx",
        sheet([["Trường TH Sơn Ca"], ["Tiêm chủng ngày 20.4.2022"],
               ["Lớp", "HS đã tiêm M1", "HS đã tiêm M2"],
               ["Lớp 1", 40, 20], ["Lớp 2", 50, 25], ["Lớp 3", 60, 30], ["Toàn trường", 150, 75]]),
        (day("T04", 150, 75),),
    ),
    Odd(
        "a note under the table, and who signs",
        "hoa mi.xlsx",
        sheet([["TRƯỜNG TIỂU HỌC HỌA MI"], ["TIÊM VẮC XIN NGÀY 20/4/2022"], HEAD,
               ["5-11", 201, 99], ["Ghi chú: 12 em hoãn tiêm, 3 em phản ứng nhẹ."],
               ["", "Họa Mi, ngày 20 tháng 4 năm 2022"], ["", "HIỆU TRƯỞNG"]]),
        (day("T05", (201, None, None), (99, None, None)),),
    ),
    Odd(
        "a second sheet with the day before",
        "ban mai.xlsx",
        book({"20.4": [["TRƯỜNG TH BAN MAI"], ["TIÊM CHỦNG"], HEAD, ["5-11", 300, 150]],
              "19.4": [["TRƯỜNG TH BAN MAI"], ["TIÊM CHỦNG"], HEAD, ["5-11", 280, 130]]}),
        (day("T06", (300, None, None), (150, None, None)),
         day("T06", (280, None, None), (130, None, None), on="2022-04-19")),
    ),
    Odd(
        "an age that the program took for a day, numbers with spaces",
        "binh minh.xlsx",
        sheet([["TRƯỜNG TIỂU HỌC BÌNH MINH"], ["TIÊM CHỦNG NGÀY 20/4/2022"], HEAD,
               [datetime(2022, 11, 5), " 210", "104 "]]),
        (day("T07", (210, None, None), (104, None, None)),),
        sure=False,
    ),
    Odd(
        "a school that is none of the district's",
        "truong la.xlsx",
        sheet([["TRƯỜNG TIỂU HỌC PHÙ LÃNG"], ["TIÊM CHỦNG NGÀY 20/4/2022"], HEAD, ["5-11", 10, 5]]),
        (day("", (10, None, None), (5, None, None), "unit_unknown"),),
    ),
    Odd(
        "schools in rows with their ages in rows below each",
        "cum truong.xlsx",
        sheet([
            ["TỔNG HỢP TIÊM CHỦNG CÁC TRƯỜNG NGÀY 20/4/2022"],
            ["TT", "Đơn vị", "Nhóm tuổi", "M1", "M2"],
            [1, "THCS Thống Nhất", "5-11", 50, 20], ["", "", "12-17", 150, 90],
            ["", "", "Cộng", 200, 110],
            [2, "THCS Tương Lai", "5-11", 60, 30], ["", "", "12-17", 300, 200],
            ["", "", "Cộng", 360, 230],
        ], ["A3:A5", "B3:B5", "A6:A8", "B6:B8"]),
        (day("T21", (50, 150, None), (20, 90, None)), day("T22", (60, 300, None), (30, 200, None))),
    ),
]  # fmt: skip
