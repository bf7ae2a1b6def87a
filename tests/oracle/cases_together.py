"""Several things at one instant, or dated by one event: where the model is easily got wrong.

Engine and brute force once answered each of these differently.
"""

from nemcon.entries import Completeness
from tests.oracle.build import (
    changes,
    corrects,
    decided,
    expects,
    founders,
    holds,
    joins,
    leaves,
    motion,
    objects,
    on,
    reserves,
    runs,
    selection,
    tally,
)
from tests.oracle.case import CANNOT_TELL, MAJORITY, MET, NO_OBJECTION, NOT_MET, SUPPORT, Case

POSITION, OBJECTION = Completeness("position"), Completeness("objection")
X = [motion(), *founders("x")]
OF_X = [selection(), *founders("x")]
RECORDED = motion(completeness=(POSITION,))
P_WITHDREW = "candidacy/P/withdrawn"
Y_JOINED = "membership/y/accession"

WITH_A_TALLY = [
    # Either nobody backed it, or those did of whom it is said; w, of whom nothing is, may have.
    Case(
        "a count of nobody against all but one",
        [motion(), *founders("wxy"), holds("all", 1, excepted=("w",)), tally(1, 0, of=3)],
        on(1),
        SUPPORT,
        CANNOT_TELL,
        support={"": (0, 3)},
        members={"": ("", "wxy", "")},
    ),
    # Nobody supports at the end of the second, so that what x held is ended; as it objects to
    # nothing it abstains then, say. What it did on the third nobody knows.
    Case(
        "a claim of the same instant does not hold on to what a tally ended",
        [*X, tally(2, 0, of=1), holds("x", 2, "objection", negated=True)],
        on(3),
        SUPPORT,
        CANNOT_TELL,
        support={"": (0, 1)},
        members={"": ("", "x", "")},
    ),
    # All supported on a day after the third, as nobody moves off it without an act, of which the
    # record has them all; for the same reason not both did on the second.
    Case(
        "a tally of a complete record finds only who has moved",
        [
            motion(completeness=(POSITION, OBJECTION)),
            *founders("xy"),
            holds("all", None),
            tally(3, 1, of=2),
        ],
        on(2),
        SUPPORT,
        NOT_MET,
        support={"": (0, 1)},
    ),
    # P and Q are two candidates: the tally ends what x held, if that was support for R.
    Case(
        "a tally frees who was said not to support another",
        [
            selection(),
            *founders("wx"),
            holds("w", 4, candidate="Q", negated=True),
            tally("../4", 1, of=2, candidate="R"),
        ],
        on(5),
        SUPPORT,
        CANNOT_TELL,
        support={"Q": (0, 1), "R": (0, 2)},
        members={"Q": ("", "wx", ""), "R": ("", "wx", "")},
    ),
]

OBJECTIONS = [
    # x no longer objected, of which the record of all objections knows nothing. Drop the one, and
    # nobody is known to object; drop the other, and x does not.
    Case(
        "the end of an objection that a complete record does not have",
        [
            motion(completeness=(OBJECTION,)),
            *founders("x"),
            changes("x", 2, "objection", negated=True),
        ],
        on(5),
        NO_OBJECTION,
        MET,
        support={"": (0, 1)},
    ),
    # Nor can it be after 'none': without that claim, or without both completenesses.
    Case(
        "the end of an objection that a record of everything does not have",
        [
            motion(completeness=(POSITION, OBJECTION)),
            *founders("x"),
            changes("x", 4, "objection", negated=True),
        ],
        on(4),
        SUPPORT,
        CANNOT_TELL,
        support={"": (0, 1)},
    ),
]

OPEN = [
    # x objected on the first, at its end; at some instant before that the decision fell. That x
    # said no more than 'perhaps' at that end tells nothing of what it held before.
    Case(
        "what is open from an instant on says nothing of before",
        [
            motion(completeness=(OBJECTION,)),
            *founders("x"),
            decided(1),
            holds("x", 1, "objection"),
            holds("x", 1, authority="ad-referendum"),
        ],
        on(4),
        NO_OBJECTION,
        MET,
        stages=("decided",),
        carried="not shown to be carried",
    ),
    # Nobody supports from the third on, which is said of before the stance became open.
    Case(
        "a count and an open stance at one instant",
        [RECORDED, *founders("x"), changes("x", 1), holds("x", 3, condition="if"), tally(3, 1)],
        on(3),
        SUPPORT,
        CANNOT_TELL,
    ),
]

ENDS = [
    # At the end of the second x objected, so that no reserve was left to be lifted on the third:
    # it was lifted on the second, and x did not come to support after its objections.
    Case(
        "who objects has no reserve to lift",
        [
            selection(completeness=(POSITION, OBJECTION)),
            *founders("x"),
            reserves("x", 2, "2/3", candidate="P"),
            holds("x", None, "objection", "P"),
            holds("all", 2, "objection", "R"),
        ],
        on(4),
        SUPPORT,
        NOT_MET,
        support={"P": (0, 0), "R": (0, 0)},
    ),
    # x moved to another stance than support by a change of the second, not before.
    Case(
        "a change is at its instant, not before",
        [*X, holds("x", 1), changes("x", 3, "support", negated=True), holds("x", 3, "abstention")],
        on(2),
        SUPPORT,
        MET,
    ),
]

PERIODS = [
    # The record is complete to the day of the decision, of which it is asked.
    Case(
        "complete to the day of the decision",
        [motion(completeness=(Completeness("position", end=on(4)),)), *founders("x"), decided(4)],
        on(5),
        SUPPORT,
        CANNOT_TELL,
        stages=("decided",),
        carried="not carried",
    ),
    Case(
        "complete to the day before the decision, perhaps",
        [
            motion(completeness=(Completeness("position", end=on(4)),)),
            *founders("x"),
            decided("4/5"),
        ],
        on(5),
        SUPPORT,
        CANNOT_TELL,
        stages=("decided",),
        carried="not shown to be carried",
    ),
    Case(
        "a period of doubtful end",
        [motion(completeness=(Completeness("position", end=on("2/4")),)), *founders("x")],
        on(3),
        SUPPORT,
        CANNOT_TELL,
    ),
    Case(
        "a period of doubtful end, before it",
        [motion(completeness=(Completeness("position", end=on("2/4")),)), *founders("x")],
        on(2),
        SUPPORT,
        NOT_MET,
    ),
]

THROUGH_THE_ROLL = [
    # Three of the roll backed it on the first, so that y had joined; by the other it joined on the
    # second. By a record of all positions nobody backed it. Drop either, and see.
    Case(
        "two counts contradict each other through the roll",
        [
            motion(completeness=(POSITION,)),
            *founders("wx"),
            joins("y", "1/3"),
            tally(1, 3, bound="at-least"),
            tally(2, 0, bound="at-least", before=Y_JOINED),
        ],
        on(2),
        SUPPORT,
        CANNOT_TELL,
        support={"": (0, 3)},
    ),
    # The same without completeness: by either count two of the three or more backed it.
    Case(
        "two counts contradict each other through the roll, and the verdict is the same",
        [
            motion(),
            *founders("wx"),
            joins("y", "1/3"),
            tally(1, 3, bound="at-least"),
            tally(2, 2, of=2, before=Y_JOINED),
        ],
        on(2),
        MAJORITY,
        MET,
        support={"": (2, 3)},
    ),
]

EVENTS = [
    # At six on the second x had joined or not yet, and then there was nobody to agree.
    Case(
        "a decision at an instant of the day of an accession that dates a claim",
        [
            motion(),
            joins("x", 2),
            decided("2024-01-02T06:00Z"),
            tally(None, 2, of=2, before="membership/x/accession"),
        ],
        on(5),
        NO_OBJECTION,
        MET,
        conventions={"record": "complete"},
        stages=("decided",),
        carried="not shown to be carried",
    ),
    # x had objected just before the withdrawal, so that it had raised its objection before that;
    # and before any act of a complete record it held nothing.
    Case(
        "nothing happens just before an event, as the last thing",
        [
            *OF_X,
            runs("P", "withdrawn", 3),
            objects("x", None, candidate="Q"),
            holds("x", None, "objection", "Q", before=P_WITHDREW),
        ],
        on("2024-01-01T06:00Z"),
        SUPPORT,
        NOT_MET,
        conventions={"record": "complete"},
        support={"P": (0, 0), "Q": (0, 0)},
    ),
    # Which of the two came last on the third nobody knows, whoever dates a claim by one of them.
    Case(
        "a step that dates a claim, and one at an instant of its day",
        [
            *OF_X,
            runs("P", "nominated", 3),
            runs("P", "withdrawn", "2024-01-03T18:00Z"),
            holds("x", None, candidate="P", before="candidacy/P/nominated"),
        ],
        on(5),
        NO_OBJECTION,
        CANNOT_TELL,
        status={"P": ["running", "withdrawn"]},
    ),
    # x supported P on the first, just before P withdrew: P withdrew on the first.
    Case(
        "a claim dates the withdrawal that it comes before",
        [
            *OF_X,
            runs("P", "withdrawn", "1/2"),
            holds("x", 1, candidate="P", before=P_WITHDREW),
        ],
        on(1),
        SUPPORT,
        NOT_MET,
        status={"P": ["withdrawn"]},
    ),
    # The same, and P was nominated again on the second.
    Case(
        "a claim dates the withdrawal, and so what came last",
        [
            *OF_X,
            runs("P", "nominated", 2),
            runs("P", "withdrawn", "1/2"),
            holds("x", 1, candidate="P", before=P_WITHDREW),
        ],
        on(5),
        SUPPORT,
        MET,
        status={"P": ["running"]},
    ),
    # On the fourth it had not withdrawn, as far as anybody knew.
    Case(
        "an undated withdrawal that was still expected",
        [
            *OF_X,
            runs("P", "withdrawn", None),
            expects(P_WITHDREW, 4),
            holds("all", 1, candidate="P"),
        ],
        on(4),
        SUPPORT,
        MET,
        status={"P": ["running"]},
    ),
    # Told on the first, still expected on the fourth: public on the first or after the fourth.
    Case(
        "a withdrawal that was told and still expected",
        [*OF_X, runs("P", "withdrawn", None, told=on(1)), expects(P_WITHDREW, 4)],
        on(5),
        SUPPORT,
        CANNOT_TELL,
        status={"P": ["running", "withdrawn"]},
    ),
    Case(
        "a decision after a withdrawal of its candidate",
        [
            *OF_X,
            runs("P", "withdrawn", 1),
            decided(None, "P", after=P_WITHDREW),
            holds("x", 1, candidate="P"),
        ],
        on(4),
        SUPPORT,
        NOT_MET,
        carried="not carried",
    ),
    # The decision was on the second at six, and y's accession before it.
    Case(
        "an accession comes before the instant of what came after it",
        [
            motion(),
            joins("x"),
            joins("y", 2),
            holds("x", 1),
            decided("2024-01-02T06:00Z", after=Y_JOINED),
        ],
        on("2024-01-02T07:00Z"),
        SUPPORT,
        CANNOT_TELL,
        of={"": (2, 2)},
        stages=("decided",),
        carried="not shown to be carried",
    ),
    # At six it could not be in: y joined at eighteen, and it came after that.
    Case(
        "a decision is not in before what it came after",
        [
            motion(),
            joins("x"),
            joins("y", "2024-01-02T18:00Z"),
            decided(2, after=Y_JOINED),
        ],
        on("2024-01-02T06:00Z"),
        SUPPORT,
        CANNOT_TELL,
        of={"": (1, 1)},
        stages=("open", "consensus"),
    ),
    # One source puts the accession on the first; one still expected it on the second.
    Case(
        "an accession that was reported and still expected",
        [motion(), joins("x"), joins("y", 1), expects(Y_JOINED, 2), holds("x", 1)],
        on(2),
        SUPPORT,
        CANNOT_TELL,
        of={"": (1, 2)},
    ),
    Case(
        "who comes and goes at one instant is gone",
        [
            motion(),
            joins("x"),
            joins("y", "2024-01-02T06:00Z"),
            leaves("y", "2024-01-02T06:00Z"),
            holds("x", 1),
        ],
        on(3),
        SUPPORT,
        MET,
        of={"": (1, 1)},
    ),
]

WRONG, RIGHT = holds("x", 4, candidate="R"), holds("x", 4, candidate="Q")
RIVALS = [
    # By one of the rivals x backed Q; by the other nobody knows whom, and Q is still a candidate.
    Case(
        "a candidate whom only one of two rivals names",
        [*OF_X, WRONG, RIGHT, corrects(WRONG, RIGHT), corrects(WRONG)],
        on(4),
        SUPPORT,
        CANNOT_TELL,
        support={"Q": (0, 1)},
        members={"Q": ("", "x", "")},
    ),
]

NOBODY = [
    # That all but the only one backed it just before the one joined says nothing, of no day.
    Case(
        "what is said of nobody dates nothing",
        [
            motion(),
            joins("x", "1/2"),
            holds("all", 2, excepted=("x",), before="membership/x/accession"),
        ],
        on(1),
        SUPPORT,
        CANNOT_TELL,
        of={"": (0, 1)},
    ),
    # y had left long ago, and so holds nothing; but the claim is of the second, before x joined.
    Case(
        "what is said of all dates an event, whoever is on the roll",
        [
            motion(),
            joins("x", "1/2"),
            joins("y"),
            leaves("y", "2021-01-01"),
            holds("all", 2, excepted=("x",), before="membership/x/accession"),
        ],
        on(1),
        SUPPORT,
        NOT_MET,
        of={"": (0, 0)},
    ),
    # The only candidate was a mistake. An objection to nobody is one to no candidate there is.
    Case(
        "a complete record of objections, and no candidate",
        [selection(completeness=(OBJECTION,)), *founders("x"), WRONG, corrects(WRONG)],
        on(5),
        NO_OBJECTION,
        CANNOT_TELL,
    ),
]

ROLLS = [
    # y joined after the day whose roll decides.
    Case(
        "the roll of a day before",
        [motion(roll_on=on(2)), joins("x"), joins("y", 3), holds("x", 1)],
        on(4),
        SUPPORT,
        MET,
        of={"": (1, 1)},
        members={"": ("x", "", "")},
    ),
    Case(
        "the roll of a day before, on which somebody may have joined",
        [motion(roll_on=on(2)), joins("x"), joins("y", "2/3"), holds("x", 1)],
        on(4),
        SUPPORT,
        CANNOT_TELL,
        of={"": (1, 2)},
    ),
    # y left after that day, and counts.
    Case(
        "the roll of a day before counts who has left",
        [motion(roll_on=on(2)), joins("x"), joins("y"), leaves("y", 3), holds("all", 1)],
        on(4),
        SUPPORT,
        MET,
        of={"": (2, 2)},
    ),
    # The claim is of the fourth, when y was gone: it says nothing of y, which supported before.
    Case(
        "all who back it are those of the day of the claim, not of the roll that decides",
        [motion(roll_on=on(2)), joins("x"), joins("y"), leaves("y", 3), holds("all", 4)],
        on(4),
        SUPPORT,
        CANNOT_TELL,
        of={"": (2, 2)},
        members={"": ("x", "y", "")},
    ),
    Case(
        "the roll of a day to come",
        [motion(roll_on=on(5)), joins("x"), joins("y", 4), holds("x", 1)],
        on(2),
        SUPPORT,
        CANNOT_TELL,
        of={"": (2, 2)},
    ),
    Case(
        "the roll of another day, for the decision too",
        [motion(roll_on=on(2)), joins("x"), joins("y", 3), holds("x", 1), decided(4)],
        on(4),
        SUPPORT,
        MET,
        stages=("decided",),
        carried="carried",
    ),
]

CASES = [
    *WITH_A_TALLY,
    *OBJECTIONS,
    *OPEN,
    *ENDS,
    *PERIODS,
    *THROUGH_THE_ROLL,
    *EVENTS,
    *RIVALS,
    *NOBODY,
    *ROLLS,
]
