"""Names of units in free text: the longest first, never a guess between two."""

import csv
import pickle
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.intake.parsers.places import Match, Places, Resolution

VECTORS = Path(__file__).parent / "vectors"
KINDS = {"Phường": "P.", "Xã": "X."}
UNITS = {
    "21640": ("Phường", "Bồng Sơn"), "21685": ("Phường", "Hoài Đức"),
    "21661": ("Phường", "Hoài Hảo"), "21670": ("Phường", "Hoài Hương"),
    "21673": ("Phường", "Hoài Tân"), "21667": ("Phường", "Hoài Thanh"),
    "21664": ("Phường", "Hoài Thanh Tây"), "21679": ("Phường", "Hoài Xuân"),
    "21637": ("Phường", "Tam Quan"), "21655": ("Phường", "Tam Quan Bắc"),
    "21658": ("Phường", "Tam Quan Nam"), "21649": ("Xã", "Hoài Châu"),
    "21646": ("Xã", "Hoài Châu Bắc"), "21676": ("Xã", "Hoài Hải"), "21682": ("Xã", "Hoài Mỹ"),
    "21652": ("Xã", "Hoài Phú"), "21643": ("Xã", "Hoài Sơn"),
}  # fmt: skip


def alias_rows() -> list[dict[str, str]]:
    with (VECTORS / "unit_aliases.csv").open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def units() -> Places:
    """As a campaign gives them: the three official spellings, the initials, the known slips."""
    names = [
        (code, spelling)
        for code, (kind, name) in UNITS.items()
        for spelling in (name, f"{kind} {name}", f"{KINDS[kind]} {name}")
    ]
    given_ = [r for r in alias_rows() if r["kind"] in ("initials", "typo_or_shortening")]
    names += [(r["unit_code"], r["alias"]) for r in given_ if "AMBIGUOUS" not in r["flag"]]
    shared = [(r["alias"], r["unit_code"]) for r in given_ if "AMBIGUOUS" in r["flag"]]
    return Places(names, shared)


PLACES = units()


@pytest.mark.parametrize("row", alias_rows(), ids=lambda row: f"{row['alias']}-{row['unit_code']}")
def test_every_spelling_of_the_reference_is_resolved(row):
    result = PLACES.resolve(row["alias"], initials=True)

    if row["flag"].startswith("AMBIGUOUS:"):
        assert result.how == "ambiguous"
        assert set(result.codes) == set(row["flag"].removeprefix("AMBIGUOUS:").split("/"))
    else:
        how = "initials" if row["kind"] == "initials" else "exact"
        assert result == Resolution((row["unit_code"],), how)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("UBND phường Tam Quan Bắc, thị xã Hoài Nhơn", "21655"),
        ("TAM QUAN BẮC", "21655"),
        ("Hoài Thanh Tây", "21664"),
        ("hoai\nthanh  tay", "21664"),
        ("Tam Quan", "21637"),
        ("BaoCaoTamQuanBac16-8", "21655"),
        ("bc_bongson_1608", "21640"),
        (unicodedata.normalize("NFD", "Hoài Châu Bắc"), "21646"),
        ("Hoài Thanh - T. Hoài Nhơn", "21667"),
        ("Tam Quan, Bắc Bình Định", "21637"),
    ],
)
def test_the_longest_name_wins_and_stays_within_its_phrase(text, code):
    assert [match.code for match in PLACES.find(text)] == [code]


def test_a_match_says_where_it_stands():
    text = "UBND phường Bồng Sơn và Hoài Mỹ"

    assert PLACES.find(text) == [
        Match("21640", "Phường Bồng Sơn", 5, 20),
        Match("21682", "Hoài Mỹ", 24, 31),
    ]


@pytest.mark.parametrize("text", ["", "Hoài", "Hoài Ân", "Hoài Nhơn", "Tam Quang", "Bồng Sơnx"])
def test_a_part_of_a_name_or_another_name_is_no_match(text):
    assert PLACES.find(text) == []


@pytest.mark.parametrize("stem", ["BC BS 16-8", "bc_bs_1608", "BS1608", "P.BS"])
def test_initials_count_only_when_asked_for(stem):
    assert PLACES.find(stem) == []
    assert PLACES.resolve(stem) == Resolution((), "none")
    assert PLACES.resolve(stem, initials=True) == Resolution(("21640",), "initials")


def test_a_written_name_goes_before_initials():
    assert PLACES.resolve("HS Bồng Sơn", initials=True) == Resolution(("21640",), "exact")


def test_initials_of_several_units_are_refused_with_their_names():
    assert PLACES.resolve("BC HT 16-8", initials=True).how == "ambiguous"
    assert PLACES.resolve("HH", initials=True).codes == ("21661", "21670", "21676")
    assert PLACES.find("HH", initials=True) == []


def test_two_units_in_one_text_are_not_one():
    result = PLACES.resolve("Hoài Đức và Hoài Hảo")

    assert result == Resolution(("21685", "21661"), "ambiguous") and result.code is None


@pytest.mark.parametrize(
    ("text", "code"),
    [("Bồng Sơm", "21640"), ("Tam Qan Bắc", "21655"), ("UBND phường Hoài Đứcc", "21685")],
)
def test_a_slip_of_the_keyboard_is_recognised_on_request(text, code):
    assert PLACES.resolve(text) == Resolution((), "none")
    assert PLACES.resolve(text, fuzzy=True) == Resolution((code,), "fuzzy")


def test_a_slip_that_lies_between_two_names_is_refused():
    assert PLACES.resolve("Hoai Han", fuzzy=True) == Resolution(("21661", "21676"), "ambiguous")


@pytest.mark.parametrize("text", ["Hoài Ân", "Hoài Phước", "Hoài Nhơn", "An", "Tăng Bạt Hổ"])
def test_the_name_of_another_place_is_not_taken_for_a_slip(text):
    assert PLACES.resolve(text, fuzzy=True) == Resolution((), "none")


def test_names_of_agencies_are_found_with_and_without_their_dashes():
    bodies = Places(
        [("A", "Phòng Tài chính - Kế hoạch"), ("B", "Phòng Văn hóa Thông tin"), ("C", "Phòng Y tế")]
    )

    assert bodies.resolve("PHÒNG TÀI CHÍNH - KẾ HOẠCH").code == "A"
    assert bodies.resolve("Phong Tai chinh Ke hoach").code == "A"
    assert bodies.resolve("Phòng Văn hoá - Thông tin").code == "B"
    assert bodies.resolve("Phòng Y tế thị xã").code == "C"


def test_a_name_with_a_number_is_not_its_longer_neighbour():
    places = Places([("1", "Khu phố 1"), ("12", "Khu phố 12"), ("1", "kp 1")])

    assert [places.resolve(t).code for t in ("Khu phố 1", "khu pho 12", "KP1", "KP13")] == [
        "1", "12", "1", None,
    ]  # fmt: skip


def test_one_spelling_given_for_two_units_is_ambiguous():
    assert Places([("A", "Tân An"), ("B", "Tân An")]).resolve("Tân An").how == "ambiguous"


def test_no_names_find_nothing():
    assert Places([]).find("Bồng Sơn") == []
    assert Places([]).resolve("Bồng Sơn", initials=True, fuzzy=True) == Resolution((), "none")


def test_a_set_of_places_can_be_sent_to_another_process():
    assert pickle.loads(pickle.dumps(PLACES)).resolve("Bồng Sơn").code == "21640"


@pytest.mark.slow
@given(st.text(), st.booleans(), st.booleans())
def test_any_text_is_resolved_or_not_without_failing(text, initials, fuzzy):
    result = PLACES.resolve(text, initials=initials, fuzzy=fuzzy)

    assert (result.how == "none") == (not result.codes)
    assert all(0 <= m.start < m.end for m in PLACES.find(text, initials=initials))


TWINS = Places([("A", "Hoài Hảo"), ("B", "Hoài Hào"), ("C", "Hòa An"), ("D", "Tam Quan"),
                ("E", "Tam Quán")])  # fmt: skip


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("UBND PHƯỜNG HOÀI HẢO", ("A",)),
        ("phường Hoài Hào", ("B",)),
        (unicodedata.normalize("NFD", "Hoài Hào"), ("B",)),
        ("Hoai Hảo", ("A",)),  # one accent is enough
        ("BC Hoai Hao 16-8", ("A", "B")),
        ("Hoài Hao", ("A", "B")),  # that one is left out
        ("Hoài Háo", ("A", "B")),  # neither
        ("hoà an", ("C",)),  # where the tone stands is no difference
        ("Xã Tam Quan", ("D",)),  # the rest of the line has accents, so the name has none
        ("Xã Tam Quán", ("E",)),
        ("Xa Tam Quan", ("D", "E")),
    ],
)
def test_of_names_that_differ_by_tone_alone_the_accents_decide(text, codes):
    assert TWINS.resolve(text).codes == codes
    assert bool(TWINS.find(text)) == (len(codes) == 1)


def test_of_two_places_of_one_name_the_place_above_decides():
    above = {"A": "Phù Mỹ", "B": "Hoài Ân"}
    places = Places([("A", "Xã Mỹ Đức"), ("B", "Xã Mỹ Đức")], above=above)

    assert places.resolve("Xã Mỹ Đức, huyện Phù Mỹ").codes == ("A",)
    assert places.resolve("Xã Mỹ Đức - H. Hoài Ân").codes == ("B",)
    assert places.resolve("Xã Mỹ Đức").codes == ("A", "B")
    assert places.within(("A", "B"), ["UBND HUYỆN HOÀI ÂN", "UBND XÃ MỸ ĐỨC"]) == ("B",)


@pytest.mark.parametrize(
    ("names", "text", "codes"),
    [
        # 95.7 and 91.7 points are less than 4 apart, 95.2 and 90.9 are more.
        (["An Binh Don", "An Binh Donh"], "An Binh Dong", ("0", "1")),
        (["Hoa Binh A", "Hoa Binh Am"], "Hoa Binh An", ("0",)),
        # One letter of eight: 87.5 points; of seven: 85.7, below 86.
        (["Tan Hoan"], "Tan Hoam", ("0",)),
        (["Tan Hoa"], "Tan Hoe", ()),
        # Six letters are enough to tell a slip, five are not.
        (["Tan Hoan"], "Tan Hoa", ("0",)),
        (["Tan Hoa"], "Tan Ho", ()),
    ],
)
def test_a_slip_is_near_one_name_and_far_from_all_others(names, text, codes):
    places = Places([(str(n), name) for n, name in enumerate(names)], [])

    assert places.resolve(text, fuzzy=True).codes == codes
