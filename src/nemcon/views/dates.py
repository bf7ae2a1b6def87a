"""Uncertain dates in plain words: *on 20 June 2024*, *between 10 and 16 June 2024*, *by 2014*."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from nemcon.views.tongue import _, code, marked
from nemcon.when import Bound, When

_MONTHS = marked(
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip


def when_words(when: When) -> str:
    """The date as a name: *20 June 2024*, *June 2024*, *10 to 16 June 2024*, *by 20 June 2024*."""
    return _marked(when, _named(when))


def on_words(when: When) -> str:
    """The date with its preposition, as it stands in a sentence: *on 20 June 2024*, *in 2014*."""
    return _marked(when, _placed(when))


def day_words(day: date) -> str:
    """One day: *20 June 2024*."""
    return _("{day} {month} {year}").format(day=day.day, month=_month(day), year=day.year)


def _month(day: date) -> str:
    return _(_MONTHS[day.month - 1])


def _marked(when: When, words: str) -> str:
    """With the marks of the text: approximate, unsure."""
    if when.approximate and code():
        words = _("about {date}").format(date=words)
    elif when.approximate:
        before, space, rest = words.partition(" ")
        lead = f"{before} about " if space and before in ("on", "in", "by") else f"about {before} "
        words = f"{lead}{rest}".rstrip()
    return _("{date} (unsure)").format(date=words) if when.unsure else words


def _named(when: When) -> str:
    low, high = when.earliest, when.latest
    if low is None and high is None:
        return _("an unknown date")
    if low is None:
        return _("by {date}").format(date=_bound(high))
    if high is None:
        return _("{date} or later").format(date=_bound(low))
    if whole := _whole(low, high):
        return whole
    return _("{low} to {high}").format(low=_start_of_range(low, high), high=_bound(high))


def _placed(when: When) -> str:
    low, high = when.earliest, when.latest
    if low is None or high is None:
        if low is None and high is None:
            return _("at an unknown date")
        if low is None:
            return _named(when)
        return _("on {date} or later").format(date=_bound(low))
    if whole := _whole(low, high):
        return (_("on {date}") if low == high else _("in {date}")).format(date=whole)
    first = _start_of_range(low, high)
    return _("between {low} and {high}").format(low=first, high=_bound(high))


def _whole(low: Bound, high: Bound) -> str:
    """The one day, instant, month or year that the range is; empty if it is none."""
    if low == high:
        return _bound(low)
    if isinstance(low, datetime) or isinstance(high, datetime):
        return ""
    if (low.month, low.day, high.month, high.day) == (1, 1, 12, 31) and low.year == high.year:
        return str(low.year)
    same_month = (low.year, low.month) == (high.year, high.month)
    if same_month and low.day == 1 and _is_last_of_month(high):
        return _("{month} {year}").format(month=_month(low), year=low.year)
    return ""


def _is_last_of_month(day: date) -> bool:
    return day == date.max or (day + timedelta(days=1)).day == 1


def _start_of_range(low: Bound, high: Bound) -> str:
    """The first day of a range without what it shares with the last."""
    if isinstance(low, datetime) or isinstance(high, datetime) or low.year != high.year:
        return _bound(low)
    if low.month == high.month:
        return str(low.day)
    return _("{day} {month}").format(day=low.day, month=_month(low))


def _bound(bound: Bound | None) -> str:
    if bound is None:
        return _("an unknown date")
    if not isinstance(bound, datetime):
        return day_words(bound)
    seconds = f":{bound.second:02}" if bound.second else ""
    zone = "UTC" if bound.utcoffset() == UTC.utcoffset(None) else f"UTC{bound:%z}"
    zone = f"{zone[:-2]}:{zone[-2:]}" if zone[-4:].isdigit() else zone
    return f"{day_words(bound)}, {bound:%H:%M}{seconds} {zone}"
