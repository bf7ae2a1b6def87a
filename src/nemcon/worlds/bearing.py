"""What of a placement bears on one member: many placements are the same to it."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Hashable
from dataclasses import dataclass

from nemcon.worlds.days import Domain, Point, Timing
from nemcon.worlds.placements import Placement
from nemcon.worlds.problem import Problem


@dataclass(frozen=True)
class Bearing:
    """The dates that a member's course depends on and that others share, by `names`; and the days
    of all its other dates. Where `any_day`, none of those is open: between two of them only the
    order of the shared ones matters.
    """

    names: tuple[str, ...]
    days: tuple[int, ...]
    any_day: bool

    def of(self, placement: Placement, asked: Point) -> Hashable:
        """Equal for placements (and instants asked about) under which the member ends alike."""
        points = [*[placement.get(name) for name in self.names], asked]
        if not self.any_day:
            return tuple(points)
        between = sorted({point for point in points if point and point[0] not in self.days})
        place = {p: (bisect_left(self.days, p[0]), n) for n, p in enumerate(between)}
        return tuple([place.get(point, point) if point else None for point in points])


def bearing_on(problem: Problem, member: str) -> Bearing:
    """What bears on a member of a problem."""
    claims, timings = problem.claims, problem.claims.timings
    own = [claims.atoms[n].timing for n in problem.atoms_of[member]]
    own += [change.timing for change in claims.roll[member]]
    own += [link for name in own for link in timings[name].links]
    own += [tally.timing for tally in claims.aggregates]
    own += [gate.timing for gate in claims.gates]
    shared = {name for name in own if name in problem.common or timings[name].just_before}
    names = tuple(sorted(name for name in shared if name not in problem.fixed))
    alone = [timings[name] for name in {*own}.difference(names)]
    days = {day for timing in alone for day in _days(timing)}
    days.update(point[0] for point in problem.instants)
    settled = all(timing.fixed or _is_day(timing.domain) for timing in alone)
    return Bearing(names, tuple(sorted(days)), settled and not claims.told.get(member))


def _days(timing: Timing) -> set[int]:
    at = {timing.at[0]} if timing.at else set()
    return at | {day for part in timing.domain for day in part}


def _is_day(domain: Domain) -> bool:
    return all(low == high for low, high in domain)
