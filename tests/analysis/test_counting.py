"""Every method counts what going through all coalitions counts, and refuses what it cannot do."""

from __future__ import annotations

import os
from collections.abc import Callable
from fractions import Fraction

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from nemcon.analysis import (
    by_class,
    by_halves,
    by_listing,
    by_long_sum,
    by_parts,
    by_quadrature,
    by_sum,
    counting,
    indices,
)
from nemcon.analysis.game import (
    Fixed,
    Formula,
    Game,
    GameError,
    Groups,
    Threshold,
    TooLargeError,
    all_of,
    any_of,
    forms,
    groups,
    opposite,
    threshold,
    wins,
)
from nemcon.analysis.swings import Swings
from tests.analysis import brute_force

LONG = bool(os.environ.get("NEMCON_LONG"))
EXAMPLES = settings(
    max_examples=20_000 if LONG else 250,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)

WEIGHT = st.one_of(st.integers(0, 3), st.integers(0, 40), st.integers(0, 2**40))


@st.composite
def thresholds(draw: st.DrawFn, size: int) -> Formula:
    weights = draw(st.lists(WEIGHT, min_size=size, max_size=size))
    return threshold(weights, draw(st.integers(0, sum(weights) + 1)))


@st.composite
def flat(draw: st.DrawFn, size: int) -> Formula:
    parts = [draw(thresholds(size)) for _ in range(draw(st.integers(1, 3)))]
    if len(parts) == 3 and draw(st.booleans()):
        return all_of([parts[0], any_of(parts[1:])])
    return draw(st.sampled_from([all_of, any_of]))(parts)


@st.composite
def nested(draw: st.DrawFn) -> tuple[Formula, int]:
    members, formulas, size = [], [], 0
    for _ in range(draw(st.integers(1, 4))):
        many = draw(st.integers(1, 4))
        members.append(range(size, size + many))
        formulas.append(draw(flat(many)))
        size += many
    weights = draw(st.lists(st.integers(0, 4), min_size=len(members), max_size=len(members)))
    return groups(members, formulas, weights, draw(st.integers(0, sum(weights) + 1))), size


@st.composite
def games(draw: st.DrawFn, most: int = 14 if LONG else 7) -> tuple[Formula, int]:
    if draw(st.integers(0, 3)) == 0:
        formula, size = draw(nested().filter(lambda pair: pair[1] <= most))
    else:
        size = draw(st.integers(1, most))
        formula = draw(flat(size))
    return formula, size


def check(found: Swings, formula: Formula, size: int) -> None:
    """Compare with all coalitions: in tables where numbers fit in 64 bits, else one by one."""
    if sum(map(abs, (w for row in forms(formula) for w in row))) < 2**60:
        table = brute_force.Tables(formula, size)
        expected, least, won = table.swings(), table.minimal(), int(table.won.sum())
    else:

        def wins_(coalition: frozenset[int]) -> bool:
            return wins(formula, coalition)

        expected, won = brute_force.swings(wins_, size), brute_force.winning(wins_, size)
        least = brute_force.minimal(wins_, size)
    assert found.winning == won
    assert list(found.totals) == [sum(row) for row in expected]
    if found.by_size:
        assert [list(row) for row in found.by_size] == expected
    if found.minimal is not None:
        assert found.minimal == least


@EXAMPLES
@given(games())
def test_the_chosen_method_agrees_with_all_coalitions(game: tuple[Formula, int]) -> None:
    formula, size = game
    check(counting.count(Game(tuple(map(str, range(size))), formula)), formula, size)


@EXAMPLES
@given(st.integers(2, 8).flatmap(lambda n: st.tuples(flat(n), st.just(n))))
def test_each_method_agrees_with_all_coalitions(game: tuple[Formula, int]) -> None:
    formula, size = game
    assume(not isinstance(formula, Fixed))
    check(by_listing.count(formula, size), formula, size)
    check(by_class.count(formula, size), formula, size)
    if by_halves.narrow_states(formula, size) <= 2000:
        check(by_halves.count(formula, size), formula, size)
    if isinstance(formula, Threshold) and formula.quota <= 100_000:
        check(by_sum.count(formula), formula, size)
        check(by_long_sum.count(formula), formula, size)


@EXAMPLES
@given(nested())
def test_groups_counted_apart_agree_with_all_coalitions(game: tuple[Formula, int]) -> None:
    formula, size = game
    assume(isinstance(formula, Groups) and size <= 9)
    (way,) = [w for w in counting.ways(formula, size) if w.method == "groups"]
    check(way.count(), formula, size)


@settings(EXAMPLES, max_examples=5_000 if LONG else 60)
@given(nested().flatmap(lambda pair: st.tuples(st.just(pair), nested(), flat(pair[1]))))
def test_groups_beside_members_agree_with_all_coalitions(
    drawn: tuple[tuple[Formula, int], tuple[Formula, int], Formula],
) -> None:
    """Two ways of grouping, and members by themselves, in one rule."""
    (first, size), (second, other), members = drawn
    parts = [first, members, *([second] if other <= size else [])]
    for formula in (all_of(parts), any_of(parts), all_of([first, any_of(parts[1:])])):
        assume(size <= 9 and not isinstance(formula, Fixed))
        game = by_parts.Together(formula, size)
        if game.possible:
            check(game.count(), formula, size)


def test_a_majority_of_the_people_and_of_the_cantons() -> None:
    """26 cantons of eight people: members of like cantons have like power, and all is counted."""
    size, cantons = 208, [range(8 * n, 8 * n + 8) for n in range(26)]
    votes = [1 if n in (3, 4, 9, 14, 18, 22) else 2 for n in range(26)]
    formula = all_of(
        [
            threshold([1] * size, size // 2 + 1),
            groups(cantons, [threshold([1] * 8, 5)] * 26, votes, sum(votes) // 2 + 1),
        ]
    )
    found = counting.count(Game(tuple(map(str, range(size))), formula))
    assert found.method == by_parts.METHOD
    assert len(set(found.totals)) == 2
    assert sum(indices.shapley_shubik(found)) == 1


@EXAMPLES
@given(games(most=6))
def test_opposites_win_where_the_game_loses(game: tuple[Formula, int]) -> None:
    formula, size = game
    for coalition in brute_force.coalitions(size):
        assert wins(opposite(formula), coalition) is not wins(formula, coalition)


@settings(EXAMPLES, max_examples=300 if LONG else 40)
@given(games(most=6))
def test_shapley_and_shubik_is_what_all_orders_of_joining_say(game: tuple[Formula, int]) -> None:
    formula, size = game
    assume(not isinstance(formula, Fixed))
    found = indices.shapley_shubik(by_listing.count(formula, size))

    def won(coalition: frozenset[int]) -> bool:
        return wins(formula, coalition)

    assert list(found) == brute_force.shapley_by_orders(won, size)


@settings(EXAMPLES, max_examples=300 if LONG else 40)
@given(st.lists(st.integers(0, 60), min_size=2, max_size=30), st.integers(1, 99))
def test_the_approximation_keeps_to_its_error(weights: list[int], percent: int) -> None:
    formula = threshold(weights, 1 + sum(weights) * percent // 100)
    assume(isinstance(formula, Threshold))
    assert isinstance(formula, Threshold)
    exact = indices.shapley_shubik(by_sum.count(formula))
    near = by_quadrature.shapley_shubik(formula)
    assert near.error <= 1e-9
    for value, share in zip(near.values, exact, strict=True):
        assert abs(Fraction(value) - share) <= Fraction(near.error)


def test_no_game_above_25_members_is_listed() -> None:
    before = by_listing.listed
    for size in (26, 30, 40):
        heavy = [10**9 + 7 * i for i in range(size)]
        formula = all_of([threshold(heavy, sum(heavy) // 2), threshold([1] * size, size // 2)])
        counting.count(Game(tuple(map(str, range(size))), formula))
    assert by_listing.listed == before


@pytest.mark.parametrize("by_size", [True, False])
def test_what_no_method_can_do_is_refused_with_an_estimate(by_size: bool) -> None:
    wide = [[(10**12 + 7) * (i + 1) ** k for i in range(60)] for k in (1, 2)]
    formula = all_of(threshold(row, sum(row) // 2) for row in wide)
    with pytest.raises(TooLargeError, match=r"2\^60 coalitions"):
        counting.count(Game(tuple(map(str, range(60))), formula), by_size=by_size)


@pytest.mark.parametrize(
    "count", [by_class.count, by_halves.count, by_listing.count], ids=["class", "halves", "listing"]
)
def test_weights_near_the_limit_of_64_bits_stay_exact(
    count: Callable[[Formula, int], Swings],
) -> None:
    """Added in 64 bits these sums would turn negative."""
    weights = [2**62 - 1, 2**62 - 3, 2**61 + 5, 2**62 + 9, 7, 2**63 + 1]
    formula = all_of([threshold(weights, sum(weights) - 2**62 + 4), threshold([1] * 6, 3)])
    check(count(formula, 6), formula, 6)


def test_a_rule_that_falls_with_more_members_has_no_index() -> None:
    once = all_of([threshold([1, 1, 1], 1), threshold([-1, -1, -1], -1)])
    with pytest.raises(GameError, match="a wins, and with b as well it loses"):
        counting.count(Game(("a", "b", "c"), once))


def test_conditions_that_fall_may_make_a_rule_that_never_does() -> None:
    at_least_two = threshold([1, 1, 1], 2)
    odd = any_of([at_least_two, all_of([at_least_two, threshold([-1, -1, -1], -2)])])
    assert counting.count(Game(("a", "b", "c"), odd)).winning == 4
