"""Where workers come from: forked off a process that has the libraries of intake loaded.

A process that has one thread makes that process of itself, any other starts it afresh. Where there
is no fork (Windows, macOS) each worker is a program of its own, watched from outside.
"""

from __future__ import annotations

import gc
import io
import os
import pickle
import select
import shutil
import signal
import socket
import struct
import subprocess
import sys
import tempfile
import threading
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from enum import StrEnum
from functools import lru_cache
from importlib import import_module
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, Protocol, Self

from briefing.intake.sandbox.walls import leave_the_network, shut_in, start_meter, stop_meter
from briefing.language import language
from briefing.one_thread import ONE_THREAD, has_one_thread

# Exit codes of a worker: its file asked too much; it broke the libraries; no file is to blame.
OUT_OF_MEMORY, BROKEN, BLAMELESS = 77, 78, 79
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
    BLAMELESS: Ended.LOST,
    -getattr(signal, "SIGPROF", 0): Ended.SLOW,
    -getattr(signal, "SIGKILL", 0): Ended.LOST,
    -signal.SIGTERM: Ended.LOST,
}


class Shared(bytes):
    """What many tasks are given, pickled, such as a reader: it goes to each worker once."""

    @classmethod
    def of(cls, value: Any) -> Self:
        return cls(pickle.dumps(value))

    @property
    def value(self) -> Any:
        """It again, made once in a process that is given nothing else meanwhile."""
        return _value_of(self)


@lru_cache(maxsize=1)
def _value_of(shared: Shared) -> Any:
    return pickle.loads(shared)


@dataclass(eq=False)
class Worker:
    """A process that opens files, one after another.

    Attributes:
        ends: How it is reached. What it says are bytes of a stranger's making: never unpickled.
        files: How many it was given.
        given: Which of what tasks share it has.
    """

    pid: int
    ends: Connection
    files: int = 0
    given: set[int] = field(default_factory=set)


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

    pause: float | None = None

    def __init__(self, megabytes: int) -> None:
        self._megabytes = megabytes
        self._folders: dict[int, str] = {}
        self._asking = threading.Lock()
        self._orders = socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET)  # to nobody yet
        self._process: int | subprocess.Popen[bytes] | None = None

    def _begin(self, loaded: Sequence[str]) -> None:
        if has_one_thread():
            _load(loaded)  # once for this process, which needs most of it, and for all workers
        self._orders, its = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        begin = _forked if has_one_thread() else _afresh
        self._process = begin(its, self._megabytes)
        its.close()

    def start(self, loaded: Sequence[str]) -> Worker:
        folder = tempfile.mkdtemp(prefix="reading-")
        order = START + "\0".join((folder, *loaded)).encode()
        with self._asking:
            try:
                worker = self._started(order)
            except OSError:  # it has not begun, or somebody has ended it
                self.close()
                self._begin(loaded)
                worker = self._started(order)
        self._folders[worker.pid] = folder
        return worker

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
            with self._asking:
                self._orders.send(END + str(worker.pid).encode())
                return Ended.of_code(*ANSWER.unpack(self._orders.recv(ANSWER.size)))
        except (OSError, struct.error):  # the nursery itself has ended
            return Ended.LOST
        finally:
            shutil.rmtree(self._folders.pop(worker.pid, ""), ignore_errors=True)

    def close(self) -> None:
        with suppress(OSError):
            self._orders.shutdown(socket.SHUT_RDWR)  # also where a fork of this process has it
        self._orders.close()
        if isinstance(self._process, int):
            with suppress(ChildProcessError):
                os.waitpid(self._process, 0)
        elif self._process:
            self._process.wait()


def _forked(its: socket.socket, megabytes: int) -> int:
    pid = os.fork()
    if pid:
        return pid
    try:
        _serve(its, megabytes)
    finally:
        os._exit(1)


def _afresh(its: socket.socket, megabytes: int) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-P", "-c", AFRESH, str(its.fileno()), str(megabytes)],
        env=ONE_THREAD | os.environ,
        pass_fds=[its.fileno()],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def serve_afresh() -> None:
    """The program of a nursery that was started: its orders' descriptor, its limit."""
    _serve(socket.socket(fileno=int(sys.argv[1])), int(sys.argv[2]))


def _serve(orders: socket.socket, megabytes: int) -> None:
    """Fork workers as ordered, until the one who orders has ended."""
    os.setpgid(0, 0)  # Ctrl-C is for the run, which ends its workers
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    _let_go_of_all_but(orders.fileno())
    leave_the_network()
    folders: dict[int, str] = {}
    with suppress(OSError):
        while order := orders.recv(LONGEST_ORDER):
            argument = order[1:].decode()
            if order[:1] == START:
                folder, *loaded = argument.split("\0")
                _load(loaded)
                gc.freeze()  # no collection looks at what is loaded again, here or in a worker
                pid, ends = _worker(orders, Path(folder), megabytes)
                folders[pid] = folder
                with ends:
                    socket.send_fds(orders, [ANSWER.pack(pid)], [ends.fileno()])
            else:
                del folders[int(argument)]
                orders.send(ANSWER.pack(_ended(int(argument))))
    for pid, folder in folders.items():
        _ended(pid)
        shutil.rmtree(folder, ignore_errors=True)
    os._exit(0)


def _load(names: Sequence[str]) -> None:
    for name in names:
        import_module(name)


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
    code = BLAMELESS
    try:
        orders.close()
        ours.close()
        shut_in(folder, megabytes)
        code = serve_files(Connection(its.detach()))
    finally:
        os._exit(code)


def serve_files(ends: Connection) -> int:
    """Do what is asked for, until nobody asks any more; the exit code."""
    shared: dict[int, Shared] = {}
    while True:
        try:
            new, message = ends.recv()  # of our own making
            shared |= new
            work, task, seconds, code = _unpickled(message, shared)
        except (EOFError, OSError):
            return 0
        start_meter(seconds)
        try:
            with language(code):
                made = work(task)
        except MemoryError:
            return OUT_OF_MEMORY
        except SystemExit:  # asked to end
            return BLAMELESS
        except BaseException:  # whatever a stranger's bytes make of the libraries
            return BROKEN
        stop_meter()
        ends.send_bytes(made)


def _unpickled(message: bytes, shared: Mapping[int, Shared]) -> Any:
    unpickler = pickle.Unpickler(io.BytesIO(message))
    unpickler.persistent_load = shared.__getitem__  # type: ignore[method-assign]
    return unpickler.load()


def _ended(pid: int) -> int:
    """End a worker: it is asked to end the programs that it runs, then it is made to."""
    process = os.pidfd_open(pid)
    with suppress(ProcessLookupError):
        signal.pidfd_send_signal(process, signal.SIGTERM)
        if not select.select([process], [], [], PATIENCE)[0]:
            signal.pidfd_send_signal(process, signal.SIGKILL)
    os.close(process)
    _pid, status = os.waitpid(pid, 0)
    return os.waitstatus_to_exitcode(status)
