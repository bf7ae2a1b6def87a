"""All members together: tallies tie them, and the rule reads totals over them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import product
from typing import TypeAlias

from nemcon.worlds.days import END_OF_DAY, Point
from nemcon.worlds.member import Course, Ending, endings
from nemcon.worlds.placements import Placement, TooMany, placements
from nemcon.worlds.problem import Acting, Problem

MAX_SUMS = 200_000
MAX_UNSURE_SIZES = 6
Number: TypeAlias = int | Fraction
Vector: TypeAlias = tuple[Number, ...]


@dataclass(frozen=True, slots=True)
class Tie:
    """A number of members that must come out right: those on the roll at tally `counted` (`part`
    None), or those taking part `part` in it; from `low` to `high`, and not `never`."""

    counted: int
    part: int | None
    low: int
    high: int
    never: int = -1

    def of(self, ending: Ending) -> int:
        """What one member's ending adds."""
        member, part = ending.parts[self.counted]
        return int(member if self.part is None else part == self.part)

    def allows(self, total: Number) -> bool:
        """Whether the total is right."""
        return self.low <= total <= self.high and total != self.never


@dataclass(frozen=True, slots=True)
class Scene:
    """One placement of the shared dates: what each member may end as, and what ties them."""

    members: tuple[tuple[str, frozenset[Ending]], ...]
    ties: tuple[Tie, ...]


Dropped: TypeAlias = Mapping[str, Sequence[frozenset[int]]]


def scenes(problem: Problem, dropped: Dropped | None = None) -> Iterator[Scene]:
    """Every scene in which each member, and every tie, has some world.

    `dropped` gives, for members whose own claims conflict, the alternative sets of units to drop.
    Raises `TooMany` or `TooManyStates` past the stated limits.
    """
    cache: dict[tuple[Course, Point], frozenset[Ending]] = {}
    seen: set[Scene] = set()
    asked = None if isinstance(problem.question, str) else problem.question
    for placement in placements(problem.claims.timings, problem.shared, asked, problem.room):
        point = problem.point(placement)
        for acting in _actings(problem, placement):
            rows = []
            for member in problem.atoms_of:
                found: set[Ending] = set()
                for without in (dropped or {}).get(member, (frozenset(),)):
                    course = problem.course(member, without, placement, acting)
                    if (course, point) not in cache:
                        cache[course, point] = endings(course, point, problem.labels.every)
                    found |= cache[course, point]
                if not found:
                    break
                rows.append((member, frozenset(found)))
            else:
                scene = Scene(tuple(rows), tuple(_ties(problem, acting)))
                if scene not in seen and feasible(scene):
                    seen.add(scene)
                    yield scene


def _actings(problem: Problem, placement: Placement) -> Iterator[Acting]:
    """Each way in which tallies of a stated roll size may act or not under a placement."""
    choices = [
        _may_act(problem, a.of, placement[a.timing]) for a in problem.claims.aggregates
    ]
    gates = [_may_act(problem, g.of, placement[g.timing]) for g in problem.claims.gates]
    if sum(len(options) > 1 for options in [*choices, *gates]) > MAX_UNSURE_SIZES:
        raise TooMany
    for chosen in product(*choices):
        for opened in product(*gates):
            yield Acting(chosen, opened)


def _may_act(problem: Problem, of: int, point: Point) -> tuple[bool, ...]:
    """Whether a tally of a roll of `of` members may act, or not, at a point."""
    if not of:
        return (True,)
    low, high = roll_size(problem, point)
    if low == high:
        return (low == of,)
    return (True, False) if low <= of <= high else (False,)


def roll_size(problem: Problem, point: Point) -> tuple[int, int]:
    """The least and the most members that the roll can have at a point."""
    states = [_on_roll(problem, member, point) for member in problem.claims.roll]
    return states.count(True), len(states) - states.count(False)


def _on_roll(problem: Problem, member: str, point: Point) -> bool | None:
    """Whether the member is on the roll at a point; None where dates leave it open."""
    status: bool | None = False
    for change in problem.claims.roll[member]:
        domain = problem.claims.timings[change.timing].domain
        end = point[1] == END_OF_DAY
        if domain[-1][1] < point[0] or (end and domain[-1][1] == point[0]):
            status = change.joins
        elif domain[0][0] <= point[0]:
            return None
    return status


def _ties(problem: Problem, acting: Acting) -> Iterator[Tie]:
    claims = problem.claims
    for n, (aggregate, on) in enumerate(zip(claims.aggregates, acting.aggregates, strict=True)):
        if aggregate.of:
            yield _size(n, aggregate.of, on)
        if on:
            yield from (Tie(n, p, low, high) for p, (_, low, high) in enumerate(aggregate.parts))
    for n, (gate, on) in enumerate(zip(claims.gates, acting.gates, strict=True)):
        yield _size(n + len(claims.aggregates), gate.of, on)


def _size(counted: int, of: int, on: bool) -> Tie:
    return Tie(counted, None, of, of) if on else Tie(counted, None, 0, 10**9, never=of)


Weigh: TypeAlias = Callable[[str, Ending], Iterable[Vector]]


def feasible(scene: Scene) -> bool:
    """Whether some choice of endings satisfies every tie."""
    if not scene.ties:
        return True
    return bool(reach(scene, lambda member, ending: ((),)))


def reach(scene: Scene, weigh: Weigh) -> set[Vector]:
    """Every sum over the members of the vectors that `weigh` gives for an ending, over all choices
    of endings that satisfy the ties. Raises `TooMany` past MAX_SUMS."""
    ties, flexible = _needed(scene)
    kinds: Counter[frozenset[tuple[Vector, Vector]]] = Counter()
    for member, found in scene.members:
        choices = {
            (_tied(e, member, ties, flexible), vector) for e in found for vector in weigh(member, e)
        }
        kinds[frozenset(choices)] += 1
    lows = [tie.low - len(flexible[n]) for n, tie in enumerate(ties)]
    sums: set[tuple[Vector, Vector]] = {((0,) * len(ties), ())}
    left = sum(kinds.values())
    for pairs, count in sorted(kinds.items(), key=lambda item: len(item[0])):
        for _ in range(count):
            left -= 1
            sums = {
                (tied, _plus(total, vector))
                for before, total in sums
                for tie, vector in pairs
                if _alive(tied := _plus(before, tie), ties, lows, left)
            }
            if len(sums) > MAX_SUMS:
                raise TooMany
    return {
        total
        for tied, total in sums
        if all(
            tie.allows(value) if not flexible[n] else lows[n] <= value <= tie.high
            for n, (tie, value) in enumerate(zip(ties, tied, strict=True))
        )
    }


def _tied(
    ending: Ending, member: str, ties: Sequence[Tie], flexible: Sequence[frozenset[str]]
) -> Vector:
    return tuple(
        0 if member in flexible[n] else tie.of(ending) for n, tie in enumerate(ties)
    )


def _plus(a: Vector, b: Vector) -> Vector:
    return tuple(x + y for x, y in zip(a, b, strict=True)) if a else b


def _alive(tied: Vector, ties: Sequence[Tie], lows: Sequence[int], left: int) -> bool:
    """Whether the ties can still come right with `left` members to add."""
    return all(
        value <= tie.high and value + left >= low
        for value, tie, low in zip(tied, ties, lows, strict=True)
    )


def _needed(scene: Scene) -> tuple[list[Tie], list[frozenset[str]]]:
    """The ties that choices can break, each with the members that are free to take either part.

    A member that can take part in a tally or not, whatever else it does, can always make up a
    number that the others leave short: it is taken out of the sum, and the bound widened.
    """
    ties: list[Tie] = []
    flexible: list[frozenset[str]] = []
    parts = Counter(tie.counted for tie in scene.ties if tie.part is not None)
    projected = dict(scene.members)
    for tie in scene.ties:
        fixed = all(len({tie.of(e) for e in found}) == 1 for found in projected.values())
        if fixed and tie.allows(sum(tie.of(next(iter(e))) for e in projected.values())):
            continue
        free: set[str] = set()
        if tie.part is not None and parts[tie.counted] == 1:
            for member, found in projected.items():
                if _closed(found, tie.counted):
                    free.add(member)
        ties.append(tie)
        flexible.append(frozenset(free))
    return ties, flexible


def _closed(found: frozenset[Ending], counted: int) -> bool:
    """Whether the endings allow either part in a tally, whatever the rest."""
    rest: dict[tuple[object, ...], set[int]] = defaultdict(set)
    for ending in found:
        parts = ending.parts
        key = (parts[:counted], parts[counted + 1 :], ending.on_roll, ending.mask)
        rest[key].add(parts[counted][1] if parts[counted][0] else -2)
    return all(options == {-1, 0} for options in rest.values())
