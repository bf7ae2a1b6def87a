"""What one entry claims: whom it says to hold which stance, and when.

Each choice made here is stated in `docs/adr/0002-how-entries-become-claims.md`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import tzinfo
from functools import cached_property, lru_cache
from typing import Literal, TypeAlias

from nemcon.entries import ALL, AnyEntry, Objection, Party, Position, Reserve, Silence, Tally
from nemcon.state import State, confirmed
from nemcon.when import When
from nemcon.worlds.atoms import Aggregate, Atom, Gate, Operation, Stance, StanceSet
from nemcon.worlds.conventions import Conventions
from nemcon.worlds.dating import Dates
from nemcon.worlds.days import LAST, Timing, day_range, later, surely_by

SETTLED = "settled"  # the name of the date from which a stance waits for nothing
_OF_AN_ACT: Mapping[str, Operation] = {"conditional": "open", "planned": "holds", "denied": "holds"}


class Claimed:
    """Collects what entries claim, one by one: `atoms`, `aggregates` and `gates`, with their
    dates; `unclear`, if nobody knows of whom something is said.
    """

    def __init__(
        self,
        state: State,
        dates: Dates,
        conventions: Conventions,
        candidates: Sequence[str],
        parties: Sequence[str],
        *,
        selection: bool,
    ) -> None:
        """`parties` are those ever on the roll; `selection`, if stances are towards candidates."""
        self._state, self._dates, self._conventions = state, dates, conventions
        self._candidates, self._parties, self._selection = candidates, parties, selection
        self.atoms: list[Atom] = []
        self.aggregates: list[Aggregate] = []
        self.gates: list[Gate] = []
        self.unclear = False

    def read(self, entry: AnyEntry) -> None:
        """Collect what an entry claims."""
        match entry:
            case Position():
                self._position(entry)
            case Reserve():
                self._act(entry, entry.member, "reserve", entry.candidate, entry.lifted)
            case Objection() if entry.admitted is not False:
                ended = bool(entry.end)
                self._act(
                    entry, entry.member, "objection", entry.candidate, entry.ended, ended=ended
                )
            case Silence() if entry.change == "broken":
                self._broken(entry)
            case Tally() if confirmed(entry) or self._is_intent(entry):
                self._tally(entry)

    def _position(self, entry: Position) -> None:
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
        timing = self._dates.register(entry, entry.happened, "happened", at_end=not changes)
        self._expand(entry, operation, stances, timing, dated=changes)
        if isinstance(settled, When):
            then = self._dates.register(entry, settled, SETTLED, at_end=True, linked=False)
            self._expand(entry, "holds", stances, then)

    def _settled(self, entry: Position) -> When | Literal["before", "never"]:
        """From when a stance waits for nothing: `before` where that was so when it was taken."""
        conditional = entry.condition or entry.modality == "conditional"
        waits = [entry.condition_met] if conditional else []
        waits += [entry.confirmed] if entry.authority == "ad-referendum" else []
        past = [when for when in waits if when is not None]
        if len(past) < len(waits):
            return "never"
        taken = entry.happened or self._dates.until_known(entry)
        if all(surely_by(when, taken, self._dates.zone) for when in past):
            return "before"
        return later([taken, *past], self._dates.zone)

    @cached_property
    def _known_parties(self) -> frozenset[str]:
        return frozenset({*self._state.memberships, *(p.name for p in self._state.all(Party))})

    def _is_intent(self, entry: AnyEntry) -> bool:
        """Whether an intent counts, by the convention, as holding from when it was told."""
        return entry.modality == "planned" and self._conventions.intent

    def _expand(
        self,
        entry: Position,
        operation: Operation,
        stances: StanceSet,
        timing: str,
        *,
        dated: bool = False,
    ) -> None:
        everyone = ALL in entry.members
        named = [p for p in self._parties if p not in entry.excepted] if everyone else entry.members
        if everyone and not self._known_parties.issuperset(entry.excepted):
            operation, self.unclear = "open", True  # of whom it is said, nobody knows
        for member in named:
            self.atoms.append(
                Atom(member, operation, stances, timing, entry.id, dated, if_member=everyone)
            )

    def _broken(self, entry: Silence) -> None:
        """Who breaks silence objects; of nobody who is named, somebody does."""
        names = dict.fromkeys(name for name in (entry.by, *entry.members) if name)
        for member in names:
            self._act(entry, member, "objection")
        if not names and confirmed(entry):
            timing = self._dates.register(entry, entry.happened, "happened", at_end=True)
            some = (_set_of(self._stances("objection", "")), 1, LAST)
            self.aggregates.append(Aggregate((some,), False, 0, timing, entry.id))

    def _act(
        self,
        entry: Reserve | Objection | Silence,
        member: str,
        stance: str,
        candidate: str = "",
        end: When | None = None,
        *,
        ended: bool = False,
    ) -> None:
        """What a member takes upon itself at one time, and gives up at another, if it does."""
        if entry.modality == "planned" and not self._is_intent(entry):
            return
        stances = _set_of(self._stances(stance, candidate))
        others = self._without(stance, candidate)
        operation = _OF_AN_ACT.get(entry.modality, "changes")
        raised = operation == "changes"
        timing = self._dates.register(entry, entry.happened, "happened", at_end=not raised)
        if entry.modality == "denied":
            self.atoms.append(Atom(member, "holds", others, timing, entry.id))
            return
        over = (end or self._since(entry)) if end is not None or ended else None
        first, last = day_range(entry.happened, self._dates.zone)
        ends_later = over is None or day_range(over, self._dates.zone)[0] > last
        stays = raised and first == last and ends_later
        self.atoms.append(
            Atom(member, operation, stances, timing, entry.id, dated=raised, stays=stays)
        )
        if over is not None:
            ended_at = self._dates.register(entry, over, "ended", at_end=False, linked=False)
            self.atoms.append(
                Atom(member, "changes", others, ended_at, entry.id, dated=True, follows=timing)
            )

    def _since(self, entry: AnyEntry) -> When | None:
        """From what the entry records to when it was known: for an end without a date.

        None where it was known before, so that there is no such day.
        """
        start = entry.happened.earliest if entry.happened else None
        last = self._dates.until_known(entry).latest
        known = day_range(self._dates.until_known(entry), self._dates.zone)[1]
        begun = day_range(entry.happened, self._dates.zone)[0]
        return When.between(start, last) if begun <= known else None

    def _tally(self, entry: Tally) -> None:
        slack = 0
        if entry.bound == "about":
            if self._conventions.tolerance is None:
                return
            slack = self._conventions.tolerance
        timing = self._dates.register(entry, entry.happened, "happened", at_end=True)
        if _is_full(entry):
            self._full_count(entry, timing)
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

    def _full_count(self, entry: Tally, timing: str) -> None:
        """*n of n* is said of every member on the roll: one claim each."""
        stances = _set_of(self._stances(entry.counts[0].stance, entry.candidate))
        number = len(self.gates)
        self.gates.append(Gate(entry.of, timing, entry.id))
        self.atoms += [
            Atom(p, "holds", stances, timing, entry.id, if_member=True, gate=number)
            for p in self._parties
        ]

    def _stances(self, stance: str, candidate: str) -> frozenset[Stance]:
        """The stances that the words cover.

        An objection to nobody in particular is one to everybody, a stance of its own; support for
        nobody in particular is support for somebody.
        """
        if not self._selection:
            return frozenset({(stance, "")})
        if candidate or stance != "support":
            return frozenset({(stance, candidate)})
        return frozenset({(stance, name) for name in self._candidates})

    def _without(self, stance: str, candidate: str) -> StanceSet:
        """Every stance that does not amount to this one."""
        scopes = ("", candidate) if candidate else ("", *self._candidates)
        return _set_of(frozenset((stance, scope) for scope in scopes), negated=True)


@lru_cache(maxsize=4_096)
def _set_of(stances: frozenset[Stance], *, negated: bool = False) -> StanceSet:
    """These stances, or all others: the same object each time, as many claims share a few."""
    return StanceSet(stances, negated)


_Alone: TypeAlias = tuple[Sequence[Atom], Sequence[tuple[str, Timing]]]
_NOTHING = State(((),), When.parse("../.."))


def stands_alone(entry: AnyEntry) -> bool:
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
def claimed_alone(
    entry: AnyEntry, zone: tzinfo, intent: bool, selection: bool, candidates: tuple[str, ...]
) -> _Alone:
    """The claims of such an entry, and their dates: the same whatever else is known."""
    dates = Dates(_NOTHING, zone, {})
    said = Claimed(_NOTHING, dates, _counting(intent), candidates, (), selection=selection)
    said.read(entry)
    return tuple(said.atoms), tuple(dates.timings.items())


@lru_cache(maxsize=2)
def _counting(intent: bool) -> Conventions:
    return Conventions(intent=intent)


def _is_full(entry: Tally) -> bool:
    """Whether the tally says that every member of a roll of known size held one stance."""
    one = len(entry.counts) == 1 and not entry.counts[0].group
    return one and entry.bound != "about" and 0 < entry.of == entry.counts[0].number
