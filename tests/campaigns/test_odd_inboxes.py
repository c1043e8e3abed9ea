"""Inboxes of odd files the whole way: what is published is what a person reads in them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pandas as pd
import pytest

from briefing.params import Campaign
from tests.campaigns.odd import Odd
from tests.campaigns.odd_campaigns import FILES, laid_out
from tests.run.command import briefing
from tests.run.conftest import once

pytestmark = pytest.mark.slow
DAYS = {"vneid": "2025-10-10", "vaccination": "2022-04-20", "kilifi": "2024-05-15"}
LEVELS = {"vneid": "communes", "vaccination": "units", "kilifi": "villages"}


@dataclass(frozen=True)
class Inbox:
    """A day made of the odd files of a campaign."""

    name: str
    folder: Path

    @property
    def published(self) -> Path:
        return self.folder / "outputs" / DAYS[self.name]

    def table(self, name: str) -> pd.DataFrame:
        path = self.published / "tables" / f"{name}.csv"
        codes = {"unit_code": str, "group": str, "unit": str}
        return pd.read_csv(path, dtype=codes, encoding="utf-8-sig", keep_default_na=False)

    @property
    def files(self) -> list[Odd]:
        return [odd for odd in FILES[self.name] if odd.inbox]

    @property
    def campaign(self) -> Campaign:
        return Campaign.load(self.folder / "params")

    def expected(self) -> dict[str, Mapping[str, int]]:
        """Unit → its figures of the day, of the last file that says them surely."""
        return {
            truth.unit: truth.figures
            for odd in self.files
            for truth in odd.truths
            if odd.sure and truth.unit and truth.day == DAYS[self.name]
        }


@pytest.fixture(scope="module", params=[*FILES])
def inbox(request, tmp_path_factory) -> Inbox:
    def make(folder: Path) -> None:
        made = Inbox(request.param, folder)
        laid_out(folder / "params", made.name)
        arrived = folder / "inbox" / DAYS[made.name]
        arrived.mkdir(parents=True)
        for odd in made.files:
            (arrived / odd.file).write_bytes(odd.content)
        times = [
            f"{DAYS[made.name]}/{odd.file},{DAYS[made.name]}T08:{minute:02d}"
            for minute, odd in enumerate(made.files)
        ]
        listed = "\n".join(["path,received_at", *times])
        (folder / "inbox" / "received.csv").write_text(listed, "utf-8")
        done = briefing(folder, ["daily", "--date", DAYS[made.name]])
        assert done.code == 0, done.err

    return Inbox(request.param, once(tmp_path_factory, f"odd {request.param}", make))


def values(inbox: Inbox) -> dict[tuple[str, str], str]:
    """Unit and figure, as `Truth` writes it → what values.csv says of the day: of a campaign with
    one indicator and no groups there is none."""
    if not (inbox.published / "tables" / "values.csv").exists():
        return {}
    table = inbox.table("values")
    table = table[table["report_date"].eq(DAYS[inbox.name])]
    return {
        (row.unit_code, row.indicator + (f":{row.group}" if row.group else "")): str(row.cumulative)
        for row in table.itertuples()
    }


def test_every_sure_figure_of_the_day_is_published_as_a_person_reads_it(inbox):
    given = inbox.campaign.indicators
    tables = {
        one.code: inbox.table(LEVELS[inbox.name] + (f"_{one.code}" if number else ""))
        for number, one in enumerate(given)
    }
    groups = values(inbox)
    expected = inbox.expected()

    assert len(expected) >= 12
    for unit, figures in expected.items():
        for figure, count in figures.items():
            code, _colon, group = figure.partition(":")
            if "/" in code:
                continue  # tables hold what is cumulative
            row = tables[code].set_index("unit_code").loc[unit]
            shown = groups[unit, figure] if group else row[f"{code}_cumulative"]
            assert float(shown) == count, (unit, figure)
            if groups:
                assert float(groups[unit, figure]) == count


def test_the_whole_is_what_its_units_add_up_to(inbox):
    code = inbox.campaign.indicators[0].code
    units = pd.to_numeric(inbox.table(LEVELS[inbox.name])[f"{code}_cumulative"])
    whole = inbox.table(inbox.campaign.naming.outside("whole"))

    assert float(whole[f"{code}_cumulative"].iloc[-1]) == units.sum()


def test_what_is_wrong_with_a_file_is_told(inbox):
    told = inbox.table("findings")
    rules = {rule for odd in inbox.files for truth in odd.truths for rule in truth.told}

    assert rules <= set(told["rule"])


def test_a_day_of_the_week_that_is_reported_is_no_fault(inbox):
    told = inbox.table("findings")
    dates = told[told["rule"].eq("date_conflict")]

    if inbox.name == "vneid":
        assert set(dates["file"].str.rpartition("/")[2]) == {"duc phong gui lai.xlsx"}


def test_the_page_shows_the_figures(inbox):
    told = (inbox.published / "briefing.html").read_text("utf-8")
    code = inbox.campaign.indicators[0].code
    whole = float(
        inbox.table(inbox.campaign.naming.outside("whole"))[f"{code}_cumulative"].iloc[-1]
    )
    mark = "," if inbox.campaign.language == "en" else "."

    assert f"{whole:,.0f}".replace(",", mark) in told
