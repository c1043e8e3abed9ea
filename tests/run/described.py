"""What published tables say of themselves, held against them by another program."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

from frictionless import validate


def at_fault(tables: Path) -> list[str]:
    """What frictionless finds in a folder of published tables, by their `datapackage.json`."""
    longest = csv.field_size_limit()
    report = validate(str(tables / "datapackage.json"))
    csv.field_size_limit(longest)  # which it raises for the whole process
    found = report.flatten(["name", "fieldName", "rowNumber", "message"])
    return [" ".join(map(str, one)) for one in found]


def described(tables: Path) -> dict[str, dict[str, Any]]:
    """The descriptions of a folder of published tables, by path."""
    content = json.loads((tables / "datapackage.json").read_text("utf-8"))
    return {resource["path"]: resource for resource in content["resources"]}
