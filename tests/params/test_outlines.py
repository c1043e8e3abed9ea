"""A map of the units is checked whole when the campaign is loaded."""

from __future__ import annotations

import json

import pytest

from briefing.errors import ParamsError
from briefing.messages import language
from briefing.params import Campaign
from tests.tables.tiny import AN, CAMPAIGN, NAMES, params_folder

RING = [[109.0, 14.3], [109.1, 14.3], [109.1, 14.4], [109.0, 14.3]]


@pytest.fixture(autouse=True)
def in_english():
    with language("en"):
        yield


def feature(code, kind="Polygon", coordinates=(RING,)):
    return {
        "type": "Feature",
        "properties": {"unit_code": code},
        "geometry": {"type": kind, "coordinates": coordinates},
    }


def loaded(folder, *features, text=None):
    params = params_folder(folder / "params", CAMPAIGN + "map: units.geojson\n")
    content = text or json.dumps({"type": "FeatureCollection", "features": features})
    (params / "units.geojson").write_text(content, encoding="utf-8")
    return Campaign.load(params)


def fault(folder, *features, text=None):
    with pytest.raises(ParamsError) as error:
        loaded(folder, *features, text=text)
    assert "units.geojson" in str(error.value) and "Nothing was run." in str(error.value)
    return str(error.value)


def test_each_unit_gets_its_polygons_with_their_holes(tmp_path):
    parts = [[RING, RING], [RING]]
    others = [feature(code) for code in [*NAMES][1:]]
    campaign = loaded(tmp_path, feature(AN, "MultiPolygon", parts), *others)

    assert [len(polygon) for polygon in campaign.outlines[AN]] == [2, 1]
    assert campaign.outlines[AN][0][0][1] == (109.1, 14.3)
    assert set(campaign.outlines) == set(NAMES)


def test_several_features_of_a_unit_are_its_parts_and_neighbours_are_passed_over(tmp_path):
    features = [feature(code) for code in [*NAMES, AN, "99999"]]
    campaign = loaded(tmp_path, *features)

    assert len(campaign.outlines[AN]) == 2
    assert "99999" not in campaign.outlines


def test_without_a_map_there_are_no_outlines(tmp_path):
    assert Campaign.load(params_folder(tmp_path / "params")).outlines == {}


def test_a_map_does_not_change_how_reports_are_read(tmp_path):
    plain = Campaign.load(params_folder(tmp_path / "plain"))
    mapped = loaded(tmp_path, *[feature(code) for code in NAMES])

    assert mapped.fingerprint == plain.fingerprint


def test_a_map_that_is_not_there_is_named(tmp_path):
    params = params_folder(tmp_path / "params", CAMPAIGN + "map: units.geojson\n")

    with pytest.raises(ParamsError, match=r"units\.geojson: no such file\. Nothing was run"):
        Campaign.load(params)


@pytest.mark.parametrize(
    "text", ["{", "[]", '{"type": "Feature"}', '{"type": "X", "features": []}']
)
def test_what_is_no_geojson_is_said_to_be_none(tmp_path, text):
    assert "not a GeoJSON file with features" in fault(tmp_path, text=text)


def test_a_unit_that_the_map_lacks_is_named_with_what_to_do(tmp_path):
    said = fault(tmp_path, *[feature(code) for code in [*NAMES][1:]])

    assert f"no feature has the unit_code {AN}. Add them, or remove the line “map”" in said


@pytest.mark.parametrize(
    ("kind", "coordinates"),
    [
        ("Point", [109.0, 14.3]),
        ("Polygon", [[[589000.0, 1580000.0], [1.0, 1.0], [2.0, 2.0], [1.0, 1.0]]]),
        ("Polygon", [[[109.0, 14.3], [109.1, 14.3]]]),
        ("Polygon", [[["x", 14.3]] * 4]),
        ("Polygon", [[[float("nan"), 14.3]] * 4]),
        ("Polygon", []),
        ("MultiPolygon", None),
    ],
)
def test_what_is_no_polygon_in_degrees_is_refused_with_its_number(tmp_path, kind, coordinates):
    others = [feature(code) for code in [*NAMES][1:]]

    said = fault(tmp_path, *others, feature(AN, kind, coordinates))
    assert "feature 4: must be a polygon in degrees of longitude and latitude" in said
