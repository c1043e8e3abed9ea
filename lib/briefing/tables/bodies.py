"""The bodies that report once: their staff, the denominator and the numerator among them."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd

from briefing.params.entries import ONCE
from briefing.params.settings import BodyReporting
from briefing.tables.cells import file_name
from briefing.tables.day import Day
from briefing.tables.reporting import ARRIVAL, NOT_DUE, REJECTED, USED, holds, of_somebody

LOOKED_AT = ["unit_code", *ARRIVAL, "member", "may_be", "verdict", *ONCE, "qr_photo"]


def bodies(
    judged: pd.DataFrame, expected: pd.DataFrame, rule: BodyReporting, day: date, tz: str
) -> pd.DataFrame:
    """How each body stands.

    Coverage is numerator ÷ denominator, kept above 1 where the report says so, and missing
    where the denominator is zero.

    Args:
        judged: Reports with `verdict`.
        expected: One row per body: `body_code`, `name`, `sector`.
        rule: The day by whose end the report is due, and the target (fraction).
        day: Until it is past, a body that has not reported is `not_due`, then `missing`.
        tz: Time zone of the due day.

    Returns:
        One row per body, in the order of `expected`: the contract's columns of bodies.csv
        `report` (index in `judged`) and `unused_file` (the name of the newest file that came,
        where nothing of what came could be used).

    Source:
        The letter of the first campaign, of August 2021, point 1: “đảm bảo 100% cán bộ,
        công chức, viên chức, người lao động có điện thoại thông minh cài đặt”; the three counts are
        those of the staff form.
    """
    judged = judged[judged.columns.intersection(LOOKED_AT)]
    sent = pd.concat([judged, of_somebody(judged)])
    known = holds(sent["unit_code"].isin(expected["body_code"]))
    arrived = sent[known].sort_values(ARRIVAL, kind="stable")
    used = arrived[arrived["verdict"].eq(USED)]
    used = used.assign(report=used.index).set_index("unit_code")
    out = expected[["body_code", "name", "sector"]].rename(columns={"name": "body_name"})
    out = out.join(used[[*ONCE, "qr_photo", "report"]], on="body_code")
    out = out.assign(**_standing(arrived, out["body_code"], rule, day, tz))
    denominator = out["staff_denominator"].where(out["staff_denominator"] > 0)
    out["coverage"] = out["staff_numerator"] / denominator
    goal = np.ceil((rule.target * denominator.astype("Float64")).round(6))
    out["numerator_needed"] = (goal - out["staff_numerator"]).clip(lower=0).astype("Int64")
    out["qr_posted"] = out["qr_photo"].where(out["qr_photo"].fillna(False))
    out["report"] = out["report"].astype("Int64")
    return out.reset_index(drop=True)


def short_of_target(day: Day) -> pd.DataFrame:
    """The bodies that have reported less than their target, or more than there are: the rows of
    `Day.bodies`, those furthest from the target first."""
    reported = day.bodies[day.bodies["report"].notna()]
    below = holds(reported["coverage"] < day.campaign.once.target)
    over = holds(reported["coverage"] > 1)
    return reported[below | over].sort_values("numerator_needed", ascending=False, kind="stable")


def _standing(
    arrived: pd.DataFrame, codes: pd.Series, rule: BodyReporting, day: date, tz: str
) -> dict[str, pd.Series]:
    """`received_at`, `status` and `unused_file` of each body: its first usable report decides,
    if any; who has sent anything else is not missing, whatever it was."""
    usable = arrived[arrived["verdict"] != REJECTED].groupby("unit_code")["received_at"].first()
    newest = arrived.groupby("unit_code").tail(1).set_index("unit_code").reindex(codes)
    newest = newest.set_axis(codes.index)
    first, any_time = usable.reindex(codes).set_axis(codes.index), newest["received_at"]
    end = (pd.Timestamp(rule.due) + pd.Timedelta(days=1)).tz_localize(tz)
    waiting = "missing" if day > rule.due else NOT_DUE
    status = pd.Series(waiting, index=codes.index, dtype="string")
    status = status.mask(any_time.notna(), "unreadable")
    status = status.mask(first.notna(), "late").mask(first < end, "on_time")
    unused = newest[status.eq("unreadable")]
    names = [file_name(report) for _n, report in unused.iterrows()]
    files = pd.Series(names, unused.index, dtype="string").reindex(codes.index)
    return {"received_at": first.fillna(any_time), "status": status, "unused_file": files}
