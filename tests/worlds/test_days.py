"""Dates on the axis of one matter."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from nemcon.when import When
from nemcon.worlds.days import day_range, instant

BRUSSELS = ZoneInfo("Europe/Brussels")


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2024-06-20T23:30:00Z", "2024-06-21"),
        ("2024-12-20T22:30:00Z", "2024-12-20"),
        # In the zone of the body these two would lie outside the calendar.
        ("9999-12-31T23:30:00Z", "9999-12-31"),
        ("0001-01-01T00:30:00+05:00", "0001-01-01"),
    ],
)
def test_an_instant_is_on_a_day_of_the_zone(text: str, day: str):
    when, number = When.parse(text), datetime.fromisoformat(day).toordinal()
    point = instant(when, BRUSSELS)
    assert point is not None
    assert (point[0], day_range(when, BRUSSELS)) == (number, (number, number))
