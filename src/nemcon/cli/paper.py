"""Text for people: wrapped to a terminal, coloured only there, and plain in a pipe."""

from __future__ import annotations

import os
import re
import shutil
import sys
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Literal, TextIO

Style = Literal["", "bold", "dim", "good", "bad", "open", "mark"]

_CODES: dict[Style, str] = {
    "bold": "1",
    "dim": "2",
    "good": "32",
    "bad": "31",
    "open": "33",
    "mark": "1;4",
}
_WIDEST = 100
_NARROWEST = 20
_BAR = 20
# What could steer a terminal or hide text: control characters, marks that turn the direction.
_STEERING = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")
_IN_JSON = re.compile("[\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")


class Paper:
    """Where a command writes. `width` None: lines are not wrapped (a pipe, a file)."""

    def __init__(self, stream: TextIO, width: int | None = None, *, colour: bool = False) -> None:
        self._stream, self.width, self._colour = stream, width, colour

    @classmethod
    def on(cls, stream: TextIO) -> Paper:
        """On a stream as it is: a terminal, or a pipe."""
        if not stream.isatty():
            return cls(stream)
        columns = shutil.get_terminal_size().columns
        plain = os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb"
        return cls(stream, max(_NARROWEST, min(columns, _WIDEST)), colour=not plain)

    def line(self, text: str = "", style: Style = "", *, indent: int = 0, hang: int = 0) -> None:
        """One line, or on a terminal as many as it needs; later ones stand `hang` further in."""
        for each in self._wrapped(clean(text), indent, hang):
            self._stream.write(f"{self._styled(each, style)}\n")

    def heading(self, text: str) -> None:
        """A line that heads what follows."""
        self.line(text, "bold")

    def pair(self, label: str, value: str, style: Style = "") -> None:
        """*Label: value*, with the value in a style."""
        lines = self._wrapped(clean(f"{label}: {value}"), 0, 2)
        first = next(lines)
        head = f"{label}: "
        rest = first.removeprefix(head)
        self._stream.write(f"{head}{self._styled(rest, style)}\n")
        for each in lines:
            self._stream.write(f"{self._styled(each, style)}\n")

    def bullets(self, texts: Iterable[str], *, indent: int = 0, style: Style = "") -> None:
        """A list, one item a line."""
        for text in texts:
            self.line(f"- {text}", style, indent=indent, hang=2)

    def runs(self, parts: Sequence[tuple[str, Style]], *, indent: int = 0) -> None:
        """A paragraph whose parts have styles of their own; blanks in it are as good as breaks."""
        words: list[tuple[str, Style, bool]] = []  # a word, its style, whether a blank goes before
        blank = False
        for text, style in parts:
            pieces = re.split(r"\s+", text)
            for number, piece in enumerate(pieces):
                blank = blank or number > 0
                if piece:
                    words.append((clean(piece), style, blank and bool(words)))
                    blank = False
        line: list[tuple[str, Style]] = []
        used = indent
        for word, style, apart in words:
            if apart and self.width is not None and used + 1 + cells(word) > self.width:
                self._write_run(line, indent)
                line, used, apart = [], indent, False
            if line and line[-1][1] == style:
                line[-1] = (f"{line[-1][0]}{' ' * apart}{word}", style)
            else:
                line += [(" ", ""), (word, style)] if apart else [(word, style)]
            used += cells(word) + apart
        self._write_run(line, indent)

    def _write_run(self, line: Sequence[tuple[str, Style]], indent: int) -> None:
        text = "".join(self._styled(part, style) for part, style in line)
        self._stream.write(f"{' ' * indent}{text}\n")

    def error(self, message: str) -> None:
        """What went wrong."""
        self.line(f"nemcon: {message}", "bad", hang=2)

    def json(self, value: Any) -> None:
        """A view as JSON, in letters that the stream has."""
        import json

        ascii_only = (self._stream.encoding or "").lower().replace("-", "") != "utf8"
        text = json.dumps(value, indent=2, ensure_ascii=ascii_only)
        self._stream.write(_IN_JSON.sub(lambda found: f"\\u{ord(found[0]):04x}", text) + "\n")

    def draws(self, signs: str) -> bool:
        """Whether the stream has these signs."""
        try:
            signs.encode(self._stream.encoding or "utf-8")
        except (UnicodeEncodeError, LookupError):
            return False
        return True

    def _styled(self, text: str, style: Style) -> str:
        if not (style and self._colour and text.strip()):
            return text
        return f"\x1b[{_CODES[style]}m{text}\x1b[0m"

    def _wrapped(self, text: str, indent: int, hang: int) -> Iterator[str]:
        if self.width is None or indent + cells(text) <= self.width:
            yield " " * indent + text
            return
        line, used = " " * indent, indent
        started = False
        if self.width - indent - hang < _NARROWEST:  # a column of single words is hard to read
            hang = min(hang, 4)
        for word in text.split(" "):
            size = cells(word)
            if started and used + 1 + size > self.width:
                yield line
                line, used, started = " " * (indent + hang), indent + hang, False
            line += f" {word}" if started else word
            used += size + started
            started = True
        yield line


def clean(text: str) -> str:
    """The text on one line, with nothing that steers a terminal."""
    one_line = " ".join(text.splitlines()) if "\n" in text or "\r" in text else text
    return _STEERING.sub(lambda found: " " if found[0] == "\t" else "\ufffd", one_line)


def cells(text: str) -> int:
    """How many columns of a terminal a text takes."""
    if text.isascii():
        return len(text)
    from unicodedata import combining, east_asian_width

    wide = sum(east_asian_width(char) in "WF" for char in text)
    return len(text) + wide - sum(1 for char in text if combining(char))


class Progress:
    """Tells on stderr what takes long, if somebody is watching; the line goes when it is done."""

    def __init__(self) -> None:
        self._line = ""
        self._watched = sys.stderr.isatty() and os.environ.get("TERM") != "dumb"
        self._width = shutil.get_terminal_size().columns - 1 if self._watched else 0

    def __call__(self, what: str, done: int = 0, of: int = 0) -> None:
        """Tell that this is being done now, and how much of it is done, if that is known."""
        if not self._watched:
            return
        line = f"{clean(what)} …"
        if of:
            full = _BAR * min(done, of) // of
            line = f"{clean(what)}  {'█' * full}{'░' * (_BAR - full)} {100 * done // of} %"
        elif done:
            line = f"{clean(what)} … {done:,}"
        line = line[: max(self._width, _BAR)]  # a line that wraps could not be taken away
        if line != self._line:
            sys.stderr.write(f"\r\x1b[K{line}")
            sys.stderr.flush()
            self._line = line

    def done(self) -> None:
        """Take the line away."""
        if self._line:
            sys.stderr.write("\r\x1b[K")
            sys.stderr.flush()
            self._line = ""
