"""More odd files, written in another hand after the first ones were read: other people's habits."""

from __future__ import annotations

from datetime import date, datetime

from tests.campaigns.odd import Odd, Truth, mail, pdf, sheet, word
from tests.campaigns.odd_kilifi import day as village
from tests.campaigns.odd_vaccination import day as doses
from tests.campaigns.odd_vneid import week


def sexes(unit: str, day: str, male: int, female: int, *told: str) -> Truth:
    figures = {"registered:male": male, "registered:female": female, "registered": male + female}
    return Truth(unit, day, figures, frozenset(told))


VNEID = [
    Odd(
        "a sentence in a letter",
        "cv binh cuong.docx",
        word(
            "UBND PHƯỜNG BÌNH CƯỜNG", "V/v báo cáo kích hoạt VNeID tuần 41",
            "Kính gửi: Tổ công tác Đề án 06 tỉnh",
            "Trong tuần (từ ngày 06/10/2025 đến ngày 12/10/2025), phường đã kích hoạt mới 412 tài "
            "khoản định danh điện tử; lũy kế đến nay toàn phường có 9.870 tài khoản đã kích hoạt.",
        ),
        (week("90001", 9870, 412),),
    ),
    Odd(
        "key and value in a text with dots for leaders",
        "duc an.txt",
        ("XÃ ĐỨC AN - BÁO CÁO VNeID TUẦN 41/2025\n1) Công dân từ 14 tuổi trở lên ..... 11.442\n"
         "2) Kích hoạt mới trong tuần ..... 85\n3) Lũy kế đã kích hoạt ..... 4.720\n").encode(),
        (week("90046", 4720, 85),),
    ),
    Odd(
        "a semicolon table saved as CSV",
        "hoa phu.csv",
        "Đơn vị;Tuần;Trong tuần;Lũy kế\nPhường Hòa Phú;41;530;12.400\n".encode(),
        (week("90073", 12400, 530),),
        sure=False,
    ),
    Odd(
        "days of the period in separate cells",
        "hoa thinh.xlsx",
        sheet([["UBND XÃ HÒA THỊNH"], ["KÍCH HOẠT VNeID"],
               ["Từ ngày:", date(2025, 10, 6), "Đến ngày:", date(2025, 10, 12)],
               ["Trong tuần", "Lũy kế"], [66, "4.001"]]),
        (week("90076", 4001, 66),),
    ),
    Odd(
        "a column of the week before beside that of this week",
        "hong quang.xlsx",
        sheet([["UBND XÃ HỒNG QUANG"], ["VNeID tuần 41 năm 2025"],
               ["Nội dung", "Kỳ trước", "Kỳ này"], ["Lũy kế đã kích hoạt", "2.000", "2.150"]]),
        (week("90079", 2150),),
    ),
    Odd(
        "men and women apart, and their sum",
        "hong thanh.xlsx",
        sheet([["UBND PHƯỜNG HỒNG THÀNH"], ["VNeID tuần 41/2025"],
               ["Lũy kế tài khoản đã kích hoạt", "", ""], ["Tổng số", "Nam", "Nữ"],
               ["13.000", "6.400", "6.600"]], ["A3:C3"]),
        (week("90082", 13000),),
    ),
    Odd(
        "the number of the week of the month, and the day below",
        "binh dong.xlsx",
        sheet([["UBND XÃ BÌNH ĐÔNG"], ["VNeID tuần 2 tháng 10 năm 2025"], ["Trong tuần", "Lũy kế"],
               [20, "7.125"], ["Bình Đông, ngày 10/10/2025"]]),
        (week("90004", 7125, 20),),
    ),
    Odd(
        "a total in thousands",
        "binh ninh.txt",
        "Xã Bình Ninh VNeID tuần 41: lũy kế khoảng 6,5 nghìn tài khoản".encode(),
        (week("90007", 6500, None, "number_unreadable"),),
        sure=False,
    ),
    Odd(
        "two messages of one day, the second puts the first right",
        "nhom zalo.txt",
        ("[08:01, 10/10/2025] VP Cẩm Hạnh: Cẩm Hạnh tuần 41 lũy kế 8.020\n"
         "[08:40, 10/10/2025] VP Cẩm Hạnh: Em gửi nhầm, Cẩm Hạnh tuần 41 lũy kế 8.200 ạ").encode(),
        (week("90010", 8200),),
        sure=False,  # that the first one is repeated is told
    ),
    Odd(
        "a report of a week to come",
        "chau hoi.xlsx",
        sheet([["UBND XÃ CHÂU HỘI"], ["KẾ HOẠCH KÍCH HOẠT VNeID TUẦN 42/2025"],
               ["Kế hoạch trong tuần", "Mục tiêu lũy kế"], [100, "2.460"]]),
        (),
    ),
]  # fmt: skip

VACCINATION = [
    Odd(
        "numbers by class of a school, ages left out",
        "anh duong.xlsx",
        sheet([["TRƯỜNG TIỂU HỌC ÁNH DƯƠNG"], ["DANH SÁCH TIÊM VẮC XIN 20/4/2022"],
               ["Lớp", "Sĩ số", "Mũi 1", "Mũi 2"], ["1A", 30, 20, 10], ["1B", 31, 21, 11],
               ["2A", 32, 22, 12], ["Cộng", 93, 63, 33]]),
        (doses("T08", 63, 33),),
    ),
    Odd(
        "doses in rows, ages in columns, the total in front",
        "doan ket.xlsx",
        sheet([["TRƯỜNG THCS ĐOÀN KẾT"], ["Tiêm chủng 20/4/2022"],
               ["", "Tổng", "5-11", "12-17"], ["M1", 250, 30, 220], ["M2", 160, 20, 140]]),
        (doses("T19", (30, 220, None), (20, 140, None)),),
    ),
    Odd(
        "a chat with the three ages in one number",
        "zalo.txt",
        "Xã Gò Mít 20/4/2022 mũi 1 (5-11/12-17/18+): 22/30/1310, mũi 2: 10/20/770".encode(),
        (doses("X05", (22, 30, 1310), (10, 20, 770)),),
        sure=False,
    ),
    Odd(
        "numbers of pupils before the figures",
        "thcs.txt",
        ("Trường THCS Tương Lai 20/4/2022\nSố HS 5-11 tuổi: 110\nSố HS 12-17 tuổi: 434\n"
         "Đã tiêm mũi 1: 360\nĐã tiêm mũi 2: 230").encode(),
        (doses("T22", 360, 230),),
    ),
    Odd(
        "ages and sexes in two rows of heads",
        "hon tre.xlsx",
        sheet([["UBND XÃ HÒN TRE"], ["TIÊM CHỦNG 20/4/2022"],
               ["", "5-11 tuổi", "", "12-17 tuổi", "", "Trên 18 tuổi", ""],
               ["", "Nam", "Nữ", "Nam", "Nữ", "Nam", "Nữ"],
               ["Mũi 1", 15, 16, 25, 25, 900, 900], ["Mũi 2", 6, 6, 15, 15, 750, 750]],
              ["B3:C3", "D3:E3", "F3:G3"]),
        (doses("X06", (31, 50, 1800), (12, 30, 1500)),),
    ),
    Odd(
        "a table of Word with a heading across",
        "khe sung.docx",
        word("UBND XÃ KHE SUNG", "Kết quả tiêm vắc xin đến ngày 20 tháng 4 năm 2022",
             [["Nhóm tuổi", "Trong diện", "Mũi 1", "Mũi 2"], ["5 - 11 tuổi", "166", "60", "20"],
              ["12 - 17 tuổi", "108", "70", "40"], ["Trên 18 tuổi", "6.203", "3.000", "2.000"],
              ["Tổng", "6.477", "3.130", "2.060"]]),
        (doses("X07", (60, 70, 3000), (20, 40, 2000)),),
    ),
    Odd(
        "second doses above the first ones",
        "lang cat.xlsx",
        sheet([["UBND XÃ LÁNG CÁT"], ["TIÊM CHỦNG 20/4/2022"], ["Nhóm tuổi", "Mũi 1", "Mũi 2"],
               ["5-11", 9, 19], ["12-17", 21, 42], ["18+", 810, 1240]]),
        (doses("X08", (9, 21, 810), (19, 42, 1240), "over_another"),),
    ),
    Odd(
        "the doses of all kinds added up",
        "my ly.xlsx",
        sheet([["UBND XÃ MỸ LÝ"], ["TIÊM CHỦNG 20/4/2022"], ["Nội dung", "Số lượng"],
               ["Tổng số mũi đã tiêm", "5.500"], ["Trong đó: mũi 1", "3.230"], ["mũi 2", "2.270"]]),
        (doses("X09", 3230, 2270),),
    ),
    Odd(
        "an e-mail whose text is the report",
        "thu.eml",
        mail("Bao cao tiem chung 20/4/2022 - xa Nui Dau",
             "Xã Núi Dâu báo cáo:\nMũi 1: 1.970\nMũi 2: 1.530\nTrân trọng./.", {},
             "Wed, 20 Apr 2022 15:30:00 +0700"),
        (doses("X10", 1970, 1530),),
    ),
    Odd(
        "a printed table of several schools",
        "cum.pdf",
        pdf(["TỔNG HỢP TIÊM CHỦNG CÁC TRƯỜNG", "Ngày 20/4/2022"],
            [["TT", "Trường", "Mũi 1", "Mũi 2"], ["1", "THPT Hùng Cường", "400", "300"],
             ["2", "THPT Phù Sa", "600", "450"], ["", "Tổng", "1.000", "750"]]),
        (doses("T28", 400, 300), doses("T29", 600, 450)),
    ),
]  # fmt: skip

KILIFI = [
    Odd(
        "a sentence in the past tense",
        "note.txt",
        b"Fumbani village: by 15 May 2024 a total of 120 households had been registered, 11 of "
        b"them today.",
        (village("V04", 120, 11),),
        sure=False,
    ),
    Odd(
        "labels and values side by side in two pairs",
        "gandamu.xlsx",
        sheet([["Village:", "Gandamu", "Date:", datetime(2024, 5, 15)],
               ["New today:", 18, "Registered to date:", 190]]),
        (village("V05", 190, 18),),
        sure=False,
    ),
    Odd(
        "a column for each zone, the total first",
        "mbuyuni.xlsx",
        sheet([["Mbuyuni village, household registration, 15 May 2024"],
               ["", "All zones", "Beach", "Farm", "Mill", "River"],
               ["New today", 10, 4, 3, 2, 1], ["Registered to date", 260, 60, 70, 80, 50]]),
        (village("V09", 260, 10),),
    ),
    Odd(
        "the villages of a sub-location in one list with the target",
        "kanani.xlsx",
        sheet([["KANANI SUB-LOCATION: HOUSEHOLD REGISTRATION AS AT 15/05/2024"],
               ["No.", "Village", "Target", "Registered to date", "Balance", "% done"],
               [1, "Chanika", 443, 302, 141, "68.2%"], [2, "Dzihoni", 418, 240, 178, "57.4%"],
               ["", "TOTAL", 861, 542, 319, "63.0%"]]),
        (village("V02", 302), village("V03", 240)),
    ),
    Odd(
        "two villages side by side",
        "side by side.xlsx",
        sheet([["Household registration 15 May 2024"], ["", "Kadzuhu", "Lwandani"],
               ["New today", 14, 9], ["Registered to date", 266, 199]]),
        (village("V07", 266, 14), village("V08", 199, 9)),
    ),
    Odd(
        "the month first, as a machine writes it",
        "us.xlsx",
        sheet([["Mkoroshoni village"], ["Household registration"], ["Date: 05/15/2024"],
               ["New today", "Registered to date"], [3, 220]]),
        (village("V10", 220, 3),),
    ),
    Odd(
        "words for small numbers",
        "mnazini.txt",
        b"Mnazini village 15 May 2024: registered to date one hundred and four households",
        (village("V11", 104, None, "number_unreadable"),),
        sure=False,
    ),
    Odd(
        "an unknown heading beside the known one",
        "shanguni.xlsx",
        sheet([["Shanguni village"], ["Household register 15 May 2024"],
               ["Zone", "Registered to date", "Cards given out"],
               ["Farm", 60, 50], ["Hill", 70, 60], ["Market", 90, 80], ["Total", 220, 190]]),
        (village("V12", 220),),
    ),
    Odd(
        "a sum at the end of a list without a word",
        "tandikoni.xlsx",
        sheet([["Tandikoni village"], ["Household register 15 May 2024"],
               ["Zone", "Registered to date"], ["Beach", 30], ["Farm", 27], ["Mill", 17],
               ["", 74]]),
        (village("V13", 74),),
        sure=False,
    ),
    Odd(
        "yesterday's and today's totals in one sentence",
        "jilorani.txt",
        b"Jilorani 15 May 2024: registered to date 365, up from 330 yesterday.",
        (village("V06", 365),),
        sure=False,
    ),
]  # fmt: skip

BY_SEX = [
    Odd(
        "men and women as columns",
        "chanika.xlsx",
        sheet([["Chanika village"], ["Household registration 15 May 2024"],
               ["Zone", "Registered to date", "", ""], ["", "M", "F", "Total"],
               ["Church", 60, 40, 100], ["Hill", 50, 50, 100], ["Total", 110, 90, 200]], ["B3:D3"]),
        (sexes("V02", "2024-05-15", 110, 90),),
    ),
    Odd(
        "men and women as rows",
        "dzihoni.docx",
        word("Dzihoni village", "Household registration, 15 May 2024",
             [["Sex", "Registered to date"], ["Male", "120"], ["Female", "80"], ["Total", "200"]]),
        (sexes("V03", "2024-05-15", 120, 80),),
    ),
    Odd(
        "men and women in a message",
        "wa.txt",
        b"15/05/2024, 16:42 - Elder Kadzuhu: Kadzuhu registered to date: male 150, female 116",
        (sexes("V07", "2024-05-15", 150, 116),),
    ),
    Odd(
        "men and women in one cell",
        "lwandani.xlsx",
        sheet([["Lwandani village"], ["Household registration 15 May 2024"],
               ["", "M/F"], ["Registered to date", "120/79"]]),
        (sexes("V08", "2024-05-15", 120, 79),),
    ),
    Odd(
        "men and women that do not add up",
        "mnazini.xlsx",
        sheet([["Mnazini village"], ["Household registration 15 May 2024"],
               ["", "Men", "Women", "Total"], ["Registered to date", 60, 40, 104]]),
        (sexes("V11", "2024-05-15", 60, 40, "groups_mismatch"),),
    ),
    Odd(
        "a day in a month that sounds like a person",
        "mkoroshoni.txt",
        b"Mkoroshoni, May 15: men 120, women 100 registered to date",
        (sexes("V10", "2024-05-15", 120, 100),),
        sure=False,
    ),
]  # fmt: skip

FILES = {
    "vneid": VNEID, "vaccination": VACCINATION, "kilifi": KILIFI, "kilifi by sex": BY_SEX,
}  # fmt: skip
