"""Clocks: when a vote opens and closes, what is too short, and what silence means until then."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import pytest

from nemcon.access.packs import procedure
from nemcon.library import procedure_ids
from nemcon.rules.answer import RuleAnswer
from nemcon.rules.clock import read_clock, timing
from nemcon.rules.place import Place, RuleError
from nemcon.rules.weigh import weigh


def codes(clock: Mapping[str, Any], told: Mapping[str, Any]) -> set[str]:
    return {finding.code for finding in timing(read_clock(clock, Place("x")), told).findings}


def closing(clock: Mapping[str, Any], opened: str, **told: Any) -> str:
    found = timing(read_clock(clock, Place("x")), {"opened": opened, **told})
    assert found.earliest is not None
    return found.earliest.isoformat()


def nato(at: str, *groups: Mapping[str, Any]) -> RuleAnswer:
    """The silence of 6 to 10 February 2003, at an instant."""
    rule = procedure("nato-silence")
    assert rule is not None
    clock = {"opened": "2003-02-06T18:00+00:00", "closes": "2003-02-10T09:00+00:00", "at": at}
    return weigh(rule, {"ballots": list(groups), "clock": clock})


SILENT = {"pos": "silent", "count": 16}
THREE = {"pos": "objection", "count": 3, "voters": ["belgium", "france", "germany"]}


def test_silence_is_consent_only_once_the_deadline_is_past() -> None:
    before = nato("2003-02-10T08:59+00:00", {"pos": "silent", "count": 19})
    assert before.outcome is None
    assert before.verdict == "cannot tell"
    assert before.more["clock"]["status"] == "open"
    after = nato("2003-02-10T09:01+00:00", {"pos": "silent", "count": 19})
    assert after.outcome == "adopted"
    assert after.more["clock"]["status"] == "closed"


def test_a_letter_breaks_silence_at_once() -> None:
    answer = nato("2003-02-07T12:00+00:00", SILENT, THREE)
    assert answer.outcome == "silence broken"
    assert answer.verdict == "not met"


def test_the_last_instant_belongs_to_the_vote() -> None:
    assert nato("2003-02-10T09:00+00:00", SILENT).more["clock"]["status"] == "open"


@pytest.mark.parametrize(
    ("minutes", "expected"), [("2020-04-04T12:00+00:00", None), ("2020-04-04T11:59+00:00", "early")]
)
def test_seventy_two_hours_are_the_least(minutes: str, expected: str | None) -> None:
    """Decision 74/544 of the General Assembly: at least 72 hours."""
    rule = procedure("un-ga-silence")
    assert rule is not None
    told = {
        "opened": "2020-04-01T12:00+00:00",
        "closes": minutes,
        "at": "2020-04-05T12:00+00:00",
    }
    answer = weigh(rule, {"ballots": [{"pos": "silent", "count": 193}], "clock": told})
    if expected:
        assert answer.outcome is None
        assert {finding.code for finding in answer.findings} == {"closed-too-early"}
    else:
        assert answer.outcome == "adopted"


def test_days_are_days_and_hours_are_hours_across_a_change_of_the_clock() -> None:
    opened = "2024-03-30T12:00:00+01:00"
    assert closing({"minimum": "P1D"}, opened) == "2024-03-31T12:00:00+01:00"
    assert closing({"minimum": "PT24H"}, opened) == "2024-03-31T12:00:00+01:00"


def test_months_end_with_the_month() -> None:
    assert closing({"minimum": "P1M"}, "2024-01-31T09:00:00+00:00") == "2024-02-29T09:00:00+00:00"


@pytest.mark.parametrize("told", [3, True, "Christmas", ["2024-12-25", 3], {"first": "2024-12-25"}])
def test_holidays_that_are_no_dates_are_findings(told: object) -> None:
    clock = {"minimum": "P3D", "business_days": True}
    asked = {"opened": "2024-12-23T10:00+00:00", "holidays": told}
    assert codes(clock, asked) == {"clock-unreadable"}


def test_one_holiday_needs_no_list() -> None:
    clock, opened = {"minimum": "P3D", "business_days": True}, "2024-12-20T10:00:00+00:00"
    assert closing(clock, opened, holidays="2024-12-25") == "2024-12-26T10:00:00+00:00"


def test_business_days_leave_out_weekends_and_holidays() -> None:
    clock = {"minimum": "P3D", "business_days": True}
    friday = "2024-12-20T10:00:00+00:00"
    assert closing(clock, friday) == "2024-12-25T10:00:00+00:00"
    with_holidays = closing(clock, friday, holidays=["2024-12-25", "2024-12-26"])
    assert with_holidays == "2024-12-27T10:00:00+00:00"


@pytest.mark.parametrize(
    ("clock", "told", "code"),
    [
        ({"length": "P7D"}, {"closed": "2024-06-07T11:00+00:00"}, "closed-too-early"),
        ({"discussion": "P7D"}, {"discussed": "2024-05-31T12:00+00:00"}, "opened-too-early"),
        (
            {"extend": {"times": 1}},
            {"extended": ["2024-06-09T12:00+00:00", "2024-06-11T12:00+00:00"]},
            "extended-too-often",
        ),
        ({"lapse": "P90D"}, {"at": "2024-10-01T12:00+00:00"}, "lapsed"),
        ({"blackout": [{"from": "05-20", "to": "06-10"}]}, {}, "blackout"),
        ({"sunset": "2024-05-31"}, {}, "after-sunset"),
        ({}, {"opend": "2024-06-01T12:00+00:00"}, "clock-unreadable"),
        ({}, {"at": "tomorrow"}, "clock-unreadable"),
        ({}, {"at": "2024-06-05"}, "clock-unreadable"),
    ],
)
def test_what_is_against_the_clock_is_told(
    clock: Mapping[str, Any], told: Mapping[str, Any], code: str
) -> None:
    assert codes(clock, {"opened": "2024-06-01T12:00+00:00", **told}) == {code}


def test_a_blackout_over_the_turn_of_the_year() -> None:
    """Votes of PHP may not start or end from 17 December to 10 January."""
    clock = {"blackout": [{"from": "12-17", "to": "01-10"}]}
    assert codes(clock, {"opened": "2025-01-05T00:00+00:00"}) == {"blackout"}
    assert codes(clock, {"opened": "2024-12-17T00:00+00:00"}) == {"blackout"}
    assert not codes(clock, {"opened": "2025-01-11T00:00+00:00"})


def test_a_new_version_starts_the_clock_again() -> None:
    told = {"opened": "2024-06-01T12:00+00:00", "restarted": ["2024-06-05T12:00+00:00"]}
    found = timing(read_clock({"length": "P7D"}, Place("x")), told)
    assert found.closes == datetime.fromisoformat("2024-06-12T12:00+00:00")


@pytest.mark.parametrize(
    "clock",
    [
        {"minimum": "72 hours"},
        {"minimum": "P"},
        {"blackout": [{"from": "13-01", "to": "01-10"}]},
        {"extend": {"times": -1}},
        {"sunset": "soon"},
    ],
)
def test_a_clock_that_cannot_be_read_names_its_place(clock: Mapping[str, Any]) -> None:
    with pytest.raises(RuleError, match="rule 'x', clock"):
        read_clock(clock, Place("x", ("clock",)))


def test_every_clock_of_the_library_can_be_read() -> None:
    clocks = [one for each in procedure_ids() if (one := procedure(each)) and one.clock]
    assert len(clocks) >= 8
    for one in clocks:
        read_clock(one.clock, Place(one.id))
