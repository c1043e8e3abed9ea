"""Any number of days together: how they began and ended, who reported, against which targets."""

from briefing.tables.period.build import Period, covered_until, period_of
from briefing.tables.period.evaluation import demand_known_rules, unused

__all__ = ["Period", "covered_until", "demand_known_rules", "period_of", "unused"]
