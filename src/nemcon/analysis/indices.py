"""The indices of power from swings: exact integers and fractions."""

from __future__ import annotations

from fractions import Fraction
from math import factorial

from nemcon.analysis.swings import Swings


def banzhaf(swings: Swings) -> tuple[Fraction, ...]:
    """Each member's share of all swings (Penrose 1946, Banzhaf 1965, normalised)."""
    total = sum(swings.totals)
    return tuple(Fraction(n, total) if total else Fraction(0) for n in swings.totals)


def shapley_shubik(swings: Swings) -> tuple[Fraction, ...]:
    """How often each member decides, over all orders in which members join (Shapley and Shubik
    1954): a swing over s of n members counts s!(n-1-s)!/n!.

    Raises `ValueError` where the swings do not tell sizes apart.
    """
    if len(swings.by_size) != len(swings.totals):
        raise ValueError("the index of Shapley and Shubik needs swings by size")
    size = len(swings.totals)
    orders = [factorial(s) * factorial(size - 1 - s) for s in range(size)]
    whole = factorial(size)
    known: dict[tuple[int, ...], Fraction] = {}
    for sizes in swings.by_size:
        if sizes not in known:
            known[sizes] = Fraction(sum(n * o for n, o in zip(sizes, orders, strict=True)), whole)
    return tuple(known[sizes] for sizes in swings.by_size)
