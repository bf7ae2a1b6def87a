"""All small cases as data, for whoever has to give these answers."""

from tests.oracle import (
    cases_hunted,
    cases_quantities,
    cases_records,
    cases_stances,
    cases_time,
    cases_together,
    cases_verdict,
)
from tests.oracle.build import founders, holds, joins, motion, on, selection, tally
from tests.oracle.case import CANNOT_TELL, MET, NOT_MET, SUPPORT, Case

THREE_SMALL_CASES = [
    # z may be the second supporter or not, but x and y object for certain.
    Case(
        "small 1: the number does not persist, only the individuals do",
        [motion(), *founders("xyz"), tally(1, 2, of=3), holds("xy", 2, "objection")],
        on(3),
        SUPPORT,
        NOT_MET,
        support={"": (0, 1)},
        of={"": (3, 3)},
        members={"": ("", "z", "xy")},
    ),
    # Each of x and y backs P or Q, independently.
    Case(
        "small 2: two unanimities at one instant leave four maximal subsets",
        [
            selection(),
            *founders("xy"),
            holds("all", 1, candidate="P"),
            holds("all", 1, candidate="Q"),
        ],
        on(1),
        SUPPORT,
        CANNOT_TELL,
        support={"P": (0, 2), "Q": (0, 2)},
    ),
    # Whoever is on the roll at 2 backs it.
    Case(
        "small 3: all is counted at the anchor (on the day itself)",
        [motion(), joins("x"), joins("y", "1/3"), holds("all", 2)],
        on(2),
        SUPPORT,
        MET,
        support={"": (1, 2)},
        of={"": (1, 2)},
    ),
    # y may have joined on the third, after the anchor.
    Case(
        "small 3: all is counted at the anchor (a day later)",
        [motion(), joins("x"), joins("y", "1/3"), holds("all", 2)],
        on(3),
        SUPPORT,
        CANNOT_TELL,
        support={"": (1, 2)},
        of={"": (2, 2)},
    ),
]

CASES = [
    *THREE_SMALL_CASES,
    *cases_records.CASES,
    *cases_time.CASES,
    *cases_stances.CASES,
    *cases_quantities.CASES,
    *cases_verdict.CASES,
    *cases_together.CASES,
    *cases_hunted.CASES,
]

__all__ = ["CASES", "Case"]
