"""The walls around a process that opens a stranger's bytes; it raises them itself, for good.

On Linux: limits on memory and processor time, no network, no files but the program's own and those
of one folder, as far as the kernel has each of them. Elsewhere `nursery` watches from outside.
"""

from __future__ import annotations

import ctypes
import math
import os
import signal
import site
import struct
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from briefing.one_thread import ONE_THREAD

if sys.platform != "win32":
    import resource

MB = 2**20
TMP = Path("/tmp")
LARGEST_FILE = 256 * MB  # that may be written, by LibreOffice too
MOST_OPEN = 256  # files at once
# Of addresses, which LibreOffice reserves and does not use; what is used is limited as for readers.
MOST_ADDRESSES = 8 * 1024 * MB
KEPT = ("PATH", "TZ", "SYSTEMROOT", "SYSTEMDRIVE", "WINDIR")  # of the environment
PROGRAMS_NEED = (
    *("/usr", "/lib", "/lib64", "/bin", "/sbin", "/opt", "/nix", "/snap"),
    *("/etc/fonts", "/etc/libreoffice", "/etc/ld.so.cache", "/etc/localtime"),
    *("/var/lib/libreoffice", "/var/spool/libreoffice", "/var/cache/fontconfig"),
    *("/dev/null", "/dev/zero", "/dev/urandom", "/dev/random"),
)
"""What a program of this machine reads to run at all; nothing that is anybody's."""

# linux/prctl.h, linux/sched.h
PDEATHSIG, NO_NEW_PRIVS = 1, 38
NEW_MOUNTS, NEW_USER, NEW_NET, BIND = 0x20000, 0x10000000, 0x40000000, 4096
# linux/landlock.h; the numbers of its calls are those of every architecture
CREATE_RULESET, ADD_RULE, RESTRICT_SELF = 444, 445, 446
BENEATH = 1  # LANDLOCK_RULE_PATH_BENEATH
EXECUTE, WRITE, READ, READ_FOLDER, TRUNCATE = 1 << 0, 1 << 1, 1 << 2, 1 << 3, 1 << 14
REMOVE, MAKE_SOCKET = 1 << 5, 1 << 9
OF_A_FILE = EXECUTE | WRITE | READ | TRUNCATE
FILE_ACCESS = {1: 13, 2: 14, 3: 15, 4: 15}  # version → how many kinds of access it knows
TCP, SIGNALS_AND_SOCKETS = 3, 3  # from version 4, from version 6


def scrubbed(folder: Path | str) -> dict[str, str]:
    """The environment of a worker: nothing that it does not need."""
    own = dict.fromkeys(("HOME", "TMPDIR", "TEMP", "TMP", "USERPROFILE"), str(folder))
    kept = {name: os.environ[name] for name in KEPT if name in os.environ}
    return ONE_THREAD | kept | own | {"LC_ALL": "C.UTF-8", "PYTHONUTF8": "1"}


def leave_the_network() -> None:
    """A network of its own, with nothing in it, for this process and its children.

    In vain where the kernel lets no user have one; the worker's own walls then forbid TCP.
    """
    if sys.platform != "linux":
        return
    user, group = os.getuid(), os.getgid()
    if _libc().unshare(NEW_USER | NEW_NET):
        return
    with suppress(OSError):
        Path("/proc/self/setgroups").write_text("deny", encoding="utf-8")
        Path("/proc/self/uid_map").write_text(f"{user} {user} 1", encoding="utf-8")
        Path("/proc/self/gid_map").write_text(f"{group} {group} 1", encoding="utf-8")


def shut_in(folder: Path, megabytes: int) -> None:
    """Shut this process in: in an empty folder, with no way to more than it needs.

    Args:
        megabytes: How much it may use above what it has loaded.
    """
    if sys.platform == "linux":
        loaded, folder = _loaded(), _alone_in_tmp(folder)
    _move_into(folder)
    if sys.platform == "win32":
        return
    signal.signal(signal.SIGTERM, lambda *_args: sys.exit())  # and so with the programs it runs
    _limit(resource.RLIMIT_CORE, 0)
    _limit(resource.RLIMIT_FSIZE, LARGEST_FILE)
    _limit(resource.RLIMIT_NOFILE, MOST_OPEN)
    if sys.platform != "linux":
        return
    _limit(resource.RLIMIT_DATA, loaded + megabytes * MB)
    _limit(resource.RLIMIT_AS, MOST_ADDRESSES)
    end_with_parent(signal.SIGTERM)
    libc = _libc()
    libc.prctl(NO_NEW_PRIVS, 1, 0, 0, 0)
    _fence(libc, folder)


def end_with_parent(number: int) -> None:
    """Have Linux send this process a signal when the one that started it ends."""
    _libc().prctl(PDEATHSIG, number, 0, 0, 0)


def _limit(kind: int, most: int) -> None:
    """Limit this process for good, unless the system has set it a lower limit."""
    _soft, hard = resource.getrlimit(kind)
    lowest = most if hard == resource.RLIM_INFINITY else min(most, hard)
    resource.setrlimit(kind, (lowest, lowest))


def start_meter(seconds: float) -> None:
    """Processor time for the next file, after which the process is ended (by SIGPROF)."""
    if sys.platform != "win32":
        signal.signal(signal.SIGPROF, signal.SIG_DFL)
        signal.setitimer(signal.ITIMER_PROF, seconds)


def stop_meter() -> None:
    if sys.platform != "win32":
        signal.setitimer(signal.ITIMER_PROF, 0)


@contextmanager
def metered_program() -> Iterator[dict[str, Any]]:
    """How a program is started (arguments of `Popen`), so that its time counts as this process's.

    It is a group of its own, so that it can be ended with what it has started. Without a meter,
    outside of a worker, it has no limit.
    """
    if sys.platform == "win32":
        yield {}
        return
    left = signal.getitimer(signal.ITIMER_PROF)[0]
    if not left:
        yield {"start_new_session": True}
        return

    def limited() -> None:
        resource.setrlimit(resource.RLIMIT_CPU, (math.ceil(left),) * 2)
        if sys.platform == "linux":
            end_with_parent(signal.SIGKILL)

    before = _of_children()
    yield {"start_new_session": True, "preexec_fn": limited}
    left = signal.getitimer(signal.ITIMER_PROF)[0] - (_of_children() - before)
    signal.setitimer(signal.ITIMER_PROF, max(left, 0.001))


def end_program(process: subprocess.Popen[bytes]) -> None:
    """End a program with all that it has started."""
    if sys.platform == "win32":
        end = ["taskkill", "/T", "/F", "/PID", str(process.pid)]
        subprocess.run(end, capture_output=True, check=False)
    else:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
    process.communicate()


def _of_children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _move_into(folder: Path) -> None:
    os.chdir(folder)
    environment = scrubbed(folder)
    os.environ.clear()
    os.environ.update(environment)
    tempfile.tempdir = None
    quiet = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(quiet, stream)


def _alone_in_tmp(folder: Path) -> Path:
    """Where a folder is to be found, once it is all that this process sees of `/tmp`.

    LibreOffice makes a socket there, whatever its settings. Where the kernel does not let it be
    done, or the program itself lies there, the folder stays where it is.
    """
    if any(place.startswith(f"{TMP}/") for place in _own_places()):
        return folder
    libc = _libc()
    if libc.unshare(NEW_MOUNTS) or libc.mount(bytes(folder), bytes(TMP), None, BIND, None):
        return folder
    return TMP


def _libc() -> ctypes.CDLL:
    return ctypes.CDLL(None, use_errno=True)


def _loaded() -> int:
    """Bytes of memory that this process has for itself."""
    lines = Path("/proc/self/status").read_text(encoding="utf-8").splitlines()
    return next(int(line.split()[1]) * 1024 for line in lines if line.startswith("VmData:"))


def _fence(libc: ctypes.CDLL, folder: Path) -> None:
    """Let only this folder be written, only the program's own files and the system's be read.

    By Landlock, where the kernel has it: `landlock(7)`.
    """
    version = libc.syscall(CREATE_RULESET, None, 0, 1)
    if version < 1:
        return
    every = (1 << FILE_ACCESS.get(version, 16)) - 1
    attributes = struct.pack("<QQQ", every, TCP, SIGNALS_AND_SOCKETS)
    size = 24 if version >= 6 else 16 if version >= 4 else 8
    rules = libc.syscall(CREATE_RULESET, attributes[:size], size, 0)
    if rules < 0:
        return
    _allow(libc, rules, folder, every)
    if folder != TMP:
        _allow(libc, rules, TMP, MAKE_SOCKET | REMOVE)
    for path in {Path(name) for name in (*PROGRAMS_NEED, *_own_places())}:
        writable = WRITE if path.parent == Path("/dev") else 0
        _allow(libc, rules, path, EXECUTE | READ | READ_FOLDER | writable)
    libc.syscall(RESTRICT_SELF, rules, 0)
    os.close(rules)


def _allow(libc: ctypes.CDLL, rules: int, path: Path, access: int) -> None:
    try:
        place = os.open(path, os.O_PATH | os.O_CLOEXEC)
    except OSError:
        return
    if not path.is_dir():
        access &= OF_A_FILE
    libc.syscall(ADD_RULE, rules, BENEATH, struct.pack("<Qi", access, place), 0)
    os.close(place)


def _own_places() -> list[str]:
    """Where this program and its libraries lie; not the folder that it was started in."""
    packages = [p for p in sys.path if p.endswith(("site-packages", "dist-packages"))]
    own = str(Path(__file__).parents[3])
    return [sys.prefix, sys.base_prefix, site.getusersitepackages(), own, *packages]
