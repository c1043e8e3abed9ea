"""What a person sees on a page of a PDF: struck through, raised, commented, filled in."""

import io
import random

import pytest
from making import people
from pypdf import PdfReader, PdfWriter
from pypdf.generic import ArrayObject, DictionaryObject, FloatObject, NameObject, NumberObject
from pypdf.generic import TextStringObject as Text
from test_pages import form, pdf, table_of

from briefing.intake.readers import read_parts
from briefing.intake.readers.grids import Unread

VALUES = [12, 25, 8, 31, 14]  # 90
ROWS = people(VALUES)
SECOND = "page 1, table 1, row 3, column 5"  # the 25
STROKES = ["0.5pt", "none", "(x, y) => (bottom: 0.5pt)"]  # rules of the table


def changed(row: int, *, column: int = 4, to: str) -> list:
    rows = [list(each) for each in ROWS]
    rows[row][column] = to
    return rows


def report(content: bytes, read):
    return read(content, "BC Bong Son 16-8.pdf")


def figure(found) -> int | None:
    return found.facts["numerator_cumulative"]


def said(found) -> list[tuple[str, str, str]]:
    return [(f.rule, f.where, f.found) for f in found.findings if f.rule.startswith("text_")]


def annotated(content: bytes, *annotations: dict) -> bytes:
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(content)))
    for annotation in annotations:
        entries = {NameObject(f"/{key}"): value for key, value in annotation.items()}
        writer.add_annotation(0, DictionaryObject(entries))
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def name(text: str) -> NameObject:
    return NameObject(f"/{text}")


def numbers(*values: float) -> ArrayObject:
    return ArrayObject(map(FloatObject, values))


def place(content: bytes, text: str) -> tuple[float, float, float, float]:
    """The box of a word on the first page: x0, y0, x1, y1 from the page's foot."""
    import pdfplumber

    with pdfplumber.open(io.BytesIO(content)) as document:
        page = document.pages[0]
        (word,) = [word for word in page.extract_words() if word["text"] == text]
        return word["x0"], page.height - word["bottom"], word["x1"], page.height - word["top"]


@pytest.mark.parametrize("stroke", STROKES)
def test_a_figure_struck_through_before_another_is_not_read_and_is_said(read, stroke):
    page = pdf(form(changed(1, to="#strike[25] 27"), stroke=stroke))

    found = report(page, read)

    assert figure(found) == 92
    assert said(found) == [("text_struck", SECOND, "25")]


def test_a_digit_struck_through_is_no_part_of_the_number_beside_it(read):
    found = report(pdf(form(changed(1, to="#strike[2]5"))), read)

    assert figure(found) == 70
    assert said(found) == [("text_struck", SECOND, "2")]


def test_a_row_struck_through_is_not_counted_and_is_said_once_at_its_figure(read):
    rows = [[f"#strike[{cell}]" for cell in row] if i == 2 else row for i, row in enumerate(ROWS)]

    found = report(pdf(form(rows)), read)

    assert figure(found) == 82
    assert said(found) == [("text_struck", "page 1, table 1, row 4, column 5", "8")]


def test_a_line_under_a_figure_strikes_nothing(read):
    found = report(pdf(form(changed(1, to="#underline[25]"))), read)

    assert (figure(found), said(found)) == (90, [])


@pytest.mark.parametrize("mark", ["1", "(1)", "\\*"])
def test_a_raised_mark_of_a_note_is_no_part_of_the_number(read, mark):
    found = report(pdf(form(changed(1, to=f"25#super(typographic: false)[{mark}]"))), read)

    assert (figure(found), found.findings) == (90, report(pdf(form(ROWS)), read).findings)


def test_the_raised_letter_of_an_hour_is_read():
    raised = pdf("Bồng Sơn, 15#super(typographic: false)[h]30")

    assert read_parts(raised, ".pdf")[0].grids[0].cells == [["Bồng Sơn, 15 h30"]]


def strike_out(content: bytes, text: str) -> dict:
    x0, y0, x1, y1 = place(content, text)
    quad = numbers(x0, y1, x1, y1, x0, y0, x1, y0)
    return {"Subtype": name("StrikeOut"), "Rect": numbers(x0, y0, x1, y1), "QuadPoints": quad}


def line_across(content: bytes, text: str) -> dict:
    x0, y0, x1, y1 = place(content, text)
    ends = numbers(x0 - 1, (y0 + y1) / 2 - 1, x1 + 1, (y0 + y1) / 2 + 1)
    return {"Subtype": name("Line"), "Rect": numbers(x0, y0, x1, y1), "L": ends}


def pen_across(content: bytes, text: str) -> dict:
    x0, y0, x1, y1 = place(content, text)
    y = (y0 + y1) / 2
    path = numbers(x0, y - 0.5, (x0 + x1) / 2, y + 0.5, x1, y)
    box = numbers(x0, y0, x1, y1)
    return {"Subtype": name("Ink"), "Rect": box, "InkList": ArrayObject([path])}


@pytest.mark.parametrize("across", [strike_out, line_across, pen_across])
@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_a_figure_that_a_reader_program_struck_out_is_not_read(read, across, turn):
    page = pdf(form(changed(1, to="2725")))
    turned = PdfWriter(clone_from=PdfReader(io.BytesIO(annotated(page, across(page, "2725")))))
    turned.pages[0].rotate(turn)
    out = io.BytesIO()
    turned.write(out)

    found = report(out.getvalue(), read)

    assert figure(found) == 65
    assert said(found) == [("text_struck", SECOND, "2725")]


def box_of_text(content: bytes, text: str, beside: float, said: str, **more) -> dict:
    _x0, y0, x1, y1 = place(content, text)
    box = numbers(x1 + beside, y0, x1 + beside + 30, y1)
    return {"Subtype": name("FreeText"), "Contents": Text(said), "Rect": box, **more}


@pytest.mark.parametrize("beside", [2, 45], ids=["in its cell", "beside the table"])
def test_a_number_put_beside_a_figure_leaves_neither_of_them_unsaid(read, beside):
    page = pdf(form(changed(1, to="2725")))

    found = report(annotated(page, box_of_text(page, "2725", beside, "sửa: 35")), read)

    assert figure(found) == 65
    assert said(found) == [("text_comment", SECOND, "sửa: 35")]
    assert ("number_unreadable", SECOND) in {(f.rule, f.where) for f in found.findings}


@pytest.mark.parametrize("typed", [{}, {"IT": name("FreeTextTypeWriter")}])
def test_what_is_typed_onto_an_empty_cell_is_what_the_cell_says(read, typed):
    page = pdf(form(changed(1, to="")))
    _x0, y0, x1, y1 = place(page, ROWS[1][3])
    box = numbers(x1 + 20, y0, x1 + 40, y1)
    written = {"Subtype": name("FreeText"), "Contents": Text("25"), "Rect": box, **typed}

    found = report(annotated(page, written), read)

    assert (figure(found), said(found)) == (90, [])


def test_a_note_with_its_window_is_said_and_changes_no_figure(read):
    """As programs write it: a note, and the window of it that names it as its parent."""
    page = pdf(form(changed(1, to="2725")))
    x0, y0, _x1, y1 = place(page, "2725")
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(page)))
    box = numbers(x0, y0, x0 + 18, y1)
    note = {"Subtype": name("Text"), "Contents": Text("đã kiểm tra"), "Rect": box}
    parent = writer.add_annotation(
        0, DictionaryObject({NameObject(f"/{key}"): value for key, value in note.items()})
    )
    window = DictionaryObject(
        {
            NameObject("/Subtype"): name("Popup"),
            NameObject("/Parent"): parent.indirect_reference,
            NameObject("/Rect"): box,
        }
    )
    writer.add_annotation(0, window)
    out = io.BytesIO()
    writer.write(out)

    found = report(out.getvalue(), read)

    assert figure(found) == 90 - 25 + 2725
    assert said(found) == [("text_comment", SECOND, "đã kiểm tra")]


ODD = [
    {"Subtype": name("Widget"), "FT": name("Sig"), "V": DictionaryObject()},
    {"Subtype": name("Widget"), "FT": name("Btn"), "V": name("Yes"), "Rect": numbers(1, 1, 9, 9)},
    {"Subtype": name("Line"), "Rect": numbers(1, 1, 9, 9)},
    {"Subtype": name("StrikeOut"), "QuadPoints": numbers(1, 2, 3)},
    {"Subtype": name("FreeText"), "Contents": Text("sửa 35")},
    {"Subtype": name("FreeText"), "Contents": Text("ẩn 35"), "Rect": numbers(300, 300, 340, 320),
     "F": NumberObject(2)},
]  # fmt: skip


@pytest.mark.parametrize("odd", ODD, ids=range(len(ODD)))
def test_an_annotation_that_shows_nothing_or_is_odd_costs_nothing_but_itself(read, odd):
    found = report(annotated(pdf(form(ROWS)), odd), read)

    assert (figure(found), said(found)) == (90, [])


@pytest.mark.parametrize("above", [1, 3])
def test_a_field_takes_its_value_from_the_field_that_it_is_a_part_of(read, above):
    page = pdf(form(changed(1, to="")))
    _x0, y0, x1, y1 = place(page, ROWS[1][3])
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(page)))
    parent = writer._add_object(DictionaryObject({NameObject("/V"): Text("25")}))
    for _level in range(above - 1):
        parent = writer._add_object(DictionaryObject({NameObject("/Parent"): parent}))
    writer.add_annotation(
        0,
        DictionaryObject(
            {
                NameObject("/Subtype"): name("Widget"),
                NameObject("/FT"): name("Tx"),
                NameObject("/Parent"): parent,
                NameObject("/Rect"): numbers(x1 + 20, y0, x1 + 60, y1),
            }
        ),
    )
    out = io.BytesIO()
    writer.write(out)

    assert figure(report(out.getvalue(), read)) == 90


@pytest.mark.parametrize("apart", [0.4, 0.8, 1.2, 1.5])
def test_letters_printed_twice_to_look_bold_are_read_once(read, apart):
    twice = f"#let bold(it) = box[#it#place(top + left, dx: {apart}pt, it)]\n"
    rows = [[f"#bold[{cell}]" for cell in row] for row in ROWS]

    found = report(pdf(twice + form(rows)), read)

    assert figure(found) == 90
    assert found.facts["distinct_phones"] == 5


LOOKS = {"struck": "#strike[{}]", "raised": "{}#super(typographic: false)[7]"}


@pytest.mark.parametrize("seed", range(12))
def test_any_cell_struck_or_raised_is_read_as_a_person_reads_it(seed):
    """Any table, ruled or not, any cell: what is left is what stands there, each cell is said."""
    draw = random.Random(seed)
    rows = people([draw.randrange(1, 999) for _row in range(draw.randrange(2, 12))])
    seen = [[str(cell) for cell in row] for row in rows]
    unread = []
    for number in sorted(draw.sample(range(len(rows)), draw.randrange(1, len(rows)))):
        column, look = draw.choice([1, 3, 4]), draw.choice([*LOOKS])
        if look == "struck":
            unread.append(Unread(number + 1, column, "struck", seen[number][column]))
            seen[number][column] = None
        rows[number][column] = LOOKS[look].format(rows[number][column])

    table = table_of(pdf(form(rows, stroke=draw.choice(STROKES))))

    assert table.cells[1:] == seen
    assert list(table.unread) == unread
