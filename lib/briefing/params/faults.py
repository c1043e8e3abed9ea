"""What is wrong with a value or a line of a params file, in words of ours, whoever found it."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import yaml
from pydantic import BaseModel

from briefing.language import DEFAULT_LANGUAGE, SOURCE_LANGUAGE, catalog, current_language
from briefing.messages import Message, _

LONGEST = 80  # characters of a wrong value that are shown
A_TEXT = Message("write a text; one of digits alone in quotes, as in “21640”")
A_WHOLE_NUMBER = Message("write a whole number in digits alone, as in 5432")
A_NUMBER = Message("write a number with a point, as in 0.6")
A_DAY = Message("write an ISO date, such as 2021-08-16")
A_MOMENT = Message("write a date and time in quotes, such as “2021-08-16T15:00”")
A_TIME = Message("write a time in quotes, as in “15:00”")
A_LIST = Message("write a list, each line of it with “- ” in front")
A_MAPPING = Message("write lines “key: value” below it")
YES_OR_NO = Message("write true or false")

# What pydantic calls a fault, or how that begins → what is to be done.
ASKED: dict[str, Message] = {
    "string_too_short": Message("write at least {min_length} characters"),
    "string_too_long": Message("write at most {max_length} characters"),
    "string_": A_TEXT,
    "int_": A_WHOLE_NUMBER,
    "float_": A_NUMBER,
    "finite_number": A_NUMBER,
    "decimal_": A_NUMBER,
    "bool_": YES_OR_NO,
    "date_": A_DAY,
    "datetime_": A_MOMENT,
    "timezone_": A_MOMENT,
    "time_": A_TIME,
    "path_": Message("write the name of a folder or file as a text"),
    "too_short": Message("give at least {min_length}; there are {actual_length}"),
    "too_long": Message("give at most {max_length}; there are {actual_length}"),
    "list_": A_LIST,
    "tuple_": A_LIST,
    "set_": A_LIST,
    "frozen_set_": A_LIST,
    "dict_": A_MAPPING,
    "mapping_": A_MAPPING,
    "model_": A_MAPPING,
    "dataclass_": A_MAPPING,
    "none_required": Message("leave it empty"),
    "greater_than_equal": Message("it must be greater than or equal to {ge}"),
    "greater_than": Message("it must be greater than {gt}"),
    "less_than_equal": Message("it must be less than or equal to {le}"),
    "less_than": Message("it must be less than {lt}"),
}
UNFIT = Message("it does not fit here; look at how the params that come with the program write it")


def fault_of(fault: Any, model: type[BaseModel], called: Callable[[str], str] = str) -> str:
    """The sentence for one fault that a model found.

    Args:
        fault: As pydantic describes it.
        model: What was to be made of the values.
        called: What a key of the model is called where the values are from.
    """
    key = ".".join(called(str(part)) for part in fault["loc"]) or model.__name__
    value = _shown(fault["input"])
    if fault["type"] == "extra_forbidden":
        return unknown_key(key, map(called, _known_beside(fault["loc"], model)))
    if fault["type"] == "missing":
        return _("“{key}” is missing.", key=key)
    if fault["type"] == "literal_error":
        known = called(fault["ctx"]["expected"].replace("'", "").replace(" or ", ", "))
        return _("“{key}” is {value}, which is none of: {known}.",
                 key=key, value=value, known=known)  # fmt: skip
    return _("“{key}” is {value}: {reason}.", key=key, value=value, reason=reason_of(fault))


def reason_of(fault: Any) -> str:
    """What is to be done about a value; pydantic's own English is never shown."""
    values = fault.get("ctx", {})
    if fault["type"] in ("value_error", "assertion_error"):
        return _own(str(values.get("error", "")))
    names = sorted(ASKED, key=len, reverse=True)
    text = next((ASKED[name] for name in names if fault["type"].startswith(name)), UNFIT)
    try:
        return str(Message(text.msgid, values))
    except KeyError:
        return str(UNFIT)


def _own(text: str) -> str:
    """What a check of ours says: a text that has a translation, or is one already."""
    if text in catalog(DEFAULT_LANGUAGE):
        return _(text)
    translated = current_language() == SOURCE_LANGUAGE or not text.isascii()
    return text if text and translated else str(UNFIT)


def _shown(value: Any) -> str:
    text = repr(value)  # in which signs that steer a terminal are written out
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"


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


ANCHOR = Message("put a text that begins with & or * in quotes")
UNCLOSED = Message("a quotation mark or bracket is not closed")
# What the parser of YAML meets, in its words → what is to be done.
IN_YAML: tuple[tuple[str, Message], ...] = (
    ("'\\t'", Message("a tab stands there: indent with spaces")),
    (
        "mapping values",
        Message("a second colon, or none in the line before: put a text that holds one in quotes"),
    ),
    ("could not find expected ':'", Message("a colon is missing, or the line is indented wrongly")),
    ("<stream end>", UNCLOSED),
    ("unexpected end of stream", UNCLOSED),
    ("found duplicate anchor", ANCHOR),
    ("undefined alias", ANCHOR),
    ("cannot start any token", Message("put a text that begins with a sign such as @ in quotes")),
    ("could not determine a constructor", Message("leave out what begins with “!”")),
    ("special characters", Message("a sign that is no letter stands there: type the line again")),
    ("block end", Message("a line is indented more or less than those beside it")),
)
IN_YAML_ELSE = Message("look at the signs and the indentation of this line and the one before it")


def fault_of_yaml(error: Exception, path: Path) -> str:
    """The sentence for a file that is not YAML: which line, and what to do about it."""
    mark = getattr(error, "problem_mark", None) if isinstance(error, yaml.YAMLError) else None
    problem = str(getattr(error, "problem", None) or error)
    reason = next((text for part, text in IN_YAML if part in problem), IN_YAML_ELSE)
    if not mark:
        return _("{file}: not readable as YAML: {reason}.", file=path, reason=reason)
    line = mark.line + 1
    return _("{file}: not readable as YAML, line {n}: {reason}.", file=path, n=line, reason=reason)
