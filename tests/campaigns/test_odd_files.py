"""Files as offices really send them: each figure is as a person reads it, or something is told."""

from __future__ import annotations

import pytest

from tests.campaigns import odd_again
from tests.campaigns.odd import Odd
from tests.campaigns.odd_campaigns import FILES, outcome

CASES = [pytest.param(name, odd, id=f"{name}: {odd.what}") for name in FILES for odd in FILES[name]]


@pytest.mark.parametrize(("name", "odd"), CASES)
def test_every_figure_of_an_odd_file_is_right_or_told(name: str, odd: Odd):
    found = outcome(name, odd)

    assert found == "right" or (found == "finding" and not odd.sure), found


AGAIN = [
    pytest.param(name, odd, id=f"{name}: {odd.what}")
    for name, files in odd_again.FILES.items()
    for odd in files
]


@pytest.mark.parametrize(("name", "odd"), AGAIN)
def test_every_figure_of_a_file_in_another_hand_is_right_or_told(name: str, odd: Odd):
    found = outcome(name, odd)

    assert found == "right" or (found == "finding" and not odd.sure), found
