"""Stances: persistence, changes, acts, negation, modality, completeness (ADR 0002, 9-17)."""

from nemcon.entries import Completeness, Decision, Objection
from tests.oracle.build import (
    changes,
    decided,
    founders,
    holds,
    joins,
    motion,
    objects,
    on,
    reserves,
    runs,
    selection,
    tally,
)
from tests.oracle.case import (
    CANNOT_TELL,
    MAJORITY,
    MET,
    NO_OBJECTION,
    NOT_MET,
    SUPPORT,
    Case,
)

X = [motion(), *founders("x")]
XY = [motion(), *founders("xy")]
COMPLETE = (Completeness("position"),)
NO_OTHER_OBJECTIONS = (Completeness("objection"),)

PERSISTENCE = [
    # Nothing is said of x.
    Case(
        "nothing known: any stance",
        X,
        on(1),
        SUPPORT,
        CANNOT_TELL,
        support={"": (0, 1)},
        members={"": ("", "x", "")},
    ),
    # Nor of an objection, in a reported matter.
    Case("nothing known: perhaps an objection", X, on(1), NO_OBJECTION, CANNOT_TELL),
    Case(
        "a stance persists", [*X, holds("x", 1)], on(5), SUPPORT, MET, members={"": ("x", "", "")}
    ),
    # Support at 1, objection at 4: it moved at some instant in between.
    Case(
        "between two differing claims it moved at some instant (still before)",
        [*X, holds("x", 1), holds("x", 4, "objection")],
        on(1),
        SUPPORT,
        MET,
    ),
    Case(
        "between two differing claims it moved at some instant",
        [*X, holds("x", 1), holds("x", 4, "objection")],
        on(3),
        SUPPORT,
        CANNOT_TELL,
    ),
    Case(
        "between two differing claims it moved at some instant (done)",
        [*X, holds("x", 1), holds("x", 4, "objection")],
        on(4),
        SUPPORT,
        NOT_MET,
    ),
    # A change on 4 dates the move itself.
    Case(
        "until a change the stance persists",
        [*X, holds("x", 1), changes("x", 4, "objection")],
        on(3),
        SUPPORT,
        MET,
    ),
    # It only moves into the stance that comes: never an objection in between.
    Case(
        "between two claims there is no third stance",
        [*X, holds("x", 1), holds("x", 4, "abstention")],
        on(3),
        NO_OBJECTION,
        MET,
    ),
    # Any stance in between: "not support" may be an objection.
    Case(
        "a move into a set: any stance of it",
        [*X, holds("x", 1), holds("x", 4, negated=True), holds("x", 5, "abstention")],
        on(4),
        NO_OBJECTION,
        CANNOT_TELL,
    ),
    # It objected, so "did not support" changes nothing.
    Case(
        "a stance that is in the set already stays as it is",
        [*X, holds("x", 1, "objection"), holds("x", 3, negated=True)],
        on(3),
        NO_OBJECTION,
        NOT_MET,
    ),
    # The claim on 2 that it still supported bounds the move.
    Case(
        "it moved after its last claim",
        [*X, holds("x", 1), holds("x", 2), holds("x", 4, "objection")],
        on(2),
        SUPPORT,
        MET,
    ),
    # On 2 it "did not object", which leaves its support; the move to abstention is later.
    Case(
        "a claim that changes nothing is still the last claim",
        [*X, holds("x", 1), holds("x", 3, "objection", negated=True), holds("x", 5, "abstention")],
        on(2),
        SUPPORT,
        MET,
    ),
    # One unknown stance until the change on 4, so no support on 1..3 (rule 13).
    Case(
        "an unknown stance before a change is not the new one",
        [*X, changes("x", 4)],
        on(1),
        SUPPORT,
        NOT_MET,
    ),
    # Support on 3 is not yet support at 2: it may have moved in between.
    Case(
        "an unknown stance before a holds claim may be any",
        [*X, holds("x", 3)],
        on(2),
        SUPPORT,
        CANNOT_TELL,
    ),
]

CHANGES = [
    # Supports at 1; cannot change to support at 3 with nothing in between. {1} or {change at 3}:
    # on 2 support, or not support.
    Case(
        "a change needs another stance just before",
        [*X, holds("x", 1), changes("x", 3)],
        on(2),
        SUPPORT,
        CANNOT_TELL,
    ),
    # On 3 both subsets have support.
    Case(
        "a change needs another stance just before: both ways it supports",
        [*X, holds("x", 1), changes("x", 3)],
        on(3),
        SUPPORT,
        MET,
    ),
    # With the objection at 2 in between all three stand together.
    Case(
        "consistency is not closed under removal",
        [*X, holds("x", 1), holds("x", 2, "objection"), changes("x", 3)],
        on(2),
        SUPPORT,
        NOT_MET,
    ),
    # The 17th or the 18th: one change, two dates that conflict.
    Case(
        "two changes to one stance conflict in date (first date)",
        [*X, changes("x", 2), changes("x", 3)],
        on(2),
        SUPPORT,
        CANNOT_TELL,
    ),
    Case(
        "two changes to one stance conflict in date (last date)",
        [*X, changes("x", 2), changes("x", 3)],
        on(3),
        SUPPORT,
        MET,
    ),
    # 1..2 and 2..3 share an instant of 2: one change, on 2, and none dropped.
    Case(
        "two changes to one stance may be one",
        [*X, changes("x", "1/2"), changes("x", "2/3")],
        on(1),
        SUPPORT,
        NOT_MET,
    ),
    Case(
        "two changes to one stance may be one (that day)",
        [*X, changes("x", "1/2"), changes("x", "2/3")],
        on(2),
        SUPPORT,
        MET,
    ),
]

ACTS = [
    Case(
        "an objection stands until it ends",
        [*X, objects("x", 1)],
        on(3),
        NO_OBJECTION,
        NOT_MET,
        members={"": ("", "", "x")},
    ),
    Case(
        "an objection stands until it ends: then any other stance",
        [*X, objects("x", 1, ended=3)],
        on(3),
        NO_OBJECTION,
        MET,
        support={"": (0, 1)},
    ),
    # It changes on 1, so x did not object before.
    Case("an objection begins on its day", [*X, objects("x", 2)], on(1), NO_OBJECTION, MET),
    # On one of the days 1..3 it was raised.
    Case(
        "an objection of an uncertain day",
        [*X, objects("x", "1/3")],
        on(2),
        NO_OBJECTION,
        CANNOT_TELL,
    ),
    # Both at the end of 2: either may be dropped.
    Case(
        "a day-dated objection stands against a report of that day",
        [*XY, holds("all", 2), objects("x", 2)],
        on(2),
        SUPPORT,
        CANNOT_TELL,
        members={"": ("y", "x", "")},
    ),
    # An objection of 1 or 2 may be over by the end of 2: no conflict with support then.
    Case(
        "an objection of a range of days need not last to the end of its day",
        [*XY, holds("all", 2), objects("x", "1/2")],
        on(2),
        SUPPORT,
        MET,
    ),
    # Ended on some day from its raising (1) to when that was known (3).
    Case(
        "an end without a date: up to when it was known",
        [*X, Objection(member="x", happened=on(1), end="withdrawn", known=on(3))],
        on(2),
        NO_OBJECTION,
        CANNOT_TELL,
    ),
    Case(
        "an end without a date: over when it was known",
        [*X, Objection(member="x", happened=on(1), end="withdrawn", known=on(3))],
        on(3),
        NO_OBJECTION,
        MET,
    ),
    # It may have ended by the end of 2, and it did.
    Case(
        "an objection raised and withdrawn on one day",
        [*X, objects("x", 2, ended=2)],
        on(2),
        NO_OBJECTION,
        MET,
    ),
    # Ended on 2 or 3: at the end of 2 it may stand still.
    Case(
        "an objection raised on one day and withdrawn on that or the next",
        [*X, objects("x", 2, ended="2/3")],
        on(2),
        NO_OBJECTION,
        CANNOT_TELL,
    ),
    # Raised in 1..3 and ended in 2..4, in this order: over by the end of 4.
    Case(
        "an objection ends after it was raised",
        [*X, objects("x", "1/3", ended="2/4")],
        on(4),
        NO_OBJECTION,
        MET,
    ),
    Case(
        "an objection that was not admitted is no claim",
        [*X, holds("x", 1), objects("x", 2, admitted=False)],
        on(2),
        SUPPORT,
        MET,
    ),
    Case(
        "an unlifted reserve is a stance other than support",
        [*X, holds("x", 1), reserves("x", 2)],
        on(2),
        SUPPORT,
        NOT_MET,
    ),
    Case(
        "before the reserve the support persisted",
        [*X, holds("x", 1), reserves("x", 2)],
        on(1),
        SUPPORT,
        MET,
    ),
    # A reserve is no objection.
    Case(
        "a reserve is not an objection",
        [*X, holds("x", 1), reserves("x", 2)],
        on(2),
        NO_OBJECTION,
        MET,
    ),
    # Lifted: any other stance, perhaps support again.
    Case(
        "a lifted reserve does not bring the support back",
        [*X, holds("x", 1), reserves("x", 2, lifted=3)],
        on(3),
        SUPPORT,
        CANNOT_TELL,
    ),
]

NEGATION = [
    Case("did not support", [*X, holds("x", 1, negated=True)], on(1), SUPPORT, NOT_MET),
    # No member objects at the end of 3: ends the objection of 1 at some instant between.
    Case(
        "no member objects: ends earlier objections",
        [*XY, objects("x", 1), holds("all", 3, "objection", negated=True)],
        on(3),
        NO_OBJECTION,
        MET,
    ),
    Case(
        "no member objects: at some instant since",
        [*XY, objects("x", 1), holds("all", 3, "objection", negated=True)],
        on(2),
        NO_OBJECTION,
        CANNOT_TELL,
    ),
    Case(
        "no member objects: until an objection",
        [*XY, holds("all", 1, "objection", negated=True), objects("y", 3)],
        on(3),
        NO_OBJECTION,
        NOT_MET,
    ),
    Case(
        "no member objects: persists",
        [*XY, holds("all", 1, "objection", negated=True), objects("y", 3)],
        on(2),
        NO_OBJECTION,
        MET,
    ),
    # It is no support.
    Case(
        "not objecting is not supporting",
        [*XY, holds("all", 1, "objection", negated=True)],
        on(1),
        SUPPORT,
        CANNOT_TELL,
    ),
    # Objects to whoever runs.
    Case(
        "an objection without a candidate is to every candidate",
        [
            selection(),
            *founders("x"),
            runs("P", "declared", 1),
            objects("x", 2),
            runs("Q", "declared", 1),
        ],
        on(2),
        NO_OBJECTION,
        NOT_MET,
    ),
    # To P alone; Q is met.
    Case(
        "an objection to one candidate is to no other",
        [
            selection(),
            *founders("x"),
            objects("x", 2, candidate="P"),
            runs("Q", "declared", 1),
        ],
        on(2),
        NO_OBJECTION,
        MET,
    ),
    # One stance at a time: supporting Q on 3 it no longer supports P.
    Case(
        "a member supports one candidate at a time",
        [
            selection(),
            *founders("xy"),
            holds("all", 1, candidate="P"),
            holds("x", 3, candidate="Q"),
        ],
        on(3),
        SUPPORT,
        NOT_MET,
        support={"P": (1, 1), "Q": (1, 1)},
    ),
]

MODALITY = [
    # Will support: no support, unless intent counts.
    Case(
        "intent does not count",
        [*X, holds("x", 2, modality="planned")],
        on(2),
        SUPPORT,
        CANNOT_TELL,
    ),
    Case(
        "intent counts under its convention, from when it was said",
        [*X, holds("x", 2, modality="planned")],
        on(3),
        SUPPORT,
        MET,
        conventions={"intent": True},
    ),
    Case(
        "intent ignored leaves the earlier stance",
        [*X, holds("x", 1, "objection"), holds("x", 2, modality="planned")],
        on(3),
        SUPPORT,
        NOT_MET,
    ),
    # Denied that it supports.
    Case(
        "a denial is the negated stance",
        [*X, holds("x", 1, modality="denied")],
        on(1),
        SUPPORT,
        NOT_MET,
    ),
    # Denied that it does not support.
    Case(
        "a denial of the negated stance",
        [*X, holds("x", 1, modality="denied", negated=True)],
        on(1),
        SUPPORT,
        MET,
    ),
    Case(
        "conditional support is open",
        [*X, holds("x", 1, condition="if paid")],
        on(2),
        SUPPORT,
        CANNOT_TELL,
    ),
    # The earlier objection does not persist; it may be the stance or not.
    Case(
        "conditional support: the earlier stance does not persist",
        [*X, holds("x", 1, "objection"), holds("x", 2, condition="if paid")],
        on(2),
        NO_OBJECTION,
        CANNOT_TELL,
    ),
    Case(
        "conditional support: the earlier stance persists until then",
        [*X, holds("x", 1), holds("x", 3, condition="if paid")],
        on(2),
        SUPPORT,
        MET,
    ),
    Case(
        "conditional support holds once the condition is met",
        [*X, holds("x", 1, condition="if paid", condition_met=on(3))],
        on(3),
        SUPPORT,
        MET,
    ),
    Case(
        "conditional support is open until the condition is met",
        [*X, holds("x", 1, condition="if paid", condition_met=on(3))],
        on(2),
        SUPPORT,
        CANNOT_TELL,
    ),
    Case(
        "the modality alone makes it conditional",
        [*X, holds("x", 1, modality="conditional")],
        on(1),
        SUPPORT,
        CANNOT_TELL,
    ),
    Case(
        "ad referendum is open",
        [*X, holds("x", 1, authority="ad-referendum")],
        on(2),
        SUPPORT,
        CANNOT_TELL,
    ),
    Case(
        "ad referendum holds once confirmed",
        [*X, holds("x", 1, authority="ad-referendum", confirmed=on(3))],
        on(3),
        SUPPORT,
        MET,
    ),
    # Both at the end of 2: x is heard to object, and is open from then: cannot tell.
    Case(
        "open at the same instant as another claim",
        [*X, holds("x", 2, "objection"), holds("x", 2, condition="if paid")],
        on(2),
        NO_OBJECTION,
        CANNOT_TELL,
    ),
    # Open at 1; one stance until the change to support at 3, so not support at 2 (rule 13).
    Case(
        "an open stance before a change is not the new one",
        [*X, holds("x", 1, condition="if paid"), changes("x", 3)],
        on(2),
        SUPPORT,
        NOT_MET,
    ),
    # Some eastern members: nobody knows who.
    Case(
        "an unnamed group is never expanded",
        [*XY, holds("", 1, "objection", group="some eastern members"), holds("all", 2)],
        on(2),
        SUPPORT,
        MET,
    ),
    Case(
        "of an open list only those named",
        [*XY, holds("x", 1, including=True)],
        on(1),
        SUPPORT,
        CANNOT_TELL,
        members={"": ("x", "y", "")},
    ),
]

COMPLETENESS = [
    # No claim of y: none.
    Case(
        "complete: a member with no claim has none",
        [motion(completeness=COMPLETE), *founders("xy"), changes("x", 1)],
        on(1),
        SUPPORT,
        NOT_MET,
        support={"": (1, 1)},
    ),
    Case(
        "complete: none before the first change",
        [motion(completeness=COMPLETE), *founders("x"), changes("x", 3)],
        on(2),
        NO_OBJECTION,
        MET,
    ),
    # The record lacks an act: x may have objected before.
    Case(
        "complete: open before a first holds claim",
        [motion(completeness=COMPLETE), *founders("x"), holds("x", 3)],
        on(2),
        NO_OBJECTION,
        CANNOT_TELL,
    ),
    Case(
        "complete: an objection is a change",
        [motion(completeness=COMPLETE), *founders("x"), objects("x", 3)],
        on(2),
        SUPPORT,
        NOT_MET,
    ),
    # y joined after "all"; silent, so none.
    Case(
        "complete: who joins later is silent",
        [motion(completeness=COMPLETE), joins("x"), joins("y", 3), holds("all", 2)],
        on(3),
        SUPPORT,
        NOT_MET,
        support={"": (1, 1)},
        of={"": (2, 2)},
    ),
    Case(
        "reported: who joins later may support",
        [motion(), joins("x"), joins("y", 3), holds("all", 2)],
        on(3),
        SUPPORT,
        CANNOT_TELL,
        support={"": (1, 2)},
    ),
    Case(
        "the convention adds completeness",
        XY,
        on(1),
        SUPPORT,
        NOT_MET,
        conventions={"record": "complete"},
        support={"": (0, 0)},
    ),
    Case(
        "the convention removes completeness",
        [motion(completeness=COMPLETE), *founders("x")],
        on(1),
        SUPPORT,
        CANNOT_TELL,
        conventions={"record": "reported"},
    ),
    # It ended on 2; on 3 x may support.
    Case(
        "completeness applies within its period",
        [motion(completeness=(Completeness("position", end=on(2)),)), *founders("x")],
        on(2),
        SUPPORT,
        NOT_MET,
    ),
    Case(
        "completeness does not apply after its period",
        [motion(completeness=(Completeness("position", end=on(2)),)), *founders("x")],
        on(3),
        SUPPORT,
        CANNOT_TELL,
    ),
    Case(
        "completeness does not apply before its period",
        [motion(completeness=(Completeness("position", start=on(2)),)), *founders("x")],
        on(1),
        SUPPORT,
        CANNOT_TELL,
    ),
    # Nobody objected for certain; whether anybody supports is another matter.
    Case(
        "complete objections: nobody objects",
        [motion(completeness=NO_OTHER_OBJECTIONS), *founders("xy")],
        on(1),
        NO_OBJECTION,
        MET,
        support={"": (0, 2)},
    ),
    Case(
        "complete objections: until a claim says so",
        [motion(completeness=NO_OTHER_OBJECTIONS), *founders("xy"), objects("y", 2)],
        on(2),
        NO_OBJECTION,
        NOT_MET,
    ),
    # "Did not support" on 2 is no word of an objection.
    Case(
        "complete objections: not supporting is not objecting",
        [motion(completeness=NO_OTHER_OBJECTIONS), *founders("x"), holds("x", 2, negated=True)],
        on(2),
        NO_OBJECTION,
        MET,
    ),
    # Conditional support is open, but no word of an objection.
    Case(
        "complete objections: open is not objecting",
        [
            motion(completeness=NO_OTHER_OBJECTIONS),
            *founders("x"),
            holds("x", 2, condition="if paid"),
        ],
        on(2),
        NO_OBJECTION,
        MET,
        support={"": (0, 1)},
    ),
    # It objected at the end of 3, and may have begun to at any time before: the record lacks the
    # act. (ADR 17, "no objection unless a claim says that it is", could also mean none on 2.)
    Case(
        "complete objections: when a claim says so it may have begun before",
        [motion(completeness=NO_OTHER_OBJECTIONS), *founders("x"), holds("x", 3, "objection")],
        on(2),
        NO_OBJECTION,
        CANNOT_TELL,
    ),
    # After its objection: any other stance.
    Case(
        "complete objections: an ended objection is over",
        [motion(completeness=NO_OTHER_OBJECTIONS), *founders("x"), objects("x", 1, ended=3)],
        on(3),
        NO_OBJECTION,
        MET,
    ),
    # y and z have none, the tally says that one of them supports: one of the claims goes.
    Case(
        "complete: an aggregate adds no stance, it conflicts",
        [motion(completeness=COMPLETE), *founders("xyz"), changes("x", 1), tally(2, 2, of=3)],
        on(2),
        MAJORITY,
        MET,
        support={"": (1, 2)},
    ),
    # All of them is a claim of each, in a complete matter too.
    Case(
        "complete: n of n is a claim of each",
        [motion(completeness=COMPLETE), *founders("xy"), changes("x", 1), tally(2, 2, of=2)],
        on(2),
        SUPPORT,
        MET,
    ),
    # Open before that first claim of y.
    Case(
        "complete: n of n is a claim of each, open before",
        [motion(completeness=COMPLETE), *founders("xy"), changes("x", 1), tally(3, 2, of=2)],
        on(2),
        SUPPORT,
        CANNOT_TELL,
        members={"": ("x", "y", "")},
    ),
    # It agrees: one of two.
    Case(
        "complete: an aggregate that agrees",
        [motion(completeness=COMPLETE), *founders("xy"), changes("x", 1), tally(2, 1, of=2)],
        on(2),
        SUPPORT,
        NOT_MET,
        support={"": (1, 1)},
    ),
    # The decision is no act of anybody.
    Case(
        "complete: a decision is no evidence of any stance",
        [motion(completeness=COMPLETE), *founders("x"), decided(1)],
        on(2),
        SUPPORT,
        NOT_MET,
        stages=("decided",),
        carried="not carried",
    ),
    # One says that P was chosen, another Q; all support P.
    Case(
        "two reports of one decision name different candidates",
        [
            selection(),
            *founders("x"),
            holds("x", 1, candidate="P"),
            decided(2, "P"),
            decided(2, "Q"),
        ],
        on(3),
        SUPPORT,
        MET,
        stages=("decided",),
        carried="not shown to be carried",
    ),
    Case(
        "nobody of those who are said to be chosen is supported",
        [
            selection(),
            *founders("x"),
            holds("x", 1, candidate="R"),
            decided(2, "P"),
            decided(2, "Q"),
        ],
        on(3),
        SUPPORT,
        MET,
        carried="not carried",
    ),
    Case(
        "one says that it was adopted, another that it was rejected",
        [
            *(motion(), *founders("x"), holds("x", 1), decided(2)),
            Decision(happened=on(2), result="rejected"),
        ],
        on(3),
        SUPPORT,
        MET,
        stages=("decided",),
        carried="not shown to be carried",
    ),
    # x supports and y has none: one against nobody.
    Case(
        "complete: the majority of those voting",
        [motion(completeness=COMPLETE), *founders("xyz"), changes("x", 1)],
        on(2),
        MAJORITY,
        MET,
    ),
]

CASES = [*PERSISTENCE, *CHANGES, *ACTS, *NEGATION, *MODALITY, *COMPLETENESS]
