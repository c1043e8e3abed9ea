"""The words of a formal report that no figure gives: whose report it is, to whom, on what basis.

The campaign's own are in `campaign.yaml`; those of one report, which go before them, in
`period.yaml`.
"""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BeforeValidator, Field, field_validator

from briefing.params.files import Localized, Strict

SECTIONS = ("strengths", "shortcomings", "causes", "tasks", "recommendations")


def _listed(value: Any) -> Any:
    """A list of texts, or nothing; a text alone would be taken letter by letter."""
    if isinstance(value, str) and value:
        raise ValueError("write a list, each line of it with “- ” in front")
    return value or ()


Lines = Annotated[tuple[str, ...], BeforeValidator(_listed)]


class Report(Strict):
    """`report` in `campaign.yaml`.

    Attributes:
        symbol: What stands after the number, e.g. BC-VHTT; the number itself stays blank.
        about: What the report is about; the period is put after it.
        author: Who reports, as inside a sentence; without it, `letterhead.issuer`.
        addressees: To whom it goes.
        directives: The documents that are carried out, the first first.
        position: Who signs, line by line; the name stays blank.
        recipients: Who gets a copy.
    """

    symbol: str = "BC"
    about: Localized | None = None
    author: Localized | None = None
    addressees: tuple[Localized, ...] = ()
    directives: tuple[Localized, ...] = ()
    position: tuple[str, ...] = ()
    recipients: tuple[Localized, ...] = ()


class Edits(Strict):
    """What the analyst makes of the sentences that the rules draft for one section.

    Attributes:
        replace: Rule → the sentence that stands instead of the rule's own, where the rule applies.
        suppress: Rules whose sentence is left out.
        add: Further sentences, after the others.
    """

    replace: dict[str, str] = Field(default_factory=dict)
    suppress: Lines = ()
    add: Lines = ()


class ReportTexts(Strict):
    """`texts` in `period.yaml`: empty entries leave what the campaign or the rules say.

    Attributes:
        directing: Further sentences of the first section: what was directed in the period.
    """

    symbol: str = ""
    about: str = ""
    addressees: Lines = ()
    position: Lines = ()
    recipients: Lines = ()
    directing: Lines = ()
    strengths: Edits = Edits()
    shortcomings: Edits = Edits()
    causes: Edits = Edits()
    tasks: Edits = Edits()
    recommendations: Edits = Edits()

    @field_validator(*SECTIONS, mode="before")
    @classmethod
    def _nothing(cls, value: Any) -> Any:
        return value or {}

    @property
    def edits(self) -> dict[str, Edits]:
        """The edits of each section of the evaluation."""
        return {name: getattr(self, name) for name in SECTIONS}
