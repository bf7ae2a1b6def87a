"""Counting a game with one wide list of weights by meeting in the middle.

The coalitions of each half of the members are listed once, sorted by the wide sum among those that
agree in everything else (their size, and the sums of the narrow lists). What the other half must
bring is then looked up by bisection. Listing stops at 2^20 for a half, so never above 40 members.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import comb, prod

import numpy as np
import numpy.typing as npt

from nemcon.analysis.game import Formula, Threshold, Totals, forms, holds, nodes
from nemcon.analysis.swings import Swings, from_counts
from nemcon.saying import say

METHOD = say("meet in the middle over coalitions")
MOST_MEMBERS = 40
MOST_STATES = 20_000
_EXACT_TOTAL = 2**62

Sums = npt.NDArray[np.int64]
Counts = npt.NDArray[np.int32] | npt.NDArray[np.int64]


@dataclass(frozen=True)
class _Half:
    """All coalitions of some members: `wide` sums sorted within each narrow state."""

    members: tuple[int, ...]
    order: Sums
    wide: Sums
    states: Sums  # the narrow states that occur, as one number each
    starts: Sums  # where each state begins in `order`

    def parts(self) -> Iterator[tuple[int, slice, Sums]]:
        """Each narrow state with its place in `order`, and the wide sums that stand there."""
        ends = [*self.starts[1:], len(self.order)]
        for state, start, end in zip(self.states, self.starts, ends, strict=True):
            part = slice(int(start), int(end))
            yield int(state), part, self.wide[part]


def narrow_states(formula: Formula, size: int) -> int:
    """How many states there are besides the widest sum: sizes, times the sums of narrow lists."""
    rows = sorted(forms(formula), key=sum)
    return (size + 1) * prod(sum(row) + 1 for row in rows[:-1] if set(row) != {1})


def count(formula: Formula, size: int) -> Swings:
    """Count a game without groups, of at most 40 members and few narrow states."""
    rows = sorted(forms(formula), key=sum)
    wide = rows[-1]
    narrow = [(1,) * size, *(row for row in rows[:-1] if set(row) != {1})]
    needed = _needed(formula, narrow, wide)
    # Heavy and light members in both halves: then both hold sums of every size.
    ranked = sorted(range(size), key=lambda i: -wide[i])
    strides = _strides(narrow)
    kind = _kind(sum(wide))
    left, right = (_half(ranked[n::2], narrow, strides, wide, kind) for n in (0, 1))
    open_sizes, by_size = _open_sizes(needed, size, sum(wide))
    containing = [[n * s // size for s, n in enumerate(by_size)] for _ in range(size)]
    winners: Counts = np.zeros((len(open_sizes), 1), dtype=np.int64)
    smaller, larger = sorted((left, right), key=lambda half: len(half.order))
    found = _winners(smaller, larger, needed, size, open_sizes)
    for one, winners in zip((smaller, larger), found, strict=True):
        for member in reversed(one.members):
            # The upper half of the columns are the coalitions with the last member; without it
            # the others go on in the same way.
            without, mine = winners[:, : winners.shape[1] // 2], winners[:, winners.shape[1] // 2 :]
            for s, n in zip(open_sizes, mine.sum(axis=1, dtype=np.int64), strict=True):
                containing[member][s] = int(n)
            winners = np.add(without, mine, dtype=np.int64)
    for s, n in zip(open_sizes, winners[:, 0], strict=True):
        by_size[s] = int(n)
    return from_counts(METHOD, by_size, containing)


def minimal(formula: Formula, size: int) -> int | None:
    """How many winning coalitions lose with any one member less; None where more than the size and
    one list of weights matter.

    Of coalitions of one size only the sum counts, so that it is enough to take away the lightest
    member: coalitions are counted by it.
    """
    rows = [row for row in forms(formula) if set(row) != {1}]
    if len(rows) > 1:
        return None
    wide = rows[0] if rows else (1,) * size
    narrow = [(1,) * size]
    needed = _needed(formula, narrow, wide)
    ranked = sorted(range(size), key=lambda i: -wide[i])
    kind = _kind(sum(wide))
    found = int(needed[0] <= 0)
    for place, member in enumerate(ranked):
        left, right = (_half(ranked[n:place:2], narrow, [1], wide, kind) for n in (0, 1))
        # With s others the lightest must lift them from below needed[s] to needed[s + 1].
        least = [needed[s + 1] - wide[member] for s in range(size)]
        found += sum(
            max(0, _reaching(left, right, least, s) - _reaching(left, right, needed, s))
            for s in range(place + 1)
        )
    return found


def _reaching(left: _Half, right: _Half, needed: Sequence[int], size: int) -> int:
    """How many coalitions of this size over both halves reach what that size needs."""
    found = 0
    far = {state: sums for state, _, sums in right.parts()}
    for state, _, sums in left.parts():
        if size - state in far:
            others = far[size - state]
            lower = np.searchsorted(others, needed[size] - sums)
            found += len(sums) * len(others) - int(lower.sum())
    return found


def _strides(narrow: Sequence[Sequence[int]]) -> list[int]:
    """How far apart the values of each narrow sum lie when a state is written as one number.

    The size comes last, so that it is the remainder.
    """
    strides, step = [], 1
    for row in narrow:
        strides.append(step)
        step *= sum(row) + 1
    return strides


def _needed(
    formula: Formula, narrow: Sequence[tuple[int, ...]], wide: tuple[int, ...]
) -> list[int]:
    """For each narrow state of a whole coalition, the least wide sum that wins (or one too many).

    More never hurts, so that it is nothing, or one of the quotas, or more than there is.
    """
    shape = tuple(sum(row) + 1 for row in reversed(narrow))
    kind = _kind(sum(wide))
    grids: list[Sums] = [
        np.asarray(g, dtype=kind) for g in np.indices(shape).reshape(len(shape), -1)
    ]
    totals: dict[tuple[int, ...], Totals] = dict(zip(narrow, reversed(grids), strict=True))
    least: Sums = np.full(prod(shape), sum(wide) + 1, dtype=kind)
    quotas = {n.quota for n in nodes(formula) if isinstance(n, Threshold) and n.weights == wide}
    for quota in sorted({0, *(q for q in quotas if 0 < q <= sum(wide))}, reverse=True):
        won = holds(formula, {**totals, wide: np.full(1, quota, dtype=kind)})
        least = np.where(won, quota, least)
    return [int(n) for n in least]


def _kind(total: int) -> type:
    """Whether sums, and the blocks that they are put into, fit in 64 bits."""
    return object if (total + 2) * (MOST_STATES + 1) >= _EXACT_TOTAL else np.int64


def _half(
    members: Sequence[int],
    narrow: Sequence[Sequence[int]],
    strides: Sequence[int],
    wide: Sequence[int],
    kind: type,
) -> _Half:
    """The coalitions of some members: states as one number, the wide sums sorted within each."""
    block = sum(wide[member] for member in members) + 1
    key: Sums = np.zeros(1, dtype=kind)
    for member in members:
        step = sum(row[member] * stride for row, stride in zip(narrow, strides, strict=True))
        key = np.concatenate([key, key + (step * block + wide[member])])
    order = np.argsort(key, kind=None if kind is np.int64 else "stable")
    key = key[order]
    state = key // block
    starts = np.flatnonzero(np.append(True, state[1:] != state[:-1]))
    return _Half(tuple(members), order, key - state * block, state[starts].astype(np.int64), starts)


def _open_sizes(needed: Sequence[int], size: int, most: int) -> tuple[list[int], list[int]]:
    """The sizes at which the sums decide; and the winners of each size at which all win."""
    open_sizes, by_size = [], [0] * (size + 1)
    for s in range(size + 1):
        least = {min(max(n, 0), most + 1) for n in needed[s :: size + 1]}
        if least == {0}:
            by_size[s] = comb(size, s)
        elif least != {most + 1}:
            open_sizes.append(s)
    return open_sizes, by_size


def _winners(
    one: _Half, other: _Half, needed: Sequence[int], size: int, open_sizes: Sequence[int]
) -> tuple[Counts, Counts]:
    """With how many coalitions of the other half each of a half wins, by size of both together;
    for the coalitions of the one half, and of the other.

    One row for each size at which the sums decide; a column is a coalition, numbered by the bits
    of its members. What is looked up for the one half tells of the other too: a coalition of it
    wins with all those whose place, where the winners begin, is not behind its own.
    """
    rows = {s: row for row, s in enumerate(open_sizes)}
    far = list(other.parts())
    several = len(needed) > size + 1
    # No more than 2^20 coalitions make up a half.
    mine = np.zeros((len(open_sizes), len(one.order)), dtype=np.int32)
    theirs = np.zeros((len(open_sizes), len(other.order)), dtype=np.int32)
    for state, part, sums in one.parts():
        for other_state, block, others in far:
            both = state + other_state
            row = rows.get(both % (size + 1))
            if row is None:
                continue
            begin = np.searchsorted(others, needed[both] - sums)
            begun = np.bincount(begin, minlength=len(others))[: len(others)]
            if several:
                mine[row, part] += len(others) - begin
                theirs[row, block] += np.cumsum(begun)
            else:  # each size comes once for each of these
                np.subtract(len(others), begin, out=mine[row, part], casting="unsafe")
                np.cumsum(begun, dtype=np.int32, out=theirs[row, block])
    return _by_bits(one, mine), _by_bits(other, theirs)


def _by_bits(half: _Half, found: Counts) -> Counts:
    """The columns in the order of the coalitions' numbers."""
    places = np.empty_like(half.order)
    places[half.order] = np.arange(len(places))
    return found.take(places, axis=1, mode="clip")
