"""Power under random monotone rules, against every coalition looked at one by one.

`NEMCON_LONG=1` takes 20,000 rules of up to 14 members.
"""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from fractions import Fraction
from math import factorial
from typing import Any

import numpy as np
from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st

from nemcon.analysis import counting, indices
from nemcon.analysis.from_rule import game
from nemcon.analysis.power import power
from nemcon.rules.algebra import as_attributes
from nemcon.rules.procedure import read_procedure
from nemcon.rules.roll import Roll, Seat
from tests.analysis import monotone

LONG = bool(os.environ.get("NEMCON_LONG"))
EXAMPLES = settings(
    max_examples=20_000 if LONG else 200,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
MOST = 14 if LONG else 9


def rolls(people: Sequence[Mapping[str, Any]]) -> Roll:
    """The members as the program takes them."""
    return Roll(tuple(Seat(f"m{n}", (), as_attributes(one)) for n, one in enumerate(people)), "")


def swings(won: monotone.Truths, size: int) -> list[list[int]]:
    """Of each member, by the number of the others, the coalitions that it turns."""
    rows = np.arange(2**size)
    sizes = sum((rows >> i & 1 for i in range(size)), np.zeros_like(rows))
    found = []
    for i in range(size):
        without = rows[rows >> i & 1 == 0]
        turned = without[won[without | 1 << i] & ~won[without]]
        found.append(np.bincount(sizes[turned], minlength=size).tolist())
    return found


def minimal(won: monotone.Truths, size: int) -> int:
    """Winners that lose without any one of theirs."""
    rows = np.arange(2**size)
    found = won.copy()
    for i in range(size):
        found &= (rows >> i & 1 == 0) | ~won[rows & ~(1 << i)]
    return int(found.sum())


@EXAMPLES
@given(monotone.rules(), st.data())
def test_power_under_random_rules_is_what_all_coalitions_say(
    rule: dict[str, Any], data: st.DataObject
) -> None:
    people = monotone.eligible(rule, data.draw(monotone.rolls(MOST)))
    procedure, size = read_procedure(rule), len(people)
    if not people:
        return
    won = monotone.winners(rule, people)
    expected = swings(won, size)
    rows = np.arange(2**size)
    for i in range(size):  # the strategy keeps its promise
        assert not (won[rows & ~(1 << i)] & ~won[rows | 1 << i]).any()
    found = counting.count(game(procedure, rolls(people)))  # so small a game is never refused
    event(found.method)
    assert list(map(list, found.by_size)) == expected
    assert found.winning == int(won.sum())
    assert found.minimal in (None, minimal(won, size))
    check_shares(found.totals, indices.banzhaf(found))
    whole = factorial(size)
    assert list(indices.shapley_shubik(found)) == [
        Fraction(sum(n * factorial(s) * factorial(size - 1 - s) for s, n in enumerate(each)), whole)
        for each in expected
    ]
    banzhaf = power(procedure, rolls(people))
    assert [one.swings for one in banzhaf.members] == [sum(each) for each in expected]
    assert banzhaf.winning == int(won.sum())
    assert banzhaf.minimal_winning in (None, minimal(won, size))
    everybody = 2**size - 1
    assert [int(name[1:]) for name in banzhaf.vetoes] == [
        i for i in range(size) if won[everybody] and not won[everybody & ~(1 << i)]
    ]
    assert [int(name[1:]) for name in banzhaf.dummies] == [
        i for i in range(size) if not sum(expected[i])
    ]


def check_shares(totals: Sequence[int], shares: Sequence[Fraction]) -> None:
    """Shares of all swings."""
    whole = sum(totals)
    assert list(shares) == [Fraction(n, whole) if whole else Fraction(0) for n in totals]
