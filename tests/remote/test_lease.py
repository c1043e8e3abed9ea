"""One run at a time works on published folders that lie elsewhere."""

import pytest

from briefing.errors import RunError
from briefing.remote import lease
from briefing.remote.lease import NOTE, Lease
from briefing.remote.store import Store
from tests.remote.conftest import OUTPUTS

WHERE = f"{OUTPUTS}/{NOTE}"


@pytest.fixture
def clock(monkeypatch) -> list[float]:
    """Seconds, which go on where somebody waits."""
    now = [0.0]
    monkeypatch.setattr(lease.time, "monotonic", lambda: now[0])
    return now


def test_a_second_run_waits_until_the_first_lets_go_and_says_for_whom(memory, clock, caplog):
    first, second = Lease(Store(OUTPUTS)), Lease(Store(OUTPUTS))
    first.take()
    waited = []

    def wait(seconds: float) -> None:
        clock[0] += seconds
        waited.append(seconds)
        if len(waited) > 200:  # longer than a note that nobody writes again is believed
            first.leave()
        else:
            first.beat()

    second.take(wait)

    assert len(waited) == 201
    assert caplog.text.count("một lần chạy khác đang làm việc ở đó") == 1
    second.demand()
    second.leave()
    assert not memory.exists(WHERE)


def test_the_place_of_a_run_that_was_killed_is_taken_over_after_a_while(memory, clock):
    killed, next_one = Lease(Store(OUTPUTS)), Lease(Store(OUTPUTS))
    killed.take()

    def wait(seconds: float) -> None:
        clock[0] += seconds

    next_one.take(wait)

    assert lease.DEAD < clock[0] < 2 * lease.DEAD
    next_one.demand()
    with pytest.raises(RunError, match="một lần chạy khác đang làm việc ở đó"):
        killed.demand()  # it was only asleep
    killed.leave()
    assert memory.exists(WHERE)


def test_of_this_machine_it_is_known_at_once_that_a_run_is_no_more(memory, clock, monkeypatch):
    killed, next_one = Lease(Store(OUTPUTS)), Lease(Store(OUTPUTS))
    killed.take()
    monkeypatch.setattr(lease.psutil, "pid_exists", lambda _process: False)

    def wait(seconds: float) -> None:
        clock[0] += seconds

    next_one.take(wait)

    assert clock[0] <= 3
    next_one.demand()


def test_a_store_that_can_not_write_only_where_nothing_is_serves_too(memory, monkeypatch):
    whole = type(memory).pipe_file

    def pipe_file(self, path, value, mode="overwrite"):
        if mode == "create":
            raise OSError("not implemented")
        whole(self, path, value)

    monkeypatch.setattr(type(memory), "pipe_file", pipe_file)
    only = Lease(Store(OUTPUTS))

    only.take()

    only.demand()


@pytest.mark.parametrize("note", [b"", b"{", b"[]", b"{}"])
def test_a_note_that_can_not_be_read_is_waited_for_as_any_other(memory, clock, caplog, note):
    memory.pipe_file(WHERE, note)

    def wait(seconds: float) -> None:
        clock[0] += seconds

    Lease(Store(OUTPUTS)).take(wait)

    assert "tiến trình ? của ?" in caplog.text
