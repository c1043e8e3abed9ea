"""The files that are damaged: those of the sample, and small ones in every format that is read."""

from __future__ import annotations

import io
import random
import re
import shutil
import subprocess
import tempfile
import zipfile
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path
from typing import Any, NamedTuple

from briefing.params import Campaign
from briefing.sample import write_sample
from tests.corpus.makers import documents, word, workbooks
from tests.corpus.makers.delimited import delimited
from tests.corpus.makers.mail import archive, eml
from tests.corpus.makers.pdf import pdf
from tests.intake.making import HEAD, as_word, lines_of_mau02, mau01_lines, mau02, people

COUNTS = [45, 38, 52, 7, 110, 23]
LARGEST = 90_000  # bytes of a file of the sample
OLD_WORD = (".doc", ".rtf")  # read by LibreOffice: a second each


class Original(NamedTuple):
    """A file that is read as it should be.

    Attributes:
        name: With the ending by which it is known.
        share: How often it is damaged, beside the others.
    """

    name: str
    content: bytes
    share: float = 1.0

    @property
    def ending(self) -> str:
        return Path(self.name).suffix


def originals(campaign: Campaign, *, days: int = 3, old_word: bool = True) -> list[Original]:
    """All files. `days`: how many of the sample's; `old_word`: also what LibreOffice reads."""
    made = [Original(f"BC Bong Son 16-8{ending}", make()) for ending, make in MADE.items()]
    made += [
        Original(f"{kind} BC Bong Son 16-8{end}", make()) for (kind, end), make in MORE.items()
    ]
    if old_word and shutil.which("soffice"):
        made += [Original(f"BC Bong Son 16-8{end}", OLD[end](), 0.1) for end in OLD_WORD]
    if shutil.which("qpdf"):
        made.append(Original("unpacked BC Bong Son 16-8.pdf", unpacked_pdf(MADE[".pdf"]())))
    return [*made, *_of_the_sample(campaign, days)]


def _of_the_sample(campaign: Campaign, days: int) -> Iterator[Original]:
    with tempfile.TemporaryDirectory() as folder:
        first = campaign.dates.start
        write_sample(Path(folder), campaign, until=date.fromordinal(first.toordinal() + days - 1))
        files = [path for path in Path(folder).rglob("*") if path.suffix in (".xlsx", ".docx")]
        files = [path for path in files if path.stat().st_size < LARGEST]
        for path in sorted(files):
            yield Original(path.name, path.read_bytes(), 12 / len(files))


IDS = re.compile(
    rb"(?<=ID\[\().*?(?=\)\])|(?<=DocumentID>).*?(?=<)|(?<=InstanceID>).*?(?=<)", re.DOTALL
)
DATE = re.compile(rb"D:\d{14}")
TIME = re.compile(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?=Z|\+00:00)")
ROWS = people(COUNTS)
TABLE = [HEAD, *ROWS]


def _pdf() -> bytes:
    return undated(pdf(lines_of_mau02(), TABLE))


def undated(content: bytes) -> bytes:
    """A file as it is whenever it is made, so that a seed makes the same damage of it."""
    if not content.startswith(b"PK"):
        content = TIME.sub(b"2021-08-16T14:00:00", DATE.sub(b"D:20210816140000", content))
        return IDS.sub(lambda match: b"0" * len(match[0]), content)
    opened, stream = zipfile.ZipFile(io.BytesIO(content)), io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as made:
        for name in opened.namelist():
            made.writestr(
                zipfile.ZipInfo(name), TIME.sub(b"2021-08-16T14:00:00", opened.read(name))
            )
    return stream.getvalue()


def unpacked_pdf(content: bytes) -> bytes:
    with tempfile.NamedTemporaryFile(suffix=".pdf") as packed:
        packed.write(content)
        packed.flush()
        command = [
            "qpdf",
            "--qdf",
            "--deterministic-id",
            "--object-streams=disable",
            packed.name,
            "-",
        ]
        return subprocess.run(command, stdout=subprocess.PIPE, check=True).stdout


def _html() -> bytes:
    return documents.html(lines_of_mau02(), TABLE)


def _mht() -> bytes:
    random.seed(14)
    page = EmailMessage(policy=SMTP)
    page.set_content(_html().decode(), "html", cte="quoted-printable")
    whole = EmailMessage(policy=SMTP)
    whole["MIME-Version"] = "1.0"
    whole["From"] = "<Saved by Excel>"
    whole.make_related()
    whole.attach(page)
    return whole.as_bytes()


def _mbox() -> bytes:
    return b"".join(
        b"From a@b.invalid Mon Aug 16 14:30:00 2021\r\n" + m + b"\r\n" for m in _mails()
    )


def _mails() -> list[bytes]:
    random.seed(14)  # of what parts the pieces of an e-mail
    inside = {"BC Bong Son 16-8.xlsx": _xlsx(), "BC Hoai Son 16-8.csv": _csv("XÃ HOÀI SƠN")}
    return [eml("Kính gửi báo cáo.", {name: content}) for name, content in inside.items()]


def _xlsx() -> bytes:
    return undated(workbooks.xlsx({"Sheet1": mau02(ROWS)}, shared=True))


def _csv(unit: str = "PHƯỜNG BỒNG SƠN") -> bytes:
    return delimited(mau02(ROWS, unit=unit))


def _chat() -> bytes:
    said = "UBND phường Bồng Sơn báo cáo ngày 16/8/2021: cài đặt Bluezone lũy kế 5.432 người."
    return f"\n{said}\n".encode()


def _sylk() -> bytes:
    cells = [
        f'C;Y{r};X{c};K{value if isinstance(value, int) else chr(34) + value + chr(34)}'
        for r, row in enumerate(mau02(ROWS), 1) for c, value in enumerate(row, 1)
        if value is not None
    ]  # fmt: skip
    return "\r\n".join(["ID;PWXL;N;E", *cells, "E", ""]).encode()


def _dif() -> bytes:
    def cell(value: Any) -> str:
        if isinstance(value, int):
            return f"0,{value}\r\nV\r\n"
        return f'1,0\r\n"{value or ""}"\r\n'

    lines = ["-1,0\r\nBOT\r\n" + "".join(map(cell, row)) for row in mau02(ROWS)]
    return (
        'TABLE\r\n0,1\r\n"EXCEL"\r\nDATA\r\n0,0\r\n""\r\n' + "".join(lines) + "-1,0\r\nEOD\r\n"
    ).encode()


def _rtf() -> bytes:
    def coded(value: Any) -> str:
        return "".join(c if ord(c) < 128 else rf"\u{ord(c)}?" for c in str(value or ""))

    def row(cells: Sequence[Any]) -> str:
        edges = "".join(rf"\cellx{2000 * n}" for n in range(1, len(cells) + 1))
        return rf"\trowd{edges} " + "".join(rf"{coded(c)}\cell " for c in cells) + r"\row "

    above = "".join(rf"{coded(line)}\par " for line in lines_of_mau02())
    return (rf"{{\rtf1\ansi {above}" + "".join(map(row, TABLE)) + r"\par}").encode()


def _docx() -> bytes:
    return undated(documents.docx(lines_of_mau02(), TABLE))


def _zip() -> bytes:
    return archive(
        {"BC Bong Son 16-8.xlsx": _xlsx(), "thu/BC Hoai Son 16-8.csv": _csv("XÃ HOÀI SƠN")}
    )


MADE: dict[str, Callable[[], bytes]] = {
    ".xlsx": _xlsx,
    ".xls": lambda: workbooks.xls(mau02(ROWS)),
    ".xlsb": lambda: undated(workbooks.xlsb(mau02(ROWS))),
    ".ods": lambda: undated(workbooks.ods(mau02(ROWS))),
    ".xml": lambda: workbooks.xml2003(mau02(ROWS)),
    ".docx": _docx,
    ".odt": lambda: undated(documents.odt(lines_of_mau02(), TABLE)),
    ".pdf": _pdf,
    ".html": _html,
    ".mht": _mht,
    ".eml": lambda: _mails()[0],
    ".mbox": _mbox,
    ".zip": _zip,
    ".csv": _csv,
    ".txt": _chat,
    ".slk": _sylk,
    ".dif": _dif,
}
MORE: dict[tuple[str, str], Callable[[], bytes]] = {
    ("Mau 01", ".docx"): lambda: undated(as_word(mau01_lines(), "lines")),
    ("a page", ".xls"): _html,
    ("in UTF-16", ".txt"): lambda: delimited(mau02(ROWS), by="\t", encoding="utf-16-le"),
    ("of python-docx", ".docx"): lambda: undated(word.docx(*lines_of_mau02(), TABLE)),
}
OLD: dict[str, Callable[[], bytes]] = {".doc": lambda: word.old_word(_docx()), ".rtf": _rtf}
