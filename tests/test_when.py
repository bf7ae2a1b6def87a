"""Dates: reading and writing, and every comparison against brute force over days and hours."""

from datetime import UTC, date, datetime, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from nemcon.when import Bound, When, WhenError
from tests.random_entries import date_texts, whens

BRUSSELS = ZoneInfo("Europe/Brussels")
APIA = ZoneInfo("Pacific/Apia")  # skipped 2011-12-30 altogether
ZONES = (UTC, BRUSSELS, ZoneInfo("America/New_York"), ZoneInfo("Pacific/Kiritimati"))

# --- reading and writing


@given(whens())
def test_what_is_written_reads_back(when: When):
    assert When.parse(str(when)) == when


@given(whens())
def test_bounds_stand_in_order(when: When):
    first, last = when.first_day(), when.last_day()
    assert first is None or last is None or first <= last


@given(date_texts())
@example("0001-01-01T00:00+14:00")
@example("9999-12-31T23:59-14:00")
def test_a_single_date_has_both_bounds_in_every_zone(text: str):
    when = When.parse(text)
    for zone in ZONES:
        first, last = when.first_day(zone), when.last_day(zone)
        assert first is not None
        assert last is not None
        assert first <= last


@given(st.one_of(st.text(), st.text("0123456789-/.~?%TZ:+ W\n", max_size=40)))
def test_a_hostile_text_is_refused_or_read_but_nothing_else(text: str):
    try:
        when = When.parse(text)
    except WhenError:
        return
    assert When.parse(str(when)) == when


@pytest.mark.parametrize(
    ("text", "earliest", "latest"),
    [
        ("2024", date(2024, 1, 1), date(2024, 12, 31)),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        ("2023-02", date(2023, 2, 1), date(2023, 2, 28)),
        ("1900-02", date(1900, 2, 1), date(1900, 2, 28)),
        ("2000-02", date(2000, 2, 1), date(2000, 2, 29)),
        ("9999-12", date(9999, 12, 1), date(9999, 12, 31)),
        ("2024-06-20", date(2024, 6, 20), date(2024, 6, 20)),
        (" 2024-06-20\n", date(2024, 6, 20), date(2024, 6, 20)),
        ("2024-06-10/2024-06-16", date(2024, 6, 10), date(2024, 6, 16)),
        ("2023/2024-02", date(2023, 1, 1), date(2024, 2, 29)),
        ("../2024-06-20", None, date(2024, 6, 20)),
        ("2014/..", date(2014, 1, 1), None),
        ("../..", None, None),
        ("2024~/2024-07?", date(2024, 1, 1), date(2024, 7, 31)),
    ],
)
def test_the_bounds_of_days(text: str, earliest: Bound | None, latest: Bound | None):
    when = When.parse(text)
    assert (when.earliest, when.latest) == (earliest, latest)
    assert when.text == text.strip()


def test_the_bounds_of_instants():
    nine = datetime(2024, 6, 20, 9, tzinfo=UTC)
    assert When.parse("2024-06-20T09:00Z").earliest == nine
    assert When.parse("2024-06-20T11:00+02:00").latest == nine
    assert When.parse("2024-06-20T09:00:00.5Z").earliest == nine + timedelta(seconds=0.5)
    assert When.parse("2024-06-20T09:00Z/2024-06-20T12:00+02:00").latest == nine + timedelta(
        hours=1
    )


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "June 2024",
        "24-06-20",
        "2024-6-2",
        "20240620",
        "2024-W25",
        "2024-06-20 09:00Z",
        "2024-06-20T09:00",
        "2024-06-20T0900Z",
        "2024-06-20T09:00Z~",
        "2024-06-20T24:00Z",
        "2024-06-20T23:59:60Z",
        "2024-06-20T09:00+24:00",
        "2024-06-20T09:00+01:60",
        "2024-06-31",
        "2023-02-29",
        "1900-02-29",
        "2024-13",
        "2024-00",
        "2024-06-00",
        "0000",
        "-0044",
        "/",
        "2024/",
        "/2024",
        "2024/2025/2026",
        "2024-06-20/2024-06-19",
        "2025/2024",
        "...",
        "..",
        "2024~~",
        "２０２４",
        "٢٠٢٤-٠٦-٢٠",
        "2024-06-20T٠٩:00Z",
        "2024\0",
        "9" * 5000,
        "\ud800",
    ],
)
def test_what_is_no_date_is_refused(text: str):
    with pytest.raises(WhenError):
        When.parse(text)


FORMS = (
    "2024, 2024-06, 2024-06-20, 2024-06-20T09:00Z, 2024-06-10/2024-06-16, ../2024-06-20, 2014/.."
)
MESSAGES = {
    "": f"an empty date; write one of {FORMS}",
    "20 June": f"'20 June' is no date; write one of {FORMS}",
    "2024-06-20T24:00Z": "'2024-06-20T24:00Z' is not an instant (hour must be in 0..23); "
    "correct the time",
    "2025/05/3": "'2025/05/3' is no date; write 2025-05-03, with hyphens (a slash stands between "
    "the first and the last day of an interval)",
    "2025/2024": "'2025/2024' ends before it starts; write the earlier date first",
    "x" * 100_000: f"'{'x' * 60}…' is no date; write one of {FORMS}",
}


@pytest.mark.parametrize(("text", "message"), MESSAGES.items(), ids=range(len(MESSAGES)))
def test_the_message_says_what_to_write(text: str, message: str):
    with pytest.raises(WhenError) as caught:
        When.parse(text)
    assert str(caught.value) == message


def test_an_impossible_day_is_called_so():
    with pytest.raises(
        WhenError, match=r"^'2024-06-31' is not in the calendar \(.*day.*\); correct"
    ):
        When.parse("2024-06-31")


def test_a_day_and_a_range_are_spelled_shortly():
    day, instant = date(2024, 6, 20), datetime(2024, 6, 20, 9, tzinfo=UTC)
    assert str(When.day(day)) == "2024-06-20"
    assert str(When.between(day, day)) == "2024-06-20"
    assert str(When.between(day, None)) == "2024-06-20/.."
    assert str(When.between(None, day)) == "../2024-06-20"
    assert str(When.between(None, None)) == "../.."
    assert str(When.between(instant, instant)) == "2024-06-20T09:00:00Z"
    assert str(When.between(day, instant)) == "2024-06-20/2024-06-20T09:00:00Z"


def test_the_local_mean_time_of_a_zone_can_be_written():
    """Old offsets have seconds, which the written form has not."""
    noon = datetime(1900, 6, 20, 12, tzinfo=ZoneInfo("Europe/Amsterdam"))
    assert When.between(noon, noon).earliest == noon


@pytest.mark.parametrize(
    ("text", "approximate", "unsure", "certain"),
    [
        ("2024-06-20", False, False, True),
        ("2024-06-20~", True, False, True),
        ("2024-06-20?", False, True, True),
        ("2024-06%", True, True, False),
        ("2024-06-20T09:00Z", False, False, True),
        ("../..", False, False, False),
    ],
)
def test_marks_are_kept_and_widen_nothing(
    text: str, approximate: bool, unsure: bool, certain: bool
):
    when = When.parse(text)
    assert (when.approximate, when.unsure, when.certain) == (approximate, unsure, certain)


def test_a_date_is_frozen_and_equal_by_its_text():
    assert When.parse("2024") == When.parse("2024")
    assert When.parse("2024") != When.parse("2024-01-01/2024-12-31")
    assert len({When.parse("2024"), When.parse("2024")}) == 1


# --- the day of an instant


@pytest.mark.parametrize(
    ("text", "zone", "day"),
    [
        ("2024-06-20T22:30Z", BRUSSELS, date(2024, 6, 21)),
        ("2024-06-20T22:30Z", UTC, date(2024, 6, 20)),
        ("2024-01-20T22:30Z", BRUSSELS, date(2024, 1, 20)),
        # the clock goes on at 2024-03-31T01:00Z, and back at 2024-10-27T01:00Z
        ("2024-03-30T22:59Z", BRUSSELS, date(2024, 3, 30)),
        ("2024-03-30T23:00Z", BRUSSELS, date(2024, 3, 31)),
        ("2024-03-31T21:59Z", BRUSSELS, date(2024, 3, 31)),
        ("2024-03-31T22:00Z", BRUSSELS, date(2024, 4, 1)),
        ("2024-10-27T22:59Z", BRUSSELS, date(2024, 10, 27)),
        ("2024-10-27T23:00Z", BRUSSELS, date(2024, 10, 28)),
        ("2011-12-30T09:59Z", APIA, date(2011, 12, 29)),
        ("2011-12-30T10:00Z", APIA, date(2011, 12, 31)),
    ],
)
def test_an_instant_falls_on_the_day_of_the_zone(text: str, zone: tzinfo, day: date):
    when = When.parse(text)
    assert (when.first_day(zone), when.last_day(zone)) == (day, day)


# --- comparisons of days, against every day of a small window

LOW, HIGH = date(2024, 2, 24), date(2024, 3, 6)
WINDOW = [LOW + timedelta(days=n) for n in range(-3, (HIGH - LOW).days + 4)]


@st.composite
def small_ranges(draw: st.DrawFn) -> When:
    """A range of days well inside the window, or open."""
    days = st.one_of(st.none(), st.dates(LOW, HIGH))
    low, high = draw(days), draw(days)
    if low and high and low > high:
        low, high = high, low
    return When.between(low, high)


def days_of(when: When) -> set[date]:
    return {
        day
        for day in WINDOW
        if (when.earliest is None or day >= when.earliest)
        and (when.latest is None or day <= when.latest)
    }


def verdict(answers: set[bool]) -> bool | None:
    return answers.pop() if len(answers) == 1 else None


@given(small_ranges(), small_ranges())
def test_before_and_after_agree_with_every_pair_of_days(a: When, b: When):
    pairs = [(x, y) for x in days_of(a) for y in days_of(b)]
    assert a.before(b) is verdict({x < y for x, y in pairs})
    assert a.after(b) is verdict({x > y for x, y in pairs})


@given(small_ranges(), small_ranges())
def test_within_agrees_with_every_day(a: When, b: When):
    assert a.within(b) is verdict({day in days_of(b) for day in days_of(a)})


@given(small_ranges(), small_ranges())
def test_the_overlap_holds_the_days_that_both_hold(a: When, b: When):
    both = a.overlap(b)
    assert (days_of(both) if both else set()) == days_of(a) & days_of(b)
    assert both == b.overlap(a)


# --- comparisons of instants, against every hour of three days around a change of the clock

CHANGES = (date(2024, 3, 31), date(2024, 10, 27))


def hours(change: date) -> list[datetime]:
    start = datetime(change.year, change.month, change.day, tzinfo=UTC) - timedelta(days=2)
    return [start + timedelta(hours=n) for n in range(5 * 24)]


def holds(when: When, hour: datetime, zone: tzinfo) -> bool:
    """Whether the range has room for the instant `hour`; a day is the day of the zone."""

    def place(bound: Bound) -> Bound:
        return hour if isinstance(bound, datetime) else hour.astimezone(zone).date()

    starts = when.earliest is None or place(when.earliest) >= when.earliest
    ends = when.latest is None or place(when.latest) <= when.latest
    return starts and ends


@st.composite
def ranges_around(draw: st.DrawFn, change: date, mixed: bool) -> When:
    """A range of hours (and with `mixed`, days too) in the middle three days of `hours`."""
    offset = st.sampled_from([UTC, timezone(timedelta(hours=2)), timezone(-timedelta(hours=5))])
    instants = st.builds(
        lambda hour, zone: hour.astimezone(zone), st.sampled_from(hours(change)[24:-24]), offset
    )
    nearby = st.dates(change - timedelta(days=1), change + timedelta(days=1))
    bounds = st.one_of(st.none(), instants, nearby) if mixed else st.one_of(st.none(), instants)
    low, high = draw(bounds), draw(bounds)
    if low and high and _start(low) > _start(high):
        low, high = high, low
    return When.between(low, high)


def _start(bound: Bound) -> datetime:
    if isinstance(bound, datetime):
        return bound
    return datetime(bound.year, bound.month, bound.day, tzinfo=BRUSSELS)


def some_instant(*whens: When) -> bool:
    return any(bound is not None for when in whens for bound in (when.earliest, when.latest))


@pytest.mark.parametrize("change", CHANGES)
@given(data=st.data())
def test_instants_are_compared_to_the_hour(change: date, data: st.DataObject):
    a, b = data.draw(ranges_around(change, False)), data.draw(ranges_around(change, False))
    mine = [hour for hour in hours(change) if holds(a, hour, BRUSSELS)]
    theirs = [hour for hour in hours(change) if holds(b, hour, BRUSSELS)]
    if some_instant(a, b):
        assert a.before(b, BRUSSELS) is verdict({x < y for x in mine for y in theirs})
        assert a.after(b, BRUSSELS) is verdict({x > y for x in mine for y in theirs})
        assert a.within(b, BRUSSELS) is verdict({x in theirs for x in mine})


@pytest.mark.parametrize("change", CHANGES)
@given(data=st.data())
def test_an_instant_and_a_day_are_compared_as_days(change: date, data: st.DataObject):
    a, b = data.draw(ranges_around(change, True)), data.draw(small_days(change))
    first, last = a.first_day(BRUSSELS), a.last_day(BRUSSELS)
    as_days = When.between(first, last)
    assert a.before(b, BRUSSELS) is as_days.before(b)
    assert a.after(b, BRUSSELS) is as_days.after(b)
    assert a.within(b, BRUSSELS) is as_days.within(b)
    assert b.within(a, BRUSSELS) is b.within(as_days)


def small_days(change: date) -> st.SearchStrategy[When]:
    near = st.dates(change - timedelta(days=1), change + timedelta(days=1))
    return st.builds(lambda pair: When.between(*sorted(pair)), st.tuples(near, near))


@pytest.mark.parametrize("change", CHANGES)
@given(data=st.data())
def test_the_overlap_holds_the_hours_that_both_hold(change: date, data: st.DataObject):
    a, b = data.draw(ranges_around(change, True)), data.draw(ranges_around(change, True))
    both = a.overlap(b, BRUSSELS)
    mine, theirs, shared = (
        {hour for hour in hours(change) if when and holds(when, hour, BRUSSELS)}
        for when in (a, b, both)
    )
    assert shared == mine & theirs
    assert both == b.overlap(a, BRUSSELS)


def test_half_open_terms_meet_on_one_day():
    """One term ends and the next starts on 2024-10-01; neither is before the other."""
    ends, starts = When.parse("2024-10-01"), When.parse("2024-10-01")
    assert ends.before(starts) is False
    assert ends.after(starts) is False
    assert ends.overlap(starts) == ends


def test_reports_of_one_event_narrow_it():
    week, month = When.parse("2024-06-10/2024-06-16"), When.parse("2024-06")
    known = When.parse("../2024-06-13")
    assert str(week.overlap(month)) == "2024-06-10/2024-06-16"
    assert str(week.overlap(known)) == "2024-06-10/2024-06-13"
    assert When.parse("2024-07").overlap(week) is None


def test_a_morning_of_a_day_is_the_morning():
    morning, day = When.parse("../2024-06-20T09:00Z"), When.parse("../2024-06-20")
    assert str(morning.overlap(day)) == "../2024-06-20T09:00:00Z"
    assert str(day.overlap(morning)) == "../2024-06-20T09:00:00Z"
    afternoon = When.parse("2024-06-20T14:00Z/2024-06-20")
    assert morning.overlap(afternoon) is None
