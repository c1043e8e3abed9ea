"""Texts for people: key and values apart, put into the language of the run when they are shown.

Code carries the English text as its key; `language` has its translations. What the register stores
can so be read in any language later.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache
from numbers import Integral
from typing import Any

from briefing.formats import day, integer
from briefing.language import current_language, ones, translated
from briefing.mirrors import shown

DAY = "iso"


@dataclass(frozen=True, slots=True)
class Message:
    """A text not yet put into a language: the English text and its values."""

    msgid: str
    values: Mapping[str, Any] = field(default_factory=dict)

    def __str__(self) -> str:
        if DAY in self.values:
            return day(date.fromisoformat(self.values[DAY]))
        if not self.msgid:
            return str(self.values[current_language()])
        values = self.values if "{" in self.msgid else {}
        shown = {name: _shown(value) for name, value in values.items()}
        text = self._template(shown)
        terms = _in_campaign_words(text)
        return text.format(**{**_named(terms), **shown}) if shown or terms else text

    @property
    def kind(self) -> str:
        """What the text says whatever its figures: its own key and those of the texts in it."""
        inside = (value.kind for value in self.values.values() if isinstance(value, Message))
        return " | ".join((self.msgid, *inside))

    def _template(self, shown: Mapping[str, Any]) -> str:
        if of_one := ones(current_language()):
            single = (name for name, value in shown.items() if str(value).lstrip("+−") == "1")
            known = (singular for name in single if (singular := of_one.get((self.msgid, name))))
            if singular := next(known, ""):
                return singular
        return translated(self.msgid)

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
        return replace(self, values=with_texts(self.values, change))

    def to_record(self) -> dict[str, Any]:
        """The message as plain mappings, for storing."""
        return {"msgid": self.msgid, "values": to_record(self.values)}

    @classmethod
    def from_record(cls, record: Mapping[str, Any]) -> Message:
        """A message that was stored as plain mappings; a value may be a message itself."""
        return cls(record["msgid"], from_record(record["values"]))


TERMS: Mapping[str, Message | str] = {
    "counted": Message("counted"), "act": Message("take part"),
    "denominator": Message("people counted"), "those": Message("people counted"),
    "persons": Message("people"), "person": Message("person"), "one_unit": Message("unit"),
    "locality": Message("place"), "localities": Message("places"),
    "before": Message("the day before"), "rhythm": Message("daily"),
    "period": Message("day"), "periods": Message("days"),
    "leader": Message("the leadership"),
    "once_form": Message("the form"), "list_form": Message("the form"),
    "units_file": "units.csv", "places_file": "places.csv",
}  # fmt: skip
"""What a text may speak of without being given it, in the campaign's own words, else in these:
what becomes of those counted, what they do for it, who they are (`those` where the denominator is
given as a number), what one and several of them are, what one unit is, the places below a unit, the
report date before, how often reports come, what one and several of their periods are, whom the page
is for, and the campaign's forms and files. Capitalised, a text begins with it."""
_terms: dict[str, Any] = dict(TERMS)


def set_terms(own: Mapping[str, Any]) -> None:
    """Speak from now on in the words of a campaign, by the names of `TERMS`."""
    _terms.clear()
    _terms.update({**TERMS, **{name: text for name, text in own.items() if text}})


@contextmanager
def own_terms(own: Mapping[str, Any]) -> Iterator[None]:
    """Speak in other words for a while: of an indicator that counts among others than the first."""
    before = dict(_terms)
    set_terms(own)
    try:
        yield
    finally:
        set_terms(before)


@cache
def _in_campaign_words(text: str) -> tuple[str, ...]:
    """The terms that a text speaks of, as they stand in it."""
    forms = (form(name) for name in TERMS for form in (str, str.capitalize))
    return tuple(form for form in forms if f"{{{form}}}" in text)


def _named(terms: Iterable[str]) -> dict[str, str]:
    words = ((term, str(_terms[term.lower()])) for term in terms)
    return {term: text if term.islower() else text[:1].upper() + text[1:] for term, text in words}


Values = Mapping[str, Any]
"""What a text speaks of; a value may be a text itself."""


def with_texts(values: Values, change: Callable[[str], str]) -> Values:
    """The same values, with the texts among them changed."""
    return {
        name: value.with_texts(change) if isinstance(value, Message)
        else change(value) if isinstance(value, str)
        else value
        for name, value in values.items()
    }  # fmt: skip


def to_record(values: Values) -> dict[str, Any]:
    """Values as plain mappings, for storing."""
    return {n: v.to_record() if isinstance(v, Message) else v for n, v in values.items()}


def from_record(record: Values) -> Values:
    """Values that were stored as plain mappings."""
    return {n: Message.from_record(v) if isinstance(v, Mapping) else v for n, v in record.items()}


def _shown(value: Any) -> Any:
    """A value as it stands in a text: whole numbers grouped as the language does it."""
    if isinstance(value, Message):
        return str(value)
    if isinstance(value, Integral) and not isinstance(value, bool):
        return integer(value)
    return value


def _(msgid: str, /, **values: Any) -> str:
    """The text in the current language, with its values filled in; a mirror as what it is of."""
    return shown(str(Message(msgid, values)))
