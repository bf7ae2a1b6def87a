"""All members together: tallies tie them, and the rule reads totals over them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import product
from typing import TypeAlias

from nemcon.worlds.bearing import bearing_on
from nemcon.worlds.days import END_OF_DAY, Point
from nemcon.worlds.member import Course, Ending, endings, in_gap, in_order
from nemcon.worlds.placements import Placement, TooManyError, Work, placements
from nemcon.worlds.problem import Acting, Problem, Statuses
from nemcon.worlds.sums import Options, Vector, sums

MAX_UNSURE_SIZES = 6
STEPS_A_COURSE = 60
MAX_FOUND = 5_000


@dataclass(frozen=True, slots=True)
class Tie:
    """A number of members that must come out right: those on the roll at tally `counted` (`part`
    None), or those taking part `part` in it; from `low` to `high`, and not `never`.
    """

    counted: int
    part: int | None
    low: int
    high: int
    never: int = -1

    def of(self, ending: Ending) -> int:
        """What one member's ending adds."""
        member, part = ending.parts[self.counted]
        return int(member if self.part is None else part == self.part)


@dataclass(frozen=True, slots=True)
class Scene:
    """One placement of the shared dates: what each member may end as, what ties them, and which
    statuses the candidates can have.
    """

    members: tuple[tuple[str, frozenset[Ending]], ...]
    ties: tuple[Tie, ...]
    statuses: Statuses


Dropped: TypeAlias = Mapping[str, Sequence[frozenset[int]]]


def scenes(problem: Problem, dropped: Dropped | None = None) -> Iterator[Scene]:
    """Every scene in which each member, and every tie, has some world.

    `dropped` gives, for members whose own claims conflict, the alternative sets of units to drop.
    Raises `TooManyError` past the stated limits.
    """
    seen: set[Scene] = set()
    pool: dict[frozenset[Ending], frozenset[Ending]] = {}  # equal sets become one, quick to compare
    classes = problem.like_members(dropped or {})
    known: list[dict[Hashable, frozenset[Ending]]] = [{} for _ in classes]
    tied = () if problem.untied else classes
    bearings = [bearing_on(problem, members[0]) for members, _ in tied]
    for placement, acting in moments(problem):
        point, statuses = problem.point(placement), problem.statuses(placement)
        rows: list[tuple[str, frozenset[Ending]]] = []
        problem.work.spend(len(classes) * STEPS_A_COURSE)
        for n, (members, alternatives) in enumerate(classes):
            key = acting, bearings[n].of(placement, point) if bearings else point
            one = known[n].get(key)
            if one is None:
                ends = [
                    outcomes(problem, problem.course(members[0], without, placement, acting), point)
                    for without in alternatives
                ]
                one = ends[0] if len(ends) == 1 else frozenset[Ending]().union(*ends)
                one = known[n][key] = pool.setdefault(one, one)
            if not one:
                break
            rows += [(member, one) for member in members]
        else:
            scene = Scene(tuple(rows), tuple(ties_of(problem, acting)), statuses)
            if scene not in seen and feasible(scene, problem.work):
                seen.add(scene)
                yield scene


def moments(problem: Problem) -> Iterator[tuple[Placement, Acting]]:
    """Each placement of the shared dates, with each way in which tallies may act then."""
    if problem.untied:
        yield problem.fixed, Acting()
        return
    placed = placements(
        problem.claims.timings,
        *(problem.shared, problem.instants, problem.room, problem.used, problem.days),
    )
    for placement in placed:
        for acting in _actings(problem, placement):
            yield placement, acting


def outcomes(problem: Problem, course: Course, point: Point) -> frozenset[Ending]:
    """The endings of a course at the instant asked about, each worked out once."""
    if problem.untied:
        # It is the same in every scene, and asked at many points.
        gap = in_gap(course, point)
        if gap not in course.ends:
            course.ends[gap] = endings(course, gap, problem.labels.every, problem.work)
        return course.ends[gap]
    asked = in_order(course, point)
    found = problem.found.get(asked)
    if found is None:
        if len(problem.found) > MAX_FOUND:
            problem.found.clear()  # whoever asks day after day would keep more and more
        found = problem.found[asked] = endings(*asked, problem.labels.every, problem.work)
    return found


def _actings(problem: Problem, placement: Placement) -> Iterator[Acting]:
    """Each way in which tallies of a stated roll size may act or not under a placement."""
    choices = [_may_act(problem, a.of, placement[a.timing]) for a in problem.claims.aggregates]
    gates = [_may_act(problem, g.of, placement[g.timing]) for g in problem.claims.gates]
    if sum(len(options) > 1 for options in [*choices, *gates]) > MAX_UNSURE_SIZES:
        raise TooManyError
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


def ties_of(problem: Problem, acting: Acting) -> Iterator[Tie]:
    """What the tallies that act say of numbers."""
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


@dataclass(frozen=True, slots=True)
class Group:
    """Like members of a scene: how many, how each may end, and what each ending adds to a sum."""

    count: int
    endings: frozenset[Ending]
    adds: Mapping[Ending, frozenset[Vector]] | None = None

    def vectors(self, ending: Ending) -> Iterable[Vector]:
        """The vectors that an ending may add (none needed: the empty one)."""
        return self.adds[ending] if self.adds is not None else ((),)


def feasible(scene: Scene, work: Work) -> bool:
    """Whether some choice of endings satisfies every tie."""
    if not scene.ties:
        return True
    counts = Counter(found for _, found in scene.members)
    return possible([Group(n, found) for found, n in counts.items()], scene.ties, work)


def possible(groups: Sequence[Group], ties: Sequence[Tie], work: Work) -> bool:
    """Whether some choice of endings of these groups satisfies every tie."""
    return not ties or bool(reach(groups, ties, work))


def reach(groups: Sequence[Group], ties: Sequence[Tie], work: Work) -> frozenset[Vector]:
    """Every sum of what the members' endings add, over all choices that satisfy the ties.

    Raises `TooManyError` once `work` is used up.
    """
    work.spend(sum(len(group.endings) for group in groups) * (2 + 2 * len(ties)))
    needed = _needed(groups, ties)
    if needed is None:
        return frozenset()
    steps: Counter[Options] = Counter()
    names = tuple(tie for tie, _, _ in needed)
    for group in groups:
        spared = tuple(group.endings in flexible for _, flexible, _ in needed)
        steps[_options(group, _taken(group.endings, names, spared))] += group.count
    bounds = tuple((tie.low - spare, tie.high, tie.never) for tie, _, spare in needed)
    # Scenes differ in dates that touch no stance, and then in nothing that is added up.
    key = (frozenset(steps.items()), bounds)
    found: frozenset[Vector] | None = work.found.get(key)
    if found is None:
        found = work.found[key] = sums(list(steps.items()), bounds, work)
    return found


@lru_cache(maxsize=4096)
def _taken(
    found: frozenset[Ending], ties: tuple[Tie, ...], spared: tuple[bool, ...]
) -> tuple[tuple[Ending, Vector], ...]:
    """What each ending adds to the ties, where that is not spared."""
    both = tuple(zip(ties, spared, strict=True))
    return tuple((e, tuple([0 if free else tie.of(e) for tie, free in both])) for e in found)


def _options(group: Group, taken: Iterable[tuple[Ending, Vector]]) -> Options:
    """What one member of a group may add to the ties, and to the totals."""
    return frozenset([(tied, v) for ending, tied in taken for v in group.vectors(ending)])


# A tie, the ways of ending that leave a member free to take either part, and how many such members.
_Needed: TypeAlias = tuple[Tie, frozenset[frozenset[Ending]], int]


def _needed(groups: Sequence[Group], ties: Sequence[Tie]) -> list[_Needed] | None:
    """The ties that choices can break; None if one is broken whatever is chosen.

    A member that can take part in a tally or not, whatever else it does, can always make up a
    number that the others leave short: it is taken out of the sum, and the bound widened.
    """
    needed: list[_Needed] = []
    parts = Counter(tie.counted for tie in ties if tie.part is not None)
    ranges = [(_ranges(group.endings, tuple(ties)), group.count) for group in groups]
    for n, tie in enumerate(ties):
        low = sum(found[n][0] * count for found, count in ranges)
        high = sum(found[n][1] * count for found, count in ranges)
        if high < tie.low or low > tie.high or low == high == tie.never:
            return None
        if low >= tie.low and high <= tie.high and not low <= tie.never <= high:
            continue
        flexible: frozenset[frozenset[Ending]] = frozenset()
        if tie.part is not None and parts[tie.counted] == 1:
            flexible = frozenset(g.endings for g in groups if _closed(g.endings, tie.counted))
        spare = sum(group.count for group in groups if group.endings in flexible)
        needed.append((tie, flexible, spare))
    return needed


@lru_cache(maxsize=4096)
def _ranges(found: frozenset[Ending], ties: tuple[Tie, ...]) -> tuple[tuple[int, int], ...]:
    """The least and the most that these endings add to each tie."""
    numbers = ([tie.of(ending) for ending in found] for tie in ties)
    return tuple((min(added), max(added)) for added in numbers)


@lru_cache(maxsize=4096)
def _closed(found: frozenset[Ending], counted: int) -> bool:
    """Whether the endings allow either part in a tally, whatever the rest."""
    rest: dict[tuple[object, ...], set[int]] = defaultdict(set)
    for ending in found:
        parts = ending.parts
        key = (parts[:counted], parts[counted + 1 :], ending.on_roll, ending.mask)
        rest[key].add(parts[counted][1] if parts[counted][0] else -2)
    return all(options == {-1, 0} for options in rest.values())
