"""The claims of one matter, put together from what its entries say.

Each choice made here is stated in `docs/adr/0002-how-entries-become-claims.md`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from nemcon.entries import Attribute, Completeness, Matter
from nemcon.findings import Finding
from nemcon.state import State
from nemcon.worlds.atoms import Aggregate, Atom, Gate, used_gates
from nemcon.worlds.attributes import Told, attributes_at, attributes_between, told_of_attributes
from nemcon.worlds.candidates import candidates_of, is_selection, own_candidates
from nemcon.worlds.claimed import SETTLED, Claimed, claimed_alone, stands_alone
from nemcon.worlds.conventions import Conventions
from nemcon.worlds.dating import Dates
from nemcon.worlds.days import END_OF_DAY, Point, Timing, question_point
from nemcon.worlds.drafts import possible_drafts
from nemcon.worlds.events import event_timings
from nemcon.worlds.roll import RollChange, come_before, roll_changes


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

    def of_the_roll(self) -> Claims:
        """The claims without those of parties that are never on the roll, which date nothing."""
        atoms = tuple(atom for atom in self.atoms if atom.member in self.roll)
        if len(atoms) == len(self.atoms):
            return self
        used = {atom.timing for atom in atoms} | {tally.timing for tally in self.aggregates}
        used |= {gate.timing for gate in self.gates} | self.events
        own = {atom.timing for atom in self.atoms} - used
        timings = {name: timing for name, timing in self.timings.items() if name not in own}
        return replace(self, atoms=atoms, timings=timings)


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
        self.candidates = candidates_of(self.entries) if candidates is None else tuple(candidates)
        self.drafts = possible_drafts(self.entries, state, event)[-1] if drafts is None else drafts
        self.event, self.matter = event, matter
        self.roll = roll_changes(state)
        self.dates = Dates(state, self.zone, event_timings(state, self.entries))
        self.timings = self.dates.timings
        self.events = frozenset(self.timings)
        parties, selection = tuple(sorted(self.roll)), is_selection(state, matter)
        self.claimed = Claimed(
            *(state, self.dates, conventions, self.candidates, parties), selection=selection
        )
        self._reads = self.zone, conventions.intent, selection, self.candidates

    def build(self) -> Claims:
        claimed = self.claimed
        for entry in self.entries:
            if getattr(entry, "draft", "") and entry.draft not in self.drafts:  # type: ignore[union-attr]
                continue
            if stands_alone(entry):
                atoms, dates = claimed_alone(entry, *self._reads)
                claimed.atoms += atoms
                self.timings.update(dates)
            else:
                claimed.read(entry)
        told = told_of_attributes(self.state)
        dated = {name for name, timing in self.timings.items() if timing.domain}
        atoms, gates = used_gates(
            tuple(
                a
                for a in self._unrevived()
                if a.timing in dated and (not a.if_member or self._may_bind(a))
            ),
            tuple(claimed.gates),
        )
        return Claims(
            {name: self.timings[name] for name in self.timings if name in dated},
            atoms,
            tuple(a for a in claimed.aggregates if a.timing in dated),
            gates,
            self.roll,
            attributes_between(told, *self._asked_between()),
            self.candidates,
            self._completeness(),
            tuple(self.dates.findings),
            own_candidates(self.state, self.entries),
            any(timing.contradicted for timing in self.timings.values()),
            self.events,
            self._roll_at(),
            told if any(aggregate.group for aggregate in claimed.aggregates) else {},
        )

    def _unrevived(self) -> list[Atom]:
        """The claims, without those that waited and were settled only after the member had said
        something else; where that may be so, it leaves the stance open.
        """
        atoms = self.claimed.atoms
        if not any(atom.timing.endswith(f"/{SETTLED}") for atom in atoms):
            return atoms
        of_member: dict[str, list[Atom]] = defaultdict(list)
        for atom in atoms:
            of_member[atom.member].append(atom)
        kept = []
        for atom in atoms:
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
        taken = self.dates.told(f"{settled.entry}/happened")
        first, last = self.dates.told(other.timing)
        if last <= taken[0] or first > self.dates.told(settled.timing)[1]:
            return False
        return True if first > taken[1] else None

    def _may_bind(self, atom: Atom) -> bool:
        """Whether an atom that speaks of whoever is on the roll can matter: the member may be on it
        then, or the claim tells of the date of an event.
        """
        if self.timings[atom.timing].links:
            return True
        domain, changes = self.timings[atom.timing].domain, self.roll[atom.member]
        past = come_before(changes, self.timings, domain[0][0])
        begun = (self.timings[c.timing].domain[0][0] <= domain[-1][1] for c in changes[past:])
        return any(begun) or (past > 0 and changes[past - 1].joins)

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

    def _completeness(self) -> tuple[Completeness, ...]:
        if self.conventions.record == "reported" or self.claimed.unclear:
            return ()
        stated = [m.completeness for m in self.entries if isinstance(m, Matter)]
        if self.conventions.record == "complete":
            stated.append((Completeness("position"),))
        return tuple(dict.fromkeys(part for parts in stated for part in parts))
