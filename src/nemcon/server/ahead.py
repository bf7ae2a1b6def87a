"""What is worked out in a process of its own: what takes long, and what is asked next.

A timeline may take half a minute; the second process works it out while the server answers others.
A slider goes from day to day: while somebody looks at one, those around it are worked out, so that
the next step finds its answer at hand. The process runs with low priority, holds nothing that the
server does not, and ends with it.
"""

from __future__ import annotations

import contextlib
import os
import pickle
import signal
import subprocess
import sys
import time
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from threading import Condition, Thread
from typing import IO, TYPE_CHECKING, Any

from nemcon.load.stamp import Stamp
from nemcon.server.courses import SoFar, Span, key_of, work_out
from nemcon.views.tongue import code
from nemcon.when import When

if TYPE_CHECKING:
    from nemcon.server.asking import Ask
    from nemcon.server.shown import Page

REACH = 45
"""How many days to either side are worked out."""


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
    """Works out what takes long, then what lies around the question that was put last."""

    def __init__(self) -> None:
        self._page: Page | None = None
        self._wanted: Iterator[Job] = iter(())
        self._ordered: deque[tuple[Page, Job, object]] = deque()
        self._so_far: dict[object, SoFar] = {}  # of what is ordered, until it is done
        self._changed = Condition()
        self._closed = False
        self._lost = False
        self._process: subprocess.Popen[bytes] | None = None
        self._thread = Thread(target=self._run, name="ahead", daemon=True)

    def after(self, page: Page) -> None:
        """A page was shown: what is asked next probably lies around it."""
        if page.answered is None:
            return
        with self._changed:
            self._page, self._wanted = page, _around(page)
            self._changed.notify_all()
        self._begin()

    def timeline(self, page: Page, span: Span, seconds: float) -> SoFar | None:
        """Have a timeline worked out, and wait for it so long; how far it is, or None where it is
        on the desk, or must be worked out here as the second process cannot.
        """
        key, until = key_of(page, span), time.monotonic() + seconds
        with self._changed:
            if page.desk.holds(key):
                return None
            if key not in self._so_far and not self._lost and not self._closed:
                self._so_far[key] = SoFar()
                self._ordered.append((page, Job(page.stamp, page.ask, code(), span), key))
                self._changed.notify_all()
        self._begin()
        with self._changed:
            while (so_far := self._so_far.get(key)) and (left := until - time.monotonic()) > 0:
                self._changed.wait(left)
            return so_far

    def _begin(self) -> None:
        if not self._thread.is_alive() and self._process is None:
            with contextlib.suppress(RuntimeError):
                self._thread.start()

    def close(self) -> None:
        """End the process."""
        with self._changed:
            self._closed = True
            self._changed.notify_all()
        if self._process is None:
            return
        self._process.kill()
        self._process.wait()
        self._thread.join(5)
        for stream in (self._process.stdin, self._process.stdout):
            if stream is not None:
                with contextlib.suppress(OSError):
                    stream.close()

    def _run(self) -> None:
        try:
            with contextlib.suppress(OSError, EOFError, pickle.PickleError):
                while asked := self._next():
                    page, job, key = asked
                    found = self._ask(page, job, key)
                    if found is not None:
                        page.desk.put(key, found)
                    self._tell(key, None)
        finally:
            with self._changed:  # whoever waits works it out without us
                self._lost = True
                self._so_far.clear()
                self._changed.notify_all()

    def _tell(self, key: object, so_far: SoFar | None) -> None:
        with self._changed:
            if so_far is not None:
                self._so_far[key] = so_far
            elif self._so_far.pop(key, None) is not None:
                self._changed.notify_all()

    def _next(self) -> tuple[Page, Job, object] | None:
        with self._changed:
            while not self._closed:
                if self._ordered:
                    return self._ordered.popleft()
                for job in self._wanted:
                    assert self._page is not None, "nothing is wanted before a page is shown"
                    key = self._page.key_of(job.ask, job.stamp)
                    if not self._page.desk.holds(key):
                        return self._page, job, key
                self._changed.wait()
            return None

    def _ask(self, page: Page, job: Job, key: object) -> object:
        if self._process is None:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "nemcon.server.ahead"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                start_new_session=True,
            )
            self._send((page.desk.names, page.desk.body))
        self._send(job)
        assert self._process.stdout is not None
        while isinstance(found := pickle.load(self._process.stdout), SoFar):
            self._tell(key, found)
        return found

    def _send(self, value: object) -> None:
        assert self._process is not None
        assert self._process.stdin is not None
        pickle.dump(value, self._process.stdin)
        self._process.stdin.flush()


def _around(page: Page) -> Iterator[Job]:
    """The days around, the nearest first, where the sliders reach; then what was known on them."""
    zone, axis, language = page.everything.zone, page.axis, code()
    on = page.on.last_day(zone)
    known = page.ask.known.last_day(zone) if page.ask.known else None

    def jobs() -> Iterator[Ask]:
        for away in range(1, REACH + 1):
            for days in (away, -away):
                if on is not None and axis.first <= (day := on + timedelta(days)) <= axis.last:
                    yield page.asked.with_(on=When.day(day))
                if known and axis.first <= (day := known + timedelta(days)) <= axis.last:
                    yield page.asked.with_(known=When.day(day))
        if known is None:
            for day in sorted(axis.known, reverse=True):
                yield page.asked.with_(known=When.day(day))

    return (Job(page.stamp, ask, language) for ask in jobs())


def work(given: IO[bytes], taken: IO[bytes]) -> None:
    """Answer jobs, the other side of `Ahead`. Raises `EOFError` when there are no more."""
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
        with contextlib.suppress(LoadError, RecordError), speak(job.language):
            page = Page(desk, job.ask)
            if page.stamp != job.stamp:
                found = None
            elif job.span is not None:
                found = work_out(page, job.span, tell)
            else:
                found = page.answered
        tell(found)


if __name__ == "__main__":
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    with contextlib.suppress(OSError, AttributeError):
        os.nice(10)
    # The server may end at any moment, in the middle of a word too.
    with contextlib.suppress(EOFError, OSError, pickle.UnpicklingError):
        work(sys.stdin.buffer, sys.stdout.buffer)
