"""Each chart of the analyst's notebook has its finding as its title, a sentence."""

from __future__ import annotations

import io
from dataclasses import replace

import pandas as pd
import pytest
from PIL import Image

from briefing.documents import sections
from briefing.documents.docx.pictures import HEIGHT_MM, drawn, sized
from briefing.language import language
from briefing.tables import build
from tests.tables.tiny import AN, BINH, CAT, DONG, campaign, day, days, report, view


@pytest.fixture(autouse=True)
def vietnamese():
    with language("vi"):
        yield


@pytest.fixture
def seventeenth(tmp_path):
    """An and Bình have changed places; Đông has never reported; one agency of two has."""
    reports = view(
        report(AN, 16, "16 14:00", 20),  # of 100
        report(BINH, 16, "16 14:00", 60),  # of 200
        report(CAT, 16, "16 16:00", 5),  # of 50
        report(AN, 17, "17 14:00", 64),
        report(BINH, 17, "17 14:00", 80),
        report("CQ1", None, "17 10:00", form="mau01", staff_denominator=8, staff_numerator=6),
    )
    return build(reports, laid_out(campaign(tmp_path)), day(17))


@pytest.fixture
def before(tmp_path):
    """Nobody has reported anything."""
    return build(view(), laid_out(campaign(tmp_path)), day(15))


def laid_out(own):
    """The campaign with its units as tiles, side by side."""
    rows = (
        row.model_copy(update={"tile_row": 0, "tile_col": n}) for n, row in enumerate(own.unit_rows)
    )
    return own.model_copy(update={"unit_rows": tuple(rows)})


def test_without_a_layout_of_tiles_there_is_no_map(tmp_path):
    assert sections.units_map(build(view(), campaign(tmp_path), day(15))) is None


CHARTS = (
    "whole_trend", "reporting_grid", "units_trends", "units_bars", "units_map",
    "places_bars", "bodies_dots", "findings_kinds",
)  # fmt: skip


def plain(text):
    """The text with ordinary spaces."""
    return text.replace("\u00a0", " ")


def test_the_map_says_how_many_are_far_from_the_target_and_who_is_the_lowest(seventeenth):
    assert plain(sections.units_map(seventeenth).title) == (
        "2 xã, phường còn thiếu trên 10 điểm phần trăm mới đạt 60%; "
        "thấp nhất là Xã Cát Tường, 10,00%"
    )


def test_units_of_the_same_name_are_drawn_each_for_itself(seventeenth):
    same = {"unit_name": "Xã Tân Lập"}
    known = replace(
        seventeenth,
        units=seventeenth.units.assign(**same),
        history=seventeenth.history.assign(**same),
    )

    assert sections.reporting_grid(known).svg.count("Xã Tân Lập") == 4


@pytest.mark.slow
def test_the_trend_says_how_well_its_range_has_held_once_that_is_known(tmp_path):
    units = (AN, BINH, CAT, DONG)
    reports = [report(u, n, f"{n} 14:00", 2 * (n - 14)) for u in units for n in range(15, 26)]
    early = build(view(*reports), campaign(tmp_path / "early"), day(18))
    late = build(view(*reports), campaign(tmp_path / "late"), day(25))

    assert "Chưa đủ ngày để kiểm chứng" in sections.whole_trend(early).note
    # four units, each projected on 17 and 18 August for the 24th and 25th
    assert "khoảng dự báo trước 7 ngày đúng 8/8 lần (100%)" in sections.whole_trend(late).note


def test_a_trend_without_a_range_says_nothing_of_one(seventeenth):
    assert "dự báo" not in sections.whole_trend(seventeenth).note


def test_the_agencies_title_counts_those_below_and_those_that_are_silent(seventeenth):
    assert sections.bodies_dots(seventeenth).title == (
        "1/1 cơ quan, đơn vị đã báo cáo còn dưới 100%; 1/2 chưa có báo cáo dùng được"
    )


def test_the_findings_title_says_what_is_to_be_asked_about_most_often(seventeenth):
    rows = [("error", "phone_invalid"), ("error", "phone_invalid"), ("warning", "jump"),
            *[("info", "late")] * 9]  # fmt: skip
    found = pd.DataFrame(rows, columns=["severity", "rule"])
    title = sections.findings_kinds(replace(seventeenth, findings=found)).title
    harmless = replace(seventeenth, findings=found[found["severity"] == "info"])

    assert title == "2 lỗi, 1 điểm cần kiểm tra; nhiều nhất: số điện thoại không hợp lệ (2)"
    assert sections.findings_kinds(harmless).title == (
        "9 điều ghi nhận để biết, không có gì phải hỏi lại"
    )


def test_the_hamlets_are_those_of_the_unit_that_needs_most_people_or_of_the_one_asked_for(
    seventeenth,
):
    given = pd.DataFrame(
        {
            "report_date": days(17, 17, 17),
            "unit_code": [AN, BINH, BINH],
            "unit_name": ["Xã An Bình", "Xã Bình Minh", "Xã Bình Minh"],
            "place": pd.array(["1", "1", "2"], "string"),
            "numerator_cumulative": pd.array([64, 30, 50], "Int64"),
            "carried_from": pd.to_datetime([None] * 3),
        }
    )
    known = replace(seventeenth, places=given)

    assert sections.places_bars(known).title == (
        "Xã Bình Minh: đã cài nhiều nhất ở Thôn 2 (50), ít nhất ở Thôn 1 (30)"
    )
    assert "chỉ báo cáo của một thôn, khu phố: Thôn 1" in sections.places_bars(known, AN).title


def test_the_panels_say_how_far_the_units_lie_apart(seventeenth):
    # 16 August: 30 % and 10 %; 17 August: 64 % and 10 %
    assert plain(sections.units_trends(seventeenth).title) == (
        "Khoảng cách giữa xã, phường cao nhất và thấp nhất tăng từ 20,0 điểm phần trăm "
        "ngày 16/8 lên 54,0 điểm phần trăm"
    )


@pytest.mark.parametrize("name", CHARTS)
def test_before_any_report_each_chart_is_drawn_and_says_so(before, name):
    figure = getattr(sections, name)(before)

    assert figure.title and "nan" not in figure.title + figure.alt + figure.note
    assert "<svg" in figure.svg


@pytest.mark.slow
def test_every_chart_is_drawn_as_a_picture_for_word(seventeenth):
    figures = [getattr(sections, name)(seventeenth) for name in CHARTS if name != "places_bars"]
    made = drawn({figure.id: figure.svg for figure in figures}, 165)

    assert list(made) == [figure.id for figure in figures]
    for content in made.values():
        width, height = sized(content, 165)
        with Image.open(io.BytesIO(content)) as picture:
            assert min(picture.convert("L").getextrema()) < 100  # something is drawn
        assert height <= HEIGHT_MM and (width > 164.5 or height == pytest.approx(HEIGHT_MM))


@pytest.mark.parametrize("name", ["units_trends", "units_bars", "reporting_grid"])
def test_a_chart_can_be_drawn_of_some_units_alone_or_of_none(seventeenth, name):
    high = seventeenth.units.query("coverage > 0.5")
    figure = getattr(sections, name)(seventeenth, only=high)

    assert "Xã An Bình" in figure.alt + figure.svg
    assert "Xã Bình Minh" not in figure.alt + figure.svg
    assert getattr(sections, name)(seventeenth, only=high.head(0)).title


def test_without_a_figure_the_bars_say_so_and_count_nothing(seventeenth):
    unknown = seventeenth.units.assign(coverage=pd.NA, numerator_cumulative=pd.NA)

    assert sections.units_bars(replace(seventeenth, units=unknown)).title == "Chưa có số liệu"


@pytest.mark.slow
@pytest.mark.parametrize("name", CHARTS)
def test_the_csv_with_a_charts_numbers_is_named_where_it_is_asked_for(seventeenth, name):
    figure = getattr(sections, name)(seventeenth)

    assert "tables/" not in figure.note.replace("tables/findings.csv", "")
    assert sections.sourced(figure).note.endswith(f"Số liệu: tables/charts/{figure.id}.csv.")
