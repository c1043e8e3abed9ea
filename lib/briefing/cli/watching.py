"""`briefing status --watch`: the inbox of today is watched, and its briefing made again."""

from __future__ import annotations

import signal
import time
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from zoneinfo import ZoneInfo

import click
from rich.console import Console
from rich.live import Live

from briefing import formats
from briefing.cli.keys import keys
from briefing.documents.live import LATEST, arrival_text, board, left, overdue, summary
from briefing.errors import BriefingError, ParamsError, Unfinished
from briefing.failures import failure_message
from briefing.messages import _
from briefing.params import RunParams
from briefing.run.not_done import USUAL, leave_note
from briefing.run.watching import Watch, wakes

AGAIN, END = "r", "q"  # keys
SWEEP = 5.0  # seconds after which the folder is looked at though nothing was told of it
CLOCK = 1.0  # seconds after which the table is drawn again
COMMAND = "briefing status --watch"


class Lines:
    """What is shown where nobody sits before a terminal: a line for each thing that happens."""

    def __init__(self, watch: Watch):
        self.watch = watch
        self._troubles: set[str] = set()

    def say(self, text: str, tone: str = "") -> None:
        click.echo(text)

    def show(self) -> None:
        """How it stands."""
        if day := self.watch.day:
            now = datetime.now(day.campaign.tz)
            about = _("Reports about {day}", day=formats.day(day.date))
            self.say(f"{about} – {left(self.watch.deadline, now)}. {summary(day)}")
        self.refresh()

    def refresh(self, doing: str = "") -> None:
        for text in set(self.watch.trouble.values()) - self._troubles:
            click.echo(text, err=True)
        self._troubles = set(self.watch.trouble.values())


class Board(Lines):
    """A table in the terminal that is drawn over again, with what happened last below."""

    def __init__(self, watch: Watch, live: Live):
        super().__init__(watch)
        self._live, self._last = live, deque[tuple[str, str]](maxlen=LATEST)

    def say(self, text: str, tone: str = "") -> None:
        self._last.append((text, tone))
        self.refresh()

    def show(self) -> None:
        self.refresh()

    def refresh(self, doing: str = "") -> None:
        watch, now = self.watch, datetime.now(self.watch.run.campaign.tz)
        below = [(doing or _keys(), "muted"), *((text, "bad") for text in watch.trouble.values())]
        height = self._live.console.size.height
        shown = board(watch.day, watch.deadline, now, [*self._last, *below], height)
        self._live.update(shown, refresh=True)


def _keys() -> str:
    return _("r: make the briefing again; q or Ctrl-C: end")


def watch_inbox(described: Callable[[], RunParams], unit: str | None = None) -> None:
    """Watch the inbox, and make its day again when something comes, until somebody ends it.

    Raises:
        ParamsError: Before anything is watched; also where a `unit` is asked for.
    """
    if unit:
        raise ParamsError(_("--watch shows all units: leave --unit out. Nothing was run."))
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # what ends it ends it as Ctrl-C does
    watch = Watch(described)
    watch.look()
    watch.take()
    with _shown(watch) as view, keys() as pressed:
        view.show()
        attendant = Attendant(watch, view, pressed)
        attendant.publish()
        attendant.attend()
    click.echo(_("The inbox is no longer watched."), err=True)


@contextmanager
def _shown(watch: Watch) -> Iterator[Lines]:
    """Drawn when something is said, not by a thread of its own: kernels are forks of this."""
    console = Console(highlight=False)
    if not console.is_terminal:
        yield Lines(watch)
        return
    with Live(console=console, auto_refresh=False, vertical_overflow="crop") as live:
        yield Board(watch, live)


@dataclass
class Attendant:
    """Does what has to be done whenever something happens.

    Attributes:
        names: Files that are new or gone, and not taken in yet.
    """

    watch: Watch
    view: Lines
    pressed: Callable[[], str]
    names: list[str] = field(default_factory=list)

    @property
    def _tz(self) -> ZoneInfo:
        return self.watch.run.campaign.tz

    def attend(self) -> None:
        """Until the key that ends it is pressed, or Ctrl-C between two pieces of work."""
        while True:
            try:
                key = self._wait()
            except KeyboardInterrupt:
                return
            if key == END:
                return
            if (key or self.names or self.watch.is_due) and self._take():
                self.publish()

    def _wait(self) -> str:
        """Wait for files, a key, or the deadline; the key."""
        try:
            key = self._next()
        except (BriefingError, OSError) as error:
            self._hold(error)
            return ""
        self.watch.trouble.pop("inbox", None)
        return key

    def _hold(self, error: Exception) -> None:
        """Say that the inbox can't be read now, and try again after a while."""
        self.watch.trouble["inbox"], _code = failure_message(error, COMMAND)
        self.view.refresh()
        time.sleep(SWEEP)

    def _next(self) -> str:
        looked = drawn = 0.0
        with closing(wakes(self.watch.run.inbox)) as woken:
            for told_of in woken:
                now = time.monotonic()
                if told_of or self.watch.is_waiting or now - looked > SWEEP:
                    looked = now
                    self.names += self.watch.look()
                key = self.pressed()
                if self.names or key in (AGAIN, END) or self.watch.is_due:
                    return key
                if now - drawn > CLOCK:
                    drawn = now
                    self.view.refresh()
        return ""

    def _take(self) -> bool:
        """Take in what has come, and what comes meanwhile; whether that went well."""
        due = self.watch.is_due
        try:
            while True:
                for came in self.watch.take(self.names):
                    self.view.say(arrival_text(came))
                self.names = self.watch.look()
                if not self.names:
                    break
        except (BriefingError, OSError) as error:
            self._hold(error)
            return False
        if due and self.watch.day:
            self.view.say(overdue(self.watch.day), "warn")
        self.view.show()
        return True

    def publish(self) -> None:
        """Make the briefing; what stops it is told, and the watch goes on."""
        begun = time.monotonic()

        def doing(text: str, _done: int, _count: int) -> None:
            self.view.refresh(_("Making the briefing: {what}", what=text))

        try:
            published = self.watch.publish(doing)
        except (BriefingError, OSError) as error:
            text, _code = failure_message(error, COMMAND)
            self.view.say(text, "bad")
            page_is_out = isinstance(error, Unfinished)
            now = datetime.now(self._tz)
            leave_note(self.watch.run.outputs, USUAL, text, now, page_is_out=page_is_out)
            return
        if published:
            seconds = formats.number(time.monotonic() - begun, 1)
            values = {"clock": f"{datetime.now(self._tz):%H:%M:%S}", "n": seconds}
            page = published.pages[0]
            self.view.say(_("{clock} Briefing made in {n} s: {page}", page=page, **values), "good")
