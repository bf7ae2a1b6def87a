"""Dates as reports write them, in a report of Thursday, 20 June 2024."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nemcon.reading.dates import Resolved, date_at, resolve
from nemcon.reading.words import tokens_of
from nemcon.when import When

THURSDAY = When.parse("2024-06-20")


def read(text: str, direction: str, report: When = THURSDAY) -> Resolved | None:
    tokens = tokens_of(text, 0, len(text))
    found = date_at(tokens, 0)
    if found is None:
        return None
    assert found[1] == len(tokens), "not read to its end"
    return resolve(found[0], report, direction)


@pytest.mark.parametrize(
    ("text", "direction", "when", "basis"),
    [
        # Stated in full
        ("on 20 June 2024", "past", "2024-06-20", "stated"),
        ("June 20, 2024", "", "2024-06-20", "stated"),
        ("on the 20th of June 2024", "past", "2024-06-20", "stated"),
        ("on Oct. 1, 2024", "future", "2024-10-01", "stated"),
        ("2024-06-18", "past", "2024-06-18", "stated"),
        ("on Friday, 21 June 2024", "future", "2024-06-21", "stated"),
        ("in 2014", "past", "2014", "stated"),
        ("in October 2024", "future", "2024-10", "stated"),
        # A weekday that fits its date
        ("this Thursday (20)", "past", "2024-06-20", "stated"),
        ("on Tuesday (June 18)", "past", "2024-06-18", "stated"),
        ("Thursday, June 20", "past", "2024-06-20", "stated"),
        # Relative to the report
        ("today", "", "2024-06-20", "relative"),
        ("this afternoon", "", "2024-06-20", "relative"),
        ("yesterday", "past", "2024-06-19", "relative"),
        ("two days ago", "past", "2024-06-18", "relative"),
        ("on Wednesday", "past", "2024-06-19", "relative"),
        ("on Wednesday", "future", "2024-06-26", "relative"),
        ("on Thursday", "past", "2024-06-20", "relative"),
        ("last week", "past", "2024-06-10/2024-06-16", "relative"),
        ("at the end of last week", "past", "2024-06-10/2024-06-16", "relative"),
        ("earlier this week", "past", "2024-06-17/2024-06-20", "relative"),
        ("this week", "future", "2024-06-20/2024-06-23", "relative"),
        ("next week", "future", "2024-06-24/2024-06-30", "relative"),
        ("last month", "past", "2024-05", "relative"),
        ("later this year", "future", "2024", "relative"),
        ("next year", "future", "2025", "relative"),
        ("in March this year", "past", "2024-03", "relative"),
        ("on the 18th", "past", "2024-06-18", "relative"),
        # Ambiguous: both readings are in the range
        ("last Thursday", "past", "2024-06-13", "relative"),
        ("last Tuesday", "past", "2024-06-11/2024-06-18", "relative"),
        ("next Friday", "future", "2024-06-21/2024-06-28", "relative"),
        # The year is inferred by the tense
        ("on June 26", "future", "2024-06-26", "inferred-year"),
        ("on June 26", "past", "2023-06-26", "inferred-year"),
        ("October 1", "future", "2024-10-01", "inferred-year"),
        ("October 1", "past", "2023-10-01", "inferred-year"),
        ("29 April", "", "2024-04-29", "inferred-year"),
        ("in October", "future", "2024-10", "inferred-year"),
        ("in early June", "past", "2024-06-01/2024-06-20", "inferred-year"),
        ("at the beginning of October", "future", "2024-10", "inferred-year"),
    ],
)
def test_a_date_has_a_value_and_a_basis(text: str, direction: str, when: str, basis: str) -> None:
    assert read(text, direction) == Resolved(When.parse(when), basis)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "text", ["this Thursday (21)", "Friday 20 June 2024", "on Monday, June 20", "30 February 2024"]
)
def test_parts_that_contradict_each_other_are_no_date(text: str) -> None:
    found = read(text, "past")
    assert found is not None
    assert (found.when, found.mismatch) == (None, True)


@pytest.mark.parametrize(
    "text", ["in the coming days", "within days", "in recent weeks", "two weeks ago"]
)
def test_a_vague_time_is_kept_as_words_only(text: str) -> None:
    found = read(text, "future")
    assert found is not None
    assert (found.when, found.mismatch) == (None, False)


@pytest.mark.parametrize("text", ["early", "may", "march", "the race", "on the table", "in 32"])
def test_other_words_are_no_dates(text: str) -> None:
    assert date_at(tokens_of(text, 0, len(text)), 0) is None


def test_a_weekday_in_the_present_tense_is_not_guessed() -> None:
    assert read("on Monday", "") == Resolved(None, "relative")


def test_a_report_of_a_month_resolves_hardly_anything() -> None:
    month = When.parse("2024-06")
    assert read("on Wednesday", "past", month) == Resolved(None)
    assert read("this year", "future", month) == Resolved(When.parse("2024"), "relative")
    assert read("on 20 June 2024", "past", month) == Resolved(When.parse("2024-06-20"))


WORDS = [
    *("on", "in", "since", "by", "from", "this", "last", "next", "the", "early", "of", "coming"),
    *("Monday", "Thursday", "(", ")", ",", "20", "31", "2024", "9999", "20th", "June", "Feb."),
    *("week", "year", "month", "days", "ago", "two", "today", "yesterday"),
]


@given(
    st.lists(st.sampled_from(WORDS), max_size=8).map(" ".join),
    st.dates().map(When.day),
    st.sampled_from(["past", "future", ""]),
)
def test_no_mixture_of_words_raises(text: str, report: When, direction: str) -> None:
    tokens = tokens_of(text, 0, len(text))
    for i in range(len(tokens)):
        found = date_at(tokens, i)
        if found is not None:
            assert i < found[1] <= len(tokens)
            resolve(found[0], report, direction)


@given(st.dates(), st.sampled_from(["yesterday", "last week", "on Monday", "on June 5"]))
def test_what_is_past_is_not_after_the_report(day: object, text: str) -> None:
    report = When.parse(str(day))
    found = read(text, "past", report)
    assert found is not None
    if found.when is not None:
        last, end = found.when.last_day(), report.last_day()
        assert last is not None
        assert end is not None
        assert last <= end
