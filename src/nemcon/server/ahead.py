"""Answers of the neighbouring days, worked out ahead in a process of their own.

A slider goes from day to day. While somebody looks at one, a second process works out those around
it, so that the next step finds its answer at hand. It runs with low priority, holds nothing that
the server does not, and ends with it.
"""

from __future__ import annotations

import contextlib
import os
import pickle
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from threading import Condition, Thread
from typing import IO, TYPE_CHECKING, Any

from nemcon.load.stamp import Stamp
from nemcon.views.tongue import code
from nemcon.when import When

if TYPE_CHECKING:
    from nemcon.server.asking import Ask
    from nemcon.server.shown import Page

REACH = 45
"""How many days to either side are worked out."""


@dataclass(frozen=True)
class Job:
    """One question that somebody may put next, about what was opened under `stamp`, in the language
    of this code.
    """

    stamp: Stamp
    ask: Ask
    language: str


class Ahead:
    """Works out ahead what lies around the question that was put last."""

    def __init__(self) -> None:
        self._page: Page | None = None
        self._wanted: Iterator[Job] = iter(())
        self._changed = Condition()
        self._closed = False
        self._process: subprocess.Popen[bytes] | None = None
        self._thread = Thread(target=self._run, name="ahead", daemon=True)

    def after(self, page: Page) -> None:
        """A page was shown: what is asked next probably lies around it."""
        if page.answered is None:
            return
        with self._changed:
            self._page, self._wanted = page, _around(page)
            self._changed.notify()
        if not self._thread.is_alive() and self._process is None:
            with contextlib.suppress(RuntimeError):
                self._thread.start()

    def close(self) -> None:
        """End the process."""
        with self._changed:
            self._closed = True
            self._changed.notify()
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
        with contextlib.suppress(OSError, EOFError, pickle.PickleError):
            while asked := self._next():
                page, job = asked
                found = self._ask(page, job)
                if found is not None:
                    page.desk.put(page.key_of(job.ask, job.stamp), found)

    def _next(self) -> tuple[Page, Job] | None:
        with self._changed:
            while not self._closed:
                for job in self._wanted:
                    assert self._page is not None, "nothing is wanted before a page is shown"
                    if not self._page.desk.holds(self._page.key_of(job.ask, job.stamp)):
                        return self._page, job
                self._changed.wait()
            return None

    def _ask(self, page: Page, job: Job) -> object:
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
        return pickle.load(self._process.stdout)

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

    names, body = pickle.load(given)
    desk = Desk(names, body=body)
    configure(desk, ())  # for the catalogues
    while True:
        job: Job = pickle.load(given)
        found: Any = None
        with contextlib.suppress(LoadError, RecordError), speak(job.language):
            page = Page(desk, job.ask)
            found = page.answered if page.stamp == job.stamp else None
        pickle.dump(found, taken)
        taken.flush()


if __name__ == "__main__":
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    with contextlib.suppress(OSError, AttributeError):
        os.nice(10)
    # The server may end at any moment, in the middle of a word too.
    with contextlib.suppress(EOFError, OSError, pickle.UnpicklingError):
        work(sys.stdin.buffer, sys.stdout.buffer)
