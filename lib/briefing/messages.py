"""Texts for people, in the language of the run.

Code carries the English text as its key; `locale/<language>/<room>.po` holds the translation.
The notebooks carry their own Markdown in Vietnamese; `locale/<language>/notebooks.po` has it in
other languages. `locale/<language>/ones.po` has what a text becomes where one of its numbers is 1,
in languages that then say it otherwise: its context names that value.
A `Message` keeps key and values apart, so that what the register stores can be read in any
language later.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache
from numbers import Integral
from pathlib import Path
from typing import Any

LOCALE_DIR = Path(__file__).parent / "locale"
SOURCE_LANGUAGE = "en"
DEFAULT_LANGUAGE = "vi"
PARAGRAPH = "\n\n"
DAY = "iso"

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
    return {m.id: m.string for m in _entries(code) if not m.context}


@cache
def ones(code: str) -> Mapping[tuple[str, str], str]:
    """English text, and the name of its value that is 1 → the text for that."""
    return {(m.id, m.context): m.string for m in _entries(code) if m.context}


@cache
def _entries(code: str) -> list[Any]:
    from babel.messages.pofile import read_po

    entries: list[Any] = []
    for path in sorted((LOCALE_DIR / code).glob("*.po")):
        with path.open("rb") as stream:
            entries += (m for m in read_po(stream, locale=code) if m.id and m.string)
    return entries


@dataclass(frozen=True)
class Message:
    """A text not yet put into a language: the English text and its values."""

    msgid: str
    values: Mapping[str, Any] = field(default_factory=dict)

    def __str__(self) -> str:
        if DAY in self.values:
            return _day(self.values[DAY])
        if not self.msgid:
            return str(self.values[current_language()])
        return self._template().format(**{n: _shown(value) for n, value in self.values.items()})

    @property
    def kind(self) -> str:
        """What the text says whatever its figures: its own key and those of the texts in it."""
        inside = (value.kind for value in self.values.values() if isinstance(value, Message))
        return " | ".join((self.msgid, *inside))

    def _template(self) -> str:
        code = current_language()
        if not self.values:
            return catalog(code).get(self.msgid, self.msgid)
        single = (name for name, value in self.values.items() if str(value).lstrip("+−") == "1")
        known = (said for name in single if (said := ones(code).get((self.msgid, name))))
        return next(known, catalog(code).get(self.msgid, self.msgid))

    @classmethod
    def of_day(cls, day: date) -> Message:
        """A day alone, which each language writes in its own way."""
        return cls("", {DAY: day.isoformat()})

    @classmethod
    def of_each(cls, **texts: str) -> Message:
        """A text that params give in every language, by the language's code."""
        return cls("", texts)

    def with_texts(self, change: Callable[[str], str]) -> Message:
        """The same message, with the texts among its values changed."""
        values = {
            name: value.with_texts(change) if isinstance(value, Message)
            else change(value) if isinstance(value, str)
            else value
            for name, value in self.values.items()
        }  # fmt: skip
        return replace(self, values=values)

    def to_record(self) -> dict[str, Any]:
        """The message as plain mappings, for storing."""
        values = {
            name: value.to_record() if isinstance(value, Message) else value
            for name, value in self.values.items()
        }
        return {"msgid": self.msgid, "values": values}

    @classmethod
    def from_record(cls, record: Mapping[str, Any]) -> Message:
        """A message that was stored as plain mappings; a value may be a message itself."""
        values = {
            name: cls.from_record(value) if isinstance(value, Mapping) else value
            for name, value in record["values"].items()
        }
        return cls(record["msgid"], values)


def _day(iso: str) -> str:
    from briefing.formats import day

    return day(date.fromisoformat(iso))


def _shown(value: Any) -> Any:
    """A value as it stands in a text: whole numbers grouped as the language does it."""
    if isinstance(value, Integral) and not isinstance(value, bool):
        from briefing.formats import integer

        return integer(value)
    return value


def _(msgid: str, /, **values: Any) -> str:
    """The text in the current language, with its values filled in."""
    return str(Message(msgid, values))
