"""The formal report of a period."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Any

from briefing.documents.annex import annex_of_period
from briefing.params import PeriodParams
from briefing.run.cluster import Cluster
from briefing.run.daily import ANNEX
from briefing.run.job import PERIOD, Job, Progress, Published, run_job, unseen
from briefing.run.manifest import Stopwatch, manifest
from briefing.run.opening import period_in
from briefing.run.publish import UNITS
from briefing.run.snapshot import Snapshot
from briefing.tables import write_tables
from briefing.tables.exports import outside
from briefing.tables.period import Period, demand_known_rules


def run_period(
    run: PeriodParams, progress: Progress = unseen, cluster: Cluster | None = None
) -> Published:
    """Make and publish `outputs/<from>_<to>/`, or of one unit `units/<code>/` in it; arguments and
    errors as of `run_job`."""
    if run.texts:
        demand_known_rules(run.texts)
    name = _name(run)
    return run_job(PERIOD, run, name, partial(_plan, run), progress, cluster)


def _name(run: PeriodParams) -> str:
    name = f"{run.first}_{run.last}"
    return f"{name}/{UNITS}/{run.unit_code}" if run.unit_code else name


def _plan(run: PeriodParams, snapshot: Snapshot, watch: Stopwatch) -> Job:
    period = period_in(run, snapshot)
    content = _manifest(run, snapshot, period)
    return Job(PERIOD, run, _name(run), content, watch, partial(_make_files, period))


def _make_files(period: Period, folder: Path, watch: Stopwatch) -> dict[str, Any]:
    with watch.stage("write_tables"):
        write_tables(period.day, outside(period.day, period.published()), folder / "tables")
    with watch.stage("annex"):
        (folder / ANNEX).write_bytes(annex_of_period(period))
    return {}


def _manifest(run: PeriodParams, snapshot: Snapshot, period: Period) -> dict[str, Any]:
    """The manifest of a period: that of the day it ends with, its days, the analyst's words."""
    days = {
        "period_from": period.first.isoformat(),
        "period_to": period.last.isoformat(),
        "covered_to": period.covered_to.isoformat(),
    }
    words = {"texts": run.as_parameters()["texts"]}
    words |= {"unit_code": run.unit_code} if run.unit_code else {}
    return days | manifest(run, snapshot, period.day) | words
