"""Times of day as people write them: 17h00, 15g05, "3 giờ chiều"."""

from __future__ import annotations

import re
from datetime import datetime, time, timedelta

from briefing.intake.values.text import clean, plain

_TIME = re.compile(
    r"(?<![\d:.,/-])(\d{1,2})\s?(?:(?:h|gio|:)\s?(\d{2})(?!\d)|(?:h|gio)(?![^\W_])|g(\d{2})(?!\d)|g(?![^\W_]))"
    r"(?::\d{2}(?!\d))?\s?(?:'|’|p(?![^\W_])|phut)?\s*(sang|trua|chieu|toi|dem|am|pm)?(?![^\W_])"
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
    hour, minute, part = int(match[1]), int(match[2] or match[3] or 0), match[4]
    if match[0].rstrip().endswith("g") and hour < 6:
        return None  # 3G, 4G and 5G are networks
    if (part in ("chieu", "toi", "pm") and hour < 12) or (part == "trua" and hour < 3):
        hour += 12
    elif part in ("dem", "am") and hour == 12:
        hour = 0
    elif part == "dem" and 6 <= hour < 12:
        hour += 12
    return time(hour, minute) if hour < 24 and minute < 60 else None
