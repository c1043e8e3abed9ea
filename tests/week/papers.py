"""How the offices of the week write a table, in the few layouts that they have."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from email.message import EmailMessage
from email.policy import SMTP
from typing import Any

from docx import Document
from PIL import Image, ImageDraw

Row = Sequence[Any]
TITLE = "Số liệu cài đặt, sử dụng ứng dụng Bluezone"
NATION = ["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"]


def above(unit: str, day: int) -> list[str]:
    return [
        "ỦY BAN NHÂN DÂN",
        unit.upper(),
        *NATION,
        "BÁO CÁO HÀNG NGÀY",
        TITLE,
        f"(ngày {day} tháng 8 năm 2021)",
    ]


def sheet(unit: str, day: int, rows: Sequence[Row]) -> list[list[Any]]:
    return [*([line] for line in above(unit, day)), [], *map(list, rows)]


def numbered(places: Sequence[str], counts: Sequence[Any]) -> list[list[Any]]:
    return [
        [number, place, count]
        for number, (place, count) in enumerate(zip(places, counts, strict=True), start=1)
    ]


def word(lines: Sequence[str], rows: Sequence[Row] = (), struck: Sequence[int] = ()) -> bytes:
    """A document: lines, then a table; the rows `struck` are crossed out word by word."""
    document = Document()
    for line in lines:
        document.add_paragraph(line)
    if rows:
        table = document.add_table(rows=len(rows), cols=len(rows[0]))
        for number, (row, cells) in enumerate(zip(rows, table.rows, strict=True)):
            for text, cell in zip(row, cells.cells, strict=True):
                run = cell.paragraphs[0].add_run("" if text is None else str(text))
                run.font.strike = number in struck or None
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def page(lines: Sequence[str], rows: Sequence[Row]) -> bytes:
    """A workbook as a program saves it that writes HTML and calls it .xls."""
    cells = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>\r\n" for row in rows)
    head = '<meta http-equiv="Content-Type" content="text/html; charset=utf-8">'
    text = "".join(f"<div>{line}</div>\r\n" for line in lines)
    body = f"<body>{text}<table border=1>{cells}</table></body>"
    return f"<html><head>{head}</head>{body}</html>\r\n".encode()


def photo(text: str) -> bytes:
    picture = Image.new("RGB", (320, 200), "white")
    ImageDraw.Draw(picture).text((20, 80), text, fill="black")
    stream = io.BytesIO()
    picture.save(stream, "JPEG")
    return stream.getvalue()


def mail(subject: str, text: str, sent: str, attached: Mapping[str, bytes] | None = None) -> bytes:
    message = EmailMessage(policy=SMTP)
    message["From"] = "van thu <vanthu@example.invalid>"
    message["To"] = "vhtt@example.invalid"
    message["Date"] = sent
    message["Subject"] = subject
    message.set_content(text, cte="quoted-printable")
    for name, content in (attached or {}).items():
        message.add_attachment(content, "application", "octet-stream", filename=name)
    return message.as_bytes()
