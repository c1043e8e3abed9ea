"""Cells to clean text, comparing keys, tone marks, and fonts of the 1990s."""

import csv
import unicodedata
from datetime import date, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.intake.parsers.legacy import decode_legacy
from briefing.intake.parsers.text import clean, fold, plain, tidy_tone

VECTORS = Path(__file__).parent / "vectors"


def rows(name: str) -> list[dict[str, str]]:
    with (VECTORS / name).open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, ""),
        ("  Hoài \u00a0\u202f Đức ", "Hoài Đức"),
        ("dòng một\r\ndòng hai", "dòng một dòng hai"),
        ("Bồng\u200b Sơn\ufeff", "Bồng Sơn"),
        ("dòng_x000D_ hai", "dòng hai"),
        (unicodedata.normalize("NFD", "Hoài Đức"), "Hoài Đức"),
        ("１２ Ａ", "12 A"),
        ("tỷ\u00adlệ", "tỷlệ"),
        ("a\u202eb\ud800", "ab"),
        (12.0, "12"),
        ("12.0", "12"),
        (12.5, "12.5"),
        (912345678.0, "912345678"),
        (float("nan"), ""),
        (True, "TRUE"),
        (datetime(2021, 8, 16), "2021-08-16"),
        (date(2021, 8, 16), "2021-08-16"),
    ],
)
def test_a_cell_becomes_one_line_of_text(value, text):
    assert clean(value) == text


def test_a_number_too_long_to_print_is_named_by_its_type():
    assert clean(10**5000) == "(int)"


def test_the_soft_hyphen_stays_where_it_may_be_a_letter_of_an_old_font():
    assert clean("  Hoµi H\u00ad¬ng ") == "Hoµi H\u00ad¬ng"


@pytest.mark.parametrize(
    "spelling", ["Hòa", "hoà", "HOA", unicodedata.normalize("NFD", "Hoà"), " hòa. ", "h\u00adòa"]
)
def test_spellings_of_one_name_fold_to_one_key(spelling):
    assert fold(spelling) == "hoa"


def test_the_letter_d_with_stroke_folds_also_when_it_was_typed_as_eth():
    assert fold("Đệ Đức") == fold("Ðệ Ðức") == "de duc"


def test_every_run_of_other_signs_folds_to_one_space():
    assert fold("Địa chỉ (thôn,\nkhu_phố)") == "dia chi thon khu pho"


def test_plain_keeps_every_position():
    text = "Ngày 16/8, Hoài Đức"

    assert plain(text) == "ngay 16/8, hoai duc"
    assert len(plain(text)) == len(text)


@given(st.text())
def test_folding_twice_changes_nothing(text):
    assert fold(fold(text)) == fold(text)


@given(st.text())
def test_cleaning_gives_one_line_that_stays_as_it_is(text):
    cleaned = clean(text)

    assert cleaned == " ".join(cleaned.split())
    assert clean(cleaned) == cleaned or cleaned.endswith(".0") or "_x00" in cleaned


@given(st.one_of(st.none(), st.integers(), st.floats(), st.binary(), st.datetimes(), st.text()))
def test_no_object_makes_cleaning_fail(value):
    assert isinstance(clean(value), str)


@pytest.mark.parametrize(
    ("typed", "tidy"),
    [
        ("hoà", "hòa"),
        ("KHOẺ", "KHỎE"),
        ("Thuỷ", "Thủy"),
        ("uý", "úy"),
        ("Hòai Đức", "Hoài Đức"),
        ("qúy", "quý"),
        ("quý quà", "quý quà"),
        ("gìa", "già"),
        ("tòan xã", "toàn xã"),
        ("hoàn thuyền khuỷu người tiến nước của", "hoàn thuyền khuỷu người tiến nước của"),
        ("Müller café", "Müller café"),
    ],
)
def test_tone_marks_stand_where_the_older_rule_puts_them(typed, tidy):
    assert tidy_tone(typed) == tidy


LEGACY = [
    ("Hoµi §øc", "Hoài Đức", "tcvn3"),
    ("Hä vµ tªn", "Họ và tên", "tcvn3"),
    ("TT. Bång S¬n", "TT. Bồng Sơn", "tcvn3"),
    ("Hoµi H\u00ad¬ng", "Hoài Hương", "tcvn3"),
    ("§Þa chØ", "Địa chỉ", "tcvn3"),
    ("§/c", "Đ/c", "tcvn3"),
    ("S§T", "SĐT", "tcvn3"),
    ("Lòy kÕ", "Lũy kế", "tcvn3"),
    ("Céng", "Cộng", "tcvn3"),
    ("CéNG HßA X· HéI CHñ NGHÜA", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA", "tcvn3"),
    ("Hoï vaø teân", "Họ và tên", "vni"),
    ("Soá ñieän thoaïi", "Số điện thoại", "vni"),
    ("Luõy keá", "Lũy kế", "vni"),
    ("Ñòa chæ", "Địa chỉ", "vni"),
    ("Boàng Sôn", "Bồng Sơn", "vni"),
    ("PHÖÔØNG HOAØI ÑÖÙC", "PHƯỜNG HOÀI ĐỨC", "vni"),
    ("Aùnh Hoàng Vaên", "Ánh Hồng Văn", "vni"),
]


@pytest.mark.parametrize(("typed", "text", "encoding"), LEGACY)
def test_text_of_an_old_font_is_decoded(typed, text, encoding):
    assert decode_legacy(typed) == (text, encoding)


def test_every_legacy_heading_and_name_of_the_reference_is_decoded():
    headings = [r["alias"] for r in rows("header_aliases.csv") if r["kind"] == "legacy_encoding"]
    names = {r["tcvn3"]: r["name"] for r in rows("legacy_names.csv") if not r["tcvn3"].isascii()}

    assert len(headings) == 9 and len(names) == 15
    assert all(decode_legacy(heading)[1] for heading in headings)
    for typed, name in names.items():
        decoded, encoding = decode_legacy(typed)
        assert encoding == "tcvn3" and decoded.removeprefix("TT. ") == name


def test_no_correct_name_or_heading_is_touched():
    correct = [row["text"] for row in rows("correct_names.csv")]
    correct += [row["alias"] for row in rows("unit_aliases.csv")]
    correct += [r["alias"] for r in rows("header_aliases.csv") if r["kind"] != "legacy_encoding"]

    assert len(correct) > 700
    for text in correct:
        for form in (text, text.upper(), text.lower()):
            assert decode_legacy(form) == (form, None)


@pytest.mark.parametrize(
    "text",
    ["", "Bong Son", "café", "Céline Dion", "résumé", "Nestlé", "Müller", "José", "Noël", "ESPAÑA",
     "né", "Lê Công Trí", "NLÐ", "HÐND", "Hoà", "Hòai Tân", "§ 5", "© 2021", "5 µm", "12 × 5",
     "«Hoa»", "· Lan", "£5", "½ ly", "tên¹", "Zalo®", "Hoàng Thuý Vân", "Boutique Hélène"],
)  # fmt: skip
def test_other_text_with_the_same_characters_is_left_alone(text):
    assert decode_legacy(text) == (text, None)


def test_words_that_could_stand_as_they_are_need_the_hint_of_the_file():
    assert decode_legacy("Khu phè 1") == ("Khu phè 1", None)
    assert decode_legacy("Khu phè 1", "tcvn3") == ("Khu phố 1", "tcvn3")
    assert decode_legacy("An Sôn", "vni") == ("An Sơn", "vni")


def test_a_hint_does_not_spoil_what_is_plainly_unicode():
    assert decode_legacy("Khu phố 1", "tcvn3") == ("Khu phố 1", None)
    assert decode_legacy("Khu pho 1", "vni") == ("Khu pho 1", None)


@given(st.text(alphabet=st.characters(max_codepoint=0x1EFF)))
def test_decoding_never_fails_and_leaves_ascii_alone(text):
    decoded, encoding = decode_legacy(text)

    assert encoding in (None, "tcvn3", "vni")
    assert encoding or decoded == text
    assert not (text.isascii() and encoding)
