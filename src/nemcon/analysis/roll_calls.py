"""Many votes of one body: who votes with whom, who stood alone, what other rules would have made.

All shares are fractions of the roll calls in which both members voted.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from nemcon.rules.answer import RuleAnswer
from nemcon.rules.names import Value
from nemcon.rules.polled import Asked
from nemcon.rules.procedure import Procedure
from nemcon.rules.weigh import weigh


@dataclass(frozen=True)
class RollCall:
    """One vote by name. `votes` holds who voted, by position; others are not in it."""

    id: str
    date: str
    title: str
    votes: Mapping[str, str]

    def count(self, position: str) -> int:
        """How many voted so."""
        return sum(vote == position for vote in self.votes.values())


@dataclass(frozen=True)
class Agreement:
    """How often each two members voted alike; `shares[i][j]` is None where they never both did.

    `alone` counts the roll calls in which a member was the only one of its position, and
    `against` those in which it was the only one against.
    """

    members: tuple[str, ...]
    shares: tuple[tuple[Fraction | None, ...], ...]
    voted: tuple[int, ...]
    alone: tuple[int, ...]
    against: tuple[int, ...]


@dataclass(frozen=True)
class UnderRule:
    """What a rule would have made of each roll call: its answers in their order."""

    rule: str
    title: str
    answers: tuple[RuleAnswer, ...]

    @property
    def met(self) -> int:
        """How many it would have carried."""
        return sum(one.verdict == "met" for one in self.answers)

    @property
    def not_met(self) -> int:
        """How many it would not have carried."""
        return sum(one.verdict == "not met" for one in self.answers)


def agreement(calls: Sequence[RollCall], against: str = "no") -> Agreement:
    """Who votes with whom, over all roll calls."""
    members = tuple(dict.fromkeys(name for call in calls for name in call.votes))
    alike, both = Counter[tuple[str, str]](), Counter[tuple[str, str]]()
    voted, alone, only_against = Counter[str](), Counter[str](), Counter[str]()
    for call in calls:
        sides: dict[str, list[str]] = {}
        for name, vote in call.votes.items():
            sides.setdefault(vote, []).append(name)
            voted[name] += 1
        for vote, names in sides.items():
            if len(names) == 1 and len(call.votes) > 1:
                alone[names[0]] += 1
                only_against[names[0]] += vote == against
        for one, vote in call.votes.items():
            for other, its in call.votes.items():
                both[one, other] += 1
                alike[one, other] += vote == its
    shares = tuple(
        tuple(
            Fraction(alike[one, other], both[one, other]) if both[one, other] else None
            for other in members
        )
        for one in members
    )
    return Agreement(
        members,
        shares,
        tuple(voted[name] for name in members),
        tuple(alone[name] for name in members),
        tuple(only_against[name] for name in members),
    )


def under_rules(calls: Sequence[RollCall], procedures: Iterable[Procedure]) -> list[UnderRule]:
    """What each rule would have made of each roll call, all else being as it was.

    Members that did not vote took no part. A rule in which members weigh differently, or that
    needs a parameter, gives open answers with findings.
    """
    members = tuple(dict.fromkeys(name for call in calls for name in call.votes))
    found = []
    for procedure in procedures:
        answers = tuple(
            weigh(procedure, {"ballots": _groups(call, members)}, Asked(closed=True))
            for call in calls
        )
        found.append(UnderRule(procedure.id, procedure.title, answers))
    return found


def _groups(call: RollCall, members: Sequence[str]) -> list[dict[str, Value | list[str] | int]]:
    sides: dict[str, list[str]] = {}
    for name in members:
        sides.setdefault(call.votes.get(name, "not participating"), []).append(name)
    return [{"pos": vote, "count": len(names), "voters": names} for vote, names in sides.items()]


def blocs(found: Agreement, least: Fraction) -> list[tuple[str, ...]]:
    """Members grouped so that each is joined by agreement of at least `least` with another.

    The groups of single linkage, largest first; within a group not all need agree.
    """
    left = set(range(len(found.members)))
    groups = []
    while left:
        group, queue = set(), [min(left)]
        while queue:
            here = queue.pop()
            if here not in left:
                continue
            left.discard(here)
            group.add(here)
            queue += [
                n for n in left if (share := found.shares[here][n]) is not None and share >= least
            ]
        groups.append(tuple(found.members[n] for n in sorted(group)))
    return sorted(groups, key=lambda names: (-len(names), names))
