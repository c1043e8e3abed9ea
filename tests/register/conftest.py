"""An office of its own for each test."""

import pytest

from tests.register.office import Office


@pytest.fixture
def office(tmp_path):
    return Office.open(tmp_path)
