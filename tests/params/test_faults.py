"""A wrong value is told in the language of the run, whoever found it."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pydantic_core import _pydantic_core

import briefing.params
from briefing.errors import ParamsError
from briefing.language import catalog, language
from briefing.params import Campaign, PeriodParams, RunParams, UnitParams
from briefing.params.entries import Amendment, PhoneReport
from briefing.params.faults import UNFIT, reason_of
from briefing.params.files import load_yaml, read_rows
from briefing.params.readings import _Readings
from briefing.params.rows import Alias, Body, Place, ReportingUnit
from briefing.params.settings import Settings
from tests.params.campaigns import VACCINATION, vaccination

MODELS = (
    *(Settings, ReportingUnit, Place, Body, Alias, RunParams, PeriodParams, UnitParams),
    *(Amendment, PhoneReport, _Readings),
)
FAULTS = {fault["type"]: fault for fault in _pydantic_core.list_all_errors()}
KINDS = {
    "str",
    "int",
    "float",
    "bool",
    "date",
    "datetime",
    "time",
    "list",
    "tuple",
    "dict",
    "model",
}
OURS = {"missing", "extra_forbidden", "literal_error", "value_error", "assertion_error"}


def schemas(schema: Any) -> Iterator[str]:
    """The kinds of value that a model's schema speaks of, those inside it too."""
    if isinstance(schema, dict):
        if isinstance(schema.get("type"), str):
            yield schema["type"].split("-")[0]
        for inner in schema.values():
            yield from schemas(inner)
    elif isinstance(schema, list | tuple):
        for inner in schema:
            yield from schemas(inner)


def reachable() -> set[str]:
    """What pydantic may find in the values of the params' models, by its names of faults."""
    kinds = {kind for model in MODELS for kind in schemas(model.__pydantic_core_schema__)}
    kinds = {"string" if kind == "str" else kind for kind in kinds & KINDS} | {"path"}
    bounds = {"greater_than", "greater_than_equal", "less_than", "less_than_equal", "too_short"}
    found = {name for name in FAULTS for kind in kinds if name.startswith(f"{kind}_")} | bounds
    return found - {n for n in found if n.startswith(("datetime_object", "datetime_past"))}


def told(name: str) -> str:
    example = FAULTS[name].get("example_context") or {}
    return reason_of({"type": name, "ctx": example})


@pytest.mark.parametrize("name", sorted(reachable() - OURS))
def test_every_fault_that_params_can_have_says_in_vietnamese_what_to_write(name):
    assert told(name) != str(UNFIT) and not told(name).isascii()
    with language("en"):
        assert told(name).isascii() or "“" in told(name)


@pytest.mark.parametrize("name", sorted(FAULTS.keys() - OURS))
def test_no_fault_is_told_in_the_words_of_the_library(name):
    assert "should" not in told(name) and not told(name).isascii()


def test_an_error_of_a_library_inside_a_check_is_not_shown_either():
    fault = {"type": "value_error", "ctx": {"error": ValueError("month must be in 1..12")}}

    assert reason_of(fault) == str(UNFIT)


def test_every_check_of_the_params_has_its_vietnamese_text():
    texts = set()
    for path in Path(briefing.params.__file__).parent.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            match node:
                case ast.Raise(exc=ast.Call(
                    func=ast.Name(id="ValueError"), args=[ast.Constant(value=str(text))]
                )):  # fmt: skip
                    texts.add(text)

    assert len(texts) > 10
    known = catalog("vi").keys() | {"FeatureCollection"}  # that one is caught where it is raised
    assert not texts - known


@pytest.mark.slow
@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"a: b: c", "dòng 1: có hai dấu hai chấm"),
        (b"a:\n\tb: 1", "dòng 2: có dấu tab"),
        (b"a: 'x", "dòng 1: dấu ngoặc kép hoặc dấu ngoặc chưa đóng"),
        (b"a: [1", "dòng 1: dấu ngoặc kép hoặc dấu ngoặc chưa đóng"),
        (b"a: @x", "dòng 1: đặt trong ngoặc kép"),
        (b"a: *b", "dòng 1: đặt trong ngoặc kép"),
        (b"a: !!python/object/apply:os.system [x]", "dòng 1: bỏ phần bắt đầu bằng"),
        (b"a: \x00", "có ký tự lạ"),
        (b"- a\nb: 1", "dòng 2: một dòng thụt vào"),
        (b"a: " + b"[" * 5000, "không đúng định dạng YAML"),
        ("a: xã".encode("utf-16"), "hãy lưu lại dạng UTF-8"),
        (b"a: 2021-13-45", "không đúng định dạng YAML"),
    ],
)  # fmt: skip
def test_a_file_that_is_not_yaml_says_the_line_and_what_to_do(tmp_path, content, said):
    (tmp_path / "daily.yaml").write_bytes(content)
    with pytest.raises(ParamsError) as error:
        load_yaml(tmp_path / "daily.yaml")

    assert said in str(error.value) and "\n" not in str(error.value)
    assert str(error.value).startswith(f"{tmp_path / 'daily.yaml'}: ")
    assert str(error.value).endswith("Chưa chạy gì.")


@pytest.mark.parametrize("read", [load_yaml, lambda path: read_rows(path, Place)])
def test_a_folder_in_the_place_of_a_file_is_named(tmp_path, read):
    with pytest.raises(ParamsError, match=r"là thư mục, trong khi cần một tệp\. Chưa chạy gì"):
        read(tmp_path)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("unit_code,place,kind,label\n1,a,b,c,d\n", "hamlets.csv, dòng 2: nhiều ô hơn số cột"),
        ("unit_code,place,kind,label\n1,a,b,c,,\n", None),
        ("unit_code,place,kind,label\n1,a,b\n", "hamlets.csv, dòng 2: thiếu “label”"),
        ("unit_code,place\n1,a\n", "hamlets.csv: thiếu cột kind, label"),
        ("unit_code,place,kind,label\n1,a\x00,b,c\n", None),
        ("", "hamlets.csv: thiếu cột"),
        ("unit_code,place,kind,label\n1," + "x" * 200_000 + ",b,c\n", "không đọc được dưới dạng"),
    ],
)
def test_a_broken_table_says_its_line_and_what_to_do(tmp_path, content, said):
    (tmp_path / "hamlets.csv").write_text(content, encoding="utf-8")
    if said is None:
        read_rows(tmp_path / "hamlets.csv", Place)
        return
    with pytest.raises(ParamsError) as error:
        read_rows(tmp_path / "hamlets.csv", Place)

    assert said in str(error.value) and str(error.value).endswith("Chưa chạy gì.")


def test_wrong_indicators_are_told_once_and_not_as_unknown_to_the_forms(tmp_path):
    folder = vaccination(tmp_path / "params", VACCINATION.replace("- code: dose1", "- kode: dose1"))

    with pytest.raises(ParamsError) as failed:
        Campaign.load(folder)

    assert "kode" in str(failed.value)
    assert "đã biết: ." not in str(failed.value)
    assert "forms" not in str(failed.value)
