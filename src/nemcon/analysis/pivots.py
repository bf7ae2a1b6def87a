"""Who can turn it: whose single change turns the verdict, and how many changes away it is.

Members are known only as far as they are: each class of like members may hold several positions. A
verdict is *met* where the rule is met whatever the others hold, *not met* where it is not.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal, TypeAlias

from nemcon.analysis.fewest import Cover, Item, fewest
from nemcon.analysis.from_rule import Compiler, Linear
from nemcon.analysis.game import AllOf, AnyOf, Fixed, Formula, GameError, Threshold, opposite
from nemcon.rules.algebra import Between, Fewest, Groups, Position, Term, contains
from nemcon.rules.given import ways
from nemcon.rules.names import Value
from nemcon.rules.normalise import is_alone
from nemcon.rules.procedure import Procedure
from nemcon.rules.seating import OTHER, open_positions
from nemcon.rules.sides import sides

Verdict: TypeAlias = Literal["met", "not met", "cannot tell"]
MOST_CLAUSES = 64
_Clause: TypeAlias = tuple[Threshold, ...]


@dataclass(frozen=True)
class Like:
    """Members alike: their names as far as they have some, what each may hold (None: it may be off
    the roll), and what the rule reads of them.
    """

    names: tuple[str, ...]
    number: int
    held: tuple[Position | None, ...]
    attributes: Mapping[str, Value]


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

    `exact` is False where what members may hold together was not all looked at.
    """

    verdict: Verdict
    turns: tuple[Turn, ...]
    met: Away | None
    not_met: Away | None
    exact: bool


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


class Cells(Linear):
    """A total as what each class adds by position: one number for each class and position."""

    def __init__(
        self, procedure: Procedure, members: Sequence[Like], positions: Sequence[Position]
    ) -> None:
        self._procedure = procedure
        self._cells = [(one, position) for one in members for position in positions]

    @property
    def size(self) -> int:
        """How many pairs of a class and a position there are."""
        return len(self._cells)

    def term(self, node: Term) -> tuple[Fraction, tuple[Fraction, ...]]:
        """What one member of each class adds to a total by each position."""
        return Fraction(0), tuple(self._adds(node, one, p) for one, p in self._cells)

    def _adds(self, node: Term, one: Like, position: Position) -> Fraction:
        held = self._procedure.normalised(position, one.attributes)
        if held is None or not contains(node.members, held, one.attributes):
            return Fraction(0)
        if not node.weight:
            return Fraction(1)
        return self._procedure.weight(node.weight, held, one.attributes)

    def condition(self, weights: Sequence[int], quota: int) -> Formula:
        """The condition as it is: how many members a class has is not known here."""
        return Threshold(tuple(weights), quota)

    def groups(self, node: Groups) -> tuple[list[list[int]], list[Linear], list[Fraction]]:
        """Groups are more than sums over members."""
        raise GameError(f"by '{node.by}': {_MORE}")

    def inside(self, node: Fewest) -> list[Fraction]:
        """So is the least number of a set."""
        raise GameError(f"fewest by '{node.attribute}': {_MORE}")


_MORE = (
    "this rule looks at groups of members, or makes members of a group one; how many changes away "
    "it is, is not worked out for such rules. 'nemcon rules decide' tells whose single change "
    "turns it, and 'nemcon whatif' tries changes out"
)


_TOO_MANY = "this rule holds in too many different ways to work out how many changes away it is"


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
        if not all(is_alone(step) for step in procedure.steps):
            raise GameError(_MORE)
        self.members = [one for one in members if one.number]
        wanted = [p for p in open_positions(procedure) if not isinstance(p, Between) and p != OTHER]
        held = {p for one in self.members for p in one.held if p is not None}
        self.choices: tuple[Position, ...] = tuple(wanted)
        self.positions = (*wanted, *sorted(held - set(wanted), key=str))
        voices = sides(procedure)
        self.first = {True: voices.favour, False: voices.against}  # what comes first to mind
        self.place = {position: n for n, position in enumerate(self.positions)}
        formulas = [
            Compiler(rule, Cells(rule, self.members, self.positions), {}).ladder()
            for rule, _ in ways(procedure, params, attested)
        ]
        self.met = _clauses(AllOf(tuple(formulas)))
        self.not_met = _clauses(AllOf(tuple(opposite(one) for one in formulas)))
        self.certain = all(len(one.held) == 1 for one in self.members)
        if all(None in one.held for one in self.members):
            # An empty roll is never met.
            cells = len(self.members) * len(self.positions)
            somebody, nobody = Threshold((1,) * cells, 1), Threshold((-1,) * cells, 0)
            self.met = tuple((*clause, somebody) for clause in self.met)
            self.not_met = (*self.not_met, (nobody,))

    def answer(self, independent: bool, present: Verdict | None) -> Pivots:
        one_each = len(self.met) <= 1 and len(self.not_met) <= 1
        now = present or self._verdict()
        return Pivots(
            now,
            tuple(self._turns(now)),
            self._away(self.met, independent, int(present not in (None, "met"))),
            self._away(self.not_met, independent, int(present not in (None, "not met"))),
            self.certain or (independent and one_each),
        )

    # What classes add

    def _adds(self, test: Threshold, n: int, position: Position | None) -> int:
        """What one member of a class adds to a sum; nothing where it is off the roll."""
        if position is None:
            return 0
        return test.weights[n * len(self.positions) + self.place[position]]

    def _base(self, test: Threshold, n: int, *, best: bool = False) -> int:
        """What one member of a class adds at least, as things stand; at most, with `best`."""
        adds = [self._adds(test, n, position) for position in self.members[n].held]
        return max(adds) if best else min(adds)

    def _total(self, test: Threshold, *, best: bool = False) -> int:
        return sum(
            one.number * self._base(test, n, best=best) for n, one in enumerate(self.members)
        )

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
        tests = {t for clause in (*self.met, *self.not_met) for t in clause}
        totals = {test: self._total(test) for test in tests}
        for n, one in enumerate(self.members):
            base = {test: self._base(test, n) for test in tests}
            for position in self.choices:
                if one.held == (position,):
                    continue
                after = {t: totals[t] - base[t] + self._adds(t, n, position) for t in tests}
                found = self._of(after)
                if found != now:
                    yield Turn(n, position, found)

    # How far

    def _away(self, clauses: Sequence[_Clause], independent: bool, least: int) -> Away | None:
        """The fewest changes after which one of the clauses holds, whatever the others hold.

        `least`: fewer than so many are not enough, as somebody else knows.
        """
        best: tuple[Cover, list[list[Position]]] | None = None
        proven = True
        for clause in clauses:
            items, moves = self._items(clause)
            most = best[0].size - 1 if best else None
            needed = tuple(t.quota - self._total(t) for t in clause)
            found, sure = fewest(items, needed, most)
            proven = proven and sure
            if found is not None:
                best = found, moves
        if best is None:
            return None
        cover, moves = best
        changes = tuple((n, moves[n][way], number) for n, way, number in sorted(cover.taken))
        known = self.certain or (independent and len(clauses) == 1)
        exact = proven and (known or cover.size <= max(least, self._optimistic(clauses)))
        return Away(cover.size, changes, exact)

    def _items(
        self, clause: _Clause, *, best: bool = False
    ) -> tuple[list[Item], list[list[Position]]]:
        """What the members of each class can add by a change, without ways that others outdo."""
        items, moves = [], []
        first = self.first[clause in self.met]
        choices = sorted(self.choices, key=lambda position: position != first)
        for n, one in enumerate(self.members):
            base = [self._base(t, n, best=best) for t in clause]
            adds: dict[tuple[int, ...], Position] = {}
            for position in choices:
                gained = [self._adds(t, n, position) - b for t, b in zip(clause, base, strict=True)]
                adds.setdefault(tuple(gained), position)
            kept = [way for way in adds if any(a > 0 for a in way) and not _outdone(way, adds)]
            items.append(Item(one.number, tuple(kept)))
            moves.append([adds[way] for way in kept])
        return items, moves

    def _optimistic(self, clauses: Sequence[_Clause]) -> int:
        """So many changes are needed even if the others hold what is best."""
        sizes = []
        for clause in clauses:
            items, _ = self._items(clause, best=True)
            needed = tuple(t.quota - self._total(t, best=True) for t in clause)
            found, sure = fewest(items, needed)
            if not sure:
                return 0
            if found is not None:
                sizes.append(found.size)
        return min(sizes, default=0)


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
            raise GameError(_MORE)
    unique = list(dict.fromkeys(tuple(dict.fromkeys(clause)) for clause in found))
    kept = [one for one in unique if not any(set(other) < set(one) for other in unique)]
    if len(kept) > MOST_CLAUSES:
        raise GameError(_TOO_MANY)
    return tuple(kept)
