"""Claims that contradict each other: every maximal consistent subset, found part by part.

Consistency is not closed under removal, so nothing is grown greedily: within a part every subset
counts, up to exchange of members about whom the same is said.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations_with_replacement, product
from math import comb, prod
from typing import TypeAlias

from nemcon.worlds.atoms import Atom
from nemcon.worlds.days import Point, Timing, is_single
from nemcon.worlds.joint import outcomes, scenes
from nemcon.worlds.keeping import Drops, Kind, binding, droppable
from nemcon.worlds.member import Ending
from nemcon.worlds.placements import TooManyError
from nemcon.worlds.problem import Acting, Problem, may_coincide

MAX_SUBSETS = 3_000
MAX_CHOICES = 500
MAX_DATES = 6
Units: TypeAlias = frozenset[int]


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
    apart = (m for m, numbers in problem.atoms_of.items() if _owner(problem, numbers) == m)
    unsure, dated = _unsure_roll(problem), _dated(problem)
    return frozenset(
        member
        for member in apart
        for units in [frozenset(problem.atoms_of[member])]
        if not (unsure and any(problem.claims.atoms[unit].if_member for unit in units))
        and (_outcomes(problem, member) if dated else _consistent(problem, units))
    )


def _dated(problem: Problem) -> bool:
    """Whether no date, tally or doubtful roll ties what is said of one member to another."""
    claims = problem.claims
    if problem.common or claims.aggregates or claims.gates or isinstance(problem.question, str):
        return False
    return not (any(atom.if_member for atom in claims.atoms) and _unsure_roll(problem))


def _unsure_roll(problem: Problem) -> bool:
    """Whether a coming or going has no certain day."""
    return any(not is_single(problem.claims.timings[move].domain) for move in _moves(problem))


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
        _matches(_masks_of(problem, less, group), _masks_of(problem, more, group))
        for group in alike
    )


def _masks_of(problem: Problem, units: Units, members: Iterable[str]) -> Counter[int]:
    """Which of each member's atoms are among the units: of like members they stand in step."""
    atoms = (problem.atoms_of.get(member, ()) for member in members)
    return Counter(sum(1 << n for n, u in enumerate(own) if u in units) for own in atoms)


# Which units can contradict each other at all


class _Groups:
    """Disjoint groups of units that are joined step by step."""

    def __init__(self, units: Iterable[int]) -> None:
        self._up = {unit: unit for unit in units}

    def find(self, unit: int) -> int:
        while self._up[unit] != unit:
            self._up[unit] = self._up[self._up[unit]]
            unit = self._up[unit]
        return unit

    def join(self, units: Iterable[int]) -> None:
        """Put all of these units in one group."""
        roots = [self.find(unit) for unit in units]
        for root in roots[1:]:
            self._up[self.find(root)] = self.find(roots[0])

    def all(self) -> list[Units]:
        groups: dict[int, set[int]] = defaultdict(set)
        for unit in self._up:
            groups[self.find(unit)].add(unit)
        return [frozenset(group) for group in groups.values()]


def parts(problem: Problem, sound: Container[str] = ()) -> list[Units]:
    """Groups of units such that no contradiction crosses two; only groups that may hold one.

    Nothing that is said of `sound` members may contradict anything.
    """
    atoms_of = {m: numbers for m, numbers in problem.atoms_of.items() if m not in sound}
    trusted = {unit for m, numbers in problem.atoms_of.items() if m in sound for unit in numbers}
    units = [unit for unit in problem.units if unit not in trusted]
    members = [_Said(problem, numbers) for numbers in atoms_of.values()]
    groups = _Groups(units)
    touched: set[int] = set()
    for edge in _edges(problem, members):
        groups.join(edge)
        touched.update(edge)
    for together in _by_date(problem, units, touched):
        groups.join(together)
        touched.update(together if len(together) > 1 else ())
    suspect = {unit for unit in units if problem.aggregate(unit)}
    suspect.update(unit for found in _against_none(problem, members) for unit in found)
    suspect.update(_against_objections(problem, units))
    return [group for group in groups.all() if len(group) > 1 or group & suspect]


@dataclass
class _Said:
    """The atoms of one member; what is asked of them twice is worked out once."""

    problem: Problem
    numbers: Sequence[int]

    @cached_property
    def groups(self) -> list[list[int]] | None:
        """Groups in the order of their dates such that no contradiction crosses two, whichever
        atoms of a group are dropped; None if the order is not the same in all worlds.
        """
        ordered = _in_order(self.problem, self.numbers)
        return None if ordered is None else _grouped(self.problem, ordered)


def _edges(problem: Problem, members: Iterable[_Said]) -> Iterator[Sequence[int]]:
    """Units that can contradict each other."""
    first = len(problem.claims.atoms)
    for said in members:
        yield from _within(problem, said)
        for number in said.numbers:
            atom = problem.claims.atoms[number]
            for unit, aggregate in enumerate(problem.claims.aggregates, first):
                changes = atom.operation == "changes"
                if problem.complete or changes or _meet(problem, atom, aggregate.timing):
                    yield number, unit
    for unit, aggregate in enumerate(problem.claims.aggregates, first):
        for other, rival in enumerate(problem.claims.aggregates[: unit - first], first):
            timings = problem.claims.timings
            if problem.complete or may_coincide(timings[aggregate.timing], timings[rival.timing]):
                yield other, unit


def _against_none(problem: Problem, members: Iterable[_Said]) -> Iterator[Sequence[int]]:
    """Units that may contradict the stance *none*, in which a complete record begins."""
    if not problem.complete:
        return
    for said in members:
        if said.groups is None:
            yield said.numbers
            continue
        for group in said.groups:
            change = problem.claims.atoms[group[0]].operation == "changes"
            if change and problem.masks[group[0]] & problem.labels.none:
                yield group
            if len(group) == 1:
                break  # kept in every maximal subset, so the beginning is past


def _against_objections(problem: Problem, units: Iterable[int]) -> Iterator[int]:
    """Ends of objections, where the record of objections is complete: was there one to end?"""
    atoms, free = problem.claims.atoms, problem.labels.every & ~problem.labels.objecting
    for unit in units if problem.complete_objections else ():
        changes = unit < len(atoms) and atoms[unit].operation == "changes"
        if changes and not free & ~problem.said[unit]:
            yield unit


def _meet(problem: Problem, atom: Atom, timing: str) -> bool:
    timings = problem.claims.timings
    return may_coincide(timings[atom.timing], timings[timing])


def _within(problem: Problem, said: _Said) -> Iterator[Sequence[int]]:
    """Pairs of one member's atoms that can contradict each other."""
    atoms, timings, numbers = problem.claims.atoms, problem.claims.timings, said.numbers
    changing = any(atoms[n].operation == "changes" for n in numbers)
    if changing and (problem.claims.aggregates or said.groups is None):
        yield numbers
    elif changing and said.groups is not None:
        yield from (group for group in said.groups if len(group) > 1)
    for k, n in enumerate(numbers):
        if atoms[n].operation != "holds":
            continue
        for m in numbers[:k]:
            a, b = problem.masks[n], problem.masks[m]
            apart = atoms[m].operation == "holds" and a & b not in (a, b)
            if apart and may_coincide(timings[atoms[n].timing], timings[atoms[m].timing]):
                yield m, n


def _in_order(problem: Problem, numbers: Sequence[int]) -> list[int] | None:
    """One member's atoms in the order of their dates, if that is the same in all worlds."""
    ordered: list[tuple[Point, int]] = []
    for n in numbers:
        point = problem.points[n]
        if point is None:
            return None
        ordered.append((point, n))
    points = {problem.claims.atoms[n].timing: point for point, n in ordered}
    for point, n in ordered:
        if point < points.get(problem.claims.atoms[n].follows, point):
            return None  # an end before what it ends: one of them is dropped
    return [n for _, n in sorted(ordered)]


def _grouped(problem: Problem, ordered: Sequence[int]) -> list[list[int]]:
    """Groups of atoms of one member in a fixed order such that no contradiction crosses two,
    whichever members of a group are dropped.
    """
    groups: list[list[int]] = []
    for number in ordered:
        groups.append([number])
        while len(groups) > 1 and _clash(problem, groups[:-1], groups[-1]):
            last = groups.pop()
            groups[-1] += last
    return groups


def _clash(problem: Problem, before: Sequence[Sequence[int]], after: Sequence[int]) -> bool:
    """Whether an atom of the last group can come right behind one of the groups before it, with all
    groups in between droppable, and contradict it.
    """
    for group in reversed(before):
        for later in after:
            change = problem.claims.atoms[later].operation == "changes"
            same = problem.points[later] in [problem.points[n] for n in group]
            if (change or same) and any(problem.masks[n] & problem.said[later] for n in group):
                return True
            if same:
                return True
        if len(group) == 1:
            return False  # kept in every maximal subset
    return False


def _by_date(problem: Problem, among: Iterable[int], touched: set[int]) -> Iterator[list[int]]:
    """Units that share an unsettled date, and may contradict something or each other's dates."""
    timings = problem.claims.timings
    first = len(problem.claims.atoms)
    users: dict[str, list[int]] = defaultdict(list)
    dates: dict[str, set[str]] = defaultdict(set)
    for unit in among:
        aggregate = problem.aggregate(unit)
        name = aggregate.timing if aggregate else problem.claims.atoms[unit].timing
        for link in {name, *problem.dated_by([name])}:
            if timings[link].fixed is None:
                users[link].append(unit)
                dates[link].add(name)
    for link, units in users.items():
        # Claims that an event dates can exclude each other by their own dates alone.
        excluding = len(dates[link] - {link}) > 1
        yield units if excluding else [unit for unit in units if unit in touched]
    counting = [u for u in among if u >= first or (u in touched and _of_members(problem, u))]
    within = [u for u in counting if not _at_end(timings[problem.timing(u)])]
    for move in _moves(problem):
        single = is_single(timings[move].domain)
        found = within if single else counting
        bound = {u for u in found if _depends(timings[problem.timing(u)], timings[move])}
        yield sorted(bound.union(users[move]) if bound else ())


def _of_members(problem: Problem, unit: int) -> bool:
    """Whether an atom is said of whoever is on the roll."""
    return problem.claims.atoms[unit].if_member


def _at_end(claim: Timing) -> bool:
    """Whether a claim is of the last instant of a day."""
    return claim.at_end and claim.at is None and not claim.just_before


def _depends(claim: Timing, move: Timing) -> bool:
    """Whether it rests with the date of a coming or going if it is past at that of a claim."""
    first, last = move.domain[0][0], move.domain[-1][1] - _at_end(claim)
    return move.at is None and first <= claim.domain[-1][1] and claim.domain[0][0] <= last


def _moves(problem: Problem) -> list[str]:
    """The comings and goings of all members."""
    return sorted({c.timing for changes in problem.claims.roll.values() for c in changes})


# Maximal subsets of one part


def _maximal(
    problem: Problem, part: Units, context: Units
) -> tuple[list[Units], set[frozenset[str]]]:
    """What each maximal consistent subset of a part drops, up to exchange of like members; and the
    groups of members that were exchanged.
    """
    dates = binding(problem, part)
    kinds = _kinds(problem, part, dates if len(dates) <= MAX_DATES else ())
    found: list[Drops] = []
    for candidate, consistent in _candidates(problem, part | context, kinds, dates):
        if any(_contains(smaller, candidate) for smaller in found):
            continue
        if consistent or _consistent(problem, (part | context) - _units_of(kinds, candidate)):
            found.append(candidate)
    exchanged = {
        frozenset(problem.claims.atoms[units[0]].member for units in kind)
        for kind in kinds
        if len(kind) > 1
    }
    return [_units_of(kinds, one) for one in found], exchanged


def _candidates(
    problem: Problem, whole: Units, kinds: Sequence[Kind], dates: Sequence[str]
) -> Iterator[tuple[Drops, bool]]:
    """What may be dropped, the least first, and whether the rest is known to be consistent.

    It is found member by member, unless too many `dates` are tied to events.
    """
    tallies = [kind[0][0] for kind in kinds if problem.aggregate(kind[0][0])]
    if len(dates) <= MAX_DATES:
        found = droppable(problem, whole, tallies, kinds[len(tallies) :], dates)
        yield from ((one, True) for one in sorted(found, key=lambda one: (_weight(one), one)))
        return
    if prod(_configurations(len(kind), len(kind[0])) for kind in kinds) > MAX_SUBSETS:
        raise TooManyError
    every = sorted(product(*(_drops(kind) for kind in kinds)), key=_weight)
    yield from ((one, False) for one in every)


def _kinds(problem: Problem, part: Units, dates: Collection[str]) -> list[Kind]:
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


def _configurations(members: int, units: int) -> int:
    """How many ways there are to drop units of like members, up to exchange."""
    return comb(members + 2**units - 1, 2**units - 1) if units < 12 else MAX_SUBSETS + 1


def _drops(kind: Kind) -> Iterable[tuple[int, ...]]:
    """For each member of a class a bit mask of dropped units, up to exchange of members."""
    return combinations_with_replacement(range(2 ** len(kind[0])), len(kind))


def _weight(candidate: Sequence[Sequence[int]]) -> int:
    return sum(mask.bit_count() for masks in candidate for mask in masks)


def _units_of(kinds: Sequence[Kind], candidate: Sequence[Sequence[int]]) -> Units:
    return frozenset(
        unit
        for kind, masks in zip(kinds, candidate, strict=True)
        for units, mask in zip(kind, masks, strict=True)
        for n, unit in enumerate(units)
        if mask >> n & 1
    )


def _contains(smaller: Sequence[Sequence[int]], larger: Sequence[Sequence[int]]) -> bool:
    """Whether the first drops strictly less than the second, after some exchange of members."""
    return all(_matches(Counter(a), Counter(b)) for a, b in zip(smaller, larger, strict=True))


def _matches(small: Counter[int], large: Counter[int]) -> bool:
    """Whether each mask of the first can be paired with one of the second that includes it."""
    small, large = small - large, large - small
    if not small:
        return True
    mask = next(iter(small))
    return any(
        _matches(small - Counter([mask]), large - Counter([other]))
        for other in large
        if mask & other == mask
    )
