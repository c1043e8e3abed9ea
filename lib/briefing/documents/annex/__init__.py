"""The tables of a day or a period as one workbook: typed, headed, explained, ready to print."""

from briefing.documents.annex.book import annex, annex_of_period

__all__ = ["annex", "annex_of_period"]
