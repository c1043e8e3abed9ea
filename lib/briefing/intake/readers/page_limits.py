"""How long reading a PDF may take, and how much its packed pieces may become: the filters are put
in the place of the library's own, each pays for what it makes while it makes it.

pdfminer unpacks whatever a piece grows to, in one go, and has no place to say how much it may be.
"""

from __future__ import annotations

import contextvars
import ctypes
import io
import threading
import time
import zlib
from base64 import a85decode
from collections.abc import Callable
from functools import cache
from types import SimpleNamespace
from typing import Any, TypeVar

from pdfminer import pdftypes
from pdfminer.lzw import LZWDecoder
from pdfminer.pdfparser import PDFParser

from briefing.errors import IntakeError
from briefing.intake.readers.budget import budget, piece_too_large, unpacked

Result = TypeVar("Result")
EVERY = 0.1  # seconds between two looks at what the work has spent
PATIENCE = 10  # times as long, by the wall's clock, for work that waits or a machine that is busy
MOST = 8 * 2**20  # bytes of one piece, unpacked: a page's drawing, a font, a list of objects
MOST_SLOW = 2**20  # bytes into a filter that works letter by letter
WIDEST = 2**20  # bytes of a line of a picture
LOOKED_AT = 64  # bytes behind a stream
ZLIB = 8  # method of compression, in the first byte


class _TooLong(BaseException):
    """Raised inside the work; of no kind that a library's own handlers would swallow."""


def _spent(thread: threading.Thread, begun: float) -> float:
    """Seconds of processor time; of the whole process where the system does not tell threads'."""
    if not hasattr(time, "pthread_getcpuclockid"):
        return time.process_time() - begun
    try:
        return time.clock_gettime(time.pthread_getcpuclockid(thread.ident or 0))
    except OSError:  # it has just ended
        return 0.0


def within(seconds: float, work: Callable[..., Result], *arguments: Any) -> Result:
    """The result of a piece of work in Python code that may take so much of the processor's time.

    Raises:
        TimeoutError: It took longer, and was ended.
        Exception: Whatever the work itself raises.
    """
    outcome: dict[str, Any] = {}

    def run() -> None:
        try:
            outcome["result"] = work(*arguments)
        except BaseException as error:
            outcome["error"] = error

    own = contextvars.copy_context()  # with the account of the arrival
    thread = threading.Thread(target=own.run, args=(run,), daemon=True)
    thread.start()
    begun, started = time.process_time(), time.monotonic()
    while (
        thread.is_alive()
        and _spent(thread, begun) < seconds > (time.monotonic() - started) / PATIENCE
    ):
        thread.join(min(seconds, EVERY))
    if thread.is_alive():
        raise_in = ctypes.pythonapi.PyThreadState_SetAsyncExc
        raise_in(ctypes.c_ulong(thread.ident or 0), ctypes.py_object(_TooLong))
        raise TimeoutError(f"longer than {seconds} s")
    if "error" in outcome:
        raise outcome["error"]
    return outcome["result"]


@cache
def bounded() -> None:
    """Put the filters into the library, once for the process."""
    do_keyword = _with_length_checked(PDFParser.do_keyword)
    PDFParser.do_keyword = do_keyword  # type: ignore[method-assign]  # put into the library
    own = {
        "zlib": SimpleNamespace(decompress=_inflated, error=zlib.error),
        "decompress_corrupted": _damaged,
        "lzwdecode": _lzw,
        "rldecode": _run_lengths,
        "ascii85decode": _base_85,
    }
    for name, replacing in own.items():
        setattr(pdftypes, name, replacing)
    for name in ("asciihexdecode", "ccittfaxdecode"):
        setattr(pdftypes, name, _paid(getattr(pdftypes, name)))
    for name in ("apply_png_predictor", "apply_tiff_predictor"):
        setattr(pdftypes, name, _narrow(getattr(pdftypes, name)))


class _Inflating:
    """A packed piece as a stream."""

    def __init__(self, data: bytes):
        self._unpacker, self._left = zlib.decompressobj(-zlib.MAX_WBITS), data

    def read(self, size: int) -> bytes:
        piece = b""
        while self._left and not piece and not self._unpacker.eof:
            piece = self._unpacker.decompress(self._left, size)
            self._left = self._unpacker.unconsumed_tail
        return piece

    def has_made(self, content: bytes) -> bool:
        """Whether this is all of it: its end is there, and its checksum, if there is one, fits."""
        checksum = self._unpacker.unused_data[:4]
        own = zlib.adler32(content).to_bytes(4, "big")
        return self._unpacker.eof and (len(checksum) < 4 or checksum == own)


def _inflated(data: bytes) -> bytes:
    """Raises zlib.error: the piece is damaged."""
    if data[:1] and data[0] & 15 != ZLIB:
        raise zlib.error("not packed so")
    stream = _Inflating(data[2:])
    content = unpacked(stream, MOST)
    if data and not stream.has_made(content):
        raise zlib.error("not whole")
    return content


def _with_length_checked(read: Callable[..., None]) -> Callable[..., None]:
    """How pdfminer reads a stream, which ends where its length says; not where more follows it."""

    def checked(parser: Any, at: int, token: Any) -> None:
        read(parser, at, token)
        if token is not parser.KEYWORD_STREAM or parser.fallback or not parser.curstack:
            return
        start, stream = parser.curstack[-1]
        here = parser.fp.tell()
        parser.fp.seek(start + len(stream.rawdata or b""))
        after = parser.fp.read(LOOKED_AT).lstrip()
        parser.fp.seek(here)
        if after and not after.startswith((b"endstream", b"endobj")):
            _damaged(b"")

    return checked


def _damaged(_data: bytes) -> bytes:
    """A piece of a page that is lost may be rows: what is left is no report."""
    raise IntakeError("file_unreadable.damaged")


class _Pieces:
    """What an iterator makes, as a stream."""

    def __init__(self, pieces: Any):
        self._pieces = pieces

    def read(self, size: int) -> bytes:
        out = io.BytesIO()
        for piece in self._pieces:
            out.write(piece)
            if out.tell() >= size:
                break
        return out.getvalue()


def _lzw(data: bytes) -> bytes:
    return unpacked(_Pieces(LZWDecoder(io.BytesIO(_short(data))).run()), MOST)


def _run_lengths(data: bytes) -> bytes:
    return unpacked(_Pieces(_runs(_short(data))), MOST)


def _runs(data: bytes) -> Any:
    at = 0
    while at < len(data) and data[at] != 128:
        length = data[at]
        if length < 128:
            yield data[at + 1 : at + 2 + length]
            at += 2 + length
        else:
            yield data[at + 1 : at + 2] * (257 - length)
            at += 2


def _base_85(data: bytes) -> bytes:
    data = data.strip().removeprefix(b"<~").partition(b"~")[0]
    budget().pay(len(data))
    return a85decode(data)


def _short(data: bytes) -> bytes:
    if len(data) > MOST_SLOW:
        raise piece_too_large(MOST_SLOW)
    return data


def _paid(decode: Callable[..., bytes]) -> Callable[..., bytes]:
    def decoded(data: bytes, *more: Any) -> bytes:
        budget().pay(len(data))
        return decode(_short(data), *more)

    return decoded


def _narrow(undo: Callable[..., bytes]) -> Callable[..., bytes]:
    """A predictor, which keeps a line of as many columns as the piece says."""

    def undone(*arguments: Any) -> bytes:
        *numbers, data = arguments
        columns = numbers[-2]
        if not 0 < columns <= WIDEST or not 0 < numbers[-3] <= 32:
            raise piece_too_large(WIDEST)
        return undo(*numbers, _short(data))

    return undone
