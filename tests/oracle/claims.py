"""Entries become events, claims and tallies (ADR 0002, 4-17)."""

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, tzinfo
from typing import Literal
from zoneinfo import ZoneInfo

from nemcon.entries import (
    ALL,
    AnyEntry,
    Body,
    Candidacy,
    Completeness,
    Decision,
    Entry,
    Expectation,
    Matter,
    Membership,
    Objection,
    Party,
    Position,
    Reserve,
    Source,
    Tally,
    event_key,
)
from nemcon.when import When
from tests.oracle.axis import LAST, Range, as_range, settle
from tests.oracle.filter import known_when
from tests.oracle.strangers import Said, by_strangers, of_everybody

Stance = tuple[str, str]  # the stance and the candidate it is towards
NONE: Stance = ("none", "")
Stances = frozenset[Stance]
Moment = tuple[float, float]  # a day and a place in it
JOINS = {"accession", "resumption"}
LEAVES = {"withdrawal", "suspension"}
ANY_TIME = Range(None, None)


@dataclass(frozen=True)
class Anchor:
    """When a claim is true: its own range, and the events it is just before, or at or after."""

    span: Range
    before: str = ""
    after: str = ""


@dataclass(frozen=True)
class Claim:
    """One claim about one member or several, all at one date.

    `quantified` atoms bind a member only if it is on the roll then; `of` is the roll that it needs
    (0: any). A change that `lasts` still holds at the end of its day; `act` names a reserve or
    objection, and `ends` the one whose end this is. `taken`: when a stance was taken that waited
    until then; for those `opened` it may come too late (rule 11).
    """

    members: tuple[str, ...]
    sort: Literal["holds", "changes", "open"]
    stances: Stances
    anchor: Anchor
    quantified: bool = False
    of: int = 0
    opens_by_change: bool = False
    lasts: bool = False
    act: str = ""
    ends: str = ""
    entry: str = ""
    taken: tuple[Moment, Moment] | None = None
    opened: frozenset[str] = frozenset()

    @property
    def told(self) -> tuple[Moment, Moment]:
        """The first and the last that this can have been, by its own date."""
        return _moments(self.anchor.span, self.sort == "changes" or self.opens_by_change)

    def said_of(self, member: str) -> "Claim":
        """What it says of one of its members."""
        return replace(self, sort="open") if member in self.opened else self


@dataclass(frozen=True)
class Number:
    """How many of a group hold a stance: from `least` to `most` of those that are said to."""

    stance: Stance
    least: int
    most: int
    group: str


@dataclass(frozen=True)
class Sum:
    """A tally that is one unit; `exact` says that the others did not hold the stance."""

    numbers: tuple[Number, ...]
    of: int
    exact: bool
    anchor: Anchor


@dataclass(frozen=True)
class Event:
    """A dated event with all that its reports say; `told` for withdrawals of candidates."""

    key: str
    spans: tuple[Range, ...]
    befores: frozenset[str] = frozenset()
    afters: frozenset[str] = frozenset()
    dated: bool = True
    told: tuple[Range, ...] = ()


@dataclass
class Case:
    """Everything that the search needs to know."""

    members: tuple[str, ...] = ()
    candidates: tuple[str, ...] = ("",)
    universe: Stances = frozenset({NONE})
    claims: list[Claim] = field(default_factory=list)
    sums: list[Sum] = field(default_factory=list)
    complete: list[tuple[str, Range]] = field(default_factory=list)  # of what, and when for certain
    events: dict[str, Event] = field(default_factory=dict)
    memberships: dict[str, dict[str, dict[str, object]]] = field(default_factory=dict)
    nominees: dict[str, set[str]] = field(default_factory=dict)
    decided: set[tuple[bool, str]] = field(default_factory=set)  # in favour or not, and of whom
    strangers: list[Said] = field(default_factory=list)  # objections of whom nobody knows
    denials: list[Said] = field(default_factory=list)  # what leaves no place for an objection
    roll_on: Range | None = None  # the day whose roll decides, if it is not the one asked about


def zone_of(entries: Sequence[AnyEntry]) -> tzinfo:
    """The zone of the body, whose days count."""
    zones = [e.zone for e in entries if isinstance(e, Body)]
    return UTC if not zones or zones[0] == "UTC" else ZoneInfo(zones[0])


def candidates_of(records: Sequence[Sequence[AnyEntry]]) -> tuple[str, ...]:
    """The candidates that any record of the matter names; in a motion "" alone."""
    entries = [entry for record in records for entry in record]
    if not any(isinstance(e, Matter) and e.sort == "selection" for e in entries):
        return ("",)
    return tuple(sorted({getattr(e, "candidate", "") for e in entries} - {""}))


class Reader:
    """Reads the entries of one matter; what it makes of them is in `case`."""

    def __init__(
        self,
        entries: Sequence[AnyEntry],
        candidates: tuple[str, ...],
        on: When,
        conventions: Mapping[str, object],
        reads: frozenset[str],
        zone: tzinfo,
    ) -> None:
        """Read all entries."""
        entries = [*entries, *_joined_before(entries, zone)]
        self.zone, self.on, self.conventions, self.entries = zone, on, conventions, entries
        self.known = {e.name for e in entries if isinstance(e, Party)}
        self.known |= {e.member for e in entries if isinstance(e, Membership)}
        self.unclear = False
        self.sources = {e.name: e for e in entries if isinstance(e, Source)}
        self.case = Case(candidates=candidates)
        self._read_members()
        self.case.universe = self._universe(reads)
        self._read_events()
        for entry in entries:
            self._read_claims(entry)
            if isinstance(entry, Matter) and entry.roll_on:
                self.case.roll_on = as_range(entry.roll_on, zone)
        self.case.claims = [self._too_late(claim) for claim in self.case.claims]
        self._read_completeness()
        told = [(entry, self._until_known(entry)) for entry in entries if is_fact(entry)]
        self.case.strangers = by_strangers(told, self.known)
        self.case.denials = of_everybody(told)
        if conventions.get("nominee"):
            self._read_nominees()

    # -- dates -------------------------------------------------------------------------------

    def span(self, when: When | None, entry: Entry) -> Range:
        """The date, or rule 5: up to the day on which the entry is known."""
        if when is not None:
            return as_range(when, self.zone)
        known = known_when(entry, self.sources)
        last = known.last_day(self.zone) if known else None
        return Range(None, last.toordinal() if last else None)

    def _until_known(self, entry: Entry) -> Range:
        """The days on which it may have been; none after it was known."""
        span, known = self.span(entry.happened, entry), known_when(entry, self.sources)
        last = known.last_day(self.zone) if known else None
        ends = [day for day in (span.high, last.toordinal() if last else None) if day is not None]
        return Range(span.low, min(ends, default=None))

    def anchor(self, entry: Entry) -> Anchor:
        """When the main claim of the entry is true; an event that nobody dates is no anchor."""
        return Anchor(
            self.span(entry.happened, entry), self._event(entry.before), self._event(entry.after)
        )

    def _event(self, key: str) -> str:
        return key if key in self.case.events and self.case.events[key].dated else ""

    # -- names -------------------------------------------------------------------------------

    def _read_members(self) -> None:
        for entry in self.entries:
            if isinstance(entry, Membership) and is_fact(entry):
                steps = self.case.memberships.setdefault(entry.member, {})
                steps.setdefault(entry.change, {}).update(entry.attributes)
        joined = [m for m, steps in self.case.memberships.items() if {*steps} & JOINS]
        self.case.members = tuple(sorted(joined))

    def _universe(self, reads: frozenset[str]) -> Stances:
        named = {(s, c) for s in reads | {"support"} for c in self.case.candidates}
        if "objection" in reads:
            named.add(("objection", ""))  # in a selection: to every candidate
        for entry in self.entries:
            if isinstance(entry, Position):
                named.add(self._stance(entry.stance, entry.candidate))
            elif isinstance(entry, Reserve | Objection):
                named.add(self._stance(entry.kind, entry.candidate))
            elif isinstance(entry, Tally):
                named |= {self._stance(c.stance, entry.candidate) for c in entry.counts}
        return frozenset(named) | {NONE}

    def _stance(self, stance: str, candidate: str) -> Stance:
        return NONE if stance == "none" else (stance, candidate)

    def other_than(self, stance: Stance) -> Stances:
        """Any other stance (rule 10); whoever objects to nobody objects to no candidate."""
        out = {stance}
        if stance[0] == "objection" and stance[1] == "":
            out |= {s for s in self.case.universe if s[0] == "objection"}
        if stance[0] == "objection":
            out.add(("objection", ""))
        return self.case.universe - out

    # -- events ------------------------------------------------------------------------------

    def _read_events(self) -> None:
        reports: dict[str, list[Entry]] = {}
        for entry in self.entries:
            if isinstance(entry, Membership | Candidacy | Decision) and is_fact(entry):
                reports.setdefault(event_key(entry)[0], []).append(entry)
            if isinstance(entry, Decision) and is_fact(entry) and entry.result != "other":
                told = entry.result in ("appointed", "adopted")
                self.case.decided.add((told, entry.candidate))
        for key, entries in reports.items():
            self.case.events[key] = self._read_event(key, entries)
        for member in self.case.members:
            self._in_turn(f"membership/{member}/suspension", f"membership/{member}/resumption")

    def _in_turn(self, off: str, back: str) -> None:
        """A suspension ends after it began, if the dates allow that."""
        events = self.case.events
        if off in events and back in events:
            start, end = events[off].spans, events[back].spans
            if min(s.low or 0 for s in start) <= max(e.high or 10**7 for e in end):
                events[back] = replace(events[back], afters=events[back].afters | {off})

    def _read_event(self, key: str, reports: Sequence[Entry]) -> Event:
        dates = [when for entry in reports for when in _stated(entry)]
        spans = [as_range(when, self.zone) for when in dates]
        undated = [self.span(None, entry) for entry in reports if not list(_stated(entry))]
        told = [e.told for e in reports if isinstance(e, Candidacy) and e.told]
        return Event(
            key,
            settle([*spans, *undated, *self._expected(key)]),
            frozenset(e.before for e in reports if e.before),
            frozenset(e.after for e in reports if e.after),
            bool(dates),
            settle([as_range(when, self.zone) for when in told]),
        )

    def _expected(self, key: str) -> list[Range]:
        """Rule 8: at the last instant of the first possible day of T, E had not happened."""
        told = [
            self.span(entry.happened, entry)
            for entry in self.entries
            if isinstance(entry, Expectation) and entry.expects == key
        ]
        if any(span.clock is not None for span in told):
            raise ValueError("the oracle takes expectations told on a day")
        return [Range(span.low + 1, None) for span in told if span.low is not None]

    # -- claims ------------------------------------------------------------------------------

    def _read_claims(self, entry: AnyEntry) -> None:
        if entry.modality == "planned" and not self.conventions.get("intent"):
            return
        if isinstance(entry, Position) and not entry.group:
            self._read_position(entry)
        elif isinstance(entry, Objection) and entry.admitted is not False:
            ended = bool(entry.end) or entry.ended is not None
            self._read_act(entry, "objection", ended, entry.ended)
        elif isinstance(entry, Reserve):
            self._read_act(entry, "reserve", entry.lifted is not None, entry.lifted)
        elif isinstance(entry, Tally):
            self._read_tally(entry)

    def _who(self, entry: Position) -> tuple[str, ...]:
        named = self.case.members if ALL in entry.members else entry.members
        return tuple(m for m in named if m not in entry.excepted)

    def _read_position(self, entry: Position) -> None:
        stance = self._stance(entry.stance, entry.candidate)
        negated = entry.negated != (entry.modality == "denied")
        stances = self.other_than(stance) if negated else frozenset({stance})
        who, everyone, anchor = self._who(entry), ALL in entry.members, self.anchor(entry)
        changes = entry.claim == "changes" and entry.modality != "planned"
        waits = [
            until
            for waiting, until in (
                (_is_conditional(entry), entry.condition_met),
                (entry.authority == "ad-referendum", entry.confirmed),
            )
            if waiting
        ]
        unsure = everyone and not self.known >= {*entry.excepted}  # rule 15: nobody knows of whom
        self.unclear |= unsure
        taken = self.span(entry.happened, entry)
        past = [self.span(wait, entry) for wait in waits if wait is not None]
        if len(past) < len(waits) or not all(_is_past(one, taken) for one in past):
            self.case.claims.append(
                Claim(
                    who, "open", stances, anchor, everyone, entry=entry.id, opens_by_change=changes
                )
            )
            if len(past) == len(waits):
                met = Anchor(_later([taken, *past]))
                self.case.claims.append(
                    Claim(
                        *(who, "open" if unsure else "holds", stances, met, everyone),
                        entry=entry.id,
                        taken=_moments(taken, changes),
                    )
                )
            return
        sort: Literal["holds", "changes", "open"] = "changes" if changes else "holds"
        if unsure:
            sort = "open"
        self.case.claims.append(Claim(who, sort, stances, anchor, everyone, entry=entry.id))

    def _too_late(self, claim: Claim) -> Claim:
        """Rule 11: of whom something else may have been said before what was waited for."""
        taken = claim.taken
        if taken is None:
            return claim
        opened: set[str] = set()
        idle: set[str] = set()
        for other in self.case.claims:
            first, last = other.told
            if other.entry == claim.entry or other.stances <= claim.stances:
                continue
            if last > taken[0] and first <= claim.told[1]:
                (idle if first > taken[1] else opened).update({*other.members} & {*claim.members})
        return replace(
            claim,
            members=tuple(m for m in claim.members if m not in idle),
            opened=frozenset(opened),
        )

    def _read_act(
        self, entry: Objection | Reserve, name: str, ended: bool, end: When | None
    ) -> None:
        stance = self._stance(name, entry.candidate)
        anchor, who = self.anchor(entry), (entry.member,)
        if entry.modality == "denied":
            self.case.claims.append(
                Claim(who, "holds", self.other_than(stance), anchor, entry=entry.id)
            )
            return
        sort: Literal["open", "changes", "holds"] = "changes"
        if entry.modality in ("conditional", "planned"):
            sort = "open" if entry.modality == "conditional" else "holds"
        then = as_range(end, self.zone) if end else self._since(anchor.span, entry)
        if end is None and _is_over(then):
            ended = False
        lasts = sort == "changes" and _lasts(anchor.span, then if ended else None)
        self.case.claims.append(
            Claim(who, sort, frozenset({stance}), anchor, lasts=lasts, act=entry.id, entry=entry.id)
        )
        if ended:
            others = self.other_than(stance)
            self.case.claims.append(
                Claim(who, "changes", others, Anchor(then), ends=entry.id, entry=entry.id)
            )

    def _since(self, raised: Range, entry: Entry) -> Range:
        """Some day from the raising of an objection to when it was known that it had ended."""
        return Range(raised.low, self.span(None, entry).high)

    def _read_tally(self, entry: Tally) -> None:
        if entry.modality in ("conditional", "denied"):
            return
        tolerance = self.conventions.get("tolerance")
        if entry.bound == "about" and not isinstance(tolerance, int):
            return
        anchor = self.anchor(entry)
        counts = [(self._stance(c.stance, entry.candidate), c) for c in entry.counts]
        if entry.bound != "about" and len(counts) == 1 and not counts[0][1].group:
            stance, count = counts[0]
            if entry.of and count.number == entry.of:  # n of n: rule 15
                everyone, only = self.case.members, frozenset({stance})
                self.case.claims.append(
                    Claim(everyone, "holds", only, anchor, True, entry.of, entry=entry.id)
                )
                return
        slack = tolerance if entry.bound == "about" and isinstance(tolerance, int) else 0
        least = entry.bound == "at-least"
        numbers = tuple(
            Number(s, c.number - slack, 10**6 if least else c.number + slack, c.group)
            for s, c in counts
        )
        self.case.sums.append(Sum(numbers, entry.of, not least, anchor))

    # -- completeness and nominees -----------------------------------------------------------

    def _read_completeness(self) -> None:
        record = self.conventions.get("record")
        if record == "reported" or self.unclear:
            return
        claims = [
            claim
            for entry in self.entries
            if isinstance(entry, Matter)
            for claim in entry.completeness
        ]
        self.case.complete = [(claim.what, self._period(claim)) for claim in claims]
        if record == "complete":
            self.case.complete.append(("position", ANY_TIME))

    def _period(self, claim: Completeness) -> Range:
        """The days that lie within the period of a completeness for certain."""
        starts = as_range(claim.start, self.zone).high if claim.start else None
        ends = as_range(claim.end, self.zone).low if claim.end else None
        return Range(starts, ends)

    def _read_nominees(self) -> None:
        """Rule 21: whose candidates are whose."""
        for entry in self.entries:
            pair = ("", "")
            if isinstance(entry, Candidacy):
                pair = (entry.by, entry.candidate)
            elif isinstance(entry, Party):
                pair = (entry.of, entry.name)
            if pair[0] in self.case.memberships and pair[1] in self.case.candidates:
                self.case.nominees.setdefault(pair[0], set()).add(pair[1])


def _is_over(span: Range) -> bool:
    """Whether a range ends before it starts: no day is in it."""
    return span.low is not None and span.high is not None and span.high < span.low


def _is_past(one: Range, other: Range) -> bool:
    """Whether the first is over, at the latest, when the second is."""
    if one.clock is not None and other.clock is not None:
        return _moments(one)[1] <= _moments(other)[0]
    late = math.inf if one.high is None else one.high
    early = -math.inf if other.low is None else other.low
    return late <= early if one.clock is None and other.clock is None else late < early


def _moments(span: Range, moves: bool = False) -> tuple[Moment, Moment]:
    """The first and the last that the end of a day can be, or any instant of it if that `moves`."""
    low = -math.inf if span.low is None else span.low
    high = math.inf if span.high is None else span.high
    if moves and span.clock is None:
        return (low, -1.0), (high, math.nextafter(LAST, 0))
    place = LAST if span.clock is None else span.clock
    return (low, place), (high, place)


def _later(spans: Sequence[Range]) -> Range:
    """From when all of these are past."""
    for span in spans:
        if all(_is_past(other, span) for other in spans):
            return span
    lows = [span.low for span in spans if span.low is not None]
    highs = [span.high for span in spans]
    high = None if None in highs else max(h for h in highs if h is not None)
    return Range(max(lows, default=None), high)


def _is_conditional(entry: Position) -> bool:
    return entry.modality == "conditional" or bool(entry.condition)


def _lasts(raised: Range, ended: Range | None) -> bool:
    """Rule 14: dated to one day, an act stands at its end, unless it may have ended by then."""
    if raised.low is None or raised.low != raised.high or raised.clock is not None:
        return False
    return ended is None or (ended.low is not None and ended.low > raised.low)


def is_fact(entry: Entry) -> bool:
    """No plan becomes a fact by time passing (rule 13)."""
    return entry.modality in ("asserted", "reported")


def _stated(entry: Entry) -> list[When]:
    """The dates that a report gives its event; of a withdrawal, when it became public."""
    dates = [entry.happened]
    if isinstance(entry, Candidacy):
        dates.append(entry.public)
    return [when for when in dates if when is not None]


def _first_of_all(joined: Membership, left: Range, zone: tzinfo) -> bool:
    """Whether a joining may come before the first leaving; a resumption only if surely so."""
    when = as_range(joined.happened, zone) if joined.happened else ANY_TIME
    if joined.change == "resumption":
        return when.high is not None and left.low is not None and when.high < left.low
    return when.low is None or left.high is None or when.low <= left.high


def _joined_before(entries: Iterable[Entry], zone: tzinfo) -> Iterator[Membership]:
    """Who left and of whom no joining is told joined at some instant before."""
    moves = [e for e in entries if isinstance(e, Membership) and is_fact(e)]
    for member in sorted({e.member for e in moves if e.change in LEAVES}):
        left = [e for e in moves if e.member == member and e.change in LEAVES]
        first = min(left, key=lambda e: str(e.happened))
        off = as_range(first.happened, zone) if first.happened else ANY_TIME
        joined = [e for e in moves if e.member == member and e.change in JOINS]
        if any(_first_of_all(e, off, zone) for e in joined):
            continue
        last = first.happened.last_day(zone) if first.happened else None
        yield Membership(
            member=member,
            change="accession",
            happened=When.between(None, last) if last else None,
            before=f"membership/{member}/{first.change}",
        )
