"""Records on which engine and brute force once differed, found among random ones and cut down."""

from nemcon.entries import Completeness
from tests.oracle.build import founders, holds, joins, on, runs, selection, tally
from tests.oracle.case import MAJORITY, MET, Case

POSITION = Completeness("position")

MANY_WAYS = [
    # By a record of all positions nobody backed Q on the first, nor P before P was nominated. What
    # is dropped for that changes nothing: all backed P later, and w's condition is met on the day.
    Case(
        "claims that an event dates contradict a count, in many ways, with one verdict",
        [
            selection(completeness=(POSITION,)),
            *founders("wx"),
            joins("y", "2024-01-02T06:00Z"),
            runs("P", "nominated", 1),
            holds("all", None, candidate="P", before="candidacy/P/nominated"),
            holds("all", "../4", candidate="P", after="membership/y/accession"),
            holds("w", 2, candidate="P", condition="if asked", condition_met=on(4)),
            tally(1, 1, of=2, candidate="Q"),
            holds("all", "../3", candidate="P", after="membership/y/accession"),
        ],
        on(4),
        MAJORITY,
        MET,
        support={"P": (3, 3), "Q": (0, 0)},
    ),
]

CASES = [*MANY_WAYS]
