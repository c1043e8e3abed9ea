"""Open a document of old Word (.doc, .rtf), by whatever program on this machine can convert it."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tempfile
from functools import lru_cache, partial
from pathlib import Path
from typing import Any

from lxml import etree

from briefing.errors import IntakeError
from briefing.intake.readers.budget import passed_over
from briefing.intake.readers.compound import DOCUMENT, MAGIC, stream_of
from briefing.intake.readers.flow import Flow, as_parts
from briefing.intake.readers.grids import Grid, Part
from briefing.intake.readers.repairs import put_right
from briefing.intake.readers.worddocs import read_word
from briefing.intake.sandbox.walls import end_program, metered_program

# Of letters, in the binary format: a line through them, two lines, superscript ([MS-DOC] 2.6.1).
SET_LOOKS = re.compile(rb"\x37\x08[\x01\x81]|\x53\x2a[\x01\x81]|\x48\x2a\x01")
# What LibreOffice shows of Word 2003's XML as if it were read, or drops without a word.
LOST_LOOKS = re.compile(rb'<w:vanish ?/>|w:type="Word\.Deletion"')
SECONDS = 600  # for one conversion by the clock, where no worker's budget ends it before
# By what LibreOffice reads each: it would take another format by its content, whatever the ending.
FILTERS = {".doc": "MS Word 97", ".rtf": "Rich Text Format", ".xml": "MS Word 2003 XML"}
SETTINGS = (
    ("Common/Security/Scripting", "DisableMacrosExecution", "true"),
    ("Common/Security/Scripting", "MacroSecurityLevel", "3"),
    ("Common/Security/Scripting", "BlockUntrustedRefererLinks", "true"),
    ("Common/Security/Scripting", "DisableActiveContent", "true"),
    ("Writer/Content/Update", "Link", "0"),
    ("Writer/Content/Update", "Field", "false"),
)
OFFICE = ("soffice", "libreoffice")
# Where LibreOffice stands on systems whose PATH does not name it.
OFFICE_FOLDERS = (
    r"C:\Program Files\LibreOffice\program",
    r"C:\Program Files (x86)\LibreOffice\program",
    "/Applications/LibreOffice.app/Contents/MacOS",
)


def read_old_word(content: bytes) -> list[Part]:
    """The document's one part; none where nothing is written in it.

    LibreOffice turns it into .docx, and addresses and looks are those of that. Antiword tells
    the same paragraphs and tables where LibreOffice is not here, or where it has lost a table (as
    it does with one that no paragraph follows); but not what is struck through or raised in a
    table, so a document with any of that is not left to it; nor is Word 2003's XML to LibreOffice,
    where anything in it is hidden or deleted.

    Raises:
        IntakeError: `file_unreadable` where no program is here that can, or none of them did.
    """
    converted = None if LOST_LOOKS.search(content) else as_docx(content)
    by_office = read_word(put_right(converted)) if converted else None
    is_plain = content.startswith(MAGIC) and not _has_looks(content)
    by_antiword = _by_antiword(content) if is_plain else None
    results = [parts for parts in (by_office, by_antiword) if parts is not None]
    if not results:
        raise IntakeError("file_unreadable.old_word")
    return max(results, key=_tables)


def _tables(parts: list[Part]) -> int:
    return sum(grid.kind == "table" for part in parts for grid in part.grids)


@lru_cache(maxsize=2)
def as_docx(content: bytes) -> bytes | None:
    """The document as .docx; None where LibreOffice is not here, failed, or took too long."""
    program = _office()
    if program is None:
        return None
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        source = Path(folder, f"report{_suffix(content)}")
        source.write_bytes(content)
        profile = Path(folder, "profile")  # of its own: two at once share nothing
        _set(profile)
        _run(
            [
                program, f"-env:UserInstallation={profile.as_uri()}", "--headless", "--norestore",
                f"--infilter={FILTERS[source.suffix]}",
                "--convert-to", "docx:MS Word 2007 XML", "--outdir", folder, str(source),
            ]
        )  # fmt: skip
        converted = source.with_suffix(".docx")
        return converted.read_bytes() if converted.is_file() else None


def _set(profile: Path) -> None:
    """Settings of LibreOffice under which a document runs nothing and fetches nothing."""
    settings = profile / "user" / "registrymodifications.xcu"
    settings.parent.mkdir(parents=True)
    items = "".join(
        f'<item oor:path="/org.openoffice.Office.{path}"><prop oor:name="{name}" oor:op="fuse">'
        f"<value>{value}</value></prop></item>"
        for path, name, value in SETTINGS
    )
    settings.write_text(
        '<?xml version="1.0" encoding="UTF-8"?>'
        f'<oor:items xmlns:oor="http://openoffice.org/2001/registry">{items}</oor:items>'
    )


def _suffix(content: bytes) -> str:
    if content.startswith(b"{\\rtf"):
        return ".rtf"
    return ".doc" if content.startswith(MAGIC) else ".xml"


def _office() -> str | None:
    elsewhere = os.pathsep.join(OFFICE_FOLDERS)
    return next((p for name in OFFICE if (p := shutil.which(name))), None) or next(
        (p for name in OFFICE if (p := shutil.which(name, path=elsewhere))), None
    )


def _run(command: list[str]) -> bytes | None:
    """What a program prints; None where it failed. However this ends, the program has ended."""
    with metered_program() as limits:
        try:
            process = subprocess.Popen(
                command,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                **limits,
            )
        except (OSError, subprocess.SubprocessError):
            return None
        try:
            printed, _nothing = process.communicate(timeout=SECONDS)
            return printed if process.returncode == 0 else None
        except subprocess.TimeoutExpired:
            return None
        finally:
            end_program(process)


def _has_looks(content: bytes) -> bool:
    """Whether any letters of a .doc are said to be struck through or raised."""
    with passed_over():
        return SET_LOOKS.search(stream_of(content, (DOCUMENT,))) is not None
    return False


def _by_antiword(content: bytes) -> list[Part] | None:
    """Paragraphs and tables as antiword tells them; None where it is not here or failed."""
    program = shutil.which("antiword")
    if program is None:
        return None
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder, "report.doc")
        source.write_bytes(content)
        printed = _run([program, "-m", "UTF-8.txt", "-x", "db", str(source)])
    if not printed:
        return None

    with passed_over():
        # Antiword writes control characters of the document as they are: not XML, but readable.
        parser = etree.XMLParser(recover=True, load_dtd=False, no_network=True)
        return as_parts(_of_docbook(etree.fromstring(printed, parser)))
    return None


def _of_docbook(root: Any) -> list[Grid]:
    flow = Flow()
    for node in root.iter("para", "title", "informaltable"):
        if node.tag == "informaltable":
            flow.add_table(partial(_grid, node))
        elif (node.text or "").strip():
            flow.add_line([(node.text.strip(), "")])
    return flow.done()


def _grid(table: Any, name: str) -> list[Grid]:
    rows = [
        ["".join(entry.itertext()).strip() or None for entry in row.iter("entry")]
        for row in table.iter("row")
    ]
    return [Grid("table", name, rows)]
