"""The clock of a rule: when a vote opens and closes, what is too short, what has lapsed.

Days are counted in the zone of the instants given, so that seven days across a change of the clock
are seven days. Nothing here reads the machine's clock: what is asked for comes with the ballots.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any, Literal, TypeAlias

from nemcon.findings import Finding
from nemcon.findings import Place as At
from nemcon.rules.names import shown
from nemcon.rules.place import Place

Status: TypeAlias = Literal["not open", "open", "closed", "lapsed", "unknown"]

_DURATION = re.compile(
    r"P(?:(?P<years>\d{1,4})Y)?(?:(?P<months>\d{1,4})M)?(?:(?P<weeks>\d{1,4})W)?(?:(?P<days>\d{1,5})D)?"
    r"(?:T(?:(?P<hours>\d{1,6})H)?(?:(?P<minutes>\d{1,7})M)?)?"
)
_MONTH_DAY = re.compile(r"(\d\d)-(\d\d)")
_SATURDAY = 5
_MOST_DAYS = 4000
ASKED = ("opened", "closes", "closed", "at", "extended", "restarted", "discussed", "holidays")
"""What may be told of the times of one vote."""


@dataclass(frozen=True, slots=True)
class Length:
    """A length of time: calendar months, and days and minutes on top of them."""

    months: int
    days: int
    minutes: int
    text: str

    def after(self, start: datetime, holidays: Iterable[date] | None = None) -> datetime:
        """The instant so long after another; only business days count where `holidays` is given.

        Days end at the same time of the day in the zone of `start`.
        """
        moved = _months_later(start, self.months)
        moved = (
            _business_days_later(moved, self.days, frozenset(holidays))
            if holidays is not None
            else _days_later(moved, self.days)
        )
        return _minutes_later(moved, self.minutes)


@dataclass(frozen=True, slots=True)
class Clock:
    """Times and limits of a rule, as its file has them.

    `deadline` says in words who sets it; `extensions` how often it may be extended (None: no
    limit is stated); `blackout` are spans of the year, as (month, day) pairs.
    """

    discussion: Length | None = None
    minimum: Length | None = None
    length: Length | None = None
    deadline: str = ""
    extensions: int | None = None
    lapse: Length | None = None
    business_days: bool = False
    blackout: tuple[tuple[tuple[int, int], tuple[int, int]], ...] = ()
    sunset: tuple[date, ...] = ()


@dataclass(frozen=True, slots=True)
class Timing:
    """How a vote stands at an instant; `earliest` is the first instant at which it may close."""

    status: Status
    opened: datetime | None = None
    earliest: datetime | None = None
    closes: datetime | None = None
    findings: tuple[Finding, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """The timing as plain values."""
        return {
            "status": self.status,
            "opened": self.opened.isoformat() if self.opened else None,
            "earliest_close": self.earliest.isoformat() if self.earliest else None,
            "closes": self.closes.isoformat() if self.closes else None,
        }


def read_clock(data: Any, place: Place) -> Clock:
    """Read `[clock]`. Raises `RuleError` with the place."""
    table = place.table(data, '[clock] with minimum = "PT72H"')
    extend = table.get("extend")
    times = (
        (place / "extend").table(extend, '{ times = 1, by = "P3D" }').get("times")
        if extend is not None and not isinstance(extend, str)
        else None
    )
    sunset = table.get("sunset", [])
    return Clock(
        _length(table, "discussion", place),
        _length(table, "minimum", place),
        _length(table, "length", place),
        (place / "deadline").text(table["deadline"], "who sets it") if "deadline" in table else "",
        None if times is None else (place / "extend" / "times").count(times, 0),
        _length(table, "lapse", place),
        (place / "business_days").flag(table.get("business_days", False)),
        tuple(_blackout(table.get("blackout", []), place / "blackout")),
        tuple(_days([sunset] if not isinstance(sunset, list) else sunset, place / "sunset")),
    )


def timing(clock: Clock, told: Mapping[str, Any]) -> Timing:
    """How a vote stands, from what is told of it.

    `told` holds `opened`, `closes` (the deadline), `closed` (when it was really closed), `at` (the
    instant asked for), `extended` and `restarted` (lists of instants: new deadlines; new starts),
    `discussed` (since when) and `holidays`. Findings: `clock-unreadable`, `opened-too-early`,
    `closed-too-early`, `closed-too-late`, `extended-too-often`, `blackout`, `after-sunset`,
    `lapsed`.
    """
    reader = _Told(told)
    opened, at, closed = reader.one("opened"), reader.one("at"), reader.one("closed")
    restarted, extended = reader.many("restarted"), reader.many("extended")
    holidays = reader.holidays(counted=clock.business_days)
    starts = [each for each in (opened, *restarted) if each is not None]
    start = max(starts) if starts else None
    if reader.findings or start is None:
        return Timing("unknown", start, findings=tuple(reader.findings))
    found = list(_limits(clock, start, extended, reader.one("discussed"), holidays))
    shortest = clock.length or clock.minimum
    earliest = shortest.after(start, holidays) if shortest else None
    stated = max([each for each in (reader.one("closes"), *extended) if each], default=None)
    closes = stated or (earliest if clock.length else None)
    if closes is not None and earliest is not None and closes < earliest:
        found.append(_too_early(closes, earliest, shortest))
    if closed is not None and (first := earliest or closes) is not None and closed < first:
        found.append(_too_early(closed, first, shortest))
    status = _status(start, closed or closes, at)
    lapses = clock.lapse.after(start, holidays) if clock.lapse else None
    if lapses is not None and at is not None and at > lapses and closed is None and closes is None:
        status = "lapsed"
        found.append(_finding("lapsed", f"it lapsed on {lapses.isoformat()}: no vote was closed"))
    found += _of_the_year(clock, start, closed or closes)
    return Timing(status, start, earliest, closes, tuple(dict.fromkeys(found)))


def _status(start: datetime, closes: datetime | None, at: datetime | None) -> Status:
    if at is None:
        return "unknown" if closes is None else "closed"
    if at < start:
        return "not open"
    # The last instant still belongs to the vote: a letter at the deadline is in time.
    return "open" if closes is None or at <= closes else "closed"


def _limits(
    clock: Clock,
    start: datetime,
    extended: list[datetime],
    discussed: datetime | None,
    holidays: list[date] | None,
) -> Iterator[Finding]:
    if clock.extensions is not None and len(extended) > clock.extensions:
        times = "once" if clock.extensions == 1 else f"{clock.extensions} times"
        yield _finding(
            "extended-too-often",
            f"it was extended {len(extended)} times; the rule allows it {times}",
        )
    if clock.discussion is not None and discussed is not None:
        first = clock.discussion.after(discussed, holidays)
        if start < first:
            yield _finding(
                "opened-too-early",
                f"it opened at {start.isoformat()}; the discussion of {clock.discussion.text} "
                f"ended only at {first.isoformat()}",
            )


def _of_the_year(clock: Clock, start: datetime, closes: datetime | None) -> Iterator[Finding]:
    for word, instant in (("opened", start), ("closed", closes)):
        if instant is None:
            continue
        day = (instant.month, instant.day)
        for first, last in clock.blackout:
            inside = first <= day <= last if first <= last else day >= first or day <= last
            if inside:
                yield _finding(
                    "blackout",
                    f"it {word} on {instant.date()}, when nothing may: "
                    f"{first[0]:02}-{first[1]:02} to {last[0]:02}-{last[1]:02}",
                )
    if clock.sunset and start.date() > max(clock.sunset):
        yield _finding(
            "after-sunset",
            f"it opened on {start.date()}; the rule itself ended on {max(clock.sunset)}",
        )


def _too_early(instant: datetime, earliest: datetime, length: Length | None) -> Finding:
    need = f" ({length.text})" if length else ""
    return _finding(
        "closed-too-early",
        f"it closed at {instant.isoformat()}, before {earliest.isoformat()}{need}",
    )


def _finding(code: str, message: str) -> Finding:
    return Finding(code, "error", message, place=At(field="clock"))


class _Told:
    """Reads what is told of a vote, and keeps what is wrong with it."""

    def __init__(self, told: Mapping[str, Any]) -> None:
        self._told = told
        self.findings = [
            _finding("clock-unreadable", f"unknown key {shown(key)}; there are {', '.join(ASKED)}")
            for key in told
            if key not in ASKED
        ]

    def one(self, key: str) -> datetime | None:
        """The instant of a key, with its zone; None if none is told, or none can be read."""
        return self._instant(key, self._told[key]) if self._told.get(key) is not None else None

    def many(self, key: str) -> list[datetime]:
        """The instants of a key, of a list or of one value; without those that cannot be read."""
        found = [self._instant(key, row) for row in self._rows(key)]
        return [each for each in found if each is not None]

    def _rows(self, key: str) -> list[Any]:
        value = self._told.get(key)
        return value if isinstance(value, list) else [] if value is None else [value]

    def _instant(self, key: str, value: Any) -> datetime | None:
        try:
            found = datetime.fromisoformat(str(value))
        except ValueError:
            found = None
        if found is None or found.tzinfo is None:
            self.findings.append(
                _finding(
                    "clock-unreadable",
                    f"'{key}' is {shown(value)}; write an instant with its zone, such as "
                    "2024-06-20T18:00+02:00",
                )
            )
            return None
        return found

    def holidays(self, *, counted: bool) -> list[date] | None:
        """The holidays, as dates; None where the rule does not count business days.

        Findings, `clock-unreadable`, for what is no date.
        """
        if not counted:
            return None
        found = []
        for value in self._rows("holidays"):
            try:
                found.append(date.fromisoformat(str(value)))
            except ValueError:
                self.findings.append(
                    _finding("clock-unreadable", f"the holiday {shown(value)} is no date")
                )
        return found


def _length(table: Mapping[str, Any], key: str, place: Place) -> Length | None:
    if key not in table:
        return None
    text = (place / key).text(table[key], '"PT72H" or "P7D"')
    found = _DURATION.fullmatch(text)
    if found is None or not any(found.groups()):
        raise (place / key).error(f"{shown(text)} is no length of time; write PT72H, P7D or P1M")
    number = {name: int(value or 0) for name, value in found.groupdict().items()}
    return Length(
        12 * number["years"] + number["months"],
        7 * number["weeks"] + number["days"],
        60 * number["hours"] + number["minutes"],
        text,
    )


def _blackout(data: Any, place: Place) -> Iterator[tuple[tuple[int, int], tuple[int, int]]]:
    for n, row in enumerate(place.items(data, '[{ from = "12-17", to = "01-10" }]')):
        table = (place / n).table(row, '{ from = "12-17", to = "01-10" }')
        ends = []
        for key in ("from", "to"):
            found = _MONTH_DAY.fullmatch(str(table.get(key, "")))
            if found is None or not 1 <= int(found[1]) <= 12 or not 1 <= int(found[2]) <= 31:
                raise (place / n / key).error("write month and day, such as 12-17")
            ends.append((int(found[1]), int(found[2])))
        yield ends[0], ends[1]


def _days(rows: list[Any], place: Place) -> Iterator[date]:
    for row in rows:
        value = row.get("until", row.get("to")) if isinstance(row, Mapping) else row
        try:
            yield date.fromisoformat(str(value))
        except ValueError:
            raise place.error(f"{shown(value)} is no day; write 2020-05-31") from None


def _months_later(start: datetime, months: int) -> datetime:
    if not months:
        return start
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return start.replace(year=year, month=month + 1, day=min(start.day, last))


def _days_later(start: datetime, days: int) -> datetime:
    """The same time of the day, so many days later."""
    return start + timedelta(days=days)  # of an aware datetime: by the wall clock of its zone


def _minutes_later(start: datetime, minutes: int) -> datetime:
    """So many minutes of real time later."""
    if not minutes or start.tzinfo is None:
        return start
    return (start.astimezone(UTC) + timedelta(minutes=minutes)).astimezone(start.tzinfo)


def _business_days_later(start: datetime, days: int, holidays: frozenset[date]) -> datetime:
    moved, left = start, days
    for _ in range(_MOST_DAYS):
        if not left:
            return moved
        moved = _days_later(moved, 1)
        if moved.weekday() < _SATURDAY and moved.date() not in holidays:
            left -= 1
    return moved
