"""What is odd about a rule: ballots without an outcome, lines never reached, votes that backfire.

A rule with a ladder is tried on every ballot of small bodies, and of larger ones as far as there
is time: all numbers of members by position and class. What is found comes with a ballot that shows
it; what is not found within the limit is not proved absent, except where the shape of the rule
proves it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import product
from math import comb

import numpy as np
import numpy.typing as npt

from nemcon.analysis.compiler import Compiler
from nemcon.analysis.game import Formula, GameError, Threshold, Totals, holds, nodes
from nemcon.analysis.linear import Linear
from nemcon.findings import Finding, Severity
from nemcon.rules.algebra import (
    Always,
    Fewest,
    Groups,
    Having,
    HavingNumber,
    Parameter,
    Position,
    Term,
    contains,
)
from nemcon.rules.choose import read_choose
from nemcon.rules.given import ways
from nemcon.rules.names import Value, as_value
from nemcon.rules.phases import Rounds, read_rounds
from nemcon.rules.place import Place, RuleError
from nemcon.rules.procedure import Procedure
from nemcon.rules.roll import Seat
from nemcon.rules.sides import sides

SIZES = (*range(1, 13), 14, 15, 16, 18, 20, 24, 25, 30, 36, 40, 48, 50, 60, 72, 80, 100, 120)
MOST_BALLOTS = 120_000  # of one size
MOST_CLASSES = 4
_MANY_PARAMETERS = 6

Counts = npt.NDArray[np.int64]


@dataclass(frozen=True)
class _Kind:
    """Members of one class with one position; `names` are the positions that count alike."""

    attributes: tuple[tuple[str, Value], ...]
    names: tuple[Position, ...]

    @property
    def told(self) -> str:
        """The position and class in words."""
        values = [
            name if value is True else f"not {name}" if value is False else f"{name} {value}"
            for name, value in self.attributes
        ]
        return f"{self.names[0]} ({', '.join(values)})" if values else str(self.names[0])


def lint(procedure: Procedure) -> list[Finding]:
    """The findings about a rule: it can be used as it stands, but for the error `never-met`.

    `not-total`, `unreachable-line`, `not-monotone`, `undetermined-tie`, `endless-rounds`,
    `from-memory`, `no-case`, and `not-looked-through` where the ladder cannot be tried out.
    """
    found = [
        *_shape(procedure),
        *_of_rounds(procedure),
        *_of_choice(procedure),
        *_papers(procedure),
    ]
    if procedure.ladder:
        found += _tried(procedure)
    return found


# The shape of the ladder


def _shape(procedure: Procedure) -> Iterator[Finding]:
    if procedure.never_met:
        yield _finding(
            "never-met",
            "no outcome says 'favourable = true', so the rule can never be met; write it beside "
            "the outcome that is in favour",
            "error",
        )
    for number, line in enumerate(procedure.ladder[:-1], 1):
        if line.when == Always(True):
            yield _finding(
                "unreachable-line",
                f"outcome {number} always applies, so the lines below it never do; give it a "
                "'when', or take them out",
            )
            return


def _papers(procedure: Procedure) -> Iterator[Finding]:
    memory = sum(clause.confidence == "memory" for clause in procedure.clauses)
    if memory:
        many = f"{memory} of {len(procedure.clauses)} clauses rest"
        if memory == 1:
            many = f"1 of {len(procedure.clauses)} clauses rests"
        yield _finding("from-memory", f"{many} on memory; look them up in the text they cite")
    if not procedure.clauses:
        yield _finding("no-clause", "no clause is cited; write [[clause]] with text and cite")
    if not any(case.near_miss for case in procedure.cases):
        yield _finding(
            "no-case", "no near miss is among the cases; add a [[case]] that only just fails"
        )


# Rounds and choices


def _of_rounds(procedure: Procedure) -> Iterator[Finding]:
    if procedure.rounds is None:
        return
    rounds = read_rounds(procedure.rounds, Place(procedure.id) / "rounds")
    if rounds.ties.first == ("none",) or rounds.ties.last == ("none",):
        what = "first" if rounds.ties.first == ("none",) else "last"
        yield _finding(
            "undetermined-tie",
            f"the rule does not say what happens where candidates are level for the {what} place; "
            "if the text does, write [rounds] tie",
        )
    if loop := _endless(rounds):
        yield _finding(
            "endless-rounds",
            f"nothing ends the ballots of {loop} but a result: they may go on for ever",
        )


def _endless(rounds: Rounds) -> str:
    """The phases that can go on without end; empty if there are none."""
    for number, phase in enumerate(rounds.phases):
        if phase.threshold.plurality or phase.eliminate.kind == "lowest":
            continue
        if phase.most is None:
            return f"phase '{phase.name}'"
        seen, at = [number], phase.following
        while at is not None and at not in seen:
            seen.append(at)
            at = rounds.phases[at].following
        if at == number:
            return "phases " + ", ".join(f"'{rounds.phases[n].name}'" for n in seen)
    return ""


def _of_choice(procedure: Procedure) -> Iterator[Finding]:
    if procedure.choose is None:
        return
    chosen = read_choose(procedure.choose, Place(procedure.id) / "choose").rule
    if chosen.ties == ("none",):
        yield _finding(
            "undetermined-tie",
            "the rule does not say who wins where options are level; if the text does, write "
            "[choose] tie",
        )


# Trying the ladder out


def _tried(procedure: Procedure) -> list[Finding]:
    try:
        variants = [one for one, _ in ways(_with_numbers(procedure), {}, {})][:_MANY_PARAMETERS]
    except RuleError as error:
        return [_finding("not-looked-through", str(error), "note")]
    found: dict[str, Finding] = {}
    reached: set[int] = set()
    for variant in variants:
        try:
            trial = _Trial(variant)
        except (GameError, RuleError) as error:
            return [_finding("not-looked-through", f"not tried out: {error}", "note")]
        for finding in trial.findings():
            found.setdefault(finding.code, finding)
        reached |= trial.reached
    always = next(
        (n for n, line in enumerate(procedure.ladder) if line.when == Always(True)),
        len(procedure.ladder),
    )
    for number, line in enumerate(procedure.ladder[: always + 1]):
        if number not in reached:
            found[f"unreachable-line {number}"] = _finding(
                "unreachable-line",
                f"no ballot tried reaches outcome {number + 1}, '{line.outcome}'",
            )
    return list(found.values())


def _with_numbers(procedure: Procedure) -> Procedure:
    """The rule with 10 for every number that has to be said."""
    from nemcon.rules.given import put_in

    names = {n.name for n in procedure.nodes() if isinstance(n, Parameter)}
    unsaid = {
        name: Fraction(10)
        for name in names
        if name not in procedure.params or procedure.params[name].default is None
    }
    return put_in(procedure, unsaid, {})


class _Kinds:
    """Terms as sums over kinds of members: what one more of each kind adds."""

    def __init__(self, procedure: Procedure, kinds: Sequence[tuple[Seat, Position]]) -> None:
        self._procedure, self._kinds = procedure, kinds

    @property
    def size(self) -> int:
        """How many kinds there are: the number of columns of a sum."""
        return len(self._kinds)

    def term(self, node: Term) -> tuple[Fraction, tuple[Fraction, ...]]:
        """What a term is without anybody, and what one member of each kind adds to it."""
        each = []
        for seat, position in self._kinds:
            held = self._procedure.normalised(position, seat.held)
            if held is None or not contains(node.members, held, seat.held):
                each.append(Fraction(0))
            elif node.weight:
                each.append(self._procedure.weight(node.weight, held, seat.held))
            else:
                each.append(Fraction(1))
        return Fraction(0), tuple(each)

    def condition(self, weights: Sequence[int], quota: int) -> Formula:
        """That the weights of those there are reach a quota."""
        return Threshold(tuple(weights), quota)  # of a kind there may be any number

    def weighed(self, node: Groups) -> None:
        """None: then `groups` is asked, which refuses."""
        del node

    def groups(self, node: Groups) -> list[tuple[Sequence[int], Linear, Fraction]]:
        """Raises `GameError`: groups are not tried out."""
        raise GameError(f"it counts groups of like {node.by}, which are not tried out here")

    def inside(self, node: Fewest) -> list[Fraction]:
        """Raises `GameError`: least numbers are not tried out."""
        raise GameError(f"it needs the least number by {node.attribute}, not tried out here")


class _Trial:
    """A rule without parameters, tried on ballots of many sizes."""

    def __init__(self, procedure: Procedure) -> None:
        self.procedure = procedure
        votes = sides(procedure)
        self.favour, self.against = votes.favour, votes.against
        positions: list[Position] = list(procedure.positions.shown)
        if procedure.positions.numbers is not None:
            positions += [*procedure.positions.numbers, Fraction(0)]
        positions = positions or ["support", "objection", "abstention"]
        positions = list(dict.fromkeys([*positions, "silent", "absent"]))
        kinds = [
            (Seat(str(n), (), dict(values)), position)
            for n, values in enumerate(_classes(procedure))
            for position in positions
        ]
        compiler = Compiler(procedure, _Kinds(procedure, kinds), {})
        self.lines: list[Formula] = [compiler.predicate(line.when) for line in procedure.ladder]
        self.rows = tuple(
            dict.fromkeys(
                node.weights
                for line in self.lines
                for node in nodes(line)
                if isinstance(node, Threshold)
            )
        )
        merged: dict[tuple[object, ...], list[int]] = {}
        for n, (seat, _) in enumerate(kinds):
            column = tuple(row[n] for row in self.rows)
            merged.setdefault((tuple(seat.held.items()), column), []).append(n)
        self.places = [numbers[0] for numbers in merged.values()]
        self.kinds = [
            _Kind(tuple(kinds[ns[0]][0].held.items()), tuple(kinds[n][1] for n in ns))
            for ns in merged.values()
        ]
        self.reached: set[int] = set()

    def findings(self) -> Iterator[Finding]:
        """What shows on the ballots, the smallest ballot first."""
        total, monotone = True, True
        for counts in self._ballots():
            outcome = self._outcomes(counts)
            self.reached |= set(np.unique(outcome).tolist())
            if total and (falls := np.flatnonzero(outcome == len(self.lines))).size:
                total = False
                yield _finding(
                    "not-total",
                    f"no line applies to {self._told(counts[falls[0]])}; add a last [[outcome]] "
                    "without 'when'",
                )
            if monotone and (witness := self._backfires(counts, outcome)):
                monotone = False
                yield _finding("not-monotone", witness)
        self.reached.discard(len(self.lines))

    def _ballots(self) -> Iterator[Counts]:
        """All numbers of members by kind, for one size of the body after another."""
        seats = self.procedure.roll
        if seats.size is not None and len(seats.classes) == 1:
            yield self._of_seats(next(iter(seats.classes.items())))
            return
        for size in SIZES if seats.size is None else (seats.size,):
            if comb(size + len(self.kinds) - 1, len(self.kinds) - 1) > MOST_BALLOTS:
                return
            yield _compositions(size, len(self.kinds))

    def _of_seats(self, fixed: tuple[str, Mapping[Value, int]]) -> Counts:
        name, values = fixed
        table = np.zeros((1, len(self.kinds)), dtype=np.int64)
        for value, number in values.items():
            own = [n for n, kind in enumerate(self.kinds) if dict(kind.attributes)[name] == value]
            part = _compositions(number, len(own))
            wider = np.zeros((len(part), len(self.kinds)), dtype=np.int64)
            wider[:, own] = part
            table = (table[:, None, :] + wider[None, :, :]).reshape(-1, len(self.kinds))
            if len(table) > 10 * MOST_BALLOTS:
                raise GameError("too many ballots for the seats of this rule")
        return table

    def _outcomes(self, counts: Counts) -> Counts:
        """The first line that applies to each ballot; one past the last where none does."""
        totals: dict[tuple[int, ...], Totals] = {}
        for row in self.rows:
            weights = [row[place] for place in self.places]
            wide = max(map(abs, weights), default=0) * int(counts.sum(axis=1).max()) >= 2**62
            kind = object if wide else np.int64
            totals[row] = counts.astype(kind) @ np.array(weights, dtype=kind)
        outcome = np.full(len(counts), len(self.lines), dtype=np.int64)
        for number in reversed(range(len(self.lines))):
            applies = np.broadcast_to(holds(self.lines[number], totals), len(counts))
            outcome[applies] = number
        return outcome

    def _backfires(self, counts: Counts, outcome: Counts) -> str:
        """One vote against that helps, or one in favour that hurts, in words; empty if none."""
        lines = self.procedure.ladder
        good = np.array([*(line.favourable for line in lines), False])[outcome]
        base = int(counts.max()) + 1
        if base ** len(self.kinds) >= 2**62:
            return ""
        place = base ** np.arange(len(self.kinds), dtype=np.int64)
        codes = counts @ place
        order = np.argsort(codes)
        for worse, better in self._moves():
            from_ = np.flatnonzero((counts[:, worse] > 0) & good)
            moved = codes[from_] - place[worse] + place[better]
            to = order[np.searchsorted(codes[order], moved)]
            bad = np.flatnonzero(~good[to])
            if bad.size:
                before, after = int(to[bad[0]]), int(from_[bad[0]])
                return (
                    "one vote less in favour can help: with "
                    f"{self._told(counts[before])} the outcome is "
                    f"'{self._word(outcome[before])}'; with one {self.kinds[worse].told} in the "
                    f"place of one {self.kinds[better].told} it is '{self._word(outcome[after])}'"
                )
        return ""

    def _moves(self) -> Iterator[tuple[int, int]]:
        """Pairs of kinds of one class, of which the first is less in favour."""
        for (a, one), (b, other) in product(enumerate(self.kinds), repeat=2):
            if a != b and one.attributes == other.attributes:
                against, favour = self.against in one.names, self.favour in other.names
                if against or favour:
                    yield a, b

    def _word(self, number: int) -> str:
        lines = self.procedure.ladder
        return lines[number].outcome if number < len(lines) else "none"

    def _told(self, counts: Counts) -> str:
        parts = [f"{n} {kind.told}" for n, kind in zip(counts, self.kinds, strict=True) if n]
        return ", ".join(parts) or "nobody"


def _compositions(total: int, parts: int) -> Counts:
    """Every way to split a number into so many parts, in order, nought included."""
    if parts == 1:
        return np.array([[total]], dtype=np.int64)
    pieces = []
    for first in range(total + 1):
        rest = _compositions(total - first, parts - 1)
        pieces.append(np.column_stack([np.full(len(rest), first, dtype=np.int64), rest]))
    return np.concatenate(pieces)


def _classes(procedure: Procedure) -> list[dict[str, Value]]:
    """The classes of members that the rule can tell apart: a few values of each attribute."""
    values: dict[str, list[Value]] = {}
    for name in sorted(procedure.reads):
        named: list[Value] = []
        for node in procedure.nodes():
            if isinstance(node, Having) and node.attribute == name:
                named += [True, False] if isinstance(node.value, bool) else [node.value, "other"]
            elif isinstance(node, HavingNumber) and node.attribute == name:
                named += [node.number, node.number - 1, node.number + 1]
        for kinds in (procedure.roll.classes.get(name, {}),):
            named += list(kinds)
        values[name] = list(dict.fromkeys(named)) or [as_value(1)]
    found = [dict(zip(values, chosen, strict=True)) for chosen in product(*values.values())]
    return found[:MOST_CLASSES]


def _finding(code: str, message: str, severity: Severity = "warning") -> Finding:
    return Finding(code, severity, message)
