"""Many votes of one body: who votes with whom, who stood alone, what other rules would have made.

All shares are fractions of the roll calls in which both members voted.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
import numpy.typing as npt

from nemcon.rules.answer import RuleAnswer
from nemcon.rules.polled import Asked
from nemcon.rules.procedure import Procedure
from nemcon.rules.roll import Roll, Seat
from nemcon.rules.weigh import weigh


@dataclass(frozen=True)
class RollCall:
    """One vote by name. `votes` holds who voted, by position; others are not in it.

    `roll` is who could vote, if that is known of this vote apart; of those who are `open` nobody
    knows how they voted, or whether.
    """

    id: str
    date: str
    title: str
    votes: Mapping[str, str]
    roll: tuple[str, ...] = ()
    open: tuple[str, ...] = ()

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

    @property
    def open(self) -> int:
        """Of how many nobody can tell."""
        return len(self.answers) - self.met - self.not_met


@dataclass(frozen=True)
class Standing:
    """How small the company of one member was: in `alone` roll calls it was the only one of its
    position (in `against` of them the only one against), in `with_one` one other voted so too, in
    `with_few` as few others as were asked about. `where` are the numbers of those in which it was
    alone.
    """

    member: str
    voted: int
    alone: int
    against: int
    with_one: int
    with_few: int
    where: tuple[int, ...]

    @property
    def small(self) -> int:
        """In how many the company was small, or nobody."""
        return self.alone + self.with_one + self.with_few


FEW = 5
"""A position that so many members hold, or fewer, is that of a few."""


def members_of(calls: Iterable[RollCall]) -> tuple[str, ...]:
    """Everybody who voted in any of them, in the order in which they come."""
    return tuple(dict.fromkeys(name for call in calls for name in call.votes))


def agreement(calls: Sequence[RollCall], against: str = "no") -> Agreement:
    """Who votes with whom, over all roll calls."""
    members = members_of(calls)
    place = {name: n for n, name in enumerate(members)}
    size = len(members)
    alike, both = np.zeros((size, size), np.int64), np.zeros((size, size), np.int64)
    for position in sorted({vote for call in calls for vote in call.votes.values()}):
        held = _held(calls, place, position)
        alike += held.T @ held
    voting = _held(calls, place, None)
    both += voting.T @ voting
    stood = {one.member: one for one in standing(calls, against=against)}
    return Agreement(
        members,
        _shares(alike.tolist(), both.tolist()),
        tuple(stood[name].voted for name in members),
        tuple(stood[name].alone for name in members),
        tuple(stood[name].against for name in members),
    )


def _held(
    calls: Sequence[RollCall], place: Mapping[str, int], wanted: str | None
) -> npt.NDArray[np.int64]:
    """A row for each roll call, a column for each member: 1 where it voted so (None: at all)."""
    found = np.zeros((len(calls), len(place)), np.int64)
    for row, call in enumerate(calls):
        found[row, [place[name] for name, vote in call.votes.items() if wanted in (None, vote)]] = 1
    return found


def _shares(
    alike: list[list[int]], both: list[list[int]]
) -> tuple[tuple[Fraction | None, ...], ...]:
    kept: dict[tuple[int, int], Fraction] = {}  # few different pairs of numbers, many members

    def share(one: int, other: int) -> Fraction | None:
        pair = alike[one][other], both[one][other]
        if not pair[1]:
            return None
        if pair not in kept:
            kept[pair] = Fraction(*pair)
        return kept[pair]

    size = range(len(alike))
    return tuple(tuple(share(one, other) for other in size) for one in size)


def standing(
    calls: Sequence[RollCall], within: int = FEW, against: str = "no"
) -> tuple[Standing, ...]:
    """How often each member stood alone, with one other, or with so few that no more than `within`
    voted so; who did most often comes first.

    A company is small only where fewer than half of those who voted are in it; alone is who was
    the only one, if anybody else voted. Who is open may have been in any company.
    """
    voted, only_against = Counter[str](), Counter[str]()
    sizes: dict[str, Counter[int]] = {name: Counter() for name in members_of(calls)}
    where: dict[str, list[int]] = {name: [] for name in sizes}
    for number, call in enumerate(calls):
        voted.update(call.votes.keys())
        sides: dict[str, list[str]] = {}
        for name, vote in call.votes.items():
            sides.setdefault(vote, []).append(name)
        for vote, names in sides.items():
            size = len(names) + len(call.open)
            alone = size == 1 and len(call.votes) > 1
            if alone:
                where[names[0]].append(number)
                only_against[names[0]] += vote == against
            if alone or (size <= within and 2 * size < len(call.votes)):
                for name in names:
                    sizes[name][size] += 1
    found = [
        Standing(
            name,
            voted[name],
            counted[1],
            only_against[name],
            counted[2],
            sum(number for size, number in counted.items() if size > 2),
            tuple(where[name]),
        )
        for name, counted in sizes.items()
    ]
    return tuple(sorted(found, key=lambda s: (-s.alone, -s.with_one, -s.with_few, s.member)))


def under_rules(
    calls: Sequence[RollCall], procedures: Iterable[Procedure], members: Sequence[str] = ()
) -> list[UnderRule]:
    """What each rule would have made of each roll call, all else being as it was.

    The roll is that of the roll call, else `members`, else everybody who voted in any of them; who
    did not vote took no part, but who is open stays open.
    A rule in which members weigh differently, or that needs a parameter, gives open answers with
    findings.
    """
    members = members or members_of(calls)
    return [
        UnderRule(procedure.id, procedure.title, _answers(procedure, calls, members))
        for procedure in procedures
    ]


def _answers(
    procedure: Procedure, calls: Sequence[RollCall], members: Sequence[str]
) -> tuple[RuleAnswer, ...]:
    """What one rule says of each. Where it does not ask who somebody is, numbers are enough, and
    equal numbers are weighed once.
    """
    named = bool(procedure.reads or procedure.steps)
    done: dict[tuple[tuple[str, int], ...], RuleAnswer] = {}
    answers = []
    for call in calls:
        if call.open:
            answers.append(_open_answer(procedure, call))
            continue
        groups = _groups(call, call.roll or members)
        if named:
            told = [{"pos": v, "count": len(who), "voters": who} for v, who in groups.items()]
            answers.append(weigh(procedure, {"ballots": told}, Asked(closed=True)))
            continue
        key = tuple(sorted((vote, len(names)) for vote, names in groups.items()))
        if key not in done:
            counts = [{"pos": vote, "count": number} for vote, number in key]
            done[key] = weigh(procedure, {"ballots": counts}, Asked(closed=True))
        answers.append(done[key])
    return tuple(answers)


def _open_answer(procedure: Procedure, call: RollCall) -> RuleAnswer:
    """What a rule says where some may have voted anyhow."""
    roll = Roll(tuple(Seat(name) for name in call.roll), "the roll call")
    sides = _groups(call, [name for name in call.roll if name not in call.open])
    groups = [{"pos": vote, "voters": names} for vote, names in sides.items()]
    return weigh(procedure, {"ballots": groups}, Asked(roll=roll))


_TOOK_NO_PART = "not participating"


def _groups(call: RollCall, members: Sequence[str]) -> dict[str, list[str]]:
    sides: dict[str, list[str]] = {}
    for name in members:
        sides.setdefault(call.votes.get(name, _TOOK_NO_PART), []).append(name)
    return sides
