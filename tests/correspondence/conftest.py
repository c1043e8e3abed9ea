import pytest

from tests.correspondence.desk import Desk
from tests.register.office import Office


@pytest.fixture
def desk(tmp_path) -> Desk:
    """A desk of its own for each test, in a campaign of four communes and two agencies."""
    return Desk(Office.open(tmp_path))
