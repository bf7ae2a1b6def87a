"""All worlds of all maximal consistent subsets of units (ADR 0002, 18-19), by brute force.

First the shared dates: events that others are dated by, claims about several members, tallies.
Given those, a member's stance depends on nothing but its own claims, and members meet again only
in the numbers of tallies and in the number on the roll.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import product
from typing import TypeVar

from tests.oracle.axis import LAST, Axis, Fixed, Position, Range, Spot, occupied
from tests.oracle.claims import Case, Claim, Sum
from tests.oracle.member import Roles, Setting, Stancer, Unit, in_group, possible_stances, roles
from tests.oracle.seats import Attributes, dated, roll_options, statuses

T = TypeVar("T")
Dated = dict[str, Position]
Seats = tuple[Attributes | None, ...]
Held = tuple[frozenset[Attributes | None], int]


@dataclass(frozen=True)
class Box:
    """Worlds that differ in independent choices only: per member its seats and its stances."""

    members: tuple[Held, ...]
    statuses: tuple[frozenset[str], ...]
    decided: frozenset[bool]


@dataclass(frozen=True)
class Timeline:
    """Where the shared things fall: events, and each shared claim and tally (None: nowhere)."""

    events: Dated
    items: tuple[Position | None, ...]
    asked: Position
    roll_at: Position
    fixed: Fixed


@dataclass(frozen=True)
class Choice:
    """Which tallies and completeness are kept, and each member's seat at each shared item."""

    sums: tuple[int, ...]
    complete: frozenset[str]
    seats: tuple[Seats, ...]
    asked: tuple[frozenset[Attributes | None], ...]

    def acts(self, index: int, of: int) -> bool:
        """Whether the roll at the item has the number of members that it needs (rule 15)."""
        return not of or sum(1 for seats in self.seats if seats[index] is not None) == of


class Search:
    """The worlds of one case, asked at one instant: `on`, or that of the decision."""

    def __init__(self, case: Case, on: Range, at_decision: bool = False) -> None:
        """Lay out the axis and number the units."""
        self.case, self.on, self.at_decision = case, on, at_decision
        self.stancer = Stancer({s: i for i, s in enumerate(sorted(case.universe))})
        bound = [(c, set(c.members) & set(case.members)) for c in case.claims]
        self.shared = [c for c, who in bound if len(who) > (0 if c.quantified else 1)]
        self.own = [
            (c.said_of(min(who)), min(who))
            for c, who in bound
            if not c.quantified and len(who) == 1
        ]
        self.items: list[Claim | Sum] = [*self.shared, *case.sums]
        self.linked = self._linked()
        self._lay_axis()
        self.complete = [what for what, period in case.complete if self._applies(period)]
        self._number_units()

    # -- preparation -------------------------------------------------------------------------

    def _linked(self) -> tuple[str, ...]:
        """The events that must be dated together with the shared claims."""
        events = self.case.events
        keys: set[str] = set()
        anchors = [c.anchor for c in self.case.claims] + [t.anchor for t in self.case.sums]
        for anchor in anchors:
            keys |= {anchor.before, anchor.after}
        for key in events:
            links = {*self._links(key, before=True), *self._links(key, before=False)}
            keys |= links | ({key} if links else set())
        if self.at_decision:
            keys.add("decision")
        return tuple(sorted(keys & set(events)))

    def _links(self, key: str, before: bool) -> list[str]:
        event = self.case.events[key]
        names = event.befores if before else event.afters
        return [n for n in sorted(names) if n in self.case.events and self.case.events[n].dated]

    def _lay_axis(self) -> None:
        case = self.case
        anchors = [i.anchor for i in self.items] + [c.anchor for c, _ in self.own]
        spans = [anchor.span for anchor in anchors]
        spans += [span for e in case.events.values() for span in (*e.spans, *e.told, *e.told)]
        marks = [self.on, *([case.roll_on] if case.roll_on else [])]
        self.axis = Axis(spans, [*marks, *(period for _, period in case.complete)])
        clocks = [
            (day, span.clock, 0)
            for span in [*spans, *marks]
            if span.clock is not None
            for day in self.axis.days(Range(span.low, span.high))
        ]
        self.clocks = occupied(clocks)

    def _applies(self, period: Range) -> bool:
        """Rule 17: whether the instant asked about lies within a period, whichever it is."""
        if period.low is not None and period.high is not None and period.low > period.high:
            return False
        asked = {self._moment(self.on)[0]}
        if self.at_decision:
            asked = {events["decision"][0] for events in self._event_datings()}
        return asked <= set(self.axis.days(period))

    def _number_units(self) -> None:
        """One bit for each unit that may be dropped (rule 18)."""
        members, case = set(self.case.members), self.case
        units: list[tuple[str, int, str]] = []
        for i, claim in enumerate(self.shared):
            units += [("shared", i, member) for member in sorted(members & set(claim.members))]
        units += [("own", i, member) for i, (_, member) in enumerate(self.own)]
        units += [("sum", i, "") for i in range(len(case.sums))]
        units += [("complete", i, "") for i in range(len(self.complete))]
        self.bit = {unit: 1 << i for i, unit in enumerate(units)}
        self.indivisible = sum(b for (s, _, _), b in self.bit.items() if s not in ("shared", "own"))

    # -- dates -------------------------------------------------------------------------------

    def _spots(self, item: Claim | Sum, events: Dated) -> tuple[Spot, ...] | Position:
        """Where an item may be true: a *holds* claim just before its event, or at a day's end."""
        anchor = item.anchor
        moves = isinstance(item, Claim) and (item.sort == "changes" or item.opens_by_change)
        if moves:
            return tuple(self.axis.moments(anchor.span))
        if anchor.before:
            day, place, _ = events[anchor.before]
            inside = day in self.axis.days(anchor.span) and anchor.span.clock is None
            return (day, place, -1) if inside else ()
        return tuple(self.axis.lasts(anchor.span))

    def _obeys(self, item: Claim | Sum, where: Position, events: Dated) -> bool:
        """Whether the links that the item states hold."""
        before, after = item.anchor.before, item.anchor.after
        if after and where < events[after]:
            return False
        return not before or where < events[before]

    def _datings(
        self, items: Sequence[Claim | Sum], events: Dated, fixed: Fixed
    ) -> list[tuple[Position, ...]]:
        """Every dating of the items that obeys their links."""
        spots = tuple(self._spots(item, events) for item in items)
        return [
            places
            for places in dated(spots, fixed)
            if all(self._obeys(i, p, events) for i, p in zip(items, places, strict=True))
        ]

    def _event_datings(self) -> Iterator[Dated]:
        """Every dating of the linked events that obeys the links between events."""
        spots = [self._event_spots(key) for key in self.linked]
        for places in dated(tuple(spots), self.clocks):
            events = dict(zip(self.linked, places, strict=True))
            if all(self._event_obeys(key, events) for key in self.linked):
                yield events

    def _event_spots(self, key: str) -> tuple[Spot, ...]:
        """Where an event may fall; of what was told before, not sooner, if a range leaves that."""
        spans = [self.axis.moments(span) for span in self.case.events[key].spans]
        if told := self._told(key):
            spans = [[s for s in span if s[0] >= min(told)] or span for span in spans]
        return tuple(dict.fromkeys(spot for span in spans for spot in span))

    def _told(self, key: str) -> tuple[int, ...]:
        return tuple(d for span in self.case.events[key].told for d in self.axis.days(span))

    def _event_obeys(self, key: str, events: Dated) -> bool:
        return all(events[key] < events[n] for n in self._links(key, before=True)) and all(
            events[key] >= events[n] for n in self._links(key, before=False)
        )

    def _timelines(self) -> Iterator[Timeline]:
        for events in self._event_datings():
            fixed = occupied(events.values(), self.clocks)
            roll_on = self.case.roll_on
            asked = events["decision"] if self.at_decision else self._moment(self.on)
            somewhere = [i for i in self.items if self._datings([i], events, fixed)]
            for places in self._datings(somewhere, events, fixed):
                rest = iter(places)
                where = tuple(next(rest) if i in somewhere else None for i in self.items)
                taken = occupied([*events.values(), *places, asked], self.clocks)
                roll_at = self._moment(roll_on) if roll_on else asked
                yield Timeline(events, where, asked, roll_at, taken)

    def _moment(self, span: Range) -> Position:
        """A day's last instant, or the exact instant."""
        last = Range(span.high, span.high, span.clock)
        ((day, place),) = self.axis.lasts(last)
        return day, place, 0

    # -- the search --------------------------------------------------------------------------

    def worlds(self) -> set[Box]:
        """The worlds of all maximal consistent subsets; empty if dates and links have none."""
        found = self._consistent(only_full=True) or self._consistent(only_full=False)
        maximal = [k for k in found if not any(k != other and k & other == k for other in found)]
        return {box for k in maximal for box in found[k]}

    def _consistent(self, only_full: bool) -> dict[int, set[Box]]:
        """Subsets of units with the worlds of each: among them all that are maximal."""
        found: dict[int, set[Box]] = {}
        for timeline in self._timelines():
            status, decided = self._statuses(timeline), self._decided(timeline)
            for choice, units in self._choices(timeline, only_full):
                for more, members in self._stances(timeline, choice, only_full):
                    found.setdefault(units | more, set()).add(Box(members, status, decided))
        return found

    def _choices(self, timeline: Timeline, only_full: bool) -> Iterator[tuple[Choice, int]]:
        """The tallies and completeness kept, and the seats of all members."""
        if only_full and None in timeline.items:
            return
        offset = len(self.shared)
        sums = [i for i in range(len(self.case.sums)) if timeline.items[offset + i] is not None]
        for kept, complete in product(_subsets(sums), _subsets(range(len(self.complete)))):
            units = sum(self.bit["sum", i, ""] for i in kept)
            units |= sum(self.bit["complete", i, ""] for i in complete)
            if only_full and units != self.indivisible:
                continue
            names = frozenset(self.complete[i] for i in complete)
            for seating in product(*(self._seatings(m, timeline) for m in self.case.members)):
                seats, asked = tuple(s for s, _ in seating), tuple(a for _, a in seating)
                yield Choice(kept, names, seats, asked), units

    def _seatings(
        self, member: str, timeline: Timeline
    ) -> list[tuple[Seats, frozenset[Attributes | None]]]:
        """The member's possible seats at the shared items, each with those when asked."""
        steps, spots = [], []
        for change, attributes in self.case.memberships[member].items():
            key = f"membership/{member}/{change}"
            if key in self.case.events:
                steps.append((change, tuple(sorted(attributes.items()))))
                spots.append(timeline.events.get(key) or self._event_spots(key))
        instants = tuple(where or timeline.asked for where in timeline.items)
        found: dict[Seats, set[Attributes | None]] = {}
        for seats in roll_options(
            tuple(steps), tuple(spots), (*instants, timeline.roll_at), timeline.fixed
        ):
            found.setdefault(seats[:-1], set()).add(seats[-1])
        return [(seats, frozenset(asked)) for seats, asked in found.items()]

    def _stances(
        self, timeline: Timeline, choice: Choice, only_full: bool
    ) -> Iterator[tuple[int, tuple[Held, ...]]]:
        """The product of what the members may do, with the numbers of tallies as constraints."""
        options = []
        for index in range(len(self.case.members)):
            mine = list(self._member(index, timeline, choice, only_full))
            if not mine:
                return
            options.append(mine)
        for chosen in product(*options):
            if all(self._adds_up(i, choice, [r for _, r, _ in chosen]) for i in choice.sums):
                held = zip(choice.asked, (mask for _, _, mask in chosen), strict=True)
                yield sum(units for units, _, _ in chosen), tuple(held)

    def _adds_up(self, index: int, choice: Choice, chosen: Sequence[Roles]) -> bool:
        """Rule 16: the members that are said to hold each stance number as the tally says."""
        tally, at = self.case.sums[index], len(self.shared) + index
        if not choice.acts(at, tally.of):
            return True
        for number in tally.numbers:
            stance = self.stancer.mask({number.stance})
            count = 0
            for seats, mine in zip(choice.seats, chosen, strict=True):
                seat = seats[at]
                if seat is not None and in_group(seat, number.group):
                    count += dict(mine)[index][0] == stance
            if not number.least <= count <= number.most:
                return False
        return True

    # -- one member --------------------------------------------------------------------------

    def _member(
        self, index: int, timeline: Timeline, choice: Choice, only_full: bool
    ) -> Iterator[tuple[int, Roles, int]]:
        """Units satisfied (all, or every maximal choice), tally roles, and stances when asked."""
        atoms, idle, lost = self._atoms(index, timeline, choice)
        if only_full and lost:
            return
        setting = Setting(
            timeline.asked,
            choice.complete,
            self._tallies(index, timeline, choice),
            tuple(atoms),
        )
        own = [i for i, (_, member) in enumerate(self.own) if member == self.case.members[index]]
        for chosen in roles(setting, self.stancer):
            done: list[int] = []
            members_units: list[Unit | int] = [*atoms, *own]
            for some in _subsets(members_units):
                if only_full and len(some) < len(atoms) + len(own):
                    break
                units = idle + sum(self._bit_of(unit) for unit in some)
                if any(units & more == units for more in done):
                    continue
                mask = self._mask(setting, some, chosen, timeline)
                if mask:
                    done.append(units)
                    yield units, chosen, mask

    def _bit_of(self, unit: Unit | int) -> int:
        if isinstance(unit, Unit):
            return unit.bit
        return self.bit["own", unit, self.own[unit][1]]

    def _mask(
        self, setting: Setting, some: Sequence[Unit | int], chosen: Roles, timeline: Timeline
    ) -> int:
        """The stances when asked if these units hold, over all datings of the member's own."""
        atoms = [unit for unit in some if isinstance(unit, Unit)]
        own = [unit for unit in some if not isinstance(unit, Unit)]
        claims = [self.own[i][0] for i in own]
        mask = 0
        for places in self._datings(claims, timeline.events, timeline.fixed):
            if not _ends_follow(claims, places):
                continue
            mine = [Unit(0, c, p) for c, p in zip(claims, places, strict=True)]
            mask |= possible_stances(setting, [*atoms, *mine], chosen, self.stancer)
        return mask

    def _atoms(
        self, index: int, timeline: Timeline, choice: Choice
    ) -> tuple[list[Unit], int, bool]:
        """The atoms that bind the member, the bits of those that do not, whether one is lost."""
        member, atoms, idle, lost = self.case.members[index], [], 0, False
        for i, claim in enumerate(self.shared):
            bit, where = self.bit.get(("shared", i, member), 0), timeline.items[i]
            if not bit:
                continue
            if where is None:
                lost = True
            elif choice.acts(i, claim.of) and not (
                claim.quantified and choice.seats[index][i] is None
            ):
                atoms.append(Unit(bit, claim.said_of(member), where))
            else:
                idle |= bit
        return atoms, idle, lost

    def _tallies(
        self, index: int, timeline: Timeline, choice: Choice
    ) -> tuple[tuple[int, Sum, Position, Attributes], ...]:
        """The kept tallies that act, where the member is on the roll."""
        out = []
        for i in choice.sums:
            at, tally = len(self.shared) + i, self.case.sums[i]
            where, seat = timeline.items[at], choice.seats[index][at]
            if where is not None and seat is not None and choice.acts(at, tally.of):
                out.append((i, tally, where, seat))
        return tuple(out)

    # -- candidates and the decision ---------------------------------------------------------

    def _statuses(self, timeline: Timeline) -> tuple[frozenset[str], ...]:
        return tuple(
            self.status(candidate, timeline, timeline.asked) for candidate in self.case.candidates
        )

    def status(self, candidate: str, timeline: Timeline, asked: Position) -> frozenset[str]:
        """What the candidate's status may be at an instant of the timeline."""
        head = f"candidacy/{candidate}/"
        steps = [key for key in sorted(self.case.events) if key.startswith(head)]
        spots: list[tuple[Spot, ...] | Position] = []
        told: tuple[int, ...] = ()
        for key in steps:
            where = timeline.events.get(key)
            if key == head + "withdrawn":
                told = self._told(key)
            spots.append(where or self._event_spots(key))
        names = tuple(key.removeprefix(head) for key in steps)
        return statuses(names, tuple(spots), told, asked, timeline.fixed)

    def _decided(self, timeline: Timeline) -> frozenset[bool]:
        """Whether a decision may be in when asked."""
        if "decision" not in self.case.events:
            return frozenset({False})
        where = timeline.events.get("decision") or self._event_spots("decision")
        return frozenset(place <= timeline.asked for (place,) in dated((where,), timeline.fixed))


def _ends_follow(claims: Sequence[Claim], places: Sequence[Position]) -> bool:
    """Whether what ended had been raised before."""
    raised = {c.act: place for c, place in zip(claims, places, strict=True) if c.act}
    return all(
        place > raised[c.ends] for c, place in zip(claims, places, strict=True) if c.ends in raised
    )


def _subsets(items: Iterable[T]) -> Iterator[tuple[T, ...]]:
    """All subsets, the largest first."""
    listed = list(items)
    order = sorted(range(1 << len(listed)), key=lambda bits: -bits.bit_count())
    for bits in order:
        yield tuple(item for i, item in enumerate(listed) if bits >> i & 1)


__all__ = ["LAST", "Box", "Search"]
