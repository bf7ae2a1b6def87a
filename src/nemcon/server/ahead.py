"""What is worked out in a process of its own: what takes long, and what is asked next.

A timeline may take half a minute; the second process works it out while the server answers others.
A slider goes from day to day: while somebody looks at one, those around it are worked out, so that
the next step finds its answer at hand. The process runs with low priority, holds nothing that the
server does not, and ends with it.
"""

from __future__ import annotations

import contextlib
import logging
import os
import pickle
import signal
import subprocess
import sys
import time
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from threading import Condition, Thread
from typing import IO, TYPE_CHECKING, Any

from nemcon.load.stamp import Stamp
from nemcon.server.courses import SoFar, Span, key_of, work_out
from nemcon.server.orders import Orders
from nemcon.views.tongue import code
from nemcon.when import When

if TYPE_CHECKING:
    from nemcon.server.asking import Ask
    from nemcon.server.shown import Page
    from nemcon.views.axis import AxisView

REACH = 45
"""How many days to either side are worked out."""

LOSSES = 3
"""After how many processes lost one after the other no more are started."""

FAILED = 100
"""Of how many it is remembered that they failed, lest they be tried again at every question."""

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Job:
    """One question about what was opened under `stamp`, in the language of this code: that of a
    day, which somebody may put next, or with a `span` that of a timeline, which somebody has put.
    """

    stamp: Stamp
    ask: Ask
    language: str
    span: Span | None = None


class Ahead:
    """Works out what takes long, then what lies around the question that was put last.

    What fails is told to the log, and the next is worked out; a process that is lost is started
    again, unless `LOSSES` are lost one after the other.
    """

    def __init__(self) -> None:
        self._page: Page | None = None
        self._wanted: Iterator[Job] = iter(())
        self._orders: Orders[tuple[Page, Job]] = Orders()
        self._so_far: dict[object, SoFar] = {}  # of what is ordered, until it is done or dropped
        self._cannot: deque[object] = deque(maxlen=FAILED)  # what failed in the process
        self._changed = Condition()
        self._closed = False
        self._lost = False
        self._losses = 0
        self._process: subprocess.Popen[bytes] | None = None
        self._thread: Thread | None = None

    def after(self, page: Page) -> None:
        """A page was shown: what is asked next probably lies around it."""
        if page.answered is None:
            return
        wanted = _around(page)
        with self._changed:
            self._page, self._wanted = page, wanted
            self._begin()
            self._changed.notify_all()

    def timeline(self, page: Page, span: Span, seconds: float) -> SoFar | None:
        """Have a timeline worked out, and wait for it so long; how far it is, or None where it is
        on the desk, or must be worked out here as the second process cannot. It is given up where
        nobody asks again.
        """
        key, now = key_of(page, span), time.monotonic()
        until = now + seconds
        with self._changed:
            if self._settled(page, key):
                return None
            if key in self._so_far:
                self._orders.asked(key, now, seconds)
            else:
                self._so_far[key] = SoFar()
                job = Job(page.stamp, page.ask, code(), span)
                self._drop(self._orders.put(key, (page, job), now, seconds))
            self._begin()
            self._changed.notify_all()
            while key in self._so_far and (left := until - time.monotonic()) > 0:
                self._changed.wait(left)
            return None if self._settled(page, key) else self._so_far.get(key, SoFar())

    def _settled(self, page: Page, key: object) -> bool:
        return page.desk.holds(key) or key in self._cannot or self._lost or self._closed

    def _drop(self, keys: Iterable[object]) -> None:
        for key in keys:
            self._so_far.pop(key, None)

    def _begin(self) -> None:
        """Start the thread, once."""
        if self._thread is None and not self._closed:
            self._thread = Thread(target=self._run, name="ahead", daemon=True)
            self._thread.start()

    def close(self) -> None:
        """End the process."""
        with self._changed:
            self._closed = True
            self._so_far.clear()
            self._changed.notify_all()
            self._end_process()
            thread = self._thread
        if thread is not None:
            thread.join(5)

    def _end_process(self) -> None:
        """End the process, if there is one, and give back what it holds."""
        process, self._process = self._process, None
        if process is None:
            return
        process.kill()
        process.wait()
        for stream in (process.stdin, process.stdout):
            if stream is not None:
                with contextlib.suppress(OSError):
                    stream.close()

    def _run(self) -> None:
        while not self._lost:
            try:
                asked = self._next()
            except Exception:
                _log.exception("what to work out ahead of a page failed; it is left")
                continue
            if asked is None:
                return
            page, job, key = asked
            try:
                found = self._ask(page, job, key)
            except Exception as error:
                self._lose(key, error)
                continue
            if found is not None:
                page.desk.put(key, found)
            self._done(key, failed=found is None)

    def _done(self, key: object, *, failed: bool) -> None:
        """Tell whoever waits; what failed is theirs to work out."""
        with self._changed:
            self._losses = 0
            if failed:
                self._cannot.append(key)
            if self._so_far.pop(key, None) is not None:
                self._changed.notify_all()

    def _lose(self, key: object, error: Exception) -> None:
        """The process has ended, at work on `key`: the next job starts another."""
        with self._changed:
            if self._closed:
                return
            _log.warning("the process that works ahead has ended (%r)", error)
            self._end_process()
            self._cannot.append(key)
            self._so_far.pop(key, None)
            self._losses += 1
            if self._losses >= LOSSES:  # whoever waits works it out without us
                self._lost = True
                self._so_far.clear()
            self._changed.notify_all()

    def _next(self) -> tuple[Page, Job, object] | None:
        with self._changed:
            while not self._closed:
                self._drop(self._orders.stale(time.monotonic()))
                if ordered := self._orders.next():
                    key, (page, job) = ordered
                    return page, job, key
                for job in self._wanted:
                    assert self._page is not None, "nothing is wanted before a page is shown"
                    key = self._page.key_of(job.ask, job.stamp)
                    if not self._page.desk.holds(key) and key not in self._cannot:
                        return self._page, job, key
                self._changed.wait()
            return None

    def _ask(self, page: Page, job: Job, key: object) -> object:
        process = self._running(page)
        _send(process, job)
        assert process.stdout is not None
        while isinstance(found := pickle.load(process.stdout), SoFar):
            with self._changed:
                if key in self._so_far:
                    self._so_far[key] = found
        return found

    def _running(self, page: Page) -> subprocess.Popen[bytes]:
        """The process, started where there is none. Raises `EOFError` where all is closed."""
        with self._changed:
            if self._closed:
                raise EOFError
            if self._process is not None:
                return self._process
            process = self._process = subprocess.Popen(
                [sys.executable, "-m", "nemcon.server.ahead"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                start_new_session=True,
            )
        _send(process, (page.desk.names, page.desk.body))
        return process


def _send(process: subprocess.Popen[bytes], value: object) -> None:
    assert process.stdin is not None
    pickle.dump(value, process.stdin)
    process.stdin.flush()


def _around(page: Page) -> Iterator[Job]:
    """The days around, the nearest first, where the sliders reach; then what was known on them."""
    zone, axis, language = page.everything.zone, page.axis, code()
    on = page.on.last_day(zone)
    known = page.ask.known.last_day(zone) if page.ask.known else None

    def jobs() -> Iterator[Ask]:
        for away in range(1, REACH + 1):
            for days in (away, -away):
                if day := _shifted(on, days, axis):
                    yield page.asked.with_(on=When.day(day))
                if day := _shifted(known, days, axis):
                    yield page.asked.with_(known=When.day(day))
        if known is None:
            for day in sorted(axis.known, reverse=True):
                yield page.asked.with_(known=When.day(day))

    return (Job(page.stamp, ask, language) for ask in jobs())


def _shifted(day: date | None, days: int, axis: AxisView) -> date | None:
    """So many days away; None where the slider does not reach, as beyond the calendar's end."""
    there = day.toordinal() + days if day else 0
    reaches = axis.first.toordinal() <= there <= axis.last.toordinal()
    return date.fromordinal(there) if reaches else None


def work(given: IO[bytes], taken: IO[bytes]) -> None:
    """Answer jobs, the other side of `Ahead`: None where there is no answer, or it fails. Raises
    `EOFError` when there are no more.
    """
    from nemcon.load import LoadError
    from nemcon.record.errors import RecordError
    from nemcon.server.desk import Desk
    from nemcon.server.language import speak
    from nemcon.server.settings import configure
    from nemcon.server.shown import Page

    def tell(found: object) -> None:
        pickle.dump(found, taken)
        taken.flush()

    names, body = pickle.load(given)
    desk = Desk(names, body=body)
    configure(desk, ())  # for the catalogues
    while True:
        job: Job = pickle.load(given)
        found: Any = None
        try:
            with contextlib.suppress(LoadError, RecordError), speak(job.language):
                page = Page(desk, job.ask)
                if page.stamp != job.stamp:
                    found = None
                elif job.span is not None:
                    found = work_out(page, job.span, tell)
                else:
                    found = page.answered
        except OSError:
            raise
        except Exception:
            _log.exception("what was asked ahead failed; the next is answered")
        tell(found)


if __name__ == "__main__":
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    with contextlib.suppress(OSError, AttributeError):
        os.nice(10)
    # The server may end at any moment, in the middle of a word too.
    with contextlib.suppress(EOFError, OSError, pickle.UnpicklingError):
        work(sys.stdin.buffer, sys.stdout.buffer)
