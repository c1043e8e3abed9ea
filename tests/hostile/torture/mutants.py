"""Damage, by a seed: bytes of a file, bytes of a part of an archive, and XML that stays packed."""

from __future__ import annotations

import io
import random
import re
import warnings
import zipfile
from collections.abc import Callable

INTERESTING = (
    *("0", "-1", "1", "2", "255", "65536", "1048577", "2147483647", "2147483648", "4294967295"),
    *("4294967296", "99999999999", "18446744073709551616", "1e999", "NaN", "", "x", " ", "true"),
    *("A1", "B99999999999", "XFD1048576", "ZZZZZZZ1", "A0", "A1:XFD1048576", "#REF!", "../../a"),
    *("rId1", "rId999", "http://example.invalid/", "&#0;", "&amp;", "é", "９", "\u202e", "%s%n"),
)
INSERTED = (
    b"<!--", b"-->", b"<![CDATA[", b"]]>", b"<?x?>", b"<", b">", b"&", b"&a;", b"</a>", b"<a>",
    b'<!DOCTYPE a [<!ENTITY a "a">]>', b"\0", b"\xff\xfe", b"\xef\xbb\xbf", b"<a/>" * 300,
)  # fmt: skip
TAG = re.compile(rb"<[^<>]{1,400}>")
ATTRIBUTE = re.compile(rb"""([\w:.-]{1,60})=("[^"<>]{0,300}"|'[^'<>]{0,300}')""")
LARGEST = 4_000_000  # bytes of a part that is damaged

Way = Callable[[random.Random, bytes], bytes]


def mutant(content: bytes, seed: str) -> tuple[bytes, str]:
    """A damaged copy, and how it was damaged."""
    draw = random.Random(seed)
    for _try in range(20):
        made, how = _damaged(content, draw)
        if made != content:
            return made, how
    return content + b"\0", "a byte at the end"


def _damaged(content: bytes, draw: random.Random) -> tuple[bytes, str]:
    if content.startswith(b"PK") and draw.random() < 0.75:
        return _repacked(content, draw)
    return _changed(content, draw, marked_up=b"<" in content[:200] and draw.random() < 0.5)


def _changed(data: bytes, draw: random.Random, *, marked_up: bool) -> tuple[bytes, str]:
    names = []
    for _time in range(draw.choice((1, 1, 1, 2, 4))):
        way = draw.choice(OF_MARKUP if marked_up else OF_BYTES)
        if way is _double_attribute and names:
            break  # it hides from other programs what was done before, and from us it does not
        data = way(draw, data)
        names.append(way.__name__.strip("_"))
        if way is _double_attribute:
            break
    return data, " ".join(names)


def _repacked(content: bytes, draw: random.Random) -> tuple[bytes, str]:
    """An archive of which one part is changed, lost, renamed or there twice."""
    opened = zipfile.ZipFile(io.BytesIO(content))
    parts = [(entry.filename, opened.read(entry)) for entry in opened.infolist()]
    weights = [min(len(data), 30_000) ** 0.5 + 3 for _name, data in parts]
    (at,) = draw.choices(range(len(parts)), weights)
    name, data = parts[at]
    how = "changed"
    if (chance := draw.random()) < 0.04:
        how = "lost"
        del parts[at]
    elif chance < 0.07:
        how = "renamed"
        parts[at] = (name.swapcase() if draw.random() < 0.5 else name + "x", data)
    elif chance < 0.1:
        how = "there twice"
        parts.append((name, _changed(data, draw, marked_up=False)[0]))
    elif data.startswith(b"PK"):
        data, inner = _damaged(data, draw)
        parts[at], how = (name, data), f"holds {inner}"
    else:
        marked_up = b"<" in data[:200] and draw.random() < 0.75
        data, how = _changed(data, draw, marked_up=marked_up)
        parts[at] = name, data[:LARGEST]
    stream = io.BytesIO()
    with (
        zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as packed,
        warnings.catch_warnings(action="ignore"),  # of a part that is there twice
    ):
        for part, inside in parts:
            packed.writestr(zipfile.ZipInfo(part), inside)
    return stream.getvalue(), f"{name}: {how}"


def _span(draw: random.Random, data: bytes) -> tuple[int, int]:
    start = draw.randrange(len(data) or 1)
    return start, min(len(data), start + draw.choice((1, 2, 4, 16, 64, 512, 4096)))


def _flip(draw: random.Random, data: bytes) -> bytes:
    at = draw.randrange(len(data) or 1)
    return data[:at] + bytes(b ^ 1 << draw.randrange(8) for b in data[at : at + 1]) + data[at + 1 :]


def _overwrite(draw: random.Random, data: bytes) -> bytes:
    start, end = _span(draw, data)
    filler = draw.choice((b"\0", b"\xff", b"\x7f", b"\x80", b" ", b"9"))
    return data[:start] + filler * (end - start) + data[end:]


def _noise(draw: random.Random, data: bytes) -> bytes:
    start, end = _span(draw, data)
    return data[:start] + draw.randbytes(end - start) + data[end:]


def _cut(draw: random.Random, data: bytes) -> bytes:
    start, end = _span(draw, data)
    return data[:start] + data[end:]


def _truncate(draw: random.Random, data: bytes) -> bytes:
    return data[: draw.randrange(len(data) or 1)]


def _insert(draw: random.Random, data: bytes) -> bytes:
    start, end = _span(draw, data)
    return data[:start] + draw.randbytes(min(end - start, 64)) + data[start:]


def _duplicate(draw: random.Random, data: bytes) -> bytes:
    start, end = _span(draw, data)
    return data[:end] + data[start:end] * draw.choice((1, 1, 2, 50)) + data[end:]


def _swap(draw: random.Random, data: bytes) -> bytes:
    start, end = sorted(draw.randrange(len(data) or 1) for _side in "ab")
    size = min(draw.choice((1, 8, 512)), end - start)
    first, second = data[start : start + size], data[end : end + size]
    return data[:start] + second + data[start + size : end] + first + data[end + size :]


def _number(draw: random.Random, data: bytes) -> bytes:
    """Four bytes, as a binary number that programs stumble at."""
    at = draw.randrange(len(data) or 1)
    number = draw.choice((0, 1, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFF, 0x10000))
    return data[:at] + number.to_bytes(4, draw.choice(("little", "big"))) + data[at + 4 :]


def _tag(draw: random.Random, data: bytes) -> tuple[int, int]:
    tags = [*TAG.finditer(data, *_window(draw, data))]
    return draw.choice(tags).span() if tags else (0, 0)


def _window(draw: random.Random, data: bytes) -> tuple[int, int]:
    """Where something is looked for: all of a small part, a stretch of a large one."""
    start = draw.randrange(max(1, len(data) - 4000))
    return start, start + 4000


def _drop_tag(draw: random.Random, data: bytes) -> bytes:
    start, end = _tag(draw, data)
    return data[:start] + data[end:]


def _double_tag(draw: random.Random, data: bytes) -> bytes:
    start, end = _tag(draw, data)
    return data[:end] + data[start:end] * draw.choice((1, 1, 3, 2000)) + data[end:]


def _rename_tag(draw: random.Random, data: bytes) -> bytes:
    start, end = _tag(draw, data)
    return data[:start] + re.sub(rb"(?<=[</:])\w+", b"a", data[start:end], count=1) + data[end:]


def _repeat_element(draw: random.Random, data: bytes) -> bytes:
    first, second = sorted((_tag(draw, data), _tag(draw, data)))
    times = draw.choice((1, 1, 3, 200))
    between = data[first[0] : second[1]]
    return (
        data[: second[1]]
        + between * min(times, 1 + 10**6 // (1 + len(between)))
        + data[second[1] :]
    )


def _drop_elements(draw: random.Random, data: bytes) -> bytes:
    first, second = sorted((_tag(draw, data), _tag(draw, data)))
    return data[: first[0]] + data[second[1] :]


def _attribute(draw: random.Random, data: bytes, change: Callable[[bytes, bytes], bytes]) -> bytes:
    found = [*ATTRIBUTE.finditer(data, *_window(draw, data))]
    if not found:
        return data
    match = draw.choice(found)
    return data[: match.start()] + change(*match.groups()) + data[match.end() :]


def _change_attribute(draw: random.Random, data: bytes) -> bytes:
    value = draw.choice(INTERESTING).encode()
    return _attribute(draw, data, lambda name, _value: name + b'="' + value + b'"')


def _drop_attribute(draw: random.Random, data: bytes) -> bytes:
    return _attribute(draw, data, lambda _name, _value: b"")


def _double_attribute(draw: random.Random, data: bytes) -> bytes:
    return _attribute(draw, data, lambda name, value: (name + b"=" + value + b" ") * 2)


def _rename_attribute(draw: random.Random, data: bytes) -> bytes:
    return _attribute(draw, data, lambda _name, value: b"a=" + value)


def _change_text(draw: random.Random, data: bytes) -> bytes:
    texts = [*re.finditer(rb"(?<=>)[^<>]{1,200}(?=<)", data)]
    if not texts:
        return data
    match = draw.choice(texts)
    return data[: match.start()] + draw.choice(INTERESTING).encode() + data[match.end() :]


def _insert_markup(draw: random.Random, data: bytes) -> bytes:
    _start, end = _tag(draw, data)
    return data[:end] + draw.choice(INSERTED) + data[end:]


def _nest(draw: random.Random, data: bytes) -> bytes:
    _start, end = _tag(draw, data)
    depth = draw.choice((3, 300, 20_000))
    return data[:end] + b"<a>" * depth + b"</a>" * depth + data[end:]


OF_BYTES: tuple[Way, ...] = (
    _flip, _flip, _overwrite, _noise, _cut, _truncate, _insert, _duplicate, _swap, _number,
)  # fmt: skip
OF_MARKUP: tuple[Way, ...] = (
    _drop_tag, _double_tag, _rename_tag, _repeat_element, _drop_elements, _change_attribute,
    _change_attribute, _change_attribute, _drop_attribute, _double_attribute, _rename_attribute,
    _change_text, _insert_markup, _nest,
)  # fmt: skip
