"""The day's tables as one workbook for people: typed, headed, explained, ready to print."""

from briefing.documents.annex.book import annex

__all__ = ["annex"]
