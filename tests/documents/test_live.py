"""What `briefing status --watch` shows of a day."""

from __future__ import annotations

from briefing.documents.live import summary
from briefing.tables import build
from tests.tables.tiny import AN, campaign, day, report, view


def test_the_summary_of_a_watch_counts_units_and_bodies(tmp_path):
    sent = [
        report(AN, 17, "17 14:00", 60),
        report("CQ1", None, "17 09:00", form="mau01", staff_denominator=16, staff_numerator=12),
    ]

    said = summary(build(view(*sent), campaign(tmp_path), day(17)))

    assert said.startswith("Đã nhận 1/4 báo cáo. ")
    assert said.endswith(" Cơ quan, đơn vị: 1/2 nơi đã báo cáo.")
