"""Claims that contradict each other: every maximal consistent subset, found part by part.

Consistency is not closed under removal, so nothing is grown greedily: within a part every subset
counts, up to exchange of members about whom the same is said.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from math import prod

from nemcon.worlds.alike import (
    MAX_SUBSETS,
    Units,
    drops_less,
    how_many_dropped,
    how_many_ways,
    like_units,
    matches,
    units_in,
    ways_to_drop,
)
from nemcon.worlds.clashes import parts, roll_moves
from nemcon.worlds.days import is_single
from nemcon.worlds.joint import outcomes, scenes
from nemcon.worlds.keeping import Drops, Kind, binding, droppable
from nemcon.worlds.member import Ending
from nemcon.worlds.placements import TooManyError
from nemcon.worlds.problem import Acting, Problem

MAX_CHOICES = 500
MAX_DATES = 6


@dataclass(frozen=True)
class Settled:
    """The maximal consistent subsets of one problem.

    Each of `dropped` is the units that one of them leaves out; `private` gives the alternatives of
    members whose own claims alone contradict each other. `alike` are groups of members that stand
    for each other: one subset is listed for all that differ only by exchanging them.
    """

    dropped: tuple[Units, ...]
    private: Mapping[str, tuple[Units, ...]]
    alike: tuple[frozenset[str], ...] = ()

    @property
    def clean(self) -> bool:
        """Whether nothing contradicts anything."""
        return self.dropped == (frozenset(),) and not self.private

    def options(self) -> list[Units]:
        """What each subset drops, members' own alternatives included. Raises `TooManyError`."""
        if len(self.dropped) * prod(len(own) for own in self.private.values()) > MAX_CHOICES:
            raise TooManyError
        return [
            frozenset().union(one, *own)
            for one in self.dropped
            for own in product(*self.private.values())
        ]


def settle(problem: Problem) -> Settled:
    """All maximal consistent subsets. Raises `TooManyError` where there are too many to look at."""
    private: dict[str, list[Units]] = {}
    shared: list[list[Units]] = []
    alike: set[frozenset[str]] = set()
    found_parts = parts(problem, _sound(problem))
    doubtful = frozenset().union(*found_parts)
    for part in found_parts:
        context = _context(problem, part, doubtful)
        if _consistent(problem, part | context):
            continue
        found, exchanged = _maximal(problem, part, context)
        alike |= exchanged
        owner = _owner(problem, part)
        if owner is None:
            shared.append(found)
        else:
            before = private.get(owner, [frozenset()])
            private[owner] = [a | b for a in before for b in found]
    if prod(len(options) for options in shared) > MAX_CHOICES:
        raise TooManyError
    dropped = tuple(frozenset().union(*chosen) for chosen in product(*shared))
    return Settled(
        dropped, {m: tuple(d) for m, d in private.items()}, tuple(sorted(alike, key=sorted))
    )


def _sound(problem: Problem) -> frozenset[str]:
    """The members of whom all that is said can be true together, and is tied to nobody else.

    Nothing of theirs is ever dropped, so that it need not be taken apart: most members, usually.
    """
    if problem.claims.aggregates:
        return frozenset()
    if _dated(problem):
        return frozenset(m for m, own in problem.atoms_of.items() if own and _outcomes(problem, m))
    apart = (m for m, numbers in problem.atoms_of.items() if _owner(problem, numbers) == m)
    unsure = _unsure_roll(problem)
    return frozenset(
        member
        for member in apart
        for units in [frozenset(problem.atoms_of[member])]
        if not (unsure and any(problem.claims.atoms[unit].if_member for unit in units))
        and _consistent(problem, units)
    )


def _dated(problem: Problem) -> bool:
    """Whether no date, tally or doubtful roll ties what is said of one member to another."""
    claims = problem.claims
    if problem.common or claims.aggregates or claims.gates or isinstance(problem.question, str):
        return False
    return not (any(atom.if_member for atom in claims.atoms) and _unsure_roll(problem))


def _unsure_roll(problem: Problem) -> bool:
    """Whether a coming or going has no certain day."""
    return any(not is_single(problem.claims.timings[move].domain) for move in roll_moves(problem))


def alone(problem: Problem, members: Iterable[str]) -> dict[str, frozenset[Ending]] | None:
    """How each of these members may end by all that is said of it; none if that contradicts itself.

    None where something ties it to others.
    """
    return {m: _outcomes(problem, m) for m in members} if _dated(problem) else None


def _outcomes(problem: Problem, member: str) -> frozenset[Ending]:
    """How a member may end by all that is said of it, where nothing ties it to others.

    This is the very course that the answer asks for, and is not worked out again.
    """
    course = problem.course(member, frozenset(), problem.fixed, Acting())
    return outcomes(problem, course, problem.point(problem.fixed))


def _context(problem: Problem, part: Units, doubtful: Units) -> Units:
    """What else is said of the members of a part and never dropped.

    It may be what makes a change of theirs possible. A part with a tally has all that matters.
    """
    if any(problem.aggregate(unit) for unit in part):
        return frozenset()
    members = {problem.claims.atoms[unit].member for unit in part}
    said = (n for member in members for n in problem.atoms_of.get(member, ()))
    return frozenset(said) - doubtful


def _owner(problem: Problem, part: Collection[int]) -> str | None:
    """The member whom alone a part concerns, if its dates are nobody else's."""
    if any(problem.aggregate(unit) for unit in part):
        return None
    atoms = [problem.claims.atoms[unit] for unit in part]
    members, timings = {atom.member for atom in atoms}, problem.claims.timings
    tied = any(a.timing in problem.common or timings[a.timing].links or a.gate >= 0 for a in atoms)
    return None if tied or len(members) != 1 else members.pop()


def _consistent(problem: Problem, units: Units) -> bool:
    """Whether these units have a world together."""
    members = None
    if not any(problem.aggregate(unit) for unit in units):
        members = {problem.claims.atoms[unit].member for unit in units}
        if not any(problem.claims.atoms[unit].gate >= 0 for unit in units):
            return any(True for _ in scenes(problem.restricted(units, members)))
    return any(True for _ in scenes(problem.restricted(units)))


def includes(
    problem: Problem, more: Units, less: Units, alike: Sequence[frozenset[str]] = ()
) -> bool:
    """Whether the first units are at least the second, after some exchange of `alike` members."""
    exchanged = {unit for group in alike for m in group for unit in problem.atoms_of.get(m, ())}
    if not less - exchanged <= more - exchanged:
        return False
    return all(
        matches(_masks_of(problem, less, group), _masks_of(problem, more, group)) for group in alike
    )


def _masks_of(problem: Problem, units: Units, members: Iterable[str]) -> Counter[int]:
    """Which of each member's atoms are among the units: of like members they stand in step."""
    atoms = (problem.atoms_of.get(member, ()) for member in members)
    return Counter(sum(1 << n for n, u in enumerate(own) if u in units) for own in atoms)


def _maximal(
    problem: Problem, part: Units, context: Units
) -> tuple[list[Units], set[frozenset[str]]]:
    """What each maximal consistent subset of a part drops, up to exchange of like members; and the
    groups of members that were exchanged.
    """
    dates = binding(problem, part)
    kinds = like_units(problem, part, dates if len(dates) <= MAX_DATES else ())
    found: list[Drops] = []
    for candidate, consistent in _candidates(problem, part | context, kinds, dates):
        if any(drops_less(smaller, candidate) for smaller in found):
            continue
        if consistent or _consistent(problem, (part | context) - units_in(kinds, candidate)):
            found.append(candidate)
    exchanged = {
        frozenset(problem.claims.atoms[units[0]].member for units in kind)
        for kind in kinds
        if len(kind) > 1
    }
    return [units_in(kinds, one) for one in found], exchanged


def _candidates(
    problem: Problem, whole: Units, kinds: Sequence[Kind], dates: Sequence[str]
) -> Iterator[tuple[Drops, bool]]:
    """What may be dropped, the least first, and whether the rest is known to be consistent.

    It is found member by member, unless too many `dates` are tied to events.
    """
    tallies = [kind[0][0] for kind in kinds if problem.aggregate(kind[0][0])]
    if len(dates) <= MAX_DATES:
        found = droppable(problem, whole, tallies, kinds[len(tallies) :], dates)
        yield from (
            (one, True) for one in sorted(found, key=lambda one: (how_many_dropped(one), one))
        )
        return
    if prod(how_many_ways(len(kind), len(kind[0])) for kind in kinds) > MAX_SUBSETS:
        raise TooManyError
    every = sorted(product(*(ways_to_drop(kind) for kind in kinds)), key=how_many_dropped)
    yield from ((one, False) for one in every)
