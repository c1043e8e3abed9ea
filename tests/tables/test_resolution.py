"""How a report without a clear reading is to be read, from the days before it."""

from __future__ import annotations

import pandas as pd
import pytest

from briefing.params.readings import Override
from briefing.params.settings import Dates
from briefing.tables.corrections import Outcome
from briefing.tables.resolution import resolve
from briefing.tables.selection import select
from tests.tables.tiny import AN, BINH, correction, day, report, reports, rows


def days_of(*lists: dict | str, reading: str, unit: str = AN, first: int = 16):
    """Reports of consecutive days. A list is persons → counts, or the letters of phones."""
    records, data = [], []
    for position, listed in enumerate(lists):
        counts = listed if isinstance(listed, dict) else dict.fromkeys(listed)
        figure = sum(v or 0 for v in counts.values()) if isinstance(listed, dict) else len(counts)
        records.append(
            report(unit, first + position, f"{first + position} 10:00", figure, reading=reading)
        )
        for person, value in counts.items():
            phone = None if isinstance(listed, dict) else person
            data.append({"report": position, "person": person, "phone": phone, "value": value})
    return records, rows(*data)


def selected(records) -> pd.DataFrame:
    dates = Dates(start=day(15), end=day(25))
    return select(
        reports(*records).assign(vouched=False),
        pd.Series([AN, BINH]),
        pd.Series([], dtype=str),
        dates,
    )


def settled(records, data, overrides=None, corrections=None) -> list[tuple[str, int]]:
    out, _came_of = resolve(selected(records), data, overrides, corrections=corrections)
    return list(out[["reading", "numerator_cumulative"]].itertuples(index=False, name=None))


def test_a_list_that_still_holds_the_earlier_phones_is_the_list_so_far():
    assert settled(*days_of("abcd", "abcdef", reading="roster_all")) == [
        ("roster_all", 4), ("roster_all", 6),
    ]  # fmt: skip


def test_a_list_of_new_phones_alone_is_todays_and_adds_to_yesterdays_total():
    assert settled(*days_of("abcd", "efg", "hi", reading="roster_all")) == [
        ("roster_all", 4),
        ("roster_today", 7),  # 4 + 3
        ("roster_today", 9),  # 7 + 2
    ]


def test_a_phone_listed_on_any_earlier_day_is_not_counted_again():
    first, third = "abcdefghij", "aklmnopqrs"  # a was on the first list
    assert settled(*days_of(first, "uvw", third, reading="roster_all"))[2] == (
        "roster_today", 22,  # 10 + 3 + 10 - 1
    )  # fmt: skip


def test_a_list_after_a_report_without_phones_is_not_taken_for_todays():
    """With nothing to compare there is no evidence that the earlier ones are left out."""
    totals = [{"x": 100, "y": 50}], "per_person"
    records, data = days_of(*totals[0], reading=totals[1])
    listed, more = days_of("abc", reading="roster_all", first=17)
    data = pd.concat([data, more.assign(report=1)], ignore_index=True)

    assert settled([*records, *listed], data) == [("per_person", 150), ("roster_all", 3)]


def test_counts_of_the_same_persons_that_fall_are_of_the_day_and_add_up():
    # p and q count less than the day before: 5→2, 8→3
    assert settled(
        *days_of({"p": 5, "q": 8, "r": 4}, {"p": 2, "q": 3, "r": 6}, reading="per_person")
    ) == [("per_person", 17), ("increment", 28)]  # 17 + 11


def test_once_counts_are_of_the_day_they_stay_so_while_they_do_not_reach_the_total():
    lists = {"p": 5, "q": 8, "r": 4}, {"p": 2, "q": 3, "r": 6}, {"p": 4, "q": 5, "r": 7}

    assert settled(*days_of(*lists, reading="per_person"))[2] == ("increment", 44)  # 28 + 16


def test_a_commune_that_turns_to_running_counts_is_read_as_such_again():
    lists = {"p": 5, "q": 8, "r": 4}, {"p": 2, "q": 3, "r": 6}, {"p": 12, "q": 14, "r": 13}

    assert settled(*days_of(*lists, reading="per_person"))[2] == ("per_person", 39)  # ≥ 28


def test_one_campaigner_whose_count_falls_is_a_correction_and_no_change_of_reading():
    # one of four is more than a fifth, but it is one person: 95→80
    lists = {"p": 100, "q": 120, "r": 80, "s": 95}, {"p": 110, "q": 125, "r": 85, "s": 80}

    assert settled(*days_of(*lists, reading="per_person"))[1] == ("per_person", 400)


def test_a_fall_among_other_persons_is_no_change_of_reading():
    lists = {"p": 50, "q": 80, "r": 40}, {"t": 5, "u": 8, "v": 4}

    assert settled(*days_of(*lists, reading="per_person"))[1] == ("per_person", 17)


def test_the_analysts_reading_goes_before_every_detection():
    growing = days_of("abcd", "abcdef", reading="roster_all")
    falling = days_of({"p": 5, "q": 8, "r": 4}, {"p": 2, "q": 3, "r": 6}, reading="per_person")

    assert settled(*growing, {AN: (Override(reading="increment"),)}, base(4))[1] == (
        "increment",
        10,
    )  # 4 + 6
    assert settled(*growing, {AN: (Override(reading="roster_today"),)})[1] == (
        "roster_today",
        6,
    )  # 4 + e, f
    assert settled(*falling, {AN: (Override(reading="per_person"),)})[1] == ("per_person", 11)
    assert settled(*falling, {BINH: (Override(reading="per_person"),)})[1] == ("increment", 28)


def base(figure: int) -> dict:
    """The cumulative of the first report, which the analyst has asked for."""
    return {0: (correction(value=figure),)}


def test_an_increment_set_by_the_analyst_holds_for_a_report_of_a_total_alone():
    records, data = days_of({"p": 5, "q": 8}, reading="per_person")
    records += [report(AN, d, f"{d} 10:00", 6, reading="total") for d in (17, 18)]

    assert settled(records, data, {AN: (Override(reading="increment"),)}, base(400)) == [
        ("increment", 400), ("increment", 406), ("increment", 412),
    ]  # fmt: skip


def frame_of(records, data, overrides=None, corrections=None) -> pd.DataFrame:
    return resolve(selected(records), data, overrides, corrections=corrections)[0]


def test_an_increment_set_where_nothing_is_known_to_add_to_is_refused_for_every_day():
    """5 + 8 people, then 6 + 9: as the file counts, and not a day's people on top of nobody."""
    lists = {"p": 5, "q": 8}, {"p": 6, "q": 9}
    out = frame_of(*days_of(*lists, reading="per_person"), {AN: (Override(reading="increment"),)})

    assert list(out["numerator_cumulative"]) == [13, 15]
    assert list(out["reading"]) == ["per_person", "per_person"]
    assert list(out["verdict"]) == ["used", "used"]
    assert list(out["refused"]) == ["increment", "increment"]


def test_an_increment_set_from_a_day_after_a_cumulative_is_followed():
    lists = {"p": 5, "q": 8}, {"p": 6, "q": 9}, {"p": 12, "q": 20}
    later = Override(**{"reading": "increment", "from": "2021-08-17", "to": "2021-08-17"})
    out = frame_of(*days_of(*lists, reading="per_person"), {AN: (later,)})

    assert list(out["numerator_cumulative"]) == [13, 28, 32]  # 13 + 15, then as it counts again
    assert out["refused"].isna().all()


def test_a_reading_set_for_one_file_holds_for_that_file_alone():
    lists = {"p": 5, "q": 8}, {"p": 6, "q": 9}, {"p": 12, "q": 20}
    records, data = days_of(*lists, reading="per_person")
    mine = Override(reading="increment", file=records[1]["file"])
    out = frame_of(records, data, {AN: (mine,)})

    assert list(out["numerator_cumulative"]) == [13, 28, 32]


def test_a_day_alone_that_its_own_file_says_gives_no_figure_without_a_cumulative_before():
    alone = {"reading": "increment", "usable": False}
    out = frame_of([report(AN, 16, "16 10:00", numerator_new=7) | alone], rows())

    assert out["numerator_cumulative"].isna().all() and out["unbased"].all()
    assert list(out["verdict"]) == ["rejected"]


def test_a_report_that_says_itself_that_it_gives_the_day_counts_once_there_is_a_total():
    """Monday's is a day's alone, Tuesday's is the cumulative, Wednesday's a day's again."""
    alone = {"reading": "increment", "usable": False}
    records = [
        report(AN, 16, "16 10:00", numerator_new=7) | alone,
        report(AN, 17, "17 10:00", 400, reading="total"),
        report(AN, 18, "18 10:00", numerator_new=9) | alone,
    ]
    out = frame_of(records, rows())

    assert list(out["verdict"]) == ["rejected", "used", "used"]
    assert out["numerator_cumulative"].iloc[2] == 409  # 400 + 9


def test_lists_of_the_day_alone_add_up_and_say_that_earlier_people_are_not_in_them():
    records, data = days_of("abcd", "efg", "ghi", reading="roster_all")
    out = frame_of(records, data, {AN: (Override(reading="roster_today"),)})

    assert list(out["numerator_cumulative"]) == [4, 7, 9]  # g was listed before
    assert list(out["reading"]) == ["roster_today"] * 3
    assert out["partial"].all()


def test_a_list_of_the_day_after_a_cumulative_is_not_partial():
    records = [report(AN, 16, "16 10:00", 400, reading="total")]
    listed, data = days_of("abc", reading="roster_all", first=17)
    data = data.assign(report=1)
    today = [listed[0] | {"reading": "roster_today", "numerator_cumulative": None,
                          "numerator_new": 3, "usable": False}]  # fmt: skip
    out = frame_of([*records, *today], data)

    assert list(out["numerator_cumulative"]) == [400, 403]
    assert not out["partial"].any()


def test_marked_people_that_are_all_new_are_todays():
    records, data = days_of("abcd", "efg", reading="flag")

    assert settled(records, data) == [("flag", 4), ("roster_today", 7)]


def test_hamlets_are_compared_by_their_names_where_the_persons_differ():
    """Another contact each day, the same hamlets: three of three fall."""
    records, data = days_of({"p": 50, "q": 80, "r": 40}, {"s": 5, "t": 8, "u": 4},
                            reading="per_place")  # fmt: skip
    data = data.assign(place=["1", "2", "3"] * 2)

    assert settled(records, data)[1] == ("increment", 187)  # 170 + 17


def test_an_unusable_increment_does_not_take_the_place_of_the_figure_of_its_day():
    """A total at 10:00; at 14:00 somebody sends the day's count, with nothing before it."""
    records = [
        report(AN, 16, "16 10:00", 400, reading="total"),
        report(AN, 16, "16 14:00", numerator_new=7) | {"reading": "increment", "usable": False},
    ]
    out = frame_of(records, rows())

    assert list(out["verdict"]) == ["used", "rejected"]


def test_what_follows_a_corrected_figure_rests_on_the_corrected_one():
    alone = {"reading": "increment", "usable": False}
    records = [
        report(AN, 16, "16 10:00", 4000, reading="total"),
        report(AN, 17, "17 10:00", numerator_new=9) | alone,
        report(AN, 18, "18 10:00", numerator_new=70) | alone,
    ]
    wanted = {
        0: (correction(1, found=4000, value=400),),
        2: (correction(2, column="numerator_new", found=70, value=7),),
    }
    out, came_of = resolve(selected(records), rows(), corrections=wanted)

    assert list(out["numerator_cumulative"]) == [400, 409, 416]
    assert came_of == {1: Outcome("applied", 0, 4000), 2: Outcome("applied", 2, 70)}


def test_reports_are_settled_in_the_order_of_their_days_and_not_of_their_arrival():
    (monday, tuesday), data = days_of("abcd", "efg", reading="roster_all")
    swapped = data.assign(report=1 - data["report"])  # Tuesday's stands first

    assert settled([tuesday, monday], swapped) == [("roster_today", 7), ("roster_all", 4)]


def test_communes_do_not_settle_each_other():
    one, data = days_of("abcd", reading="roster_all")
    other, more = days_of("efg", reading="roster_all", unit=BINH, first=17)
    both = pd.concat([data, more.assign(report=1)], ignore_index=True)

    assert settled([*one, *other], both) == [("roster_all", 4), ("roster_all", 3)]


@pytest.mark.parametrize("later", [(), ({"p": 1, "q": 1, "r": 1},)])
def test_what_comes_later_never_changes_how_an_earlier_day_is_read(later):
    lists = {"p": 5, "q": 8, "r": 4}, {"p": 7, "q": 9, "r": 6}

    assert settled(*days_of(*lists, *later, reading="per_person"))[:2] == [
        ("per_person", 17), ("per_person", 22),
    ]  # fmt: skip


def test_nothing_reported_is_nothing_settled():
    assert settled([], rows()) == []


def test_two_corrections_in_a_list_that_goes_on_growing_do_not_make_it_a_days_counts():
    """8 hamlets, 2 corrected downwards, the sum about the same: doubling it would be a disaster."""
    before = dict.fromkeys("abcdefgh", 50)
    after = before | {"a": 45, "b": 48, "c": 55}

    assert settled(*days_of(before, after, reading="per_place"))[1] == ("per_place", 398)


def test_what_the_file_alone_was_read_as_is_kept_beside_what_history_made_of_it():
    falling = days_of({"p": 5, "q": 8, "r": 4}, {"p": 2, "q": 3, "r": 6}, reading="per_person")

    out, _came_of = resolve(selected(falling[0]), falling[1])

    assert list(out["reading_alone"]) == ["per_person", "per_person"]
    assert list(out["reading"]) == ["per_person", "increment"]


# The bounds, on both sides

TWENTY = "abcdefghijklmnopqrst"


@pytest.mark.parametrize(("kept", "confidence"), [(19, "high"), (18, "low")])
def test_a_list_holds_the_earlier_phones_where_19_of_20_are_in_it(kept, confidence):
    records, data = days_of(TWENTY, TWENTY[:kept] + "uvwxyz", reading="roster_all")
    out = frame_of([{**one, "reading_confidence": "low"} for one in records], data)

    assert out["reading_confidence"].iloc[1] == confidence


@pytest.mark.parametrize(
    ("second", "reading"),
    [("abuvwxyz123", "roster_today"), ("abcuvwxyz123", "roster_all")],  # 2 and 3 of 20 in both
)
def test_a_list_is_todays_where_at_most_a_tenth_of_both_lists_is_in_both(second, reading):
    assert settled(*days_of(TWENTY[:11], second, reading="roster_all"))[1][0] == reading


@pytest.mark.parametrize(("fallen", "reading"), [(2, "per_person"), (3, "increment")])
def test_far_fewer_persons_are_a_days_where_more_than_a_fifth_count_less(fallen, reading):
    before = dict.fromkeys("abc"[:fallen], 500) | dict.fromkeys("defghijklm"[: 10 - fallen], 10)
    after = before | dict.fromkeys("abc"[:fallen], 5)

    assert settled(*days_of(before, after, reading="per_person"))[1][0] == reading


@pytest.mark.parametrize(("of_a", "reading"), [(134, "per_person"), (133, "increment")])
def test_far_fewer_is_less_than_half(of_a, reading):
    before = dict.fromkeys("abc", 300) | dict.fromkeys("defghi", 14) | {"j": 16}  # 1,000
    after = before | {"a": of_a, "b": 133, "c": 133}  # 500 or 499; three of ten fall

    assert settled(*days_of(before, after, reading="per_person"))[1][0] == reading


@pytest.mark.parametrize(("fallen", "reading"), [(4, "per_person"), (5, "increment")])
def test_about_as_many_are_a_days_where_more_than_two_fifths_count_less(fallen, reading):
    before = dict.fromkeys("abcdefghij", 10)
    after = before | dict.fromkeys("abcdefghij"[:fallen], 9)

    assert settled(*days_of(before, after, reading="per_person"))[1][0] == reading


def test_one_of_two_who_counts_less_is_a_correction():
    lists = {"p": 10, "q": 10}, {"p": 5, "q": 10}

    assert settled(*days_of(*lists, reading="per_person"))[1] == ("per_person", 15)


@pytest.mark.parametrize(("of_q", "reading"), [(50, "increment"), (51, "per_person")])
def test_more_than_a_sixth_of_all_who_can_install_is_no_days_count(of_q, reading):
    records, data = days_of({"p": 200, "q": 200}, {"p": 50, "q": of_q}, reading="per_person")
    out, _came_of = resolve(selected(records), data, denominator={AN: 600})

    assert out["reading"].iloc[1] == reading  # 100 or 101 of 600
