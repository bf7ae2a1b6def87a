"""One small case: what is on record, what is asked, and the answer reasoned by hand."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from nemcon.entries import AnyEntry
from nemcon.when import When
from tests.oracle.build import MATTER

Verdict = Literal["met", "not met", "cannot tell"]
MET: Verdict = "met"
NOT_MET: Verdict = "not met"
CANNOT_TELL: Verdict = "cannot tell"

# Rules of `tests.oracle.rules`.
SUPPORT = "support-of-all"
NO_OBJECTION = "no-objection"
MAJORITY = "majority"
QUALIFIED = "qualified"
QUORUM = "quorum-majority"


@dataclass(frozen=True)
class Case:
    """What is on record and asked; the answer; what else is expected, where it matters.

    `support` and `of` are least and most by candidate ("" in a motion); `members` the sets
    (certain, open, against) as letters; `status` the possible statuses by candidate; `stages`
    the possible ones. `carried` is always compared.
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
