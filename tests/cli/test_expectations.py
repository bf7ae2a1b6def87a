"""What was expected, for when and by whom, and whether it came in time."""

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Nemcon
from tests.cli.test_words import coop, says

EXPECTED = """
[[expectation]]
expects = "decision"
by = "the chair"
text = "the assembly decides"
window = "WINDOW"
happened = "2024-05-02"
known = "2024-05-02"
"""
DECISION = """
[[decision]]
happened = "2024-05-20"
announced = "2024-05-22"
known = "2024-05-22"
"""
HEAD = "Expected: the assembly decides (expected"


def told(desk: Path, nemcon: Nemcon, window: str, *more: str) -> tuple[str, dict[str, object]]:
    file = coop(desk, says("abcdefgh", "support"), EXPECTED.replace("WINDOW", window), *more)
    asked = ("status", file, "--on", "2024-06-01")
    line = next(line for line in nemcon(*asked).out.splitlines() if line.startswith("Expected"))
    return line, json.loads(nemcon(*asked, "--json").out)["expectations"][0]


@pytest.mark.parametrize(
    ("window", "words", "late"),
    [
        ("2024-05-10", "10 days", 10),
        ("../2024-05-15", "5 days", 5),
        ("2024-05-17/2024-05-19", "1 day", 1),
    ],
)
def test_what_comes_after_its_window_is_late(
    desk: Path, nemcon: Nemcon, window: str, words: str, late: int
) -> None:
    line, hope = told(desk, nemcon, window, DECISION)
    assert line.endswith(f": came on 20 May 2024, {words} after the day expected")
    assert (hope["status"], hope["days_late"], hope["window"]) == ("late", late, window)


@pytest.mark.parametrize("window", ["2024-05-20", "2024-05-18/2024-05-22", "2024-05-18/.."])
def test_what_comes_in_its_window_is_fulfilled(desk: Path, nemcon: Nemcon, window: str) -> None:
    line, hope = told(desk, nemcon, window, DECISION)
    assert line.endswith(": fulfilled on 22 May 2024, 20 days later")
    assert (hope["status"], "days_late" in hope) == ("fulfilled", False)


def test_the_window_and_who_expects_it_are_told(desk: Path, nemcon: Nemcon) -> None:
    line, hope = told(desk, nemcon, "2024-05-18/2024-05-22")
    assert line == (
        f"{HEAD} between 18 and 22 May 2024), on the word of the chair, reported on 2 May 2024: "
        "open"
    )
    assert (hope["status"], hope["by"]) == ("open", "the chair")


def test_a_date_that_may_lie_in_the_window_is_not_called_late(desk: Path, nemcon: Nemcon) -> None:
    decision = DECISION.replace('happened = "2024-05-20"', 'happened = "2024-05-09/2024-05-20"')
    line, hope = told(desk, nemcon, "2024-05-10", decision)
    assert "fulfilled" in line
    assert hope["status"] == "fulfilled"
