"""Synthetic people: the same number gives the same name, gender and phone, for ever.

Nobody here exists. Two numbers never share a phone, so a phone that comes twice in a sample
was put there on purpose.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cache, lru_cache
from math import gcd
from random import Random
from typing import Any

from briefing.sample.words import vocabulary

MASK = (1 << 64) - 1
BODIES = 10_000_000  # seven digits after the prefix
GOLDEN = 0.618_034  # neighbours in a list get phones far apart
OLD_ONE_IN = 41  # one person in so many still gives the 11-digit number of before 2018


@dataclass(frozen=True)
class Person:
    """One synthetic person. `phone` has 10 digits; `old_phone` 11, when somebody writes it so."""

    name: str
    female: bool
    phone: str
    old_phone: str = ""


def seed_of(campaign: Any) -> int:
    """One number for everything drawn at random in this campaign's sample."""
    code = getattr(campaign, "code", None) or campaign.name.vi
    text = f"{code}|{campaign.dates.start.isoformat()}"
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:8], "big")


def mix(*numbers: int) -> int:
    """A well mixed 64-bit number from others (splitmix64): a cheap, portable dice roll."""
    state = 0
    for number in numbers:
        state = (state + number + 0x9E3779B97F4A7C15) & MASK
        state = ((state ^ (state >> 30)) * 0xBF58476D1CE4E5B9) & MASK
        state = ((state ^ (state >> 27)) * 0x94D049BB133111EB) & MASK
        state ^= state >> 31
    return state


def dice(seed: int, *keys: object) -> Random:
    """A random generator of its own for each use, so that no use disturbs another."""
    return Random(f"{seed}:{':'.join(map(str, keys))}")


@cache
def _lists() -> tuple[tuple[str, ...], ...]:
    words = vocabulary()["people"]
    keys = ("surnames", "male_middles", "male_given", "female_middles", "female_given")
    return tuple(tuple(words[key]) for key in keys)


@lru_cache(maxsize=200_000)
def person(seed: int, number: int) -> Person:
    """The synthetic person of this number."""
    surnames, *rest = _lists()
    roll, female = divmod(mix(seed, number), 2)
    middles, given = rest[2:] if female else rest[:2]
    roll, i = divmod(roll, len(surnames))
    roll, j = divmod(roll, len(middles))
    roll, k = divmod(roll, len(given))
    phone, old = _phone(seed, number)
    wants_old = bool(old) and roll % OLD_ONE_IN == 0
    name = f"{surnames[i]} {middles[j]} {given[k]}"
    return Person(name, bool(female), phone, old if wants_old else "")


def _phone(seed: int, number: int) -> tuple[str, str]:
    prefixes, stride = _prefixes()
    index, body = divmod((number * stride + seed) % (len(prefixes) * BODIES), BODIES)
    prefix, old = prefixes[index]
    return f"{prefix}{body:07d}", f"{old}{body:07d}" if old else ""


def phones() -> int:
    """How many numbers of people go by before a phone comes again."""
    return len(_prefixes()[0]) * BODIES


@cache
def _prefixes() -> tuple[list[tuple[str, str]], int]:
    """The prefixes, and a stride that visits every phone once before it comes back."""
    prefixes = list(vocabulary()["people"]["prefixes"].items())
    stride = int(len(prefixes) * BODIES * GOLDEN)
    while gcd(stride, len(prefixes) * BODIES) != 1:
        stride += 1
    return prefixes, stride


def crew(seed: int, first: int, size: int) -> list[Person]:
    """So many people with names all different, as in a list where everybody is known by name."""
    found: dict[str, Person] = {}
    number = first
    while len(found) < size:
        candidate = person(seed, number)
        found.setdefault(candidate.name, candidate)
        number += 1
        if number - first > 3 * size + 200:  # more people than names: let them repeat
            return [person(seed, first + i) for i in range(size)]
    return list(found.values())


def written_phone(who: Person, hand: str) -> str | int:
    """The phone as this hand types it: text, number (the zero is lost), dots, spaces, mixed."""
    digits = who.old_phone or who.phone
    if hand == "mixed":
        hand = ("text", "text", "dots", "number", "spaces")[int(who.phone[-3:]) % 5]
    if hand == "number":
        return int(digits)
    if hand == "dots":
        return f"{digits[:4]}.{digits[4:7]}.{digits[7:]}"
    if hand == "spaces":
        return f"{digits[:4]} {digits[4:7]} {digits[7:]}"
    return digits
