"""No regular expression takes more than about linear time, whatever text it is given."""

from __future__ import annotations

import re
import signal
import sys
import time

import pytest

from tests.hostile.patterns import ANCHORED, Used, held, hostile, written

SIZES = (16, 24, 32, 64, 256, 1_000, 4_000, 16_000)  # characters
LONG = SIZES[-2]  # from here on a text is not made longer where even the cube of that is no matter
BY_CHARACTER = 2e-6  # seconds; a plain pattern takes a fiftieth
AT_LEAST = 0.02  # seconds; less is not told from the machine's own unsteadiness
GIVEN_UP = 1.0  # seconds
STEEP = 8  # times as long for a text four times as long; linear is 4, quadratic 16

alarms = pytest.mark.skipif(sys.platform == "win32", reason="a search is ended by an alarm")


class TooLong(Exception):
    pass


def _end(_number, _frame):
    raise TooLong


def too_slow(used: Used) -> str:
    """The first string that takes a pattern too long, in words; "" where none does."""
    applied = {"sub"} if used.functions - ANCHORED - {"search"} else used.functions
    for beginning, piece, end in hostile(used.pattern):
        for name in applied:
            for size in SIZES:
                text = beginning + piece * (size // len(piece)) + end
                if isinstance(used.pattern.pattern, bytes):
                    text = text.encode("utf-8", "replace")
                took = _timed(used.pattern, name, text)
                if _grows(used.pattern, name, text, took):
                    return f"{name} of {beginning!r} + {piece!r} × {size // len(piece)} + {end!r}"
                if size == LONG and took * (SIZES[-1] / LONG) ** 3 < _allowed(SIZES[-1]):
                    break
    return ""


def _grows(pattern: re.Pattern, name: str, text, took: float) -> bool:
    """Whether four times a text takes far more than four times as long."""
    if took < _allowed(len(text)):
        return False
    if took >= GIVEN_UP:
        return True
    return min(took, _timed(pattern, name, text)) > STEEP * _timed(
        pattern, name, text[: len(text) // 4]
    )


def _allowed(characters: int) -> float:
    """Seconds that no pattern is suspected for."""
    return AT_LEAST + BY_CHARACTER * characters


def _timed(pattern: re.Pattern, name: str, text) -> float:
    start = time.process_time()
    usual = signal.signal(signal.SIGVTALRM, _end)
    signal.setitimer(signal.ITIMER_VIRTUAL, GIVEN_UP)
    try:
        if name == "sub":  # finds each match, to the end
            pattern.sub(b"" if isinstance(text, bytes) else "", text)
        else:
            getattr(pattern, name)(text)
    except TooLong:
        pass
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, usual)
    return time.process_time() - start


@alarms
@pytest.mark.parametrize("kind", ["written", pytest.param("held", marks=pytest.mark.slow)])
def test_every_pattern_of_the_library_takes_about_linear_time_on_hostile_text(kind, campaign):
    from briefing.intake.detection.vocabulary import vocabulary

    words = [("vocabulary", vocabulary(campaign))]
    patterns = list(written() if kind == "written" else held(words))
    slow = {
        f"{used.where} {used.pattern.pattern!r}": said
        for used in patterns
        if (said := too_slow(used))
    }

    assert len(patterns) > 20
    assert not slow, "\n".join(f"{where}: {said}" for where, said in slow.items())


@pytest.mark.slow
@alarms
@pytest.mark.parametrize(
    "pattern", [r"(a+)+b", r"a*a*b", r"<!--.*-->", r"\s+$", r"(?:x|xx)*y", r"\w+@", r"(\d+,)*\d+;"]
)
def test_a_pattern_with_nested_or_adjacent_repeats_is_found(pattern):
    assert too_slow(Used("", re.compile(pattern, re.DOTALL), frozenset({"search"})))


@alarms
@pytest.mark.parametrize("pattern", [r"a+", r"[a-z]{1,20}\d", r"<[^<>]*>", r"\d{1,3}(?:,\d{3})*\b"])
def test_a_plain_pattern_passes(pattern):
    assert not too_slow(Used("", re.compile(pattern), frozenset({"search"})))
