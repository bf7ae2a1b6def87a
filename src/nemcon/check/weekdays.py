"""Weekdays that do not fit the date beside them: *Thursday (20)*, *Wednesday, June 26*."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date
from functools import cache, lru_cache
from typing import Final, NamedTuple

from nemcon.check.checked import Checked
from nemcon.check.words import LONGEST, listed, quoted
from nemcon.entries import AnyEntry, Expectation
from nemcon.findings import Finding
from nemcon.saying import marked, say
from nemcon.worlds.days import FIRST, LAST, Range

# The words of reports, whatever language this machine is set to.
WEEKDAYS: Final = marked(
    "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"
)
MONTHS: Final = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)

# Full names of weekdays only: "Sun" is a newspaper, and "sat" a verb.
_WEEKDAY = re.compile(rf"\b({'|'.join(WEEKDAYS)})\b")
_D = r"(?P<d>\d{1,2})(?:st|nd|rd|th)?(?![\w:])"
_M = rf"(?P<m>{'|'.join(f'{m[:3]}(?:{m[3:]})?' for m in MONTHS)}|Sept)\b\.?"
_Y = r"(?:,?\s+(?P<y>\d{4})\b)?"
_ISO = r"(?P<iso>\d{4}-\d\d-\d\d)\b"
_AFTER = tuple(
    re.compile(form)
    for form in (
        rf",?\s+\(?{_ISO}",
        rf",?\s+(?:the\s+)?{_D}\s+(?:of\s+)?{_M}{_Y}",
        rf",?\s+{_M}\s+{_D}{_Y}",
        rf"\s*\(\s*{_D}(?:\s+{_M}{_Y})?\s*\)",
        rf"\s*\(\s*{_M}\s+{_D}{_Y}\s*\)",
        r",?\s+(?:the\s+)?(?P<d>\d{1,2})(?:st|nd|rd|th)\b",
    )
)
_BEFORE = tuple(
    re.compile(form + r"\s*\(\Z") for form in (_ISO, rf"\b{_D}\s+{_M}{_Y}", rf"\b{_M}\s+{_D}{_Y}")
)
# How many days off a date may be that is written without its year, or without its month. Plans
# lie further off than half a year; then two years come into question.
_NO_YEAR, _NO_MONTH = 270, 16
_TWO_MONTHS = 62


class _Written(NamedTuple):
    """A weekday with the date that was written beside it."""

    text: str
    weekday: int
    day: int
    month: int | None
    year: int | None


def weekdays_fit(checked: Checked) -> Iterator[Finding]:
    """Weekdays in quotations and notes that contradict the date written beside them."""
    found: dict[tuple[str, _Written], list[tuple[AnyEntry, list[date]]]] = defaultdict(list)
    read = cache(lambda text: tuple(_written(text)))
    dates_of = cache(_dates)
    for entry in checked.entries:
        for text in _texts(entry):
            for written in read(text):
                days = dates_of(written, tuple(_anchors(checked, entry)))
                found[entry.source, written].append((entry, days))
    for (_, written), uses in found.items():
        dates = sorted({day for _, days in uses for day in days})
        # One sentence may give several entries, and its date may be that of any of them.
        if dates and all(day.weekday() != written.weekday for day in dates):
            entries = {entry.id: entry for entry, _ in uses}
            yield _misfit(checked, written, dates, list(entries.values()))


@lru_cache(maxsize=32_768)
def _texts(entry: AnyEntry) -> tuple[str, ...]:
    """What is quoted or noted in an entry and may name a day of the week."""
    texts = (*(span.quote for span in entry.spans), entry.note)
    if isinstance(entry, Expectation):
        texts = (*texts, entry.window_text)
    return tuple([text for text in texts if "day" in text])


def _written(text: str) -> Iterator[_Written]:
    for name in _WEEKDAY.finditer(text):
        weekday = WEEKDAYS.index(name[1])
        after = next((m for form in _AFTER if (m := form.match(text, name.end()))), None)
        if after:
            yield _read(text[name.start() : after.end()], weekday, after)
            continue
        start = max(0, name.start() - LONGEST)
        before = text[start : name.start()]
        date_before = next((m for form in _BEFORE if (m := form.search(before))), None)
        if date_before:
            end = name.end() + text.startswith(")", name.end())
            yield _read(text[start + date_before.start() : end], weekday, date_before)


def _read(text: str, weekday: int, found: re.Match[str]) -> _Written:
    parts = found.groupdict()
    text = text.removesuffix(".")
    if parts.get("iso"):
        year, month, day = map(int, parts["iso"].split("-"))
        return _Written(text, weekday, day, month, year)
    name, digits = parts.get("m"), parts.get("y")
    number = next((n for n, month in enumerate(MONTHS, 1) if name and month[:3] == name[:3]), None)
    return _Written(text, weekday, int(parts["d"]), number, int(digits) if digits else None)


def _dates(written: _Written, anchors: Sequence[Range]) -> list[date]:
    """The dates that the words can mean, near to these days."""
    if written.year is not None:
        return [d for d in [_date(written.year, written.month or 0, written.day)] if d]
    reach = _NO_YEAR if written.month else _NO_MONTH
    found: set[date] = set()
    for low, high in anchors:
        first = date.fromordinal(max(1, low - reach))
        last = date.fromordinal(min(date.max.toordinal(), high + reach))
        months = ((y, m) for y in range(first.year, last.year + 1) for m in range(1, 13))
        days = (_date(y, m, written.day) for y, m in months if written.month in (None, m))
        found.update(day for day in days if day and first <= day <= last)
    return sorted(found)


def _anchors(checked: Checked, entry: AnyEntry) -> Iterator[Range]:
    """Days that the words are near to: what the entry is dated, and the day of its source."""
    ranges = [checked.day_range(entry.happened)]
    if isinstance(entry, Expectation):
        ranges.append(checked.day_range(entry.window))
    if entry.source in checked.state.sources:
        ranges.append(checked.day_range(checked.state.sources[entry.source].date))
    for low, high in ranges:
        if low > FIRST and high < LAST and high - low <= _TWO_MONTHS:
            yield low, high


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _misfit(
    checked: Checked, written: _Written, dates: Sequence[date], entries: Sequence[AnyEntry]
) -> Finding:
    facts = listed(
        say("{day} is a {weekday}", day=day.isoformat(), weekday=say(WEEKDAYS[day.weekday()]))
        for day in dates
    )
    message = say(
        "{text} does not fit the calendar: {facts}; check the source, and the date "
        "that the entry took from it",
        text=quoted(written.text),
        facts=facts,
    )
    return checked.finding("weekday-differs", "warning", message, entries)
