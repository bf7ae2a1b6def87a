"""Quantified claims, tallies and conflicts (ADR 0002, 15-19)."""

from nemcon.entries import Completeness, Count, Membership, Party, Tally
from tests.oracle.build import (
    changes,
    decided,
    founders,
    holds,
    joins,
    leaves,
    motion,
    objects,
    on,
    reserves,
    selection,
    tally,
)
from tests.oracle.case import (
    CANNOT_TELL,
    MAJORITY,
    MET,
    NO_OBJECTION,
    NOT_MET,
    QUALIFIED,
    QUORUM,
    SUPPORT,
    Case,
)

X = [motion(), *founders("x")]
XY = [motion(), *founders("xy")]
XYZ = [motion(), *founders("xyz")]
Y_JOINED = "membership/y/accession"

EVERYBODY = [
    # y joined on 3, after the anchor: never asked.
    Case(
        "all is counted at its anchor, never when asked",
        [motion(), joins("x"), joins("y", 3), holds("all", 2)],
        on(4),
        SUPPORT,
        CANNOT_TELL,
        support={"": (1, 2)},
        members={"": ("x", "y", "")},
    ),
    # z left: what it supported at 1 does not matter any more.
    Case(
        "who left does not count",
        [*XY, joins("z"), leaves("z", 3), holds("xy", 1), holds("z", 1, "objection")],
        on(3),
        SUPPORT,
        MET,
        of={"": (2, 2)},
    ),
    Case(
        "except says nothing about the one excepted",
        [*XY, holds("all", 1, excepted=("y",))],
        on(1),
        SUPPORT,
        CANNOT_TELL,
        support={"": (1, 2)},
    ),
    # All but y at 2, y on its own at 1.
    Case(
        "except and the one excepted",
        [*XY, holds("all", 2, excepted=("y",)), holds("y", 1)],
        on(2),
        SUPPORT,
        MET,
    ),
    # Not on the roll when it said so, on the roll when asked: its word counts.
    Case(
        "a named member's claim counts whether or not it was on the roll",
        [motion(), joins("x", 3), holds("x", 1)],
        on(3),
        SUPPORT,
        MET,
    ),
    # A party that is no member has no say.
    Case(
        "a claim of no member counts nothing",
        [*X, Party(name="q", title="Q"), holds("x", 1), holds("q", 1, "objection")],
        on(1),
        NO_OBJECTION,
        MET,
    ),
    # Every member on the roll at 2: 2 of 2.
    Case(
        "n of n is a claim of each member",
        [*XY, tally(2, 2, of=2)],
        on(3),
        SUPPORT,
        MET,
        support={"": (2, 2)},
    ),
    # 3 of 3 where the roll has 2: left out.
    Case(
        "n of n acts only where the roll has n members",
        [*XY, tally(2, 3, of=3)],
        on(3),
        SUPPORT,
        CANNOT_TELL,
        support={"": (0, 2)},
    ),
    # 2 of 2 at the end of 2: acts only if y had joined by then; on 2 the roll is x, or both with
    # both in support.
    Case(
        "n of n acts only where the roll has n members, in each world",
        [motion(), joins("x"), joins("y", "1/3"), holds("x", 1), tally(2, 2, of=2)],
        on(2),
        SUPPORT,
        MET,
        support={"": (1, 2)},
    ),
    Case(
        "n of n acts only where the roll has n members, a day later",
        [motion(), joins("x"), joins("y", "1/3"), holds("x", 1), tally(2, 2, of=2)],
        on(3),
        SUPPORT,
        CANNOT_TELL,
        support={"": (1, 2)},
        of={"": (2, 2)},
    ),
    # z joined after the two had spoken, and was not one of them.
    Case(
        "n of n is counted at its anchor, never when asked",
        [*XY, joins("z", 3), tally(2, 2, of=2)],
        on(3),
        SUPPORT,
        CANNOT_TELL,
        support={"": (2, 3)},
        members={"": ("xy", "z", "")},
    ),
    # Everybody's objection of 2..4 fits only the end of 3, between x's two words of support.
    Case(
        "a shared date may be neither the earliest nor the latest",
        [*XY, holds("x", 2), holds("x", 4), holds("xy", "2/4", "objection")],
        on(3),
        NO_OBJECTION,
        NOT_MET,
        members={"": ("", "", "xy")},
    ),
    # n of n is dropped atom by atom: y's objection at the same instant leaves x's support.
    Case(
        "the atoms of n of n are dropped one by one",
        [*XY, tally(2, 2, of=2), holds("y", 2, "objection")],
        on(2),
        SUPPORT,
        CANNOT_TELL,
        members={"": ("x", "y", "")},
    ),
]

TALLIES = [
    # One of x and y does not support at 1, whichever.
    Case(
        "exactly: somebody does not",
        [*XY, tally(1, 1, of=2)],
        on(1),
        SUPPORT,
        NOT_MET,
        support={"": (1, 1)},
        members={"": ("", "xy", "")},
    ),
    # Later the other may have come to support.
    Case(
        "exactly: the number does not persist",
        [*XY, tally(1, 1, of=2)],
        on(2),
        SUPPORT,
        CANNOT_TELL,
        support={"": (1, 2)},
    ),
    # x supported at 1; exactly 1 of 2 at 3 is x, or y and then x has stopped.
    Case(
        "exactly may end a stance",
        [*XY, holds("x", 1), tally(3, 1, of=2)],
        on(3),
        SUPPORT,
        NOT_MET,
        members={"": ("", "xy", "")},
    ),
    # In between x may have stopped already, and then come back or not.
    Case(
        "exactly may end a stance at some instant before",
        [*X, holds("x", 1), tally(3, 0, of=1)],
        on(2),
        SUPPORT,
        CANNOT_TELL,
    ),
    # It binds nothing afterwards.
    Case(
        "exactly binds nothing afterwards",
        [*X, holds("x", 1), tally(3, 0, of=1)],
        on(4),
        SUPPORT,
        CANNOT_TELL,
    ),
    # An objection is not ended by "nobody supports".
    Case(
        "exactly leaves other stances alone",
        [*X, holds("x", 1, "objection"), tally(3, 0, of=1)],
        on(4),
        SUPPORT,
        NOT_MET,
    ),
    # At least one of two: the other may or may not.
    Case(
        "at least is a lower bound",
        [*XY, tally(1, 1, of=2, bound="at-least")],
        on(1),
        SUPPORT,
        CANNOT_TELL,
        support={"": (1, 2)},
    ),
    # Those in the set persist: with y's objection from 3 on, at most one.
    Case(
        "at least: those counted persist",
        [*XY, tally(1, 1, of=2, bound="at-least"), objects("y", 3)],
        on(3),
        SUPPORT,
        NOT_MET,
        support={"": (0, 1)},
    ),
    # Both objected at 1; of both "at least 1" may be true of both. (ADR 16: "n members hold it;
    # about the others nothing is said" could also mean a set of exactly n.)
    Case(
        "at least may be more",
        [*XY, holds("xy", 1, "objection"), tally(3, 1, of=2, bound="at-least")],
        on(3),
        SUPPORT,
        CANNOT_TELL,
        support={"": (1, 2)},
    ),
    # Over 0 of 3, at most: nothing bounds it from above; one objection for sure.
    Case(
        "at least against an objection",
        [*XYZ, tally(2, 2, of=3, bound="at-least"), holds("z", 2, "objection")],
        on(2),
        SUPPORT,
        NOT_MET,
        support={"": (2, 2)},
        members={"": ("xy", "", "z")},
    ),
    Case(
        "about bounds nothing",
        [*XY, tally(1, 2, of=2, bound="about")],
        on(1),
        SUPPORT,
        CANNOT_TELL,
        support={"": (0, 2)},
    ),
    # 2 more or less 1: one or two (there are no more).
    Case(
        "about within a tolerance",
        [*XY, tally(1, 2, of=2, bound="about")],
        on(1),
        SUPPORT,
        CANNOT_TELL,
        conventions={"tolerance": 1},
        support={"": (1, 2)},
    ),
    Case(
        "about with no slack is exactly",
        [*XY, tally(1, 1, of=2, bound="about")],
        on(1),
        SUPPORT,
        NOT_MET,
        conventions={"tolerance": 0},
        support={"": (1, 1)},
    ),
    # Two of three, whatever the roll: it is one of three that does not.
    Case(
        "a tally that says of how many acts only there",
        [*XYZ, tally(1, 1, of=2)],
        on(1),
        SUPPORT,
        CANNOT_TELL,
        support={"": (0, 3)},
    ),
    Case(
        "a tally that does not say of how many acts always",
        [*XYZ, tally(1, 1)],
        on(1),
        SUPPORT,
        NOT_MET,
        support={"": (1, 1)},
    ),
    # More supporters than there are members: conflicts with the roll, so it is dropped.
    Case(
        "a tally beyond the roll is dropped",
        [*XY, tally(1, 3)],
        on(1),
        SUPPORT,
        CANNOT_TELL,
        support={"": (0, 2)},
    ),
    # It contradicts the roll alone, and no other report.
    Case(
        "a tally beyond the roll takes no other report with it",
        [*X, holds("x", 1), tally(2, 3)],
        on(2),
        SUPPORT,
        MET,
    ),
    # One number for each stance: two support, one objects.
    Case(
        "one number for each stance",
        [*XYZ, tally(1, {"support": 2, "objection": 1}, of=3)],
        on(1),
        MAJORITY,
        MET,
        support={"": (2, 2)},
    ),
    # One against one; the third voted neither.
    Case(
        "one number for each stance: a tie",
        [*XYZ, tally(1, {"support": 1, "objection": 1}, of=3)],
        on(1),
        MAJORITY,
        NOT_MET,
    ),
    # Nobody objects at 1; what they do is open.
    Case(
        "exactly nobody",
        [*XY, tally(1, {"objection": 0}, of=2)],
        on(1),
        NO_OBJECTION,
        MET,
        support={"": (0, 2)},
    ),
    Case(
        "exactly nobody, a day later",
        [*XY, tally(1, {"objection": 0}, of=2)],
        on(2),
        NO_OBJECTION,
        CANNOT_TELL,
    ),
    # Of the two of class a exactly one; z of class b may or may not.
    Case(
        "a group counts only its members",
        [
            motion(),
            joins("x", **{"class": "a"}),
            joins("y", **{"class": "a"}),
            joins("z", **{"class": "b"}),
            Tally(happened=on(1), counts=(Count("support", 1, "a"),), of=3),
        ],
        on(1),
        SUPPORT,
        NOT_MET,
        support={"": (1, 2)},
    ),
    # Both groups in one tally: both permanent members, and not the other.
    Case(
        "a group may be a mark, and a tally may have two groups",
        [
            motion(),
            joins("x", permanent=True),
            joins("y", permanent=True),
            joins("z", poor=True),
            Tally(
                happened=on(1),
                of=3,
                counts=(Count("support", 2, "permanent"), Count("support", 0, "poor")),
            ),
        ],
        on(1),
        SUPPORT,
        NOT_MET,
        members={"": ("xy", "", "z")},
    ),
    # Two are on the roll at 1, not three; x joined on 2.
    Case(
        "a tally of a group acts only where the roll has m members",
        [
            motion(),
            joins("w", **{"class": "a"}),
            joins("y", **{"class": "a"}),
            joins("x", 2, **{"class": "b"}),
            Tally(happened=on(1), of=3, counts=(Count("support", 2, "a"),)),
        ],
        on(1),
        SUPPORT,
        CANNOT_TELL,
        support={"": (0, 2)},
    ),
    Case(
        "a tally of a group acts only where the roll has m members (at least)",
        [
            motion(),
            joins("w", **{"class": "a"}),
            joins("x", **{"class": "b"}),
            holds("w", 1, "abstention"),
            Tally(happened=on(2), of=3, bound="at-least", counts=(Count("support", 1, "a"),)),
        ],
        on(2),
        SUPPORT,
        NOT_MET,
        support={"": (0, 1)},
        members={"": ("", "x", "w")},
    ),
    # On the roll of 2 on day 1; y joined later.
    Case(
        "a tally just before an accession",
        [
            motion(),
            joins("x"),
            joins("y", 2),
            tally("../2", 1, of=1, before=Y_JOINED),
            holds("y", 1),
        ],
        on(2),
        SUPPORT,
        MET,
    ),
    # x, y or z (exactly 1), then at 3 exactly 2, among them perhaps others.
    Case(
        "a chain of tallies",
        [*XYZ, tally(1, 1, of=3), tally(3, 2, of=3)],
        on(3),
        SUPPORT,
        NOT_MET,
        support={"": (2, 2)},
    ),
    # The one of 1 stays unless it stopped; between 1 and 3 from none to all.
    Case(
        "a chain of tallies, in between",
        [*XYZ, tally(1, 1, of=3), tally(3, 2, of=3)],
        on(2),
        SUPPORT,
        CANNOT_TELL,
        support={"": (0, 3)},
    ),
    # 1 of 2, then 2 of 2.
    Case(
        "a chain that ends in unanimity",
        [*XY, tally(1, 1, of=2), tally(2, 2, of=2)],
        on(2),
        SUPPORT,
        MET,
    ),
    # x objected at 1, and is the one who supports at 4; it moved at some instant in between.
    Case(
        "who is counted moved at some instant since its last claim",
        [
            *XY,
            holds("x", 1, "objection"),
            tally(4, {"support": 1, "objection": 1}, of=2),
            holds("y", 4, "objection"),
        ],
        on(3),
        SUPPORT,
        CANNOT_TELL,
        support={"": (0, 2)},
        members={"": ("", "xy", "")},
    ),
    # Nobody at 1, both at 3, one of each at 4: all can be true.
    Case(
        "a chain of tallies that go together",
        [
            *XY,
            reserves("x", 1),
            tally(1, 0, of=2),
            tally(3, 2, of=2),
            tally(4, {"support": 1, "objection": 1}, of=2),
        ],
        on(1),
        SUPPORT,
        NOT_MET,
        support={"": (0, 0)},
    ),
    # In a complete matter too: x is open before its first holds claim, and none of both supports.
    Case(
        "a chain of tallies: complete, before a first holds claim",
        [
            motion(completeness=(Completeness("position"),)),
            *founders("xy"),
            tally(1, 0, of=2),
            holds("x", "2/4"),
        ],
        on(1),
        SUPPORT,
        NOT_MET,
        support={"": (0, 0)},
    ),
    # The reserve stands at the end of 2: it or the tally of 2 goes. The other tally may be of 3.
    Case(
        "two tallies of n of n and a reserve",
        [*X, tally(2, 1, of=1), tally("2/4", 1, of=1, bound="at-least"), reserves("x", 2)],
        on(4),
        SUPPORT,
        MET,
    ),
    # Before the change to support on 3 it did not support; so the one at 1 is y.
    Case(
        "a tally and a change",
        [*XY, tally(1, 1, of=2), changes("x", 3)],
        on(1),
        SUPPORT,
        NOT_MET,
        members={"": ("y", "", "x")},
    ),
]

RULES = [
    # 2 against 1.
    Case("majority", [*XYZ, holds("xy", 1), holds("z", 1, "objection")], on(1), MAJORITY, MET),
    # 1 against 1, the third unknown.
    Case(
        "majority: the unknown vote decides",
        [*XYZ, holds("x", 1), holds("y", 1, "objection")],
        on(1),
        MAJORITY,
        CANNOT_TELL,
    ),
    # Both abstain: nobody votes.
    Case("majority of nobody", [*XY, holds("xy", 1, "abstention")], on(1), MAJORITY, NOT_MET),
    # Two of three members (67 %) have 3 of 4 (75 %) of the weight.
    Case(
        "qualified majority",
        [
            motion(),
            joins("x", weight=2),
            joins("y", weight=1),
            joins("z", weight=1),
            holds("xy", 1),
            holds("z", 1, "objection"),
        ],
        on(1),
        QUALIFIED,
        MET,
    ),
    # y and z are two of three members, but have 2 of 4 of the weight.
    Case(
        "qualified majority: too little weight",
        [
            motion(),
            joins("x", weight=2),
            joins("y", weight=1),
            joins("z", weight=1),
            holds("yz", 1),
            holds("x", 1, "objection"),
        ],
        on(1),
        QUALIFIED,
        NOT_MET,
    ),
    # The weight changes on 2: y and z have 7 of 8 from then.
    Case(
        "attributes count from their date",
        [
            motion(),
            joins("x", weight=1),
            joins("y", weight=1),
            joins("z", weight=1),
            Membership(member="z", change="attributes", happened=on(2), attributes={"weight": 6}),
            holds("yz", 1),
            holds("x", 1, "objection"),
        ],
        on(2),
        QUALIFIED,
        MET,
    ),
    Case(
        "attributes do not count before",
        [
            motion(),
            joins("x", weight=2),
            joins("y", weight=1),
            joins("z", weight=1),
            Membership(member="z", change="attributes", happened=on(2), attributes={"weight": 6}),
            holds("yz", 1),
            holds("x", 1, "objection"),
        ],
        on(1),
        QUALIFIED,
        NOT_MET,
    ),
    # One of three votes: no quorum.
    Case("no quorum", [*XYZ, holds("x", 1), holds("yz", 1, "abstention")], on(1), QUORUM, NOT_MET),
    Case(
        "quorum and majority",
        [*XYZ, holds("xy", 1), holds("z", 1, "abstention")],
        on(1),
        QUORUM,
        MET,
    ),
]

CONFLICTS = [
    # All support at 2; x reserves at 2: x's atom or the reserve goes. On 2 x may support.
    Case(
        "a report of all and a contrary reserve of the same day",
        [*XYZ, holds("all", 2), reserves("x", 2)],
        on(2),
        SUPPORT,
        CANNOT_TELL,
        members={"": ("yz", "x", "")},
    ),
    # Only the atom of x is in conflict: y and z support in every world.
    Case(
        "only what is in conflict is dropped",
        [*XYZ, holds("all", 2), holds("x", 2, "objection")],
        on(2),
        MAJORITY,
        MET,
        support={"": (2, 3)},
    ),
    # x, y, z named at 1; "exactly 2 of 3" at 1: drop the tally, or one of the three.
    Case(
        "an exact number against named claims",
        [*XYZ, holds("xyz", 1), tally(1, 2, of=3)],
        on(1),
        SUPPORT,
        CANNOT_TELL,
        support={"": (2, 3)},
    ),
    # Named claims of one earlier day do not conflict: one has stopped.
    Case(
        "an exact number against named claims of an earlier day",
        [*XYZ, holds("xyz", 1), tally(2, 2, of=3)],
        on(2),
        SUPPORT,
        NOT_MET,
        support={"": (2, 2)},
    ),
    # Two reports of one day and a third: each atom stands alone against the two others.
    Case(
        "three stances at one instant: three maximal subsets",
        [*X, holds("x", 1), holds("x", 1, "objection"), holds("x", 1, "abstention")],
        on(1),
        NO_OBJECTION,
        CANNOT_TELL,
    ),
    # "Not support" and "support" conflict, "not objection" agrees with both: it stays.
    Case(
        "maximal subsets keep what conflicts with nothing",
        [*X, holds("x", 1), holds("x", 1, negated=True), holds("x", 1, "objection", negated=True)],
        on(1),
        NO_OBJECTION,
        MET,
    ),
    # Nobody has ever acted, yet exactly 1 of 2 is said to support: the completeness goes, or the
    # tally.
    Case(
        "completeness can be dropped",
        [
            motion(completeness=(Completeness("position"),)),
            *founders("xy"),
            tally(2, 1, of=2),
            objects("x", 3),
            objects("y", 4),
        ],
        on(2),
        MAJORITY,
        CANNOT_TELL,
        support={"": (0, 1)},
    ),
    # A tally is a claim that says so: one of two objects. (Rule 10 of the semantics, "in a complete
    # matter it adds no stance", is read for positions only.)
    Case(
        "complete objections and a tally of objections",
        [
            motion(completeness=(Completeness("objection"),)),
            *founders("xy"),
            tally(2, {"objection": 1}, of=2),
        ],
        on(2),
        NO_OBJECTION,
        NOT_MET,
    ),
    # Consistency is judged over all dates: objection in 1..2 and support at the end of 2 stand
    # together if the objection was on 1, or earlier on 2. None is dropped.
    Case(
        "consistent if any choice of dates is",
        [*X, changes("x", "1/2", "objection"), holds("x", 2)],
        on(2),
        SUPPORT,
        MET,
    ),
    # Not all sets fit: with P by all and Q by x, either x's atom or Q's goes.
    Case(
        "a conflict of one member between two candidates",
        [
            selection(),
            *founders("xy"),
            holds("all", 1, candidate="P"),
            holds("x", 1, candidate="Q"),
        ],
        on(1),
        SUPPORT,
        CANNOT_TELL,
        support={"P": (1, 2), "Q": (0, 1)},
        members={"P": ("y", "x", ""), "Q": ("", "x", "y")},
    ),
    # A decision says nothing about stances.
    Case(
        "a decision is no evidence",
        [*X, decided(1)],
        on(2),
        SUPPORT,
        CANNOT_TELL,
        stages=("decided",),
        carried="not shown to be carried",
    ),
]

CASES = [*EVERYBODY, *TALLIES, *RULES, *CONFLICTS]
