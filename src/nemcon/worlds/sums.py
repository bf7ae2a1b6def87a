"""Every sum that members can add up to while the numbers of tallies come right.

A dynamic programme, member by member. Several numbers lie in one integer, each in bits of its own:
they are then added, and compared with their bounds, all at once.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from math import lcm
from typing import NamedTuple, TypeAlias

from nemcon.worlds.placements import Work

Number: TypeAlias = int | Fraction
Vector: TypeAlias = tuple[Number, ...]
Options: TypeAlias = frozenset[tuple[Vector, Vector]]  # what one member may add: to ties, to totals
Step: TypeAlias = tuple[Options, int]  # of members alike: what each may add, and how many they are
Bounds: TypeAlias = tuple[int, int, int]  # of a tie: the least, the most, and what it never is


def sums(members: Sequence[Step], bounds: Sequence[Bounds], work: Work) -> frozenset[Vector]:
    """The totals of every choice of one option for each member that keeps each tie in its bounds.

    Raises `TooManyError` once `work` is used up.
    """
    if not all(options for options, _ in members):
        return frozenset()
    steps = sorted(members, key=lambda step: len(step[0]))
    ties = _Fields([([tied for tied, _ in options], count) for options, count in steps], 0)
    totals = _Fields([([add for _, add in options], count) for options, count in steps], ties.width)
    found = {0}
    for (options, count), (least, most) in zip(steps, _still_to_come(steps), strict=True):
        adds = {ties.packed(tied) | totals.packed(add) for tied, add in options}
        for left in reversed(range(count)):
            floor = [low - m - left * o for (low, *_), m, o in zip(bounds, *most, strict=True)]
            ceiling = [top - m - left * o for (_, top, _), m, o in zip(bounds, *least, strict=True)]
            work.spend(2 * len(found) * len(adds))
            found = ties.within(floor, ceiling, {one + add for one in found for add in adds})
    never = [one for *_, one in bounds]
    number = sum(count for _, count in steps)
    return frozenset(
        totals.unpacked(one, number)
        for one in found
        if not any(a == b for a, b in zip(ties.unpacked(one, 0), never, strict=True))
    )


class _Field(NamedTuple):
    """Where one number lies: how far up, the most that it can be (with one bit more to spare), and
    what makes it a whole number of its own: it is taken times `scale`, above `base` (0 or less).
    """

    shift: int
    most: int
    base: Number
    scale: int

    @property
    def guard(self) -> int:
        """The bit to spare."""
        return 1 << self.shift + self.most.bit_length()

    def value(self, packed: int) -> int:
        """What stands in the field."""
        return (packed >> self.shift) & (1 << self.most.bit_length()) - 1


class _Fields:
    """How sums of vectors lie in one integer, from bit `shift` on: `rows` are vectors that a member
    may add, and how many such members there are. Only those at bit 0 can be held `within` bounds,
    and must then hold no negative numbers.
    """

    def __init__(self, rows: Sequence[tuple[Sequence[Vector], int]], shift: int) -> None:
        self.fields: list[_Field] = []
        for column in zip(*(zip(*vectors, strict=True) for vectors, _ in rows), strict=True):
            values = [value for one in column for value in one]
            base = min(0, *values)
            scale = lcm(*(value.denominator for value in values))
            highs = (int((max(one) - base) * scale) for one in column)
            most = sum(high * count for high, (_, count) in zip(highs, rows, strict=True))
            self.fields.append(_Field(shift, most, base, scale))
            shift += most.bit_length() + 1
        self.width = shift
        self.guards = sum(field.guard for field in self.fields)

    def packed(self, vector: Vector) -> int:
        """A vector as one integer."""
        both = zip(self.fields, vector, strict=True)
        return sum(int((value - f.base) * f.scale) << f.shift for f, value in both)

    def unpacked(self, packed: int, members: int) -> Vector:
        """The sum that so many members have added up to."""
        return tuple(self._number(field, packed, members) for field in self.fields)

    @staticmethod
    def _number(field: _Field, packed: int, members: int) -> Number:
        value = field.value(packed)
        whole = value if field.scale == 1 else Fraction(value, field.scale)
        return whole + field.base * members

    def within(
        self, floor: Sequence[Number], ceiling: Sequence[Number], sums: set[int]
    ) -> set[int]:
        """Those sums of which no number is below its floor or above its ceiling."""
        low = high = 0
        for field, least, most in zip(self.fields, floor, ceiling, strict=True):
            if least > field.most or most < 0:
                return set()
            low += int(max(least, 0)) << field.shift
            high += int(min(most, field.most)) << field.shift
        guards = self.guards
        high += guards
        # A number that passes its bound borrows the bit to spare. What lies above borrows nothing.
        return {
            one
            for one in sums
            if (one | guards) - low & guards == guards and high - one & guards == guards
        }


def _still_to_come(steps: Sequence[Step]) -> list[tuple[tuple[Vector, Vector], ...]]:
    """For each step the least and the most that can still be added to each tie: by all later steps,
    and by one more member of this one.
    """
    return list(_backwards(steps))[::-1]


def _backwards(steps: Sequence[Step]) -> Iterator[tuple[tuple[Vector, Vector], ...]]:
    later_least: Vector = ()
    later_most: Vector = ()
    for options, count in reversed(steps):
        columns = list(zip(*(tied for tied, _ in options), strict=True))
        least: Vector = tuple(min(column) for column in columns)
        most: Vector = tuple(max(column) for column in columns)
        zero = (0,) * len(least)
        later_least, later_most = later_least or zero, later_most or zero
        yield (later_least, least), (later_most, most)
        later_least = tuple(a + count * b for a, b in zip(later_least, least, strict=True))
        later_most = tuple(a + count * b for a, b in zip(later_most, most, strict=True))
