"""Power where members may also abstain: three votes for each member, counted by classes.

After Felsenthal and Machover, "Ternary voting games" (1997): a swing of a member is a vote of all
others in which its vote in favour wins and its vote against loses.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from math import comb, prod

from nemcon.analysis.game import GameError, TooLargeError
from nemcon.rules.algebra import Position, contains
from nemcon.rules.decide import exact, favourable
from nemcon.rules.procedure import Procedure
from nemcon.rules.roll import Seat
from nemcon.rules.sides import Sides
from nemcon.saying import say

MOST_STATES = 200_000

_Vector = tuple[Fraction, ...]
_Kind = tuple[_Vector, _Vector, _Vector]  # what a member adds in favour, abstaining and against


def ternary_swings(
    procedure: Procedure,
    seats: Sequence[Seat],
    votes: Sides,
) -> list[int]:
    """The swings of each member. Raises `GameError` where the rule is more than sums over members,
    and `TooLargeError` where there are too many different members.
    """
    if not procedure.sums:
        raise GameError(
            say(
                "'{id}' is more than sums over members; with abstention only those are "
                "counted here",
                id=procedure.id,
            )
        )
    cast = (votes.favour, votes.abstain, votes.against)
    each = [_kind(procedure, seat, cast) for seat in seats]
    kinds = Counter(each)
    states = prod(comb(n + 2, 2) for n in kinds.values())
    if states * len(kinds) > MOST_STATES:
        raise TooLargeError(
            say(
                "{states:,} different votes are too many to count with abstention; without "
                "it the index can be had",
                states=states,
            )
        )
    found = {kind: _swings(procedure, kinds, kind) for kind in kinds}
    return [found[kind] for kind in each]


def _kind(procedure: Procedure, seat: Seat, cast: Sequence[Position | None]) -> _Kind:
    vectors = []
    for vote in cast:
        held = procedure.normalised(vote, seat.held)  # type: ignore[arg-type]
        vectors.append(
            tuple(
                Fraction(0)
                if held is None or not contains(term.members, held, seat.held)
                else (
                    procedure.weight(term.weight, held, seat.held) if term.weight else Fraction(1)
                )
                for term in procedure.totals()
            )
        )
    return (vectors[0], vectors[1], vectors[2])


def _swings(procedure: Procedure, kinds: Mapping[_Kind, int], mine: _Kind) -> int:
    others = {kind: n - (kind == mine) for kind, n in kinds.items()}
    found = 0
    for ways, totals in _states(list(others.items()), (Fraction(0),) * len(mine[0])):
        if _wins(procedure, totals, mine[0]) and not _wins(procedure, totals, mine[2]):
            found += ways
    return found


def _states(kinds: Sequence[tuple[_Kind, int]], before: _Vector) -> Iterator[tuple[int, _Vector]]:
    """Every division of the members into the three votes, in how many ways, and its totals."""
    if not kinds:
        yield 1, before
        return
    (yes, abstain, no), many = kinds[0]
    for more in range(many + 1):
        for none in range(many - more + 1):
            against = many - more - none
            totals = tuple(
                t + more * a + none * b + against * c
                for t, a, b, c in zip(before, yes, abstain, no, strict=True)
            )
            ways = comb(many, more) * comb(many - more, none)
            for further, whole in _states(kinds[1:], totals):
                yield ways * further, whole


def _wins(procedure: Procedure, totals: _Vector, mine: _Vector) -> bool:
    whole = (a + b for a, b in zip(totals, mine, strict=True))
    return bool(favourable(procedure, exact(dict(zip(procedure.totals(), whole, strict=True)))))
