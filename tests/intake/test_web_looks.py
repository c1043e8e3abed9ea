"""What a person sees of a page: by elements, attributes and rules of its styles."""

from email.message import EmailMessage

import pytest
from making import DAY, HEAD, people

from briefing.intake.readers import read_parts

GONE, STRIKES = "style='display:none'", "text-decoration:line-through"


def page(body: str, rules: str = "") -> bytes:
    head = f"<head><meta charset=utf-8><style><!-- {rules} --></style></head>"
    return f"<html>{head}<body>{body}</body></html>".encode()


def cells(*inside: str) -> str:
    return f"<table><tr>{''.join(f'<td>{cell}</td>' for cell in inside)}</tr></table>"


def seen(content: bytes) -> list[str]:
    found = [grid for part in read_parts(content, ".html") for grid in part.grids]
    return [text for grid in found for _row, _column, text in grid.filled()]


def left_out(content: bytes) -> list[tuple[str, str, str]]:
    found = [grid for part in read_parts(content, ".html") for grid in part.grids]
    return [(g.where(u.row, u.column), u.look, u.text) for g in found for u in g.unread]


@pytest.mark.parametrize(
    ("inside", "rules", "text", "look"),
    [
        ("25<s>9</s>", "", "25", "struck"),
        ("25<STRIKE>9</STRIKE>", "", "25", "struck"),
        ("25<del>9</del>", "", "25", "struck"),
        ("25<del>9</del>", "del {text-decoration:none}", "259", ""),
        ("25<ins>9</ins>", "", "259", ""),
        (f"25<span style='{STRIKES}'>9</span>", "", "25", "struck"),
        ("25<span style='text-decoration-line:line-through'>9</span>", "", "25", "struck"),
        ("25<font class=font5>9</font>", f".font5 {{{STRIKES}}}", "25", "struck"),
        ("25<i class='a xl7'>9</i>", f"td, .xl7 {{color:red;{STRIKES}}} td {{x:y}}", "", "struck"),
        ("25<i class=s1>9</i>", f".sheet td .s1 {{{STRIKES}}}", "259", ""),  # not in a .sheet
        ("25<i class=s1 id=a>9</i>", f".s1 {{{STRIKES}}} #a {{text-decoration:none}}", "259", ""),
        ("25<i class=s1>9</i>",
         f".s1 {{{STRIKES} !important}} i.s1 {{text-decoration:none}}", "25", "struck"),
        ("25<i class=s1>9</i>", f"@media print {{.s1 {{{STRIKES}}}}}", "259", ""),
        ("25<i class=s1>9</i>", f".s1::before {{{STRIKES}}} .s1:x( {{{STRIKES}}}", "259", ""),
        ("<s>2<span style='text-decoration:none'>5</span></s>9", "", "9", "struck"),
        ("25<span style='display:none'>9</span>", "", "25", "hidden"),
        ("25<span class=gone>9</span>", ".gone {DISPLAY: NONE}", "25", "hidden"),
        ("25<span hidden>9</span>", "", "25", "hidden"),
        ("25<span hidden style='display:inline'>9</span>", "", "259", ""),
        ("25<span style='mso-hide:all'>9</span>", "", "25", "hidden"),
        ("25<span style='visibility:hidden'>9</span>", "", "25", "hidden"),
        ("25<span style='visibility:hidden'><b style='visibility:visible'>9</b></span>", "",
         "259", ""),
        ("25<div style='display:none'><s>9</s></div>", "", "25", "hidden"),
        ("25<sup>1</sup>", "", "25", "raised"),
        ("25<sup>1</sup>", "sup {vertical-align:baseline; position:relative; top:-.5em}",
         "25", "raised"),
        ("25<font class=font6>1</font>", ".font6 {vertical-align:super}", "25", "raised"),
        ("25<span style='vertical-align:4pt;font-size:8pt'>1</span>", "", "25", "raised"),
        ("25<span style='vertical-align:4pt'>1</span>", "", "251", ""),
        ("25<sub>1</sub>", "", "251", ""),
    ],
)  # fmt: skip
def test_a_look_is_of_the_element_its_attributes_or_the_rules(inside, rules, text, look):
    content = page(cells(inside), rules)

    assert "".join(seen(content)) == text
    assert [(where, out) for where, out, _text in left_out(content)] == (
        [("table 1, row 1, column 1", look)] if look else []
    )


@pytest.mark.parametrize(
    ("body", "where"),
    [
        (f"<p {GONE}>9</p>", "line 1"),
        (f"a<br><span {GONE}>9</span>", "line 2"),
        (f"<div {GONE}>{cells('9')}</div>", "table 1, row 1, column 1"),
        (f"<table {GONE}><tr><td>9</table>", "table 1, row 1, column 1"),
        (f"<table><tbody {GONE}><tr><td>9</tbody></table>", "table 1, row 1, column 1"),
        (f"<table><tr><td>a<tr height=0 {GONE}><td>9</table>", "table 1, row 2, column 1"),
        (f"<table><tr><td>a<td {GONE}>9</table>", "table 1, row 1, column 2"),
        (f"<table><col><col {GONE}><tr><td>a<td>9</table>", "table 1, row 1, column 2"),
        (f"<table><colgroup><col span=2><col {GONE}></colgroup><tr><td colspan=2>a<td>9</table>",
         "table 1, row 1, column 3"),
        (cells("a", f"<table {GONE}><tr><td>9</table>"), "table 1.1, row 1, column 1"),
    ],
)  # fmt: skip
def test_what_is_hidden_is_said_wherever_it_stands(body, where):
    assert left_out(page(body)) == [(where, "hidden", "9")]
    assert "9" not in "".join(seen(page(body)))


def test_a_cell_inside_another_element_of_its_row_is_read():
    table = "<table><tr><td>a</td><s><td>9</td></s><td>b</td></tr></table>"

    assert seen(page(table)) == ["a", "b"]
    assert left_out(page(table)) == [("table 1, row 1, column 2", "struck", "9")]


def test_empty_hidden_rows_as_excel_saves_them_are_not_worth_a_word():
    rows = "<tr height=0 style='display:none'><td width=64></td></tr><tr><td>25</td></tr>"

    assert left_out(page(f"<table>{rows}</table>")) == []


def mail(written: str, page: str) -> bytes:
    message = EmailMessage()
    message["Subject"] = "Báo cáo 16/8"
    message["From"] = "a@b.vn"
    message.set_content(written)
    message.add_alternative(page, subtype="html")
    return message.as_bytes()


def test_an_e_mail_with_a_figure_struck_through_is_read_as_its_page_shows_it(read):
    body = "<p>UBND phường Bồng Sơn, ngày 16/8: lũy kế <s>1.150</s> 1.250 người đã cài đặt</p>"
    plain = "UBND phường Bồng Sơn, ngày 16/8: lũy kế 1.150 1.250 người đã cài đặt"
    report = read(mail(plain, f"<html><body>{body}</body></html>"), "thu.eml")

    assert report.facts["numerator_cumulative"] == 1250
    assert "text_struck" in {finding.rule for finding in report.findings}


def test_a_table_in_an_e_mail_is_read_without_its_struck_rows(read):
    rows = [[str(value) for value in row] for row in [HEAD, *people([45, 38, 52])]]
    ways = ["", "", f' style="{STRIKES}"', ""]
    table = "".join(
        f"<tr{way}>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>"
        for row, way in zip(rows, ways, strict=True)
    )
    body = f"<p>UBND phường Bồng Sơn</p><p>{DAY}</p><table>{table}</table>"
    report = read(mail("xem bảng", f"<html><body>{body}</body></html>"), "thu.eml")

    assert report.facts["numerator_cumulative"] == 97
    assert [(f.where, f.found) for f in report.findings if f.rule == "text_struck"] == [
        ("table 1, row 3, column 5", "38")
    ]
