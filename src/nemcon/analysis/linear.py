"""What members in favour add to the totals of a rule."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Protocol

from nemcon.analysis.game import Formula, GameError, threshold
from nemcon.rules.algebra import Fewest, Groups, Members, Position, Term, contains
from nemcon.rules.names import Value
from nemcon.rules.procedure import Procedure
from nemcon.rules.roll import Seat
from nemcon.rules.sides import Sides
from nemcon.saying import say


class Linear(Protocol):
    """What members can add to the totals of a rule."""

    @property
    def size(self) -> int:
        """How many may add something."""

    def term(self, node: Term) -> tuple[Fraction, tuple[Fraction, ...]]:
        """A total: what it is without anybody, and what each adds."""

    def condition(self, weights: Sequence[int], quota: int) -> Formula:
        """That what they add reaches a quota."""

    def groups(self, node: Groups) -> list[tuple[Sequence[int], Linear, Fraction]]:
        """The members of each group, those members apart, and the weight of the group.

        Raises `GameError` where groups cannot be told.
        """

    def weighed(self, node: Groups) -> tuple[Fraction, tuple[Fraction, ...]] | None:
        """What groups add as if each were a member; None where `groups` tells them."""

    def inside(self, node: Fewest) -> list[Fraction]:
        """What those of a set weigh whose members do not depend on votes. Raises `GameError`."""


class Votes:
    """Members of a roll, each in favour or against."""

    def __init__(
        self,
        procedure: Procedure,
        seats: Sequence[Seat],
        votes: Sides,
        within: tuple[Members, ...] = (),
    ) -> None:
        self._procedure, self._seats, self._votes = procedure, seats, votes
        self._within = within  # the sets that all who count here are in

    @property
    def size(self) -> int:
        """How many members there are."""
        return len(self._seats)

    def term(self, node: Term) -> tuple[Fraction, tuple[Fraction, ...]]:
        """What the total is with everybody against, and what each in favour adds to that."""
        fixed, each = Fraction(0), []
        for seat in self._seats:
            against = self._counted(node, self._votes.against, seat)
            fixed += against
            each.append(self._counted(node, self._votes.favour, seat) - against)
        return fixed, tuple(each)

    def _counted(self, node: Term, position: Position, seat: Seat) -> Fraction:
        held = self._procedure.normalised(position, seat.held)
        if held is None or not _in_all((node.members, *self._within), held, seat.held):
            return Fraction(0)
        return self._procedure.weight(node.weight, held, seat.held) if node.weight else Fraction(1)

    def condition(self, weights: Sequence[int], quota: int) -> Formula:
        """That those in favour reach a quota."""
        return threshold(weights, quota)

    def weighed(self, node: Groups) -> None:
        """Groups are games of their own here."""
        del node

    def groups(self, node: Groups) -> list[tuple[Sequence[int], Linear, Fraction]]:
        """The members with each value of the attribute; refused where their weights differ."""
        kinds: dict[Value, list[int]] = {}
        for i, seat in enumerate(self._seats):
            if node.by in seat.held:
                kinds.setdefault(seat.held[node.by], []).append(i)
        found: list[tuple[Sequence[int], Linear, Fraction]] = []
        for members in kinds.values():
            seats = [self._seats[i] for i in members]
            apart = Votes(self._procedure, seats, self._votes, (*self._within, node.within))
            found.append((members, apart, self._group_weight(node, seats)))
        return found

    def _group_weight(self, node: Groups, seats: Sequence[Seat]) -> Fraction:
        if not node.weight:
            return Fraction(1)
        found = {self._procedure.weight(node.weight, "", seat.held) for seat in seats}
        if len(found) > 1:
            raise GameError(
                say(
                    "members of one group have different '{weight}'; a group has one weight",
                    weight=node.weight,
                )
            )
        return found.pop()

    def inside(self, node: Fewest) -> list[Fraction]:
        """What those of the set weigh; refused where a vote brings somebody into it."""
        found = []
        for seat in self._seats:
            here = set()
            for position in (self._votes.favour, self._votes.against):
                held = self._procedure.normalised(position, seat.held)
                here.add(
                    held is not None and _in_all((node.members, *self._within), held, seat.held)
                )
            if len(here) > 1:
                raise GameError(say("the least number of members of a set that votes can change"))
            if here.pop():
                found.append(self._procedure.weight(node.attribute, "", seat.held))
        return found


def _in_all(sets: Sequence[Members], held: Position, attributes: Mapping[str, Value]) -> bool:
    return all(contains(each, held, attributes) for each in sets)
