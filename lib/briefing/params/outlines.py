"""The outlines of the units, where a campaign has a map of them."""

from __future__ import annotations

import json
import math
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Any

from briefing.errors import ParamsError
from briefing.messages import _

Point = tuple[float, float]
Ring = tuple[Point, ...]
Polygon = tuple[Ring, ...]
"""The outer ring, then its holes; longitude and latitude in degrees."""

Outlines = dict[str, tuple[Polygon, ...]]

CODE = "unit_code"
_SHAPES = ("Polygon", "MultiPolygon")


def read_outlines(path: Path, codes: Collection[str]) -> Outlines:
    """The polygons of each unit from a GeoJSON file, whose features name theirs in `unit_code`.

    Features of other units, such as neighbours, are passed over; several of one unit are its
    parts.

    Raises:
        ParamsError: The file is missing, is not GeoJSON in degrees, or lacks a unit.
    """
    outlines: Outlines = {}
    for number, feature in enumerate(_features(path), start=1):
        code = str((feature.get("properties") or {}).get(CODE, ""))
        if code in codes:
            outlines[code] = (*outlines.get(code, ()), *_polygons(feature, path, number))
    lacking = sorted(set(codes) - outlines.keys())
    if lacking:
        raise ParamsError(
            _(
                "{file}: no feature has the unit_code {codes}. Add them, or remove the line “map” "
                "from campaign.yaml. Nothing was run.",
                file=path,
                codes=", ".join(lacking),
            )
        )
    return outlines


def _features(path: Path) -> list[dict[str, Any]]:
    try:
        content = json.loads(path.read_text(encoding="utf-8-sig"))
        features = content["features"]
        if content["type"] != "FeatureCollection" or not all(isinstance(f, dict) for f in features):
            raise ValueError("FeatureCollection")
    except FileNotFoundError:
        raise ParamsError(_("{file}: no such file. Nothing was run.", file=path)) from None
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ParamsError(
            _(
                "{file}: not a GeoJSON file with features: {error}. Nothing was run.",
                file=path,
                error=error,
            )
        ) from error
    return features


def _polygons(feature: dict[str, Any], path: Path, number: int) -> Iterator[Polygon]:
    geometry = feature.get("geometry") or {}
    kind, shape = geometry.get("type"), geometry.get("coordinates")
    try:
        if kind not in _SHAPES or not shape:
            raise ValueError
        for polygon in [shape] if kind == "Polygon" else shape:
            yield tuple(map(_ring, polygon))
    except (TypeError, ValueError, IndexError):
        raise ParamsError(
            _(
                "{file}, feature {n}: must be a polygon in degrees of longitude and latitude "
                "(WGS 84). Nothing was run.",
                file=path,
                n=number,
            )
        ) from None


def _ring(places: list) -> Ring:
    """A ring that encloses something; it begins and ends at the same point."""
    if len(places) < 4:
        raise ValueError
    return tuple(map(_point, places))


def _point(place: list) -> Point:
    longitude, latitude = float(place[0]), float(place[1])
    if not (math.isfinite(longitude) and abs(longitude) <= 180 and abs(latitude) <= 90):
        raise ValueError
    return longitude, latitude
