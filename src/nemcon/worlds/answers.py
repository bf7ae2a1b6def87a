"""What an answer says: of each candidate over all worlds, and how several answers become one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal, TypeAlias

from nemcon.findings import Finding
from nemcon.worlds.candidates import Standing

Verdict: TypeAlias = Literal["met", "not met", "cannot tell"]


@dataclass(frozen=True, slots=True)
class Bounds:
    """The least and the most that a number can be over all worlds."""

    least: int
    most: int

    def join(self, other: Bounds) -> Bounds:
        """The bounds over the worlds of both."""
        return Bounds(min(self.least, other.least), max(self.most, other.most))


@dataclass(frozen=True)
class Reckoning:
    """What all worlds together say of one candidate ("" in a motion) at one instant.

    `supports` gives, for each member that can be on the roll, whether it can support the candidate
    and whether it can not; `always_on_roll` holds those on every possible roll. Members with the
    same number in `kinds` can be exchanged: whatever may be so of one may be so of the other.
    `views` gives the stances towards the candidate that each may hold, None where it may be off the
    roll; not all of them need be possible together, and where numbers tie members not even alone.
    """

    candidate: str
    can_meet: bool
    can_fail: bool
    support: Bounds
    roll: Bounds
    supports: Mapping[str, frozenset[bool]]
    always_on_roll: frozenset[str]
    standing: Standing
    kinds: Mapping[str, int] = field(default_factory=dict)
    views: Mapping[str, frozenset[str | None]] = field(default_factory=dict)

    def join(self, other: Reckoning) -> Reckoning:
        """The reckoning over the worlds of both."""
        members = dict.fromkeys([*self.supports, *other.supports])
        both: dict[tuple[int, int], int] = {}
        pairs = {m: (self.kinds.get(m, -1), other.kinds.get(m, -1)) for m in members}
        empty: frozenset[bool] = frozenset()
        off: frozenset[str | None] = frozenset({None})
        return replace(
            self,
            can_meet=self.can_meet or other.can_meet,
            can_fail=self.can_fail or other.can_fail,
            support=self.support.join(other.support),
            roll=self.roll.join(other.roll),
            supports={
                m: self.supports.get(m, empty) | other.supports.get(m, empty) for m in members
            },
            always_on_roll=self.always_on_roll & other.always_on_roll,
            standing=replace(
                self.standing,
                possible=tuple(sorted({*self.standing.possible, *other.standing.possible})),
            ),
            kinds={m: both.setdefault(pair, len(both)) for m, pair in pairs.items()},
            views={
                m: self.views.get(m, off) | other.views.get(m, off)
                for m in dict.fromkeys([*self.views, *other.views])
            },
        )

    @property
    def verdict(self) -> Verdict:
        """The verdict for this candidate alone."""
        if self.can_meet:
            return "cannot tell" if self.can_fail else "met"
        return "not met"

    @property
    def certain(self) -> tuple[str, ...]:
        """Members on every possible roll that support the candidate in every world."""
        only = frozenset({True})
        return tuple(m for m, v in self.supports.items() if v == only and m in self.always_on_roll)

    @property
    def open(self) -> tuple[str, ...]:
        """Members that may support the candidate, and may not or may not be on the roll."""
        sure = set(self.certain)
        return tuple(m for m, v in self.supports.items() if True in v and m not in sure)

    @property
    def against(self) -> tuple[str, ...]:
        """Members on a possible roll that support the candidate in no world."""
        return tuple(m for m, v in self.supports.items() if v == frozenset({False}))

    @property
    def objecting(self) -> tuple[str, ...]:
        """Members among those against that object in every world in which they are on the roll."""
        sure = frozenset[str | None]({"objection"})
        return tuple(m for m in self.against if self.views.get(m, frozenset()) - {None} == sure)


@dataclass(frozen=True)
class Answer:
    """The verdict at one instant, for each candidate, with findings.

    `exact` is False where a stated limit was passed; then the verdict is *cannot tell*. `decided`:
    whether the decision is in, over the worlds; None where no claim bears on its date.
    """

    verdict: Verdict
    reckonings: tuple[Reckoning, ...]
    findings: tuple[Finding, ...] = ()
    exact: bool = True
    complete: bool = False
    unreadable: bool = False
    decided: frozenset[bool] | None = None

    @property
    def may_be_met(self) -> bool:
        """Whether the rule is met for some candidate in some world."""
        sure = self.exact and not self.unreadable
        return self.verdict == "met" or any(r.can_meet for r in self.reckonings) or not sure


def verdict_of(reckonings: Sequence[Reckoning], *, selection: bool) -> Verdict:
    """The verdict that the reckonings of all candidates give: one and the same must be met."""
    if any(one.verdict == "met" for one in reckonings):
        return "met"
    if any(one.can_meet for one in reckonings) or (selection and not reckonings):
        return "cannot tell"
    return "not met"


def merged(answers: Sequence[Answer]) -> Answer:
    """The union over rival corrections."""
    joined: dict[str, Reckoning] = {}
    for one in answers:
        for reckoning in one.reckonings:
            before = joined.get(reckoning.candidate)
            joined[reckoning.candidate] = before.join(reckoning) if before else reckoning
    for candidate, reckoning in joined.items():
        if any(candidate not in {r.candidate for r in one.reckonings} for one in answers):
            joined[candidate] = replace(reckoning, can_fail=True)
    verdicts = {one.verdict for one in answers}
    same = verdicts.pop() if len(verdicts) == 1 else "cannot tell"
    if same == "met" and not any(r.verdict == "met" for r in joined.values()):
        same = "cannot tell"
    findings = dict.fromkeys(finding for one in answers for finding in one.findings)
    told = [one.decided for one in answers]
    return Answer(
        same,
        tuple(joined.values()),
        tuple(findings),
        all(one.exact for one in answers),
        answers[0].complete,
        decided=None if None in told else frozenset().union(*(one for one in told if one)),
    )
