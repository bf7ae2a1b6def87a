"""The index of Shapley and Shubik of a large weighted game, to a stated error.

If every member joins with chance t, independently, the chance that a member decides is a polynomial
in t; its integral from 0 to 1 is the index (Owen 1972). The integral is taken by the rule of
Gauss and Legendre at so many points that the error stays below the one asked for.
"""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from math import expm1, log, log1p

import numpy as np
import numpy.typing as npt

from nemcon.analysis.game import Threshold
from nemcon.saying import say

METHOD = say("quadrature over the chance to join")
MOST_WIDTH = 60_000_000
_ROUNDING = 2.0**-52
_BLOCK = 1 << 16
_RATIOS = [1.1 + 0.05 * n for n in range(60)]

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Approximation:
    """The index of each member, and a bound on the error of each value."""

    values: tuple[float, ...]
    error: float
    points: int


def shapley_shubik(game: Threshold, error: float = 1e-9) -> Approximation:
    """The index to within `error`, for each member of the game [quota; weights]."""
    weights = game.weights
    size, whole = len(weights), sum(weights)
    points = _points(size, error / 2)
    where, shares = np.polynomial.legendre.leggauss(points)
    chances = [(t, s / 2) for t, s in zip((where + 1) / 2, shares, strict=True) if t < 0.5]
    quotas = (game.quota, whole - game.quota + 1)
    kinds = sorted(set(weights))
    found = dict.fromkeys(kinds, 0.0)
    # NumPy lets go of the interpreter while it adds, so two tables can grow at once.
    with ThreadPoolExecutor(max_workers=2) as pool:
        for part in pool.map(lambda c: _at(weights, kinds, quotas, c[0], c[1]), chances):
            for weight, value in part.items():
                found[weight] += value
    closest = max(t for t, _ in chances)
    rounding = 4 * _ROUNDING * size * points / (1 - closest / (1 - closest))
    bound = _truncation(size, points) + rounding
    return Approximation(tuple(found[w] for w in weights), bound, points)


def _points(size: int, error: float) -> int:
    """An even number of points with a truncation below `error`; half the degree is always exact."""
    exact = (size + 1) // 2 + 1
    exact += exact % 2
    for points in range(8, exact, 2):
        if _truncation(size, points) <= error:
            return points
    return exact


def _truncation(size: int, points: int) -> float:
    """The error of the rule for a polynomial that is a chance between 0 and 1.

    On the ellipse with foci 0 and 1 and parameter r, |t| + |1 - t| is (r + 1/r) / 2, and the
    polynomial at most that to the power of the other members; the bound for an analytic function
    (Trefethen, "Is Gauss quadrature better than Clenshaw-Curtis?", 2008, theorem 4.5) is minimised
    over r.
    """
    if 2 * points >= size:
        return 0.0  # exact for the degree
    bounds = (
        log(32 / 15) + (size - 1) * log((r + 1 / r) / 2) - 2 * points * log(r) - log1p(-(r**-2))
        for r in _RATIOS
    )
    return 1 + expm1(min(*bounds, 0.0))


def _at(
    weights: Sequence[int],
    kinds: Sequence[int],
    quotas: tuple[int, int],
    chance: float,
    share: float,
) -> dict[int, float]:
    """What one point below 1/2 adds, with the point that lies opposite.

    The opposite point is the same for the game in which losers' complements win.
    """
    ratio = chance / (1 - chance)
    width = max(quotas)
    table = np.zeros(width)
    table[0] = (1 - chance) ** (len(weights) - 1)  # of the others: the member itself is taken out
    reach = 0
    for weight in sorted(weights):
        _add(table, weight, ratio, min(reach, width - 1 - weight) + 1)
        reach = min(reach + weight, width - 1)
    sums = np.cumsum(table, out=table)
    lightest = next((weight for weight in kinds if weight), width)
    powers: Floats = (-ratio) ** np.arange(width // lightest + 1, dtype=np.float64)
    found = {}
    for weight in kinds:
        chances = (
            _without(sums, weight, quota - 1, powers)
            - _without(sums, weight, quota - 1 - weight, powers)
            for quota in quotas
        )
        found[weight] = share * sum(chances) if weight else 0.0
    return found


def _add(table: Floats, weight: int, ratio: float, width: int) -> None:
    """Let a member of this weight join the first `width` sums: from the last on, so that nothing is
    read after it was changed, and a block at a time, so that it stays close to the processor.
    """
    joined = np.empty(min(_BLOCK, max(width, 0)))
    for end in range(width, 0, -_BLOCK):
        start = max(0, end - _BLOCK)
        new = np.multiply(table[start:end], ratio, out=joined[: end - start])
        table[start + weight : end + weight] += new


def _without(sums: Floats, weight: int, bound: int, powers: Floats) -> float:
    """The chance that the others bring at most `bound`: 1 / (1 + r x^w) = 1 - r x^w + …"""
    if bound < 0:
        return 0.0
    steps_down = sums[bound::-weight]
    return float(np.dot(steps_down, powers[: len(steps_down)]))
