"""A member's one move to a stance that reports put on different days."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from nemcon.check.checked import Checked
from nemcon.check.dates import contradiction
from nemcon.check.reports import Others, Report, contradictions, differ
from nemcon.check.words import quoted
from nemcon.entries import ALL, AnyEntry, Objection, Position, Reserve, Tally
from nemcon.findings import Finding
from nemcon.state import confirmed


class Move(NamedTuple):
    """A member's change to a stance on a matter."""

    matter: str
    member: str
    stance: str
    candidate: str
    draft: str


def contradicting_moves(checked: Checked) -> Iterator[Finding]:
    """Changes of one member to one stance on different days, with nothing else said between."""
    moves: dict[Move, list[Report]] = defaultdict(list)
    for entry in checked.state.all(Position):
        if _is_move(entry):
            for member in entry.members:
                where = checked.matter_of(entry), member
                move = Move(*where, entry.stance, entry.candidate, entry.draft)
                moves[move].append(Report(checked.days(entry), entry))
    differing = {move: found for move, found in moves.items() if differ(found)}
    if not differing:
        return
    others = _Others(checked)
    for move, found in differing.items():
        for first, second in contradictions(found, others.of(move)):
            yield contradiction(checked, _words(checked, move), first, second)


def _is_move(entry: Position) -> bool:
    plain = not (entry.negated or entry.condition or entry.authority == "ad-referendum")
    dated = entry.happened is not None and ALL not in entry.members
    return entry.claim == "changes" and confirmed(entry) and plain and dated


class _Others:
    """What else is said of members' stances, that may lie between two moves."""

    def __init__(self, checked: Checked) -> None:
        self.checked = checked
        self.said: dict[tuple[str, str], list[AnyEntry]] = defaultdict(list)
        for entry in checked.all(Position, Reserve, Objection, Tally):
            for member in _members(entry):
                self.said[checked.matter_of(entry), member].append(entry)
        self.of_everybody = cache(self._days)

    def of(self, move: Move) -> tuple[Others, Others]:
        """What may tell two moves of this kind apart: said of the member, and of everybody."""
        return self._days(move), self.of_everybody(move._replace(member=ALL))

    def _days(self, move: Move) -> Others:
        entries = self.said.get((move.matter, move.member), ())
        # What is said of the very day of a move may be how things stood before it.
        differing = (self.checked.days(e) for e in entries if _may_differ(e, move))
        return Others(differing, margin=1)


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
    whom = f" for {checked.title(move.candidate)}" if move.candidate else ""
    return f"the move of {checked.title(move.member)} to {quoted(move.stance)}{whom}"
