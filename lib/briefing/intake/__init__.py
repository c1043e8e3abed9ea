"""One file in, submissions out: facts where they can be read, findings where they can't."""

from briefing.intake.reader import Reader, read_report
from briefing.intake.submission import Finding, Row, Rows, Submission

__all__ = ["Finding", "Reader", "Row", "Rows", "Submission", "read_report"]
