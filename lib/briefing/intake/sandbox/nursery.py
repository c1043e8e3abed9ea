"""Where workers come from: forked off a process that has the libraries of intake loaded.

A process that has one thread makes that process of itself, any other starts it afresh. Where there
is no fork (Windows, macOS) each worker is a program of its own, watched from outside.
"""

from __future__ import annotations

import gc
import os
import select
import shutil
import signal
import socket
import struct
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum
from importlib import import_module
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Protocol

from briefing.intake.sandbox.walls import leave_the_network, shut_in, start_meter, stop_meter
from briefing.messages import language
from briefing.one_thread import ONE_THREAD, has_one_thread

OUT_OF_MEMORY, BROKEN = 77, 78  # exit codes of a worker whose file asked too much, or broke it
AFRESH = "from briefing.intake.sandbox.nursery import serve_afresh; serve_afresh()"
START, END = b"s", b"e"
LONGEST_ORDER, ANSWER = 4096, struct.Struct("<i")
PATIENCE = 0.5  # seconds that a worker has to end the programs that it runs
STALLED = 60  # seconds within which a message that has begun must have come whole


class Ended(StrEnum):
    """Why a worker did not come back from its task."""

    SLOW = "slow"  # it used up its processor time
    MEMORY = "memory"
    DAMAGED = "damaged"  # the file broke what reads it
    WAITED = "waited"  # it was not done after a long time, though hardly working
    LOST = "lost"  # somebody else ended it

    @property
    def by_the_file(self) -> bool:
        """Whether the same file comes to the same end again, on any day."""
        return self in (Ended.SLOW, Ended.MEMORY, Ended.DAMAGED)

    @classmethod
    def of_code(cls, code: int) -> Ended:
        """By the exit code; of a signal minus its number."""
        return _BY_CODE.get(code, cls.DAMAGED)


_BY_CODE = {
    OUT_OF_MEMORY: Ended.MEMORY,
    -getattr(signal, "SIGPROF", 0): Ended.SLOW,
    -getattr(signal, "SIGKILL", 0): Ended.LOST,
    -signal.SIGTERM: Ended.LOST,
}


@dataclass(eq=False)
class Worker:
    """A process that opens files, one after another.

    Attributes:
        ends: How it is reached. What it says are bytes of a stranger's making: never unpickled.
        files: How many it was given.
    """

    pid: int
    ends: Connection
    files: int = 0


class Nursery(Protocol):
    """Makes workers, and ends them.

    Attributes:
        pause: Seconds after which workers have to be looked at again; `None`: they end themselves.
    """

    pause: float | None

    def start(self, loaded: Sequence[str]) -> Worker:
        """A worker that has these modules loaded."""
        ...

    def overrun(self, worker: Worker, seconds: float) -> Ended | None:
        """Which limit a worker has gone beyond where nothing but this call ends it."""
        ...

    def end(self, worker: Worker) -> Ended:
        """End a worker, and all that it left. Why it had ended, if it had."""
        ...

    def close(self) -> None: ...


class Forking:
    """Workers forked off a process that was made for that. It ends with the one it is of."""

    pause = None

    def __init__(self, megabytes: int) -> None:
        self._megabytes = megabytes
        self._begin()

    def _begin(self) -> None:
        self._folder = tempfile.mkdtemp(prefix="reading-")
        self._orders, its = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        begin = _forked if has_one_thread() else _afresh
        self._process = begin(its, self._folder, self._megabytes)
        its.close()

    def start(self, loaded: Sequence[str]) -> Worker:
        order = START + " ".join(loaded).encode()
        try:
            return self._started(order)
        except OSError:  # somebody has ended the nursery
            self.close()
            self._begin()
            return self._started(order)

    def _started(self, order: bytes) -> Worker:
        self._orders.send(order)
        answer, descriptors, _flags, _address = socket.recv_fds(self._orders, ANSWER.size, 1)
        if not descriptors:
            raise OSError("no worker was started")
        (pid,) = ANSWER.unpack(answer)
        with socket.socket(fileno=descriptors[0]) as made:
            made.setsockopt(socket.SOL_SOCKET, socket.SO_RCVTIMEO, struct.pack("@ll", STALLED, 0))
            return Worker(pid, Connection(made.detach()))

    def overrun(self, worker: Worker, seconds: float) -> Ended | None:
        return None

    def end(self, worker: Worker) -> Ended:
        worker.ends.close()
        try:
            self._orders.send(END + str(worker.pid).encode())
            return Ended.of_code(*ANSWER.unpack(self._orders.recv(ANSWER.size)))
        except (OSError, struct.error):  # the nursery itself has ended
            return Ended.LOST

    def close(self) -> None:
        with suppress(OSError):
            self._orders.shutdown(socket.SHUT_RDWR)  # also where a fork of this process has it
        self._orders.close()
        if isinstance(self._process, int):
            with suppress(ChildProcessError):
                os.waitpid(self._process, 0)
        else:
            self._process.wait()
        shutil.rmtree(self._folder, ignore_errors=True)


def _forked(its: socket.socket, folder: str, megabytes: int) -> int:
    pid = os.fork()
    if pid:
        return pid
    try:
        _serve(its, folder, megabytes)
    finally:
        os._exit(1)


def _afresh(its: socket.socket, folder: str, megabytes: int) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-P", "-c", AFRESH, str(its.fileno()), folder, str(megabytes)],
        env=ONE_THREAD | os.environ,
        pass_fds=[its.fileno()],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def serve_afresh() -> None:
    """The program of a nursery that was started: its orders' descriptor, its folder, its limit."""
    _serve(socket.socket(fileno=int(sys.argv[1])), sys.argv[2], int(sys.argv[3]))


def _serve(orders: socket.socket, folder: str, megabytes: int) -> None:
    """Fork workers as ordered, until the one who orders has ended."""
    os.setsid()  # Ctrl-C is for the run, which ends its workers
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    _let_go_of_all_but(orders.fileno())
    leave_the_network()
    workers: set[int] = set()
    with suppress(OSError):
        while order := orders.recv(LONGEST_ORDER):
            said = order[1:].decode()
            if order[:1] == START:
                _load(said.split())
                pid, ends = _worker(orders, Path(folder), megabytes)
                workers.add(pid)
                with ends:
                    socket.send_fds(orders, [ANSWER.pack(pid)], [ends.fileno()])
            else:
                workers.discard(int(said))
                orders.send(ANSWER.pack(_ended(int(said), folder)))
    for pid in workers:
        _ended(pid, folder)
    shutil.rmtree(folder, ignore_errors=True)
    os._exit(0)


def _load(names: Sequence[str]) -> None:
    new = [name for name in names if name not in sys.modules]
    for name in new:
        import_module(name)
    if new:
        gc.freeze()  # what is loaded stays: no collection looks at it again, here or in a worker


def _let_go_of_all_but(own: int) -> None:
    """Nothing of the parent's stays open here; each number stays taken, as somebody may close it
    who does not know.
    """
    quiet = os.open(os.devnull, os.O_RDWR)
    for name in os.listdir("/proc/self/fd"):
        if int(name) not in (own, quiet):
            with suppress(OSError):  # that of the listing itself
                os.fstat(int(name))
                os.dup2(quiet, int(name), inheritable=False)


def _worker(orders: socket.socket, folder: Path, megabytes: int) -> tuple[int, socket.socket]:
    ours, its = socket.socketpair()
    pid = os.fork()
    if pid:
        its.close()
        return pid, ours
    code = BROKEN
    try:
        orders.close()
        ours.close()
        own = folder / str(os.getpid())
        own.mkdir(mode=0o700)
        shut_in(own, megabytes)
        code = serve_files(Connection(its.detach()))
    finally:
        os._exit(code)


def serve_files(ends: Connection) -> int:
    """Do what is asked for, until nobody asks any more; the exit code."""
    while True:
        try:
            work, task, seconds, code = ends.recv()  # of our own making
        except (EOFError, OSError):
            return 0
        start_meter(seconds)
        try:
            with language(code):
                made = work(task)
        except MemoryError:
            return OUT_OF_MEMORY
        except Exception:  # whatever a stranger's bytes make of the libraries
            return BROKEN
        stop_meter()
        ends.send_bytes(made)


def _ended(pid: int, folder: str) -> int:
    """End a worker: it is asked to end the programs that it runs, then it is made to."""
    process = os.pidfd_open(pid)
    with suppress(ProcessLookupError):
        signal.pidfd_send_signal(process, signal.SIGTERM)
        if not select.select([process], [], [], PATIENCE)[0]:
            signal.pidfd_send_signal(process, signal.SIGKILL)
    os.close(process)
    _pid, status = os.waitpid(pid, 0)
    shutil.rmtree(Path(folder, str(pid)), ignore_errors=True)
    return os.waitstatus_to_exitcode(status)
