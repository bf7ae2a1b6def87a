"""One problem worked out: its conflicts settled, and the rule read in every world."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from nemcon.rules.algebra import Range, Term
from nemcon.rules.decide import exact, favourable
from nemcon.rules.procedure import Procedure, RuleError
from nemcon.rules.seating import grouping
from nemcon.worlds.answers import Bounds, Reckoning
from nemcon.worlds.candidates import DECISION, RUNNING, Standing
from nemcon.worlds.conflicts import Settled, alone, includes, settle
from nemcon.worlds.conventions import Conventions
from nemcon.worlds.joint import Group, Scene, Tie, possible, reach, scenes
from nemcon.worlds.labels import OTHER
from nemcon.worlds.member import Ending
from nemcon.worlds.placements import TooManyError
from nemcon.worlds.problem import Problem, Statuses
from nemcon.worlds.sums import Number, Vector
from nemcon.worlds.tied import Bound
from nemcon.worlds.untold import is_of_other_size, of_other_size, untold
from nemcon.worlds.wide import Held, Like, Wide

MAX_KEPT = 100


class Plain:
    """What of a problem without conflicts is the same whatever is supposed of stances."""

    def __init__(self) -> None:
        self.settled: Settled | None = None
        self.scenes: tuple[Scene, ...] | None = None

    def with_word(self, problem: Problem, members: Sequence[str]) -> Plain:
        """The same with more that some members say, which `problem` has; empty unless neither that
        nor what was said before contradicts anything, or ties them to others.
        """
        grown = Plain()
        if self.settled is None or self.scenes is None or len(self.scenes) != 1:
            return grown
        # Rival corrections may leave who gives the word off this roll.
        ends = alone(problem, [m for m in members if m in problem.claims.roll])
        if ends is not None and all(ends.values()):
            (scene,) = self.scenes
            rows = tuple((m, ends.get(m, found)) for m, found in scene.members)
            grown.settled, grown.scenes = self.settled, (replace(scene, members=rows),)
        return grown

    def keeping(self, found: Iterable[Scene]) -> Iterator[Scene]:
        """These scenes, which are kept if they are not too many."""
        kept: list[Scene] = []
        for scene in found:
            if len(kept) <= MAX_KEPT:
                kept.append(scene)
            yield scene
        self.scenes = tuple(kept) if len(kept) <= MAX_KEPT else None


class Reckoner:
    """Works out one problem: settles its conflicts, then reckons every scene.

    `plain` holds what was found of the same problem when something else was supposed.
    """

    def __init__(
        self,
        problem: Problem,
        procedure: Procedure,
        standings: Mapping[str, Standing],
        conventions: Conventions,
        only: str | None = None,
        attested: Mapping[str, Mapping[str, bool]] | None = None,
        plain: Plain | None = None,
    ) -> None:
        self.problem, self.procedure, self.only = problem, procedure, only
        self.untold = untold(procedure, problem.claims)
        plainly = procedure.sums and not self.untold
        wide = Wide(procedure, attested or {}, self.untold)
        self.wide = None if plainly else wide
        self._of_seats = wide if procedure.roll.size is not None else None
        self.standings, self.conventions = standings, conventions
        self._plain = plain or Plain()
        self.settled: Settled = self._plain.settled or settle(problem)
        if self.settled.clean:
            self._plain.settled = self.settled
        self.terms = procedure.totals() if procedure.sums else ()
        self.decided: set[bool] = set()  # whether the decision is in, over the scenes so far
        self._vectors: dict[tuple[str, str, Ending, Statuses], frozenset[Vector]] = {}

    @property
    def rough(self) -> frozenset[str]:
        """The candidates for whom the rule was too hard to be decided exactly."""
        wide = self.wide or self._of_seats
        return frozenset(wide.rough) if wide else frozenset()

    def reckon(self) -> list[Reckoning] | None:
        """One reckoning for each candidate; None if there is no world at all."""
        total: dict[str, Reckoning] = {}
        for dropped in self.settled.dropped:
            worlds = 0
            for scene in self._scenes(dropped):
                worlds += 1
                self.decided |= _decided(scene.statuses)
                for candidate in self._candidates():
                    one = self._of_scene(scene, candidate)
                    before = total.get(candidate)
                    total[candidate] = one if before is None else before.join(one)
            if not worlds:
                if not any(True for _ in scenes(self.problem.restricted(()))):
                    return None
                raise TooManyError  # parts that depend on each other: rather no answer
        return [self._exchanged(one) for one in total.values()]

    def beyond(self, others: Sequence[Settled]) -> bool:
        """Leave only the subsets that no subset of `others` (of a problem that takes more as given)
        includes; whether any is left.
        """
        if not others:
            return True
        seen = [(option, other.alike) for other in others for option in other.options()]
        left = [
            option
            for option in self.settled.options()
            if not any(includes(self.problem, option, less, alike) for less, alike in seen)
        ]
        self.settled = replace(self.settled, dropped=tuple(left), private={})
        return bool(left)

    def _candidates(self) -> Iterable[str]:
        return self.problem.labels.views if self.only is None else (self.only,)

    def _scenes(self, dropped: frozenset[int]) -> Iterable[Scene]:
        found: Iterable[Scene] | None = self._plain.scenes
        if found is None:
            found = self._fresh(dropped)
            found = self._plain.keeping(found) if self.settled.clean else found
        return map(self._supposed, found) if self.problem.supposed else found

    def _fresh(self, dropped: frozenset[int]) -> Iterator[Scene]:
        kept = [unit for unit in self.problem.units if unit not in dropped]
        number = {unit: n for n, unit in enumerate(kept)}
        private = {
            member: [frozenset(number[u] for u in units if u in number) for units in options]
            for member, options in self.settled.private.items()
        }
        return scenes(self.problem.restricted(set(kept)), private)

    def _supposed(self, scene: Scene) -> Scene:
        """The scene as the question supposes it to be."""
        return replace(
            scene, members=self.problem.supposed.endings(scene.members, self.problem.labels)
        )

    def _exchanged(self, one: Reckoning) -> Reckoning:
        """Give members that stand for each other the same possibilities."""
        supports, views = dict(one.supports), dict(one.views)
        for group in self.settled.alike:
            seen = frozenset().union(*(views.get(m, frozenset()) for m in group))
            views.update({m: seen for m in group if m in views})
            merged = frozenset().union(*(supports.get(m, frozenset()) for m in group))
            supports.update({m: merged for m in group if m in supports})
        return replace(one, supports=supports, views=views)

    # One scene

    def _of_scene(self, scene: Scene, candidate: str) -> Reckoning:
        statuses = dict(scene.statuses)
        kinds: dict[tuple[object, ...], list[str]] = defaultdict(list)
        for member, found in scene.members:
            kinds[(found, *self._class(member))].append(member)
        endings_of = dict(scene.members)
        groups = [
            Group(
                len(members),
                found,
                {e: self._of_ending(members[0], e, candidate, scene.statuses) for e in found},
            )
            for members in kinds.values()
            for found in [endings_of[members[0]]]
        ]
        met, failed, support, roll = self._decide(groups, scene.ties)
        wide = self._of_seats if is_of_other_size(self.procedure, roll) else self.wide
        if wide and groups:
            ties = _binding(scene.members, scene.ties)
            like = self._like(kinds.values(), endings_of, candidate, scene.statuses, ties)
            most = len(scene.members)
            right = [(max(tie.low, 0), min(tie.high, most)) for tie in ties]
            seated, bounds = self._seated(like, right, roll, candidate)
            favoured = wide.favours(seated, candidate, bounds)
            met, failed = True in favoured and roll.most > 0, False in favoured or roll.least <= 0
        departure = self.standings[candidate].departure if candidate in self.standings else None
        here = Standing(statuses.get(candidate, ()), departure)
        if candidate and here.possible:
            met, failed = met and here.may_run, failed or here.may_be_out
        supports: dict[str, frozenset[bool]] = {}
        views: dict[str, frozenset[str | None]] = {}
        always: set[str] = set()
        for n, members in enumerate(kinds.values() if self.only is None else ()):
            marks = self._marginals(groups, n, scene.ties)
            if None not in marks:
                always.update(members)
            seen = frozenset(mark for mark in marks if mark is not None)
            supports.update(dict.fromkeys(members, seen) if seen else {})
            held = self._held(members[0], endings_of[members[0]], candidate, scene.statuses)
            views.update(dict.fromkeys(members, held))
        numbers = {member: n for n, members in enumerate(kinds.values()) for member in members}
        return Reckoning(
            *(candidate, met, failed, support, roll, supports, frozenset(always), here),
            *(numbers, views),
        )

    def _like(
        self,
        kinds: Iterable[Sequence[str]],
        endings: Mapping[str, frozenset[Ending]],
        candidate: str,
        statuses: Statuses,
        ties: Sequence[Tie],
    ) -> list[Like]:
        """What like members may hold towards a candidate, if they are on the roll, each with what
        it adds to the ties.
        """
        found = []
        for members in kinds:
            held = frozenset(
                (view, tuple(tie.of(ending) for tie in ties))
                for ending in endings[members[0]]
                for view in self._held(members[0], (ending,), candidate, statuses)
            )
            attributes = self.problem.claims.attributes.get(members[0], {})
            found.append(Like(len(members), held, attributes))
        return found

    def _seated(
        self, members: Sequence[Like], bounds: Sequence[Bound], roll: Bounds, candidate: str
    ) -> tuple[Sequence[Like], Sequence[Bound]]:
        """The members, and those whom the roll lacks, of whom as many take part as the rule has
        seats; unchanged where the roll has that number.
        """
        size = self.procedure.roll.size
        fits = roll.least == roll.most == size
        sure = is_of_other_size(self.procedure, roll)
        if size is None or fits or not (sure or self.untold.quotas):
            return members, bounds
        seated = [
            replace(one, stances=frozenset(_in_seat(one.stances, may_be_out=roll.most > size)))
            for one in members
        ]
        if roll.least < size:
            if grouping(self.procedure):
                raise RuleError(of_other_size(self.procedure, roll).message)
            nothing = (0,) * len(bounds)
            views = frozenset[str | None]({*self.problem.labels.views[candidate], None})
            anything = _in_seat(frozenset((view, nothing) for view in views), may_be_out=True)
            seated.append(Like(size - int(roll.least), frozenset(anything), {}, unknown=True))
        return seated, [*bounds, (size, size)]

    def _held(
        self, member: str, endings: Iterable[Ending], candidate: str, statuses: Statuses
    ) -> frozenset[str | None]:
        """What a member may hold towards a candidate; None where it may be off the roll."""
        held: set[str | None] = set()
        for ending in endings:
            one = self._views(member, ending, candidate, dict(statuses))
            held |= one if ending.on_roll else {None}
        return frozenset(held)

    def _class(self, member: str) -> tuple[object, ...]:
        """What tells members apart for the rule: attributes, and candidates of their own."""
        claims = self.problem.claims
        attributes = tuple(sorted(claims.attributes.get(member, {}).items()))
        return attributes, claims.own_candidates.get(member, ())

    def _decide(
        self, groups: Sequence[Group], ties: Sequence[Tie]
    ) -> tuple[bool, bool, Bounds, Bounds]:
        if not groups:
            return False, True, Bounds(0, 0), Bounds(0, 0)  # nobody ever joined
        lows, highs = self._ranges(groups)
        support, roll = _bounds(lows, highs, 0), _bounds(lows, highs, 1)
        if not ties and self.wide:
            return True, True, support, roll  # that is decided from the members
        if not ties:
            totals = _as_totals(self.terms, zip(lows[2:], highs[2:], strict=True))
            quick = favourable(self.procedure, totals)
            if quick is not None and (lows[1] > 0 or not quick):
                return quick, not quick, support, roll
            if self._either_way(groups, len(lows)):
                return True, True, support, roll
        sums = reach(groups, ties, self.problem.work)
        met = {True, False} if self.wide else {self._favours(total) for total in sums}
        least = [min(total[n] for total in sums) for n in (0, 1)]
        most = [max(total[n] for total in sums) for n in (0, 1)]
        return True in met, False in met, _bounds(least, most, 0), _bounds(least, most, 1)

    def _favours(self, total: Vector) -> bool:
        if total[1] <= 0:
            return False  # an empty roll is never met
        totals = exact(dict(zip(self.terms, total[2:], strict=True)))
        return bool(favourable(self.procedure, totals))

    def _ranges(self, groups: Sequence[Group]) -> tuple[list[Number], list[Number]]:
        width = len(self.terms) + 2
        lows: list[Number] = [0] * width
        highs: list[Number] = [0] * width
        for group in groups:
            vectors = [v for e in group.endings for v in group.vectors(e)]
            for n in range(width):
                lows[n] += group.count * min(v[n] for v in vectors)
                highs[n] += group.count * max(v[n] for v in vectors)
        return lows, highs

    def _either_way(self, groups: Sequence[Group], width: int) -> bool:
        """Whether two worlds that are quickly found, one with the most of some total and one with
        the least, already give both answers.
        """
        choices = [
            (group.count, sorted({v for e in group.endings for v in group.vectors(e)}))
            for group in groups
        ]
        found = set()
        for n in range(width):
            for pick in (min, max):
                chosen = [(count, pick(vs, key=lambda v: (v[n], v))) for count, vs in choices]
                found.add(
                    self._favours(tuple(sum(k * v[m] for k, v in chosen) for m in range(width)))
                )
        return len(found) == 2

    def _of_ending(
        self, member: str, ending: Ending, candidate: str, statuses: Statuses
    ) -> frozenset[Vector]:
        """What a member's ending can add: support, roll, then each total of the rule."""
        key = (member, candidate, ending, statuses)
        if key not in self._vectors:
            if not ending.on_roll:
                self._vectors[key] = frozenset({(0,) * (len(self.terms) + 2)})
            else:
                self._vectors[key] = frozenset(
                    self._vector(member, view)
                    for view in self._views(member, ending, candidate, dict(statuses))
                )
        return self._vectors[key]

    def _vector(self, member: str, view: str) -> Vector:
        attributes = self.problem.claims.attributes.get(member, {})
        counts = (self.procedure.counts(term, view, attributes) for term in self.terms)
        return (int(view == "support"), 1, *counts)

    def _views(
        self,
        member: str,
        ending: Ending,
        candidate: str,
        statuses: Mapping[str, Sequence[str]],
    ) -> set[str]:
        """The stances towards a candidate that an ending allows, under the convention `nominee`."""
        views = self.problem.labels.views[candidate]
        held = {view for n, view in enumerate(views) if ending.mask >> n & 1}
        own = self.problem.claims.own_candidates.get(member, ())
        if self.conventions.nominee and "support" in held and candidate not in own:
            states = [statuses[name] for name in own if name in statuses]
            if any("running" in possible for possible in states):
                held.add(OTHER)
            if any(tuple(possible) == ("running",) for possible in states):
                held.discard("support")
        return held

    def _marginals(
        self, groups: Sequence[Group], index: int, ties: Sequence[Tie]
    ) -> set[bool | None]:
        """Whether a member of a group can support, not support, or be off the roll (None)."""
        group = groups[index]
        marks: dict[bool | None, set[Ending]] = defaultdict(set)
        for ending in group.endings:
            for vector in group.vectors(ending):
                marks[bool(vector[0]) if vector[1] else None].add(ending)
        if not ties or len(marks) == 1:
            return set(marks)
        others = list(groups)
        others[index] = replace(group, count=group.count - 1)
        plain = [Group(g.count, g.endings) for g in others if g.count]
        return {
            mark
            for mark, found in marks.items()
            if possible([*plain, Group(1, frozenset(found))], ties, self.problem.work)
        }


def _in_seat(stances: Iterable[Held], *, may_be_out: bool) -> Iterator[Held]:
    """The same stances, each adding one to the number of seats if the member is on the roll; it may
    be out of it, where there are more members than seats.
    """
    for stance, adds in stances:
        yield stance, (*adds, int(stance is not None))
        if may_be_out and stance is not None:
            yield None, (*adds, 0)


def _binding(
    members: Iterable[tuple[str, frozenset[Ending]]], ties: Sequence[Tie]
) -> tuple[Tie, ...]:
    """The ties that do not come right whatever each member does; what a size never is, is left out:
    that allows more.
    """
    every = [found for _, found in members]
    ranges = [
        [(min(added), max(added)) for found in every for added in [[tie.of(e) for e in found]]]
        for tie in ties
    ]
    return tuple(
        tie
        for tie, found in zip(ties, ranges, strict=True)
        if tie.low > sum(low for low, _ in found) or tie.high < sum(high for _, high in found)
    )


def _decided(statuses: Statuses) -> set[bool]:
    return {one == RUNNING for name, some in statuses if name == DECISION for one in some}


def _as_totals(terms: Sequence[Term], ranges: Iterable[Range]) -> dict[Term, Range]:
    return dict(zip(terms, ranges, strict=True))


def _bounds(lows: Sequence[Number], highs: Sequence[Number], n: int) -> Bounds:
    return Bounds(int(lows[n]), int(highs[n]))
