"""Candidacies, verdict, stage and decision (ADR 0002, 20-25)."""

from nemcon.entries import Candidacy, Party
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
    runs,
    selection,
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
OF_X = [selection(), *founders("x")]
TOLD = Candidacy(candidate="P", change="withdrawn", told=on(1), public=on(3))

CANDIDACIES = [
    Case(
        "a candidate about whom nothing is said is eligible",
        [*OF_X, holds("x", 1, candidate="P")],
        on(1),
        SUPPORT,
        MET,
        status={"P": ["unknown"]},
    ),
    Case(
        "a candidate that withdrew is not eligible",
        [*OF_X, holds("x", 1, candidate="P"), runs("P", "withdrawn", 2)],
        on(2),
        SUPPORT,
        NOT_MET,
        support={"P": (1, 1)},
        status={"P": ["withdrawn"]},
    ),
    Case(
        "before the withdrawal it was",
        [*OF_X, holds("x", 1, candidate="P"), runs("P", "withdrawn", 2)],
        on(1),
        SUPPORT,
        MET,
        status={"P": ["running"]},
    ),
    # x still supports P: nobody supports Q for certain, in fact nobody can.
    Case(
        "a withdrawal moves nobody's support",
        [*OF_X, holds("x", 1, candidate="P"), runs("P", "withdrawn", 2), runs("Q", "declared", 1)],
        on(2),
        SUPPORT,
        NOT_MET,
        support={"P": (1, 1), "Q": (0, 0)},
    ),
    # Told on 1, public on 3: some day of 1..3.
    Case(
        "a withdrawal takes effect from told to public (first day)",
        [*OF_X, holds("x", 1, candidate="P"), TOLD],
        on(1),
        SUPPORT,
        CANNOT_TELL,
        status={"P": ["running", "withdrawn"]},
    ),
    Case(
        "a withdrawal takes effect from told to public (second day)",
        [*OF_X, holds("x", 1, candidate="P"), TOLD],
        on(2),
        SUPPORT,
        CANNOT_TELL,
    ),
    Case(
        "a withdrawal takes effect from told to public (last day)",
        [*OF_X, holds("x", 1, candidate="P"), TOLD],
        on(3),
        SUPPORT,
        NOT_MET,
        status={"P": ["withdrawn"]},
    ),
    # A third party's date is evidence for when it became public.
    Case(
        "another's date of a withdrawal is when it became public",
        [
            *OF_X,
            holds("x", 1, candidate="P"),
            Candidacy(candidate="P", change="withdrawn", told=on(1), happened=on(3)),
        ],
        on(2),
        SUPPORT,
        CANNOT_TELL,
    ),
    Case(
        "declined",
        [*OF_X, holds("x", 1, candidate="P"), runs("P", "declined", 2)],
        on(2),
        SUPPORT,
        NOT_MET,
    ),
    Case(
        "eliminated",
        [*OF_X, holds("x", 1, candidate="P"), runs("P", "eliminated", 2)],
        on(2),
        SUPPORT,
        NOT_MET,
    ),
    Case(
        "nominated",
        [*OF_X, holds("x", 1, candidate="P"), runs("P", "nominated", 2)],
        on(2),
        SUPPORT,
        MET,
        status={"P": ["running"]},
    ),
    # Either may have been last.
    Case(
        "two steps of one day in either order",
        [*OF_X, holds("x", 1, candidate="P"), runs("P", "withdrawn", 2), runs("P", "nominated", 2)],
        on(2),
        SUPPORT,
        CANNOT_TELL,
        status={"P": ["running", "withdrawn"]},
    ),
    # Nominated after it withdrew: running again. (ADR 20, "eligible unless withdrawn by then",
    # could also mean that there is no way back.)
    Case(
        "the last step counts",
        [*OF_X, holds("x", 1, candidate="P"), runs("P", "withdrawn", 2), runs("P", "nominated", 3)],
        on(3),
        SUPPORT,
        MET,
        status={"P": ["running"]},
    ),
    Case(
        "a step of a range of days",
        [*OF_X, holds("x", 1, candidate="P"), runs("P", "withdrawn", "2/4")],
        on(3),
        SUPPORT,
        CANNOT_TELL,
    ),
    # Under the convention y does not support another than its own, who runs from 1 on.
    Case(
        "nominee: a member whose candidate runs supports no other",
        [
            selection(),
            *founders("xy"),
            runs("Q", "declared", 1, by="y"),
            holds("x", 2, candidate="P"),
        ],
        on(2),
        SUPPORT,
        NOT_MET,
        conventions={"nominee": True},
        support={"P": (1, 1), "Q": (0, 1)},
    ),
    Case(
        "nominee: off by default",
        [
            selection(),
            *founders("xy"),
            runs("Q", "declared", 1, by="y"),
            holds("x", 2, candidate="P"),
        ],
        on(2),
        SUPPORT,
        CANNOT_TELL,
        support={"P": (1, 2), "Q": (0, 1)},
    ),
    Case(
        "nominee: the party says whose it is",
        [
            selection(),
            *founders("xy"),
            Party(name="Q", title="Q", of="y"),
            runs("Q", "declared", 1),
            holds("x", 2, candidate="P"),
        ],
        on(2),
        SUPPORT,
        NOT_MET,
        conventions={"nominee": True},
    ),
    # Q withdrew on 3: y is free again.
    Case(
        "nominee: only while it runs",
        [
            selection(),
            *founders("xy"),
            runs("Q", "declared", 1, by="y"),
            runs("Q", "withdrawn", 3),
            holds("all", 4, candidate="P"),
        ],
        on(4),
        SUPPORT,
        MET,
        conventions={"nominee": True},
    ),
]

VERDICTS = [
    # Somebody has x in every world, but not the same.
    Case(
        "the same candidate in every world",
        [*OF_X, holds("x", 1, candidate="P"), holds("x", 1, candidate="Q")],
        on(1),
        SUPPORT,
        CANNOT_TELL,
        support={"P": (0, 1), "Q": (0, 1)},
        stages=("consensus", "open"),
    ),
    # P is met in every world, Q in none.
    Case(
        "one candidate is met",
        [*OF_X, holds("x", 1, candidate="P"), runs("Q", "declared", 1)],
        on(1),
        SUPPORT,
        MET,
        support={"P": (1, 1), "Q": (0, 0)},
    ),
    # P for certain not, Q perhaps.
    Case(
        "not met only if nobody is met in any world",
        [*OF_X, holds("x", 1, negated=True, candidate="P"), runs("Q", "declared", 1)],
        on(1),
        SUPPORT,
        CANNOT_TELL,
        support={"P": (0, 0), "Q": (0, 1)},
    ),
    # Nobody to decide on.
    Case("a selection with no candidate", OF_X, on(1), NO_OBJECTION, CANNOT_TELL),
    # No roll: not met, however little is asked.
    Case(
        "an empty roll is never met",
        [motion(), joins("x", 3)],
        on(2),
        NO_OBJECTION,
        NOT_MET,
        of={"": (0, 0)},
        support={"": (0, 0)},
    ),
    Case("nobody was ever a member", [motion()], on(2), NO_OBJECTION, NOT_MET),
    Case("all have left", [*X, leaves("x", 2)], on(3), NO_OBJECTION, NOT_MET, of={"": (0, 0)}),
    # x certain, y open, z against, and w not yet on any possible roll.
    Case(
        "certain, open and against",
        [
            motion(),
            *founders("xyz"),
            joins("w", 5),
            holds("x", 1),
            holds("z", 1, "abstention"),
            holds("w", 1),
        ],
        on(2),
        SUPPORT,
        NOT_MET,
        members={"": ("x", "y", "z")},
        support={"": (1, 2)},
        of={"": (3, 3)},
    ),
    # On the roll it supports, but it may not be on the roll. (ADR 22: "on every possible roll".)
    Case(
        "who may not be on the roll is open",
        [motion(), joins("x"), joins("y", "1/3"), holds("xy", 1)],
        on(2),
        SUPPORT,
        MET,
        members={"": ("x", "y", "")},
        support={"": (1, 2)},
        of={"": (1, 2)},
    ),
    # Against, on a roll that is only possible.
    Case(
        "who may not be on the roll may be against",
        [motion(), joins("x"), joins("y", "1/3"), holds("x", 1), holds("y", 1, "objection")],
        on(2),
        SUPPORT,
        CANNOT_TELL,
        members={"": ("x", "", "y")},
    ),
]

STAGES = [
    Case(
        "stage: open", [*X, holds("x", 1, "objection")], on(1), SUPPORT, NOT_MET, stages=("open",)
    ),
    Case("stage: consensus", [*X, holds("x", 1)], on(1), SUPPORT, MET, stages=("consensus",)),
    Case("stage: open or consensus", X, on(1), SUPPORT, CANNOT_TELL, stages=("consensus", "open")),
    Case(
        "stage: decided",
        [*X, holds("x", 1), decided(2)],
        on(2),
        SUPPORT,
        MET,
        stages=("decided",),
        carried="carried",
    ),
    Case(
        "stage: not decided yet",
        [*X, holds("x", 1), decided(3)],
        on(2),
        SUPPORT,
        MET,
        stages=("consensus",),
    ),
    Case(
        "stage: perhaps decided",
        [*X, holds("x", 1), decided("2/4")],
        on(3),
        SUPPORT,
        MET,
        stages=("consensus", "decided"),
        carried="carried",
    ),
    Case(
        "stage: perhaps decided, perhaps agreed",
        [*X, decided("2/4")],
        on(3),
        SUPPORT,
        CANNOT_TELL,
        stages=("consensus", "decided", "open"),
        carried="not shown to be carried",
    ),
    # At noon of the day it may be or not.
    Case(
        "stage: some instant of the day",
        [*X, holds("x", 1), decided(2)],
        on("2024-01-02T12:00Z"),
        SUPPORT,
        MET,
        stages=("consensus", "decided"),
        carried="carried",
    ),
    Case(
        "stage: a planned decision is none",
        [*X, holds("x", 1), decided(2, modality="planned")],
        on(3),
        SUPPORT,
        MET,
        stages=("consensus",),
    ),
]

DECISIONS = [
    # x's objection of 3 comes after the decision of 2.
    Case(
        "what happens after the decision does not undo it",
        [*X, holds("x", 1), decided(2), objects("x", 3)],
        on(3),
        SUPPORT,
        NOT_MET,
        stages=("decided",),
        carried="carried",
    ),
    Case(
        "a decision that is not carried",
        [*X, holds("x", 1, "objection"), decided(2)],
        on(2),
        SUPPORT,
        NOT_MET,
        stages=("decided",),
        carried="not carried",
    ),
    # x supports by the end of 2, but the decision fell before the day's end.
    Case(
        "a decision of the day whose end is claimed is not shown to be carried",
        [*X, holds("x", 2), decided(2)],
        on(2),
        SUPPORT,
        MET,
        stages=("decided",),
        carried="not shown to be carried",
    ),
    # Change and decision on one day, in either order.
    Case(
        "a decision and a change of one day",
        [*X, changes("x", 2), decided(2)],
        on(2),
        SUPPORT,
        MET,
        stages=("decided",),
        carried="not shown to be carried",
    ),
    # All move at one instant of the day, before the decision or after it.
    Case(
        "a decision and a change of all on one day",
        [*XY, changes("xy", 2), decided(2)],
        on(2),
        SUPPORT,
        MET,
        stages=("decided",),
        carried="not shown to be carried",
    ),
    # At an instant of the day, after the change at nine.
    Case(
        "a decision and a change at known instants",
        [*X, changes("x", "2024-01-02T09:00Z"), decided("2024-01-02T10:00Z")],
        on(2),
        SUPPORT,
        MET,
        stages=("decided",),
        carried="carried",
    ),
    # At the same instant: x supports from then on, the instant included.
    Case(
        "a decision at the instant of the change",
        [*X, changes("x", "2024-01-02T09:00Z"), decided("2024-01-02T09:00Z")],
        on(2),
        SUPPORT,
        MET,
        stages=("decided",),
        carried="carried",
    ),
    Case(
        "a decision an hour before the change",
        [*X, changes("x", "2024-01-02T09:00Z"), decided("2024-01-02T08:00Z")],
        on(2),
        SUPPORT,
        MET,
        stages=("decided",),
        carried="not carried",
    ),
    # y joined on 2..4 and is silent; decided on 3.
    Case(
        "a decision around an uncertain accession",
        [motion(), joins("x"), joins("y", "2/4"), holds("x", 1), decided(3)],
        on(4),
        SUPPORT,
        CANNOT_TELL,
        stages=("decided",),
        carried="not shown to be carried",
    ),
    # Decided just after y joined: at that instant y is on the roll.
    Case(
        "a decision after an accession",
        [
            motion(),
            joins("x"),
            joins("y", "2/4"),
            holds("x", 1),
            holds("y", 1, "objection"),
            decided("1/4", after="membership/y/accession"),
        ],
        on(5),
        SUPPORT,
        NOT_MET,
        stages=("decided",),
        carried="not carried",
    ),
    # For Q, whom nobody supports; P has everyone.
    Case(
        "a decision for another candidate",
        [*OF_X, holds("x", 1, candidate="P"), decided(2, "Q")],
        on(2),
        SUPPORT,
        MET,
        stages=("decided",),
        carried="not carried",
    ),
    Case(
        "a decision for the candidate of all",
        [*OF_X, holds("x", 1, candidate="P"), decided(2, "P")],
        on(2),
        SUPPORT,
        MET,
        stages=("decided",),
        carried="carried",
    ),
    # P withdrew before it was chosen.
    Case(
        "a decision for who has withdrawn",
        [*OF_X, holds("x", 1, candidate="P"), runs("P", "withdrawn", 1), decided(2, "P")],
        on(2),
        SUPPORT,
        NOT_MET,
        stages=("decided",),
        carried="not carried",
    ),
    # 2 of 2 for it; after y leaves x alone remains.
    Case(
        "a decision by a majority",
        [*XY, holds("x", 1), holds("y", 1, "abstention"), decided(2), leaves("y", 3)],
        on(3),
        MAJORITY,
        MET,
        stages=("decided",),
        carried="carried",
        of={"": (1, 1)},
    ),
]

CASES = [*CANDIDACIES, *VERDICTS, *STAGES, *DECISIONS]
