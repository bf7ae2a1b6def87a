"""What a method of counting gives: winning coalitions and swings, by size where it can.

A *swing* of a member is a coalition without it that loses, and wins once it joins.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Swings:
    """How many coalitions win, and how many swings each member has.

    `by_size[i][s]` counts the swings of member i over coalitions of s others; empty where the
    method does not tell sizes apart. `minimal` counts the winning coalitions that lose with any
    one member less; None where the method cannot count them.
    """

    method: str
    winning: int
    totals: tuple[int, ...]
    by_size: tuple[tuple[int, ...], ...] = ()
    minimal: int | None = None


def from_counts(
    method: str,
    winning: Sequence[int],
    containing: Sequence[Sequence[int]],
    minimal: int | None = None,
) -> Swings:
    """Swings from the number of winning coalitions of each size, and of those with each member.

    A coalition of size s + 1 with the member wins, and the one of size s without it loses: in a
    monotone game these are the winners with it less the winners without it.
    """
    size = len(winning)
    by_size = tuple(
        tuple(mine[s + 1] - (winning[s] - mine[s]) for s in range(size - 1)) for mine in containing
    )
    return Swings(method, sum(winning), tuple(map(sum, by_size)), by_size, minimal)
