"""Counting a small game by listing every coalition: for rules that no other method takes."""

from __future__ import annotations

from functools import reduce
from operator import and_, or_

import numpy as np
import numpy.typing as npt

from nemcon.analysis.game import (
    AllOf,
    AnyOf,
    Fixed,
    Formula,
    Groups,
    Threshold,
    Truths,
)
from nemcon.analysis.swings import Swings, from_counts
from nemcon.saying import say

METHOD = say("every coalition listed")
MOST_MEMBERS = 22  # four million coalitions

listed = 0  # how many coalitions were ever listed: the tests read it


def count(formula: Formula, size: int) -> Swings:
    """Count a game of at most 22 members."""
    global listed
    listed += 2**size
    inside = [_member(i, size) for i in range(size)]
    winning = np.broadcast_to(_holds(formula, inside), 2**size)
    sizes = sum((np.int8(1) * m for m in inside), np.zeros(2**size, dtype=np.int8))
    by_size = _by_size(sizes[winning], size)
    containing = [_by_size(sizes[winning & m], size) for m in inside]
    minimal = winning.copy()
    for i in range(size):
        # Coalitions with member i, beside the same without it.
        pairs = winning.reshape(-1, 2, 2**i)
        minimal.reshape(-1, 2, 2**i)[:, 1] &= ~pairs[:, 0]
    return from_counts(METHOD, by_size, containing, int(minimal.sum()))


def _member(i: int, size: int) -> Truths:
    """In which coalitions, numbered by their bits, member i is."""
    block = np.repeat(np.array([False, True]), 2**i)
    return np.tile(block, 2 ** (size - i - 1))


def _by_size(sizes: npt.NDArray[np.int8], size: int) -> list[int]:
    return [int(n) for n in np.bincount(sizes, minlength=size + 1)]


def _holds(formula: Formula, inside: list[Truths]) -> Truths:
    match formula:
        case Fixed():
            return np.asarray(formula.value)
        case Threshold():
            return _reaches(formula.weights, inside, formula.quota)
        case AllOf():
            return reduce(and_, (_holds(part, inside) for part in formula.parts))
        case AnyOf():
            return reduce(or_, (_holds(part, inside) for part in formula.parts))
        case Groups():
            won = [
                np.broadcast_to(_holds(part, [inside[i] for i in members]), inside[0].shape)
                for members, part in zip(formula.members, formula.formulas, strict=True)
            ]
            return _reaches(formula.weights, won, formula.quota)


def _reaches(weights: tuple[int, ...], inside: list[Truths], quota: int) -> Truths:
    wide = sum(map(abs, weights)) >= 2**62
    total = np.zeros(inside[0].shape, dtype=object if wide else np.int64)
    for weight, truths in zip(weights, inside, strict=True):
        if weight:
            total = total + truths.astype(total.dtype) * weight
    return np.asarray(total >= quota, dtype=np.bool_)
