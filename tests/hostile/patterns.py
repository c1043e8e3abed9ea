"""Every regular expression of the library, and strings that are hard for each."""

from __future__ import annotations

import ast
import dataclasses
import importlib
import inspect
import pkgutil
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from re import _constants as signs  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any, NamedTuple

import briefing
from briefing.locale.pack import Worded, load

ROOT = Path(briefing.__file__).parent
FUNCTIONS = {"search", "match", "fullmatch", "sub", "subn", "split", "findall", "finditer"}
ANCHORED = {"match", "fullmatch"}
READ_BY = ("vi_VN", "en_KE")  # every pack
MANY = 50  # a repeat that may be longer counts as one without end
FAILING = ("", "\0", "!", "\n", "ế", "<", '"', "x", "9", " ")


class Used(NamedTuple):
    """A pattern, where it stands, and by which functions it is applied."""

    where: str
    pattern: re.Pattern[Any]
    functions: frozenset[str]


def modules() -> list[Any]:
    found = pkgutil.walk_packages(briefing.__path__, "briefing.")
    return [importlib.import_module(m.name) for m in found if not m.name.endswith("__main__")]


def trees() -> Iterator[tuple[str, ast.AST]]:
    for path in sorted(ROOT.rglob("*.py")):
        yield path.relative_to(ROOT).as_posix(), ast.parse(path.read_text())


def uses_by_name() -> dict[tuple[str, str], set[str]]:
    """By which functions what a module calls by a name is applied, there or where it is imported:
    `NAME.search(`, and as an argument (`filter(NAME.search, …)`)."""
    uses: dict[tuple[str, str], set[str]] = defaultdict(set)
    for path, tree in trees():
        module = "briefing." + path.removesuffix(".py").replace("/", ".").removesuffix(".__init__")
        homes = {
            each.asname or each.name: node.module
            for node in ast.walk(tree)
            if isinstance(node, ast.ImportFrom)
            for each in node.names
        }
        for node in ast.walk(tree):
            if isinstance(node, ast.Attribute) and node.attr in FUNCTIONS:
                value = node.value
                if isinstance(value, ast.Call):  # of a function that makes the pattern
                    value = value.func
                name = getattr(value, "id", getattr(value, "attr", None))
                if name:
                    uses[homes.get(name) or module, name].add(node.attr)
    return uses


def written() -> Iterator[Used]:
    """Patterns that stand in calls as they are: `re.sub(r"…", …)`."""
    for path, tree in trees():
        for node in ast.walk(tree):
            if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
                continue
            function, owner = node.func.attr, getattr(node.func.value, "id", "")
            if owner != "re" or function not in FUNCTIONS or not node.args:
                continue
            said = node.args[0]
            if isinstance(said, ast.Constant) and isinstance(said.value, str | bytes):
                yield Used(f"{path}:{node.lineno}", re.compile(said.value), frozenset({function}))


def held(extra: Iterable[tuple[str, Any]] = ()) -> Iterator[Used]:
    """Patterns that modules hold, however deep in dicts, tuples and objects."""
    uses, seen = uses_by_name(), set()
    for module in modules():
        for name, value in list(vars(module).items()):
            own = getattr(value, "__module__", module.__name__)
            if inspect.isfunction(value) or hasattr(value, "__wrapped__"):
                value = _made(value) if own == module.__name__ else None
            for pattern in _patterns(value, 0):
                if pattern not in seen:
                    seen.add(pattern)
                    functions = (
                        uses.get((module.__name__, name))
                        if isinstance(vars(module)[name], re.Pattern | Worded)
                        else None
                    )
                    yield Used(
                        f"{module.__name__}.{name}", pattern, frozenset(functions or FUNCTIONS)
                    )
    for name, value in extra:
        for pattern in _patterns(value, 0):
            if pattern not in seen:
                seen.add(pattern)
                yield Used(name, pattern, frozenset(FUNCTIONS))


def _made(function: Any) -> Any:
    """What a function without arguments makes that says that it makes patterns."""
    made = str(getattr(function, "__annotations__", {}).get("return", ""))
    if "Pattern" not in made or inspect.signature(function).parameters:
        return None
    return function()


def _patterns(value: Any, depth: int) -> Iterator[re.Pattern[Any]]:
    if isinstance(value, re.Pattern):
        yield value
    elif isinstance(value, Worded):
        yield from (load(code).pattern(value.template, value.flags, value.gap) for code in READ_BY)
    elif depth < 5:
        inside: Iterable[Any] = ()
        if isinstance(value, Mapping):
            inside = [*value.keys(), *value.values()]
        elif isinstance(value, list | tuple | set | frozenset):
            inside = value
        elif dataclasses.is_dataclass(value) and not isinstance(value, type):
            inside = [getattr(value, each.name, None) for each in dataclasses.fields(value)]
            inside += vars(value).values() if hasattr(value, "__dict__") else []
        for each in inside:
            yield from _patterns(each, depth + 1)


# --- strings that are hard for a pattern


def hostile(pattern: re.Pattern[Any]) -> list[tuple[str, str, str]]:
    """Beginnings, pieces to repeat, and ends: each string is beginning + piece × n + end."""
    tree = parser.parse(pattern.pattern, pattern.flags & ~re.DEBUG)
    found: dict[tuple[str, str], None] = {}
    for before, body, after in _repeats(tree, ""):
        for piece in _samples(body):
            found[before, piece] = None
            for char in piece[:1]:
                found[before, char] = None
            found["", before + piece] = None
            found[before, piece + before] = None
        for piece in _samples(after):
            if piece and piece in ("".join(_samples(body))):
                found[before, piece] = None
    whole = _sample(tree)
    for start in {whole[:end] for end in range(1, min(len(whole), 12) + 1)}:
        found["", start] = None
    ends = [*FAILING, *(_sample(tree)[-1:],)]
    return [(b, p, e) for b, p in list(found)[:40] if p for e in dict.fromkeys(ends[:6])]


def _repeats(tree: Any, before: str) -> Iterator[tuple[str, Any, Any]]:
    """Each repeat without end: what may stand before it, what is repeated, what comes after."""
    items = list(tree)
    for i, (sign, argument) in enumerate(items):
        if sign in (signs.MAX_REPEAT, signs.MIN_REPEAT, getattr(signs, "POSSESSIVE_REPEAT", None)):
            _least, most, body = argument
            if most > MANY:
                yield before, body, items[i + 1 :]
            yield from _repeats(body, before)
        elif sign is signs.SUBPATTERN:
            yield from _repeats(argument[-1], before)
        elif sign is signs.BRANCH:
            for branch in argument[1]:
                yield from _repeats(branch, before)
        elif sign in (signs.ASSERT, signs.ASSERT_NOT):
            yield from _repeats(argument[1], before)
        before += _sample([(sign, argument)])


def _sample(tree: Any) -> str:
    return next(iter(_samples(tree)), "")


def _samples(tree: Any) -> list[str]:
    """A few texts that a piece of a pattern matches."""
    texts = [""]
    for sign, argument in tree:
        own = _of(sign, argument) or [""]
        texts = [
            text + (own[i % len(own)]) for i, text in enumerate(texts * max(1, min(3, len(own))))
        ]
        texts = texts[:6]
    return list(dict.fromkeys(texts))


def _of(sign: Any, argument: Any) -> list[str]:
    if sign is signs.LITERAL:
        return [chr(argument)]
    if sign is signs.NOT_LITERAL:
        return ["a" if argument != ord("a") else "b", " "]
    if sign is signs.ANY:
        return ["a", "\n", " "]
    if sign is signs.IN:
        return _of_set(argument)
    if sign in (signs.MAX_REPEAT, signs.MIN_REPEAT, getattr(signs, "POSSESSIVE_REPEAT", None)):
        least, most, body = argument
        return [text * max(least, min(1, most)) for text in _samples(body)]
    if sign is signs.SUBPATTERN:
        return _samples(argument[-1])
    if sign is signs.BRANCH:
        return [text for branch in argument[1] for text in _samples(branch)][:6]
    if sign is getattr(signs, "ATOMIC_GROUP", None):
        return _samples(argument)
    return []


CLASSES = {
    signs.CATEGORY_DIGIT: ["1"], signs.CATEGORY_SPACE: [" ", "\n"], signs.CATEGORY_WORD: ["a", "1"],
    signs.CATEGORY_NOT_DIGIT: ["a"], signs.CATEGORY_NOT_SPACE: ["a"],
    signs.CATEGORY_NOT_WORD: [" ", "-"],
}  # fmt: skip
LIKELY = "a1 -_.,:;/<>()\n\t\"'=&|*xế"


def _of_set(items: Any) -> list[str]:
    negated = items[0][0] is signs.NEGATE
    said: list[str] = []
    for sign, argument in items:
        if sign is signs.LITERAL:
            said.append(chr(argument))
        elif sign is signs.RANGE:
            said += [chr(argument[0]), chr(argument[1])]
        elif sign is signs.CATEGORY:
            said += CLASSES[argument]
    if negated:
        return [c for c in LIKELY if c not in said][:4]
    return said[:1] + said[-2:]
