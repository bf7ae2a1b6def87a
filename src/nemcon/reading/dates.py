"""Dates in sentences: what was written, and when that is, with the basis it rests on.

Nothing is guessed. A weekday that does not fit its date, or an expression that two people would
resolve differently, gives a range that covers both readings, or no date at all.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from nemcon.entries import Basis
from nemcon.reading.lexicon import MONTHS, NUMBERS, WEEKDAYS, word_set
from nemcon.reading.words import Token
from nemcon.when import When

_ISO = re.compile(r"\d{4}-\d\d-\d\d\Z", re.ASCII)
_YEAR = re.compile(r"(?:1[89]|20)\d\d\Z", re.ASCII)
_DAY = re.compile(r"(\d{1,2})(st|nd|rd|th)?\Z", re.ASCII)
_PREPOSITIONS = word_set("on in since by until till from at during for after before starting")
_PARTS = word_set("early earlier late later mid the beginning start end middle of")
_UNITS = {"day": 1, "days": 1, "week": 7, "weeks": 7, "month": 30, "months": 30}
_LONG = word_set("year years decade decades century centuries")
_BEGINNINGS = (
    _LONG | _PREPOSITIONS | _PARTS | frozenset(MONTHS) | frozenset(f"{name}." for name in MONTHS)
    | frozenset(WEEKDAYS) | frozenset(NUMBERS)
    | word_set(
        "as today yesterday tomorrow tonight this last next same within coming past recent "
        "following a an some several tue. tues. thu. thurs. fri."
    )
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Written:
    """A date as written. `word` is a relative word (*yesterday*, *last week*), `lead` the
    preposition before it. What is None was not written.
    """

    year: int | None = None
    month: int | None = None
    day: int | None = None
    weekday: int | None = None
    modifier: str = ""
    word: str = ""
    lead: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class Resolved:
    """When that is. `mismatch` says that its parts contradict each other."""

    when: When | None
    basis: Basis = "stated"
    mismatch: bool = False


def date_at(tokens: Sequence[Token], i: int) -> tuple[Written, int] | None:
    """The date expression that begins at token `i`, with its preposition, and its end."""
    word = tokens[i].low
    if word not in _BEGINNINGS and not word[0].isdigit() and not word.startswith("mid-"):
        return None
    reader = _Expression(tokens, i)
    found = reader.read()
    if found is None:
        return None
    text = " ".join(token.text for token in tokens[i : reader.i])
    return replace(found, text=text), reader.i


class _Expression:
    """Reads one date expression from left to right."""

    def __init__(self, tokens: Sequence[Token], i: int) -> None:
        self.tokens, self.i = tokens, i

    def word(self, ahead: int = 0) -> str:
        """The word so many tokens ahead, in small letters; empty past the last one."""
        at = self.i + ahead
        return self.tokens[at].low if at < len(self.tokens) else ""

    def read(self) -> Written | None:
        """The whole expression with its preposition, but without `text`; None if it is no date."""
        lead = self.lead()
        found = self.body(lead)
        return replace(found, lead=lead) if found else None

    def lead(self) -> str:
        """A preposition (*as of*), then words for a part of a period (*the end of*)."""
        lead = ""
        if self.word() == "as" and self.word(1) == "of":
            lead, self.i = "as of", self.i + 2
        elif self.word() in _PREPOSITIONS:
            lead, self.i = self.word(), self.i + 1
            if lead == "starting":
                lead, self.i = "from", self.i + (self.word() in {"on", "in", "from"})
        if self.word() == "the" and _DAY.match(self.word(1)):
            self.i += 1
            return lead or "the"
        start = self.i
        while self.word() in _PARTS or (self.word() == "mid" and self.word(1) == "-"):
            self.i += 1
        if self.i > start and not self.starts_period():
            self.i = start
        elif self.i > start and self.tokens[self.i - 1].low in {"earlier", "later", "late"}:
            return lead or self.tokens[self.i - 1].low
        return lead

    def starts_period(self) -> bool:
        """Whether a period may begin here: a month, *last week*, *on Monday*, a year."""
        word = self.word()
        return word in MONTHS or word in {"this", "last", "next", "on"} or bool(_YEAR.match(word))

    def body(self, lead: str) -> Written | None:
        """The date after its preposition in the first form that fits; None if none does."""
        if self.word() == "on" and lead in {"earlier", "later", "late"}:
            self.i += 1
        for form in (self.iso, self.relative, self.named_weekday, self.day_month, self.month_day):
            found = form()
            if found is not None:
                return found
        return self.year_alone(lead) or self.day_alone(lead)

    def iso(self) -> Written | None:
        """*2024-06-20*, as one token or as five; that there is such a day is not checked."""
        parts = [self.word(k) for k in range(5)]
        text = "".join(parts)
        if parts[1] == "-" and _ISO.match(text):
            self.i += 5
            return Written(int(parts[0]), int(parts[2]), int(parts[4]))
        if _ISO.match(parts[0]):
            self.i += 1
            year, month, day = parts[0].split("-")
            return Written(int(year), int(month), int(day))
        return None

    def relative(self) -> Written | None:
        """*yesterday*, *last week*, *three days ago*, *the coming days*; None for anything else.

        Of *three weeks ago* and *three days earlier* the number is kept, but the word is *ago*,
        which gives no day.
        """
        word, following = self.word(), self.word(1)
        if word in {"today", "yesterday", "tomorrow", "tonight"}:
            self.i += 1
            return Written(word=word)
        if word == "this" and following in {"morning", "afternoon", "evening"}:
            self.i += 2
            return Written(word="today")
        if word in {"this", "last", "next", "same"} and following in {"week", "month", "year"}:
            self.i += 2
            return Written(word=f"{word} {following}")
        window = self.window()
        if window is not None:
            return window
        if word == "the" and following == "previous" and self.word(2) in _UNITS:
            self.i += 3
            return Written(word="ago")
        since = self.word(2) in {"ago", "earlier"}
        if since and following in _UNITS and self.number(word) is not None:
            exact = following.startswith("day") and self.word(2) == "ago"
            self.i += 3
            return Written(word="days ago" if exact else "ago", day=self.number(word))
        return self.long_ago()

    def long_ago(self) -> Written | None:
        """*five years ago*, *decades earlier*, *some years ago*."""
        ahead = 0 if self.word() in _LONG else 1
        if self.word(ahead) not in _LONG or self.word(ahead + 1) not in {"ago", "earlier"}:
            return None
        if ahead and self.number(self.word()) is None and self.word() not in {"some", "several"}:
            return None
        self.i += ahead + 2
        return Written(word="years ago")

    def window(self) -> Written | None:
        """*the coming days*, *the next few weeks*, *recent months*: no bounds that one may set."""
        if self.word() == "within" and self.word(1) in {"days", "weeks", "hours"}:
            self.i += 2
            return Written(word="coming days")
        ahead = 1 if self.word() == "within" else 0
        ahead += self.word(ahead) == "the"
        if self.word(ahead) not in {"coming", "next", "past", "last", "recent", "following"}:
            return None
        side = "past" if self.word(ahead) in {"past", "last", "recent"} else "coming"
        ahead += 1
        if self.word(ahead) in {"few", "several", "couple"} or self.number(self.word(ahead)):
            ahead += 2 if self.word(ahead + 1) == "of" else 1
        if self.word(ahead) not in {*_UNITS, "hours", "years"}:
            return None
        self.i += ahead + 1
        return Written(word=f"{side} days")

    def number(self, word: str) -> int | None:
        """A whole number in ASCII digits or as a word up to *twenty*; *a* and *an* are 1."""
        if word in {"a", "an"}:
            return 1
        return int(word) if word.isascii() and word.isdigit() else NUMBERS.get(word)

    def named_weekday(self) -> Written | None:
        """*this Thursday (20)*, *Thursday, June 20*, *last Monday*, *Wednesday (26 June)*."""
        start, modifier = self.i, ""
        if self.word() in {"this", "last", "next"}:
            modifier, self.i = self.word(), self.i + 1
        weekday = WEEKDAYS.get(self.word().rstrip("."))
        if weekday is None or not self.tokens[self.i].capital:
            self.i = start
            return None
        self.i += 1
        found = Written(weekday=weekday, modifier=modifier)
        return self.with_date(found) or found

    def with_date(self, found: Written) -> Written | None:
        """The day or date that follows a weekday, in brackets, after a comma or bare."""
        start, bracket = self.i, self.word() == "("
        if bracket or self.word() == ",":
            self.i += 1
        if self.word() in {"the", "on"}:
            self.i += 1
        exact = self.day_month() or self.month_day()
        if exact is None and (bracket or self.tokens[self.i - 1].low == "the"):
            exact = self.day_number()
        if exact is not None and (not bracket or self.word() == ")"):
            self.i += bracket
            return replace(exact, weekday=found.weekday, modifier=found.modifier)
        self.i = start
        return None

    def day_number(self) -> Written | None:
        """*20*, *20th*: a day of no named month."""
        match = _DAY.match(self.word())
        if not match:
            return None
        self.i += 1
        return Written(day=int(match[1]))

    def day_month(self) -> Written | None:
        """*20 June*, *1st of October 2024*."""
        day = _DAY.match(self.word())
        ahead = 2 if self.word(1) == "of" else 1
        month = self.month(ahead)
        if day is None or month is None:
            return None
        self.i += ahead + 1
        return Written(self.year(), month, int(day[1]))

    def month_day(self) -> Written | None:
        """*June 20*, *Oct. 1st, 2024*, *June 2024*, *June*."""
        month = self.month(0)
        if month is None:
            return None
        self.i += 1
        day = _DAY.match(self.word())
        if day is not None:
            self.i += 1
            return Written(self.year(), month, int(day[1]))
        return replace(Written(self.year(), month), word=self.of_year())

    def of_year(self) -> str:
        """*(March) this year*, *(March) of last year*."""
        ahead = 1 if self.word() == "of" else 0
        if self.word(ahead) in {"this", "last", "next"} and self.word(ahead + 1) == "year":
            self.i += ahead + 2
            return f"{self.tokens[self.i - 2].low} year"
        return ""

    def month(self, ahead: int) -> int | None:
        """The month named so many tokens ahead, from 1; also *Oct.* and *mid-June*.

        Only with a capital: *may* and *march* are other words.
        """
        at = self.i + ahead
        if at >= len(self.tokens):
            return None
        token = self.tokens[at]
        name = token.text.removeprefix("mid-").removeprefix("Mid-")
        return MONTHS.get(name.lower().rstrip(".")) if name[:1].isupper() else None

    def year(self) -> int | None:
        """The year from 1800 to 2099 that follows, also after a comma; None if none does."""
        ahead = 1 if self.word() == "," else 0
        if not _YEAR.match(self.word(ahead)):
            return None
        self.i += ahead + 1
        return int(self.tokens[self.i - 1].low)

    def year_alone(self, lead: str) -> Written | None:
        """*in 2024*: only after what leads to a date, since a bare number may count anything."""
        if lead and lead != "the" and _YEAR.match(self.word()):
            self.i += 1
            return Written(int(self.tokens[self.i - 1].low))
        return None

    def day_alone(self, lead: str) -> Written | None:
        """*on the 20th*."""
        match = _DAY.match(self.word())
        if lead in {"on", "the"} and match and match[2] and self.tokens[self.i - 1].low == "the":
            self.i += 1
            return Written(day=int(match[1]))
        return None


def resolve(written: Written, report: When, direction: str) -> Resolved:
    """When `written` is, in a report of the day `report`.

    `direction` is where the verb puts it, *past*, *future* or unknown (empty). What is past
    ends with the report at the latest.
    """
    found = _resolve(written, report, direction)
    last = report.last_day()
    when = found.when
    if direction != "past" or when is None or last is None:
        return found
    low, high = when.first_day(), when.last_day()
    if low is not None and high is not None and low <= last < high:
        return replace(found, when=When.between(low, last))
    if low is not None and low > last:
        return Resolved(None, found.basis, mismatch=True)
    return found


def _resolve(written: Written, report: When, direction: str) -> Resolved:
    first, last = report.first_day(), report.last_day()
    if written.year is not None and (written.day is None or written.month is not None):
        return _exact(written)
    if first is None or last is None:
        return Resolved(None)
    if first != last:
        return _coarse(written, report)
    if written.month is not None and written.word and written.year is None:
        year = first.year + {"last": -1, "next": 1}.get(written.word.split()[0], 0)
        if not 1 <= year <= 9999:
            return Resolved(None)
        return replace(_exact(replace(written, year=year, word="")), basis="relative")
    if written.word:
        return _relative(written.word, written, first, direction)
    if written.month is not None:
        return _year_inferred(written, first, direction)
    if written.day is not None:
        return _day_of_month(written, first, direction)
    if written.weekday is not None:
        return _weekday(written, first, direction)
    return Resolved(None)


def _coarse(written: Written, report: When) -> Resolved:
    """In a report of which only the month or year is known, hardly anything can be resolved."""
    first, last = report.first_day(), report.last_day()
    if first and last and first.year == last.year and written.word == "this year":
        return Resolved(When.parse(str(first.year)), "relative")
    return Resolved(None)


def _exact(written: Written) -> Resolved:
    year, month, day = written.year, written.month, written.day
    if year is None:
        return Resolved(None)
    if month is None:
        return Resolved(When.parse(f"{year:04}"))
    if day is None:
        return Resolved(When.parse(f"{year:04}-{month:02}"))
    found = _calendar(year, month, day)
    if found is None or written.weekday not in {None, found.weekday()}:
        return Resolved(None, mismatch=True)
    return Resolved(When.day(found))


def _calendar(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _relative(word: str, written: Written, today: date, direction: str) -> Resolved:
    days = {"today": 0, "tonight": 0, "yesterday": -1, "tomorrow": 1}
    if word in days:
        return _relative_day(today, days[word])
    if word == "days ago":
        return _relative_day(today, -(written.day or 0))
    step, _, unit = word.partition(" ")
    shift = {"last": -1, "this": 0, "same": 0, "next": 1}.get(step)
    if shift is None or unit not in {"week", "month", "year"}:
        return Resolved(None, "relative")
    if unit == "year":
        year = today.year + shift
        return Resolved(When.parse(f"{year:04}") if 1 <= year <= 9999 else None, "relative")
    span = _week(today, shift) if unit == "week" else _month(today, shift)
    if span is None:
        return Resolved(None, "relative")
    low, high = span
    if shift == 0 and direction == "past":
        high = today
    if shift == 0 and direction == "future":
        low = today
    if unit == "month" and shift != 0:
        return Resolved(When.parse(f"{low.year:04}-{low.month:02}"), "relative")
    return Resolved(When.between(low, high), "relative")


def _relative_day(today: date, shift: int) -> Resolved:
    try:
        return Resolved(When.day(today + timedelta(days=shift)), "relative")
    except OverflowError:
        return Resolved(None, "relative")


def _week(today: date, shift: int) -> tuple[date, date] | None:
    """Monday to Sunday of the week that lies `shift` weeks from this one."""
    try:
        monday = today + timedelta(days=7 * shift - today.weekday())
        return monday, monday + timedelta(days=6)
    except OverflowError:
        return None


def _month(today: date, shift: int) -> tuple[date, date] | None:
    month = today.year * 12 + today.month - 1 + shift
    if not 12 <= month < 119_988:
        return None
    low = date(month // 12, month % 12 + 1, 1)
    high = date((month + 1) // 12, (month + 1) % 12 + 1, 1) - timedelta(days=1)
    return low, high


def _year_inferred(written: Written, today: date, direction: str) -> Resolved:
    """The nearest such day or month that the tense allows; today and this month count as both."""
    found: list[tuple[int, date, date]] = []
    for year in (today.year - 1, today.year, today.year + 1):
        month = written.month or 1
        low = _calendar(year, month, written.day or 1)
        if low is None:
            continue
        span = _month(low, 0) if written.day is None else (low, low)
        if span is None or (written.weekday is not None and low.weekday() != written.weekday):
            continue
        low, high = span
        away = (low - today).days if low > today else min((high - today).days, 0)
        if written.weekday is None and _wrong_way(away, direction):
            continue
        found.append((abs(away), low, high))
    if not found:
        return Resolved(None, "inferred-year", mismatch=written.weekday is not None)
    _, low, high = min(found)
    if written.weekday is not None:
        return Resolved(When.day(low), "stated")
    if written.day is None:
        return Resolved(When.parse(f"{low.year:04}-{low.month:02}"), "inferred-year")
    return Resolved(When.between(low, high), "inferred-year")


def _wrong_way(days: int, direction: str) -> bool:
    return (direction == "past" and days > 0) or (direction == "future" and days < 0)


def _day_of_month(written: Written, today: date, direction: str) -> Resolved:
    """*Thursday (20)*, *the 20th*: the nearest month in which the number fits."""
    day, found = written.day or 0, []
    for shift in (-1, 0, 1):
        span = _month(today, shift)
        this = _calendar(span[0].year, span[0].month, day) if span else None
        if this is None or (written.weekday is not None and this.weekday() != written.weekday):
            continue
        away = (this - today).days
        if written.weekday is not None and abs(away) > 13:
            continue
        if written.weekday is None and _wrong_way(away, direction):
            continue
        found.append((abs(away), this))
    if not found:
        return Resolved(None, "stated", mismatch=written.weekday is not None)
    basis: Basis = "stated" if written.weekday is not None else "relative"
    return Resolved(When.day(min(found)[1]), basis)


def _weekday(written: Written, today: date, direction: str) -> Resolved:
    """The nearest such weekday in the direction of the verb, today included."""
    back = (today.weekday() - (written.weekday or 0)) % 7
    ahead = (-back) % 7
    if written.modifier == "last":
        nearest = today - timedelta(days=back or 7)
        of_last_week = today - timedelta(days=today.weekday() + 7 - (written.weekday or 0))
        return Resolved(When.between(min(nearest, of_last_week), nearest), "relative")
    if written.modifier == "next":
        nearest = today + timedelta(days=ahead or 7)
        of_next_week = today + timedelta(days=7 - today.weekday() + (written.weekday or 0))
        return Resolved(When.between(nearest, max(nearest, of_next_week)), "relative")
    if written.modifier == "this":
        direction = direction or ("past" if (written.weekday or 0) <= today.weekday() else "future")
    if direction == "past" or back == 0:
        return _relative_day(today, -back)
    return _relative_day(today, ahead) if direction == "future" else Resolved(None, "relative")
