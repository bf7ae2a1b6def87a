"""Which entries count: known, corrected, of the matter, of its draft (ADR 0002, 1-3)."""

from nemcon.entries import Draft, Matter, Source
from tests.oracle.build import (
    changes,
    corrects,
    founders,
    holds,
    joins,
    motion,
    objects,
    on,
    report,
    runs,
    selection,
)
from tests.oracle.case import CANNOT_TELL, MET, NO_OBJECTION, NOT_MET, SUPPORT, Case

X = [motion(), *founders("x")]
WRONG = holds("x", 1, "objection")
RIGHT = holds("x", 1)
OTHER = holds("x", 1, "abstention")

KNOWN = [
    Case(
        "known from the entry's own date",
        [*X, holds("x", 1, known=on(3))],
        on(3),
        SUPPORT,
        CANNOT_TELL,
        known=on(2),
    ),
    Case("known is inclusive", [*X, holds("x", 1, known=on(3))], on(3), SUPPORT, MET, known=on(3)),
    Case(
        "known from the date of its source",
        [*X, report("wire", 3), holds("x", 1, source="wire")],
        on(3),
        SUPPORT,
        CANNOT_TELL,
        known=on(2),
    ),
    Case(
        "known from the date of its source: that day",
        [*X, report("wire", 3), holds("x", 1, source="wire")],
        on(3),
        SUPPORT,
        MET,
        known=on(3),
    ),
    # The entry's own date goes before that of its source.
    Case(
        "its own date goes before that of its source",
        [*X, report("wire", 3), holds("x", 1, source="wire", known=on(1))],
        on(3),
        SUPPORT,
        MET,
        known=on(2),
    ),
    # The source may be of 2 or 4: the latest possible day counts.
    Case(
        "of an uncertain date the latest day counts",
        [*X, Source(name="wire", date=on("2/4")), holds("x", 1, source="wire")],
        on(3),
        SUPPORT,
        CANNOT_TELL,
        known=on(3),
    ),
    # Without any: the last day of what it records.
    Case(
        "without a source: the last day of what it records",
        [*X, holds("x", "1/3")],
        on(3),
        SUPPORT,
        CANNOT_TELL,
        known=on(2),
    ),
    # The objection's end on 3 makes the whole entry known on 3 only.
    Case(
        "the last day of what it records: its end",
        [*X, holds("x", 1), objects("x", 2, ended=3)],
        on(2),
        SUPPORT,
        MET,
        known=on(2),
    ),
    # That the condition was met on 3 cannot be known on 1.
    Case(
        "the last day of what it records: its condition met",
        [*X, holds("x", 1, "objection"), holds("x", 1, condition="if paid", condition_met=on(3))],
        on(3),
        SUPPORT,
        NOT_MET,
        known=on(1),
    ),
    # No date at all: known always; true at some time, so nothing follows for a day.
    Case(
        "an entry with no date is known always",
        [*X, holds("x", None, "objection", negated=True), holds("x", 1)],
        on(1),
        NO_OBJECTION,
        MET,
        known=on(1),
    ),
    # What is known later is not known: the objection of 1 came out on 4.
    Case(
        "what was known then",
        [*X, holds("x", 1), objects("x", 2, known=on(4))],
        on(3),
        SUPPORT,
        MET,
        known=on(3),
    ),
    Case(
        "what is known now",
        [*X, holds("x", 1), objects("x", 2, known=on(4))],
        on(3),
        SUPPORT,
        NOT_MET,
    ),
    # The accession is known from 3: before that there is nobody on the roll.
    Case(
        "a membership must be known too",
        [
            motion(),
            joins(
                "x",
                1,
            ),
            holds("x", 1),
        ],
        on(1),
        SUPPORT,
        MET,
        known=on(1),
    ),
]

CORRECTIONS = [
    Case(
        "a correction takes its target out and its replacement in",
        [*X, WRONG, RIGHT, corrects(WRONG, RIGHT)],
        on(1),
        SUPPORT,
        MET,
    ),
    Case("a correction to nothing", [*X, WRONG, corrects(WRONG)], on(1), NO_OBJECTION, CANNOT_TELL),
    # Not yet corrected: the replacement is not in either.
    Case(
        "a correction that is not known yet",
        [*X, WRONG, RIGHT, corrects(WRONG, RIGHT, known=on(3))],
        on(1),
        SUPPORT,
        NOT_MET,
        known=on(2),
    ),
    # The correction was itself wrong.
    Case(
        "a correction of a correction",
        [*X, WRONG, RIGHT, corrects(WRONG, RIGHT), corrects(corrects(WRONG, RIGHT))],
        on(1),
        SUPPORT,
        NOT_MET,
    ),
    # ... which was itself corrected: the first one is in again.
    Case(
        "a correction of a correction of a correction",
        [
            *X,
            WRONG,
            RIGHT,
            corrects(WRONG, RIGHT),
            corrects(corrects(WRONG, RIGHT)),
            corrects(corrects(corrects(WRONG, RIGHT))),
        ],
        on(1),
        SUPPORT,
        MET,
    ),
    Case(
        "a chain of corrections",
        [*X, WRONG, OTHER, RIGHT, corrects(WRONG, OTHER), corrects(OTHER, RIGHT)],
        on(1),
        SUPPORT,
        MET,
    ),
    # Support or abstention: the union of both.
    Case(
        "rival corrections are alternatives",
        [*X, WRONG, RIGHT, OTHER, corrects(WRONG, RIGHT), corrects(WRONG, OTHER)],
        on(1),
        SUPPORT,
        CANNOT_TELL,
    ),
    # In both alternatives nobody objects.
    Case(
        "rival corrections that agree on the answer",
        [*X, WRONG, RIGHT, OTHER, corrects(WRONG, RIGHT), corrects(WRONG, OTHER)],
        on(1),
        NO_OBJECTION,
        MET,
    ),
    # Two corrections to the same replacement are no rivals.
    Case(
        "two corrections to one replacement",
        [*X, WRONG, RIGHT, corrects(WRONG, RIGHT), corrects(WRONG, RIGHT, reason="again")],
        on(1),
        SUPPORT,
        MET,
    ),
    # Withdrawn altogether, or replaced: with x's support, or with nothing known.
    Case(
        "rival corrections, one to nothing",
        [*X, WRONG, RIGHT, corrects(WRONG, RIGHT), corrects(WRONG)],
        on(1),
        NO_OBJECTION,
        CANNOT_TELL,
    ),
    # The accession itself was wrong: it was on 3.
    Case(
        "an accession may be corrected",
        [
            motion(),
            joins("x"),
            joins("y", 1),
            joins("y", 3),
            holds("x", 1),
            corrects(joins("y", 1), joins("y", 3)),
        ],
        on(2),
        SUPPORT,
        MET,
        of={"": (1, 1)},
    ),
    # Another order of the same entries.
    Case(
        "an entry said twice is one entry",
        [*X, changes("x", 1), changes("x", 1)],
        on(1),
        SUPPORT,
        MET,
    ),
]

MATTERS = [
    Case(
        "a claim of another matter does not count",
        [
            *X,
            Matter(name="other"),
            holds("x", 1, matter="m"),
            holds("x", 2, "objection", matter="other"),
        ],
        on(2),
        SUPPORT,
        MET,
    ),
    # With one matter only, a claim that names none is about it.
    Case("a claim of no matter belongs to the only one", [*X, holds("x", 1)], on(1), SUPPORT, MET),
    Case(
        "a claim of no matter belongs to none of two",
        [*X, Matter(name="other"), holds("x", 1)],
        on(1),
        SUPPORT,
        CANNOT_TELL,
    ),
    # About the first draft only; by 2 there is another.
    Case(
        "a claim on a draft counts for that draft",
        [
            *X,
            Draft(name="d1", matter="m", happened=on(1)),
            Draft(name="d2", matter="m", happened=on(2)),
            holds("x", 1, draft="d1"),
        ],
        on(2),
        SUPPORT,
        CANNOT_TELL,
    ),
    Case(
        "a claim on a draft counts while it is the last",
        [
            *X,
            Draft(name="d1", matter="m", happened=on(1)),
            Draft(name="d2", matter="m", happened=on(3)),
            holds("x", 1, draft="d1"),
        ],
        on(2),
        SUPPORT,
        MET,
    ),
    Case(
        "a claim on a draft counts for one that carries it over",
        [
            *X,
            Draft(name="d1", matter="m", happened=on(1)),
            Draft(name="d2", matter="m", happened=on(2), carries_over="d1"),
            holds("x", 1, draft="d1"),
        ],
        on(2),
        SUPPORT,
        MET,
    ),
    Case(
        "a claim on no draft counts for any",
        [*X, Draft(name="d1", matter="m", happened=on(1)), holds("x", 1)],
        on(2),
        SUPPORT,
        MET,
    ),
    # A candidate of another matter is none of this one's.
    Case(
        "a candidate of another matter is none",
        [
            selection(),
            Matter(name="other", sort="selection"),
            *founders("x"),
            runs("P", "declared", 1, matter="other"),
        ],
        on(1),
        SUPPORT,
        CANNOT_TELL,
    ),
    Case(
        "the objection of another matter",
        [*X, Matter(name="other"), holds("x", 1, matter="m"), objects("x", 2, matter="other")],
        on(2),
        SUPPORT,
        MET,
    ),
    Case("a wrong word stands until it is corrected", [*X, WRONG], on(1), SUPPORT, NOT_MET),
]

CASES = [*KNOWN, *CORRECTIONS, *MATTERS]
