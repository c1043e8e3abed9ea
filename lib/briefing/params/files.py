"""Read params files and say exactly what is wrong with them: file, key, value, what is known."""

from __future__ import annotations

import csv
import difflib
from collections.abc import Iterable
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError

from briefing.errors import ParamsError
from briefing.messages import _, current_language

Model = TypeVar("Model", bound=BaseModel)


class Strict(BaseModel):
    """A model in which a key that is not known is an error, and nothing changes after the check."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)


class Localized(Strict):
    """A text in each language that a page can be made in."""

    vi: str
    en: str

    def __str__(self) -> str:
        return getattr(self, current_language())


def load_yaml(path: Path) -> Any:
    """What a YAML file holds; `None` where it holds nothing but comments.

    Raises:
        ParamsError: The file is missing, or is not YAML.
    """
    try:
        return yaml.safe_load(path.read_text(encoding="utf-8-sig"))
    except FileNotFoundError:
        raise ParamsError(_("{file}: no such file. Nothing was run.", file=path)) from None
    except (yaml.YAMLError, UnicodeDecodeError, ValueError) as error:
        raise ParamsError(
            _("{file}: not readable as YAML: {error} Nothing was run.", file=path, error=error)
        ) from error


def read_yaml(path: Path) -> dict[str, Any]:
    """The mapping that a YAML file holds; an empty file is an empty mapping.

    Raises:
        ParamsError: The file is missing, is not YAML, or is not a mapping.
    """
    content = load_yaml(path)
    if content is None:
        return {}
    if not isinstance(content, dict):
        raise ParamsError(_("{file}: must hold lines “key: value”. Nothing was run.", file=path))
    return content


def read_rows(path: Path, model: type[Model]) -> list[Model]:
    """The rows of a CSV file, each checked against `model`.

    Raises:
        ParamsError: The file is missing, lacks a column, or a row does not fit; names the line.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as stream:
            reader = csv.DictReader(stream)
            columns = reader.fieldnames or []
            _demand_columns(path, columns, model)
            return [
                checked(
                    model, _filled(row), where=_("{file}, line {n}", file=path, n=reader.line_num)
                )
                for row in reader
            ]
    except FileNotFoundError:
        raise ParamsError(_("{file}: no such file. Nothing was run.", file=path)) from None
    except UnicodeDecodeError as error:
        raise ParamsError(
            _("{file}: must be saved as CSV UTF-8. Nothing was run.", file=path)
        ) from error


def _filled(row: dict[str | None, Any]) -> dict[str, str]:
    """A CSV row without its empty cells: an empty cell is a missing value, not an empty text."""
    return {str(key): value for key, value in row.items() if value not in ("", None)}


def _demand_columns(path: Path, columns: Iterable[str], model: type[BaseModel]) -> None:
    missing = [
        name
        for name, info in model.model_fields.items()
        if info.is_required() and name not in columns
    ]
    if missing:
        raise ParamsError(
            _(
                "{file}: column {missing} is missing. Needed: {known}. Nothing was run.",
                file=path,
                missing=", ".join(missing),
                known=", ".join(model.model_fields),
            )
        )


def checked(
    model: type[Model], values: dict[str, Any], *, where: object, context: Any = None
) -> Model:
    """`values` as a `model`.

    Args:
        context: What the model's own checks need to know.

    Raises:
        ParamsError: With one line per fault: where, key, value, what is known.
    """
    try:
        return model.model_validate(values, context=context)
    except ValidationError as error:
        faults = [_fault(fault, model) for fault in error.errors(include_url=False)]
        lines = [f"{where}: {fault}" for fault in faults]
        raise ParamsError("\n".join([*lines, _("Nothing was run.")])) from error


def _fault(fault: Any, model: type[BaseModel]) -> str:
    key = ".".join(str(part) for part in fault["loc"]) or model.__name__
    if fault["type"] == "extra_forbidden":
        return unknown_key(key, _known_beside(fault["loc"], model))
    if fault["type"] == "missing":
        return _("“{key}” is missing.", key=key)
    if fault["type"] == "literal_error":
        known = fault["ctx"]["expected"].replace("'", "").replace(" or ", ", ")
        return _("“{key}” is {value}, which is none of: {known}.",
                 key=key, value=repr(fault["input"]), known=known)  # fmt: skip
    return _(
        "“{key}” is {value}: {reason}.",
        key=key,
        value=repr(fault["input"]),
        reason=_(
            str(fault["msg"]).removeprefix("Value error, ").replace("{", "(").replace("}", ")")
        ),
    )


def unknown_key(key: str, known: Iterable[str]) -> str:
    """The sentence for a key that nobody knows, with the nearest known one."""
    names = sorted(known)
    near = difflib.get_close_matches(key.rsplit(".", 1)[-1], names, n=1)
    hint = _(" Did you mean “{near}”?", near=near[0]) if near else ""
    return (
        _("unknown parameter “{key}”.", key=key)
        + hint
        + _(" Known: {known}.", known=", ".join(names))
    )


def _known_beside(loc: tuple[int | str, ...], model: type[BaseModel]) -> list[str]:
    """Names that the model accepts at the place of an unknown key."""
    here: Any = model
    for part in loc[:-1]:
        info = here.model_fields.get(part) if isinstance(part, str) else None
        if info is not None:
            here = _model_inside(info.annotation) or here
    return [info.alias or name for name, info in here.model_fields.items()]


def _model_inside(annotation: Any) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    inner = [_model_inside(part) for part in getattr(annotation, "__args__", ())]
    return next((found for found in inner if found), None)
