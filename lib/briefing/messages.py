"""Texts for people, in the language of the run.

Code carries the English text as its key; `locale/<language>/<room>.po` holds the translation.
The notebooks carry their own Markdown in Vietnamese; `locale/<language>/notebooks.po` has it in
other languages.
A `Message` keeps key and values apart, so that what the register stores can be read in any
language later.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from numbers import Integral
from pathlib import Path
from typing import Any

LOCALE_DIR = Path(__file__).parent / "locale"
SOURCE_LANGUAGE = "en"
DEFAULT_LANGUAGE = "vi"
PARAGRAPH = "\n\n"

_language = DEFAULT_LANGUAGE


def languages() -> list[str]:
    """Languages that a page can be made in: the source language and each catalog folder."""
    return sorted({SOURCE_LANGUAGE, *(p.name for p in LOCALE_DIR.iterdir() if p.is_dir())})


def current_language() -> str:
    """The language in force here (ISO 639 code)."""
    return _language


@contextmanager
def language(code: str) -> Iterator[None]:
    """Make every text inside the block come in `code`."""
    before = _language
    set_language(code)
    try:
        yield
    finally:
        set_language(before)


def prose(text: str, code: str) -> str:
    """Markdown of the notebooks, which are written in the default language, in another.

    Paragraphs that are not the notebooks' own, such as an analyst's comments, stay as they are.
    """
    if code == DEFAULT_LANGUAGE:
        return text
    known = catalog(code)
    return PARAGRAPH.join(known.get(part, part) for part in text.split(PARAGRAPH))


def set_language(code: str) -> None:
    """Make every later text of this process come in `code` (a notebook has no block to wrap)."""
    global _language
    _language = code


@cache
def catalog(code: str) -> Mapping[str, str]:
    """All translations of a language, every room together: English text → translation."""
    from babel.messages.pofile import read_po

    entries: dict[str, str] = {}
    for path in sorted((LOCALE_DIR / code).glob("*.po")):
        with path.open("rb") as stream:
            entries |= {m.id: m.string for m in read_po(stream, locale=code) if m.id and m.string}
    return entries


@dataclass(frozen=True)
class Message:
    """A text not yet put into a language: the English text and its values."""

    msgid: str
    values: Mapping[str, Any] = field(default_factory=dict)

    def __str__(self) -> str:
        template = catalog(current_language()).get(self.msgid, self.msgid)
        return template.format(**{name: _shown(value) for name, value in self.values.items()})

    @classmethod
    def from_record(cls, record: Mapping[str, Any]) -> Message:
        """A message that was stored as plain mappings; a value may be a message itself."""
        values = {
            name: cls.from_record(value) if isinstance(value, Mapping) else value
            for name, value in record["values"].items()
        }
        return cls(record["msgid"], values)


def _shown(value: Any) -> Any:
    """A value as it stands in a text: whole numbers grouped as the language does it."""
    if isinstance(value, Integral) and not isinstance(value, bool):
        from briefing.formats import integer

        return integer(value)
    return value


def _(msgid: str, /, **values: Any) -> str:
    """The text in the current language, with its values filled in."""
    return str(Message(msgid, values))
