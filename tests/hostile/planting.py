"""An inbox in which every place that people fill in holds somebody's name and telephone number.

Each place has a person of its own, so that whatever comes out says from where. All are invented.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import product
from typing import Any

from docx import Document
from openpyxl import load_workbook
from openpyxl.comments import Comment
from openpyxl.styles import Font
from openpyxl.worksheet.datavalidation import DataValidation
from PIL import Image
from pypdf import PdfReader, PdfWriter
from pypdf.annotations import FreeText, Text

from briefing.intake.parsers.text import plain
from tests.corpus.makers.compound import locked_workbook
from tests.corpus.makers.mail import archive, eml
from tests.corpus.makers.opendocument import ods
from tests.corpus.makers.pdf import pdf
from tests.corpus.makers.spreadsheet_xml import xml2003
from tests.corpus.makers.word import Tracked, docx
from tests.intake.making import (
    HEAD,
    LABELS_01,
    as_word,
    mau01_lines,
    mau02,
    people,
    repacked,
    saved,
    with_part,
    workbook,
)
from tests.intake.photographing import photo

FAMILIES = [
    "Nguyễn",
    "Trần",
    "Lê",
    "Phạm",
    "Huỳnh",
    "Võ",
    "Đặng",
    "Bùi",
    "Hồ",
    "Đỗ",
    "Ngô",
    "Dương",
]
GIVEN = [
    onset + rime
    for rime, onset in product(
        [
            "uyếnh",
            "oạch",
            "iểng",
            "ưởu",
            "oảnh",
            "uẩy",
            "oắt",
            "uệch",
            "oẳm",
            "ửng",
            "oeng",
            "uýnh",
        ],
        ["Kh", "Ngh", "Th", "Tr", "Ph", "Ch", "Gi", "Nh", "X", "V", "Đ", "L", "B", "Gl", "Gh"],
    )
]
UNITS = [
    "Bồng Sơn", "Hoài Hương", "Tam Quan Bắc", "Hoài Đức", "Hoài Sơn", "Hoài Mỹ", "Hoài Phú",
    "Hoài Hải", "Hoài Xuân",
]  # fmt: skip
WRITINGS = 6


@dataclass(frozen=True)
class Person:
    """Somebody invented, and how this one's name and number are written here."""

    number: int
    writing: int = 0

    @property
    def given(self) -> str:
        """A name that nobody and nothing else has."""
        return GIVEN[self.number]

    @property
    def digits(self) -> str:
        """The number without what comes before all of its kind."""
        return f"9{17_300_111 + 7_919 * self.number}"

    @property
    def name(self) -> str:
        family = FAMILIES[self.number % len(FAMILIES)]
        full = f"{family} {'Thị' if self.number % 2 else 'Văn'} {self.given}"
        return (full, full.lower(), _bare(full), plain(full), full.upper(), full)[self.writing]

    @property
    def phone(self) -> str:
        d = self.digits
        return (
            f"0{d}", f"0{d[:2]}.{d[2:5]}.{d[5:]}", f"0{d[:3]} {d[3:6]} {d[6:]}", f"+84{d}",
            f"O{d}".replace("0", "O"), f"+84 {d[:2]} {d[2:5]} {d[5:]}",
        )[self.writing]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.name} {self.phone}"


def _bare(text: str) -> str:
    return "".join(p.upper() if c.isupper() else p for c, p in zip(text, plain(text), strict=True))


Files = Mapping[str, bytes]
Plant = Callable[[Person, str], Files]
PLANTS: dict[str, Plant] = {}


def plant(made: Plant) -> Plant:
    PLANTS[made.__name__.replace("_", " ")] = made
    return made


def rows() -> list[list[Any]]:
    return people([45, 38, 52])


def report(unit: str, own: list[list[Any]] | None = None, **around: Any) -> list[list[Any]]:
    return mau02(own or rows(), unit=f"UBND XÃ, PHƯỜNG {unit.upper()}", **around)


def with_cell(row: int, column: int, value: Any, unit: str) -> bytes:
    own = rows()
    own[row][column] = value
    return workbook(report(unit, own))


def _named(who: Person, suffix: str) -> str:
    return f"{who}".replace("/", "-") + suffix


# Names of files, folders, and what is in them


def _of_name(kind: str, make: Callable[[str], bytes], suffix: str) -> None:
    PLANTS[f"name of {kind}"] = lambda who, unit: {_named(who, suffix): make(unit)}


_of_name("a workbook", lambda unit: workbook(report(unit)), ".xlsx")
_of_name("a document", lambda unit: docx(unit, report(unit)), ".docx")
_of_name("a pdf", lambda unit: pdf([f"UBND PHƯỜNG {unit}"], [HEAD, *rows()]), ".pdf")
_of_name(
    "a csv", lambda unit: "\n".join(",".join(map(str, r)) for r in [HEAD, *rows()]).encode(), ".csv"
)
_of_name("a text", lambda unit: f"{unit} bao cao Bluezone den 16/8: 120".encode(), ".txt")
_of_name("a locked workbook", lambda unit: locked_workbook(), ".xlsx")
_of_name("what can't be read", lambda unit: b"PK\x03\x04 broken", ".xlsx")
_of_name("an empty file", lambda unit: b"", ".xlsx")
_of_name("no known format", lambda unit: b"\x00\x01\x02\x03" * 50, ".dat")
_of_name("a picture", lambda unit: _png(), ".png")
_of_name(
    "a list of something else",
    lambda unit: workbook([["DANH SÁCH TIÊM VẮC XIN"], *rows()]),
    ".xlsx",
)


@plant
def an_ending(who: Person, unit: str) -> Files:
    return {
        f"BC {unit}.{who.name}.{who.phone}": workbook(report(unit)),
        f"BC 16-8.{who}": b"\0\1\2",
    }


@plant
def a_name_between_others(who: Person, unit: str) -> Files:
    return {f"BC {unit} 16-8 ({who} gửi).xlsx": workbook(report(unit))}


@plant
def a_name_of_joined_words(who: Person, unit: str) -> Files:
    joined = "".join(word.title() for word in who.name.split())
    return {f"BC_{unit}_{joined}_{who.phone}.xlsx": workbook(report(unit))}


@plant
def a_folder(who: Person, unit: str) -> Files:
    return {f"16-8 {who}/BC {unit} 16-8.xlsx": workbook(report(unit))}


@plant
def a_folder_in_a_folder(who: Person, unit: str) -> Files:
    return {f"16-8/Zalo/{who}/BC {unit}.docx": docx(f"UBND {unit}", report(unit))}


@plant
def a_folder_named_as_a_file(who: Person, unit: str) -> Files:
    return {f"{who}.xlsx/BC {unit} 16-8.xlsx": workbook(report(unit))}


@plant
def a_name_with_marks_of_direction(who: Person, unit: str) -> Files:
    return {f"\u202e\u200b{who}.xlsx": workbook(report(unit))}


@plant
def a_zip(who: Person, unit: str) -> Files:
    return {f"{who}.zip": archive({f"BC {unit} 16-8.xlsx": workbook(report(unit))})}


@plant
def a_member_of_a_zip(who: Person, unit: str) -> Files:
    return {f"BC {unit} zip.zip": archive({f"{who}.xlsx": workbook(report(unit))})}


@plant
def a_folder_in_a_zip(who: Person, unit: str) -> Files:
    return {f"BC {unit} ngay.zip": archive({f"{who}/BC.xlsx": workbook(report(unit))})}


@plant
def a_zip_in_a_zip(who: Person, unit: str) -> Files:
    inner = archive({f"{who}.xlsx": workbook(report(unit))})
    return {f"BC {unit} 2 zip.zip": archive({f"{who} 2.zip": inner})}


@plant
def a_broken_member_of_a_zip(who: Person, unit: str) -> Files:
    return {f"BC {unit} 3.zip": archive({f"{who}.xlsx": b"PK no book", f"{who}.docx": b""})}


@plant
def a_shortcut_in_a_zip(who: Person, unit: str) -> Files:
    files = {f"{who}.lnk": b"L", f"~${who}.xlsx": b"x", f"{who}.tmp": b""}
    return {f"BC {unit} 4.zip": archive(files)}


# E-mails and chats


@plant
def the_name_of_an_e_mail(who: Person, unit: str) -> Files:
    return {f"{who}.eml": eml("Gửi báo cáo", {f"BC {unit}.xlsx": workbook(report(unit))})}


@plant
def an_attachment(who: Person, unit: str) -> Files:
    return {f"thu {unit}.eml": eml("Gửi báo cáo", {f"{who}.xlsx": workbook(report(unit))})}


@plant
def a_picture_attached(who: Person, unit: str) -> Files:
    return {f"thu {unit} mau.eml": eml("Gửi ảnh", {f"{who}.png": _png()})}


@plant
def the_subject_of_an_e_mail(who: Person, unit: str) -> Files:
    mail = eml("Gửi báo cáo", {"BC.xlsx": workbook(report(unit))}, subject=f"BC {unit} {who}")
    return {f"thu {unit} 2.eml": mail}


@plant
def the_addresses_of_an_e_mail(who: Person, unit: str) -> Files:
    mail = eml("Không có gì", {}).replace(b"can bo <", plain(str(who)).encode() + b" <")
    return {
        f"thu {unit} 3.eml": mail.replace(
            b"To: vhtt", b"To: " + plain(who.name).encode() + b" <vhtt"
        )
    }


@plant
def the_text_of_an_e_mail(who: Person, unit: str) -> Files:
    text = f"Kính gửi anh/chị {who}\nPhường {unit} đến 16/8 đã cài Bluezone 12x4 người, hỏi {who}."
    return {f"thu {unit} 4.eml": eml(text, {})}


@plant
def the_signature_of_an_e_mail(who: Person, unit: str) -> Files:
    return {
        f"thu {unit} 5.eml": eml(f"Gửi file.\n--\n{who}", {"BC.xlsx": workbook(report("Nơi nào"))})
    }


def _chat(*lines: str) -> bytes:
    return "\n".join(lines).encode()


@plant
def the_sender_of_a_chat(who: Person, unit: str) -> Files:
    said = f"[14:20, 16/08/2021] {who}: {unit} bao cao den 16/8 da cai Bluezone 45O nguoi"
    return {f"zalo {unit} 16-8.txt": _chat(said)}


@plant
def a_caption_in_a_chat(who: Person, unit: str) -> Files:
    return {
        f"zalo {unit} 2.txt": _chat(f"UBND xã {who}", "Tổng số đã cài Bluezone: 3x5", "Ngày 16/8")
    }


@plant
def a_number_in_a_chat_is_somebodys(who: Person, unit: str) -> Files:
    lines = f"{unit} 16/8", f"Đã cài Bluezone: hỏi {who}", f"Liên hệ {who}"
    return {f"zalo {unit} 3.txt": _chat(*lines)}


@plant
def two_numbers_in_a_sentence(who: Person, unit: str) -> Files:
    line = f"{unit} đến 16/8 có 120 hoặc 130 người cài Bluezone, gặp chị {who} để biết"
    return {f"zalo {unit} 4.txt": _chat(line)}


# Workbooks: around the table


def _book(name: str, change: Callable[[Any, Person, str], object]) -> None:
    def made(who: Person, unit: str) -> Files:
        book = load_workbook(io.BytesIO(with_cell(1, 4, "abc", unit)))
        change(book, who, unit)
        return {f"BC {unit} so {len(name)}.xlsx": saved(book)}

    PLANTS[name] = made


def _hidden(state: str) -> Callable[[Any, Person, str], object]:
    def change(book: Any, who: Person, unit: str) -> None:
        sheet = book.create_sheet(f"{who}"[:31])
        for row in report(unit):
            sheet.append(row)
        sheet.sheet_state = state

    return change


def _sheet(book: Any) -> Any:
    return book.worksheets[0]


def _setting(of: str, name: str) -> Callable[[Any, Person, str], object]:
    def change(book: Any, who: Person, unit: str) -> None:
        setattr(
            book.properties if of == "properties" else _sheet(book).oddHeader.center, name, str(who)
        )

    return change


def _comment(book: Any, who: Person, unit: str) -> None:
    _sheet(book)["E13"].comment = Comment(f"hỏi {who}", str(who))


def _define(book: Any, who: Person, unit: str) -> None:
    from openpyxl.workbook.defined_name import DefinedName

    name = "_".join(str(who).replace("+", "").replace(".", " ").split())
    book.defined_names[name] = DefinedName(name, attr_text="Sheet1!$E$13")
    _sheet(book)["E14"] = f"={name}+1"


def _validate(book: Any, who: Person, unit: str) -> None:
    rule = DataValidation("whole", prompt=str(who), promptTitle=who.name[:30])
    rule.add("E13")
    _sheet(book).add_data_validation(rule)


def _link(book: Any, who: Person, unit: str) -> None:
    _sheet(book)["E13"].hyperlink = f"mailto:{plain(who.name).replace(' ', '.')}@example.invalid"
    _sheet(book)["E13"].value = f"{who}"


def _strike(book: Any, who: Person, unit: str) -> None:
    _sheet(book)["E13"] = f"{who}"
    _sheet(book)["E13"].font = Font(strike=True)


def _formula(book: Any, who: Person, unit: str) -> None:
    _sheet(book)["E13"] = f'=IF(A1="{who}",1,VLOOKUP("{who.name}",A1:B2,2))'


def _hide_row(book: Any, who: Person, unit: str) -> None:
    _sheet(book)["B13"], _sheet(book)["E13"] = str(who), f"gặp {who}"
    _sheet(book).row_dimensions[13].hidden = True


def _hide_column(book: Any, who: Person, unit: str) -> None:
    _sheet(book)["F11"], _sheet(book)["F13"] = f"Lũy kế {who}", str(who)
    _sheet(book).column_dimensions["F"].hidden = True


_book("a sheet", lambda book, who, unit: setattr(_sheet(book), "title", f"{who}"[:31]))
_book("one sheet of two", lambda book, who, unit: _hidden("visible")(book, who, "Hoài Thanh"))
_book("a hidden sheet", _hidden("hidden"))
_book("a sheet that is hidden from menus", _hidden("veryHidden"))
_book("a defined name", _define)
_book("a comment and its author in a sheet", _comment)
for _property in (
    "creator",
    "title",
    "subject",
    "description",
    "keywords",
    "category",
    "lastModifiedBy",
):
    _book(f"the {_property} of a workbook", _setting("properties", _property))
_book("the head of a printed sheet", _setting("header", "text"))
_book("the prompt of a cell", _validate)
_book("a link of a cell", _link)
_book("struck text", _strike)
_book("a formula", _formula)
_book("a hidden row", _hide_row)
_book("a hidden column", _hide_column)


@plant
def the_company_of_a_workbook(who: Person, unit: str) -> Files:
    def named(part: bytes) -> bytes:
        return part.replace(b"</Properties>", f"<Company>{who}</Company></Properties>".encode())

    return {
        f"BC {unit} cong ty.xlsx": with_part(with_cell(1, 4, "x", unit), "docProps/app.xml", named)
    }


def _damaged(name: str, part: str, change: Callable[[str, str], str]) -> None:
    """A place in a part of a workbook, changed so that its readers complain."""

    def make(who: Person, unit: str) -> Files:
        content = workbook({str(who)[:31]: report(unit)})
        odd = with_part(content, part, lambda data: change(data.decode(), str(who)).encode())
        return {f"BC {unit} hong.xlsx": odd}

    PLANTS[name] = make


_LINKS = "xl/_rels/workbook.xml.rels"
_damaged("a sheet that is no part", _LINKS, lambda xml, who: xml.replace("sheet1", "sheet9"))
_damaged("a sheet of links", _LINKS, lambda xml, who: xml.replace("worksheets/sheet1", "workbook"))
_damaged("a link to no part", _LINKS, lambda xml, who: xml.replace("sheet1", who))
_damaged("the key of a sheet", "xl/workbook.xml", lambda xml, who: xml.replace("rId1", who))
_damaged(
    "a sheet with a sign that is none", "xl/worksheets/sheet1.xml",
    lambda xml, who: xml.replace("STT", f"&{who.replace(' ', '')};"),
)  # fmt: skip


@plant
def a_row_number_of_an_xml_workbook(who: Person, unit: str) -> Files:
    book = xml2003(report(unit)).replace(b'Index="3"', f'Index="{who}"'.encode(), 1)
    return {f"BC {unit} hong.xml": book}


# Workbooks: in the table


def _cell(name: str, column: int, text: str) -> None:
    PLANTS[f"{name}, as “{text}”"] = lambda who, unit: {
        f"BC {unit} mau {column}{len(text)}.xlsx": with_cell(
            1,
            column,
            text.format(who=who, name=who.name, phone=who.phone, digits=f"0{who.digits}"),
            unit,
        )
    }


_cell("a number of a row", 0, "{who}")
_cell("a name", 1, "{who}")
for _text in (
    "{name}", "{who}", "nhà ông {name}", "tổ 5 {name}", "thôn An Dưỡng, {name}, {phone}",
    "đối diện nhà chị {name} gặp {phone}", "KP 9 ({name})", "hỏi {name} số {phone}",
):  # fmt: skip
    _cell("an address", 2, _text)
for _text in (
    "{name}", "{who}", "{digits}9", "{phone} - {phone}", "{name} 09123", "không có, hỏi {name}",
    "số của con: {name}", "091 ({name})", "{phone} (vợ là {name})",
):  # fmt: skip
    _cell("a phone", 3, _text)
for _text in (
    "{name}", "{phone}", "hỏi {name}", "{who}", "chưa rõ, gặp anh {name}", "12 ({name})",
    "khoảng 40 theo {name}", "liên hệ {phone}",
):  # fmt: skip
    _cell("a count", 4, _text)


def _around(name: str, **given: Any) -> None:
    """A place around the table; texts take the person in."""

    def made(who: Person, unit: str) -> Files:
        def filled(value: Any) -> Any:
            if isinstance(value, str):
                return value.format(who=who, name=who.name, upper=who.name.upper(), phone=who.phone)
            return [filled(one) for one in value]

        around = {key: filled(value) for key, value in given.items()}
        around.setdefault("unit", f"UBND PHƯỜNG {unit.upper()}")
        return {f"BC {len(name)} {unit}.xlsx": workbook(mau02(rows(), **around))}

    PLANTS[name] = made


_around("a unit that is a person", unit="XÃ {upper}")
_around("a unit line with a person", unit="Đơn vị: {who}")
_around("a unit that no one knows, and who to ask", unit="XÃ ÂN HẢO, hỏi {who}")
_around("the signature line", signed="Người lập: {who}, ngày 40/8/2021")
_around("the day line", day="(ngày 41 tháng 8, người lập {who})")
_around(
    "what stands below", after=[["Tổng cộng", "", "", "", "200"], ["Người lập biểu"], ["{who}"]]
)
_around("a row of totals", after=[["Tổng cộng ({who})", "", "", "", "hỏi {name}"]])
_around("a note below", after=[["Ghi chú: thiếu số của {who}, sẽ bổ sung, liên hệ {phone}"]])
_around("an extra column", head=[*HEAD, "Người quản lý {who}"])
_around("a heading", head=[*HEAD[:4], "Lũy kế ({name} nhập)"])
_around("a heading that is a person", head=[*HEAD[:4], "{who}"])
_around("no heading of a phone", head=[*HEAD[:3], "{who}", HEAD[4]])


@plant
def nothing_to_report(who: Person, unit: str) -> Files:
    remark = [[f"Trong ngày không phát sinh, hỏi {who}"]]
    return {f"BC {unit} khong.xlsx": workbook(report(unit, [[None] * 5], after=remark))}


@plant
def a_list_by_place(who: Person, unit: str) -> Files:
    head = ["STT", "Thôn, khu phố", "Lũy kế"]
    own = [[1, f"Thôn {who.name}", 20], [2, f"KP 1 gặp {who}", 30], [3, who.name, "4o"]]
    return {f"BC {unit} thon.xlsx": workbook(mau02(own, unit=f"PHƯỜNG {unit}", head=head))}


@plant
def a_consolidated_table(who: Person, unit: str) -> Files:
    head = ["STT", "Đơn vị", "Lũy kế cài đặt Bluezone"]
    own = [[1, f"Xã {who.name}", 20], [2, str(who), 30], [3, unit, f"hỏi {who}"]]
    return {f"tong hop {unit}.xlsx": workbook([["Tổng hợp Bluezone ngày 16/8"], head, *own])}


@plant
def a_trailing_line_of_a_csv(who: Person, unit: str) -> Files:
    lines = [
        f"UBND {unit} {who}",
        ",".join(HEAD),
        "1,A B,KP 1,0912345678,x",
        f"hỏi {who},,,{who.phone},9a",
    ]
    return {f"BC {unit} csv.csv": "\n".join(lines).encode()}


# Documents


def _document(name: str, change: Callable[[Any, Person], object]) -> None:
    def made(who: Person, unit: str) -> Files:
        document = Document(
            io.BytesIO(docx(f"UBND PHƯỜNG {unit}", "Ngày 16/8/2021", [HEAD, *rows()]))
        )
        change(document, who)
        return {f"BC {unit} van ban {len(name)}.docx": saved(document)}

    PLANTS[name] = made


def _of_document(name: str) -> Callable[[Any, Person], object]:
    return lambda document, who: setattr(document.core_properties, name, str(who))


for _property in ("author", "title", "last_modified_by", "comments"):
    _document(f"the {_property} of a document", _of_document(_property))


def _commented(document: Any, who: Person) -> None:
    runs = document.tables[0].cell(1, 4).paragraphs[0].runs
    document.add_comment(runs, text=f"hỏi {who}", author=str(who), initials="N")
    document.tables[0].cell(2, 4).text = f"12x ({who})"


_document("a comment and its author in a document", _commented)
_document(
    "the header of a document",
    lambda d, who: setattr(d.sections[0].header.paragraphs[0], "text", str(who)),
)
_document(
    "the footer of a document",
    lambda d, who: setattr(d.sections[0].footer.paragraphs[0], "text", str(who)),
)
_document(
    "a cell of a document", lambda d, who: setattr(d.tables[0].cell(2, 3), "text", f"{who} 12")
)
_document(
    "a count of a document", lambda d, who: setattr(d.tables[0].cell(2, 4), "text", f"hỏi {who}")
)


@plant
def a_tracked_change(who: Person, unit: str) -> Files:
    made = docx(f"UBND {unit}", Tracked("Người lập: ", str(who), f"{who}"), [HEAD, *rows()])
    return {f"BC {unit} sua.docx": with_part(
        made,
        "word/document.xml",
        lambda part: part.replace(b'w:author="', f'w:author="{who} '.encode()),
    )}  # fmt: skip


@plant
def a_file_inside_a_document(who: Person, unit: str) -> Files:
    held = repacked(docx(f"UBND {unit}", "xem kèm"), lambda name, data: (name, data))
    stream = io.BytesIO(held)
    import zipfile

    with zipfile.ZipFile(stream, "a") as parts:
        parts.writestr(f"word/embeddings/{plain(who.name)}.xlsx", workbook(report(unit)))
    return {f"BC {unit} kem.docx": stream.getvalue()}


@plant
def a_web_page(who: Person, unit: str) -> Files:
    cells = "".join(f"<td>{cell}</td>" for cell in [1, who.name, who, who.phone, f"hỏi {who}"])
    head = "".join(f"<th>{cell}</th>" for cell in HEAD)
    page = (
        f'<html><head><meta charset="utf-8"><title>{who}</title>'
        f'<meta name="author" content="{who}"></head><body><p>UBND {unit}</p><!-- {who} -->'
        f"<table><tr>{head}</tr><tr>{cells}</tr></table></body></html>"
    )
    return {f"BC {unit} web.html": page.encode()}


@plant
def about_a_pdf(who: Person, unit: str) -> Files:
    writer = PdfWriter(
        PdfReader(io.BytesIO(pdf([f"UBND PHƯỜNG {unit}", str(who)], [HEAD, *rows()])))
    )
    writer.add_metadata({"/Author": str(who), "/Title": str(who)})
    writer.add_annotation(0, Text(rect=(50, 50, 90, 90), text=f"hỏi {who}"))
    writer.add_annotation(0, FreeText(rect=(50, 90, 200, 120), text=str(who)))
    stream = io.BytesIO()
    writer.write(stream)
    return {f"BC {unit} in.pdf": stream.getvalue()}


@plant
def sheets_of_libreoffice(who: Person, unit: str) -> Files:
    own = rows()
    own[0][4] = f"gặp {who}"
    return {f"BC {unit} ods.ods": ods({str(who): report(unit, own)})}


# Mẫu 01


def _form(name: str, line: int, text: str) -> None:
    def made(who: Person, unit: str) -> Files:
        lines = mau01_lines()
        lines[7 + line] = (
            f"{LABELS_01[line]}: {text.format(who=who, name=who.name, phone=who.phone)}"
        )
        return {f"mau 01 so {line}{len(text)}.docx": as_word(lines, "paragraphs")}

    PLANTS[name] = made


_form("who made the code", 0, "{who}")
_form("who made the code, by name", 0, "{name}")
_form("a person for a code", 1, "{who}")
_form("who to ask for the code", 1, "chưa có, hỏi {name}")
_form("a number of staff", 2, "45 ({who})")
_form("who to ask for staff", 3, "gặp {who}")


@plant
def a_body_that_is_a_person(who: Person, unit: str) -> Files:
    return {f"mau 01 {len(unit)}.docx": as_word(mau01_lines(body=(f"PHÒNG {who}",)), "paragraphs")}


@plant
def the_text_of_a_code(who: Person, unit: str) -> Files:
    form = as_word(mau01_lines(), "paragraphs")
    document = Document(io.BytesIO(form))
    document.add_picture(io.BytesIO(_jpeg(f"BZ {who}", f"{who}")))
    return {
        f"mau 01 anh {unit}.docx": saved(document),
        f"anh {unit}.jpg": _jpeg(f"{who}", str(who)),
    }


def _jpeg(code: str, artist: str) -> bytes:
    shown, stream, about = photo(text=code), io.BytesIO(), Image.Exif()
    about[315], about[270] = plain(artist), plain(artist)  # artist, description
    shown.convert("RGB").save(stream, "JPEG", exif=about)
    return stream.getvalue()


def _png() -> bytes:
    stream = io.BytesIO()
    Image.new("L", (40, 40), 200).save(stream, "PNG")
    return stream.getvalue()


# What the analyst keeps beside


def received(people: list[Person]) -> bytes:
    """received.csv with somebody in each of its places."""
    path, remark, time, outside = people
    lines = [
        "path,received_at,sender,remark",
        f"{path}.xlsx,2021-08-16T14:00,{remark.name},{remark.phone}",
        f"BC Bồng Sơn 16-8.xlsx,hỏi {time}: 14h,,",
        f"../{outside}.xlsx,2021-08-16T14:00,,",
    ]
    return "\n".join(lines).encode()


def corrections(people: list[Person]) -> str:
    """Entries of corrections.yaml that name somebody: why, by whom, of which file, told by whom."""
    reason, by, file, told = people
    return f"""corrections:
- unit: "21640"
  date: 2021-08-16
  column: installs_cumulative
  value: 700
  reason: "hỏi {reason.name}"
  by: "{by.name}"
  when: 2021-08-16T16:20
- file: "{file}.xlsx"
  value: reject
  reason: "nháp của {file.name}"
  by: "cán bộ"
  when: 2021-08-16T16:20
- unit: "21649"
  date: 2021-08-16
  told: {{installs_cumulative: 300}}
  told_by: "{told.name}"
  received_at: 2021-08-16T14:20
  reason: "gọi {told.name}"
  by: "cán bộ"
  when: 2021-08-16T14:30
"""


NAMES = (
    "name of ", "a name ", "a folder", "a zip", "a member", "a broken member", "a shortcut",
    "the name of an e mail", "an attachment", "a picture attached", "a sheet",
    "one sheet", "a hidden sheet", "sheets of", "an ending", "a file inside",
)  # fmt: skip


def in_names(place: str) -> bool:
    """Whether a place is the name of a file, folder or sheet, which the register has to keep."""
    return place.startswith(NAMES)


def planted(laps: int = 2) -> Iterator[tuple[str, Person, Files]]:
    """Each place, who is in it, and the files; each lap in other writings and for other units."""
    for lap in range(laps):
        for number, (place, make) in enumerate(PLANTS.items()):
            who = Person(number, (number + 2 * lap) % WRITINGS)
            unit = UNITS[(number + lap) % len(UNITS)]
            files = make(who, unit)
            yield place, who, {_own(path, number, lap): files[path] for path in files}


def _own(path: str, number: int, lap: int) -> str:
    """The same place in an inbox where no other has it; a folder “2/7” says nobody's name."""
    return f"{lap + 1}/{number + 1}/{path}"
