"""The table of the units: an analyst shows the columns that he names."""

import pytest

from briefing.documents.sections import units_table
from briefing.errors import DocumentError
from briefing.register.view import View
from briefing.tables import build
from tests.tables.tiny import AN, BINH, CAT, campaign, day, found, report, reports, rows


@pytest.fixture(scope="module")
def monday(tmp_path_factory):
    sent = (report(AN, 16, "16 10:00", 40), report(BINH, 16, "16 16:00", 100))
    view = View(reports(*sent), rows(), found())
    return build(view, campaign(tmp_path_factory.mktemp("tiny")), day(16))


def test_a_column_is_added_by_naming_it(monday):
    table = units_table(monday, columns=["unit_name", "denominator", "received_at"])

    assert [column.label for column in table.columns][1:3] == [
        "Số người có điện thoại thông minh",
        "Nhận lúc",
    ]
    binh = next(row for row in table.rows if row[0].value == BINH)
    assert [cell.text for cell in binh[1:3]] == ["200", "16h00\xa0ngày\xa016/8/2021"]


def test_the_total_shows_what_the_whole_has_of_the_columns_and_no_more(monday):
    table = units_table(monday, columns=["unit_name", "denominator", "rank", "reading"])

    assert [cell.text for cell in table.rows[-1]] == ["Toàn thị xã", "300", "", ""]


def test_a_missing_value_of_a_named_column_is_a_dash(monday):
    table = units_table(monday, columns=["unit_name", "received_at"])

    assert [row[1].text for row in table.rows[2:4]] == ["–", "–"]


@pytest.mark.parametrize(("installed", "tone"), [(50, ""), (51, "warn")])
def test_a_rate_is_marked_above_a_hundred_percent_and_not_at_it(tmp_path, installed, tone):
    """Cát Hanh has 50 owners."""
    view = View(reports(report(CAT, 16, "16 10:00", installed)), rows(), found())
    table = units_table(build(view, campaign(tmp_path), day(16)), columns=["unit_name", "coverage"])

    assert [row[1].tone for row in table.rows if row[0].value == CAT] == [tone]


def test_an_unknown_column_is_refused_with_those_there_are(monday):
    with pytest.raises(DocumentError, match=r"coverrage\. Known: .*coverage"):
        units_table(monday, columns=["unit_name", "coverrage"])
