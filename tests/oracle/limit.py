"""Brute force takes most questions in milliseconds, and a few in minutes: those are left."""

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

AGAIN = 1.0  # seconds of processor time after which the signal comes again


class TooSlowError(BaseException):
    """Brute force took too long; no failure, so that nobody catches it as one."""


@contextmanager
def limited(seconds: float) -> Iterator[None]:
    """Raise `TooSlowError` once this has taken so many seconds of processor time; no limit where
    signals cannot be set.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def late(number: int, frame: FrameType | None) -> None:
        # What is raised while garbage is collected, of which Hypothesis keeps count, is lost: the
        # signal comes again.
        if frame is None or frame.f_code.co_name != "gc_callback":
            raise TooSlowError

    before = signal.signal(signal.SIGVTALRM, late)
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds, AGAIN)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)
