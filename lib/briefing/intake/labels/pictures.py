"""Pictures inside a report, and whether they show the QR codes that forms declare."""

from __future__ import annotations

import io
import posixpath
import re
import unicodedata
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from types import ModuleType
from urllib.parse import unquote

from briefing.intake.parsers.disclosure import shown_code
from briefing.intake.readers.budget import passed_over

RUN = re.compile(r"[^\W_]+")
MASKED = re.compile(r"\d{2,4}xxx\d{2,3}")  # a phone number, as it is shown
SCHEME = re.compile(r"^\w+://(www\.)?")
FEWEST_SIGNS = 4  # letters and digits; less stands in any text by chance
MOST_PICTURES = 24  # of one report; a code in a further one is not looked for
SMALLEST_PHOTO = 200  # pixels of the shorter side; a smaller picture is a logo or an emblem
MEDIA = re.compile(r"^(?:(?:word|xl)/media|Pictures|media)/[^/]+$")
DRAWN = (".emf", ".wmf", ".svg")  # drawings, such as charts and the frame of a signature
RUNNING = re.compile(r"^(?:word/_rels/(?:header|footer)|xl/drawings/_rels/vmlDrawing)[^/]*\.rels$")
LINKS = re.compile(r"\.rels$")
TARGET = re.compile(rb'Target="([^"]+)"')
JPEG = b"\xff\xd8\xff"
MOST_SCANS = 100  # of a JPEG; cameras and programs make a dozen, each costs as much as a picture
SCAN = b"\xff\xda"


def is_code(declared: str | None) -> bool:
    """Whether what stands on the form's line can be held against a photo.

    “Đã tạo” or “xem ảnh” is no code: a code has digits, or is one word without accents.
    """
    text = _plain(declared or "")
    signs = "".join(RUN.findall(text))
    if len(signs) < FEWEST_SIGNS:
        return False
    return any(map(str.isdigit, signs)) or (text.isascii() and " " not in text)


def same_code(declared: str | None, shown: str) -> bool | None:
    """Whether a photo shows the declared code; `None` where the two can't be compared.

    One may be a part of the other: of an address, the code behind it; of a code, the words
    around it. Capitals, spaces and signs between letters and digits do not count. A phone number
    on the line of the code is that of its creator, unless the photo shows a phone number too.

    Args:
        declared: As it is shown (phones masked).
        shown: The text of the code in the photo, phones masked.
    """
    if not declared or not is_code(declared) or not RUN.search(shown):
        return None
    if MASKED.fullmatch(declared) and not MASKED.search(shown):
        return None
    a, b = _plain(declared), _plain(unquote(shown))
    if "".join(RUN.findall(a)) == "".join(RUN.findall(b)):
        return True
    return _holds(a, b) or (len("".join(RUN.findall(b))) >= FEWEST_SIGNS and _holds(b, a))


def _plain(text: str) -> str:
    composed = unicodedata.normalize("NFKC", " ".join(text.split())).casefold()
    return SCHEME.sub("", composed)


def _holds(part: str, text: str) -> bool:
    """Whether the letters and digits of one text stand in the other, as whole words."""
    signs = r"[\W_]*".join(map(re.escape, RUN.findall(part)))
    return bool(re.search(rf"(?<![^\W_]){signs}(?![^\W_])", text))


@dataclass(frozen=True)
class Picture:
    """What a picture is good for as evidence.

    Attributes:
        codes: The texts of the QR codes in it, each once, phones masked.
        large: It may be a photo, and is no logo.
    """

    codes: tuple[str, ...] = ()
    large: bool = False

    @property
    def is_photo(self) -> bool:
        return self.large or bool(self.codes)


def pictures_in(content: bytes) -> list[Picture]:
    """The pictures in a report, without those of its page headers and footers.

    Args:
        content: The report's bytes: an Office file of any age, or a PDF.
    """
    found: list[Picture] = []
    for number, picture in enumerate(_contents(content)):
        if number >= MOST_PICTURES:
            break
        found.append(look_at(picture))
    return found


def _contents(content: bytes) -> Iterator[bytes]:
    if not content.startswith(b"PK"):
        yield from _inlaid(content)
        return
    with passed_over():  # no picture can be had
        archive = zipfile.ZipFile(io.BytesIO(content))
        running = _of_running_heads(archive)
        for entry in archive.infolist():
            name = entry.filename
            photo = not name.lower().endswith(DRAWN) and name not in running
            if MEDIA.match(name) and photo:
                yield archive.read(entry)


def _of_running_heads(archive: zipfile.ZipFile) -> set[str]:
    """The pictures that only page headers and footers show: logos of a letterhead."""
    running: set[str] = set()
    shown: set[str] = set()
    for name in filter(LINKS.search, archive.namelist()):
        folder = posixpath.dirname(posixpath.dirname(name))
        targets = TARGET.findall(archive.read(name))
        paths = (
            posixpath.join("/", folder, target.decode("utf-8", "replace")) for target in targets
        )
        into = running if RUNNING.match(name) else shown
        into |= {posixpath.normpath(path)[1:] for path in paths}
    return running - shown


def _codes() -> ModuleType:
    from briefing.intake.labels import qr_codes  # with Pillow and zxing-cpp, for pictures

    return qr_codes


def _inlaid(content: bytes) -> Iterator[bytes]:
    """Photos that stand as they are among the bytes of an older Office file or a PDF."""
    at = content.find(JPEG)
    while at >= 0:
        after = content.find(JPEG, at + len(JPEG))
        if _codes().opens(content[at:]):  # else the three bytes stand there by chance
            yield content[at:]
        at = after


def look_at(content: bytes) -> Picture:
    """The QR codes in a picture file, and whether it is large enough to be a photo.

    Never raises: a picture that can't be opened shows no code, but may well be a photo.
    """
    trap = content.startswith(JPEG) and content.count(SCAN) > MOST_SCANS
    image = None if trap else _codes().opened(content)
    if image is None:
        return Picture(large=len(content) > SMALLEST_PHOTO**2 // 4)
    codes = dict.fromkeys(map(shown_code, _codes().codes_in(image) or ()))
    return Picture(tuple(codes), min(image.size) >= SMALLEST_PHOTO)
