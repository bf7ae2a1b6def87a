"""Records on which engine and brute force once differed, found among random ones and cut down."""

from nemcon.entries import Completeness, Count, Draft, Membership, Objection, Tally
from nemcon.when import When
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

POSITION = Completeness("position")
X = [motion(), *founders("x")]

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

E_OF_THE_FIRST = Draft(name="e", matter="m", happened=on(1))

DRAFTS = [
    # What is said of a text that is not before the body yet is not said of what is.
    Case(
        "who backed the first draft has not backed the second",
        [
            *(motion(), *founders("xy")),
            Draft(name="d", matter="m", happened=on(1)),
            Draft(name="e", matter="m", happened=on(2)),
            holds("x", 1, draft="d"),
            holds("y", 3, draft="e"),
        ],
        on(3),
        SUPPORT,
        CANNOT_TELL,
        support={"": (1, 2)},
    ),
    Case(
        "a draft that has not begun",
        [*X, Draft(name="d", matter="m", happened=on(4)), holds("x", 1, draft="d")],
        on(3),
        SUPPORT,
        CANNOT_TELL,
        support={"": (0, 1)},
    ),
    Case(
        "a draft begins on its first possible day",
        [*X, Draft(name="d", matter="m", happened=on("2/4")), holds("x", 1, draft="d")],
        on(2),
        SUPPORT,
        MET,
    ),
    Case(
        "either of two drafts of one day may be the last, and one alone is backed",
        [*X, Draft(name="d", matter="m", happened=on(1)), E_OF_THE_FIRST, holds("x", 1, draft="d")],
        on(2),
        SUPPORT,
        CANNOT_TELL,
        support={"": (0, 1)},
    ),
    Case(
        "either of two drafts of one day may be the last, and both are backed",
        [
            *X,
            Draft(name="d", matter="m", happened=on(1)),
            E_OF_THE_FIRST,
            holds("x", 1, draft="d"),
            holds("x", 1, draft="e"),
        ],
        on(2),
        SUPPORT,
        MET,
    ),
    # At noon the objection to the first draft stands; the second has none yet.
    Case(
        "a draft that begins at a later instant of the day",
        [
            motion(completeness=(POSITION,)),
            *founders("x"),
            Draft(name="d", matter="m", happened=on(1)),
            Draft(name="e", matter="m", happened=on("2024-01-03T18:00Z")),
            objects("x", 2, draft="d"),
        ],
        on("2024-01-03T12:00Z"),
        NO_OBJECTION,
        NOT_MET,
    ),
    Case(
        "a draft may begin later than the day asked about, and what went before counts",
        [
            motion(completeness=(POSITION,)),
            *founders("x"),
            Draft(name="d", matter="m", happened=on(1)),
            Draft(name="e", matter="m", happened=on("3/5")),
            objects("x", 2, draft="d"),
        ],
        on(3),
        NO_OBJECTION,
        CANNOT_TELL,
    ),
    # Nobody knows of any stance towards e; d was decided.
    Case(
        "a draft that begins after the decision takes nothing from it",
        [
            *X,
            Draft(name="d", matter="m", happened=on(1)),
            Draft(name="e", matter="m", happened=on(4)),
            holds("x", 2, draft="d"),
            decided(3),
        ],
        on(5),
        SUPPORT,
        CANNOT_TELL,
        stages=("decided",),
        carried="carried",
    ),
    Case(
        "a decision names the draft that it was about",
        [
            *X,
            Draft(name="d", matter="m", happened=on(1)),
            Draft(name="e", matter="m", happened=on(3)),
            holds("x", 2, draft="e"),
            decided(3, draft="e"),
        ],
        on(5),
        SUPPORT,
        MET,
        carried="carried",
    ),
    Case(
        "a draft of the day of the decision, which does not name it",
        [
            *X,
            Draft(name="d", matter="m", happened=on(1)),
            Draft(name="e", matter="m", happened=on(3)),
            holds("x", 2, draft="e"),
            decided(3),
        ],
        on(5),
        SUPPORT,
        MET,
        carried="not shown to be carried",
    ),
    # e was put forward after d, of the second or later.
    Case(
        "a draft begins after what it carries over from",
        [
            *X,
            Draft(name="d", matter="m", happened=on("2/4")),
            Draft(name="e", matter="m", happened=on("1/4"), carries_over="d"),
            Draft(name="f", matter="m", happened=on(1)),
            holds("x", 1, draft="e"),
            holds("x", 1, draft="f"),
        ],
        on(1),
        SUPPORT,
        MET,
    ),
    # Once d has begun, so has e, of which nobody says when; before d has, neither.
    Case(
        "a draft without a date is there with what it carries over from",
        [
            *X,
            Draft(name="d", matter="m", happened=on("2/3")),
            Draft(name="e", matter="m", carries_over="d"),
            holds("x", 1, draft="e"),
        ],
        on(2),
        SUPPORT,
        MET,
    ),
    # e is before d by its date, though it carries over from it: when the decision is taken on that
    # day, d may not have begun, nor f, which has no date of its own.
    Case(
        "a draft that carries over from a later one says nothing of when that began",
        [
            *(motion(), *founders("x"), decided(4)),
            Draft(name="d", matter="m", happened=on(4)),
            Draft(name="e", matter="m", happened=on("2024-01-02T06:00Z"), carries_over="d"),
            Draft(name="f", matter="m", carries_over="d"),
            holds("x", 1, draft="d"),
            holds("x", 3, "none", draft="f"),
        ],
        on(5),
        SUPPORT,
        NOT_MET,
        carried="not shown to be carried",
    ),
    # By what carries over d is after f, by the dates before it: any may be the last.
    Case(
        "drafts whose dates contradict what carries over from what",
        [
            *X,
            Draft(name="d", matter="m", happened=on(1), carries_over="e"),
            Draft(name="e", matter="m", carries_over="f"),
            Draft(name="f", matter="m", happened=on(4)),
            holds("x", 2, draft="d"),
        ],
        on(5),
        SUPPORT,
        CANNOT_TELL,
        support={"": (0, 1)},
    ),
    Case(
        "who was put forward in an earlier draft is a candidate still",
        [
            selection(),
            *founders("x"),
            Draft(name="d", matter="m", happened=on(1)),
            Draft(name="e", matter="m", happened=on(2)),
            holds("x", 1, candidate="P", draft="d"),
        ],
        on(3),
        SUPPORT,
        CANNOT_TELL,
        support={"P": (0, 1)},
    ),
]

ACTS = [
    # It objected from the first; by the end of the third it did not.
    Case(
        "a denied objection ends an earlier one",
        [*X, objects("x", 1), objects("x", 3, modality="denied")],
        on(3),
        NO_OBJECTION,
        MET,
    ),
    Case(
        "a denied objection says no more than that",
        [*X, objects("x", 2, modality="denied")],
        on(2),
        SUPPORT,
        CANNOT_TELL,
    ),
    Case(
        "an objection on a condition leaves the stance open",
        [*X, holds("x", 1), objects("x", 2, modality="conditional")],
        on(3),
        SUPPORT,
        CANNOT_TELL,
        members={"": ("", "x", "")},
    ),
    Case(
        "a reserve on a condition leaves the stance open",
        [*X, holds("x", 1), reserves("x", 2, modality="conditional")],
        on(3),
        SUPPORT,
        CANNOT_TELL,
    ),
    Case(
        "an objection that is only intended",
        [*X, holds("x", 1), objects("x", 2, modality="planned")],
        on(3),
        SUPPORT,
        MET,
    ),
    Case(
        "an objection that is only intended, and intents count",
        [*X, holds("x", 1), objects("x", 2, modality="planned")],
        on(3),
        SUPPORT,
        NOT_MET,
        conventions={"intent": True},
    ),
    Case(
        "a tally of intents, and intents count",
        [*X, *founders("y"), tally(1, 2, of=2, modality="planned")],
        on(3),
        SUPPORT,
        MET,
        conventions={"intent": True},
    ),
]

WAITING = [
    Case(
        "a condition met before the stance was taken: not yet taken",
        [*X, holds("x", 3, condition="c", condition_met=on(1))],
        on(2),
        SUPPORT,
        CANNOT_TELL,
    ),
    Case(
        "a condition met before the stance was taken: taken without one",
        [*X, holds("x", 3, condition="c", condition_met=on(1))],
        on(3),
        SUPPORT,
        MET,
    ),
    Case(
        "a condition met on the day on which the stance was taken",
        [*X, changes("x", 3, condition="c", condition_met=on(3))],
        on(3),
        SUPPORT,
        MET,
    ),
    Case(
        "a condition met after the member objected brings nothing back",
        [
            *X,
            holds("x", 1, condition="c", condition_met=on(4)),
            holds("x", 2, "objection"),
        ],
        on(5),
        SUPPORT,
        NOT_MET,
    ),
    Case(
        "a condition met after the member supported without it",
        [*X, holds("x", 1, condition="c", condition_met=on(4)), holds("x", 2)],
        on(5),
        SUPPORT,
        MET,
    ),
    Case(
        "conditional and ad referendum, of which only the condition is met",
        [*X, holds("x", 1, condition="c", condition_met=on(2), authority="ad-referendum")],
        on(4),
        SUPPORT,
        CANNOT_TELL,
    ),
    Case(
        "conditional and ad referendum, from when both are met",
        [
            *X,
            holds(
                *("x", 1),
                condition="c",
                condition_met=on(4),
                authority="ad-referendum",
                confirmed=on(2),
            ),
        ],
        on(3),
        SUPPORT,
        CANNOT_TELL,
    ),
    Case(
        "conditional and ad referendum, when both are met",
        [
            *X,
            holds(
                *("x", 1),
                condition="c",
                condition_met=on(4),
                authority="ad-referendum",
                confirmed=on(2),
            ),
        ],
        on(4),
        SUPPORT,
        MET,
    ),
]

NOMINEES = [
    # While Q runs, the support of y for P does not count; what y said of itself stands.
    Case(
        "nominee: what a member said of another stands when its own candidate has left",
        [
            selection(),
            *founders("xy"),
            runs("Q", "declared", 1, by="y"),
            runs("Q", "withdrawn", 3),
            holds("xy", 2, candidate="P"),
        ],
        on(4),
        SUPPORT,
        MET,
        conventions={"nominee": True},
    ),
    Case(
        "nominee: support for another does not count while the own candidate runs",
        [
            selection(),
            *founders("xy"),
            runs("Q", "declared", 1, by="y"),
            holds("xy", 2, candidate="P"),
        ],
        on(4),
        SUPPORT,
        NOT_MET,
        conventions={"nominee": True},
        support={"P": (1, 1)},
    ),
]

ROLL = [
    Case(
        "suspended and back in one year",
        [
            motion(),
            *founders("wx"),
            holds("all", 1),
            Membership(member="w", change="suspension", happened=When.parse("2023")),
            Membership(member="w", change="resumption", happened=When.parse("2023")),
            objects("w", 2),
        ],
        on(3),
        SUPPORT,
        NOT_MET,
        of={"": (2, 2)},
        members={"": ("x", "", "w")},
    ),
    Case(
        "suspended and back on some of the same days",
        [
            motion(),
            *founders("wx"),
            holds("x", 1),
            Membership(member="w", change="suspension", happened=on("2/3")),
            Membership(member="w", change="resumption", happened=on("2/3")),
        ],
        on(2),
        SUPPORT,
        CANNOT_TELL,
        of={"": (1, 2)},
    ),
    Case(
        "who is told to be suspended and back on one day had joined before",
        [
            motion(),
            *founders("x"),
            holds("x", 1),
            Membership(member="w", change="suspension", happened=on(4)),
            Membership(member="w", change="resumption", happened=on(4)),
            objects("w", 2),
        ],
        on(5),
        NO_OBJECTION,
        NOT_MET,
        of={"": (2, 2)},
    ),
    Case(
        "who is first told of as suspended had joined before",
        [
            motion(),
            *founders("x"),
            holds("x", 1),
            Membership(member="w", change="suspension", happened=on(4)),
            Membership(member="w", change="resumption", happened=on(5)),
            objects("w", 2),
        ],
        on(3),
        NO_OBJECTION,
        CANNOT_TELL,
        of={"": (1, 2)},
    ),
    Case(
        "a party that never joined is named in what contradicts itself",
        [
            motion(),
            *founders("xy"),
            leaves("x", "2/3"),
            holds("wx", 3, before="membership/x/withdrawal"),
            holds("all", "../2", "objection", before="membership/x/withdrawal", excepted=("w",)),
        ],
        on(3),
        SUPPORT,
        CANNOT_TELL,
    ),
    Case(
        "what is said of a party that never joined dates nothing",
        [
            motion(),
            *founders("w"),
            Membership(member="w", change="suspension", happened=on("1/2")),
            Membership(member="w", change="resumption", happened=on("1/2")),
            holds("w", 1),
            holds("x", 2, before="membership/w/suspension"),
        ],
        on(1),
        MAJORITY,
        CANNOT_TELL,
        of={"": (0, 1)},
    ),
    # x joined at six on the third, and y at some instant of that day: x may have been of all who
    # objected just before.
    Case(
        "all just before an event of a day on which somebody joined at a known instant",
        [
            motion(completeness=(POSITION,)),
            joins("x", "2024-01-03T06:00Z"),
            joins("y", 3),
            holds("all", "../3", "objection", before="membership/y/accession", excepted=("y",)),
        ],
        on(4),
        NO_OBJECTION,
        CANNOT_TELL,
        members={"": ("", "", "xy")},
    ),
    # x gave up Q on the third. By a record of all positions it had backed Q before, so that Q
    # declined then, after x had joined: nothing contradicts anything, and nobody knows of any of w.
    Case(
        "only one order of a coming and an event makes a change possible",
        [
            selection(roll_on=on(1), completeness=(POSITION,)),
            joins("w"),
            joins("x", "2024-01-03T06:00Z"),
            runs("Q", "declined", "3/4"),
            runs("R", "nominated", 4),
            changes("x", 3, candidate="Q", negated=True),
            holds("all", "../4", candidate="Q", before="candidacy/Q/declined", excepted=("w",)),
        ],
        on(5),
        SUPPORT,
        NOT_MET,
        support={"Q": (0, 0), "R": (0, 0)},
    ),
    Case(
        "who left, and of whom nobody says that it joined, had joined on some day before",
        [*X, leaves("y", 4), holds("x", 1)],
        on(2),
        SUPPORT,
        CANNOT_TELL,
        of={"": (1, 2)},
    ),
    Case(
        "who left at a known instant, and of whom nobody says that it joined",
        [*X, leaves("y", "2024-01-02T18:00Z"), holds("x", 1)],
        on("2024-01-02T12:00Z"),
        SUPPORT,
        CANNOT_TELL,
        of={"": (1, 2)},
    ),
    Case(
        "who left without a word of its joining is off the roll since",
        [*X, leaves("y", 2), holds("x", 1)],
        on(3),
        SUPPORT,
        MET,
        of={"": (1, 1)},
    ),
]

CLASSES = [
    # w joined on the third and is of the group since: the tally is of the third or later.
    Case(
        "a tally of a group counts those who are of it then, not those of the day asked about",
        [
            selection(completeness=(POSITION,)),
            joins("w", 3, **{"class": "a"}),
            joins("x", **{"class": "a"}),
            Tally(counts=(Count("support", 2, "a"),), candidate="P"),
        ],
        on("2024-01-02T18:00Z"),
        SUPPORT,
        CANNOT_TELL,
        support={"P": (0, 1)},
    ),
    Case(
        "a tally of a group that somebody has left since",
        [
            motion(),
            joins("w"),
            joins("x", **{"class": "a"}),
            Membership(member="x", change="attributes", happened=on(3), attributes={"class": "b"}),
            Tally(counts=(Count("support", 1, "a"),), happened=on(2)),
        ],
        on(5),
        SUPPORT,
        CANNOT_TELL,
        members={"": ("x", "w", "")},
    ),
]

REPORTS = [
    # The body was told on the second, so that P withdrew then: who came to support P only after
    # that contradicts what is said of the first.
    Case(
        "what is dated by a withdrawal came no sooner than the body was told of it",
        [
            selection(),
            *founders("w"),
            runs("P", "nominated", 1),
            runs("P", "withdrawn", "1/2", told=on(2)),
            changes("w", "../4", candidate="P", after="candidacy/P/withdrawn"),
            holds("w", 1, candidate="P"),
        ],
        on(1),
        MAJORITY,
        CANNOT_TELL,
        support={"P": (0, 1)},
    ),
    # By the one report R was nominated on the first, by the other not before the fifth: either way
    # the last that is known of R is that it withdrew.
    Case(
        "a nomination before or after, but not between",
        [
            selection(),
            *founders("w"),
            runs("R", "nominated", 1),
            runs("R", "withdrawn", 2),
            expects("candidacy/R/nominated", 4),
        ],
        on(4),
        SUPPORT,
        NOT_MET,
        status={"R": ("withdrawn",)},
    ),
    # One says that P's withdrawal was public on the second, another that the body was told of it on
    # the fourth.
    Case(
        "a withdrawal that was public before the body was told, by one report",
        [
            selection(),
            *founders("x"),
            runs("P", "withdrawn", 2),
            runs("P", "withdrawn", 4, told=on(4)),
            holds("x", 1, candidate="P"),
        ],
        on(2),
        SUPPORT,
        CANNOT_TELL,
        status={"P": ("running", "withdrawn")},
    ),
    Case(
        "a withdrawal was public on no day before the body was told, if its range allows that",
        [
            selection(),
            *founders("x"),
            runs("P", "withdrawn", "2/4", told=on(4)),
            holds("x", 1, candidate="P"),
        ],
        on(3),
        SUPPORT,
        MET,
        status={"P": ("running",)},
    ),
    Case(
        "a decision at one of two instants",
        [*X, holds("x", 1), decided("2024-01-02T06:00Z"), decided("2024-01-02T18:00Z")],
        on("2024-01-02T12:00Z"),
        SUPPORT,
        MET,
        stages=("consensus", "decided"),
        carried="carried",
    ),
    # Either it was lifted, or it was made: then x's stance is open.
    Case(
        "a conditional reserve that was lifted before the day was out",
        [
            *X,
            holds("x", 3, "abstention"),
            reserves("x", 3, "2024-01-03T18:00Z", modality="conditional"),
        ],
        on(4),
        SUPPORT,
        CANNOT_TELL,
        support={"": (0, 1)},
    ),
    # By one correction it was decided on the first or second, by the other nobody knows when.
    Case(
        "rival corrections of a decision",
        [
            *X,
            holds("x", 1),
            (wrong := decided(3)),
            (early := decided("1/2")),
            (never := decided("4/5")),
            corrects(wrong, early),
            corrects(wrong, never),
        ],
        on(2),
        SUPPORT,
        MET,
        stages=("consensus", "decided"),
        carried="not shown to be carried",
    ),
    Case(
        "rival corrections, one of which takes the decision out",
        [
            *X,
            holds("x", 2),
            (doubted := decided(4)),
            (instead := decided(3)),
            corrects(doubted),
            corrects(doubted, instead),
        ],
        on(4),
        SUPPORT,
        MET,
        stages=("consensus", "decided"),
        carried="carried",
    ),
    # x objected just before P withdrew on the third, so that P had not withdrawn on the first, nor
    # had what is told of after it been decided then.
    Case(
        "a claim that is dated by what dates the decision",
        [
            selection(),
            *founders("x"),
            runs("P", "withdrawn", 1),
            expects("candidacy/P/withdrawn", 2),
            decided(3, "P"),
            decided(1, "P", after="candidacy/P/withdrawn"),
            holds("x", 3, "objection", before="candidacy/P/withdrawn"),
        ],
        on(2),
        SUPPORT,
        CANNOT_TELL,
        stages=("open", "consensus"),
    ),
    Case(
        "an objection that ended before it was raised, as it was known",
        [*X, Objection(member="x", happened=on(3), known=on(2), end="withdrawn")],
        on(4),
        NO_OBJECTION,
        NOT_MET,
    ),
]

RECORDS = [
    # Of what w and x leave out, either could have gone with the other, and all positions are on
    # record whichever it is: nobody knows of any of y.
    Case(
        "completeness is not dropped for what exchanging members comes to",
        [
            motion(completeness=(POSITION, Completeness("objection"))),
            *founders("wx"),
            joins("y", 2),
            tally(1, 2, of=2),
            holds("all", 1, negated=True),
            tally(None, 2, of=3, before="membership/y/accession"),
        ],
        on(4),
        SUPPORT,
        NOT_MET,
        members={"": ("", "wx", "y")},
    ),
]

CASES = [
    *MANY_WAYS,
    *DRAFTS,
    *ACTS,
    *WAITING,
    *NOMINEES,
    *ROLL,
    *CLASSES,
    *REPORTS,
    *RECORDS,
]
