"""Where texts go: how wide they are, and lanes in which none covers another."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from unicodedata import combining, east_asian_width

# What XML cannot hold, and marks that turn the direction of text.
_NO_TEXT = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufffe\uffff]")
_SURROGATES = re.compile("[\ud800-\udfff]")
_WIDE, _NARROW, _USUAL = "MWmw@%", "iljtfrI.,;:'|!()[] ", 0.63


def plain(text: str, most: int = 0) -> str:
    """The text on one line, with nothing that a picture cannot hold; cut to `most` letters."""
    one = _SURROGATES.sub("\ufffd", _NO_TEXT.sub(" ", text)).strip()
    return f"{one[: most - 1].rstrip()}…" if most and len(one) > most else one


def width(text: str, size: float) -> float:
    """About how many pixels a text takes in letters of a size: rather too many than too few."""
    return size * sum(_letter(letter) for letter in text)


def wrapped(text: str, size: float, pixels: float) -> list[str]:
    """The text in lines of at most so many pixels, broken between words."""
    lines: list[str] = []
    for word in text.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and width(longer, size) <= pixels:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines or [""]


def cut(text: str, size: float, pixels: float) -> str:
    """The text, cut where it takes more than so many pixels."""
    if width(text, size) <= pixels:
        return text
    shorter = (plain(text, most) for most in range(len(text) - 1, 0, -1))
    return next((each for each in shorter if width(each, size) <= pixels), "…")


def _letter(letter: str) -> float:
    if combining(letter):
        return 0
    if east_asian_width(letter) in "WF":
        return 1.05
    if letter in _WIDE:
        return 0.98
    return 0.36 if letter in _NARROW else _USUAL


@dataclass(frozen=True, slots=True)
class Span:
    """A place on a line, in pixels."""

    low: float
    high: float


def lanes(spans: Sequence[Span], gap: float = 8) -> list[int]:
    """For each span the first lane in which it has room; those that come first go first."""
    taken: list[list[Span]] = []
    out: list[int] = []
    for span in spans:
        room = (
            number
            for number, lane in enumerate(taken)
            if all(span.low > other.high + gap or span.high < other.low - gap for other in lane)
        )
        place = next(room, len(taken))
        if place == len(taken):
            taken.append([])
        taken[place].append(span)
        out.append(place)
    return out


@dataclass(frozen=True, slots=True)
class Scale:
    """The days of a picture on its width."""

    first: date
    last: date
    pixels: int

    def x(self, day: date) -> float:
        """Where a day begins."""
        return (day - self.first).days * self.pixels / self.days

    def instant(self, pixels: float) -> str:
        """The instant (UTC) that lies so many pixels from the left."""
        start = datetime.combine(self.first, time(), UTC)
        return f"{start + timedelta(days=pixels / self.pixels * self.days):%Y-%m-%dT%H:%M:%SZ}"

    @property
    def days(self) -> int:
        """How many days there are, the last one included."""
        return (self.last - self.first).days + 1

    @property
    def end(self) -> date:
        """The day behind the last."""
        return after(self.last)

    def ticks(self, most: int = 8) -> list[date]:
        """Some days to write on the axis: firsts of months where the range is long."""
        if self.days <= most:
            return [self.first + timedelta(days=n) for n in range(self.days)]
        for step in (2, 3, 5, 7, 10, 14):
            if self.days / step <= most:
                return [self.first + timedelta(days=n) for n in range(0, self.days, step)]
        firsts = _months(self.first, self.last)
        for step in (1, 2, 3, 6, 12, 24, 60, 120):
            chosen = [day for day in firsts if (day.year * 12 + day.month - 1) % step == 0]
            if len(chosen) <= most:
                return chosen or [self.first]
        return [self.first]


def after(day: date) -> date:
    """The next day."""
    return day + timedelta(days=1) if day < date.max else day


def _months(first: date, last: date) -> list[date]:
    months = range(first.year * 12 + first.month - 1, last.year * 12 + last.month)
    days = [date(month // 12, month % 12 + 1, 1) for month in months]
    return [day for day in days if first <= day <= last]
