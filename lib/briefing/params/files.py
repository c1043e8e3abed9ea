"""Read params files and say exactly what is wrong with them: file, key, value, what is known."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Annotated, Any, TypeVar

import yaml
from pydantic import AfterValidator, BaseModel, ConfigDict, ValidationError, model_validator

from briefing.catalog.naming import Naming
from briefing.errors import ParamsError
from briefing.language import current_language
from briefing.messages import _
from briefing.params.faults import fault_of, fault_of_yaml

Model = TypeVar("Model", bound=BaseModel)
Made = TypeVar("Made")
QUICK: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
MOST_TOLD = 20  # faults at once; who has put those right is told of the others
BEYOND = "\0"  # key of the cells of a row that stand beyond the columns


def _below_the_inbox(path: str) -> str:
    return path.strip().replace("\\", "/").removeprefix("inbox/")


InboxPath = Annotated[str, AfterValidator(_below_the_inbox)]
"""A path of a file of the inbox, however it is written."""


EARLIER: dict[str, Any] = yaml.safe_load(
    Path(__file__).with_name("earlier.yaml").read_text(encoding="utf-8")
)
"""What params of before have otherwise, or say by leaving it out."""


class Strict(BaseModel):
    """A model in which a key that is not known is an error, and nothing changes after the check."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True, defer_build=True)

    @model_validator(mode="before")
    @classmethod
    def _called_as_today(cls, values: Any) -> Any:
        """The values by the keys of today, where params call them as before."""
        known = cls.model_fields
        if not isinstance(values, dict) or values.keys() <= known.keys():
            return values
        today = {key: [now for now in EARLIER["keys"].get(key, ()) if now in known]
                 for key in values if key not in known}  # fmt: skip
        return {today.get(key, [])[0] if today.get(key) else key: v for key, v in values.items()}


class Localized(Strict):
    """A text in each language that a page can be made in.

    Where params have it in one language, or as a plain text, that holds for all.
    """

    vi: str
    en: str

    @model_validator(mode="before")
    @classmethod
    def _in_each_language(cls, values: Any) -> Any:
        if isinstance(values, str):
            return {"vi": values, "en": values}
        if isinstance(values, dict):
            texts = [values[name] for name in ("vi", "en") if values.get(name)]
            return dict.fromkeys(("vi", "en"), texts[0]) | values if len(texts) == 1 else values
        return values

    def __str__(self) -> str:
        return getattr(self, current_language())


def load_yaml(path: Path) -> Any:
    """What a YAML file holds; `None` where it holds nothing but comments.

    Raises:
        ParamsError: The file can't be read, or is not YAML.
    """
    try:
        text = text_of(path, _("{file}: not readable as YAML: save it as UTF-8.", file=path))
        with suppress(yaml.YAMLError):
            return yaml.load(text, Loader=QUICK)
        return yaml.safe_load(text)  # slower, but what it says of a fault shows the line
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        raise ParamsError(f"{fault_of_yaml(error, path)} {_('Nothing was run.')}") from error


def text_of(path: Path, not_utf8: str) -> str:
    """What a params file says.

    Args:
        not_utf8: What is said of a file in another encoding.

    Raises:
        ParamsError: It can't be read.
    """
    try:
        return path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise ParamsError(_("{file}: no such file. Nothing was run.", file=path)) from None
    except UnicodeDecodeError as error:
        raise ParamsError(f"{not_utf8} {_('Nothing was run.')}") from error
    except OSError as error:
        if path.is_dir():
            fault = _("{file}: a folder where a file belongs. Nothing was run.", file=path)
        else:
            fault = _("{file}: this user may not read it. Nothing was run.", file=path)
        raise ParamsError(fault) from error


def gathered(reads: Iterable[Callable[[], Made]]) -> list[Made]:
    """What each of several reads gives that do not depend on one another.

    Raises:
        ParamsError: All that is wrong with any of them, told at once.
    """
    made, faults = [], []
    for read in reads:
        try:
            made.append(read())
        except ParamsError as error:
            faults.append(error)
    if len(faults) == 1:
        raise faults[0]
    if faults:
        end = _("Nothing was run.")
        lines = [str(error).removesuffix(end).rstrip() for error in faults[:MOST_TOLD]]
        if len(faults) > MOST_TOLD:
            lines.append(_("… and {n} more faults like these.", n=len(faults) - MOST_TOLD))
        raise ParamsError("\n".join([*lines, end])) from faults[0]
    return made


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


def read_rows(path: Path, model: type[Model], naming: Naming | None = None) -> list[Model]:
    """The rows of a CSV file; see `numbered_rows`."""
    return [row for _place, row in numbered_rows(path, model, naming)]


def numbered_rows(
    path: Path, model: type[Model], naming: Naming | None = None
) -> list[tuple[str, Model]]:
    """The rows of a CSV file, each checked against `model`, with file and line as messages say.

    Args:
        naming: What the file calls the columns.

    Raises:
        ParamsError: The file can't be read, lacks a column, or a row does not fit; names the line.
    """
    text = text_of(path, _("{file}: must be saved as CSV UTF-8.", file=path))
    reader = csv.DictReader(io.StringIO(text, newline=""), restkey=BEYOND)
    naming = naming or Naming()
    try:
        reader.fieldnames = [naming.inside(name) for name in reader.fieldnames or ()]
        _demand_columns(path, reader.fieldnames, model, naming)
        return gathered(partial(_checked_row, path, reader, row, model, naming) for row in reader)
    except csv.Error as error:
        raise ParamsError(
            _("{where}: not readable as CSV. Nothing was run.", where=_line(path, reader))
        ) from error


def _checked_row(
    path: Path, reader: Any, row: dict[str, Any], model: type[Model], naming: Naming
) -> tuple[str, Model]:
    place = _line(path, reader)
    return place, checked(model, _row(path, reader, row), where=place, called=naming.outside)


def _line(path: Path, reader: Any) -> str:
    return _("{file}, line {n}", file=path, n=reader.line_num)


def _row(path: Path, reader: Any, row: dict[str, Any]) -> dict[str, str]:
    """A CSV row without its empty cells: an empty cell is a missing value, not an empty text."""
    if any(row.pop(BEYOND, ())):
        raise ParamsError(
            _(
                "{where}: more cells than columns. Put a text that holds a comma in quotes. "
                "Nothing was run.",
                where=_line(path, reader),
            )
        )
    return {key: value for key, value in row.items() if value not in ("", None)}


def _demand_columns(
    path: Path, columns: Iterable[str], model: type[BaseModel], naming: Naming
) -> None:
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
                missing=", ".join(map(naming.outside, missing)),
                known=", ".join(map(naming.outside, model.model_fields)),
            )
        )


def checked(
    model: type[Model],
    values: dict[str, Any],
    *,
    where: object,
    context: Any = None,
    called: Callable[[str], str] = str,
) -> Model:
    """`values` as a `model`.

    Args:
        called: What a key of the model is called in the file.
        context: What the model's own checks need to know.

    Raises:
        ParamsError: With one line per fault: where, key, value, what is known.
    """
    try:
        return model.model_validate(values, context=context)
    except ValidationError as error:
        faults = [fault_of(fault, model, called) for fault in error.errors(include_url=False)]
        lines = [f"{where}: {fault}" for fault in faults]
        raise ParamsError("\n".join([*lines, _("Nothing was run.")])) from error
