"""How tables hold their texts: as Python does where rows are few, as Arrow does where many.

Most steps of a table of some hundred rows take half as long again with Arrow, or twice as long;
from some thousand rows on they take less, and the texts take less memory.
"""

from __future__ import annotations

import pandas as pd

from briefing.params import Campaign

FEW = 5_000  # rows of a table of all units on all days


def hold_texts_of(campaign: Campaign) -> None:
    """Have tables that are made from here on hold their texts as suits a campaign of this size."""
    days = (campaign.dates.end - campaign.dates.start).days + 1
    few = len(campaign.unit_rows) * days <= FEW
    pd.set_option("mode.string_storage", "python" if few else "pyarrow")
