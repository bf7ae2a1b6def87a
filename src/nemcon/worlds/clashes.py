"""Which claims can contradict each other: parts of them such that no contradiction crosses two."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from nemcon.worlds.alike import Units
from nemcon.worlds.atoms import Atom
from nemcon.worlds.days import Point, Timing, is_single
from nemcon.worlds.problem import Problem, may_coincide


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
    for move in roll_moves(problem):
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


def roll_moves(problem: Problem) -> list[str]:
    """The comings and goings of all members."""
    return sorted({c.timing for changes in problem.claims.roll.values() for c in changes})
