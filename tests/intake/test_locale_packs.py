"""Reports are read by a locale pack: words, marks, months and telephone numbers of a country."""

import ast
import re
import unicodedata
from datetime import date, time
from pathlib import Path

import pytest
from pydantic import ValidationError
from tests.intake.making import workbook

import briefing
from briefing.errors import ParamsError
from briefing.intake.detection.lines import lines_in
from briefing.intake.parsers.dates import file_name_dates, find_dates
from briefing.intake.parsers.disclosure import hidden
from briefing.intake.parsers.impossible_days import impossible_days
from briefing.intake.parsers.legacy import decode_legacy
from briefing.intake.parsers.nil import is_denied, is_marked, nil_in
from briefing.intake.parsers.numbers import Number, Unreadable, parse_number
from briefing.intake.parsers.phones import parse_phone, parse_phones
from briefing.intake.parsers.times import parse_time
from briefing.intake.reader import Reader
from briefing.intake.readers.grids import Grid
from briefing.locale.families import LocalePack
from briefing.locale.pack import is_known, load, pack, reading_by
from briefing.params import Campaign

LIB = Path(briefing.__file__).parent
PACKS = ("vi_VN", "en_KE", "en_US")
LETTER = "[ăâđêôơưàảãáạèẻẽéẹìỉĩíịòỏõóọùủũúụỳỷỹýỵ\u1ea0-\u1ef9]"
VIETNAMESE = re.compile(rf"{LETTER}[^\W\d_]|[^\W\d_]{LETTER}", re.IGNORECASE)  # in a word
# Files of intake whose words have not been moved into the pack yet; it may only get shorter.
WITH_WORDS = {
    "readers/encodings.py",
    "readers/mail.py",
    "readers/pages.py",
    "chat/figures.py",
    "chat/messages.py",
    "chat/pieces.py",
}


@pytest.fixture
def kenya():
    with reading_by("en_KE"):
        yield


@pytest.fixture
def america():
    with reading_by("en_US"):
        yield


def days(text):
    return [(found.date, found.swapped) for found in find_dates(text, year=2024)]


@pytest.mark.parametrize(
    "text",
    [
        "15 May 2024",
        "15th of May, 2024",
        "May 15, 2024",
        "Wednesday 15 May",
        "15-May-24",
        "15/5/2024",
    ],
)
def test_a_day_is_read_by_the_names_of_months(kenya, text):
    assert days(f"Report of {text} for the ward") == [(date(2024, 5, 15), False)]


def test_a_modal_verb_is_no_month(kenya):
    assert days("The ward may report 40 households") == []


def test_the_region_says_whether_the_month_comes_first():
    with reading_by("en_US"):
        assert days("05/06/2024") == [(date(2024, 5, 6), False)]
    with reading_by("en_KE"):
        assert days("05/06/2024") == [(date(2024, 6, 5), False)]


def test_a_day_that_a_cell_holds_is_the_same_day_as_text(america):
    lines = lines_in(Grid("sheet", "a", [["Date:", date(2024, 5, 6)]]))

    assert [find_dates(line.text, year=2024)[0].date for line in lines if "/" in line.text] == [
        date(2024, 5, 6)
    ]


def test_a_day_that_is_none_is_told_in_the_order_of_the_region(america):
    assert [each.text for each in impossible_days("02/30/2024", year=2024)] == ["02/30/2024"]
    assert impossible_days("05/30/2024", year=2024) == []


def test_a_day_in_digits_is_written_in_the_order_of_the_region():
    assert load("en_US").in_digits(date(2024, 5, 6)) == "5/6/2024"
    assert load("en_KE").in_digits(date(2024, 5, 6), 2) == "06/05/2024"


def test_a_day_in_the_order_of_another_country_is_marked(kenya):
    assert days("05/15/2024") == [(date(2024, 5, 15), True)]


def test_a_day_in_the_order_of_the_country_is_not_marked(america):
    assert days("05/15/2024") == [(date(2024, 5, 15), False)]


def test_names_of_files_hold_days_in_the_order_of_the_country(america):
    assert file_name_dates("Ward report 05-06-2024", year=2024) == [date(2024, 5, 6)]
    assert file_name_dates("Ward_report_15_May_2024", year=2024) == [date(2024, 5, 15)]


@pytest.mark.parametrize(
    ("text", "value", "assumed"),
    [("1,234", 1234, False), ("12,345,678", 12_345_678, False), ("1.234", 1234, True)],
)
def test_thousands_are_marked_as_the_country_marks_them(kenya, text, value, assumed):
    assert parse_number(text) == Number(value, "count", assumed_thousands=assumed)


def test_a_decimal_mark_is_no_mark_of_thousands(kenya):
    assert parse_number(1.234) == Unreadable("decimal", "1.234")
    assert parse_number("1,234.5") == Unreadable("decimal", "1,234.5")


def test_words_around_a_number_are_those_of_the_language(kenya):
    assert parse_number("about 50 households") == Number(50, "count", approximate=True)
    assert parse_number("35 out of 120") == Number(35, "ratio", denominator=120)
    assert parse_number("not available") is None
    assert parse_number("khoảng 50") == Unreadable("text", "khoảng 50")


@pytest.mark.parametrize(
    ("text", "clock"),
    [("3:30 pm", time(15, 30)), ("3 pm", time(15)), ("12 am", time(0)), ("15:00", time(15))],
)
def test_a_time_of_day_is_read_with_am_and_pm(kenya, text, clock):
    assert parse_time(text) == clock


@pytest.mark.parametrize("text", ["+254 712 345 678", "0712345678", "0712-345-678", "254712345678"])
def test_a_telephone_number_follows_the_plan_of_the_region(kenya, text):
    phone = parse_phone(text)

    assert (phone.number, phone.status, phone.notes) == ("+254712345678", "ok", ())


def test_a_zero_that_a_workbook_dropped_is_given_back(kenya):
    assert parse_phones([712345678.0])[0] == ["+254712345678"]
    assert parse_phone(712345678.0).notes == ("phone_zero_restored",)


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("+44 20 7946 0958", "invalid"),
        ("020 2222222", "landline"),
        ("0999", "invalid"),
        ("no phone", "missing"),
        ("ditto", "ditto"),
    ],
)
def test_what_is_no_mobile_number_of_the_country_is_told_apart(kenya, text, status):
    assert parse_phone(text).status == status


def test_a_number_of_one_country_is_none_in_another():
    assert parse_phone("0912345678").status == "ok"
    with reading_by("en_KE"):
        assert parse_phone("0912345678").status == "invalid"
    assert parse_phone("0912345678").status == "ok"  # nothing is remembered from the other


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("registered by Wanjiku Kamau last week", "registered by W.K. last week"),
        ("PETER OUMA counted 45 households", "P.O. counted 45 households"),
        ("Households Registered This Week", "Households Registered This Week"),
        ("Chanika Village, 12 May", "Chanika Village, 12 May"),
        ("see Amina", "see Amina"),
        ("Amina O'Brien-Otieno", "A.O.B.O."),
    ],
)
def test_a_name_loose_in_a_sentence_is_hidden_and_a_heading_is_not(kenya, text, shown):
    assert hidden(text) == shown


def test_nothing_new_and_yes_and_no_are_said_in_the_language(kenya):
    assert list(nil_in("nil return, no change since yesterday"))
    assert is_marked("Yes") and is_denied("not registered") and not is_marked("có")


def test_a_text_of_another_language_is_never_taken_for_an_old_vietnamese_font(kenya):
    assert decode_legacy("céng ty café") == ("céng ty café", None)


def test_leaving_a_pack_leaves_the_one_before_in_force():
    with reading_by("en_US"), reading_by("en_KE"):
        pass

    assert pack() is load("vi_VN")


@pytest.mark.parametrize("code", ["fr_FR", "en", "en_QQ", "vi_US", "", "../vi_VN"])
def test_a_pack_that_is_not_there_is_not_known(code):
    assert not is_known(code)


def test_the_campaign_names_its_pack_and_is_told_of_one_that_is_unknown(tmp_path):
    folder = tmp_path / "params"
    folder.mkdir()
    for path in (LIB.parents[1] / "params").iterdir():
        (folder / path.name).write_bytes(path.read_bytes())
    settings = folder / "campaign.yaml"
    text = settings.read_text(encoding="utf-8")

    settings.write_text(text.replace("locale: vi_VN", "locale: en_KE"), encoding="utf-8")
    assert Campaign.load(folder).locale == "en_KE"

    settings.write_text(text.replace("locale: vi_VN", "locale: fr_FR"), encoding="utf-8")
    with pytest.raises(ParamsError, match=r"locale(?s:.*)en_<ISO 3166>, vi_VN"):
        Campaign.load(folder)


def test_a_pack_with_a_word_that_is_no_pattern_or_an_unknown_key_is_refused():
    known = load("vi_VN").model_dump()

    with pytest.raises(ValidationError, match="no regular expression"):
        LocalePack(**{**known, "nil": {**known["nil"], "zero": ["(0"]}})
    with pytest.raises(ValidationError, match="forbidden"):
        LocalePack(**{**known, "wards": []})


def used_in(text):
    return set(re.findall(r"«(\w+)\.(\w+)»", text))


@pytest.mark.parametrize("code", PACKS)
def test_every_word_that_a_pattern_asks_for_is_in_every_pack(code):
    asked = set().union(*(used_in(path.read_text("utf-8")) for path in LIB.glob("intake/**/*.py")))

    assert len(asked) > 60
    assert [place for place in asked if not hasattr(getattr(load(code), place[0]), place[1])] == []


@pytest.mark.slow
def test_no_list_of_words_is_kept_that_nothing_reads():
    sources = "".join(path.read_text("utf-8") for path in LIB.glob("**/*.py"))
    sources += (LIB / "locale/packs/vi_VN.yaml").read_text("utf-8")
    families = {k: v for k, v in load("vi_VN") if hasattr(v, "__pydantic_fields__")}
    lists = [
        (family, name) for family, words in families.items() for name in type(words).model_fields
    ]
    unread = [
        f"{family}.{name}"
        for family, name in lists
        if f"«{family}.{name}»" not in sources and not re.search(rf"\w\.{name}\b", sources)
    ]

    assert unread == []


def strings_of(path):
    """The texts in a module's code, but for docstrings."""
    tree = ast.parse(path.read_text("utf-8"))
    said = {id(n.value) for n in ast.walk(tree) if isinstance(n, ast.Expr)}
    return [
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in said
    ]


@pytest.mark.slow
def test_no_vietnamese_word_stands_in_the_code_that_reads_reports():
    found = {
        path.relative_to(LIB / "intake").as_posix()
        for path in LIB.glob("intake/**/*.py")
        if any(VIETNAMESE.search(unicodedata.normalize("NFC", text)) for text in strings_of(path))
    }

    assert found == WITH_WORDS


WARDS = """unit_code,name,type,full_name,short_label,population,smartphone_owners,\
smartphone_owners_status,adults,adults_status,tile_row,tile_col,parent
30101,Sokoni,Ward,Sokoni Ward,Sokoni,18419,10130,assumed,13077,assumed,5,0,HN
30102,Tezo,Ward,Tezo Ward,Tezo,13035,7169,assumed,9255,assumed,5,1,HN
"""
HEADINGS = """kind,target,alias
header,stt,No
header,ho_ten,Name
header,dia_chi,Village
header,so_dien_thoai,Phone
header,luy_ke,Registered to date
header,tong_cong_row,Total
"""


@pytest.fixture
def wards(tmp_path):
    """A campaign of two invented wards of Kenya, in May 2024, on households registered."""
    for path in (LIB.parents[1] / "params").iterdir():
        (tmp_path / path.name).write_bytes(path.read_bytes())
    for name in ("hamlets.csv", "agencies.csv"):
        head = (tmp_path / name).read_text("utf-8-sig").splitlines()[0]
        (tmp_path / name).write_text(head + "\n", encoding="utf-8")
    for name in ("readings.yaml", "corrections.yaml"):
        (tmp_path / name).write_text("", encoding="utf-8")
    (tmp_path / "communes.csv").write_text(WARDS, encoding="utf-8")
    (tmp_path / "aliases.csv").write_text(HEADINGS, encoding="utf-8")
    text = (tmp_path / "campaign.yaml").read_text("utf-8").replace("vi_VN", "en_KE")
    text = re.sub(r"2021-08-(\d\d)", r"2024-05-\1", text).replace("Bluezone", "registration")
    (tmp_path / "campaign.yaml").write_text(text, encoding="utf-8")
    return Campaign.load(tmp_path)


def test_a_ward_s_list_in_english_is_read_by_its_pack(wards):
    rows = [
        ["SOKONI WARD"],
        ["Report on household registration"],
        ["Date: 16 May 2024"],
        [],
        ["No", "Name", "Village", "Phone", "Registered to date"],
        [1, "Amina Annotation", "Mtondia", "+254 712 345 678", "1,234"],
        [2, "John Karisa", "Mnarani", "0733 345 679", "412"],
        [3, "Grace Kadzo", "Ngala", "0722000111", "about 50"],
        [None, "Total", None, None, "1,696"],
    ]

    (report,) = Reader(wards).read(workbook(rows), "inbox/list.xlsx")

    assert (report.unit_code, report.report_date) == ("30101", date(2024, 5, 16))
    assert report.facts["numerator_cumulative"] == 1234 + 412 + 50
    assert report.facts["distinct_phones"] == 3
    assert [finding.rule for finding in report.findings] == ["number_approximate"]
    assert pack() is load("vi_VN")  # in force before, and again
