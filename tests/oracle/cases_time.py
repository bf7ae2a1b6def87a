"""Time within a day, uncertain dates, links, events and expectations (ADR 0002, 4-8)."""

from nemcon.entries import Body, Candidacy, Membership
from tests.oracle.build import (
    changes,
    decided,
    expects,
    founders,
    holds,
    joins,
    leaves,
    motion,
    objects,
    on,
    runs,
    selection,
    tally,
)
from tests.oracle.case import CANNOT_TELL, MET, NO_OBJECTION, NOT_MET, SUPPORT, Case

NOON = "2024-01-02T12:00Z"
X = [motion(), *founders("x")]
Y_JOINED = "membership/y/accession"
P_WITHDREW = "candidacy/P/withdrawn"

WITHIN_A_DAY = [
    # True at the last instant of the second; at noon x may have been about to move.
    Case(
        "a day holds at its last instant: at noon",
        [*X, holds("x", 2)],
        on(NOON),
        SUPPORT,
        CANNOT_TELL,
        support={"": (0, 1)},
    ),
    Case("a day holds at its last instant: that day", [*X, holds("x", 2)], on(2), SUPPORT, MET),
    # Some instant of the second, before its last: at noon it may be yet to come.
    Case(
        "a change falls at some instant of its day: at noon",
        [*X, changes("x", 2)],
        on(NOON),
        SUPPORT,
        CANNOT_TELL,
    ),
    Case(
        "a change falls at some instant of its day: that day",
        [*X, changes("x", 2)],
        on(2),
        SUPPORT,
        MET,
    ),
    # Just before a change to support x did not support, all the time since its last claim.
    Case(
        "before a change the stance was another",
        [*X, changes("x", 2)],
        on(1),
        SUPPORT,
        NOT_MET,
        members={"": ("", "", "x")},
    ),
    # Before a holds claim it may have been any.
    Case(
        "before a holds claim the stance may have been any",
        [*X, holds("x", 2)],
        on(1),
        SUPPORT,
        CANNOT_TELL,
    ),
    # Eight o'clock is before noon on the same day.
    Case(
        "claims may be dated to an instant",
        [*X, holds("x", "2024-01-02T08:00Z")],
        on(NOON),
        SUPPORT,
        MET,
    ),
    # At seven it was not claimed yet; it may have been any stance.
    Case(
        "a claim at an instant says nothing of the instant before",
        [*X, holds("x", "2024-01-02T08:00Z")],
        on("2024-01-02T07:00Z"),
        SUPPORT,
        CANNOT_TELL,
    ),
    # The change at eight is exactly at eight: at eight it is support.
    Case(
        "at the instant of a change the stance is the new one",
        [*X, changes("x", "2024-01-02T08:00Z")],
        on("2024-01-02T08:00Z"),
        SUPPORT,
        MET,
    ),
    # In Tokyo the 23rd hour UTC of the first is the second.
    Case(
        "days are those of the body's zone",
        [Body(name="b", title="B", zone="Asia/Tokyo"), *X, changes("x", "2024-01-01T23:00Z")],
        on(1),
        SUPPORT,
        NOT_MET,
    ),
    # Two changes of one day, in either order: support then objection, or the other way round.
    Case(
        "changes of one day come in any order",
        [*X, changes("x", 2), changes("x", 2, "objection")],
        on(2),
        SUPPORT,
        CANNOT_TELL,
    ),
    # The change comes at some instant before the day's last, where the objection still holds: so
    # both cannot be; either may be dropped.
    Case(
        "a holds claim of a day comes after the changes of that day",
        [*X, changes("x", 2), holds("x", 2, "objection")],
        on(2),
        SUPPORT,
        NOT_MET,
    ),
    # The accession may fall before or after the change; either way y is on the roll at day's end,
    # supporting.
    Case(
        "an accession falls at some instant of its day",
        [motion(), joins("y", 2), changes("y", 2)],
        on(2),
        SUPPORT,
        MET,
        of={"": (1, 1)},
    ),
    # At noon y may or may not have joined; an empty roll is not met.
    Case(
        "at noon of the day of accession the roll is uncertain",
        [motion(), joins("y", 2), holds("y", 1)],
        on(NOON),
        SUPPORT,
        CANNOT_TELL,
        of={"": (0, 1)},
    ),
    # Accession falls before the day's last instant, where "all" is counted.
    Case(
        "who joins on the day is among all at its end",
        [motion(), joins("x"), joins("y", 2), holds("all", 2)],
        on(2),
        SUPPORT,
        MET,
        support={"": (2, 2)},
    ),
    # Departure too: z is no longer among all, nor on the roll.
    Case(
        "who leaves on the day is not on the roll at its end",
        [motion(), *founders("xz"), leaves("z", 2), holds("x", 2)],
        on(2),
        SUPPORT,
        MET,
        of={"": (1, 1)},
    ),
]

RANGES = [
    # On the first it may not be so yet.
    Case(
        "a range of days: any of them (first)", [*X, holds("x", "1/3")], on(1), SUPPORT, CANNOT_TELL
    ),
    # By the end of the third it holds, and it persists.
    Case("a range of days: any of them (last)", [*X, holds("x", "1/3")], on(3), SUPPORT, MET),
    # "Had already backed" up to the second, whenever that was.
    Case("no lower bound: at the latest that day", [*X, holds("x", "../2")], on(2), SUPPORT, MET),
    Case(
        "no lower bound: earlier it may not have been",
        [*X, holds("x", "../2")],
        on(1),
        SUPPORT,
        CANNOT_TELL,
    ),
    # Rule 5: undated, so up to the day on which it is known.
    Case(
        "an undated claim is dated up to the day it is known",
        [*X, holds("x", None, known=on(2))],
        on(2),
        SUPPORT,
        MET,
    ),
    Case(
        "an undated claim says nothing of the days before",
        [*X, holds("x", None, known=on(2))],
        on(1),
        SUPPORT,
        CANNOT_TELL,
    ),
    # Two stances of the same range: dates vary independently, either may be the later.
    Case(
        "dates vary independently",
        [*X, holds("x", "1/2"), holds("x", "1/2", "objection")],
        on(2),
        SUPPORT,
        CANNOT_TELL,
    ),
    # Both reports of "support" in 1..2 and "objection" in 2..3; on one day both cannot be at its
    # end. So support is on 1 with objection 2 or 3, or support on 2 with objection 3.
    Case(
        "dates that clash are not chosen",
        [*X, holds("x", "1/2"), holds("x", "2/3", "objection")],
        on(3),
        SUPPORT,
        NOT_MET,
    ),
    # x supported at the end of 1, so its change was on 1; and with it that of y.
    Case(
        "the atoms of one claim share its date",
        [motion(), *founders("xy"), changes("xy", "1/2"), holds("x", 1)],
        on(1),
        SUPPORT,
        MET,
    ),
    # Two claims in the same words have two dates: y may have changed on 2.
    Case(
        "the dates of two claims are independent",
        [motion(), *founders("xy"), changes("x", "1/2"), changes("y", "1/2"), holds("x", 1)],
        on(1),
        SUPPORT,
        CANNOT_TELL,
        members={"": ("x", "y", "")},
    ),
    # Objection at 1, 2 or 3; back to support at 2, 3 or 4. Earliest (1, 2) and latest (3, 4) both
    # give support on 2; (1, 3) gives objection.
    Case(
        "extreme dates are not enough",
        [*X, holds("x", "2023-12-31"), changes("x", "1/3", "objection"), changes("x", "2/4")],
        on(2),
        SUPPORT,
        CANNOT_TELL,
    ),
    # ... but by 4 it is over.
    Case(
        "extreme dates are not enough: when all is over",
        [*X, holds("x", "2023-12-31"), changes("x", "1/3", "objection"), changes("x", "2/4")],
        on(4),
        SUPPORT,
        MET,
    ),
]

LINKS = [
    # Just before y joined, on 2 or 3, x supported; by 3 for sure.
    Case(
        "before an event: just before its instant",
        [
            motion(),
            joins("x"),
            joins("y", "2/3"),
            holds("x", "../3", before=Y_JOINED),
            holds("y", "../1"),
        ],
        on(3),
        SUPPORT,
        MET,
    ),
    # All at that instant means x alone: y was not yet on the roll.
    Case(
        "before an accession all does not hold the one who joins",
        [motion(), joins("x"), joins("y", 2), holds("all", "../2", before=Y_JOINED)],
        on(2),
        SUPPORT,
        CANNOT_TELL,
        support={"": (1, 2)},
    ),
    # At the accession's instant or later that day both are on the roll.
    Case(
        "after an accession all holds the one who joined",
        [motion(), joins("x"), joins("y", 2), holds("all", 2, after=Y_JOINED)],
        on(2),
        SUPPORT,
        MET,
    ),
    # Just before the withdrawal became public, on the second, before that day's end: x then
    # objected by the end of the second, with no conflict.
    Case(
        "before an event may be the same day",
        [
            selection(),
            *founders("x"),
            runs("P", "withdrawn", 2),
            holds("x", "../2", candidate="Q", before=P_WITHDREW),
            holds("x", 2, "objection", "Q"),
        ],
        on(2),
        SUPPORT,
        NOT_MET,
    ),
    # `happened` still restricts: the claim is true only if y joined by 2, and nothing speaks
    # against that; without it the subset of claims is not maximal.
    Case(
        "before an event: its own date still restricts",
        [
            motion(),
            joins("x"),
            joins("y", "2/3"),
            holds("x", "../2", before=Y_JOINED),
            holds("y", "../1"),
        ],
        on(2),
        SUPPORT,
        MET,
        of={"": (2, 2)},
    ),
    # Public from 2 to 3: the body was told on 1, which is no matter for the link. On 1 x may have
    # been anything; just before 2 or 3 it supported Q.
    Case(
        "before a withdrawal: before it became public",
        [
            selection(),
            *founders("x"),
            Candidacy(candidate="P", change="withdrawn", told=on(1), public=on("2/3")),
            holds("x", "../3", candidate="Q", before=P_WITHDREW),
        ],
        on(1),
        SUPPORT,
        CANNOT_TELL,
    ),
    # Just before y joined, which was on 2 (says one) or on 4 (says the other): either goes.
    Case(
        "two claims just before one event, of different days",
        [
            motion(),
            *founders("x"),
            joins("y", "2/4"),
            holds("y", 1),
            holds("x", 4, before=Y_JOINED),
            tally(2, 1, of=1, before=Y_JOINED),
        ],
        on(2),
        SUPPORT,
        CANNOT_TELL,
        support={"": (0, 2)},
        of={"": (1, 2)},
    ),
    # An event of which nobody gives a date is no anchor: the claim keeps its own.
    Case(
        "an event that nobody dates is no anchor",
        [motion(), joins("x"), holds("x", 2, before="membership/z/accession")],
        on(2),
        SUPPORT,
        MET,
    ),
    # The change came after y joined (2 or 3): on 2 both or neither or y alone, on 3 both.
    Case(
        "after an event: a change comes at or after it",
        [
            motion(),
            joins("x"),
            joins("y", "2/3"),
            holds("y", "../1"),
            changes("x", "1/3", after=Y_JOINED),
        ],
        on(1),
        SUPPORT,
        NOT_MET,
    ),
    # y joined at some instant of 1, and x may have changed later that day, or on 2..4.
    Case(
        "after an event: a change of the same day",
        [
            motion(),
            *founders("x"),
            joins("y", 1),
            holds("y", 1),
            changes("x", "../4", after=Y_JOINED),
        ],
        on(1),
        SUPPORT,
        CANNOT_TELL,
        members={"": ("y", "x", "")},
    ),
    # Decided after y joined (3), so not on 2.
    Case(
        "after an event: a decision",
        [motion(), joins("x"), joins("y", 3), decided("1/4", after=Y_JOINED), holds("x", 1)],
        on(2),
        SUPPORT,
        MET,
        stages=("consensus",),
    ),
    # A decision on 1 that comes after an accession on 3 is no world at all (rule 11 of the
    # semantics); it would be met otherwise.
    Case(
        "links that cannot hold leave no world",
        [motion(), joins("x"), joins("y", 3), decided(1, after=Y_JOINED), holds("xy", 1)],
        on(3),
        SUPPORT,
        CANNOT_TELL,
        no_world=True,
    ),
    # x objected after y had joined (on 4, at some instant), and supported by that day's end, so on
    # 2 it has the stance of 1: no support.
    Case(
        "after an event: an objection and support of one day",
        [
            motion(),
            *founders("x"),
            joins("y", 4),
            holds("x", 1, negated=True),
            objects("x", "../4", after=Y_JOINED),
            holds("x", "../4", after=Y_JOINED),
        ],
        on(2),
        SUPPORT,
        NOT_MET,
    ),
]

EVENTS = [
    # 1..3 and 2..4 agree on 2..3; so on 1 y is not yet on the roll, on 3 it is.
    Case(
        "reports of one event share its date: not before both allow",
        [motion(), joins("x"), joins("y", "1/3"), joins("y", "2/4"), holds("x", 1)],
        on(1),
        SUPPORT,
        MET,
        of={"": (1, 1)},
    ),
    Case(
        "reports of one event share its date: not after both allow",
        [motion(), joins("x"), joins("y", "1/3"), joins("y", "2/4"), holds("x", 1)],
        on(3),
        SUPPORT,
        CANNOT_TELL,
        of={"": (2, 2)},
    ),
    # Rival dates, 1 or 3: on 2 y may or may not be on the roll.
    Case(
        "reports that contradict each other: either may be right",
        [motion(), joins("x"), joins("y", 1), joins("y", 3), holds("x", 1)],
        on(2),
        SUPPORT,
        CANNOT_TELL,
        of={"": (1, 2)},
    ),
    # 1..2 agrees with 2..3 (on 2), and 4 with neither: on 3, 2 or 4.
    Case(
        "reports that contradict each other: the maximal sets that agree",
        [motion(), joins("x"), joins("y", "1/2"), joins("y", "2/3"), joins("y", 4), holds("x", 1)],
        on(1),
        SUPPORT,
        MET,
        of={"": (1, 1)},
    ),
    # Told at the end of 2 that y would join: then it had not; so it joined on 3.
    Case(
        "an expectation: the event had not happened by then",
        [motion(), joins("x"), joins("y", "1/3"), holds("x", 1), expects(Y_JOINED, 2)],
        on(2),
        SUPPORT,
        MET,
        of={"": (1, 1)},
    ),
    # Told on 1 or 2: only the first possible day is sure.
    Case(
        "an expectation told in a range counts from its first day",
        [motion(), joins("x"), joins("y", "1/3"), holds("x", 1), expects(Y_JOINED, "1/2")],
        on(2),
        SUPPORT,
        CANNOT_TELL,
        of={"": (1, 2)},
    ),
    # y joined on 1, says one; not by the end of 2, says the other: either may be right.
    # (ADR 8, "holds like other claims", and 18, which does not list it, leave open what yields:
    # it is read as one more report of the date.)
    Case(
        "an expectation against a report of the event",
        [motion(), *founders("x"), joins("y", 1), holds("x", 1), expects(Y_JOINED, 2)],
        on(2),
        SUPPORT,
        CANNOT_TELL,
        of={"": (1, 2)},
    ),
    # Still expected on 2, so it fell on 3.
    Case(
        "an expectation tells that the decision had not fallen",
        [*X, holds("x", 1), expects("decision", 2), decided("1/3")],
        on(2),
        SUPPORT,
        MET,
        stages=("consensus",),
    ),
    # Expecting what nobody reports says nothing.
    Case(
        "an expectation of what nobody reports says nothing",
        [*X, holds("x", 1), expects("decision", 1)],
        on(2),
        SUPPORT,
        MET,
        stages=("consensus",),
    ),
    # A planned accession is none, and past its day it is still none.
    Case(
        "a plan does not become a fact",
        [
            motion(),
            joins("x"),
            Membership(member="y", happened=on(2), modality="planned"),
            holds("x", 1),
        ],
        on(3),
        SUPPORT,
        MET,
        of={"": (1, 1)},
    ),
    # x objects at some instant of 2 and at its end; y joined on 2.
    Case(
        "before an objection there was none",
        [motion(), *founders("x"), objects("x", 2)],
        on(1),
        NO_OBJECTION,
        MET,
    ),
]

CASES = [*WITHIN_A_DAY, *RANGES, *LINKS, *EVENTS]
