"""What every block can do: become JSON and be made of it again, and show itself in Jupyter."""

from __future__ import annotations

import base64
import dataclasses
import functools
import json
import math
import re
import types
import typing
import zlib
from dataclasses import dataclass
from typing import Any

from briefing.errors import DocumentError
from briefing.language import current_language

MIME = "application/vnd.briefing.block+json"

PACKED = "packed"
LONG = 2000  # bytes of a block's JSON from which on it is compressed

Plain = float | int | str | None

KINDS: dict[str, type[Block]] = {}
"""The blocks that there are, by the name that JSON has for each."""


@dataclass(frozen=True)
class Block:
    """Base of all blocks: to and from JSON, and how Jupyter shows one.

    `lang` is the language that its texts are in, so that a notebook says it of itself.
    """

    lang: str = dataclasses.field(default_factory=current_language, kw_only=True)

    def __init_subclass__(cls) -> None:
        KINDS[kind_of(cls)] = cls

    def to_json(self) -> dict[str, Any]:
        """The block as plain JSON values; `block` names its kind."""
        return {"block": kind_of(type(self)), **_plain(self)}

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Block:
        """The block that `to_json` wrote.

        Raises:
            DocumentError: `data` is no block, of another kind, or lacks a field.
        """
        data = _unpacked(data)
        kind = KINDS.get(data.get("block", ""))
        if kind is None or not issubclass(kind, cls):
            raise DocumentError(f"not a {cls.__name__}: block={data.get('block')!r}")
        return _build(kind, {k: v for k, v in data.items() if k != "block"})

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, Any]:
        from briefing.documents import fragments  # jinja2 and its templates, for what is shown

        data = self.to_json()
        return {
            MIME: _packed(data),
            "text/html": fragments.for_notebook(data),
            "text/plain": fragments.as_text(data),
        }


def _packed(data: dict[str, Any]) -> dict[str, Any]:
    """A block as an output keeps it: what is long is in its HTML already, and is compressed here.

    So a notebook holds its tables and charts once, and is saved and read as quickly as a page.
    """
    text = json.dumps(data).encode()
    if len(text) < LONG:
        return data
    packed = base64.b64encode(zlib.compress(text)).decode()
    return {"block": data["block"], "lang": data["lang"], PACKED: packed}


def _unpacked(data: dict[str, Any]) -> dict[str, Any]:
    """The block that `_packed` was given.

    Raises:
        DocumentError: It is not what `_packed` makes.
    """
    if PACKED not in data:
        return data
    try:
        return dict(json.loads(zlib.decompress(base64.b64decode(data[PACKED]))))
    except (ValueError, TypeError, zlib.error) as error:
        raise DocumentError(f"{data.get('block')}: the block can't be unpacked: {error}") from None


def raw(value: Any) -> Plain:
    """`value` (also of numpy or pandas) as JSON can hold it; missing values as None."""
    if value is None or type(value).__name__ in ("NAType", "NaTType"):
        return None
    if hasattr(value, "isoformat"):
        return value.isoformat()
    value = value.item() if hasattr(value, "item") else value
    if isinstance(value, float) and not math.isfinite(value):
        return None
    return value if isinstance(value, bool | int | float) else str(value)


def kind_of(block: type) -> str:
    """The name of a kind of block in JSON: KeyFigures → "key_figures"."""
    return re.sub(r"(?<!^)(?=[A-Z])", "_", block.__name__).lower()


def _plain(value: Any) -> Any:
    if dataclasses.is_dataclass(value):
        return {f.name: _plain(getattr(value, f.name)) for f in dataclasses.fields(value)}
    if isinstance(value, tuple | list):
        return [_plain(item) for item in value]
    return value


@functools.cache
def _hints(kind: type) -> dict[str, Any]:
    """The types of a block's fields, which its module holds as texts."""
    return typing.get_type_hints(kind)


def _build(kind: type, data: dict[str, Any]) -> Any:
    hints = _hints(kind)
    try:
        return kind(**{name: _typed(hints[name], value) for name, value in data.items()})
    except (KeyError, TypeError) as error:
        raise DocumentError(f"{kind_of(kind)}: the block's JSON does not fit: {error}") from None


def _typed(hint: Any, value: Any) -> Any:
    if dataclasses.is_dataclass(hint):
        return _build(typing.cast(type, hint), value)
    if typing.get_origin(hint) is tuple:
        inner = typing.get_args(hint)
        if len(inner) == 2 and inner[1] is Ellipsis:
            return tuple(_typed(inner[0], item) for item in value)
        return tuple(_typed(h, item) for h, item in zip(inner, value, strict=True))
    if isinstance(hint, types.UnionType) or not isinstance(value, list):
        return value
    raise TypeError(f"a list where {hint} belongs")
