"""What changes per campaign and per run, checked once, before anything is read."""

from briefing.params.campaign import Campaign
from briefing.params.period import PeriodParams
from briefing.params.run import RunParams
from briefing.params.unit import UnitParams

__all__ = ["Campaign", "PeriodParams", "RunParams", "UnitParams"]
