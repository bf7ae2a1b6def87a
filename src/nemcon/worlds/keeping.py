"""What can be kept of claims that contradict each other, worked out member by member.

Once the shared dates are placed, members meet in the numbers of tallies only. What one member can
leave out to have a world at all is found for that member alone, and then put together.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
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
    problem: Problem,
    whole: frozenset[int],
    tallies: Sequence[int],
    kinds: Sequence[Kind],
    dates: Sequence[str] = (),
) -> set[Drops]:
    """What may be left out of `whole` so that the rest has a world, up to exchange of like members:
    of the `tallies`, and of each kind of members. Of what leaves out more than it needs to, only
    some is listed.

    `dates` are those that `binding` gives, and are the same for all members of a kind. Raises
    `TooManyError` past the stated limits.
    """
    if any(2 ** len(kind[0]) > MAX_MASKS for kind in kinds):
        raise TooManyError
    found: set[Drops] = set()
    tried: list[tuple[frozenset[int], list[set[int]]]] = []
    for chosen in sorted(product((0, 1), repeat=len(tallies) + len(dates)), key=sum):
        out, off = chosen[: len(tallies)], chosen[len(tallies) :]
        left = {name for name, loose in zip(dates, off, strict=True) if loose}
        whose = [_of_dates(problem, kind, left) for kind in kinds]
        gone = frozenset(unit for unit, one in zip(tallies, out, strict=True) if one)
        gone |= {u for kind in kinds for units in kind for u in units if problem.timing(u) in left}
        before = [sole for less, sole in tried if less <= gone]
        sole = [set[int]().union(*(one[n] for one in before)) for n in range(len(kinds))]
        if any(0 in masks for masks in sole):
            continue  # these need not all go
        tried.append((gone, sole))
        for members in _Part(problem, whole - gone, kinds, sole, whose).drops():
            found.add((*((one,) for one in out), *members))
    return found


def binding(problem: Problem, units: Iterable[int]) -> list[str]:
    """The dates of these units that may exclude dates of events, as long as one of them is kept.

    Not so a date of one member alone that is some time before or after an event.
    """
    timings = problem.claims.timings
    shared = {*problem.shared, *problem.fixed}
    names = {problem.timing(unit) for unit in units if problem.aggregate(unit) is None}
    bound = (n for n in names if timings[n].just_before or (timings[n].links and n in shared))
    return sorted(bound)


def _of_dates(problem: Problem, kind: Kind, dates: Collection[str]) -> int:
    """The mask of the units of a kind that have one of these dates."""
    return sum(1 << n for n, unit in enumerate(kind[0]) if problem.timing(unit) in dates)


class _Part:
    """A part of a problem, some tallies gone, of which members may leave out claims of their own.

    `sole` holds for each kind the masks that one member may leave out so that all else can be kept,
    `gone` the mask of what all of its members leave out.
    """

    def __init__(
        self,
        problem: Problem,
        kept: frozenset[int],
        kinds: Sequence[Kind],
        sole: list[set[int]],
        gone: Sequence[int],
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
        self.masks = [_masks(tuple(numbers.get(unit) for unit in kind[0])) for kind in kinds]
        self.others = [m for m in self.problem.claims.roll if m not in speaking]
        self.sole, self.gone = sole, gone

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
                    if any((mask | self.gone[n]) & less == less for less in self.sole[n]):
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
        both = enumerate(zip(self.sizes, self.gone, strict=True))
        return tuple(
            (*(gone,) * (size - 1), gone | mask if n == kind else gone) for n, (size, gone) in both
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
                masks = zip(way, self.gone, strict=True)
                yield tuple(tuple(gone | mask for mask, _ in members) for members, gone in masks)


def _needed(options: Sequence[Option]) -> list[Option]:
    """Without those that another does as well by leaving out less."""
    found: list[tuple[Option, frozenset[object]]] = []
    for mask, ends in options:
        parts = frozenset(ending.parts for ending in ends)
        if not any(mask & less == less and parts <= more for (less, _), more in found):
            found.append(((mask, ends), parts))
    return [option for option, _ in found]


def _masks(units: Sequence[int | None]) -> dict[int, frozenset[int]]:
    """Every set of these units by its mask, the small ones first; None: one that is gone."""
    free = sum(1 << n for n, unit in enumerate(units) if unit is not None)
    masks = sorted((m for m in range(2 ** len(units)) if m & free == m), key=int.bit_count)
    every = [(n, unit) for n, unit in enumerate(units) if unit is not None]
    return {m: frozenset(u for n, u in every if m >> n & 1) for m in masks}
