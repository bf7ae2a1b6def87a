"""How fast power is counted, beside the best that others offer. Run as

    uv run --isolated --with numba --with powerindex --with powerindices python -m benchmarks.power

Each answer is compared with the peer's where the peer gives one; aims that are missed come last.
"""

from __future__ import annotations

import random
import sys
import time
from collections.abc import Callable
from fractions import Fraction
from importlib.metadata import version
from math import factorial
from typing import Any

import numpy as np

from benchmarks import clock
from nemcon import __version__
from nemcon.analysis import by_quadrature, counting, indices
from nemcon.analysis.game import Formula, Game, Threshold, all_of, any_of, threshold
from nemcon.analysis.swings import Swings

# Populations of the 27 member States in 2018 (Eurostat), in the order of size.
POPULATIONS = (
    *(82850000, 67221943, 60483973, 46659302, 37976687, 19523621, 17181084, 11413058, 10738868),
    *(10610055, 10291027, 10120242, 9778371, 8822267, 7050034, 5781190, 5513130, 5443120),
    *(4838259, 4105493, 2808901, 2066880, 1934379, 1319133, 864236, 602005, 475701),
)
# Electors of the 50 States and the District of Columbia after the census of 2020.
ELECTORS = (
    *(54, 40, 30, 28, 19, 19, 17, 16, 16, 15, 14, 13, 12, 11, 11, 11, 11, 10, 10, 10, 10, 10, 9),
    *(9, 8, 8, 8, 7, 7, 6, 6, 6, 6, 6, 6, 5, 5, 4, 4, 4, 4, 4, 4, 4, 3, 3, 3, 3, 3, 3, 3),
)
SEED = 190


def main() -> int:
    """Run all parts, print them, and give the exit code."""
    peers = {name: _version(name) for name in ("numba", "powerindex", "powerindices")}
    told = ", ".join(f"{name} {found or 'not installed'}" for name, found in peers.items())
    print(f"nemcon {__version__}, NumPy {np.__version__}, {told}")
    aims = Aims([])
    eu27(aims, measured=bool(peers["numba"]))
    electors(aims, measured=bool(peers["powerindex"]))
    large(aims, measured=bool(peers["powerindices"]))
    print("\nEvery aim is met." if not aims.missed else "\nNot met:")
    for line in aims.missed:
        print(f"  {line}")
    return int("--strict" in sys.argv and bool(aims.missed))


class Aims(clock.Aims):
    """Aims that may also be a ratio to a peer."""

    def ratio(self, what: str, mine: float, theirs: float, aim: float) -> None:
        """How many times faster than the peer."""
        found = theirs / mine
        verdict = "met" if found >= aim else "NOT MET"
        if found < aim:
            self.missed.append(f"{what}: {found:.0f} times faster, aim {aim:.0f}")
        print(f"  {what:<52}{found:>8.0f} x  aim >= {aim:.0f}: {verdict}", flush=True)


def eu27(aims: Aims, *, measured: bool) -> None:
    """The Council's qualified majority with its clause of four members, both indices, exact."""
    print("\nEU Council of 27, qualified majority, both indices")
    size, people = len(POPULATIONS), sum(POPULATIONS)
    quota = -(-65 * people // 100)
    rule = all_of(
        [
            threshold([1] * size, 15),
            any_of([threshold(POPULATIONS, quota), threshold([1] * size, 24)]),
        ]
    )
    mine, swings = _timed(lambda: _both(rule, size), 9)
    aims.show("counted by halves", mine)
    print(f"  {swings.winning:,} winning coalitions by {swings.method}")
    if not measured:
        return aims.fail("EU27 against brute force in Numba: numba is not installed")
    brute = _brute_force()
    brute(np.array(POPULATIONS[:14]), quota, 15, 24)  # compiled before it is timed
    theirs, found = _timed(lambda: brute(np.array(POPULATIONS), quota, 15, 24), 2)
    aims.show("brute force over 2^27 in Numba", theirs)
    winning, containing = found
    same = swings.winning == int(winning.sum()) and list(swings.totals) == [
        2 * int(row.sum()) - int(winning.sum()) for row in containing
    ]
    orders = [factorial(s - 1) * factorial(size - s) for s in range(1, size + 1)]
    first = sum(
        o * int(containing[0][s] + containing[0][s - 1] - winning[s - 1])
        for s, o in enumerate(orders, 1)
    )
    same &= indices.shapley_shubik(swings)[0] == Fraction(first, factorial(size))
    _agree(aims, same, "brute force")
    aims.ratio("against brute force in Numba", mine, theirs, 50)
    return None


def electors(aims: Aims, *, measured: bool) -> None:
    """The Electoral College, Shapley and Shubik, exact."""
    print("\n51 electoral votes, Shapley and Shubik")
    rule = threshold(ELECTORS, 270)
    mine, shares = _timed(lambda: _shapley(rule, len(ELECTORS)), 15)
    aims.show("dynamic programme over sums, exact", mine)
    if not measured:
        return aims.fail("Electoral College against powerindex: powerindex is not installed")
    from powerindex import Game as Theirs

    def peer() -> Any:
        game = Theirs(quota=270, weights=list(ELECTORS))
        game.calc_shapley_shubik()
        return game.shapley_shubik

    theirs, values = _timed(peer, 3)
    aims.show("powerindex, floating point", theirs)
    close = max(abs(float(a) - b) for a, b in zip(shares, values, strict=True))
    _agree(aims, close < 1e-9, f"powerindex (largest difference {close:.0e})")
    aims.ratio("against powerindex", mine, theirs, 50)
    return None


def large(aims: Aims, *, measured: bool) -> None:
    """190 members with weights up to 830,000, more than half."""
    rng = random.Random(SEED)
    weights = [rng.randint(700, 3_000) for _ in range(100)]
    weights += [rng.randint(3_000, 30_000) for _ in range(50)]
    weights += [rng.randint(30_000, 100_000) for _ in range(30)]
    weights += [rng.randint(100_000, 310_000) for _ in range(9)] + [830_000]
    quota = sum(weights) // 2 + 1
    print(f"\n190 members, weights to 830,000 (seed {SEED}), more than half of {sum(weights):,}")
    rule = threshold(weights, quota)
    assert isinstance(rule, Threshold)
    game = Game(tuple(map(str, range(190))), rule)
    mine, swings = _timed(lambda: _banzhaf(game), 2)
    aims.show("Banzhaf, exact", mine, 1.0)
    near, found = _timed(lambda: by_quadrature.shapley_shubik(rule), 2)
    aims.show("Shapley and Shubik to 1e-9", near, 3.0, beside=f"error below {found.error:.0e}")
    print(f"  shares add up to 1 + {sum(found.values) - 1:.0e}; no peer completes this")
    if not measured:
        return aims.fail("190 members against powerindices: powerindices is not installed")
    import powerindices

    theirs, counts = _timed(lambda: powerindices.number_coalitions_weighting_x(quota, weights), 1)
    aims.show("powerindices, the table alone, in 64 bits", theirs)
    print(f"  winning coalitions, exact:        {swings.winning:.6e} ({swings.winning})")
    print(f"  winning coalitions, powerindices: {int(counts[quota:].sum()):.6e}, past 64 bits")
    print(f"  counts below zero in its table:   {int((counts < 0).sum()):,}; it says nothing")
    return None


def _both(rule: Formula, size: int) -> Swings:
    swings = counting.count(Game(tuple(map(str, range(size))), rule))
    indices.banzhaf(swings)
    indices.shapley_shubik(swings)
    return swings


def _banzhaf(game: Game) -> Swings:
    swings = counting.count(game, by_size=False)
    indices.banzhaf(swings)
    return swings


def _shapley(rule: Formula, size: int) -> tuple[Fraction, ...]:
    return indices.shapley_shubik(counting.count(Game(tuple(map(str, range(size))), rule)))


def _brute_force() -> Any:
    import numba

    @numba.njit(cache=False)  # type: ignore[untyped-decorator]
    def go(weights: Any, quota: int, least: int, enough: int) -> Any:
        size = len(weights)
        low = size // 2
        lows = np.zeros(1 << low, np.int64)
        highs = np.zeros(1 << (size - low), np.int64)
        for mask in range(1, 1 << low):
            bit = 0
            while not mask >> bit & 1:
                bit += 1
            lows[mask] = lows[mask & (mask - 1)] + weights[bit]
        for mask in range(1, 1 << (size - low)):
            bit = 0
            while not mask >> bit & 1:
                bit += 1
            highs[mask] = highs[mask & (mask - 1)] + weights[low + bit]
        winning = np.zeros(size + 1, np.int64)
        containing = np.zeros((size, size + 1), np.int64)
        for mask in range(1 << size):
            total = lows[mask & ((1 << low) - 1)] + highs[mask >> low]
            many = 0
            rest = mask
            while rest:
                rest &= rest - 1
                many += 1
            if many >= least and (total >= quota or many >= enough):
                winning[many] += 1
                for i in range(size):
                    containing[i, many] += mask >> i & 1
        return winning, containing

    return go


def _timed(function: Callable[[], Any], times: int) -> tuple[float, Any]:
    """The least processor time of several calls, and what the last gave."""
    least, found = float("inf"), None
    for _ in range(times):
        start = time.process_time()
        found = function()
        least = min(least, time.process_time() - start)
    return least, found


def _agree(aims: Aims, same: bool, peer: str) -> None:
    if same:
        print(f"  agrees with {peer}")
    else:
        aims.fail(f"the answer differs from {peer}")


def _version(name: str) -> str:
    try:
        return version(name)
    except ModuleNotFoundError:
        return ""


if __name__ == "__main__":
    sys.exit(main())
