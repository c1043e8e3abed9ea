"""A table of a page: rows, and the codes of the columns that are shown."""

import pytest

from briefing.catalog.figures import FIGURES
from briefing.catalog.heads import HEADS, OF_PAGE
from briefing.catalog.tables import COLUMNS
from briefing.documents.blocks import Cell
from briefing.documents.sections.listing import column_of, listing
from briefing.errors import DocumentError
from briefing.language import language


def texts(*columns, rows, **more):
    return [[cell.text for cell in row] for row in listing("t", "T", rows, columns, **more).rows]


def test_a_value_is_written_as_its_column_says():
    """12 a day, since 11 would not be enough; a rate below a target never seems to reach it."""
    row = {"pace_required": 11.2, "coverage": 0.59996, "numerator_cumulative": 5432}

    assert texts(*row, rows=[row], bounds=[0.6]) == [["12", "59,99%", "5.432"]]


def test_a_missing_value_is_a_dash_and_never_zero():
    row = {"pace_required": None, "coverage": None, "numerator_new": None, "outlook": None}

    assert texts(*row, rows=[row]) == [["–", "–", "–", "–"]]


def test_a_cell_that_says_more_than_its_value_stands_as_it_is():
    assert texts("coverage", rows=[{"coverage": Cell("một nửa", 0.5)}]) == [["một nửa"]]


def test_a_name_holds_its_code():
    row = {"unit_name": "Phường Bồng Sơn", "unit_code": "21640"}

    assert listing("t", "T", [row], ["unit_name"]).rows[0][0].value == "21640"


def test_a_total_has_empty_cells_where_there_is_no_such_figure():
    rows = [{"coverage": 0.5, "rank": 1}, {"coverage": 0.5}]

    assert texts("coverage", "rank", rows=rows, total_row=True)[-1] == ["50,00%", ""]


def test_numbers_stand_on_the_right_and_words_on_the_left():
    aligned = {name: column_of(name, "units").align for name in ("coverage", "status", "n")}

    assert aligned == {"coverage": "right", "status": "left", "n": "right"}


def test_figures_open_where_they_come_from_but_for_the_cell_that_names_the_row():
    row = {"target_coverage": 0.6, "numerator_needed": 12, "status": "late", "entry": "HN"}
    (cells,) = listing("t", "T", [row], [*row][:3], source="entry").rows

    assert [cell.source for cell in cells] == ["", "src-HN", ""]


def test_a_column_that_the_rows_do_not_have_is_refused_with_those_they_have():
    with pytest.raises(
        DocumentError, match=r"t: unknown column coverrage\. Known: coverage, rank\."
    ):
        listing("t", "T", [{"coverage": 0.5, "rank": 1, "of_ours": 2}], ["coverrage"])


def test_each_head_is_that_of_a_published_column_or_says_its_own_label():
    published = {column for columns in COLUMNS.values() for column in columns}

    assert all(name in published or head.label for name, head in HEADS.items())
    assert all(name in FIGURES or name in HEADS for _table, name in OF_PAGE)


def test_of_more_rows_than_a_page_can_list_the_first_and_the_total_are_shown_and_all_are_counted():
    rows = [{"unit_code": f"{n}", "unit_name": f"Unit {n}", "rank": n} for n in range(1, 1002)]
    total = {"unit_code": "C", "unit_name": "All"}

    with language("en"):
        table = listing(
            "units", "", [*rows, total], ["unit_name", "rank"], of="units", total_row=True
        )

    assert [row[0].text for row in (table.rows[0], table.rows[399], table.rows[400])] == [
        "Unit 1", "Unit 400", "All",
    ]  # fmt: skip
    assert len(table.rows) == 401
    assert table.note.startswith("The first 400 of 1,001 are shown;")
