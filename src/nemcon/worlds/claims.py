"""From entries to claims: who is said to hold which stance when, and what dates what.

Each choice made here is stated in `docs/adr/0002-how-entries-become-claims.md`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from operator import attrgetter
from typing import Literal, NamedTuple, TypeAlias

from nemcon.entries import (
    ALL,
    AnyEntry,
    Attribute,
    Candidacy,
    Completeness,
    Decision,
    Expectation,
    Matter,
    Membership,
    Objection,
    Party,
    Position,
    Reserve,
    Tally,
    Term,
    event_key,
)
from nemcon.findings import Finding
from nemcon.state import State, confirmed
from nemcon.when import When
from nemcon.worlds.conventions import Conventions
from nemcon.worlds.days import (
    END_OF_DAY,
    FIRST,
    LAST,
    Domain,
    Point,
    Range,
    Timing,
    agreeing,
    clip,
    day_range,
    end_of_day,
    instant,
    meet,
    open_links,
    question_point,
)
from nemcon.worlds.drafts import current_drafts

Stance: TypeAlias = tuple[str, str]
Operation: TypeAlias = Literal["holds", "changes", "open"]


@dataclass(frozen=True, slots=True)
class StanceSet:
    """These stances, or with `negated` all others."""

    stances: frozenset[Stance]
    negated: bool = False

    def __contains__(self, stance: Stance) -> bool:
        return (stance in self.stances) is not self.negated


@dataclass(frozen=True, slots=True)
class Atom:
    """One member's claim: it *holds* or *changes* to a set of stances, or its stance is *open*.
    `dated` says that it dates a change.

    `timing` names the date that it shares with its claim, `follows` a claim that cannot come later
    (an objection ends after it was raised); `if_member`: only where the member is on the roll then;
    `stays`: a change of which we know that it still held at the end of its day; `gate`: the number
    of the `Gate` of a full count that it was expanded from, else -1.
    """

    member: str
    operation: Operation
    stances: StanceSet
    timing: str
    entry: str
    dated: bool = False
    stays: bool = False
    follows: str = ""
    if_member: bool = False
    gate: int = -1


@dataclass(frozen=True, slots=True)
class Gate:
    """A full count (*all 32*): its atoms act only where the roll at its date has `of` members."""

    of: int
    timing: str
    entry: str


@dataclass(frozen=True, slots=True)
class Aggregate:
    """A tally: for each set of stances, from `low` to `high` members of the roll hold it.

    `exactly`: members outside the sets hold none of them. `of` is the size that the roll must
    have for it to act (0: any); `group` restricts it to members of that class.
    """

    parts: tuple[tuple[StanceSet, int, int], ...]
    exactly: bool
    of: int
    timing: str
    entry: str
    group: str = ""


@dataclass(frozen=True, slots=True)
class RollChange:
    """A party comes onto the roll or leaves it, at the event `timing`."""

    timing: str
    joins: bool


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


def entries_of(state: State, matter: str) -> list[AnyEntry]:
    """The entries of a matter; those that name none belong to the only matter there is."""
    return list(state.of_matter(matter))


class _Builder:
    """Collects the claims of one matter; `build` is its only use."""

    def __init__(
        self,
        state: State,
        matter: str,
        conventions: Conventions,
        event: str,
        candidates: Sequence[str] | None = None,
    ) -> None:
        self.state, self.zone, self.conventions = state, state.zone, conventions
        self.entries = entries_of(state, matter)
        self.selection = is_selection(state, matter)
        self.candidates = candidates_of(self.entries) if candidates is None else tuple(candidates)
        self.timings: dict[str, Timing] = {}
        self.events: frozenset[str] = frozenset()
        self.atoms: list[Atom] = []
        self.aggregates: list[Aggregate] = []
        self.gates: list[Gate] = []
        self.findings: list[Finding] = []
        self.drafts = current_drafts(self.entries, state)
        self.event, self.matter = event, matter

    def build(self) -> Claims:
        roll = self._events()
        parties = tuple(sorted(roll))
        for entry in self.entries:
            if getattr(entry, "draft", "") and entry.draft not in self.drafts:  # type: ignore[union-attr]
                continue
            match entry:
                case Position():
                    self._position(entry, parties)
                case Reserve():
                    self._act(entry, "reserve", entry.lifted)
                case Objection() if entry.admitted is not False:
                    self._act(entry, "objection", entry.ended, bool(entry.end))
                case Tally() if confirmed(entry) or self._is_intent(entry):
                    self._tally(entry, parties)
        told = told_of_attributes(self.state)
        dated = {name for name, timing in self.timings.items() if timing.domain}
        atoms, gates = used_gates(
            tuple(a for a in self.atoms if a.timing in dated and self._may_bind(a, roll)),
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

    def _may_bind(self, atom: Atom, roll: Mapping[str, Sequence[RollChange]]) -> bool:
        """Whether an atom can matter: the member may be on the roll then, or the claim tells of the
        date of an event.
        """
        if not atom.if_member or self.timings[atom.timing].links:
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

    def _events(self) -> dict[str, tuple[RollChange, ...]]:
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
            else StanceSet(self._stances(entry.stance, entry.candidate))
        )
        changes = entry.claim == "changes" and entry.modality != "planned"
        operation: Operation = "changes" if changes else "holds"
        settled: When | None = None
        waits = self._waits(entry)
        if waits:
            operation = "open"
            settled = None if None in waits else max(filter(None, waits), key=self._last)
        timing = self._register(entry, entry.happened, "happened", at_end=not changes)
        self._expand(entry, operation, stances, timing, parties, dated=changes)
        if settled is not None:
            then = self._register(entry, settled, "settled", at_end=True, linked=False)
            self._expand(entry, "holds", stances, then, parties)

    @staticmethod
    def _waits(entry: Position) -> list[When | None]:
        """Of each thing that a stance waits for, when it was so (None: not yet)."""
        conditional = entry.condition or entry.modality == "conditional"
        condition = [entry.condition_met] if conditional else []
        return condition + ([entry.confirmed] if entry.authority == "ad-referendum" else [])

    def _last(self, when: When) -> Point:
        return question_point(when, self.zone)

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
        for member in named:
            self.atoms.append(
                Atom(member, operation, stances, timing, entry.id, dated, if_member=everyone)
            )

    def _act(
        self, entry: Reserve | Objection, stance: str, end: When | None, ended: bool = False
    ) -> None:
        if entry.modality == "planned" and not self._is_intent(entry):
            return
        stances = StanceSet(self._stances(stance, entry.candidate))
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
                    StanceSet(self._stances(count.stance, entry.candidate)),
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
        stances = StanceSet(self._stances(entry.counts[0].stance, entry.candidate))
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
        return StanceSet(frozenset((stance, scope) for scope in scopes), negated=True)

    def _completeness(self) -> tuple[Completeness, ...]:
        if self.conventions.record == "reported":
            return ()
        stated = [m.completeness for m in self.entries if isinstance(m, Matter)]
        if self.conventions.record == "complete":
            stated.append((Completeness("position"),))
        return tuple(dict.fromkeys(part for parts in stated for part in parts))


# What a reserve or an objection does by its modality, if it does not change the stance.
_JOINING = frozenset({"accession", "resumption"})
_OF_AN_ACT: Mapping[str, Operation] = {"conditional": "open", "planned": "holds", "denied": "holds"}


def used_gates(
    atoms: tuple[Atom, ...], gates: tuple[Gate, ...]
) -> tuple[tuple[Atom, ...], tuple[Gate, ...]]:
    """Only the gates that an atom still depends on, and the atoms with their new numbers."""
    used = sorted({atom.gate for atom in atoms} - {-1})
    if len(used) == len(gates):
        return atoms, gates
    number = {old: new for new, old in enumerate(used)}
    moved = tuple(replace(a, gate=number[a.gate]) if a.gate >= 0 else a for a in atoms)
    return moved, tuple(gates[old] for old in used)


def _is_full(entry: Tally) -> bool:
    """Whether the tally says that every member of a roll of known size held one stance."""
    one = len(entry.counts) == 1 and not entry.counts[0].group
    return one and entry.bound != "about" and 0 < entry.of == entry.counts[0].number


def build_claims(
    state: State,
    matter: str,
    conventions: Conventions,
    event: str = "",
    candidates: Sequence[str] | None = None,
) -> Claims:
    """The claims of one matter in a state (of one variant), to be asked at `on` or at `event`.

    `candidates`: those that any variant names, if there are several.

    Findings: dates tied to events that nobody reports, or that the event's date excludes.
    """
    return _Builder(state, matter, conventions, event, candidates).build()


def asked_on(claims: Claims, state: State, event: str = "") -> Claims:
    """The claims of another date of the state, asked at its `on`: only attributes depend on it, and
    drafts, which must be the same.
    """
    if event or claims.roll_at:
        return claims
    attributes = attributes_at(state)
    return claims if attributes == claims.attributes else replace(claims, attributes=attributes)


def is_selection(state: State, matter: str) -> bool:
    """Whether the matter chooses among candidates."""
    stated = {m.sort for m in state.matters.get(matter, ())}
    if stated:
        return "selection" in stated
    return any(getattr(entry, "candidate", "") for entry in entries_of(state, matter))


def candidates_of(entries: Iterable[AnyEntry]) -> tuple[str, ...]:
    """Everybody whom an entry of the matter names as a candidate, in alphabetical order."""
    names = (getattr(entry, "candidate", "") for entry in entries)
    return tuple(sorted({name for name in names if name}))


def event_timings(
    state: State, entries: Sequence[AnyEntry], *, register: bool = True
) -> dict[str, Timing]:
    """The date of each event that entries of the matter, or the register, report."""
    reports: dict[str, list[AnyEntry]] = defaultdict(list)
    own = [e for e in entries if isinstance(e, Candidacy | Decision)]
    for entry in [*own, *(state.all(Term) if register else ())]:
        if confirmed(entry):
            for key in event_key(entry):
                reports[key].append(entry)
    hopes = _hopes(state, entries)
    timings = {key: _timing_of(key, found, hopes, state) for key, found in reports.items()}
    after: dict[str, set[str]] = defaultdict(set)
    until: dict[str, set[str]] = defaultdict(set)
    for member, changes in state.memberships.items() if register else ():
        for name, _, found in _membership_events(member, changes, state):
            timings[name] = _timing_of(name, found, hopes, state)
            reports[name].extend(found)
    for key, entries_of_event in reports.items():
        after[key] |= {e.after for e in entries_of_event if e.after}
        until[key] |= {e.before for e in entries_of_event if e.before}
    return _linked(timings, after, until)


def _hopes(state: State, entries: Sequence[AnyEntry]) -> dict[str, list[Range]]:
    """For each event the days that those who still expected it leave for it."""
    hopes: dict[str, list[Range]] = defaultdict(list)
    for hope in entries:
        if isinstance(hope, Expectation) and confirmed(hope):
            hopes[hope.expects].append((day_range(hope.happened, state.zone)[0] + 1, LAST))
    return hopes


def _when_of(entry: AnyEntry, key: str) -> When | None:
    if isinstance(entry, Candidacy):
        return entry.public or entry.happened
    if isinstance(entry, Term):
        return entry.start if key.endswith("/start") else entry.end
    return entry.happened


def _report_range(entry: AnyEntry, when: When | None, state: State) -> Range:
    """The days that one report leaves for its event; no later than it was announced or known."""
    low, high = day_range(when, state.zone)
    if isinstance(entry, Decision) and entry.announced is not None:
        high = min(high, day_range(entry.announced, state.zone)[1])
    if when is None or when.latest is None:
        known = state.known_day(entry)
        high = min(high, known.toordinal() if known else LAST)
    return min(low, high), high


def _timing_of(
    key: str, reports: Sequence[AnyEntry], hopes: Mapping[str, Sequence[Range]], state: State
) -> Timing:
    """When the event was: what its reports leave, and those who still expected it."""
    whens = [(entry, _when_of(entry, key)) for entry in reports]
    ranges = [_report_range(entry, when, state) for entry, when in whens]
    domain = agreeing([*ranges, *hopes.get(key, ())])
    moments = {point for _, when in whens if (point := instant(when, state.zone))}
    on_it = [point for point in moments if domain == ((point[0], point[0]),)]
    moment = on_it[0] if len(on_it) == 1 else None  # of two instants it may be either
    reported = any(when is not None for _, when in whens)
    return Timing(domain, at=moment, reported=reported)


def _linked(
    timings: dict[str, Timing],
    after: Mapping[str, set[str]],
    until: Mapping[str, set[str]],
) -> dict[str, Timing]:
    """Tighten events that are said to come after or before others, and those others with them."""
    for key, timing in timings.items():
        later, sooner = (_known_links(key, links, timings) for links in (after, until))
        timings[key] = timing._replace(after=later, until=sooner)
    before: dict[str, Timing] = {}
    while before != timings:
        before = dict(timings)
        for key, timing in before.items():
            for link in timing.after:
                _tighten(timings, key, low=timings[link].domain[0][0])
                _tighten(timings, link, high=timings[key].domain[-1][1])
            for link in timing.until:
                _tighten(timings, key, high=timings[link].domain[-1][1])
                _tighten(timings, link, low=timings[key].domain[0][0])
    return {key: open_links(timing, timings) for key, timing in timings.items()}


def _known_links(
    key: str, links: Mapping[str, set[str]], timings: Mapping[str, Timing]
) -> tuple[str, ...]:
    known = (link for link in links.get(key, ()) if link in timings and link != key)
    return tuple(sorted(link for link in known if timings[link].reported))


def _tighten(timings: dict[str, Timing], key: str, low: int = FIRST, high: int = LAST) -> None:
    domain = clip(timings[key].domain, low, high)
    if domain:
        timings[key] = timings[key]._replace(domain=domain)
    else:
        timings[key] = timings[key]._replace(contradicted=True)


def _membership_events(
    member: str, changes: Sequence[Membership], state: State
) -> Iterator[tuple[str, bool, Sequence[Membership]]]:
    """A party's comings and goings as (event name, joins, reports), reports of one event merged.

    Who left had joined before, on a day that nothing tells.
    """
    moves = [c for c in changes if confirmed(c) and c.change != "attributes"]
    if moves and not any(move.change in _JOINING for move in moves):
        moves.append(_joined_before(min(moves, key=lambda m: day_range(m.happened, state.zone))))
    by_change: dict[str, list[Membership]] = defaultdict(list)
    for move in moves:
        by_change[move.change].append(move)
    for change, reports in sorted(by_change.items()):
        joins = change in _JOINING
        for number, group in enumerate(_separate(reports, moves, state)):
            yield (
                f"membership/{member}/{change}" + (f"#{number + 1}" if number else ""),
                joins,
                group,
            )


def _joined_before(left: Membership) -> Membership:
    """The accession that a withdrawal or suspension implies."""
    until = left.happened.latest if left.happened is not None else None
    when = When.between(None, until) if until is not None else None
    own = f"membership/{left.member}/{left.change}"
    return replace(left, change="accession", happened=when, after="", before=own, attributes={})


def _separate(
    reports: Sequence[Membership], moves: Sequence[Membership], state: State
) -> list[list[Membership]]:
    """Reports of one kind of change, apart where an opposite change lies between them."""

    def first(entry: Membership) -> int:
        return day_range(entry.happened, state.zone)[0]

    groups: list[list[Membership]] = []
    for report in sorted(reports, key=first):
        opposite = [
            m
            for m in moves
            if groups
            and _opposite(m, report)
            and day_range(groups[-1][0].happened, state.zone)[1] <= first(m)
            and day_range(m.happened, state.zone)[1] <= first(report)
        ]
        if groups and not opposite:
            groups[-1].append(report)
        else:
            groups.append([report])
    return groups


def _opposite(a: Membership, b: Membership) -> bool:
    return (a.change in _JOINING) is not (b.change in _JOINING)


def roll_changes(state: State) -> dict[str, tuple[RollChange, ...]]:
    """For each party ever on the roll, its comings and goings in the order of their dates."""
    roll: dict[str, tuple[RollChange, ...]] = {}
    for member, changes in state.memberships.items():
        events = [
            (_timing_of(name, found, {}, state).domain[0], not joins, RollChange(name, joins))
            for name, joins, found in _membership_events(member, changes, state)
        ]
        if any(change.joins for _, _, change in events):
            in_order = sorted(events, key=lambda event: event[:2])
            roll[member] = tuple(change for _, _, change in in_order)
    return roll


def attributes_at(state: State, day: int | None = None) -> dict[str, Mapping[str, Attribute]]:
    """Each member's attributes as of a day (`on` unless given); later entries override earlier.

    What a change of doubtful date says is left out where it differs from what went before: a rule
    that needs it then says so. The attributes of an accession hold from it on, whenever it was.
    """
    point = question_point(state.on, state.zone) if day is None else end_of_day(day)
    return attributes_between(told_of_attributes(state), point, point)


class Told(NamedTuple):
    """What one entry says of a party's attributes, from some point between two."""

    first: Point
    last: Point
    joins: bool
    attributes: Mapping[str, Attribute]


def told_of_attributes(state: State) -> dict[str, tuple[Told, ...]]:
    """What is told of each party's attributes, in the order of the latest dates; but a party's
    accession comes before every change that it can come before.
    """
    return {
        member: _in_turn([_told(c, state) for c in sorted(changes, key=attrgetter("id"))])
        for member, changes in state.memberships.items()
    }


def _told(change: Membership, state: State) -> Told:
    first, last = day_range(change.happened, state.zone)
    moment = instant(change.happened, state.zone)
    joins = change.change in _JOINING or change.happened is None
    attributes = change.attributes if confirmed(change) else {}
    begins, ends = (first, -1, 0), (last, END_OF_DAY, -1)
    return Told(moment or begins, moment or ends, joins, attributes)


def _in_turn(told: Iterable[Told]) -> tuple[Told, ...]:
    ordered: list[Told] = []
    for one in sorted(told, key=lambda one: one.last):
        place = len(ordered)
        while one.joins and place and one.first <= ordered[place - 1].last:
            place -= 1
        ordered.insert(place, one)
    return tuple(ordered)


def attributes_between(
    told: Mapping[str, Sequence[Told]], first: Point, last: Point
) -> dict[str, Mapping[str, Attribute]]:
    """Each member's attributes at an instant that is one of those from `first` to `last`, without
    those of which it is doubtful that they held then.
    """
    out: dict[str, Mapping[str, Attribute]] = {}
    for member, changes in told.items():
        merged: dict[str, Attribute] = {}
        for change in changes:
            if change.last <= first or (change.joins and change.first <= last):
                merged.update(change.attributes)
            elif change.first <= last:
                doubtful = change.attributes.items()
                merged = {
                    k: v
                    for k, v in merged.items()
                    if (k, v) in doubtful or k not in change.attributes
                }
        out[member] = merged
    return out


def own_candidates(state: State, entries: Sequence[AnyEntry]) -> dict[str, tuple[str, ...]]:
    """The candidates that each member put forward, or who are of it."""
    own: dict[str, set[str]] = defaultdict(set)
    names = set(candidates_of(entries))
    for party in state.all(Party):
        if party.name in names and party.of:
            own[party.of].add(party.name)
    for entry in entries:
        if isinstance(entry, Candidacy) and entry.by:
            own[entry.by].add(entry.candidate)
    return {member: tuple(sorted(found)) for member, found in own.items()}


def _no_anchor(entry: AnyEntry, link: str) -> Finding:
    return Finding(
        "unknown-event",
        "warning",
        f"this {entry.kind} is dated by '{link}', an event that nothing here reports, so it keeps "
        "its own date; report it, or correct the link",
        (entry.id,),
    )


def _off_anchor(entry: AnyEntry) -> Finding:
    return Finding(
        "event-date-differs",
        "warning",
        f"this {entry.kind} is dated outside the days that the event "
        f"'{entry.before or entry.after}' leaves it; it is left out: check both dates",
        (entry.id,),
    )
