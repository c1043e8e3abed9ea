"""The pages in every state that an office meets, made from the notebooks' own cells.

The days come from the illustrative campaign, changed where a state needs it; a cell's last
expression is what it displays. So a page here is what `briefing` publishes, without a kernel.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

import nbformat
import pandas as pd
from nbformat.v4 import new_output

from briefing.documents.annex import annex, annex_of_period
from briefing.documents.blocks import Blocks
from briefing.language import language
from briefing.params import Campaign
from briefing.params.indicators import Denominator
from briefing.params.settings import Level
from briefing.params.tree import Unit as Above
from briefing.register import Register, scan
from briefing.register.view import View, view_of
from briefing.sample import write_sample
from briefing.tables import Day, build
from briefing.tables.exports import published
from briefing.tables.levels import under
from briefing.tables.period import Period, period_of
from briefing.tables.unit import Node, unit_of
from tests.register.office import ingest

ROOT = Path(__file__).parents[2]
LAST = date(2021, 8, 18)
GIVEN = {"day", "previous_day", "unit", "period", "run"}  # names that a notebook opens, given here
LONG = "Liên khu vực phát triển kinh tế biển và đô thị mới Nam Đèo Bình Đê mở rộng, cụm số "
PROVINCE, DISTRICTS, DISTRICT = 159, 11, "H03"  # units; districts; the one whose page is made
OTHERS = {
    "unit": "5_unit", "report": "4_report", "intake": "1_intake", "exploring": "2_coverage",
}  # fmt: skip
UNIT = "21637"  # reports by hamlet
Made = TypeVar("Made")


@dataclass(frozen=True)
class Office:
    """A campaign and everything that has come."""

    campaign: Campaign
    view: View

    @classmethod
    def illustrative(cls, folder: Path) -> Office:
        """The campaign that the project ships with, its illustrative reports up to `LAST`.

        Args:
            folder: Where `fill` has put them.
        """
        campaign = Campaign.load(ROOT / "params")
        register = Register(folder / "register", campaign)
        return cls(campaign, view_of(register.submissions(register.arrivals()), register))

    def day(self, number: int) -> tuple[Day, Day]:
        """A day of August and the day before, as it was known at its own end."""
        today = date(2021, 8, number)
        before = today - timedelta(days=1)
        end = datetime.combine(before, time(23, 59, 59), tzinfo=self.campaign.tz)
        then = self.only(lambda reports: reports["received_at"] <= end)
        return (
            build(self.view, self.campaign, today, illustrative=True),
            build(then.view, self.campaign, before, as_of=end, illustrative=True),
        )

    def known(self, number: int, clock: str) -> tuple[Day, Day]:
        """A day of August by what had come by a moment of it, and the day before by its end."""
        return self.at(number, clock), self.at(number - 1, "23:59")

    def at(self, number: int, clock: str) -> Day:
        """A day of August by what had come by a moment of it."""
        about = date(2021, 8, number)
        when = datetime.combine(about, time.fromisoformat(clock), tzinfo=self.campaign.tz)
        then = self.only(lambda reports: reports["received_at"] <= when)
        return build(then.view, self.campaign, about, as_of=when, illustrative=True)

    def only(self, keep: Callable[[pd.DataFrame], pd.Series]) -> Office:
        """Had only these reports come."""
        reports = self.view.reports[keep(self.view.reports)]
        rows, found = (
            f[f["report"].isin(reports.index)] for f in (self.view.rows, self.view.findings)
        )
        return replace(self, view=View(reports, rows, found))

    def told(self, change: Callable[[pd.DataFrame], pd.DataFrame]) -> Office:
        """Had they said something else."""
        return replace(self, view=replace(self.view, reports=change(self.view.reports)))


def fill(folder: Path, until: date = LAST) -> None:
    """Write the illustrative reports, and take them into a register."""
    campaign, inbox = Campaign.load(ROOT / "params"), folder / "inbox"
    write_sample(inbox, campaign, until=until)
    register = Register(folder / "register", campaign)
    found = scan(inbox, register.arrivals(), campaign.tz, partial(ingest, register))
    register.record(found.arrivals)


def shown(notebook: str, **opened: Any) -> nbformat.NotebookNode:
    """A notebook as executed, with what it opens given.

    Args:
        opened: `day` and `previous_day`, or `unit`, or `period`.
    """
    book = nbformat.read(ROOT / "notebooks" / f"{notebook}.ipynb", as_version=4)
    names: dict[str, Any] = dict(opened)
    for cell in book.cells:
        if cell.cell_type == "code" and "parameters" not in cell.metadata.get("tags", []):
            shown = _run(cell.source, names)
            cell.outputs = [new_output("display_data", data=b._repr_mimebundle_()) for b in shown]
    return book


def _run(source: str, names: dict[str, Any]) -> Sequence[Any]:
    """The blocks that a cell displays; what it would open is given already."""
    value = None
    for statement in ast.parse(source).body:
        if isinstance(statement, ast.Assign) and {t.id for t in statement.targets} <= GIVEN:
            continue
        if isinstance(statement, ast.Expr):
            value = eval(compile(ast.Expression(statement.value), "cell", "eval"), names)
        else:
            exec(compile(ast.Module([statement], []), "cell", "exec"), names)
    if isinstance(value, Blocks):
        return value
    return [value] if hasattr(value, "_repr_mimebundle_") and hasattr(value, "to_json") else []


def of_the_16th(reports: pd.DataFrame) -> pd.Series:
    """The first day that anybody reports on; of the agencies nothing."""
    return reports["report_date"].eq("2021-08-16")


def nothing(reports: pd.DataFrame) -> pd.Series:
    return pd.Series(False, index=reports.index)


def without_nine(reports: pd.DataFrame) -> pd.Series:
    """Nine of the seventeen send nothing from the 17th on."""
    codes = sorted(reports["unit_code"].dropna()[reports["form"].eq("mau02")].unique())[:9]
    return ~(reports["unit_code"].isin(codes) & reports["report_date"].ge("2021-08-17"))


def all_below(reports: pd.DataFrame) -> pd.DataFrame:
    """Every agency that has reported lacks one person."""
    denominator = reports["staff_denominator"]
    return reports.assign(staff_numerator=(denominator - 1).where(denominator > 1, denominator))


def long_named(campaign: Campaign) -> Campaign:
    """The same units under names as long as nobody would choose, some without a place to break."""
    rows = [
        row.model_copy(
            update={"full_name": f"{row.type} {LONG}{n}" if n % 3 else f"Xã-{'ĐồngÝ' * 9}{n}"}
        )
        for n, row in enumerate(campaign.unit_rows)
    ]
    return _with(campaign, unit_rows=tuple(rows))


def province(root: Office) -> Office:
    """A province of 159 units, each reporting what one of the town's seventeen does."""
    pattern = root.campaign.unit_rows
    codes = [row.unit_code for row in pattern]
    rows = tuple(
        pattern[n % len(pattern)].model_copy(
            update={
                "unit_code": f"{n:05}",
                "full_name": f"{pattern[n % len(pattern)].full_name} {n + 1}",
                "tile_row": None,
                "tile_col": None,
            }
        )
        for n in range(PROVINCE)
    )
    reports = root.view.reports
    daily = reports[reports["form"].eq("mau02") & reports["unit_code"].isin(codes)]
    copies = [
        daily[daily["unit_code"].eq(codes[n % len(codes)])].assign(unit_code=f"{n:05}")
        for n in range(PROVINCE)
    ]
    others = reports[~reports["form"].eq("mau02").fillna(False)]
    many = pd.concat([*copies, others], ignore_index=True).astype(reports.dtypes.to_dict())
    campaign = _with(root.campaign, unit_rows=rows, place_rows=(), alias_rows=())
    return Office(campaign, View(many, root.view.rows.head(0), root.view.findings.head(0)))


def districts(root: Office) -> Office:
    """The same province, its units in eleven districts, without agencies."""
    office = province(root)
    root = Above(code="HN", name="Bình Định", type="Tỉnh", level="province")
    others = tuple(
        Above(code=f"H{n:02}", name=f"Hoài Ân {n}", type="Huyện", level="districts", parent="HN")
        for n in range(1, DISTRICTS + 1)
    )
    rows = tuple(
        row.model_copy(update={"parent": others[n % DISTRICTS].code})
        for n, row in enumerate(office.campaign.unit_rows)
    )
    named = {"province": ("tỉnh", "province"), "districts": ("huyện, thị xã", "districts"),
             "units": ("xã, phường", "communes and wards")}  # fmt: skip
    levels = tuple(Level(code=code, vi=vi, en=en) for code, (vi, en) in named.items())
    campaign = _with(
        office.campaign, unit_rows=rows, node_rows=(root, *others), levels=levels,
        body_rows=(),
        denominator_rows=tuple(
            Denominator(
                unit_code=row.unit_code, denominator="denominator",
                value=row.denominator,
            )
            for row in rows
        ),
    )  # fmt: skip
    return replace(office, campaign=campaign)


def _with(campaign: Campaign, **changed: Any) -> Campaign:
    values = {name: getattr(campaign, name) for name in type(campaign).model_fields}
    return Campaign.model_construct(**values | changed)


def days(office: Office) -> Mapping[str, Callable[[], tuple[Day, Day]]]:
    """The day of every state of the daily page, and the day before; in English after `english-`."""
    last = LAST.day
    return in_each_language(
        {
            "normal": lambda: office.day(last),
            "first": lambda: office.only(of_the_16th).day(16),
            "nine-missing": lambda: office.only(without_nine).day(last),
            "none": lambda: office.only(nothing).day(last),
            "long-names": lambda: replace(office, campaign=long_named(office.campaign)).day(last),
            "bodies-below": lambda: office.told(all_below).day(last),
            "province": lambda: province(office).day(last),
            "districts": lambda: districts(office).day(last),
            "district": lambda: tuple(under(one, DISTRICT) for one in districts(office).day(last)),
        }
    )


def notebook(state: str, day_of: Callable[[str], tuple[Day, Day]]) -> nbformat.NotebookNode:
    """The page of a state: the daily one, or another page of the normal day.

    Args:
        state: One of `days`, or of `OTHERS`; in English after `english-`.
        day_of: The day of a state of the daily page, as `days` makes it, and the day before.
    """
    page, lang, root = _parted(state)
    day, previous_day = day_of(root)
    with language(lang):
        if page == "unit":
            return shown(OTHERS[page], unit=unit_of(day, UNIT, previous_day))
        if page == "district":
            return shown("5_unit", unit=Node(day, previous_day))
        if page == "report":
            return shown(OTHERS[page], period=_period(day))
        return shown(OTHERS.get(page, "3_briefing"), day=day, previous_day=previous_day)


def book(state: str, day_of: Callable[[str], tuple[Day, Day]]) -> bytes:
    """The annex of a state: of a day, or of the period with `report`."""
    page, lang, root = _parted(state)
    day, previous_day = day_of(root)
    with language(lang):
        return (
            annex_of_period(_period(day))
            if page == "report"
            else annex(day, published(day, previous_day))
        )


def _parted(state: str) -> tuple[str, str, str]:
    """The page of a state, its language, and the state of its day."""
    page = state.removeprefix("english").removeprefix("-") or "normal"
    lang = "en" if state.startswith("english") else "vi"
    root = "normal" if page in OTHERS else page
    return page, lang, _english(root) if lang == "en" else root


def _english(state: str) -> str:
    return "english" if state == "normal" else f"english-{state}"


def _period(day: Day) -> Period:
    return period_of(day, date(2021, 8, 16), LAST)


def in_each_language(
    made: Mapping[str, Callable[[], Made]],
) -> Mapping[str, Callable[[], Made]]:
    """The same states, and each again in English; that of `normal` is called `english` alone."""

    def english(make: Callable[[], Made]) -> Callable[[], Made]:
        def making() -> Made:
            with language("en"):
                return make()

        return making

    return {**made, **{_english(name): english(make) for name, make in made.items()}}
