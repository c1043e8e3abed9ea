"""What can go wrong, by who has to act on it: each says where, what was found, what to do."""

from __future__ import annotations

from typing import Any

from briefing.catalog.rules import CASES
from briefing.messages import Message


class BriefingError(Exception):
    """Base of every error that this package raises on purpose."""


class ParamsError(BriefingError):
    """A parameter of the campaign or of the run is wrong. Nothing was run. Exit code 2."""


class DenominatorError(ParamsError):
    """A unit has no denominator, or zero: its coverage has no meaning."""


class IntakeError(BriefingError):
    """A file could not be opened as what it claims to be. Becomes a finding, never fatal.

    Attributes:
        code: Case of a rule of the catalogue.
        values: What its message speaks of.
    """

    def __init__(self, code: str, **values: Any):
        self.code, self.values = code, values
        super().__init__(str(self.message))

    @property
    def message(self) -> Message:
        return Message(CASES[self.code].message, self.values)

    @property
    def rule(self) -> str:
        return CASES[self.code].rule


class RunError(BriefingError):
    """A run stopped before anything was published. Exit code 1."""


class Unfinished(RunError):
    """The page was published, another notebook of the same run was not. Exit code 1."""


class DocumentError(BriefingError):
    """A document could not be rendered from an executed notebook."""
