"""Uncertain dates: an ISO 8601-2 (EDTF) subset with three-valued comparison.

A `When` stands for one day or instant that lies somewhere from `earliest` to
`latest`. It says nothing about which: every comparison answers True, False or
None (cannot tell). Days are days of the body's time zone; instants carry their
offset.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, tzinfo
from functools import lru_cache

from nemcon.saying import marked, say

_YEAR = r"\d{4}"
_SLASHES = re.compile(r"(\d{4})/(\d{1,2})/(\d{1,2})", re.ASCII)
_DATE = re.compile(rf"({_YEAR})(?:-(\d\d)(?:-(\d\d))?)?([~?%]?)", re.ASCII)
_INSTANT = re.compile(
    rf"({_YEAR}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d{{1,6}})?)?)(Z|[+-]\d\d:[0-5]\d)", re.ASCII
)
FORMS = (
    "2024, 2024-06, 2024-06-20, 2024-06-20T09:00Z, 2024-06-10/2024-06-16, ../2024-06-20, 2014/.."
)

Bound = date | datetime


class WhenError(ValueError):
    """The text is no date of the subset; the message says what to write."""


@dataclass(frozen=True, slots=True)
class When:
    """One day or instant from `earliest` to `latest`, both included.

    A bound is a `date` (a day in the body's zone), an aware `datetime` (an
    instant) or None (no bound). `~` (approximate) and `?` (unsure) are kept and
    shown; they widen nothing: who means a wider range writes an interval.
    """

    text: str
    earliest: Bound | None
    latest: Bound | None

    @staticmethod
    def parse(text: str) -> When:
        """Read one EDTF text. Raises `WhenError` for anything else."""
        return _parse(text)

    @staticmethod
    def day(day: date) -> When:
        """The one day `day`."""
        return When(day.isoformat(), day, day)

    @staticmethod
    def between(earliest: Bound | None, latest: Bound | None) -> When:
        """The range with these bounds, in its shortest spelling."""
        if earliest is not None and earliest == latest:
            return _parse(_bound_text(earliest))
        return _parse(f"{_bound_text(earliest)}/{_bound_text(latest)}")

    def __hash__(self) -> int:
        """Of the text alone: as good as of all fields, and quicker."""
        return hash(self.text)

    def __str__(self) -> str:
        return self.text

    @property
    def approximate(self) -> bool:
        """Whether the text carries `~` or `%`."""
        return "~" in self.text or "%" in self.text

    @property
    def unsure(self) -> bool:
        """Whether the text carries `?` or `%`."""
        return "?" in self.text or "%" in self.text

    @property
    def certain(self) -> bool:
        """Whether it is exactly one day or one instant."""
        return self.earliest is not None and self.earliest == self.latest

    def first_day(self, zone: tzinfo = UTC) -> date | None:
        """The earliest possible day in `zone`; None without a lower bound."""
        return _day(self.earliest, zone)

    def last_day(self, zone: tzinfo = UTC) -> date | None:
        """The latest possible day in `zone`; None without an upper bound."""
        return _day(self.latest, zone)

    def before(self, other: When, zone: tzinfo = UTC) -> bool | None:
        """Whether this falls earlier than `other`: on an earlier day, or at an earlier
        instant where all four bounds are instants. None where the ranges leave it open.
        """
        mine, theirs = _comparable(self, other, zone)
        if _less(mine[1], theirs[0]):
            return True
        if mine[0] is not None and theirs[1] is not None and not _less(mine[0], theirs[1]):
            return False
        return None

    def after(self, other: When, zone: tzinfo = UTC) -> bool | None:
        """Whether this falls later than `other`; the mirror of `before`."""
        return other.before(self, zone)

    def within(self, other: When, zone: tzinfo = UTC) -> bool | None:
        """Whether this falls inside the range of `other`, both ends included."""
        (low, high), (start, end) = _comparable(self, other, zone)
        starts_in = start is None or (low is not None and not _less(low, start))
        ends_in = end is None or (high is not None and not _less(end, high))
        if starts_in and ends_in:
            return True
        if _less(high, start) or _less(end, low):
            return False
        return None

    def overlap(self, other: When, zone: tzinfo = UTC) -> When | None:
        """The range both allow (several reports of one event), or None if there is none."""
        low = _pick(self.earliest, other.earliest, lambda bound: _start(bound, zone), max)
        high = _pick(self.latest, other.latest, lambda bound: _end(bound, zone), min)
        if low is not None and high is not None and _end(high, zone) <= _start(low, zone):
            return None
        return When.between(low, high)


_Moment = tuple[datetime, bool]


def _pick(
    a: Bound | None,
    b: Bound | None,
    moment: Callable[[Bound], _Moment],
    choose: Callable[..., Bound],
) -> Bound | None:
    if a is None or b is None:
        return b if a is None else a
    # Of two spellings of one moment always the same, whichever comes first.
    return choose(a, b, key=lambda bound: (moment(bound), _bound_text(bound)))


def _start(bound: Bound, zone: tzinfo) -> _Moment:
    """The first moment of a day or instant; comparable with `_end`."""
    return _as_start(bound, zone), False


def _end(bound: Bound, zone: tzinfo) -> _Moment:
    """The first moment after a day or instant: True is *just after* the instant itself."""
    if isinstance(bound, datetime):
        return bound, True
    if bound == date.max:
        return datetime.max.replace(tzinfo=zone), True
    return _as_start(bound + timedelta(days=1), zone), False


def _as_start(bound: Bound, zone: tzinfo) -> datetime:
    if isinstance(bound, datetime):
        return bound
    return datetime(bound.year, bound.month, bound.day, tzinfo=zone)


def _comparable(
    a: When, b: When, zone: tzinfo
) -> tuple[tuple[Bound | None, Bound | None], tuple[Bound | None, Bound | None]]:
    bounds = [x for x in (a.earliest, a.latest, b.earliest, b.latest) if x is not None]
    if bounds and all(isinstance(x, datetime) for x in bounds):
        return (a.earliest, a.latest), (b.earliest, b.latest)
    return (
        (a.first_day(zone), a.last_day(zone)),
        (b.first_day(zone), b.last_day(zone)),
    )


def _less(a: Bound | None, b: Bound | None) -> bool:
    """Whether `a` < `b` for sure; an absent bound decides nothing."""
    return a is not None and b is not None and a < b


def _day(bound: Bound | None, zone: tzinfo) -> date | None:
    if not isinstance(bound, datetime):
        return bound
    try:
        return bound.astimezone(zone).date()
    except OverflowError:  # on the first or last day of the calendar
        return bound.date()


def _bound_text(bound: Bound | None) -> str:
    if bound is None:
        return ".."
    if not isinstance(bound, datetime):
        return bound.isoformat()
    if (bound.utcoffset() or timedelta()) % timedelta(minutes=1):
        bound = bound.astimezone(UTC)  # a local mean time, whose offset cannot be written
    return bound.isoformat().replace("+00:00", "Z")


@lru_cache(maxsize=32_768)  # dates of one text are then one date, found at once in other caches
def _parse(text: str) -> When:
    cleaned = text.strip()
    if not cleaned:
        raise WhenError(say("an empty date; write one of {forms}", forms=FORMS))
    if with_slashes := _SLASHES.fullmatch(cleaned):
        year, month, day = (int(number) for number in with_slashes.groups())
        raise WhenError(
            say(
                "{text} is no date; write {form}, with hyphens (a slash stands between the first "
                "and the last day of an interval)",
                text=_shown(cleaned),
                form=f"{year:04}-{month:02}-{day:02}",
            )
        )
    left, slash, right = cleaned.partition("/")
    if not slash:
        return When(cleaned, *_single(cleaned))
    earliest = None if left == ".." else _single(left)[0]
    latest = None if right == ".." else _single(right)[1]
    if earliest is not None and latest is not None and _ends_first(earliest, latest):
        raise WhenError(
            say("{text} ends before it starts; write the earlier date first", text=_shown(cleaned))
        )
    return When(cleaned, earliest, latest)


def _ends_first(earliest: Bound, latest: Bound) -> bool:
    if isinstance(earliest, datetime) is isinstance(latest, datetime):
        return earliest > latest
    # A day and an instant: refused only if wrong in every time zone.
    return abs(_as_start(earliest, UTC) - _as_start(latest, UTC)) > timedelta(days=2) and (
        _as_start(earliest, UTC) > _as_start(latest, UTC)
    )


def _single(text: str) -> tuple[Bound, Bound]:
    if match := _INSTANT.fullmatch(text):
        instant = _instant(text, match)
        return instant, instant
    match = _DATE.fullmatch(text)
    if match is None:
        raise WhenError(
            say("{text} is no date; write one of {forms}", text=_shown(text), forms=FORMS)
        )
    year, month, day = match[1], match[2], match[3]
    try:
        if day:
            only = date(int(year), int(month), int(day))
            return only, only
        if month:
            return _month(int(year), int(month))
        return date(int(year), 1, 1), date(int(year), 12, 31)
    except ValueError as error:
        raise WhenError(
            say(
                "{text} is not in the calendar ({error}); correct the date",
                text=_shown(text),
                error=say(str(error)),
            )
        ) from None


# What Python says of a date that there is not.
marked("month must be in 1..12", "day is out of range for month")


def _month(year: int, month: int) -> tuple[date, date]:
    first = date(year, month, 1)
    if month == 12:
        return first, date(year, 12, 31)
    return first, date(year, month + 1, 1) - timedelta(days=1)


def _instant(text: str, match: re.Match[str]) -> datetime:
    try:
        if match[1][11:13] == "24":  # newer versions of Python would take it for the next day
            raise ValueError(say("hour must be in 0..23"))
        return datetime.fromisoformat(match[1] + match[2])
    except ValueError as error:
        raise WhenError(
            say(
                "{text} is not an instant ({error}); correct the time",
                text=_shown(text),
                error=str(error),
            )
        ) from None


def _shown(text: str) -> str:
    return f"'{text}'" if len(text) <= 60 else f"'{text[:60]}…'"
