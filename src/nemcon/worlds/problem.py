"""The question put together: claims on masks of stances, dates shared or private, units to drop."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import product
from typing import TypeAlias

from nemcon.worlds.atoms import Aggregate, StanceSet, each_once, used_gates
from nemcon.worlds.attributes import possible_values
from nemcon.worlds.candidates import Step, standing
from nemcon.worlds.claims import Claims
from nemcon.worlds.days import Domain, Point, Timing, clusters, end_of_day, is_single, share_a_day
from nemcon.worlds.labels import Labels
from nemcon.worlds.member import Act, Counted, Course, Deed, Ending
from nemcon.worlds.placements import Placement, TooManyError, Work
from nemcon.worlds.roll import RollChange, come_before
from nemcon.worlds.supposed import NOTHING, Supposed

MAX_STEPS = 16_000_000
Statuses: TypeAlias = tuple[tuple[str, tuple[str, ...]], ...]  # what each candidate's can be


@dataclass(frozen=True, slots=True)
class Acting:
    """Which aggregates and which gates act: the roll has the size that they state."""

    aggregates: tuple[bool, ...] = ()
    gates: tuple[bool, ...] = ()


@dataclass(frozen=True)
class Problem:
    """One question about one matter.

    Units that conflicts may drop are numbered: first the atoms, then the aggregates.
    `complete` and `complete_objections` say what completeness is taken as given.
    """

    claims: Claims
    labels: Labels
    question: Point | str  # a point, or the name of an event
    complete: bool = False
    complete_objections: bool = False
    steps: Mapping[str, Sequence[Step]] = field(default_factory=dict)  # of each candidacy
    supposed: Supposed = NOTHING
    work: Work = field(default_factory=lambda: Work(MAX_STEPS), compare=False)
    # What was worked out for a course is kept: parts of the problem and the whole share courses.
    found: dict[tuple[Course, Point], frozenset[Ending]] = field(
        default_factory=dict, compare=False, repr=False
    )

    def like(self, other: Problem) -> Problem:
        """This problem, with what was worked out of another that differs in no claim, but perhaps
        in the instant asked about.
        """
        if isinstance(self.question, str) or isinstance(other.question, str):
            return self
        self.__dict__.update({k: v for k, v in other.__dict__.items() if k in _WHENEVER})
        return self

    @cached_property
    def said(self) -> tuple[int, ...]:
        """The mask of the stances that each atom names; a change leaves a stance that is none."""
        return self._of_stances(self.labels.mask)

    @cached_property
    def masks(self) -> tuple[int, ...]:
        """The mask of the stances that each atom can mean: an objection would be on record."""
        if not self.complete_objections:
            return self.said
        mask, objecting = self.labels.mask, self.labels.objecting
        return self._of_stances(lambda one: mask(one) & ~objecting if one.negated else mask(one))

    def _of_stances(self, mask: Callable[[StanceSet], int]) -> tuple[int, ...]:
        """For each atom the mask of its stances."""
        sets = each_once(atom.stances for atom in self.claims.atoms)
        known = {stances: mask(stances) for stances in dict.fromkeys(sets.values())}
        masks = {number: known[stances] for number, stances in sets.items()}
        return tuple([masks[id(atom.stances)] for atom in self.claims.atoms])

    @cached_property
    def points(self) -> tuple[Point | None, ...]:
        """The point of each atom, where only one is possible."""
        return tuple(self.fixed.get(atom.timing) for atom in self.claims.atoms)

    @cached_property
    def fixed(self) -> Placement:
        """The point of each date of which only one is possible."""
        timings = self.claims.timings.items()
        return {name: point for name, timing in timings if (point := timing.fixed) is not None}

    @cached_property
    def atoms_of(self) -> Mapping[str, tuple[int, ...]]:
        """The numbers of each member's atoms; every member ever on the roll is a key."""
        found: dict[str, list[int]] = {member: [] for member in self.claims.roll}
        for number, atom in enumerate(self.claims.atoms):
            if atom.member in found:
                found[atom.member].append(number)
        return {member: tuple(numbers) for member, numbers in found.items()}

    @property
    def units(self) -> range:
        """The numbers of all units."""
        return range(len(self.claims.atoms) + len(self.claims.aggregates))

    def aggregate(self, unit: int) -> Aggregate | None:
        """The aggregate with this unit number, or None if it is an atom."""
        index = unit - len(self.claims.atoms)
        return self.claims.aggregates[index] if index >= 0 else None

    def timing(self, unit: int) -> str:
        """The name of the date of a unit."""
        aggregate = self.aggregate(unit)
        return aggregate.timing if aggregate else self.claims.atoms[unit].timing

    @cached_property
    def shared(self) -> tuple[str, ...]:
        """The timings without a fixed point that more than one member depends on."""
        first: dict[str, str] = {}
        names: set[str] = set()
        for atom in self.claims.atoms:
            member = atom.member
            if member in self.claims.roll and first.setdefault(atom.timing, member) != member:
                names.add(atom.timing)
        names |= {aggregate.timing for aggregate in self.claims.aggregates}
        names |= {gate.timing for gate in self.claims.gates}
        names |= self.anchors
        if isinstance(self.question, str):
            names.add(self.question)
        loose = (name for name in names if name not in self.fixed)
        return tuple(sorted(loose))

    @cached_property
    def used(self) -> frozenset[str]:
        """The timings whose order matters: of claims and their anchors, and of the roll where a
        claim of a shared date, or dated by one, speaks of whoever is on it.
        """
        names = {atom.timing for atom in self.claims.atoms if atom.member in self.claims.roll}
        names |= {aggregate.timing for aggregate in self.claims.aggregates}
        names |= {gate.timing for gate in self.claims.gates}
        shared = set(self.shared)
        of_roll = {a.timing for a in self.claims.atoms if a.if_member}
        of_roll |= {aggregate.timing for aggregate in self.claims.aggregates}
        of_roll |= {link for name in of_roll for link in self.claims.timings[name].links}
        if shared & (of_roll | {self.question if isinstance(self.question, str) else ""}):
            names |= {change.timing for roll in self.claims.roll.values() for change in roll}
        if isinstance(self.question, str) or not self._step_events.isdisjoint(self.anchors):
            names |= self._step_events
        names |= {self.question} if isinstance(self.question, str) else set()
        return frozenset(names | self.anchors)

    @cached_property
    def _step_events(self) -> frozenset[str]:
        return frozenset(step.event for steps in self.steps.values() for step in steps)

    @cached_property
    def instants(self) -> tuple[Point, ...]:
        """The instant asked about, if it is known, and that of the roll."""
        asked = () if isinstance(self.question, str) else (self.question,)
        return (*asked, self.claims.roll_at) if self.claims.roll_at else asked

    @cached_property
    def days(self) -> frozenset[int]:
        """Other days that tell dates apart: on which the body may have been told of a step."""
        steps = [step for steps in self.steps.values() for step in steps]
        return frozenset(step.since for step in steps if step.since is not None)

    def statuses(self, placement: Placement) -> Statuses:
        """The statuses that each candidate can have at the instant asked about."""
        moving = isinstance(self.question, str) or not self._step_events.isdisjoint(self.shared)
        return self._statuses(placement) if moving else self._fixed_statuses

    @cached_property
    def _fixed_statuses(self) -> Statuses:
        return self._statuses({})

    def _statuses(self, placement: Placement) -> Statuses:
        point = self.point(placement)
        return tuple(
            (candidate, standing([_placed_step(s, placement) for s in steps], point).possible)
            for candidate, steps in self.steps.items()
        )

    @cached_property
    def anchors(self) -> frozenset[str]:
        """The events that claims, or other events, are dated by, and those events."""
        return self.dated_by(self.claims.timings)

    @cached_property
    def _clusters(self) -> Mapping[str, frozenset[str]]:
        return clusters(self.claims.timings, self.claims.events)

    def dated_by(self, names: Iterable[str]) -> frozenset[str]:
        """The events that these are dated by, and all that are dated with those by each other."""
        found: set[str] = set()
        timings, clusters = self.claims.timings, self._clusters
        for name in names:
            links = timings[name].links
            if links or name in clusters:  # seldom
                for event in (name, *links):
                    found |= clusters.get(event, {event} - {name})
        return frozenset(found)

    @cached_property
    def common(self) -> frozenset[str]:
        """The timings that are not one member's own: shared ones, and events that date claims."""
        return self.anchors.union(self.shared)

    @cached_property
    def room(self) -> int:
        """How many private dates a single member has at most."""
        shared = set(self.shared)
        counts: dict[str, int] = defaultdict(int)
        for atom in self.claims.atoms:
            timing = self.claims.timings[atom.timing]
            if timing.fixed is None and not timing.just_before and atom.timing not in shared:
                counts[atom.member] += 1
        return max(counts.values(), default=0) + 1

    def point(self, placement: Placement) -> Point:
        """The instant asked about."""
        return placement[self.question] if isinstance(self.question, str) else self.question

    def restricted(self, units: Iterable[int], members: Container[str] | None = None) -> Problem:
        """The same question with only these units (and only these members of the roll)."""
        claims, first, units = self.claims, len(self.claims.atoms), sorted(units)
        spoken = (claims.atoms[n] for n in units if n < first)
        kept = tuple(a for a in spoken if members is None or a.member in members)
        atoms, gates = used_gates(kept, claims.gates)
        aggregates = tuple(claims.aggregates[n - first] for n in units if n >= first)
        roll = {m: r for m, r in claims.roll.items() if members is None or m in members}
        names = {a.timing for a in atoms} | {a.timing for a in aggregates}
        names |= {gate.timing for gate in gates}
        names |= {change.timing for changes in roll.values() for change in changes}
        names |= {self.question} if isinstance(self.question, str) else set()
        names |= self._step_events if members is None else set()
        names |= self.dated_by(names)
        everything = len(units) == len(self.units) and len(names) == len(claims.timings)
        if members is None and everything and len(gates) == len(claims.gates):
            return self
        return replace(
            self,
            steps=self.steps if members is None else {},
            claims=replace(
                claims,
                timings={name: claims.timings[name] for name in names},
                atoms=atoms,
                aggregates=aggregates,
                gates=gates,
                roll=roll,
            ),
        )

    def course(
        self, member: str, without: frozenset[int], placement: Placement, acting: Acting
    ) -> Course:
        """One member's course under a placement, without the dropped units; `acting` says which
        aggregates and gates act.
        """
        if not self.untied:
            return self._course(member, without, placement, acting)
        key = (member, without, self._roll_from[member])
        if key not in self._courses:
            self._courses[key] = self._settled(member, without) or self._course(
                member, without, placement, acting
            )
        return self._courses[key]

    @cached_property
    def untied(self) -> bool:
        """Whether no date or number is shared: each course is then the same in every scene."""
        return not (self.common or self.claims.aggregates or self.claims.gates)

    @cached_property
    def _courses(self) -> dict[object, Course]:
        """The courses of members that nothing ties to others, as far as they were asked for."""
        return {}

    def _settled(self, member: str, without: frozenset[int]) -> Course | None:
        """The course of a member that nothing ties to others, if no date of it is open."""
        atoms, points, timings = self.claims.atoms, self.points, self.claims.timings
        numbers = [n for n in self.atoms_of[member] if n not in without]
        on_roll, changes = self._roll_from[member]
        if changes or not numbers:
            return None
        at = {a.timing: points[n] for n in numbers if (a := atoms[n]).timing in self._followed}
        found: dict[Point, list[Deed]] = defaultdict(list)
        for n in numbers:
            atom, point = atoms[n], points[n]
            if point is None or (atom.stays and timings[atom.timing].at is None):
                return None
            early = bool(atom.follows) and point < (at.get(atom.follows) or point)
            said = atom.operation, self.masks[n], self.said[n], atom.if_member, atom.dated
            found[point].append((*said, None, early))
        done = tuple([(point, tuple(found[point])) for point in sorted(found)])
        return Course((), (), *self._beginning, on_roll, self.claims.roll_at, done)

    @cached_property
    def _beginning(self) -> tuple[int, int]:
        """In which stances a member is free before its first claim, and which is *none* there."""
        free = self.labels.every
        if self.complete_objections:
            free &= ~self.labels.objecting
        none = self.labels.none if self.complete else 0
        return free, none

    def _course(
        self, member: str, without: frozenset[int], placement: Placement, acting: Acting
    ) -> Course:
        atoms = self.claims.atoms
        numbers = [n for n in self.atoms_of[member] if n not in without]
        spoken = [n for n in numbers if atoms[n].gate < 0 or acting.gates[atoms[n].gate]]
        acts = [act for n in spoken for act in self._acts(n, placement)]
        on_roll, changes = self._roll_from[member]
        acts += [self._roll_act(change, placement) for change in changes]
        tallies = zip(self.claims.aggregates, self._tally_masks, acting.aggregates, strict=True)
        counted = [self._counted(one, held, member, placement, on) for one, held, on in tallies]
        counted += [Counted((), False, placement[gate.timing]) for gate in self.claims.gates]
        told = tuple(acts), tuple(counted), *self._beginning
        return Course(*told, on_roll, self.claims.roll_at)

    @cached_property
    def _roll_from(self) -> Mapping[str, tuple[bool, tuple[RollChange, ...]]]:
        """For each member whether it is on the roll when that first matters, and later changes."""
        claims, timings = self.claims, self.claims.timings
        names = [a.timing for a in claims.atoms if a.if_member]
        names += [a.timing for a in claims.aggregates] + [g.timing for g in claims.gates]
        names += [self.question] if isinstance(self.question, str) else []
        links = {link for name in names for link in timings[name].links}
        days = [timings[name].domain[0][0] for name in {*names, *links}]
        days += [point[0] for point in self.instants]
        first = min(days)
        out: dict[str, tuple[bool, tuple[RollChange, ...]]] = {}
        for member, changes in claims.roll.items():
            past = come_before(changes, timings, first)
            out[member] = (changes[past - 1].joins if past else False, changes[past:])
        return out

    def like_members(
        self, dropped: Mapping[str, Sequence[frozenset[int]]]
    ) -> list[tuple[tuple[str, ...], Sequence[frozenset[int]]]]:
        """Members whose courses are equal under every placement, each class with the alternatives
        of what to drop.
        """
        if self.untied:  # then a course costs less than to compare it with others
            return [((member,), dropped.get(member, (frozenset(),))) for member in self.atoms_of]
        shared = self.common
        classes: dict[object, list[str]] = defaultdict(list)
        for member, said in self._sayings.items():
            on_roll, changes = self._roll_from[member]
            moves = tuple((c.joins, self._date(c.timing, shared)) for c in changes)
            alone = member if member in dropped else ""
            classes[said, on_roll, moves, self.told_of(member), alone].append(member)
        return [
            (tuple(members), dropped.get(members[0], (frozenset(),)))
            for members in classes.values()
        ]

    @cached_property
    def _sayings(self) -> Mapping[str, int]:
        """For each member a number: the same for members of whom the same is said."""
        shared, numbers = self.common, dict[object, int]()
        return {
            member: numbers.setdefault(tuple([self._said(n, shared) for n in said]), len(numbers))
            for member, said in self.atoms_of.items()
        }

    def _said(self, number: int, shared: Container[str]) -> tuple[object, ...]:
        atom = self.claims.atoms[number]
        flags = (atom.operation, self.said[number], self.masks[number], atom.dated, atom.stays)
        more = (atom.if_member, atom.gate, bool(atom.follows))
        return (*flags, *more, self._date(atom.timing, shared))

    def _date(self, name: str, shared: Container[str]) -> object:
        """A date as it matters: by name where others share it, else by what it can be."""
        return name if name in shared else self.claims.timings[name]

    def _acts(self, number: int, placement: Placement) -> Iterator[Act]:
        atom, mask = self.claims.atoms[number], self.masks[number]
        date = atom.timing
        timing = self.claims.timings[date]
        yield Act(
            *(atom.operation, mask, self.said[number], *_placed(timing, date, placement)),
            *(atom.if_member, atom.dated, None, date if date in self._followed else ""),
            atom.follows,
        )
        if atom.stays and timing.at is None and is_single(timing.domain):
            yield Act("holds", mask, 0, end_of_day(timing.domain[0][0]))

    @cached_property
    def _followed(self) -> frozenset[str]:
        """The dates of claims that others follow."""
        return frozenset(atom.follows for atom in self.claims.atoms)

    def _roll_act(self, change: RollChange, placement: Placement) -> Act:
        placed = _placed(self.claims.timings[change.timing], change.timing, placement)
        return Act("roll", 0, 0, *placed, roll=change.joins)

    @cached_property
    def _tally_masks(self) -> tuple[tuple[int, ...], ...]:
        """For each tally the masks of its stances."""
        tallies = self.claims.aggregates
        return tuple(tuple(self.labels.mask(held) for held, _, _ in a.parts) for a in tallies)

    def _counted(
        self,
        tally: Aggregate,
        masks: tuple[int, ...],
        member: str,
        placement: Placement,
        acts: bool,
    ) -> Counted:
        point = placement[tally.timing]
        counts = acts and self._in_group(member, tally.group, point)
        return Counted(masks, tally.exactly, point, counts, not self.complete)

    def _in_group(self, member: str, group: str, point: Point) -> bool:
        """Whether a member belongs to the group of a tally at its point ("" is everybody).

        Raises `TooManyError` where a change of doubtful date makes a difference.
        """
        if not group:
            return True
        told = self.claims.told.get(member, ())
        ways = product(
            possible_values(told, "class", point, point), possible_values(told, group, point, point)
        )
        found = {in_group({"class": one, group: other}, group) for one, other in ways}
        if len(found) > 1:
            raise TooManyError
        return found.pop()

    def told_of(self, member: str) -> tuple[object, ...]:
        """What tallies of a group read of a member: equal for members that they count alike."""
        told = self.claims.told.get(member, ())
        return tuple((*one[:4], tuple(sorted(one.attributes.items()))) for one in told)


# What of a problem does not depend on the instant asked about.
_WHENEVER = frozenset(
    {
        *("said", "masks", "points", "fixed", "atoms_of", "shared", "used", "days", "anchors"),
        *("common", "room", "_clusters", "_step_events", "_followed", "_tally_masks", "_sayings"),
        *("untied", "_courses"),
    }
)


def _placed_step(step: Step, placement: Placement) -> Step:
    return step.at(placement[step.event]) if step.event in placement else step


def in_group(attributes: Mapping[str, object], group: str) -> bool:
    """Whether a member belongs to the group of a tally ("" is everybody)."""
    return not group or attributes.get("class") == group or attributes.get(group) is True


def _placed(
    timing: Timing, name: str, placement: Placement
) -> tuple[Point | None, Domain, bool, Point | None, Point | None]:
    """The date of an act: its point under the placement, or its domain where it is private."""
    point = placement.get(name)
    if point is not None:
        return point, (), True, None, None
    after = max((placement[link] for link in timing.after if link in placement), default=None)
    until = min((placement[link] for link in timing.until if link in placement), default=None)
    return None, timing.domain, timing.at_end, after, until


def may_coincide(a: Timing, b: Timing) -> bool:
    """Whether two *holds* claims can be dated to one and the same instant."""
    if a.just_before or b.just_before:
        return a.just_before == b.just_before and share_a_day(a.domain, b.domain)
    if a.at is not None or b.at is not None:
        return a.at == b.at
    return a.at_end and b.at_end and share_a_day(a.domain, b.domain)
