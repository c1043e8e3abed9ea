"""What published tables hold, for other programs: `datapackage.json` beside them.

Source: Data Package and Table Schema, version 1 (specs.frictionlessdata.io).
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from briefing.catalog.figures import Figure, Kind, figure_of
from briefing.catalog.naming import HOLD_NAMES, Naming
from briefing.catalog.tables import TABLES

FILE = "datapackage.json"
TYPES: Mapping[Kind, str] = {
    "count": "integer", "share": "number", "points": "number", "pace": "number", "text": "string",
    "day": "date", "moment": "datetime", "code": "string", "yes_no": "boolean",
}  # fmt: skip
FORM = "form"  # forms are a campaign's own, so what is known of some is no list of all
YES_NO = {"trueValues": ["True"], "falseValues": ["False"]}
HOW_WRITTEN = {
    "profile": "tabular-data-resource",
    "format": "csv",
    "mediatype": "text/csv",
    "encoding": "utf-8-sig",
    "dialect": {"delimiter": ",", "doubleQuote": True, "header": True, "lineTerminator": "\n"},
}


@dataclass(frozen=True)
class Resource:
    """A published table.

    Attributes:
        path: Of its file, from the folder of the tables.
        columns: As they are called inside, in their order.
        naming: What they are called outside.
        table: Its name inside.
    """

    path: str
    columns: Iterable[str]
    naming: Naming
    table: str

    def record(self, paths: Mapping[tuple[str, Naming], str]) -> dict[str, Any]:
        """The resource as its description has it, in the language in force.

        Args:
            paths: Of all tables of the package by name inside and naming, for what keys point to.
        """
        table = TABLES.get(self.table)
        schema: dict[str, Any] = {
            "fields": [
                self._field(column, called)
                for column, called in self.naming.columns(self.columns).items()
            ],
            "missingValues": [""],
        }
        if table and table.key:
            schema["primaryKey"] = [*map(self.naming.outside, table.key)]
        if table and table.rows_of and (other := paths.get((table.rows_of, self.naming))):
            reference = {"resource": _name(other), "fields": "unit_code"}
            schema["foreignKeys"] = [{"fields": "unit_code", "reference": reference}]
        about = {"title": str(table.title)} if table else {}
        return {"name": _name(self.path), "path": self.path, **about, **HOW_WRITTEN,
                "schema": schema}  # fmt: skip

    def _field(self, column: str, called: str) -> dict[str, Any]:
        figure = figure_of(column, self.table)
        put = self.naming.outside if column in HOLD_NAMES else str
        labels = {put(code): label for code, label in (figure.codes or {}).items()}
        codes = [*labels] if column != FORM else []
        meaning = _meaning(figure, labels)
        texts = {"title": figure.heading, "description": meaning, "unit": figure.unit}
        return {
            "name": called,
            "type": TYPES[figure.kind],
            **(
                {"trueValues": ["True"], "falseValues": ["False"]}
                if figure.kind == "yes_no"
                else {}
            ),
            **({"constraints": {"enum": codes}} if codes else {}),
            **{key: text for key, text in texts.items() if text},
        }


def _meaning(figure: Figure, labels: Mapping[str, object]) -> str:
    known = "; ".join(f"{code}: {label}" for code, label in labels.items())
    return " ".join(str(part) for part in (figure.meaning, known) if part)


def _name(path: str) -> str:
    return path.removesuffix(".csv").replace("/", "-").lower()


def datapackage(name: str, title: str, resources: Iterable[Resource]) -> str:
    """The description of a folder of tables, as JSON: the same text for the same tables.

    Args:
        name: In small letters, figures, `.`, `-` and `_`, as the standard asks.
    """
    all_of_it = [*resources]
    paths = {(one.table, one.naming): one.path for one in all_of_it}
    package = {
        "profile": "tabular-data-package",
        "name": name,
        "title": title,
        "resources": [one.record(paths) for one in all_of_it],
    }
    return json.dumps(package, ensure_ascii=False, indent=1) + "\n"
