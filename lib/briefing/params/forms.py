"""What units fill in: by which words a form is known, how it is read, what its fields mean."""

from __future__ import annotations

from typing import Literal

from pydantic import model_validator

from briefing.params.files import Localized, Strict

Reads = Literal["persons", "staff", "counts"]
UNITS, BODIES = "units", "bodies"
"""Who owes a report: the units, about each report date, or the bodies, once."""
Role = Literal["key", "unit", "place", "person", "phone", "day", "group", "count", "share"]
Measure = Literal["cumulative", "new", "denominator"]


class FormField(Strict):
    """A column or a line of a form.

    Attributes:
        role: What stands there: the key of a row, whose report it is, a place below the unit, a
            group, a count, a share of the denominator (fraction or percent), ….
        indicator, group: Of a count or share: of what, of whom; left out: of the first indicator,
            of all.
        measure: Whether it counts all so far, what is new since the last report, or those of whom
            it is a share.
        headings: How it is headed, or labelled, in any spelling.
    """

    role: Role
    indicator: str = ""
    group: str = ""
    measure: Measure = "cumulative"
    headings: tuple[str, ...]


class Form(Strict):
    """By which words a document is known to be this report, and how it is read.

    Attributes:
        name: What letters and pages call it; without it, “the form”.
        title: Words that no report on anything else uses, such as spellings of the app's name.
        subject: Words that speak of it where nothing else is spoken of: “cài đặt”.
        reads: A list with a row per person; the staff of one body; or counts, in a table with any
            of the roles or as labels with values, as `fields` say.
        fields: What a form of counts asks for.
    """

    name: Localized | None = None
    title: tuple[str, ...] = ()
    subject: tuple[str, ...] = ()
    reads: Reads = "persons"
    fields: tuple[FormField, ...] = ()

    @property
    def owed_by(self) -> str:
        return BODIES if self.reads == "staff" else UNITS

    @model_validator(mode="after")
    def _counts_something(self) -> Form:
        counted = [field for field in self.fields if field.role in ("count", "share")]
        if (self.reads == "counts") != bool(counted):
            raise ValueError("a form that reads counts, and no other, has fields with role: count")
        return self
