"""Whether two folders hold the same workbooks and documents, cell by cell and style by style.

    python tests/same_files.py BEFORE AFTER

Prints each kind of difference with an example and in how many places it is; a package that is
written in another way, such as a style by another number, is no difference.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import docx
import openpyxl
from docx.oxml.ns import qn

LOOKS = ("font", "fill", "border", "alignment", "protection", "number_format", "comment")
RUN = ("rFonts", "b", "i", "u", "strike", "color", "sz")
PARAGRAPH = ("pStyle", "jc", "ind", "spacing", "shd", "keepNext", "numPr")
CELL = ("tcW", "gridSpan", "vMerge", "shd", "tcBorders", "vAlign")


def of_workbook(path: Path) -> Iterator[tuple[str, str, Any]]:
    """Place, aspect and value of everything that a workbook shows or checks."""
    for sheet in openpyxl.load_workbook(path):
        at = f"{sheet.title}!"
        yield at, "page", _attributes(sheet.page_setup, sheet.page_margins, sheet.print_options)
        yield at, "head", (sheet.freeze_panes, sheet.print_title_rows, sheet.sheet_state)
        yield at, "view", (sheet.sheet_view.showGridLines, sheet.auto_filter.ref)
        yield at, "guard", _attributes(sheet.protection)
        yield at, "merged", sorted(map(str, sheet.merged_cells.ranges))
        checks = sheet.data_validations.dataValidation
        yield at, "checks", sorted(str(_attributes(check)) for check in checks)
        for name, column in sheet.column_dimensions.items():
            yield at + name, "width", (column.width, column.hidden)
        for number, row in sheet.row_dimensions.items():
            yield f"{at}{number}", "height", (row.height, row.hidden)
        for cell in (cell for row in sheet.iter_rows() for cell in row):
            yield at + cell.coordinate, "value", (cell.value, cell.data_type)
            link = cell.hyperlink and (cell.hyperlink.location, cell.hyperlink.tooltip)
            yield at + cell.coordinate, "link", link
            for look in LOOKS:
                yield at + cell.coordinate, look, str(getattr(cell, look))


def of_document(path: Path) -> Iterator[tuple[str, str, Any]]:
    """Place, aspect and value of each paragraph, run, cell and control of a document."""
    body = docx.Document(path).element.body
    for kind, aspects in (("p", PARAGRAPH), ("r", RUN), ("tc", CELL)):
        every = (e for e in body.iter(qn(f"w:{kind}")) if kind != "r" or "".join(e.itertext()))
        for number, element in enumerate(every):
            at = f"{kind} {number}"
            yield at, "text", "".join(t.text or "" for t in element.iter(qn("w:t")))
            properties = element.find(qn(f"w:{kind}Pr"))
            found = {} if properties is None else {p.tag.split("}")[1]: p for p in properties}
            for aspect in aspects:
                yield at, aspect, _said(found.get(aspect))
    for number, control in enumerate(body.iter(qn("w:sdtPr"))):
        yield f"control {number}", "control", [(p.tag, _said(p)) for p in control]


def _said(element: Any) -> Any:
    if element is None or element.get(qn("w:val")) == "0":
        return None
    inner = sorted((child.tag, str(sorted(child.attrib.items()))) for child in element)
    return sorted(element.attrib.items()), inner


def _attributes(*objects: Any) -> list[tuple[str, Any]]:
    return [pair for one in objects for pair in one]


def differences(before: Path, after: Path) -> dict[str, list[str]]:
    """Aspect → the places of a file at which it differs, with both values."""
    dump = of_workbook if before.suffix == ".xlsx" else of_document
    old, new = ({(at, what): value for at, what, value in dump(p)} for p in (before, after))
    found: dict[str, list[str]] = {}
    for key in {**old, **new}:
        if old.get(key) != new.get(key):
            said = f"{key[0]}: {old.get(key)!r} → {new.get(key)!r}"
            found.setdefault(key[1], []).append(said)
    return found


def main(before: Path, after: Path) -> int:
    """Compare every .xlsx and .docx below two folders; 1 when anything differs."""
    trees = [
        {p.relative_to(root) for suffix in ("xlsx", "docx") for p in root.rglob(f"*.{suffix}")}
        for root in (before, after)
    ]
    alone = sorted(map(str, trees[0] ^ trees[1]))
    print(f"{len(trees[0] & trees[1])} files compared; in one folder alone: {alone}")
    counts: Counter[str] = Counter()
    examples: dict[str, str] = {}
    for path in sorted(trees[0] & trees[1]):
        for what, said in differences(before / path, after / path).items():
            kind = f"{path.suffix} {what}"
            counts[kind] += len(said)
            examples.setdefault(kind, f"{path}, {said[0]}")
    for kind, count in counts.most_common():
        print(f"{count:6} {kind}: {examples[kind][:600]}")
    return int(bool(counts) or trees[0] != trees[1])


if __name__ == "__main__":
    raise SystemExit(main(*map(Path, sys.argv[1:])))
