"""Keys and lines from whoever sits before the terminal, or from a pipe."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TextIO

ESCAPE = "escape"
_ARROWS = {
    **dict.fromkeys(("[B", "[C", "OB", "OC"), "n"),
    **dict.fromkeys(("[A", "[D", "OA", "OD"), "p"),
}
_SOON = 0.05  # seconds in which the rest of an arrow key follows its escape


class Keys:
    """Where a command asks. On a terminal a key is taken as it is pressed, else line by line.

    Every method raises `EOFError` when nobody answers any more. Ctrl-C stays Ctrl-C.
    """

    def __init__(self, given: TextIO, shown: TextIO) -> None:
        self._given, self._shown = given, shown
        self.watched = given.isatty() and shown.isatty() and _has_termios()
        self._rest = ""

    @classmethod
    def on(cls) -> Keys:
        """On standard input and output as they are."""
        return cls(sys.stdin, sys.stdout)

    def key(self, prompt: str) -> str:
        """One key: a letter, `escape`, or for arrows n and p; in a pipe the first sign of a line.

        What follows that sign in a line is the next answer that `line` gives.
        """
        if not self.watched:
            text = ""
            while not text:
                text = self._line().strip()
            self._rest = text[1:].strip()
            return text[0]
        self._show(prompt)
        with _single_keys(self._given.fileno()) as descriptor:
            pressed = _read_key(descriptor)
        self._show("\r\x1b[K")
        return pressed

    def line(self, prompt: str, now: str = "") -> str:
        """A line, which on a terminal can be edited from what stands there `now`."""
        if not self.watched:
            text, self._rest = self._rest, ""
            return text or self._line().strip()
        with _standing_there(now):
            return input(prompt).strip()

    def _line(self) -> str:
        text = self._given.readline()
        if not text:
            raise EOFError
        return text

    def _show(self, text: str) -> None:
        self._shown.write(text)
        self._shown.flush()


def _has_termios() -> bool:
    try:
        import termios  # noqa: F401
    except ImportError:
        return False
    return True


@contextmanager
def _single_keys(descriptor: int) -> Iterator[int]:
    """The terminal gives each key at once, unseen; afterwards it is as it was."""
    import termios
    import tty

    before = termios.tcgetattr(descriptor)
    try:
        tty.setcbreak(descriptor, termios.TCSADRAIN)
        yield descriptor
    finally:
        termios.tcsetattr(descriptor, termios.TCSADRAIN, before)


def _read_key(descriptor: int) -> str:
    first = os.read(descriptor, 1)
    if not first or first == b"\x04":  # Ctrl-D
        raise EOFError
    if first == b"\x1b":
        return _ARROWS.get(_what_follows(descriptor), ESCAPE)
    if first in (b"\r", b"\n"):
        return "\n"
    for more in (0xC0, 0xE0, 0xF0):  # the rest of a letter in UTF-8
        if first[0] >= more:
            first += os.read(descriptor, 1)
    return first.decode("utf-8", "replace")


def _what_follows(descriptor: int) -> str:
    from select import select

    found = b""
    while len(found) < 8 and select([descriptor], [], [], _SOON)[0]:
        found += os.read(descriptor, 1)
    return found.decode("ascii", "replace")


@contextmanager
def _standing_there(text: str) -> Iterator[None]:
    """What is asked next stands there to be edited, where the system can do that."""
    try:
        import readline
    except ImportError:
        yield
        return
    readline.set_startup_hook(lambda: readline.insert_text(text))
    try:
        yield
    finally:
        readline.set_startup_hook()
