"""Messages to paste into a chat, and the text file that holds those of a day."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from briefing import formats
from briefing.correspondence.list_text import as_text_file
from briefing.messages import _
from briefing.tables import Day

LINE = "─" * 30


@dataclass(frozen=True)
class Letter:
    """One message. `heading` is for the analyst and stays out of what is pasted.

    Attributes:
        code: Of the unit or body that it goes to; "" where it goes to several.
    """

    heading: str
    text: str
    code: str = ""

    @classmethod
    def to(cls, addressee: str, heading: str, sentences: Iterable[str], code: str = "") -> Letter:
        """A message in one paragraph, as an office writes to another."""
        lines = [_("To: {addressee},", addressee=addressee), " ".join(filter(None, sentences))]
        return cls(heading, "\n".join([*lines, _("Thank you, with respect.")]), code)


def at(moment: datetime) -> str:
    """A moment as a letter says it: 15 giờ 00 ngày 16/8/2021."""
    return _("{hour}:{minute} on {day}", hour=f"{moment:%H}", minute=f"{moment:%M}",
             day=formats.day(moment.date()))  # fmt: skip


def as_file(title: str, day: Day, about: Sequence[str], letters: Sequence[Letter]) -> bytes:
    """The letters of a day one below the other, as Notepad shows them."""
    return as_text_file([*_lines(title, day, about, letters)])


def _lines(title: str, day: Day, about: Sequence[str], letters: Sequence[Letter]) -> Iterator[str]:
    yield title
    if day.illustrative:
        yield _("Illustrative figures: made up by the program, of no real unit or person.")
    if letters:
        yield _("{n} messages; copy each from below its line to the next one.", n=len(letters))
    yield from about
    for number, letter in enumerate(letters, start=1):
        yield ""
        yield f"{LINE} {number}. {letter.heading}"
        yield ""
        yield from letter.text.split("\n")
