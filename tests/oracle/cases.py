"""Small cases as data: what is on record, what is asked, and the answer reasoned by hand."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from nemcon.entries import AnyEntry
from nemcon.when import When
from tests.oracle.build import (
    MATTER,
    founders,
    holds,
    joins,
    motion,
    on,
    selection,
    tally,
)

Verdict = Literal["met", "not met", "cannot tell"]
ALL_SUPPORT = "support-of-all"


@dataclass(frozen=True)
class Case:
    """What is on record and asked; the answer; what else is expected, where it matters.

    `support` and `of` are least and most by candidate ("" in a motion); `members` the sets
    (certain, open, against) as letters; `status` the possible statuses by candidate.
    """

    name: str
    entries: Sequence[AnyEntry]
    on: When
    rule: str
    verdict: Verdict
    matter: str = MATTER
    known: When | None = None
    conventions: Mapping[str, object] = field(default_factory=dict)
    support: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    of: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    members: Mapping[str, tuple[str, str, str]] = field(default_factory=dict)
    status: Mapping[str, Sequence[str]] = field(default_factory=dict)
    stages: Sequence[str] | None = None
    carried: str | None = None
    no_world: bool = False


THREE_SMALL_CASES = [
    # z may be the second supporter or not, but x and y object for certain.
    Case(
        "small 1: the number does not persist, only the individuals do",
        [
            motion(),
            *founders("xyz"),
            tally(1, 2, of=3),
            holds("xy", 2, "objection"),
        ],
        on(3),
        ALL_SUPPORT,
        "not met",
        support={"": (0, 1)},
        of={"": (3, 3)},
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
        ALL_SUPPORT,
        "cannot tell",
        support={"P": (0, 2), "Q": (0, 2)},
    ),
    # Whoever is on the roll at 2 backs it.
    Case(
        "small 3: all is counted at the anchor (on the day itself)",
        [motion(), joins("x"), joins("y", "1/3"), holds("all", 2)],
        on(2),
        ALL_SUPPORT,
        "met",
        support={"": (1, 2)},
        of={"": (1, 2)},
    ),
    # y may have joined on the third, after the anchor.
    Case(
        "small 3: all is counted at the anchor (a day later)",
        [motion(), joins("x"), joins("y", "1/3"), holds("all", 2)],
        on(3),
        ALL_SUPPORT,
        "cannot tell",
        support={"": (1, 2)},
        of={"": (2, 2)},
    ),
]

CASES = [*THREE_SMALL_CASES]
