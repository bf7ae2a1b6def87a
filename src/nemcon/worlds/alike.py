"""What may be dropped of a part, up to exchange of members of whom the same is said."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Sequence
from itertools import combinations_with_replacement
from math import comb
from typing import TypeAlias

from nemcon.worlds.keeping import Kind
from nemcon.worlds.problem import Problem

MAX_SUBSETS = 3_000
Units: TypeAlias = frozenset[int]


def like_units(problem: Problem, part: Units, dates: Collection[str]) -> list[Kind]:
    """The units of the part by member, with like members in one class: of these `dates`, the very
    same.
    """
    by_member: dict[str, list[int]] = defaultdict(list)
    single: list[Kind] = []
    for unit in sorted(part):
        if problem.aggregate(unit):
            single.append(((unit,),))
        elif (member := problem.claims.atoms[unit].member) in problem.atoms_of:
            by_member[member].append(unit)  # what is said of who never joins contradicts nothing
    classes: dict[object, list[tuple[int, ...]]] = defaultdict(list)
    for member, units in by_member.items():
        classes[_signature(problem, member, units, dates)].append(tuple(units))
    return [*single, *(tuple(kind) for kind in classes.values())]


def _signature(
    problem: Problem, member: str, units: Sequence[int], dates: Collection[str]
) -> object:
    """Everything that is said of a member: equal for members that can be exchanged."""
    claims, shared = problem.claims, {*problem.shared, *dates}

    def said(number: int) -> object:
        atom = claims.atoms[number]
        date = atom.timing if atom.timing in shared else claims.timings[atom.timing]
        flags = (atom.operation, problem.masks[number], problem.said[number], atom.stays)
        return (*flags, atom.if_member, atom.gate, date, number in units)

    roll = tuple((change.joins, claims.timings[change.timing]) for change in claims.roll[member])
    attributes = tuple(sorted(claims.attributes.get(member, {}).items()))
    own = claims.own_candidates.get(member, ())
    alone = problem.supposed.about(member)
    groups = problem.told_of(member)
    return tuple(said(n) for n in problem.atoms_of[member]), roll, attributes, groups, own, alone


def how_many_ways(members: int, units: int) -> int:
    """How many ways there are to drop units of like members, up to exchange."""
    return comb(members + 2**units - 1, 2**units - 1) if units < 12 else MAX_SUBSETS + 1


def ways_to_drop(kind: Kind) -> Iterable[tuple[int, ...]]:
    """For each member of a class a bit mask of dropped units, up to exchange of members."""
    return combinations_with_replacement(range(2 ** len(kind[0])), len(kind))


def how_many_dropped(candidate: Sequence[Sequence[int]]) -> int:
    """How many units that is."""
    return sum(mask.bit_count() for masks in candidate for mask in masks)


def units_in(kinds: Sequence[Kind], candidate: Sequence[Sequence[int]]) -> Units:
    """The units that are dropped."""
    return frozenset(
        unit
        for kind, masks in zip(kinds, candidate, strict=True)
        for units, mask in zip(kind, masks, strict=True)
        for n, unit in enumerate(units)
        if mask >> n & 1
    )


def drops_less(smaller: Sequence[Sequence[int]], larger: Sequence[Sequence[int]]) -> bool:
    """Whether the first drops strictly less than the second, after some exchange of members."""
    return all(matches(Counter(a), Counter(b)) for a, b in zip(smaller, larger, strict=True))


def matches(small: Counter[int], large: Counter[int]) -> bool:
    """Whether each mask of the first can be paired with one of the second that includes it."""
    small, large = small - large, large - small
    if not small:
        return True
    mask = next(iter(small))
    return any(
        matches(small - Counter([mask]), large - Counter([other]))
        for other in large
        if mask & other == mask
    )
