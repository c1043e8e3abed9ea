"""From a day, as it was published, to the tracer of its figures."""

from __future__ import annotations

import json
from datetime import datetime

from briefing.errors import ParamsError
from briefing.messages import _
from briefing.params import Campaign, RunParams
from briefing.params.roster import plain
from briefing.run.day import day_of, take_stock
from briefing.tables import Day
from briefing.tables.lineage import Tracer


def open_trace(run: RunParams) -> tuple[Day, Tracer]:
    """The figures of a day, and where they come from.

    Where the day is published, and no other moment or inputs are asked for, they are those that
    were published; else those that the inbox gives now.

    Raises:
        ParamsError: The run names no day, or its inbox does not exist.
        RunError: An input of the published day is no longer in the register.
    """
    if run.report_date is None:
        raise ParamsError(_("trace: say the day with --date. Nothing was run."))
    run = _as_published(run)
    stock = take_stock(run)
    day = day_of(run, stock)
    return day, Tracer(day, stock.view.rows)


def traced_code(unit: str | None, campaign: Campaign) -> str:
    """Whose figure is meant: a unit or agency by code or name; nobody: the whole.

    Raises:
        ParamsError: Nobody is called so.
    """
    area = campaign.area
    names = (area.code, str(area.name), str(area.whole))
    if not unit or plain(unit) in map(plain, names):
        return area.code
    try:
        return campaign.code_of(unit)
    except ValueError as error:
        raise ParamsError(f"--unit {unit}: {error}. {_('Nothing was run.')}") from error


def _as_published(run: RunParams) -> RunParams:
    manifest = run.outputs / f"{run.report_date}" / "manifest.json"
    if run.manifest or run.as_of or not manifest.is_file():
        return run
    content = json.loads(manifest.read_text(encoding="utf-8"))
    as_of = datetime.fromisoformat(content["as_of"]) if content.get("as_of") else None
    return run.model_copy(update={"manifest": manifest, "as_of": as_of})
