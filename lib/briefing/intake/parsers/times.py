"""Times of day as people write them: 17h00, 15g05, "3 giờ chiều"."""

from __future__ import annotations

import re
from datetime import datetime, time, timedelta

from briefing.intake.parsers.text import clean, plain
from briefing.locale.pack import Worded

_TIME = Worded(
    r"(?<![\d:.,/-])(\d{1,2})\s?(?:(?:«times.hour»|:)\s?(\d{2})(?!\d)|«times.hour_alone»"
    r"|«times.short_hour»(\d{2})(?!\d)|(?P<short>«times.short_hour»)(?![^\W_]))"
    r"(?::\d{2}(?!\d))?\s?(?:'|’|«times.minute»)?\s*(?:«times.morning»|(?P<before_noon>«times.before_noon»)"
    r"|(?P<noon>«times.noon»)|(?P<afternoon>«times.afternoon»)|(?P<night>«times.night»))?(?![^\W_])"
)


def parse_time(text: object) -> time | None:
    """The first time of day in a text: 17h00, 15h, 15h05', 15g00, 15:00, "3 giờ chiều"."""
    if isinstance(text, datetime):
        return text.time()
    if isinstance(text, time):
        return text
    if isinstance(text, float) and 0 <= text < 1:
        return (datetime.min + timedelta(minutes=round(text * 1440))).time()
    for match in _TIME.finditer(plain(clean(text))):
        if found := _clock(match):
            return found
    return None


def _clock(match: re.Match[str]) -> time | None:
    hour, minute = int(match[1]), int(match[2] or match[3] or 0)
    behind = match.string[match.end("short") : match.end()] if match["short"] else "h"
    if not behind.strip() and hour < 6:
        return None  # 3G, 4G and 5G are networks
    if (match["afternoon"] and hour < 12) or (match["noon"] and hour < 3):
        hour += 12
    elif (match["night"] or match["before_noon"]) and hour == 12:
        hour = 0
    elif match["night"] and 6 <= hour < 12:
        hour += 12
    return time(hour, minute) if hour < 24 and minute < 60 else None
