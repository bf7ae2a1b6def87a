"""Who can turn it: whose single change turns the verdict, and how many changes away it is.

Members are known only as far as they are: each class of like members may hold several positions. A
verdict is *met* where the rule is met whatever the others hold, *not met* where it is not.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

import numpy as np

from nemcon.analysis.columns import Columns, Like, Sums, conditions, finals
from nemcon.analysis.compiler import Compiler
from nemcon.analysis.fewest import MOST_STEPS, Cover, Item, fewest
from nemcon.analysis.game import (
    AllOf,
    AnyOf,
    Fixed,
    Formula,
    GameError,
    Threshold,
    TooLargeError,
    all_of,
    any_of,
    opposite,
)
from nemcon.analysis.parts import Part, front, times, together
from nemcon.rules.algebra import Between, Position
from nemcon.rules.given import ways
from nemcon.rules.names import Value
from nemcon.rules.procedure import Procedure
from nemcon.rules.seating import OTHER, open_positions
from nemcon.rules.sides import sides

Verdict: TypeAlias = Literal["met", "not met", "cannot tell"]
MOST_CLAUSES = 64
_Clause: TypeAlias = tuple[Threshold, ...]
_MOST_STANDS = 24
_Stand: TypeAlias = tuple[Position | None, ...]  # what each class holds
_Way: TypeAlias = tuple[tuple[int, Position, int], ...]  # of which class how many change to what


@dataclass(frozen=True)
class Turn:
    """One change of one member of a class that gives another verdict."""

    of: int
    to: Position
    verdict: Verdict


@dataclass(frozen=True)
class Away:
    """How many members at least have to hold something else, or to say what they hold.

    `changes` is one way: of which class (by number), to what, how many. `exact`: fewer never do;
    else fewer might.
    """

    size: int
    changes: tuple[tuple[int, Position, int], ...]
    exact: bool


@dataclass(frozen=True)
class Pivots:
    """What single changes turn, and how far both verdicts are; None: no change of stances does.

    `exact` is False where what members may hold together was not all looked at. `best` are the
    positions of which, towards *met* and towards *not met*, no other is better and which never
    hurts, whoever holds it; None where there is no such position.
    """

    verdict: Verdict
    turns: tuple[Turn, ...]
    met: Away | None
    not_met: Away | None
    exact: bool
    best: tuple[Position | None, Position | None] = (None, None)


def pivots(
    procedure: Procedure,
    members: Sequence[Like],
    params: Mapping[str, Value] | None = None,
    attested: Mapping[str, bool] | None = None,
    *,
    independent: bool = True,
    present: Verdict | None = None,
) -> Pivots:
    """Who can turn the verdict, and how.

    `independent`: members may hold anything that they may hold, whatever the others do. `present`:
    the verdict as it stands, from whoever has worked it out exactly. Raises
    `GameError` for a rule that is more than sums over members, `RuleError` where it needs what
    members do not have.
    """
    ballot = _Ballot(procedure, members, params or {}, attested or {})
    return ballot.answer(independent, present)


_TOO_LONG = f"more than {MOST_STEPS:,} ways to change were looked at, and none was enough"
_TOO_MANY = (
    "this rule holds in too many different ways to work out how many changes away it is: more than "
    f"{MOST_CLAUSES} lists of conditions"
)


class _Ballot:
    def __init__(
        self,
        procedure: Procedure,
        members: Sequence[Like],
        params: Mapping[str, Value],
        attested: Mapping[str, bool],
    ) -> None:
        if not procedure.ladder:
            raise GameError(
                f"'{procedure.id}' chooses among options or goes through rounds; this needs a rule "
                "with one [[outcome]] ladder"
            )
        self.members = [one for one in members if one.number]
        self.choices: tuple[Position, ...] = tuple(
            p for p in open_positions(procedure) if not isinstance(p, Between) and p != OTHER
        )
        voices = sides(procedure)
        self.first = {True: voices.favour, False: voices.against}  # what comes first to mind
        rules = [rule for rule, _ in ways(procedure, params, attested)]
        self._play = [dict.fromkeys([*one.held, *self.choices]) for one in self.members]
        self.columns = Columns(rules, self.members, self._play)
        self.rule = rules[0]
        self._parts(rules)
        self._clauses(rules)
        self.certain = all(len(one.held) == 1 for one in self.members)

    def _clauses(self, rules: Sequence[Procedure]) -> None:
        """Alternatives for *met* and for *not met*, each a list of conditions that all hold."""
        met, not_met = [], []
        cases = list(self.columns.cases())
        for rule in rules:
            ladders = [
                (
                    conditions(self.columns, case),
                    Compiler(rule, Sums(rule, self.columns, case), {}).ladder(),
                )
                for case in cases
            ]
            met.append(any_of(all_of([*so, ladder]) for so, ladder in ladders))
            not_met.append(any_of(all_of([*so, opposite(ladder)]) for so, ladder in ladders))
        self.met = self._open(_clauses(all_of(met)))
        self.not_met = self._open(_clauses(all_of(not_met)))
        if all(None in one.held for one in self.members):
            # An empty roll is never met.
            on_roll = [0] * self.columns.size
            for seat in self.columns.seats.values():
                on_roll[seat] = 1
            somebody, nobody = Threshold(tuple(on_roll), 1), Threshold((*(-n for n in on_roll),), 0)
            self.met = tuple((*clause, somebody) for clause in self.met)
            self.not_met = (*self.not_met, (nobody,))

    def _open(self, clauses: Sequence[_Clause]) -> tuple[_Clause, ...]:
        """The clauses without conditions that hold whatever members say, and without clauses with
        one that never does.
        """
        bounds = {t: self._bounds(t) for clause in clauses for t in clause}
        found = [
            tuple(t for t in clause if bounds[t][0] < t.quota)
            for clause in clauses
            if all(bounds[t][1] >= t.quota for t in clause)
        ]
        unique = list(dict.fromkeys(found))
        return tuple(one for one in unique if not any(set(other) < set(one) for other in unique))

    def _bounds(self, test: Threshold) -> tuple[int, int]:
        """The least and the most that a sum can be, whatever members say."""
        low = high = 0
        for n in self.alone:
            adds = [self._adds(test, n, position) for position in self._play[n]]
            low += self.members[n].number * min(adds)
            high += self.members[n].number * max(adds)
        for part in self.parts:
            values = times(part.rows, test.weights)
            low, high = low + int(values.min()), high + int(values.max())
        return low, high

    def _parts(self, rules: Sequence[Procedure]) -> None:
        """Members that are looked at together, and those that add something by themselves."""
        inside = together(self.columns)
        self.parts = [Part(self.columns, part, self.choices, rules) for part in inside]
        self.part_of = {n: part for part in self.parts for n in part.classes}
        self.alone = [n for n in range(len(self.members)) if n not in self.part_of]
        self._places: dict[tuple[int, Position], tuple[int, ...]] = {}

    def answer(self, independent: bool, present: Verdict | None) -> Pivots:
        """Whose change would turn it, and the fewest that lead away from each verdict. It is exact
        only where the ballot is certain, or where members are `independent` of each other and what
        is claimed is shown. `present` is the verdict, where it is known.
        """
        now = present or self._verdict()
        turns = tuple(self._turns(now))
        told = self._told(self.met) and self._told(self.not_met)
        exact = self.certain or (independent and (told or self._witnessed(now, turns)))
        to_met, to_not_met = (
            self._away(
                clauses, independent, self._least(wanted, now, present, turns if exact else None)
            )
            for wanted, clauses in (("met", self.met), ("not met", self.not_met))
        )
        seated = all(None not in one.held for one in self.members)
        if seated and {"not met": to_met, "met": to_not_met}.get(now, self) is None:
            turns, exact = (), True  # nothing that anybody may say is anything else
        best = self._best(self.met), self._best(self.not_met)
        return Pivots(now, turns, to_met, to_not_met, exact, best)

    def _best(self, clauses: Sequence[_Clause]) -> Position | None:
        """A position that adds as much as any other to every condition, for every member."""
        tests = list(dict.fromkeys(t for clause in clauses for t in clause))
        for position in () if self.parts else self.choices:
            if all(
                self._adds(t, n, position) >= max(self._adds(t, n, p) for p in self._play[n])
                for n in range(len(self.members))
                for t in tests
            ):
                return position
        return None

    def _least(
        self, wanted: str, now: Verdict, present: Verdict | None, turns: Sequence[Turn] | None
    ) -> int:
        """Fewer changes are not enough, as is known: `turns` are all that single changes do."""
        if turns is not None and now != wanted and not any(t.verdict == wanted for t in turns):
            return 2
        return int(present not in (None, wanted))

    def _told(self, clauses: Sequence[_Clause]) -> bool:
        """Whether the least sums tell all that members who may hold anything leave possible: where
        all of one clause has to hold, or where one and the same way to stand is the worst for all.
        """
        if len(clauses) <= 1 or self.certain:
            return True
        tests = list(dict.fromkeys(t for clause in clauses for t in clause))
        return all(self._one_worst(tests, n) for n in self.alone) and all(
            part.one_worst([t.weights for t in tests]) for part in self.parts
        )

    def _one_worst(self, tests: Sequence[Threshold], n: int) -> bool:
        held = self.members[n].held
        least = {t: self._base(t, n) for t in tests}
        return any(all(self._adds(t, n, p) == least[t] for t in tests) for p in held)

    # What classes add

    def _adds(self, test: Threshold, n: int, position: Position | None) -> int:
        """What one member of a class adds to a sum; nothing where it is off the roll."""
        if position is None:
            return 0
        places = self._places.get((n, position))
        if places is None:
            (final,) = finals(self.rule, position, self.members[n].attributes)
            counted = () if final is None else (self.columns.place[n, final],)
            places = self._places[n, position] = (self.columns.seats[n], *counted)
        return sum(test.weights[place] for place in places)

    def _base(
        self, test: Threshold, n: int, *, best: bool = False, stand: _Stand | None = None
    ) -> int:
        """What one member of a class adds at least, as things stand; at most, with `best`; what it
        adds in one way to stand.
        """
        if stand is not None:
            return self._adds(test, n, stand[n])
        adds = [self._adds(test, n, position) for position in self.members[n].held]
        return max(adds) if best else min(adds)

    def _total(self, test: Threshold, *, best: bool = False, stand: _Stand | None = None) -> int:
        return sum(
            self.members[n].number * self._base(test, n, best=best, stand=stand) for n in self.alone
        ) + sum(int(part.worst(test.weights, best=best)[part.still]) for part in self.parts)

    # Verdicts

    def _verdict(self) -> Verdict:
        if not self.members:
            return "not met"
        tests = {t for clause in (*self.met, *self.not_met) for t in clause}
        return self._of({test: self._total(test) for test in tests})

    def _of(self, totals: Mapping[Threshold, int]) -> Verdict:
        """The verdict where sums are no less than these."""
        if any(all(totals[t] >= t.quota for t in clause) for clause in self.met):
            return "met"
        if any(all(totals[t] >= t.quota for t in clause) for clause in self.not_met):
            return "not met"
        return "cannot tell"

    def _turns(self, now: Verdict) -> Iterator[Turn]:
        """Every change of one member that gives another verdict."""
        tests = list(dict.fromkeys(t for clause in (*self.met, *self.not_met) for t in clause))
        totals = {test: self._total(test) for test in tests}
        worst = {id(p): {t: p.worst(t.weights) for t in tests} for p in self.parts}
        for n, one in enumerate(self.members):
            part = self.part_of.get(n)
            base = {t: self._base(t, n) for t in tests} if part is None else {}
            for position in self.choices:
                if one.held == (position,):
                    continue
                if part is None:
                    after = {t: totals[t] - base[t] + self._adds(t, n, position) for t in tests}
                else:
                    move, mine = part.single(n, position), worst[id(part)]
                    after = {t: totals[t] + int(mine[t][move] - mine[t][part.still]) for t in tests}
                found = self._of(after)
                if found != now:
                    yield Turn(n, position, found)

    # How far

    def _away(self, clauses: Sequence[_Clause], independent: bool, least: int) -> Away | None:
        """The fewest changes after which one of the clauses holds, whatever the others hold.

        `least`: fewer than so many are not enough, as somebody else knows.
        """
        best: tuple[Cover, list[list[_Way]]] | None = None
        proven = True
        for clause in clauses:
            items, moves = self._items(clause)
            most = best[0].size - 1 if best else None
            needed = tuple(t.quota - self._total(t) for t in clause)
            found, sure = fewest(items, needed, most)
            proven = proven and sure
            if found is not None:
                best = found, moves
        if best is None and not proven:
            raise TooLargeError(_TOO_LONG)
        if best is None:
            return None
        cover, moves = best
        changes = sorted(
            (n, position, each * number)
            for item, way, number in cover.taken
            for n, position, each in moves[item][way]
        )
        known = proven and (self.certain or (independent and self._told(clauses)))
        exact = known or cover.size <= least or self._needs(clauses, cover.size, independent)
        return Away(cover.size, tuple(changes), exact)

    def _needs(self, clauses: Sequence[_Clause], size: int, independent: bool) -> bool:
        """Whether no fewer than so many changes do: even if the others hold what is best, or in
        some way in which they may stand.
        """
        stands: list[_Stand | None] = [None, *self._stands(clauses)] if independent else [None]
        return any(self._none_below(clauses, size, stand) for stand in stands)

    def _none_below(self, clauses: Sequence[_Clause], size: int, stand: _Stand | None) -> bool:
        for clause in clauses:
            items, _ = self._items(clause, best=True, stand=stand)
            needed = tuple(t.quota - self._total(t, best=True, stand=stand) for t in clause)
            found, sure = fewest(items, needed, size - 1)
            if found is not None or not sure:
                return False
        return True

    # Ways in which open members may stand

    def _stands(self, clauses: Sequence[_Clause]) -> Iterator[_Stand]:
        """Some ways to stand, each the worst or the best for a condition."""
        seen: set[_Stand] = set()
        for test in dict.fromkeys(t for clause in clauses for t in clause):
            for pick in (min, max):
                stand = tuple(self._held(test, n, pick) for n in range(len(self.members)))
                if stand not in seen and len(seen) < _MOST_STANDS:
                    seen.add(stand)
                    yield stand

    def _held(self, test: Threshold, n: int, pick: Callable[..., Any]) -> Position | None:
        """What a class holds that is the least, or the most, for a condition."""
        if n in self.part_of:
            return None
        held: Position | None = pick(self.members[n].held, key=lambda p: self._adds(test, n, p))
        return held

    def _witnessed(self, now: Verdict, turns: Sequence[Turn]) -> bool:
        """Whether every change that seems to leave it open does so: there is a way to stand in
        which it is met then, and one in which it is not.
        """
        if self.parts:
            return False
        tests = list(dict.fromkeys(t for clause in (*self.met, *self.not_met) for t in clause))
        sure = {(t.of, t.to) for t in turns if t.verdict != "cannot tell"}
        stands = list(self._stands((*self.met, *self.not_met)))
        sums = [{t: self._total(t, stand=stand) for t in tests} for stand in stands]
        for n, one in enumerate(self.members):
            for position in self.choices:
                told = now != "cannot tell" and (n, position) not in {(t.of, t.to) for t in turns}
                if one.held == (position,) or (n, position) in sure or told:
                    continue
                found = set()
                adds = {t: self._adds(t, n, position) for t in tests}
                for stand, totals in zip(stands, sums, strict=True):
                    here = stand[n]
                    found.add(
                        self._of({t: totals[t] - self._adds(t, n, here) + adds[t] for t in tests})
                    )
                if len(found) < 2:
                    return False
        return True

    def _items(
        self, clause: _Clause, *, best: bool = False, stand: _Stand | None = None
    ) -> tuple[list[Item], list[list[_Way]]]:
        """What the members of each class, or each part, can add by changes, without ways that
        others outdo; and of each way, who changes to what.
        """
        items: list[Item] = []
        moves: list[list[_Way]] = []
        first = self.first[clause in self.met]
        choices = sorted(self.choices, key=lambda position: position != first)
        for n in self.alone:
            base = [self._base(t, n, best=best, stand=stand) for t in clause]
            adds: dict[tuple[int, ...], Position] = {}
            for position in choices:
                gained = [self._adds(t, n, position) - b for t, b in zip(clause, base, strict=True)]
                adds.setdefault(tuple(gained), position)
            kept = [way for way in adds if any(a > 0 for a in way) and not _outdone(way, adds)]
            items.append(Item(self.members[n].number, tuple(kept)))
            moves.append([((n, adds[way], 1),) for way in kept])
        for part in self.parts if clause else ():
            gains = np.stack([part.worst(t.weights, best=best) for t in clause], axis=1)
            gains = gains - gains[[part.still]]
            found = front(part.costs, gains, part.still)
            ways_ = tuple(tuple(int(g) for g in gains[m]) for m in found)
            items.append(Item(1, ways_, tuple(int(part.costs[m]) for m in found)))
            moves.append([tuple(part.changes(m)) for m in found])
        return items, moves


def _outdone(way: tuple[int, ...], ways_: Mapping[tuple[int, ...], Position]) -> bool:
    """Whether another way adds as much to every sum, and more to some."""
    return any(
        other != way and all(a >= b for a, b in zip(other, way, strict=True)) for other in ways_
    )


def _clauses(formula: Formula) -> tuple[_Clause, ...]:
    """The formula as alternatives, each a list of conditions that all hold."""
    match formula:
        case Fixed():
            return ((),) if formula.value else ()
        case Threshold():
            return ((formula,),)
        case AnyOf():
            found = [clause for part in formula.parts for clause in _clauses(part)]
        case AllOf():
            found = [()]
            for part in formula.parts:
                found = [(*a, *b) for a in found for b in _clauses(part)]
                if len(found) > MOST_CLAUSES * MOST_CLAUSES:
                    raise GameError(_TOO_MANY)
        case _:
            raise TypeError(formula)
    unique = list(dict.fromkeys(tuple(dict.fromkeys(clause)) for clause in found))
    kept = [one for one in unique if not any(set(other) < set(one) for other in unique)]
    if len(kept) > MOST_CLAUSES:
        raise GameError(_TOO_MANY)
    return tuple(kept)
