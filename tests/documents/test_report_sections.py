"""The blocks of the formal report: of a period worked out by hand, and of any other."""

from __future__ import annotations

import inspect
from functools import cache

import pytest

from briefing.documents.blocks import Block, Blocks, Bullets, Table
from briefing.documents.sections import report as sections
from briefing.documents.sections import whole_trend
from briefing.language import language
from briefing.params.report import Report, ReportTexts
from briefing.tables.period import period_of
from tests.tables import tiny
from tests.tables.test_evaluation import RISING, SHORT
from tests.tables.test_period import BEFORE, WEEK, with_baseline
from tests.tables.tiny import AN, DONG, report

PERIODS = {
    "before the first report": (15, 15, []),
    "no report in it": (16, 16, BEFORE),
    "one day": (17, 17, BEFORE + WEEK),
    "first reports": (16, 17, WEEK),
    "with agencies": (16, 20, RISING + SHORT),
    "all days": (15, 25, BEFORE + WEEK),
}


@pytest.fixture(scope="module")
def campaign(tmp_path_factory):
    return tiny.campaign(tmp_path_factory.mktemp("campaign"))


def made(campaign, first: int, last: int, *records, until: int | None = None, **texts):
    day = tiny.build_once(tiny.view(*records), campaign, tiny.day(until or last))
    words = ReportTexts.model_validate(texts)
    return period_of(day, tiny.day(first), tiny.day(last), texts=words)


def lines(block: Bullets) -> str:
    return "\n".join(block.items).replace("\u00a0", " ")


def row(table: Table, name: str) -> dict[str, str]:
    keys = [column.key for column in table.columns]
    found = next(r for r in table.rows if any(cell.text == name for cell in r))
    return {key: cell.text for key, cell in zip(keys, found, strict=True)}


@pytest.fixture(scope="module")
def any_period(campaign):
    """Each of the periods, made once."""

    @cache
    def of(case: str):
        first, last, records = PERIODS[case]
        return made(campaign, first, last, *records)

    return of


@pytest.mark.slow
@pytest.mark.parametrize("lang", ["vi", "en"])
@pytest.mark.parametrize("case", PERIODS)
def test_every_block_of_the_report_can_be_made_of_any_period(any_period, case, lang):
    period = any_period(case)

    with language(lang):
        for name in sections.__all__:
            make = getattr(sections, name)
            arguments = ("strengths",) if "section" in inspect.signature(make).parameters else ()
            made = make(period, *arguments)
            for block in made if isinstance(made, Blocks) else [made]:
                assert Block.from_json(block.to_json()) == block
                assert "NaN" not in str(block) and "<NA>" not in str(block)


@pytest.mark.slow
def test_opening_closing_and_change_are_told_with_what_they_rest_on(campaign):
    said = lines(sections.whole_results(made(campaign, 16, 17, *BEFORE, *WEEK)))

    assert "Đầu kỳ (ngày 15/8/2021): 360 đã cài, đạt 48,00% số có điện thoại." in said
    assert "Cuối kỳ (ngày 17/8/2021): 440 đã cài, đạt 58,67% số có điện thoại; " in said
    assert "; chờ xác minh 10 người, không kể số này: 60,00%." in said  # Đông Hải fell by 10
    assert "Trong kỳ tăng thêm 80 đã cài (10,67 điểm phần trăm), kể cả số chờ xác minh." in said
    assert "Tăng nhiều nhất: ngày 16/8 (+65 người, 3/4 xã, phường có số liệu của ngày)" in said
    assert "Chế độ báo cáo: 6/8 báo cáo đúng hạn (75,00%); 1 trễ hạn, 1 chưa báo cáo." in said


@pytest.mark.slow
def test_a_part_of_the_whole_is_not_told_as_the_whole(campaign):
    said = lines(sections.whole_results(made(campaign, 16, 17, *BEFORE[1:], *WEEK)))

    assert "mới có số liệu của 3/4 xã, phường" in said
    assert "tính trên 3 xã, phường có số liệu ở cả hai ngày" in said


@pytest.mark.slow
def test_the_baseline_is_named_with_its_source(campaign):
    said = lines(sections.whole_results(made(with_baseline(campaign, 14), 16, 17, *WEEK)))

    assert "Đầu kỳ (17h00 ngày 14/8/2021, theo công văn): 40,00%." in said


def test_a_period_of_which_nothing_is_known_says_so(campaign):
    period = made(campaign, 15, 15)

    assert "Cuối kỳ (ngày 15/8/2021): chưa có số liệu." in lines(sections.whole_results(period))
    assert "Chưa đơn vị nào có số liệu." in lines(sections.units_results(period))
    assert "(Cán bộ tổng hợp bổ sung)" in lines(sections.evaluated(period, "strengths"))


def test_the_first_annex_has_each_unit_with_its_rank_and_its_way(campaign):
    table = sections.units_annex(made(campaign, 16, 17, *BEFORE, *WEEK))

    assert row(table, "Xã Đông Hải") == {
        "rank_closing": "4", "unit_name": "Xã Đông Hải", "rank_change": "−3",
        "coverage_opening": "50,00%", "coverage_closing": "57,50%", "coverage_change": "+7,50",
        "numerator_closing": "230", "numerator_change": "+30", "numerator_needed": "10",
        "outlook": "chậm tiến độ", "on_time": "2/2",  # fast enough, but it fell on the last day
    }  # fmt: skip
    assert row(table, "Toàn thị xã")["numerator_change"] == "+80"


def test_the_third_annex_has_each_day_and_hour(campaign):
    table = sections.lacking_units(made(campaign, 16, 17, *BEFORE, *WEEK))

    assert row(table, "Xã Bình Minh")["late"] == "16/8 (16h30)"
    assert row(table, "Xã Cát Tường")["missing"] == "16/8"


def test_days_that_nothing_is_known_of_are_told_in_the_head(campaign):
    head = sections.report_head(made(campaign, 16, 19, *BEFORE, *WEEK, until=17))

    assert any("sau ngày 17/8/2021" in notice for notice in head.notices)
    assert head.about.endswith("(từ ngày 16/8/2021 đến ngày 19/8/2021)")


@pytest.mark.slow
def test_the_words_of_period_yaml_go_before_those_of_the_campaign(campaign):
    own = Report.model_validate({
        "symbol": "BC-VH", "addressees": [{"vi": "UBND", "en": "x"}], "position": ["TRƯỞNG PHÒNG"],
        "directives": [{"vi": "Kế hoạch số 5", "en": "x"}],
    })  # fmt: skip
    named = campaign.model_copy(update={"report": own})
    plain, words = made(named, 16, 17, *WEEK), {"symbol": "BC-X", "directing": ["Họp giao ban."]}
    edited = made(named, 16, 17, *WEEK, **words)

    assert sections.report_head(plain).number == "Số:      /BC-VH"
    assert sections.report_head(edited).number == "Số:      /BC-X"
    assert sections.report_head(edited).addressees == ("UBND",)
    assert sections.signature(edited).position == ("TRƯỞNG PHÒNG",)
    assert lines(sections.directing(plain)) == (
        "Triển khai Kế hoạch số 5.\n(Cán bộ tổng hợp bổ sung)"
    )
    assert lines(sections.directing(edited)) == "Triển khai Kế hoạch số 5.\nHọp giao ban."


def test_the_day_of_the_signature_is_left_open_as_each_language_writes_it(campaign):
    period = made(campaign, 16, 17, *WEEK)
    place = campaign.letterhead.place

    assert sections.report_head(period).place_and_date == f"{place}, ngày      tháng      năm 2021"
    with language("en"):
        assert sections.report_head(period).place_and_date == f"{place}, ……………… 2021"


def test_a_replacement_that_is_not_used_is_told_to_the_analyst(campaign):
    period = made(campaign, 16, 17, *RISING, shortcomings={"replace": {"target_missed": "x"}})

    assert "target_missed" in sections.covered(period).text


# The pictures


def test_the_pictures_are_numbered_and_their_titles_say_what_they_show(campaign):
    """The town rises from 360 to 440 of 750; three of four units stand at 60 % on the 17th."""
    period = made(campaign, 16, 17, *BEFORE, *WEEK)
    first, second = sections.whole_picture(period), sections.units_picture(period)

    assert first.title.startswith("Hình 1. ") and "tăng từ 48,00%" in first.title
    assert second.title == "Hình 2. 3/4 xã, phường đạt từ 60% trở lên vào ngày 17/8/2021"
    assert "mức đầu kỳ" in second.note
    assert "Xã An Bình: 60,00%" in second.alt


@pytest.mark.slow
def test_the_picture_of_a_report_has_no_projection(campaign):
    week = [*BEFORE, *WEEK[:-1], report(DONG, 17, "17 10:00", 242)]  # nothing waits to be verified
    period = made(campaign, 16, 17, *week)

    assert len(period.day.projection)
    assert "dự báo" not in sections.whole_picture(period).alt.lower()
    assert "dự báo" in whole_trend(period.day).alt.lower()


@pytest.mark.slow
def test_a_unit_silent_at_the_close_is_drawn_with_the_day_of_its_figure(campaign):
    silent = [r for r in WEEK if not (r["unit_code"] == AN and r["report_date"].day == 17)]
    alt = sections.units_picture(made(campaign, 16, 17, *BEFORE, *silent)).alt

    assert "Xã An Bình: 50,00% (16/8)" in alt


@pytest.mark.slow
def test_before_any_figure_the_pictures_say_so(campaign):
    period = made(campaign, 16, 17)

    assert "Chưa có số liệu" in sections.whole_picture(period).title
    assert sections.units_picture(period).title.startswith("Hình 2. 0/4 xã, phường")
