"""A member's one move to a stance that reports put on different days."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import tzinfo
from functools import cache, lru_cache
from itertools import pairwise
from typing import NamedTuple

from nemcon.check.checked import Checked
from nemcon.check.dates import contradiction
from nemcon.check.reports import Others, Report, contradictions, differ
from nemcon.check.words import A_DAY, quoted
from nemcon.entries import ALL, AnyEntry, Objection, Position, Reserve, Tally
from nemcon.findings import Finding
from nemcon.saying import say
from nemcon.state import confirmed
from nemcon.worlds.days import Point, Range, instant


class Move(NamedTuple):
    """A member's change to a stance on a matter."""

    matter: str
    member: str
    stance: str
    candidate: str
    draft: str


def contradicting_moves(checked: Checked) -> Iterator[Finding]:
    """Changes of one member to one stance on different days, with nothing else said between."""
    others = _Others(checked)
    moves: dict[Move, list[Report]] = defaultdict(list)
    for where, said in others.said.items():
        passed_over = where[1] == ALL or _alternate(tuple(said), checked.zone)
        for entry in () if passed_over else said:
            if isinstance(entry, Position) and _is_move(entry):
                move = Move(*where, entry.stance, entry.candidate, entry.draft)
                moves[move].append(Report(checked.days(entry), entry))
    for move, found in moves.items():
        for first, second in contradictions(found) if differ(found) else ():
            if not others.may_part(move, first, second):
                yield contradiction(checked, _words(checked, move), first, second)


def _is_move(entry: Position) -> bool:
    plain = not (entry.negated or entry.condition or entry.authority == "ad-referendum")
    dated = entry.happened is not None and ALL not in entry.members
    return entry.claim == "changes" and confirmed(entry) and plain and dated


@lru_cache(maxsize=4_096)
def _alternate(said: tuple[AnyEntry, ...], zone: tzinfo) -> bool:
    """Whether all of this is said of instants, no two the same, and no stance twice in a row:
    then something lies between any two moves to one stance.
    """
    dated: list[tuple[Point, str]] = []
    for entry in said:
        point = instant(entry.happened, zone)
        if point is None:
            return False
        dated.append((point, getattr(entry, "stance", "")))
    dated.sort()
    return not any(
        one == next_one or (stance and stance == next_stance)
        for (one, stance), (next_one, next_stance) in pairwise(dated)
    )


class _Others:
    """What else is said of members' stances, that may lie between two moves."""

    def __init__(self, checked: Checked) -> None:
        self.checked = checked
        self.said: dict[tuple[str, str], list[AnyEntry]] = defaultdict(list)
        for entry in checked.all(Position, Reserve, Objection, Tally):
            for member in _members(entry):
                self.said[checked.matter_of(entry), member].append(entry)
        self.days = cache(self._days)
        self.acts = cache(self._acts)
        self.differing = cache(self._differing)
        self.moments: dict[str, Range] = {}

    def may_part(self, move: Move, first: Report, second: Report) -> bool:
        """Whether something else may lie between two moves of this kind: an act of the member, even
        on their days; or what is said of the member or of everybody, a day apart from them.
        """
        moments = self._moments(first.entry), self._moments(second.entry)
        if self.acts(move).may_lie_between(*moments):
            return True
        others = self.days(move), self.days(move._replace(member=ALL))
        return any(other.may_lie_between(first.days, second.days) for other in others)

    def _acts(self, move: Move) -> Others:
        acts = filter(self._is_act, self.differing(move))
        return Others(map(self._moments, acts), margin=1)

    def _is_act(self, entry: AnyEntry) -> bool:
        """Whether an entry says what was done, or how things stood at an exact instant; of a whole
        day it tells how things stood in the end.
        """
        acts = isinstance(entry, Reserve | Objection)
        changes = isinstance(entry, Position) and entry.claim == "changes"
        return acts or changes or instant(entry.happened, self.checked.zone) is not None

    def _moments(self, entry: AnyEntry) -> Range:
        """The first and the last moment at which it may have been, in microseconds."""
        found = self.moments.get(entry.id)
        if found is None:
            found = self.moments[entry.id] = self._moments_of(entry)
        return found

    def _moments_of(self, entry: AnyEntry) -> Range:
        if entry.happened is not None:
            return self.checked.moments(entry.happened)
        first, last = self.checked.days(entry)
        return first * A_DAY, (last + 1) * A_DAY

    def _days(self, move: Move) -> Others:
        # What is said of the very day of a move may be how things stood before it.
        return Others(map(self.checked.days, self.differing(move)), margin=1)

    def _differing(self, move: Move) -> list[AnyEntry]:
        """What is said that may mean that the member did not hold the stance."""
        entries = self.said.get((move.matter, move.member), ())
        return [entry for entry in entries if _may_differ(entry, move)]


def _members(entry: AnyEntry) -> tuple[str, ...]:
    match entry:
        case Position():
            return entry.members
        case Reserve() | Objection():
            return (entry.member,)
    return (ALL,)


def _may_differ(entry: AnyEntry, move: Move) -> bool:
    """Whether an entry can say that the member did not hold the stance."""
    match entry:
        case Position():
            same = entry.stance == move.stance and entry.candidate in ("", move.candidate)
            return not (same and confirmed(entry) and not entry.negated)
        case Tally():
            return entry.bound != "at-least"
    return True


def _words(checked: Checked, move: Move) -> str:
    member, stance = checked.title(move.member), quoted(move.stance)
    if not move.candidate:
        return say("the move of {member} to {stance}", member=member, stance=stance)
    return say(
        "the move of {member} to {stance} for {candidate}",
        member=member,
        stance=stance,
        candidate=checked.title(move.candidate),
    )
