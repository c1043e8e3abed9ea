"""A font is used only when it is whole."""

import unicodedata

import pytest
from fontTools.fontBuilder import FontBuilder
from fontTools.ttLib.tables._g_l_y_f import Glyph

from briefing.documents import fonts


def font_file(path, letters):
    names = [".notdef", *(f"u{ord(letter):04X}" for letter in letters)]
    builder = FontBuilder(1000, isTTF=True)
    builder.setupGlyphOrder(names)
    builder.setupCharacterMap({ord(letter): f"u{ord(letter):04X}" for letter in letters})
    builder.setupGlyf({name: Glyph() for name in names})
    builder.setupHorizontalMetrics({name: (500, 0) for name in names})
    builder.setupHorizontalHeader()
    builder.setupPost()
    builder.save(path)
    return path


def test_vietnamese_has_134_letters_beside_the_plain_ones():
    accented = {letter for letter in fonts.vietnamese_letters() if ord(letter) > 127}

    assert len(accented) == 134
    assert all(unicodedata.is_normalized("NFC", letter) for letter in accented)


def test_a_font_that_lacks_one_letter_is_not_whole(tmp_path):
    letters = sorted(fonts.vietnamese_letters())

    assert fonts.covers_vietnamese(font_file(tmp_path / "whole.ttf", letters))
    assert not fonts.covers_vietnamese(font_file(tmp_path / "lacking.ttf", letters[:-1]))


def test_a_file_that_is_no_font_is_not_whole(tmp_path):
    (tmp_path / "x.ttf").write_bytes(b"not a font")

    assert not fonts.covers_vietnamese(tmp_path / "x.ttf")


@pytest.mark.parametrize("whole", [True, False])
def test_times_is_taken_only_when_all_four_faces_are_whole(tmp_path, monkeypatch, whole):
    letters = sorted(fonts.vietnamese_letters())
    for name in ("times.ttf", "timesbd.ttf", "timesi.ttf", "timesbi.ttf"):
        font_file(tmp_path / name, letters)
    if not whole:
        font_file(tmp_path / "timesbi.ttf", letters[:5])
    monkeypatch.setattr(fonts, "_folders", lambda: [tmp_path])
    monkeypatch.setattr(fonts, "body", fonts.body.__wrapped__)

    assert fonts.body().family == ("Times New Roman" if whole else "Libertinus Serif")


def test_the_font_of_charts_is_found_and_whole():
    assert fonts.covers_vietnamese(fonts.chart_folder() / "DejaVuSans.ttf")
