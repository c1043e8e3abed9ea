"""What another program shows of a file: where it shows other contents, the damage made another
report, as a hand could have made it, and nothing has to be said of it.

Of a workbook openpyxl says it, of old workbooks LibreOffice, of a PDF Poppler (its pages as
pictures), of documents and pages the elements and texts of their XML or HTML, of a text its own
characters. A PDF that is not packed, as no office's program writes it, has no checksums: like a
text, it is another file with each byte that differs.
"""

from __future__ import annotations

import email
import email.policy
import io
import re
import shutil
import subprocess
import tempfile
import warnings
import zipfile
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import lxml.html
from openpyxl import load_workbook

SHEETS = (".xls", ".xlsb")  # looked at by LibreOffice, many at once
AT_ONCE, PATIENCE = 40, 120  # files, seconds
UNPACKED = b"%QDF-"  # what qpdf writes over it
UNREADABLE = "unreadable"  # by that program
SHOWN_PARTS = re.compile(
    r"(document|styles|content|settings|numbering|header\d*|footer\d*|sheet\d*|sharedStrings)\.xml$"
)


def shown(files: Sequence[tuple[str, bytes]]) -> list[Any]:
    """What is seen of each file (its ending, its bytes): equal where the same is seen."""
    found = [_shown(ending, content) for ending, content in files]
    old = [number for number, (ending, content) in enumerate(files) if _is_old(ending, content)]
    for start in range(0, len(old), AT_ONCE):
        some = old[start : start + AT_ONCE]
        for number, text in zip(some, _by_libreoffice([files[n] for n in some]), strict=True):
            found[number] = text
    return found


def _is_old(ending: str, content: bytes) -> bool:
    return ending in SHEETS and content.lstrip()[:1] != b"<"


def _shown(ending: str, content: bytes) -> Any:
    if _is_old(ending, content):
        return UNREADABLE
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return READERS.get(ending, _characters)(content)
    except Exception:
        return UNREADABLE


def _workbook(content: bytes) -> Any:
    """Its cells; where openpyxl refuses a value, its XML, if that is sound."""
    try:
        return _cells(content)
    except Exception:
        return _parts(content)


def _cells(content: bytes) -> Any:
    return [
        (
            sheet.title, sheet.sheet_state,
            [(c.coordinate, c.value, c.number_format, c.font.strike, c.font.vertAlign)
             for row in sheet.iter_rows() for c in row if c.value is not None],
            sorted(n for n, d in sheet.row_dimensions.items() if d.hidden),
            sorted(n for n, d in sheet.column_dimensions.items() if d.hidden),
            sorted(map(str, sheet.merged_cells.ranges)),
        )
        for sheet in load_workbook(io.BytesIO(content), data_only=True).worksheets
    ]  # fmt: skip


def _elements(root: Any) -> Any:
    """Elements with their attributes and texts; blanks at their ends mean nothing."""
    return [
        (one.tag, sorted(one.attrib.items()), (one.text or "").strip(), (one.tail or "").strip())
        for one in root.iter()
    ]


def _parts(content: bytes) -> Any:
    """What a document's parts say, which are its text or the looks of it."""
    opened = zipfile.ZipFile(io.BytesIO(content))
    found = {
        name: _elements(ElementTree.fromstring(opened.read(name)))
        for name in opened.namelist()
        if re.search(
            r"(document|styles|content|settings|numbering|header\d*|footer\d*)\.xml$", name
        )
    }
    if not found:
        raise ValueError("nothing that shows")
    return found


def _page(content: bytes) -> Any:
    return _elements(lxml.html.fromstring(content))


def _mail(content: bytes) -> Any:
    """Heads, and what each part holds; of a packed file what is in it."""
    whole = email.message_from_bytes(content, policy=email.policy.default)
    return [
        (one.get_content_type(), one.get_filename(), one["Subject"], one["Date"], one["From"],
         _inside(one.get_filename() or "", one.get_payload(decode=True) or b""))
        for one in whole.walk()
    ]  # fmt: skip


def _archive(content: bytes) -> Any:
    opened = zipfile.ZipFile(io.BytesIO(content))
    return [(one.filename, _inside(one.filename, opened.read(one))) for one in opened.infolist()]


def _inside(name: str, content: bytes) -> Any:
    return _shown(Path(name).suffix.lower(), content)


def _characters(content: bytes) -> Any:
    return content


def _drawn(content: bytes) -> Any:
    if UNPACKED in content[:1024]:  # read without a fault is all that is asked of it
        return content
    command = ["pdftoppm", "-r", "50", "-gray", "-", "-"]  # letters, and the lines of tables
    done = subprocess.run(command, input=content, capture_output=True, timeout=20, check=False)
    return done.stdout if done.returncode == 0 else UNREADABLE


def _xml(content: bytes) -> Any:
    return _elements(ElementTree.fromstring(content))


READERS: dict[str, Callable[[bytes], Any]] = {
    ".xlsx": _workbook, ".xls": _page, ".docx": _parts, ".odt": _parts, ".ods": _parts,
    ".xml": _xml, ".html": _page, ".mht": _mail, ".eml": _mail, ".mbox": _characters,
    ".zip": _archive, ".pdf": _drawn,
}  # fmt: skip


def _by_libreoffice(files: Sequence[tuple[str, bytes]]) -> list[Any]:
    """Each workbook's first sheet as a text."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for number, (ending, content) in enumerate(files):
            (folder / f"{number}{ending}").write_bytes(content)
        profile = f"-env:UserInstallation=file://{folder}/profile"
        sources = [str(folder / f"{n}{ending}") for n, (ending, _content) in enumerate(files)]
        command = [str(shutil.which("soffice")), profile, "--headless", "--convert-to", "csv"]
        with suppress(subprocess.TimeoutExpired):
            subprocess.run(
                [*command, "--outdir", name, *sources],
                capture_output=True, timeout=PATIENCE, check=False,
            )  # fmt: skip
        made = [folder / f"{number}.csv" for number in range(len(files))]
        return [path.read_bytes() if path.exists() else UNREADABLE for path in made]
