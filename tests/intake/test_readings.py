"""What a commune means by Lũy kế: each reading on its own file, and on those that look like it."""

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from making import HEAD, bare, name, people, phone, workbook

from briefing.intake.parsers.places import Places
from briefing.intake.reader import Reader
from briefing.intake.readers.grids import Grid
from briefing.intake.tables.datarows import Found
from briefing.intake.tables.readings import recognise
from briefing.intake.tables.rows import DataRows
from briefing.intake.tables.table import Table, clean_table
from briefing.intake.tables.tallies import OF_THE_DAY, TALLIES
from briefing.params.readings import Override

FILE = "BC Bong Son 16-8.xlsx"
TOTAL = "Tổng cộng"
PLACES = [
    *(f"Khu phố {i}" for i in range(1, 6)), "Liêm Bình", "Phụ Đức", "Trung Lương",
    "Thiết Đính Bắc", "Thiết Đính Nam",
]  # fmt: skip


def table(read, values, *, total=None, merge=(), places=None, head=HEAD):
    rows = bare(people(values, **({"places": places} if places else {})), head)
    if total is not None:
        rows.append([TOTAL, None, None, None, total])
    return read(workbook(rows, merge=merge), FILE)


def read_as(report) -> tuple:
    return report.reading, report.reading_confidence, report.facts["numerator_cumulative"]


def rules(report) -> set[str]:
    return {f.rule for f in report.findings}


# Each reading on its own file


def test_campaigners_with_running_counts_are_added_up(read):
    report = table(read, [45, 38, 52, 17], places=["Khu phố 1", "Khu phố 2"])

    assert read_as(report) == ("per_person", "high", 152)
    assert rules(report) == set()


def test_hamlets_with_running_counts_are_added_up(read):
    report = table(read, range(100, 110), places=PLACES, total=1045)

    assert read_as(report) == ("per_place", "high", 1045)


def test_a_list_of_everybody_is_counted_by_its_phones(read):
    report = table(read, range(1, 31))

    assert read_as(report) == ("roster_all", "high", 30)
    assert report.sources["numerator_cumulative"] == "Sheet1!E2:E31"


def test_a_count_that_runs_on_gives_its_last_value(read):
    report = table(read, range(5401, 5433))

    assert read_as(report) == ("running", "high", 5432)
    assert report.sources["numerator_cumulative"] == "Sheet1!E33"


@pytest.mark.parametrize("at", [0, 19])
def test_one_value_in_the_first_or_the_last_row_is_the_units(read, at):
    values = [None] * 20
    values[at] = 5432
    report = table(read, values)

    assert read_as(report) == ("total", "high", 5432)
    assert report.sources["numerator_cumulative"] == f"Sheet1!E{at + 2}"
    assert rules(report) == set()


def test_one_value_in_a_merged_cell_is_the_units(read):
    report = table(read, [5432, *[None] * 19], merge=["E2:E21"])

    assert read_as(report) == ("total", "high", 5432)


def test_one_value_in_the_row_of_totals_is_the_units(read):
    report = table(read, [None] * 20, total="5.432")

    assert read_as(report) == ("total", "high", 5432)
    assert report.sources["numerator_cumulative"] == "Sheet1!E22"


def test_the_units_value_repeated_in_each_row_is_taken_once(read):
    report = table(read, [5432] * 20)

    assert read_as(report) == ("total", "high", 5432)


@pytest.mark.parametrize("mark", ["x", "X", "có", "✓", "đã cài", 1])
def test_marked_rows_are_counted(read, mark):
    report = table(read, [mark, None, mark, mark, None])

    assert read_as(report) == ("flag", "high", 3)


def test_ratios_give_their_numerators(read):
    report = table(read, ["35/120", "40/100", "12/50"])

    assert read_as(report) == ("ratio", "high", 87)


def test_a_count_among_ratios_is_added_too(read):
    assert read_as(table(read, ["35/120", "40/100", 12])) == ("ratio", "high", 87)


@pytest.mark.parametrize("rate", ["42,85%", 0.4285])
def test_a_rate_gives_a_count_of_the_denominator_and_is_said(read, rate):
    report = table(read, [rate, None, None])

    assert read_as(report) == ("percent", "high", 4341)  # 0.4285 × 10,130 = 4,340.7
    assert [(f.rule, f.where) for f in report.findings] == [("percent_only", "Sheet1!E2")]


def test_several_rates_give_no_figure(read):
    report = table(read, ["42%", "50%", "37%"])

    assert report.facts["numerator_cumulative"] is None
    assert "percent_only" in rules(report)


# Look-alikes


def test_a_roster_with_a_total_of_its_rows_is_a_roster(read):
    assert read_as(table(read, [None] * 12, total=12)) == ("roster_all", "high", 12)


def test_a_blank_roster_could_be_todays_only_and_says_so(read):
    report = table(read, [None] * 12)

    assert read_as(report) == ("roster_all", "low", 12)
    assert [(f.rule, f.where) for f in report.findings] == [("reading_low_confidence", "Sheet1!E1")]


def test_a_roster_counts_a_phone_once_and_leaves_out_what_is_no_phone(read):
    rows = people(range(1, 11))
    rows[4][3], rows[7][3] = phone(0), "09123"
    report = read(workbook(bare(rows)), FILE)

    assert read_as(report) == ("roster_all", "high", 8)
    assert [(f.severity, f.rule, f.where) for f in report.findings] == [
        ("warning", "phone_duplicate", "Sheet1!D6"),
        ("error", "phone_invalid", "Sheet1!D9"),
    ]
    assert (report.rows_used, report.rows_set_aside) == (8, 2)


def test_a_roster_of_which_one_number_is_a_slip_is_still_a_roster(read):
    values = [*range(1, 30), 300]
    report = table(read, values)

    assert read_as(report) == ("roster_all", "low", 30)


def test_a_count_that_runs_on_without_serial_numbers_is_seen_by_its_steps(read):
    rows = [row[1:] for row in people(range(5401, 5433))]
    report = read(workbook(bare(rows, HEAD[1:])), FILE)

    assert read_as(report) == ("running", "high", 5432)


def test_serial_numbers_that_begin_again_for_each_hamlet_do_not_hide_a_running_count(read):
    rows = people(range(5401, 5433))
    for i, row in enumerate(rows):
        row[0] = i % 8 + 1
    report = read(workbook(bare(rows)), FILE)

    assert report.facts["numerator_cumulative"] == 5432


def test_three_campaigners_who_happen_to_count_1_2_3_are_not_certain(read):
    assert table(read, [1, 2, 3]).reading_confidence == "low"


@pytest.mark.parametrize(("rows", "confidence"), [(4, "low"), (5, "high")])
def test_five_rows_that_count_on_are_no_chance(read, rows, confidence):
    report = table(read, range(1, rows + 1), places=["Khu phố 1"])

    assert read_as(report) == ("roster_all", confidence, rows)


def test_a_total_settles_that_1_2_3_are_counts_of_campaigners(read):
    assert read_as(table(read, [1, 2, 3], total=6)) == ("per_person", "high", 6)


def test_a_list_of_campaigners_with_a_total_is_added_up_once(read):
    report = table(read, [45, 38, 52], total=135)

    assert read_as(report) == ("per_person", "high", 135)
    assert rules(report) == set()


def test_a_list_of_ones_is_counted(read):
    assert read_as(table(read, [1] * 8))[2] == 8


def test_one_row_alone_is_the_units_value_under_every_reading(read):
    assert read_as(table(read, [45]))[1:] == ("high", 45)


def test_one_row_that_differs_from_the_total_is_a_finding(read):
    report = table(read, [5432, None, None], total=5500)

    assert [(f.rule, f.where) for f in report.findings] == [("total_mismatch", "Sheet1!E5")]


def test_a_few_equal_values_are_not_certain(read):
    assert table(read, [10, 10, 10]).reading_confidence == "low"


def test_equal_values_that_the_total_adds_up_are_counts_of_campaigners(read):
    assert read_as(table(read, [10, 10, 10], total=30)) == ("per_person", "high", 30)


def test_equal_values_that_the_total_repeats_are_the_units(read):
    assert read_as(table(read, [10, 10, 10], total=10)) == ("total", "high", 10)


@pytest.mark.parametrize("values", [[45, 38], [38, 45], [12, 30, 45], [45, 38, 12]])
def test_campaigners_in_any_order_are_certain(read, values):
    assert read_as(table(read, values)) == ("per_person", "high", sum(values))


def test_two_values_that_count_on_are_not_certain(read):
    assert table(read, [12, 13]).reading_confidence == "low"


def test_a_total_that_repeats_the_last_value_makes_a_running_count_possible(read):
    report = table(read, [12, 30, 45], total=45)

    assert report.reading_confidence == "low"
    assert {"reading_low_confidence", "total_mismatch"} <= rules(report)


def test_a_roster_without_any_phone_has_no_figure_and_says_so(read):
    rows = [[i, name(i), "Khu phố 1", None] for i in range(1, 6)]
    report = read(workbook(bare(rows, [*HEAD[:3], "Lũy kế"])), FILE)

    assert report.facts["numerator_cumulative"] is None
    assert "number_unreadable" in rules(report)


def test_a_count_that_runs_on_beside_serial_numbers_that_do_too_is_no_list(read):
    rows = [[5401 + i, *row[1:]] for i, row in enumerate(people(range(5401, 5433)))]
    report = read(workbook(bare(rows)), FILE)

    assert read_as(report) == ("running", "high", 5432)


@pytest.mark.parametrize(("at", "slip", "value"), [(12, 54130, 5432), (31, 54320, 5431)])
def test_a_slip_in_a_count_that_runs_on_is_said_and_never_the_figure(read, at, slip, value):
    values = [*range(5401, 5433)]
    values[at] = slip
    report = table(read, values)

    assert read_as(report) == ("running", "low", value)
    assert ("number_out_of_step", f"Sheet1!E{at + 2}") in [
        (f.rule, f.where) for f in report.findings
    ]


GROUPED = ["Khu phố 1"] * 3 + ["Khu phố 2"] * 2 + ["Khu phố 3"] * 2


def test_a_count_merged_over_the_rows_of_each_hamlet_is_counted_once_for_each(read):
    values = [120, None, None, 80, None, 60, None]
    report = table(read, values, merge=["E2:E4", "E5:E6", "E7:E8"], places=GROUPED)

    assert read_as(report) == ("per_place", "high", 260)
    assert rules(report) == set() and report.rows_set_aside == 0


def test_a_count_in_the_first_row_of_each_hamlet_only_is_the_hamlets(read):
    report = table(read, [120, None, None, 80, None, 60, None], places=GROUPED)

    assert read_as(report) == ("per_place", "high", 260) and rules(report) == set()


def test_an_address_merged_over_several_rows_is_that_of_each(read):
    rows = people([45, 38, 52], places=["Khu phố 1", None, None])
    report = read(workbook(bare(rows), merge=["C2:C4"]), FILE)

    assert {row.place for row in report.rows} == {"1"}


def test_a_hamlets_count_said_again_in_each_of_its_rows_is_taken_once_with_doubt(read):
    report = table(read, [120, 120, 120, 80, 80, 60, 60], places=GROUPED)

    assert read_as(report) == ("per_place", "low", 260)


@pytest.mark.parametrize(("total", "reading"), [(260, "per_place"), (640, "per_person")])
def test_a_total_settles_whether_counts_are_said_again(read, total, reading):
    report = table(read, [120, 120, 120, 80, 80, 60, 60], places=GROUPED, total=total)

    assert read_as(report) == (reading, "high", total)


def test_a_row_of_totals_alone_is_the_units(read):
    assert read_as(table(read, [], total=5432)) == ("total", "high", 5432)


def test_ones_and_noughts_are_yes_and_no(read):
    assert read_as(table(read, [1, 0, 1, 1, 0])) == ("flag", "high", 3)


def test_words_for_no_among_marks_are_no_mistake(read):
    report = table(read, ["x", None, "không", "x", "chưa"])

    assert read_as(report) == ("flag", "high", 2) and rules(report) == set()


def test_a_count_among_marks_is_said_and_is_not_taken_for_the_units(read):
    report = table(read, ["x", "x", 2, "x"])

    assert read_as(report) == ("flag", "high", 3)
    assert [(f.rule, f.where) for f in report.findings] == [("number_unreadable", "Sheet1!E4")]


def test_a_mark_among_counts_is_said_and_not_passed_over(read):
    report = table(read, [45, 38, "x", 52])

    assert report.facts["numerator_cumulative"] == 135
    assert [(f.rule, f.where) for f in report.findings] == [("number_unreadable", "Sheet1!E4")]


def test_a_nought_is_a_number(read):
    report = table(read, [45, 0, 38])

    assert read_as(report) == ("per_person", "high", 83) and rules(report) == set()


def test_ratios_say_how_many_have_a_smartphone(read):
    report = table(read, ["35/120", "40/100", "12/50"], total="87/270")

    assert report.facts["denominator_reported"] == 270 and rules(report) == set()


@pytest.mark.parametrize("total", ["90/270", "87/280"])
def test_a_total_of_ratios_that_does_not_add_up_is_said(read, total):
    report = table(read, ["35/120", "40/100", "12/50"], total=total)

    assert [(f.rule, f.where) for f in report.findings] == [("total_mismatch", "Sheet1!E5")]


def test_a_ratio_that_the_workbook_has_made_a_day_of_is_no_number(read):
    report = table(read, ["35/120", date(2021, 12, 5), "40/100"])

    assert read_as(report) == ("ratio", "high", 75)
    (said,) = report.findings
    assert (said.rule, said.where) == ("number_unreadable", "Sheet1!E3")
    assert "ngày tháng" in str(said.message)


def test_the_units_ratio_repeated_in_each_row_is_taken_once(read):
    report = table(read, ["5.432/10.130"] * 5)

    assert read_as(report) == ("total", "high", 5432)
    assert report.facts["denominator_reported"] == 10130


@pytest.mark.parametrize(("denominator", "figure"), [("5.065", 6000), ("5.066", 2000)])
def test_equal_ratios_are_the_units_where_they_have_half_as_many_people_again(
    read, denominator, figure
):
    """Bồng Sơn has 10,130 owners: three times 5,065 are 1.5 times as many."""
    assert table(read, [f"2.000/{denominator}"] * 3).facts["numerator_cumulative"] == figure


def test_hamlets_with_the_same_ratio_are_added_up(read):
    assert read_as(table(read, ["35/120"] * 3)) == ("ratio", "high", 105)


def test_more_installed_than_have_a_smartphone_is_said_at_its_cell(read):
    report = table(read, ["35/120", "130/120"])

    assert [(f.rule, f.where) for f in report.findings] == [
        ("numerator_over_denominator", "Sheet1!E3")
    ]


def test_a_column_of_people_with_a_smartphone_is_held_against_the_counts(read):
    rows = [[*row, 100] for row in people([45, 138, 52])]
    report = read(workbook(bare(rows, [*HEAD, "Số ĐTTM"])), FILE)

    assert report.facts["denominator_reported"] == 300
    assert [(f.rule, f.where) for f in report.findings] == [
        ("numerator_over_denominator", "Sheet1!E3")
    ]


def test_no_other_reading_says_how_many_have_a_smartphone(read):
    assert "denominator_reported" not in table(read, [45, 38]).facts


def test_the_same_rate_in_each_row_is_the_units(read):
    assert read_as(table(read, ["42%"] * 4)) == ("percent", "high", 4255)  # 0.42 × 10,130 = 4,254.6


def test_of_several_rates_that_of_the_row_of_totals_is_the_units(read):
    report = table(read, ["42%", "50%"], total="45%")

    assert read_as(report) == ("percent", "high", 4558)  # 0.45 × 10,130 = 4,558.5, to even
    assert [(f.rule, f.where) for f in report.findings] == [("percent_only", "Sheet1!E4")]


@pytest.mark.parametrize("values", [["+12", "+5", "+0"], ["tăng 12", "tăng 5", "tăng 0"]])
def test_increases_are_the_days_installs_and_no_cumulative(read, values):
    report = table(read, values)

    assert read_as(report) == ("increment", "high", None)
    assert report.facts["numerator_new"] == 17
    assert [(f.rule, f.where) for f in report.findings] == [("day_only", "Sheet1!E1")]


@pytest.mark.parametrize("heading", ["Số cài đặt hôm nay", "Số lượng cài mới trong ngày"])
def test_a_heading_that_speaks_of_the_day_gives_no_cumulative(read, heading):
    report = table(read, [12, 5, 3], head=[*HEAD[:4], heading])

    assert report.reading == "increment"
    assert (report.facts["numerator_cumulative"], report.facts["numerator_new"]) == (None, 20)


def titled(read, title, values):
    rows = [["UBND PHƯỜNG BỒNG SƠN"], [title], ["(ngày 16/8/2021)"], *bare(people(values))]
    return read(workbook(rows), "a.xlsx")


def test_a_title_says_that_a_list_is_the_days(read):
    report = titled(read, "DANH SÁCH NGƯỜI DÂN CÀI ĐẶT MỚI TRONG NGÀY", [None] * 6)

    assert read_as(report) == ("roster_today", "high", None)
    assert report.facts["numerator_new"] == 6


def test_a_title_says_that_a_list_is_of_everybody_so_far(read):
    report = titled(read, "DANH SÁCH NGƯỜI DÂN ĐÃ CÀI ĐẶT ĐẾN NAY", [None] * 6)

    assert read_as(report) == ("roster_all", "high", 6) and rules(report) == set()


def test_a_title_that_speaks_of_new_installs_over_the_forms_heading_is_a_doubt(read):
    report = titled(read, "Số lượng cài đặt mới trong ngày", [12, 5, 3])

    assert read_as(report) == ("increment", "low", None)
    assert report.facts["numerator_new"] == 20


def test_the_day_of_a_report_in_its_title_is_no_doubt(read):
    report = titled(read, "Kết quả cài đặt trong ngày 16/8/2021", [12, 5, 3])

    assert read_as(report) == ("per_person", "high", 20)


def test_a_total_far_above_a_blank_list_is_the_units(read):
    assert read_as(table(read, [None] * 12, total=5432)) == ("total", "high", 5432)
    assert read_as(table(read, [None] * 12, total=25)) == ("total", "high", 25)


@pytest.mark.parametrize("total", [11, 13, 24])
def test_a_total_that_a_blank_list_just_misses_is_a_doubt(read, total):
    report = table(read, [None] * 12, total=total)

    assert read_as(report) == ("roster_all", "low", 12) and "total_mismatch" in rules(report)


def test_marks_beside_a_far_larger_total_are_a_doubt(read):
    assert table(read, [1] * 12, total=5432).reading_confidence == "low"


def test_what_is_no_number_in_a_list_is_said_and_its_person_counts(read):
    report = table(read, [*range(1, 10), "abc"])

    assert read_as(report)[::2] == ("roster_all", 10)
    assert ("number_unreadable", "Sheet1!E11") in [(f.rule, f.where) for f in report.findings]


# What the analyst has set


@pytest.mark.parametrize(
    ("reading", "value"),
    [("per_person", 465), ("running", 30), ("total", None), ("roster_all", 30)],
)
def test_a_reading_set_in_params_goes_first(campaign, reading, value):
    changed = campaign.model_copy(update={"readings": {"21640": (Override(reading=reading),)}})
    changed.__dict__.pop("fingerprint", None)
    (report,) = Reader(changed, b"key").read(workbook(bare(people(range(1, 31)))), FILE)

    assert read_as(report) == (reading, "high", value)


def test_a_reading_set_in_params_that_needs_other_days_is_not_certain(campaign):
    changed = campaign.model_copy(
        update={"readings": {"21640": (Override(reading="roster_today"),)}}
    )
    changed.__dict__.pop("fingerprint", None)
    (report,) = Reader(changed, b"key").read(workbook(bare(people(range(1, 31)))), FILE)

    assert report.reading_confidence == "low"


# For every table


def cleaned(*rows: list) -> Table:
    columns = {"stt": 0, "ho_ten": 1, "dia_chi": 2, "so_dien_thoai": 3, "luy_ke": 4}
    grid = Grid("sheet", "S", [list(row) for row in rows])
    values = {field: [row[column] for row in rows] for field, column in columns.items()}
    places = [(grid, i) for i in range(len(rows))]
    return clean_table(Found(DataRows(columns, places, values)), Places([]), None, 0)


@pytest.mark.parametrize("reading", TALLIES | OF_THE_DAY)
def test_an_empty_table_gives_no_figure_and_never_zero(reading):
    assert (TALLIES | OF_THE_DAY)[reading](cleaned()).value is None


@pytest.mark.parametrize("reading", TALLIES | OF_THE_DAY)
def test_rows_without_values_and_phones_give_no_figure_and_never_zero(reading):
    rows = [[1, name(0), None, None, None], [2, name(1), None, None, ""]]

    assert (TALLIES | OF_THE_DAY)[reading](cleaned(*rows)).value is None


@pytest.mark.slow
@given(st.lists(st.integers(2, 500), min_size=3, max_size=30), st.booleans())
@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=60
)
def test_counts_of_campaigners_come_back_as_their_sum_or_with_low_confidence(read, values, total):
    report = table(read, values, total=sum(values) if total else None)

    assert report.reading_confidence == "low" or report.facts["numerator_cumulative"] == sum(values)
    if total:
        assert read_as(report)[1:] == ("high", sum(values))


def test_the_reading_of_an_empty_table_is_no_guess():
    assert recognise(cleaned()) == ("roster_all", "high")


# Two readings that fit


IN_A_ROW = [*range(10, 20)]  # 145 in all
PLACES_ALONE = ["Khu phố", "Lũy kế"]


def places(read, *after, first=("STT",), numbers=range(1, 11)):
    rows = [[n, place, v] for n, place, v in zip(numbers, PLACES, IN_A_ROW, strict=True)]
    return read(workbook([[*first, *PLACES_ALONE], *rows, *after]), FILE)


def test_places_whose_counts_follow_one_another_are_read_as_places_and_doubted(read):
    report = places(read)

    assert read_as(report) == ("per_place", "low", 145)
    assert "reading_low_confidence" in rules(report)
    assert report.candidates["running"] == 19


def test_persons_of_one_place_each_whose_counts_follow_one_another_are_doubted(read):
    report = table(read, IN_A_ROW, places=PLACES)

    assert read_as(report) == ("running", "low", 19)
    assert report.candidates["per_person"] == 145


@pytest.mark.parametrize(("total", "figure"), [(145, 145), (19, 19)])
def test_a_total_settles_what_counts_that_follow_one_another_are(read, total, figure):
    report = places(read, ["", TOTAL, total])

    assert (report.reading_confidence, report.facts["numerator_cumulative"]) == ("high", figure)


def test_serial_numbers_with_the_gaps_of_the_counts_settle_that_they_count_on(read):
    numbers = [1, 2, 3, 4, 5, 6, 7, 8, 9, 11]
    rows = [[n, place, n + 9] for n, place in zip(numbers, PLACES, strict=True)]
    report = read(workbook([["STT", *PLACES_ALONE], *rows]), FILE)

    assert read_as(report) == ("running", "high", 20)


@pytest.mark.parametrize("total", [101, 5432])
def test_a_count_as_the_total_of_rates_is_the_figure_and_doubted(read, total):
    report = table(read, ["52%", "49%", "61%"], total=total)

    assert read_as(report) == ("total", "low", total)
    assert [(f.rule, f.where) for f in report.findings] == [("reading_low_confidence", "Sheet1!E1")]


@pytest.mark.parametrize("total", [54, 100])
def test_a_total_of_rates_that_may_be_a_rate_itself_is_not_taken(read, total):
    report = table(read, ["52%", "49%", "61%"], total=total)

    assert report.facts["numerator_cumulative"] is None
    assert "percent_only" in rules(report)
