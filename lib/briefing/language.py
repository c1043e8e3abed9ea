"""The language in force, and the translations of each language.

`locale/<language>/<room>.po` holds what code says in English, `locale/<language>/notebooks.po` the
notebooks' own Markdown, which is Vietnamese, in other languages. `locale/<language>/ones.po` has
what a text becomes where one of its numbers is 1, in languages that then say it otherwise: its
context names that value.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

from babel.messages.pofile import read_po

from briefing.own_files import read_once

LOCALE_DIR = Path(__file__).parent / "locale"
SOURCE_LANGUAGE = "en"
DEFAULT_LANGUAGE = "vi"
PARAGRAPH = "\n\n"

_language = DEFAULT_LANGUAGE


def languages() -> list[str]:
    """Languages that a page can be made in: the source language and each catalog folder."""
    return sorted({SOURCE_LANGUAGE, *(p.parent.name for p in LOCALE_DIR.glob("*/*.po"))})


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
    return {text: said for text, context, said in _entries(code) if not context}


@cache
def ones(code: str) -> Mapping[tuple[str, str], str]:
    """English text, and the name of its value that is 1 → the text for that."""
    return {(text, context): said for text, context, said in _entries(code) if context}


@cache
def _entries(code: str) -> list[tuple[str, str | None, str]]:
    """Of each entry of a language the English text, its context and the translation."""
    files = sorted((LOCALE_DIR / code).glob("*.po"))
    return read_once(f"language-{code}", files, lambda: [*_read(files, code)])


def _read(files: Sequence[Path], code: str) -> Iterator[tuple[Any, ...]]:
    for path in files:
        with path.open("rb") as stream:
            for entry in read_po(stream, locale=code):
                if entry.id and entry.string:
                    yield entry.id, entry.context, entry.string


def translated(text: str) -> str:
    """A text without values in the language in force."""
    return catalog(current_language()).get(text, text)
