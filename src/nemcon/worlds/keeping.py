"""What can be kept of claims that contradict each other, worked out member by member.

Once the shared dates are placed, members meet in the numbers of tallies only. What one member can
leave out to have a world at all is found for that member alone, and then put together.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import combinations_with_replacement, product
from math import comb, prod
from typing import TypeAlias

from nemcon.worlds.joint import Group, Tie, moments, outcomes, possible, ties_of
from nemcon.worlds.member import Ending
from nemcon.worlds.placements import Placement, TooManyError
from nemcon.worlds.problem import Acting, Problem

MAX_MASKS = 1_024
MAX_TOGETHER = 20_000
STEPS_TOGETHER = 20
Kind: TypeAlias = tuple[tuple[int, ...], ...]  # the units of each of a class's members, in step
Drops: TypeAlias = tuple[tuple[int, ...], ...]  # of each kind, for each member, a mask of its units
Ends: TypeAlias = frozenset[Ending]
Option: TypeAlias = tuple[int, Ends]


def droppable(
    problem: Problem, whole: frozenset[int], tallies: Sequence[int], kinds: Sequence[Kind]
) -> set[Drops]:
    """What may be left out of `whole` so that the rest has a world, up to exchange of like members:
    of the `tallies`, and of each kind of members. Of what leaves out more than it needs to, only
    some is listed.

    None of them may be dated by an event. Raises `TooManyError` past the stated limits.
    """
    if any(2 ** len(kind[0]) > MAX_MASKS for kind in kinds):
        raise TooManyError
    found: set[Drops] = set()
    tried: list[tuple[frozenset[int], list[set[int]]]] = []
    for chosen in sorted(product((0, 1), repeat=len(tallies)), key=sum):
        gone = frozenset(unit for unit, out in zip(tallies, chosen, strict=True) if out)
        before = [sole for less, sole in tried if less <= gone]
        sole = [set[int]().union(*(one[n] for one in before)) for n in range(len(kinds))]
        if any(0 in masks for masks in sole):
            continue  # these tallies need not all go
        tried.append((gone, sole))
        for members in _Part(problem, whole - gone, kinds, sole).drops():
            found.add((*((out,) for out in chosen), *members))
    return found


class _Part:
    """A part of a problem, some tallies gone, of which members may leave out claims of their own.

    `sole` holds for each kind the masks that one member may leave out so that all else can be kept.
    """

    def __init__(
        self, problem: Problem, kept: frozenset[int], kinds: Sequence[Kind], sole: list[set[int]]
    ) -> None:
        atoms = problem.claims.atoms
        tied = any(problem.aggregate(unit) or atoms[unit].gate >= 0 for unit in kept)
        speaking = {atoms[units[0]].member for kind in kinds for units in kind}
        among = None if tied else speaking
        self.problem = problem.restricted(kept, among)
        left = (u for u in sorted(kept) if u >= len(atoms) or not among or atoms[u].member in among)
        numbers = {unit: n for n, unit in enumerate(left)}
        self.sizes = [len(kind) for kind in kinds]
        self.members = [atoms[kind[0][0]].member for kind in kinds]
        self.masks = [_masks(tuple(numbers[unit] for unit in kind[0])) for kind in kinds]
        self.others = [m for m in self.problem.claims.roll if m not in speaking]
        self.sole = sole

    def drops(self) -> Iterator[Drops]:
        """What may be left out, for each kind."""
        nothing = frozenset[int]()
        for placement, acting in moments(self.problem):
            others = [self._ends(m, nothing, placement, acting) for m in self.others]
            if not all(others):
                continue
            whole = [self._ends(m, nothing, placement, acting) for m in self.members]
            ties = tuple(ties_of(self.problem, acting))
            options: list[list[Option]] = []
            for n, member in enumerate(self.members):
                rest = [e for k, ends in enumerate(whole) for e in self._but_one(k, ends, n)]
                found: list[Option] = []
                for mask, without in self.masks[n].items():
                    if any(mask & less == less for less in self.sole[n]):
                        continue
                    ends = self._ends(member, without, placement, acting)
                    if ends and all(rest) and self._fits([ends, *rest, *others], ties):
                        self.sole[n].add(mask)
                        yield self._alone(n, mask)
                    elif ends:
                        found.append((mask, ends))
                options.append(_needed(found))
            if all(options):
                yield from self._together(options, others, ties)

    def _ends(
        self, member: str, without: frozenset[int], placement: Placement, acting: Acting
    ) -> Ends:
        course = self.problem.course(member, without, placement, acting)
        return outcomes(self.problem, course, self.problem.point(placement))

    def _but_one(self, kind: int, ends: Ends, of: int) -> list[Ends]:
        """The endings of all members of a kind, but for one of the kind `of`."""
        return [ends] * (self.sizes[kind] - (kind == of))

    def _alone(self, kind: int, mask: int) -> Drops:
        """Nothing left out but this, by one member of a kind."""
        return tuple(
            (*(0,) * (size - 1), mask if n == kind else 0) for n, size in enumerate(self.sizes)
        )

    def _fits(self, ends: Sequence[Ends], ties: Sequence[Tie]) -> bool:
        """Whether the tallies come right for some of these endings, one set for each member."""
        groups = [Group(number, found) for found, number in Counter(ends).items()]
        return possible(groups, ties, self.problem.work)

    def _together(
        self, options: Sequence[Sequence[Option]], others: Sequence[Ends], ties: Sequence[Tie]
    ) -> Iterator[Drops]:
        """Each choice of options, one for each member, in which the tallies come right."""
        both = list(zip(options, self.sizes, strict=True))
        number = prod(comb(len(found) + size - 1, size) for found, size in both)
        if number > MAX_TOGETHER:
            raise TooManyError
        self.problem.work.spend(number * STEPS_TOGETHER)
        for way in product(*(combinations_with_replacement(o, size) for o, size in both)):
            ends = [found for members in way for _, found in members]
            if self._fits([*ends, *others], ties):
                yield tuple(tuple(mask for mask, _ in members) for members in way)


def _needed(options: Sequence[Option]) -> list[Option]:
    """Without those that another does as well by leaving out less."""
    found: list[tuple[Option, frozenset[object]]] = []
    for mask, ends in options:
        parts = frozenset(ending.parts for ending in ends)
        if not any(mask & less == less and parts <= more for (less, _), more in found):
            found.append(((mask, ends), parts))
    return [option for option, _ in found]


def _masks(units: Sequence[int]) -> dict[int, frozenset[int]]:
    """Every set of these units by its mask, the small ones first."""
    masks = sorted(range(2 ** len(units)), key=int.bit_count)
    return {m: frozenset(u for n, u in enumerate(units) if m >> n & 1) for m in masks}
