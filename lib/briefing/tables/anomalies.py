"""Every figure that was ever in doubt, with what has become of it: open until it is answered."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd

from briefing.catalog.tables import COLUMNS
from briefing.tables.corrections import APPLIED
from briefing.tables.cross_report import COLUMNS as OF_A_FINDING
from briefing.tables.cross_report import SHARED, CheckContext, doubts
from briefing.tables.findings import EXPLAINED, OPEN, OVERTAKEN, RESUBMITTED, closed, wordings
from briefing.tables.reporting import SUPERSEDED, holds, typed

CORRECTED, CONFIRMED = "corrected", "confirmed"  # what an entry does that explains a figure
UNUSED = "copy_of_yesterday"  # a doubt about a report whose figure does not count


def anomalies(context: CheckContext, corrections: pd.DataFrame) -> pd.DataFrame:
    """What has put a unit's figure in doubt on any day up to the context's own.

    A report that a newer one has come in place of, or a figure that an entry has put right, is
    judged as it was when it counted: against the other days as they are known now.

    Args:
        context: The day, with the history up to it.
        corrections: Result of `corrections.outcomes`.

    Returns:
        The columns of anomalies.csv, by day and unit, texts in the current language; `status`:
        open, corrected or confirmed (by an entry), resubmitted (a newer report has come, or one
        that no longer counts people of another unit) or overtaken (a fall, once a later figure
        stands above the height before it);
        `numerator_moved`: persons by which a figure in doubt moves the total, against the unit's
        report before it; missing once it is closed.

    Source:
        The product's rule: a doubt has one life, and every document of a moment shows the same.
    """
    seen = pd.DataFrame(_all(context, corrections), columns=["report_date", *OF_A_FINDING])
    types = dict.fromkeys(COLUMNS["anomalies"], "string")
    types |= {"report_date": "datetime64[ns]", "numerator_moved": "Int64"}
    if seen.empty:
        return typed(seen.reindex(columns=COLUMNS["anomalies"]), types)
    seen = seen.drop_duplicates(["report_date", "report", "rule"], ignore_index=True)
    found = closed(seen, context, corrections)
    shared = context.shared.set_index("report")
    gone = found["rule"].eq(SHARED) & holds(found["report"].map(shared["gone"]).astype("boolean"))
    by_entry, is_open = found["status"].eq(EXPLAINED), found["status"].eq(OPEN)
    kept = found["report"].isin(_confirmed(corrections))
    found["status"] = np.select(
        [by_entry & kept, by_entry, is_open & _overtaken(found, context), is_open & gone],
        [CONFIRMED, CORRECTED, OVERTAKEN, RESUBMITTED],
        found["status"],
    )
    found["numerator_moved"] = _moved(found, context, shared["people"])
    found["message"] = [str(one.message) for one in wordings(found)]
    names = context.history.drop_duplicates("unit_code").set_index("unit_code")["unit_name"]
    found["unit_name"] = found["unit_code"].map(names)
    found = found.sort_values(["report_date", "unit_code"], kind="stable", ignore_index=True)
    return typed(found, types)


def in_doubt(anomalies: pd.DataFrame, until: pd.Timestamp) -> pd.DataFrame:
    """The units whose figure of a day rests on figures in doubt that nobody has answered for.

    A figure that counts on is in doubt on every day after the one that put it there.

    Returns:
        One row per unit: `unit_code`, `doubts` (the rules, in one text), `since` (the first day),
        `numerator_moved` (persons, all of them together; a fall and the jump that undoes it
        cancel).
    """
    of_units = waiting(anomalies[anomalies["report_date"].le(until)])
    unit_days = of_units.drop_duplicates(["unit_code", "report_date"])
    units = of_units.groupby("unit_code")
    return pd.DataFrame(
        {
            "doubts": units["rule"].agg(lambda rules: " ".join(sorted(set(rules)))),
            "since": units["report_date"].min(),
            "numerator_moved": unit_days.groupby("unit_code")["numerator_moved"].sum(),
        }
    ).reset_index()


def waiting(anomalies: pd.DataFrame) -> pd.DataFrame:
    """The doubts that nobody has answered for, of figures that count."""
    return anomalies[anomalies["status"].eq(OPEN) & anomalies["numerator_moved"].notna()]


def sure(history: pd.DataFrame, anomalies: pd.DataFrame) -> pd.Series:
    """The rate of each unit on each day (fraction) without what figures in doubt add to it.

    A fall in doubt takes nothing away: the rate as it was sent is the smaller one.
    """
    unit_days = waiting(anomalies).drop_duplicates(["unit_code", "report_date"])
    if unit_days.empty:
        return history["numerator_cumulative"].clip(lower=0) / history["denominator"]
    moved = unit_days.set_index(["report_date", "unit_code"])["numerator_moved"].astype("float64")
    days = sorted({*history["report_date"], *unit_days["report_date"]})
    added = moved.unstack().reindex(days).fillna(0).cumsum().clip(lower=0).stack()
    keys = pd.MultiIndex.from_frame(history[["report_date", "unit_code"]])
    left = history["numerator_cumulative"] - added.reindex(keys).fillna(0).to_numpy().astype(int)
    return (left.clip(lower=0) / history["denominator"]).astype("Float64")


def sure_on(history: pd.DataFrame, anomalies: pd.DataFrame, moment: pd.Timestamp) -> pd.Series:
    """The rate of each whole on a day without what of it is in doubt.

    Args:
        history: With `area`, which whole each unit is a part of.

    Returns:
        A fraction by `area`; of one of which nothing is left there is none.
    """
    units = history[history["report_date"].eq(moment)]
    moved = in_doubt(anomalies, moment).set_index("unit_code")["numerator_moved"]
    left = units["numerator_cumulative"] - units["unit_code"].map(moved).fillna(0).astype("Int64")
    kept = holds(left > 0)
    of = units.loc[kept, "area"]
    return left[kept].groupby(of).sum() / units.loc[kept, "denominator"].groupby(of).sum()


def _confirmed(corrections: pd.DataFrame) -> pd.Series:
    """The reports whose figure an entry says is right as it was sent."""
    same = corrections["value"].astype("string").eq(corrections["value_before"].astype("string"))
    return corrections.loc[corrections["status"].eq(APPLIED) & holds(same), "report"]


def _moved(found: pd.DataFrame, context: CheckContext, shared: pd.Series) -> pd.Series:
    """What each open figure adds to the one before it; a unit's first one is in doubt whole.

    Of people who are counted in two units, how many they are: `shared`, by report.
    """
    known = context.history.dropna(subset=["report"]).drop_duplicates("report").set_index("report")
    rises = context.steps.set_index("report")["increase"]
    moved = found["report"].map(rises).astype("Int64")
    moved = moved.fillna(found["report"].map(known["numerator_cumulative"]).astype("Int64"))
    moved = moved.mask(found["rule"].eq(SHARED), found["report"].map(shared).astype("Int64"))
    return moved.where(found["status"].eq(OPEN) & found["rule"].ne(UNUSED))


def _overtaken(found: pd.DataFrame, context: CheckContext) -> pd.Series:
    """Which falls lie below a figure of a later day that is above the one before them."""
    known = context.steps
    back = known[::-1]
    highest = back.groupby("unit_code")["numerator_cumulative"].cummax()
    later = highest.groupby(back["unit_code"]).shift()
    known = known.assign(later=later).set_index("report")
    above = found["report"].map(known["later"]) > found["report"].map(known["before"])
    return found["rule"].eq("cumulative_decrease") & holds(above)


def _all(context: CheckContext, corrections: pd.DataFrame) -> Iterator[dict[str, Any]]:
    yield from doubts(context, context.history["report_date"].unique())
    for layer in filter(len, (*_replaced(context), _put_right(context, corrections))):
        then = replace(context, history=_replacing(context.history, layer))
        for finding in doubts(then, layer["report_date"].unique()):
            if finding["report"] in layer.index:
                yield finding


def _replaced(context: CheckContext) -> Iterator[pd.DataFrame]:
    """Reports in whose place newer ones have come: the first of each unit and day, the second."""
    judged = context.judged
    old = judged[judged["verdict"].eq(SUPERSEDED) & holds(judged["placed"])]
    old = old[
        old["numerator_cumulative"].notna() & old["report_date"].le(pd.Timestamp(context.day))
    ]
    if old.empty:
        return
    old = old.sort_values(["received_at", "file", "part"], kind="stable")
    for _turn, layer in old.groupby(old.groupby(["unit_code", "report_date"]).cumcount()):
        yield layer


def _put_right(context: CheckContext, corrections: pd.DataFrame) -> pd.DataFrame:
    """The reports whose figure an entry has put right, with the figure that was sent."""
    if corrections.empty:
        return corrections
    entries = corrections[
        corrections["status"].eq(APPLIED)
        & corrections["column"].eq("numerator_cumulative")
        & corrections["report"].isin(context.history["report"].dropna())
        & corrections["value_before"].notna()
    ].drop_duplicates("report")
    entries = entries[~entries["report"].isin(_confirmed(corrections))].set_index("report")
    reports = context.judged.loc[entries.index.astype(int)]
    return reports.assign(numerator_cumulative=entries["value_before"].astype("Int64").to_numpy())


def _replacing(history: pd.DataFrame, layer: pd.DataFrame) -> pd.DataFrame:
    """The history with each report of a layer in its place."""
    key = ["unit_code", "report_date"]
    was = layer.assign(report=layer.index).set_index(key)
    was = was.reindex(pd.MultiIndex.from_frame(history[key]))
    there = pd.Series(was["report"].notna().to_numpy(), index=history.index)
    out = history.copy()
    for name in ("report", "numerator_cumulative"):
        values = pd.Series(was[name].to_numpy(), index=history.index)
        out[name] = out[name].where(~there, values).astype(history[name].dtype)
    denominator = out["denominator"].astype("Float64")
    rates = out["numerator_cumulative"].astype("Float64") / denominator.where(denominator > 0)
    out["coverage"] = out["coverage"].where(~there, rates)
    out["carried_from"] = out["carried_from"].where(~there, pd.NaT)
    return out
