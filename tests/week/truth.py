"""What is right of the folder, worked out on paper."""

from __future__ import annotations

# Unit: its cumulative and its status at the close of the 16th, the 17th and the 18th. `None`: no
# figure is known; a number after a status: that day's figure is carried from that day of August.
UNITS = {
    "21640": ((4510, "on_time"), (4655, "on_time"), (4790, "on_time")),
    "21685": ((3210, "on_time"), (3292, "on_time"), (3377, "on_time")),
    "21661": ((3005, "on_time"), (3081, "late"), (3150, "on_time")),
    "21670": ((4120, "on_time"), (4275, "on_time"), (4275, "on_time")),
    "21673": ((3320, "on_time"), (3345, "on_time"), (3372, "on_time")),
    "21667": ((2950, "on_time"), (3030, "on_time"), (3120, "on_time")),
    "21664": ((2560, "on_time"), (2601, "on_time"), (2650, "on_time")),
    "21679": ((None, "missing"), (1990, "on_time"), (1990, "missing", 17)),
    "21637": ((2900, "on_time"), (2955, "on_time"), (3010, "on_time")),
    "21655": ((4480, "on_time"), (4566, "on_time"), (9948, "on_time")),
    "21658": ((3060, "on_time"), (3111, "on_time"), (3170, "late")),
    "21649": ((2150, "on_time"), (2190, "on_time"), (2244, "on_time")),
    "21646": ((2230, "late"), (2270, "on_time"), (2270, "unreadable", 17)),
    "21676": ((1640, "on_time"), (1672, "on_time"), (1701, "on_time")),
    "21682": ((2905, "on_time"), (2960, "on_time"), (3012, "on_time")),
    "21652": ((2010, "on_time"), (2044, "on_time"), (2044, "empty", 17)),
    "21643": ((2001, "on_time"), (2033, "on_time"), (1998, "on_time")),
}
# The same at the deadline, where it was otherwise then.
AT_THE_DEADLINE = {
    ("21646", 16): (None, "unreadable"),
    ("21661", 17): (3005, "missing", 16),
    ("21682", 17): (2690, "on_time"),
    ("21658", 18): (3111, "unreadable", 17),
}
# The sum of the figures at the close: all that is known, carried or not.
WHOLE = {16: 47_051, 17: 50_070, 18: 56_121}

# Agency: staff, with a smartphone, installed. What has come and can't be read is no figure, and
# nobody who has sent something is missing.
BODIES = {
    "CQ003": (12, 12, 12),
    "CQ004": (8, 8, 7),
    "CQ002": (15, 15, 15),
    "CQ006": (20, 19, 19),
    "CQ007": (9, 9, 9),
    "CQ009": (14, 13, 12),
    "CQ010": (11, 11, 10),
    "CQ012": (7, 7, 6),
    "CQ018": (9, 8, 8),
    "CQ020": (6, 6, 6),
    "CQ043": None,
    "CQ026": (60, 58, 55),
    "CQ033": (48, 46, 41),
    "CQ053": (820, 640, 512),
    "CQ046": (10, 9, 10),
}

# What a person is told about a report: day, unit, rule. Nothing of these kinds about any other.
SAID = {
    (16, "21646", "file_unreadable"),
    (17, "21685", "text_struck"),
    (17, "21682", "superseded"),
    (18, "21664", "text_hidden"),
    (18, "21655", "jump"),
    (18, "21658", "subject_other"),
    (18, "21646", "file_unreadable"),
    (18, "21676", "date_conflict"),
    (18, "21652", "copy_of_yesterday"),
    (18, "21643", "cumulative_decrease"),
}
KINDS = {rule for _day, _unit, rule in SAID} | {
    "total_mismatch", "number_unreadable", "unit_unknown", "date_missing", "empty_report",
}  # fmt: skip

# Whom the division writes to on the evening of the 18th, and why.
ASKED_FOR_A_REPORT = {"21679"}  # has sent nothing
SENT_BACK = {"21646", "21643", "21655", "21676", "21664"}
