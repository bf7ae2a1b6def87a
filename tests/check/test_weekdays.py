"""Weekdays and the dates beside them."""

import pytest

from nemcon.check import check
from nemcon.entries import Expectation, Remark, Source, Span
from nemcon.state import at
from nemcon.when import When


def test_a_weekday_that_does_not_fit_its_date(told: list[str]):
    """
    [[remark]]
    text = "she said so"
    source = "wire"
    note = "on Wednesday (29), and again on Thursday, March 1"

    [[expectation]]
    expects = "decision"
    window = "2024-03-11/2024-03-15"
    window_text = "by Friday, 14 March"
    source = "wire"

    [[remark]]
    text = "two weeks of it"
    spans = [{ source = "post", start = 0, end = 20, quote = "on Monday 2024-03-05" }]
    """
    assert told == [
        (
            "f.toml:6: warning: 'Friday, 14 March' does not fit the calendar: 2024-03-14 is a "
            "Thursday; check the source, and the date that the entry took from it "
            "[weekday-differs]"
        ),
        (
            "f.toml:12: warning: 'Monday 2024-03-05' does not fit the calendar: 2024-03-05 is "
            "a Tuesday; check the source, and the date that the entry took from it "
            "[weekday-differs]"
        ),
        (
            "f.toml:1: warning: 'Thursday, March 1' does not fit the calendar: 2024-03-01 is a "
            "Friday; check the source, and the date that the entry took from it "
            "[weekday-differs]"
        ),
        (
            "f.toml:1: warning: 'Wednesday (29)' does not fit the calendar: 2024-02-29 is a "
            "Thursday; check the source, and the date that the entry took from it "
            "[weekday-differs]"
        ),
    ]


def fits(text: str, date: str = "2024-06-20", happened: str | None = None) -> list[str]:
    span = Span("wire", 0, len(text), text)
    when = When.parse(happened) if happened else None
    source = Source(name="wire", date=When.parse(date))
    entry = Remark(source="wire", spans=(span,), happened=when)
    return [f.message.partition(" does")[0] for f in check(at([source, entry], source.date))]


@pytest.mark.parametrize(
    "text",
    [
        "this Thursday (20)",
        "Thursday, June 20",
        "Thursday, June 20th, 2024",
        "Thursday 20 June",
        "Thursday, the 20th of June",
        "Thursday the 20th",
        "Thursday (20 June)",
        "Thursday (June 20, 2024)",
        "Thursday, 2024-06-20",
        "20 June (Thursday)",
        "2024-06-20 (Thursday)",
        "Thursday, Jun. 20",
        "Monday, 17 June, and Thursday, June 20",
        "Friday (28)",
        "Wednesday, 24 August 1949",
    ],
)
def test_what_fits(text: str):
    assert fits(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "Friday (20)",
        "Friday, June 20",
        "Friday, June 20th, 2024",
        "Friday 20 June",
        "Friday, the 20th of June",
        "Friday the 20th",
        "Friday (20 June)",
        "Friday (June 20, 2024)",
        "Friday, 2024-06-20",
        "20 June (Friday)",
        "2024-06-20 (Friday)",
        "Friday, Jun. 20",
        "Thursday, 24 August 1949",
    ],
)
def test_what_does_not_fit(text: str):
    assert fits(f"It was on {text}.") == [f"'{text}'"]


@pytest.mark.parametrize(
    "text",
    [
        "on Friday 20 members met",
        "Friday (20 members)",
        "Sunday Times, 20 June 2024",
        "The Sun, 20 June 2024",
        "they met on Friday; June 20 was a holiday",
        "on Friday, June",
        "on Friday, June 31",
        "Friday 20:30",
        "friday (20)",
    ],
)
def test_what_is_no_weekday_with_a_date(text: str):
    assert fits(text) == []


def test_the_year_is_the_one_around_the_report_or_the_fact():
    assert fits("Tuesday, 18 March", "2024-06-20", "2014-03-18") == []
    assert fits("Tuesday, 18 March", "2024-06-20") == ["'Tuesday, 18 March'"]
    assert fits("Wednesday, January 8", "2024-12-20") == []
    assert fits("Tuesday, 31 December", "2024-06-20") == []
    assert fits("Monday, 31 December", "2024-06-20") == ["'Monday, 31 December'"]


def test_nothing_is_told_where_no_date_is_near():
    entry = Expectation(expects="decision", note="Friday (20)")
    assert check(at([entry], When.parse("2024"))) == ()


def test_one_sentence_of_two_entries_is_told_once_and_may_be_dated_by_either():
    text = "Tuesday, 18 March"
    span = Span("wire", 0, len(text), text)
    source = Source(name="wire", date=When.parse("2024-06-20"))
    first = Remark(source="wire", spans=(span,), text="one")
    second = Remark(source="wire", spans=(span,), text="two")
    told = check(at([source, first, second], source.date))
    assert [f.entries for f in told] == [tuple(sorted((first.id, second.id)))]
    dated = Remark(source="wire", spans=(span,), happened=When.parse("2014-03"))
    assert check(at([source, first, dated], source.date)) == ()
