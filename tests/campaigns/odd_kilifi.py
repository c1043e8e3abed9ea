"""The 15th of May 2024 as villages of a ward report it: households registered, in English."""

from __future__ import annotations

from datetime import datetime

from tests.campaigns.odd import Odd, Truth, book, mail, pdf, sheet, word

DAY = "2024-05-15"
HEAD = ["Zone", "New today", "Registered to date"]


def day(unit: str, total: int, new: int | None = None, *told: str, on: str = DAY) -> Truth:
    figures = {"registered": total} | ({} if new is None else {"registered/new": new})
    return Truth(unit, on, figures, frozenset(told))


FILES = [
    Odd(
        "the month by name, zones in rows, a comma in the thousands",
        "vuongwani.xlsx",
        sheet([
            ["VUONGWANI VILLAGE"], ["HOUSEHOLD REGISTRATION RETURN"], ["15 May 2024"],
            ["Name of zone", "Households", "Registered today", "Total registered so far"],
            ["Church", "1,105", 20, "1,010"], ["Farm", 900, 15, 224], ["Market", 600, 5, 200],
            ["TOTAL", "2,605", 40, "1,434"],
        ]),
        (day("V14", 1434, 40),),
    ),
    Odd(
        "a message of a chat, in the sender's own words",
        "whatsapp.txt",
        (b"15/05/2024, 16:42 - Elder Chanika: Good evening. Chanika village today we registered 12 "
         b"households, total so far 301."),
        (day("V02", 301, 12),),
    ),
    Odd(
        "an e-mail, the day as the month first in words",
        "mail.eml",
        mail(
            "Dzihoni return, May 15, 2024", "Dear Sir,\nPlease find attached our return.\nThanks",
            {"dzihoni.xlsx": sheet([["Dzihoni"], ["Household register"], HEAD,
                                    ["Borehole", 4, 100], ["River", 3, 80], ["School", 2, 60],
                                    ["Total", 9, 240]])},
            "Wed, 15 May 2024 16:10:00 +0300",
        ),
        (day("V03", 240, 9),),
    ),
    Odd(
        "a printed form of labels and values",
        "fumbani.pdf",
        pdf(
            ["FUMBANI VILLAGE", "REGISTRATION OF HOUSEHOLDS", "Date: 15th May 2024"],
            [["Item", "Number"], ["Households in the village", "206"],
             ["Households registered today", "11"], ["Households registered to date", "120"],
             ["Not yet registered", "86"]],
            ["Signed: Village elder"],
        ),
        (day("V04", 120, 11),),
    ),
    Odd(
        "the total first",
        "gandamu.xlsx",
        sheet([["Gandamu"], ["Household register 15-May-2024"], HEAD,
               ["Whole village", 18, 190], ["Beach", 6, 70], ["Mill", 7, 60], ["Mosque", 5, 60]]),
        (day("V05", 190, 18),),
    ),
    Odd(
        "days in columns",
        "jilorani.xlsx",
        sheet([["Jilorani household registration"],
               ["", "Mon 13 May", "Tue 14 May", "Wed 15 May"],
               ["Registered that day", 25, 30, 35], ["Registered to date", 300, 330, 365]]),
        (day("V06", 365, 35),),
    ),
    Odd(
        "a long table of two villages",
        "long.xlsx",
        sheet([
            ["Date", "Village", "Indicator", "Value"],
            [datetime(2024, 5, 15), "Kadzuhu", "Registered today", 14],
            [datetime(2024, 5, 15), "Kadzuhu", "Registered to date", 266],
            [datetime(2024, 5, 15), "Lwandani", "Registered today", 9],
            [datetime(2024, 5, 15), "Lwandani", "Registered to date", 199],
        ]),
        (day("V07", 266, 14), day("V08", 199, 9)),
    ),
    Odd(
        "a head of two merged rows, rates beside",
        "mbuyuni.xlsx",
        sheet([
            ["MBUYUNI VILLAGE - HOUSEHOLD REGISTRATION"], ["As at 15.05.2024"],
            ["Zone", "Households", "Registered", "", ""],
            ["", "", "Today", "To date", "%"],
            ["Beach", 110, 4, 60, "54.5%"], ["Farm", 120, 3, 70, "58.3%"],
            ["Mill", 130, 2, 80, "61.5%"], ["River", 100, 1, 50, "50.0%"],
            ["Total", 460, 10, 260, "56.5%"],
        ], ["A3:A4", "B3:B4", "C3:E3"]),
        (day("V09", 260, 10),),
    ),
    Odd(
        "zones that do not add up",
        "mkoroshoni.xlsx",
        sheet([["Mkoroshoni village"], ["Household registration, 15 May 2024"],
               ["Zone", "Registered to date"],
               ["Beach", 50], ["Hill", 60], ["Mill", 70], ["River", 40], ["Total", 230]]),
        (day("V10", 220, None, "total_mismatch"),),
    ),
    Odd(
        "a rate where a count is due",
        "mnazini.txt",
        b"Mnazini village 15 May 2024. Household registration: 60% of households registered.",
        (day("V11", 104, None, "percent_only"),),
    ),
    Odd(
        "numbers as texts with spaces, a note under the table",
        "shanguni.xlsx",
        sheet([["Shanguni Village"], ["Household register - 15/05/2024"], HEAD,
               ["Farm", "7 ", " 60"], ["Hill", " 8", "70 "], ["Market", "1", "40"],
               ["River", "2", "30"], ["School", "3", "20"], ["Total", "2 1", "2 20"],
               ["Note: 15 households in Hill have moved; 3 refused on 14/05."]]),
        (day("V12", 220, 21),),
        sure=False,
    ),
    Odd(
        "households headed by men and by women apart",
        "tandikoni.xlsx",
        sheet([["Tandikoni Village"], ["Household registration 15 May 2024"],
               ["Zone", "Registered to date", "", ""],
               ["", "Male-headed", "Female-headed", "Total"],
               ["Beach", 20, 10, 30], ["Farm", 15, 12, 27], ["Mill", 9, 8, 17],
               ["Total", 44, 30, 74]], ["B3:D3"]),
        (day("V13", 74),),
    ),
    Odd(
        "one of two villages of a name, told apart by its sub-location",
        "bahati kanani.xlsx",
        sheet([["Bahati village, Kanani sub-location"], ["Household registration 15 May 2024"],
               ["New today", "Registered to date"], [6, 111]]),
        (day("V01", 111, 6),),
    ),
    Odd(
        "the other village of the name",
        "bahati pwanitu.docx",
        word("Sub-location: Pwanitu", "Village: Bahati", "HOUSEHOLD REGISTRATION RETURN",
             "Date: Wednesday 15 May 2024", [["New today", "4"], ["Registered to date", "90"]]),
        (day("V15", 90, 4),),
    ),
    Odd(
        "a village of that name, and nothing says which",
        "bahati.xlsx",
        sheet([["Bahati village"], ["Household registration 15 May 2024"],
               ["New today", "Registered to date"], [2, 50]]),
        (day("", 50, 2, "unit_ambiguous"),),
    ),
    Odd(
        "a village that is none of the ward's",
        "kisauni.xlsx",
        sheet([["Kisauni village"], ["Household registration 15 May 2024"],
               ["New today", "Registered to date"], [2, 50]]),
        (day("", 50, 2, "unit_unknown"),),
    ),
    Odd(
        "a second sheet with the day before",
        "chanika corrected.xlsx",
        book({
            "15 May": [["Chanika village"], ["CORRECTED return, household registration"],
                       HEAD[1:], [13, 302]],
            "14 May": [["Chanika village"], ["Household registration"], HEAD[1:], [20, 289]],
        }),
        (day("V02", 302, 13), day("V02", 289, 20, on="2024-05-14")),
    ),
    Odd(
        "two villages in one document",
        "two.docx",
        word("Kadzuhu Village", "Household registration return, 14 May 2024",
             [["New today", "Registered to date"], ["10", "252"]],
             "Lwandani Village", "Household registration return, 14 May 2024",
             [["New today", "Registered to date"], ["5", "190"]]),
        (day("V07", 252, 10, on="2024-05-14"), day("V08", 190, 5, on="2024-05-14")),
    ),
    Odd(
        "two numbers in one cell, as its head says",
        "dzihoni 14.xlsx",
        sheet([["Dzihoni village"], ["Household registration 14 May 2024"],
               ["Zone", "New today / Registered to date"],
               ["Borehole", "3/96"], ["River", "5/77"], ["School", "1/58"]]),
        (day("V03", 231, 9, on="2024-05-14"),),
    ),
]  # fmt: skip
