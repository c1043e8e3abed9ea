"""Messages in which a hasty reader takes the wrong number, or the right one for another unit."""

from __future__ import annotations

from tests.corpus.case import daily
from tests.corpus.cases.chats import DUC, SON, TQB, TQN, roughly, unnamed, unread
from tests.corpus.cases.told import count, told

BS = "21640"
NUMBERS = [
    told("thousands-by-an-apostrophe", "Bồng Sơn 16/8 lk 5'432", count(5432)),
    told("thousands-by-a-curled-apostrophe", "Bồng Sơn 16/8 lk 5’432", count(5432)),
    told("an-apostrophe-in-the-wrong-place", "Bồng Sơn 16/8 lk 5'43", unread(BS, "line 1")),
    told("a-range", "Bồng Sơn 16/8 lk 5400-5500", unread(BS, "line 1")),
    told("a-range-in-words", "Bồng Sơn 16/8 lk từ 5400 đến 5500", unread(BS, "line 1")),
    told("a-bound", "Bồng Sơn 16/8 lk dưới 5500",
         daily(5500, ("number_approximate", "line 1"), phones=None)),
    told("a-question", "Bồng Sơn 16/8 lk 5432?",
         daily(5432, ("number_approximate", "line 1"), phones=None)),
    told("dots-in-the-wrong-places", "Bồng Sơn 16/8 lk 1.234.5", unread(BS, "line 1")),
    told("a-gap-in-a-decimal", "Bồng Sơn 16/8 lk 5,43 2", unread(BS, "line 1")),
    told("a-letter-among-digits", "Bồng Sơn 16/8 lk 5l32", unread(BS, "line 1")),
    told("words-alone", "Bồng Sơn 16/8 lk năm nghìn bốn trăm", unread(BS, "line 1")),
    told("digits-apart", "Bồng Sơn 16/8 lk 5 4 3 2", unread(BS, "line 1")),
    told("a-zero-in-front", "Bồng Sơn 16/8 lk 05432", count(5432)),
    told("a-sum-without-its-result", "Bồng Sơn 16/8 lk 5400 + 32", unread(BS, "line 1")),
    told("from-and-to", "Bồng Sơn 16/8 từ 5.312 lên 5.432", unread(BS, "line 1")),
    told("a-rate-that-grew", "Bồng Sơn 16/8 lk 5.432 tăng 1,2% so hôm qua", count(5432)),
    told("women-among-them", "Bồng Sơn 16/8: lk 20 (trong đó nữ 12)", count(20)),
    told("nearly-a-thousand", "Bồng Sơn 16/8 lk gần 5k",
         roughly(5000, BS, "line 1")),
    told("million", "Bồng Sơn 16/8 lk 5 triệu", unread(BS, "line 1")),
    told("cumulative-said-twice-alike", "Bồng Sơn 16/8 lk 5.432, tổng 5432", count(5432)),
    told("places-without-their-sum", "Bồng Sơn 16/8: KP1 120, KP2 130", unread(BS, "line 1")),
    told("places-and-their-sum", "Bồng Sơn 16/8 Khu phố 1: 120; Khu phố 2: 130; tổng 250",
         count(250)),
]  # fmt: skip
WHOSE = [
    told("another-unit-has-sent", "Hoài Đức đã gửi. Bồng Sơn 16/8 lk 5432", count(5432)),
    told("another-unit-has-not-sent", "Hoài Đức chưa gửi, Bồng Sơn 16/8 lk 5432", count(5432)),
    told("names-in-short", "lk 16/8 Tam Quan 1000, Bắc 1200, Nam 1300",
         unnamed(1000, "21637", "line 1"), unnamed(1200, TQB, "line 1"),
         unnamed(1300, TQN, "line 1")),
    told("west-in-short", "Hoài Thanh 16/8 lk 1000, Tây lk 1200", count(1000, "21667"),
         count(1200, "21664")),
    told("men-are-no-south", "Tam Quan 16/8 lk 1000, nam 600", count(1000, "21637")),
    told("men-and-women", "Tam Quan 16/8 lk 1000, Nam 600, Nữ 400", count(1000, "21637")),
    told("brackets-around-an-items-number", ["lk 16/8", "(1) Bồng Sơn 5432", "(2) Hoài Đức 3210"],
         count(5432), count(3210, DUC)),
    told("strokes-behind-an-items-number", ["lk 16/8", "1/ Bồng Sơn 5432", "2/ P. Hoài Đức 3210"],
         count(5432), count(3210, DUC)),
    told("dashes-behind-an-items-number", ["lk 16/8", "1- Bồng Sơn: 45", "2- Hoài Đức: 50"],
         count(45), count(50, DUC)),
    told("items-as-large-as-figures", ["lk 16/8", "1. Bồng Sơn: 2", "2. Hoài Đức: 3",
         "3. Hoài Sơn: 4"], count(2), count(3, DUC), count(4, SON)),
    told("a-figure-on-the-next-line", ["Bồng Sơn ngày 16/8 lk", "5.432 người; Hoài Đức lk 3.210"],
         count(5432), count(3210, DUC)),
]  # fmt: skip
DAYS = [
    told("two-days-in-a-sentence", "Bồng Sơn 15/8 lk 5.300, 16/8 lk 5.432",
         count(5300, day="2021-08-15"), count(5432)),
    told("two-days-of-one-word", "Bồng Sơn lk ngày 15/8: 5.300; ngày 16/8: 5.432",
         count(5300, day="2021-08-15"), count(5432)),
    told("a-day-to-compare-with", "Bồng Sơn 16/8 lk 5.432 so với ngày 15/8", count(5432)),
    told("no-such-day", "Bồng Sơn ngày 31/9/2021: lk 5432",
         daily(5432, ("date_missing", "line 1"), day=None, phones=None)),
    told("no-such-day-in-short", "Bồng Sơn 32/8: lk 45",
         daily(45, ("date_missing", "line 1"), day=None, phones=None)),
    told("no-such-day-but-in-the-name", "Bồng Sơn 30/2/2021 lk 45",
         daily(45, ("date_conflict", "line 1"), phones=None), file="Bong Son 16-8.txt"),
]  # fmt: skip

CASES = [*NUMBERS, *WHOSE, *DAYS]
