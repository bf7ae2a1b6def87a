"""From entries to claims: who is said to hold which stance when, and what dates what.

Each choice made here is stated in `docs/adr/0002-how-entries-become-claims.md`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from copy import copy
from dataclasses import dataclass, field, replace
from datetime import tzinfo
from functools import cached_property, lru_cache
from typing import Literal, TypeAlias

from nemcon.entries import (
    ALL,
    AnyEntry,
    Attribute,
    Completeness,
    Matter,
    Objection,
    Party,
    Position,
    Reserve,
    Tally,
)
from nemcon.findings import Finding
from nemcon.saying import say
from nemcon.state import State, confirmed
from nemcon.when import When
from nemcon.worlds.atoms import Aggregate, Atom, Gate, Operation, Stance, StanceSet, used_gates
from nemcon.worlds.attributes import Told, attributes_at, attributes_between, told_of_attributes
from nemcon.worlds.candidates import candidates_of, is_selection, own_candidates
from nemcon.worlds.conventions import Conventions
from nemcon.worlds.days import (
    END_OF_DAY,
    LAST,
    Domain,
    Point,
    Timing,
    clip,
    day_range,
    instant,
    later,
    meet,
    open_links,
    question_point,
    surely_by,
)
from nemcon.worlds.drafts import possible_drafts
from nemcon.worlds.events import event_timings
from nemcon.worlds.roll import RollChange, roll_changes

SETTLED = "settled"  # the name of the date from which a stance waits for nothing
_OF_AN_ACT: Mapping[str, Operation] = {"conditional": "open", "planned": "holds", "denied": "holds"}


@dataclass(frozen=True)
class Claims:
    """Everything that bears on one matter. `timings` holds the dates of claims and events by name.

    `events` are the names of the events among them; `impossible`: their dates and links contradict
    each other, so that there is no world. `roll_at`: the instant whose roll decides, if it is
    another than the one asked about. `told` is what tallies of a group read: `attributes` are those
    at the instant whose roll decides.
    """

    timings: Mapping[str, Timing]
    atoms: tuple[Atom, ...]
    aggregates: tuple[Aggregate, ...]
    gates: tuple[Gate, ...]
    roll: Mapping[str, tuple[RollChange, ...]]
    attributes: Mapping[str, Mapping[str, Attribute]]
    candidates: tuple[str, ...]
    completeness: tuple[Completeness, ...]
    findings: tuple[Finding, ...] = ()
    own_candidates: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    impossible: bool = False
    events: frozenset[str] = frozenset()
    roll_at: Point | None = None
    told: Mapping[str, Sequence[Told]] = field(default_factory=dict)


def build_claims(
    state: State,
    matter: str,
    conventions: Conventions,
    event: str = "",
    candidates: Sequence[str] | None = None,
    drafts: frozenset[str] | None = None,
) -> Claims:
    """The claims of one matter in a state (of one variant), to be asked at `on` or at `event`.

    `candidates`: those that any variant names, if there are several. `drafts`: those whose
    positions count; of the likeliest to be the last, if not given.

    Findings: dates tied to events that nobody reports, or that the event's date excludes.
    """
    return _Builder(state, matter, conventions, event, candidates, drafts).build()


def asked_on(claims: Claims, state: State, event: str = "") -> Claims:
    """The claims of another date of the state, asked at its `on`: only attributes depend on it, and
    drafts, which must be the same.
    """
    if event or claims.roll_at:
        return claims
    attributes = attributes_at(state)
    return claims if attributes == claims.attributes else replace(claims, attributes=attributes)


class _Builder:
    """Collects the claims of one matter; `build` is its only use."""

    def __init__(
        self,
        state: State,
        matter: str,
        conventions: Conventions,
        event: str,
        candidates: Sequence[str] | None = None,
        drafts: frozenset[str] | None = None,
    ) -> None:
        self.state, self.zone, self.conventions = state, state.zone, conventions
        self.entries = state.of_matter(matter)
        self.selection = is_selection(state, matter)
        self.candidates = candidates_of(self.entries) if candidates is None else tuple(candidates)
        self.timings: dict[str, Timing] = {}
        self._stated: dict[str, tuple[Point, Point]] = {}
        self._unclear = False
        self.events: frozenset[str] = frozenset()
        self.atoms: list[Atom] = []
        self.aggregates: list[Aggregate] = []
        self.gates: list[Gate] = []
        self.findings: list[Finding] = []
        self.drafts = possible_drafts(self.entries, state, event)[-1] if drafts is None else drafts
        self.event, self.matter = event, matter

    def build(self) -> Claims:
        roll = self._events()
        parties = tuple(sorted(roll))
        for entry in self.entries:
            if getattr(entry, "draft", "") and entry.draft not in self.drafts:  # type: ignore[union-attr]
                continue
            if _stands_alone(entry):
                atoms, dates = _alone(
                    *(entry, self.zone, self.conventions.intent, self.selection, self.candidates)
                )
                self.atoms += atoms
                self.timings.update(dates)
            else:
                self._read([entry], parties)
        told = told_of_attributes(self.state)
        dated = {name for name, timing in self.timings.items() if timing.domain}
        atoms, gates = used_gates(
            tuple(
                a
                for a in self._unrevived()
                if a.timing in dated and (not a.if_member or self._may_bind(a, roll))
            ),
            tuple(self.gates),
        )
        return Claims(
            {name: self.timings[name] for name in self.timings if name in dated},
            atoms,
            tuple(a for a in self.aggregates if a.timing in dated),
            gates,
            roll,
            attributes_between(told, *self._asked_between()),
            self.candidates,
            self._completeness(),
            tuple(self.findings),
            own_candidates(self.state, self.entries),
            any(timing.contradicted for timing in self.timings.values()),
            self.events,
            self._roll_at(),
            told if any(aggregate.group for aggregate in self.aggregates) else {},
        )

    def _unrevived(self) -> list[Atom]:
        """The claims, without those that waited and were settled only after the member had said
        something else; where that may be so, it leaves the stance open.
        """
        if not any(atom.timing.endswith(f"/{SETTLED}") for atom in self.atoms):
            return self.atoms
        of_member: dict[str, list[Atom]] = defaultdict(list)
        for atom in self.atoms:
            of_member[atom.member].append(atom)
        kept = []
        for atom in self.atoms:
            if not atom.timing.endswith(f"/{SETTLED}"):
                kept.append(atom)
                continue
            between = {self._between(atom, other) for other in of_member[atom.member]}
            if True not in between:
                kept.append(replace(atom, operation="open") if None in between else atom)
        return kept

    def _between(self, settled: Atom, other: Atom) -> bool | None:
        """Whether another entry says, after the stance was taken and before it was settled, that
        the member holds another; None if it may.
        """
        if other.entry == settled.entry or other.stances.within(settled.stances):
            return False
        taken = self._told(f"{settled.entry}/happened")
        first, last = self._told(other.timing)
        if last <= taken[0] or first > self._told(settled.timing)[1]:
            return False
        return True if first > taken[1] else None

    def _told(self, timing: str) -> tuple[Point, Point]:
        """The earliest and the latest that a claim can be by its own date, whatever dates it."""
        return self._stated.get(timing) or (self.timings[timing].first, self.timings[timing].last)

    def _read(self, entries: Iterable[AnyEntry], parties: Sequence[str]) -> None:
        for entry in entries:
            match entry:
                case Position():
                    self._position(entry, parties)
                case Reserve():
                    self._act(entry, "reserve", entry.lifted)
                case Objection() if entry.admitted is not False:
                    self._act(entry, "objection", entry.ended, bool(entry.end))
                case Tally() if confirmed(entry) or self._is_intent(entry):
                    self._tally(entry, parties)

    def _may_bind(self, atom: Atom, roll: Mapping[str, Sequence[RollChange]]) -> bool:
        """Whether an atom that speaks of whoever is on the roll can matter: the member may be on it
        then, or the claim tells of the date of an event.
        """
        if self.timings[atom.timing].links:
            return True
        domain, on_roll = self.timings[atom.timing].domain, False
        for change in roll[atom.member]:
            moved = self.timings[change.timing].domain
            if moved[-1][1] < domain[0][0]:
                on_roll = change.joins
            elif moved[0][0] <= domain[-1][1]:
                return True
        return on_roll

    def _asked_between(self) -> tuple[Point, Point]:
        """The points between which the instant lies whose roll decides."""
        if not self._roll_at() and self.event:
            timing = self.timings[self.event]
            first, last = (timing.domain[0][0], -1, 0), (timing.domain[-1][1], END_OF_DAY, -1)
            return timing.at or first, timing.at or last
        point = self._roll_at() or question_point(self.state.on, self.zone)
        return point, point

    def _roll_at(self) -> Point | None:
        whens = [m.roll_on for m in self.state.matters.get(self.matter, ()) if m.roll_on]
        return max((question_point(when, self.zone) for when in whens), default=None)

    # Dates

    def _events(self) -> Mapping[str, tuple[RollChange, ...]]:
        for key, timing in event_timings(self.state, self.entries).items():
            self.timings[key] = timing
        self.events = frozenset(self.timings)
        return roll_changes(self.state)

    def _timing(self, entry: AnyEntry, when: When | None, name: str) -> str:
        """Register the date of a claim that *holds* (at the end of its day) and return its name."""
        return self._register(entry, when, name, at_end=True)

    def _register(
        self, entry: AnyEntry, when: When | None, name: str, *, at_end: bool, linked: bool = True
    ) -> str:
        key = f"{entry.id}/{name}"
        when = when or self._until_known(entry)
        domain: Domain = (day_range(when, self.zone),)
        moment = instant(when, self.zone)
        before, after = (entry.before, entry.after) if linked else ("", "")
        if before or after:
            stated = Timing(domain, at_end, moment)
            self._stated[key] = stated.first, stated.last
        for link in filter(None, (before, after)):
            if not self._dates(link):
                self.findings.append(_no_anchor(entry, link))
        before = before if self._dates(before) else ""
        later = (after,) if self._dates(after) else ()
        if before and at_end:
            domain, moment = self._with(domain, self.timings[before].domain), None
        elif before:
            domain = clip(domain, high=self.timings[before].domain[-1][1])
        if later:
            domain = clip(domain, low=self.timings[after].domain[0][0])
        if not domain:
            self.findings.append(_off_anchor(entry))
        tied, until = (before, ()) if at_end else ("", (before,) if before else ())
        timing = Timing(domain, at_end, moment, tied, later, until)
        self.timings[key] = open_links(timing, self.timings) if domain else timing
        return key

    def _dates(self, event: str) -> bool:
        """Whether the event is one that other things can be dated by."""
        return event in self.timings and self.timings[event].reported

    @staticmethod
    def _with(domain: Domain, event: Domain) -> Domain:
        """The days of an event that a claim's own date allows; empty if there are none."""
        met = (meet(a, b) for a in domain for b in event)
        return tuple(sorted({part for part in met if part}))

    def _until_known(self, entry: AnyEntry) -> When:
        day = self.state.known_day(entry)
        return When.between(None, day) if day else When.parse("../..")

    # Claims of each kind

    def _position(self, entry: Position, parties: Sequence[str]) -> None:
        if entry.modality == "planned" and not self._is_intent(entry):
            return
        negated = entry.negated is not (entry.modality == "denied")
        stances = (
            self._without(entry.stance, entry.candidate)
            if negated
            else _set_of(self._stances(entry.stance, entry.candidate))
        )
        changes = entry.claim == "changes" and entry.modality != "planned"
        operation: Operation = "changes" if changes else "holds"
        settled = self._settled(entry)
        if settled != "before":
            operation = "open"
        timing = self._register(entry, entry.happened, "happened", at_end=not changes)
        self._expand(entry, operation, stances, timing, parties, dated=changes)
        if isinstance(settled, When):
            then = self._register(entry, settled, SETTLED, at_end=True, linked=False)
            self._expand(entry, "holds", stances, then, parties)

    def _settled(self, entry: Position) -> When | Literal["before", "never"]:
        """From when a stance waits for nothing: `before` where that was so when it was taken."""
        conditional = entry.condition or entry.modality == "conditional"
        waits = [entry.condition_met] if conditional else []
        waits += [entry.confirmed] if entry.authority == "ad-referendum" else []
        past = [when for when in waits if when is not None]
        if len(past) < len(waits):
            return "never"
        taken = entry.happened or self._until_known(entry)
        if all(surely_by(when, taken, self.zone) for when in past):
            return "before"
        return later([taken, *past], self.zone)

    @cached_property
    def _known_parties(self) -> frozenset[str]:
        return frozenset({*self.state.memberships, *(p.name for p in self.state.all(Party))})

    def _is_intent(self, entry: AnyEntry) -> bool:
        """Whether an intent counts, by the convention, as holding from when it was told."""
        return entry.modality == "planned" and self.conventions.intent

    def _expand(
        self,
        entry: Position,
        operation: Operation,
        stances: StanceSet,
        timing: str,
        parties: Sequence[str],
        *,
        dated: bool = False,
    ) -> None:
        everyone = ALL in entry.members
        named = [p for p in parties if p not in entry.excepted] if everyone else entry.members
        if everyone and not self._known_parties.issuperset(entry.excepted):
            operation, self._unclear = "open", True  # of whom it is said, nobody knows
        for member in named:
            self.atoms.append(
                Atom(member, operation, stances, timing, entry.id, dated, if_member=everyone)
            )

    def _act(
        self, entry: Reserve | Objection, stance: str, end: When | None, ended: bool = False
    ) -> None:
        if entry.modality == "planned" and not self._is_intent(entry):
            return
        stances = _set_of(self._stances(stance, entry.candidate))
        others = self._without(stance, entry.candidate)
        operation = _OF_AN_ACT.get(entry.modality, "changes")
        raised = operation == "changes"
        timing = self._register(entry, entry.happened, "happened", at_end=not raised)
        if entry.modality == "denied":
            self.atoms.append(Atom(entry.member, "holds", others, timing, entry.id))
            return
        over = (end or self._since(entry)) if end is not None or ended else None
        first, last = day_range(entry.happened, self.zone)
        ends_later = over is None or day_range(over, self.zone)[0] > last
        stays = raised and first == last and ends_later
        self.atoms.append(
            Atom(entry.member, operation, stances, timing, entry.id, dated=raised, stays=stays)
        )
        if over is not None:
            ended_at = self._register(entry, over, "ended", at_end=False, linked=False)
            self.atoms.append(
                Atom(
                    entry.member, "changes", others, ended_at, entry.id, dated=True, follows=timing
                )
            )

    def _since(self, entry: AnyEntry) -> When | None:
        """From what the entry records to when it was known: for an end without a date.

        None where it was known before, so that there is no such day.
        """
        start = entry.happened.earliest if entry.happened else None
        last = self._until_known(entry).latest
        known = day_range(self._until_known(entry), self.zone)[1]
        return (
            When.between(start, last) if day_range(entry.happened, self.zone)[0] <= known else None
        )

    def _tally(self, entry: Tally, parties: Sequence[str]) -> None:
        slack = 0
        if entry.bound == "about":
            if self.conventions.tolerance is None:
                return
            slack = self.conventions.tolerance
        timing = self._timing(entry, entry.happened, "happened")
        if _is_full(entry):
            self._full_count(entry, timing, parties)
            return
        for group in dict.fromkeys(count.group for count in entry.counts):
            counts = [count for count in entry.counts if count.group == group]
            parts = tuple(
                (
                    _set_of(self._stances(count.stance, entry.candidate)),
                    max(0, count.number - slack),
                    count.number + slack if entry.bound != "at-least" else LAST,
                )
                for count in counts
            )
            exactly = entry.bound != "at-least"
            aggregate = Aggregate(parts, exactly, entry.of, timing, entry.id, group)
            self.aggregates.append(aggregate)

    def _full_count(self, entry: Tally, timing: str, parties: Sequence[str]) -> None:
        """*n of n* is said of every member on the roll: one claim each."""
        stances = _set_of(self._stances(entry.counts[0].stance, entry.candidate))
        number = len(self.gates)
        self.gates.append(Gate(entry.of, timing, entry.id))
        self.atoms += [
            Atom(p, "holds", stances, timing, entry.id, if_member=True, gate=number)
            for p in parties
        ]

    def _stances(self, stance: str, candidate: str) -> frozenset[Stance]:
        """The stances that the words cover.

        An objection to nobody in particular is one to everybody, a stance of its own; support for
        nobody in particular is support for somebody.
        """
        if not self.selection:
            return frozenset({(stance, "")})
        if candidate or stance != "support":
            return frozenset({(stance, candidate)})
        return frozenset({(stance, name) for name in self.candidates})

    def _without(self, stance: str, candidate: str) -> StanceSet:
        """Every stance that does not amount to this one."""
        scopes = ("", candidate) if candidate else ("", *self.candidates)
        return _set_of(frozenset((stance, scope) for scope in scopes), negated=True)

    def _completeness(self) -> tuple[Completeness, ...]:
        if self.conventions.record == "reported" or self._unclear:
            return ()
        stated = [m.completeness for m in self.entries if isinstance(m, Matter)]
        if self.conventions.record == "complete":
            stated.append((Completeness("position"),))
        return tuple(dict.fromkeys(part for parts in stated for part in parts))


@lru_cache(maxsize=4_096)
def _set_of(stances: frozenset[Stance], *, negated: bool = False) -> StanceSet:
    """These stances, or all others: the same object each time, as many claims share a few."""
    return StanceSet(stances, negated)


_Alone: TypeAlias = tuple[Sequence[Atom], Sequence[tuple[str, Timing]]]
_NOTHING = State(((),), When.parse("../.."))


def _stands_alone(entry: AnyEntry) -> bool:
    """Whether what an entry claims rests on itself alone: not on other dates, nor on who is a
    member, nor on when it was known.
    """
    if entry.happened is None or entry.before or entry.after:
        return False
    match entry:
        case Position():
            return ALL not in entry.members
        case Reserve():
            return True
        case Objection():
            return entry.ended is not None or not entry.end
    return False


@lru_cache(maxsize=32_768)
def _alone(
    entry: AnyEntry, zone: tzinfo, intent: bool, selection: bool, candidates: tuple[str, ...]
) -> _Alone:
    """The claims of such an entry, and their dates: the same whatever else is known."""
    builder = copy(_of_nothing(zone, intent, selection, candidates))
    builder.atoms, builder.timings = [], {}
    builder._read([entry], ())
    return tuple(builder.atoms), tuple(builder.timings.items())


@lru_cache(maxsize=16)
def _of_nothing(
    zone: tzinfo, intent: bool, selection: bool, candidates: tuple[str, ...]
) -> _Builder:
    """Reads entries of nothing else; for copies only."""
    builder = _Builder(_NOTHING, "", Conventions(intent=intent), "", candidates)
    builder.zone, builder.selection = zone, selection
    return builder


def _is_full(entry: Tally) -> bool:
    """Whether the tally says that every member of a roll of known size held one stance."""
    one = len(entry.counts) == 1 and not entry.counts[0].group
    return one and entry.bound != "about" and 0 < entry.of == entry.counts[0].number


def _no_anchor(entry: AnyEntry, link: str) -> Finding:
    return Finding(
        "unknown-event",
        "warning",
        say(
            "this {kind} is dated by '{link}', an event that nothing here reports, so it "
            "keeps its own date; report it, or correct the link",
            kind=say(entry.kind),
            link=link,
        ),
        (entry.id,),
    )


def _off_anchor(entry: AnyEntry) -> Finding:
    return Finding(
        "event-date-differs",
        "warning",
        say(
            "this {kind} is dated outside the days that the event '{event}' leaves it; it "
            "is left out: check both dates",
            kind=say(entry.kind),
            event=entry.before or entry.after,
        ),
        (entry.id,),
    )
