"""What is said of the whole and of each unit in each document of a moment."""

from collections.abc import Callable, Mapping

from tests.week.reading.heard import WHOLE, Moment, Told
from tests.week.reading.letters import letters, received, returned
from tests.week.reading.page import page
from tests.week.reading.report import report
from tests.week.reading.tables import book, tables
from tests.week.reading.unit_pages import unit_pages

DOCUMENTS: Mapping[str, Callable[[Moment], Told]] = {
    "page": page, "the unit's page": unit_pages, "report": report, "reminders": letters,
    "returns": returned, "receipts": received, "tables": tables, "annex": book,
}  # fmt: skip

__all__ = ["DOCUMENTS", "WHOLE", "Moment", "Told"]
