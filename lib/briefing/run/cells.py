"""The cells of a notebook, run in a forked process by IPython alone.

What a cell shows goes through a pipe as the messages of Jupyter's protocol, as JSON: sockets, an
event loop and a heartbeat would cost more than most of our cells do.

Source: Jupyter's messaging protocol, "Messages on the IOPub (PUB/SUB) channel".
"""

from __future__ import annotations

import io
import json
import sys
import threading
from contextlib import suppress
from multiprocessing.connection import Connection
from typing import Any

from ipykernel.compiler import XCachingCompiler
from ipykernel.jsonutil import json_clean
from IPython.core.displayhook import DisplayHook
from IPython.core.displaypub import DisplayPublisher
from IPython.core.interactiveshell import InteractiveShell
from traitlets.config import Config

NOTHING_KEPT = Config({"HistoryManager": {"enabled": False, "hist_file": ":memory:"}})


class Outbox:
    """Sends what cells show; what is printed waits until something else is sent."""

    def __init__(self) -> None:
        self._pipe: Connection | None = None
        self._sending = threading.RLock()
        self._printed = ("", "")

    def open(self, pipe: Connection) -> None:
        """From now on, send there."""
        self._pipe = pipe

    def send(self, kind: str, **content: Any) -> None:
        """A message; in a template, which has no pipe, there is nobody to tell."""
        with self._sending:
            self.flush()
            if self._pipe:
                about = {"msg_type": kind, "header": {"msg_type": kind}, "parent_header": {}}
                content = json_clean(content)  # type: ignore[no-untyped-call]
                message = json.dumps({**about, "content": content})
                self._pipe.send_bytes(message.encode())

    def print(self, name: str, text: str) -> None:
        """Text of a stream, which is sent together with what else is printed there."""
        with self._sending:
            if name != self._printed[0]:
                self.flush()
            self._printed = (name, self._printed[1] + text)

    def flush(self) -> None:
        """Send what was printed."""
        with self._sending:
            (name, text), self._printed = self._printed, ("", "")
            if text:
                self.send("stream", name=name, text=text)


class Stream(io.TextIOBase):
    """`sys.stdout` or `sys.stderr` of cells."""

    encoding = "utf-8"

    def __init__(self, outbox: Outbox, name: str):
        self._outbox, self.name = outbox, name

    def writable(self) -> bool:
        return True

    def write(self, text: str) -> int:
        self._outbox.print(self.name, text)
        return len(text)

    def flush(self) -> None:
        self._outbox.flush()


class Shown(DisplayHook):
    """What the last line of a cell is."""

    shell: Shell

    def start_displayhook(self) -> None:
        pass

    def write_output_prompt(self) -> None:
        pass

    def write_format_data(self, data: Any, metadata: Any = None) -> None:
        self.shell.outbox.send(
            "execute_result",
            execution_count=self.prompt_count,
            data=data,
            metadata=metadata or {},
        )

    def finish_displayhook(self) -> None:
        pass


class Published(DisplayPublisher):
    """What a cell displays by the way."""

    shell: Shell

    def publish(  # type: ignore[override]  # a name that is deprecated goes under `_more`
        self,
        data: Any,
        metadata: Any = None,
        *,
        transient: Any = None,
        update: bool = False,
        **_more: Any,
    ) -> None:
        kind = "update_display_data" if update else "display_data"
        self.shell.outbox.send(kind, data=data, metadata=metadata or {}, transient=transient or {})

    def clear_output(self, wait: bool = False) -> None:
        self.shell.outbox.send("clear_output", wait=wait)


class Shell(InteractiveShell):
    """IPython that shows nothing itself, and neither reads nor keeps anything of anybody's."""

    def __init__(self, **how: Any):
        self.outbox, self._trace = Outbox(), list[str]()
        super().__init__(  # type: ignore[no-untyped-call]
            config=NOTHING_KEPT,
            compiler_class=XCachingCompiler,
            displayhook_class=Shown,
            display_pub_class=Published,
            **how,
        )

    def init_ipython_dir(self, ipython_dir: Any) -> None:
        """There is none: no settings, no start-up files."""

    def init_profile_dir(self, profile_dir: Any) -> None:
        """There is none, either."""

    def run(self, source: str) -> None:
        """Run a cell: that it has begun, what it shows, and what came of it."""
        self.outbox.send("execute_input", code=source, execution_count=self.execution_count)
        done = self.run_cell(source, store_history=True)  # type: ignore[no-untyped-call]
        error = done.error_before_exec or done.error_in_exec
        failure = {"ename": type(error).__name__, "evalue": str(error), "traceback": self._trace}
        reply = {"status": "error", **failure} if error else {"status": "ok"}
        self.outbox.send("execute_reply", **reply)

    def _showtraceback(self, etype: Any, evalue: Any, stb: list[str]) -> None:
        self._trace = stb
        self.outbox.send("error", ename=etype.__name__, evalue=str(evalue), traceback=stb)


def run_cells(shell: Shell, pipe: Connection) -> None:
    """Run the cells whose sources come through the pipe, until it is closed."""
    shell.outbox.open(pipe)
    sys.stdout, sys.stderr = (Stream(shell.outbox, name) for name in ("stdout", "stderr"))
    with suppress(EOFError, OSError):
        while True:
            shell.run(json.loads(pipe.recv_bytes()))
