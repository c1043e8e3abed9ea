"""The trend of the whole as a chart of Excel's own, over the cells of its table."""

from __future__ import annotations

from openpyxl.chart import LineChart, Reference
from openpyxl.chart.layout import Layout, ManualLayout
from openpyxl.chart.legend import Legend
from openpyxl.chart.shapes import GraphicalProperties
from openpyxl.worksheet.worksheet import Worksheet

from briefing.documents.annex import look
from briefing.documents.annex.sheet import HEAD_ROW, Tabled
from briefing.office.look import ACCENT

TARGET = "B3440F"
SIZE = (24, 9.5)  # cm


def add_trend(sheet: Worksheet, table: Tabled, title: str) -> None:
    """Draw rate and target by day under the table of the whole."""
    columns, count = list(table.frame.columns), len(table.frame)
    chart = LineChart()
    chart.title, chart.style = title, 2
    chart.width, chart.height = SIZE
    rows = (HEAD_ROW, HEAD_ROW + count)
    for column, colour, dashed in (
        ("coverage", ACCENT, False), ("target_coverage", TARGET, True),
    ):  # fmt: skip
        number = columns.index(column) + 1
        cells = Reference(sheet, min_col=number, min_row=rows[0], max_row=rows[1])
        chart.add_data(cells, titles_from_data=True)
        line = chart.series[-1]
        line.graphicalProperties.line.solidFill = colour
        line.graphicalProperties.line.width = 22_000  # EMU
        line.smooth = False
        if dashed:
            line.graphicalProperties.line.dashStyle = "dash"
        else:
            line.marker.symbol, line.marker.size = "circle", 6
            line.marker.graphicalProperties = GraphicalProperties(solidFill=colour)
    days = columns.index("report_date") + 1
    chart.set_categories(Reference(sheet, min_col=days, min_row=rows[0] + 1, max_row=rows[1]))
    chart.y_axis.number_format, chart.y_axis.scaling.min = "0%", 0
    chart.x_axis.number_format = look.number_format("day_short", table.lang)
    chart.x_axis.delete = chart.y_axis.delete = False
    chart.legend = Legend(legendPos="b")
    chart.layout = Layout(manualLayout=ManualLayout(x=0.05, y=0.14, w=0.92, h=0.66))
    sheet.add_chart(chart, f"A{rows[1] + 3}")
