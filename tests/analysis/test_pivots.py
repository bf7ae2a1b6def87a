"""Pivots against every change that there is, on small bodies; and counts that are known."""

import random
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import combinations, product
from typing import Any

import pytest
from hypothesis import assume, event, given
from hypothesis import strategies as st

from benchmarks.pivots import SHARE
from nemcon.access.packs import procedure
from nemcon.analysis.columns import Like
from nemcon.analysis.fewest import Item, fewest
from nemcon.analysis.game import GameError, TooLargeError
from nemcon.analysis.pivots import Away, Pivots, Turn, Verdict, pivots
from nemcon.library import procedure_ids
from nemcon.rules.algebra import Between, Groups, Parameter, as_attributes
from nemcon.rules.normalise import Bloc, OnePer
from nemcon.rules.procedure import Procedure, read_procedure
from nemcon.rules.seating import open_positions
from tests.analysis.test_from_rule import values
from tests.rules import brute
from tests.rules.strategies import attributes, rules

Held = tuple[str | None, ...]


def like(names: str, *held: str | None, **attributes: Any) -> Like:
    """Members with one letter as a name each."""
    return Like(tuple(names), len(names), held, as_attributes(attributes))


def verdict(rule: Mapping[str, Any], body: Sequence[tuple[Held, Mapping[str, Any]]]) -> Verdict:
    """The verdict by trying everything that members may hold."""
    favourable = {line["is"] for line in rule["outcome"] if line.get("favourable")}
    found = set()
    for chosen in product(*(held for held, _ in body)):
        people = [
            (position, more)
            for position, (_, more) in zip(chosen, body, strict=True)
            if position is not None
        ]
        found.add(bool(people) and brute.outcome(rule, people) in favourable)
    if len(found) == 2:
        return "cannot tell"
    return "met" if True in found else "not met"


def changed(
    body: Sequence[tuple[Held, Mapping[str, Any]]], who: Sequence[int], positions: Sequence[str]
) -> Iterator[list[tuple[Held, Mapping[str, Any]]]]:
    """The body with the positions of some members changed in every way."""
    for chosen in product(positions, repeat=len(who)):
        new = dict(zip(who, chosen, strict=True))
        yield [
            ((new[n],), more) if n in new else (held, more) for n, (held, more) in enumerate(body)
        ]


def nearest(
    rule: Mapping[str, Any], body: Sequence[tuple[Held, Mapping[str, Any]]], wanted: str
) -> int | None:
    """The fewest members whose change gives the verdict, by trying all."""
    positions = [*rule["positions"], "silent"]
    for size in range(len(body) + 1):
        for who in combinations(range(len(body)), size):
            if any(verdict(rule, one) == wanted for one in changed(body, who, positions)):
                return size
    return None


@given(
    rules(),
    st.lists(
        st.tuples(
            st.lists(st.sampled_from(["yes", "no", "abstain", "silent"]), min_size=1, max_size=1),
            attributes(),
        ),
        min_size=1,
        max_size=3,
    ),
)
def test_where_everything_is_known_every_change_is_told(
    rule: dict[str, Any], drawn: list[tuple[list[str], dict[str, Any]]]
) -> None:
    check(rule, drawn, exact=True)


@given(
    rules(),
    st.lists(
        st.tuples(
            st.lists(
                st.sampled_from(["yes", "no", "abstain", "silent", None]),
                min_size=1,
                max_size=2,
                unique=True,
            ),
            attributes(),
        ),
        min_size=1,
        max_size=3,
    ),
)
def test_where_members_are_open_nothing_wrong_is_told(
    rule: dict[str, Any], drawn: list[tuple[list[str | None], dict[str, Any]]]
) -> None:
    check(rule, drawn, exact=False)


def check(
    rule: dict[str, Any], drawn: Sequence[tuple[Sequence[str | None], dict[str, Any]]], exact: bool
) -> None:
    """Compare with every change that there is."""
    known = read_procedure(rule)
    members = [
        Like((str(n),), 1, tuple(held), as_attributes(more)) for n, (held, more) in enumerate(drawn)
    ]
    body: list[tuple[Held, Mapping[str, Any]]] = [(tuple(held), more) for held, more in drawn]
    now = verdict(rule, body)
    try:
        found = pivots(known, members, present=None if exact else now)
    except GameError as error:
        event(f"refused: {error}"[:70])
        assume(False)
    assert found.verdict == now
    assert found.exact or not exact
    positions = [*rule["positions"], "silent"]
    turns = {(t.of, t.to): t.verdict for t in found.turns}
    for n, (held, _) in enumerate(body):
        for position in positions:
            if held == (position,):
                continue
            (new,) = changed(body, [n], [position])
            theirs, mine = verdict(rule, new), turns.get((n, position), now)
            assert mine == theirs or (mine == "cannot tell" and not found.exact)
    for wanted, away in (("met", found.met), ("not met", found.not_met)):
        size = nearest(rule, body, wanted)
        if away is None:
            assert size is None or not exact
        elif away.exact:
            assert away.size == size
        else:
            assert size is not None
            assert size <= away.size
        if away is not None:
            new = list(body)
            for n, position, number in away.changes:
                assert number == 1
                new[n] = ((str(position),), new[n][1])
            assert verdict(rule, new) == wanted


# The fewest, against every choice


@given(
    st.lists(
        st.tuples(
            st.integers(1, 2),
            st.lists(
                st.tuples(st.integers(-2, 5), st.integers(-2, 5)),
                min_size=0,
                max_size=2,
                unique=True,
            ),
        ),
        min_size=1,
        max_size=4,
    ),
    st.tuples(st.integers(-3, 14), st.integers(-3, 14)),
)
def test_the_fewest_are_the_fewest(
    drawn: list[tuple[int, list[tuple[int, int]]]], needed: tuple[int, int]
) -> None:
    items = [Item(number, tuple(ways)) for number, ways in drawn]
    single = [(n, way) for n, item in enumerate(items) for _ in range(item.number) for way in [n]]
    best = None
    for size in range(len(single) + 1):
        for who in combinations(range(len(single)), size):
            options = [items[single[k][0]].ways for k in who]
            sums = (
                tuple(map(sum, zip((0, 0), *chosen, strict=False))) for chosen in product(*options)
            )
            if best is None and any(a >= needed[0] and b >= needed[1] for a, b in sums):
                best = size
    found, sure = fewest(items, needed)
    assert sure
    assert (found.size if found else None) == best
    if found is not None:
        total = [0, 0]
        for n, way, number in found.taken:
            for t in (0, 1):
                total[t] += number * items[n].ways[way][t]
        assert total[0] >= needed[0]
        assert total[1] >= needed[1]


# Known counts


def test_votes_and_a_veto() -> None:
    body = [
        like("ab", "yes", votes=3, permanent=True),
        like("c", "no", votes=1, permanent=True),
        like("def", "abstain", votes=2, permanent=False),
        like("g", "no", votes=4, permanent=False),
    ]
    found = pivots(read_procedure(SHARE), body)
    assert found == Pivots(
        "not met",
        (),
        Away(3, ((1, "yes", 1), (2, "yes", 1), (3, "yes", 1)), True),
        zero(),
        exact=True,
        best=("yes", "no"),
    )


def zero() -> Away:
    return Away(0, (), True)


def test_one_voice_too_few() -> None:
    body = [like("ab", "yes", votes=3, permanent=True), like("c", "no", votes=3, permanent=False)]
    found = pivots(read_procedure(SHARE), body)
    assert found.verdict == "met"
    assert found.met == zero()
    assert found.not_met == Away(1, ((0, "no", 1),), True)
    assert Turn(0, "abstain", "not met") in found.turns
    assert {t.of for t in found.turns} == {0}


def test_who_is_open_may_still_block() -> None:
    body = [
        like("ab", "yes", votes=3, permanent=True),
        like("c", "yes", "no", votes=1, permanent=True),
    ]
    found = pivots(read_procedure(SHARE), body, present="cannot tell")
    assert found.verdict == "cannot tell"
    assert found.met == Away(1, ((1, "yes", 1),), True)
    assert found.not_met == Away(1, ((0, "no", 1),), True)
    assert Turn(1, "abstain", "met") in found.turns


def library(name: str) -> Procedure:
    found = procedure(name)
    assert found is not None
    return found


def test_a_land_of_one_mind_turns_as_a_whole() -> None:
    """Three of one Land, of whom one more says yes, bring all of its votes."""
    body = [
        like("ab", "yes", land="x", votes=1),
        like("c", "no", land="x", votes=1),
        like("d", "no", land="y", votes=1),
        like("efg", "yes", land="z", votes=1),
    ]
    found = pivots(library("de-bundesrat"), body)
    assert found.verdict == "not met"
    assert Turn(1, "yes", "met") in found.turns
    assert Turn(2, "yes", "met") in found.turns
    assert found.met == Away(1, ((1, "yes", 1),), True)
    assert found.exact


def test_cantons_and_the_people() -> None:
    """Two of three cantons are needed, and more of the people."""
    body = [
        like("abc", "yes", canton="x", standing=1),
        like("de", "no", canton="y", standing=1),
        like("f", "yes", canton="y", standing=1),
        like("gh", "no", canton="z", standing=1),
    ]
    found = pivots(library("ch-double-majority"), body)
    assert found.verdict == "not met"
    assert found.met == Away(1, ((1, "yes", 1),), True)
    assert {t.of for t in found.turns} == {1}


def test_cantons_of_many_people() -> None:
    """Many who hold different things in one canton: only how many hold what matters."""
    body = [
        like("", "yes", canton="a", standing=1),
        Like((), 60, ("yes",), as_attributes({"canton": "a", "standing": 1})),
        Like((), 20, ("no",), as_attributes({"canton": "a", "standing": 1})),
        Like((), 49, ("yes",), as_attributes({"canton": "b", "standing": 1})),
        Like((), 50, ("no",), as_attributes({"canton": "b", "standing": 1})),
        Like((), 30, ("no",), as_attributes({"canton": "c", "standing": 1})),
    ]
    found = pivots(library("ch-double-majority"), body)
    assert found.met == Away(1, ((3, "yes", 1),), True)
    assert found.turns == (Turn(3, "yes", "met"),)


def test_one_of_each_affiliation_speaks() -> None:
    body = [like("ab", "yes", affiliation="x"), like("c", "no", affiliation="y")]
    rule = read_procedure(
        {
            "id": "r",
            "positions": ["yes", "no"],
            "normalise": [{"one_per": "affiliation"}],
            "outcome": [
                {"when": {"cmp": [{"n": "yes"}, ">", {"n": "no"}]}, "is": "so", "favourable": True},
                {"is": "not"},
            ],
        }
    )
    found = pivots(rule, body)
    assert found.verdict == "not met"
    assert found.met == Away(1, ((1, "yes", 1),), True)


def test_who_does_not_take_part_changes_what_is_needed() -> None:
    """Where some do not take part, the least number that blocks is counted without them."""
    shares = (50, 30, 10, 5, 5)
    yes = [like(name, "yes", pop=pop) for name, pop in zip("abcde", shares, strict=True)]
    body = [*yes[:3], like("d", "not-participating", pop=5), like("e", "no", pop=5)]
    found = pivots(library("eu-qmv"), body)
    assert found.verdict == "met"
    assert Turn(3, "yes", "not met") in found.turns  # all take part then, and they are not fifteen
    assert found.not_met is not None
    assert (found.not_met.size, found.not_met.exact) == (1, True)
    assert Turn(0, "no", "not met") in found.turns  # half of the people are more than 35 %
    assert {t.of for t in found.turns} == {0, 1, 2, 3}  # two of four are less than 55 %
    assert found.exact


def test_what_compares_more_than_sums_is_refused_with_the_reason() -> None:
    product_ = {"mul": [{"n": "yes"}, {"n": {"pos": ["yes", "no"]}}]}
    rule = {
        "id": "r",
        "positions": ["yes", "no"],
        "outcome": [
            {"when": {"cmp": [product_, ">=", 4]}, "is": "so", "favourable": True},
            {"is": "not"},
        ],
    }
    with pytest.raises(GameError, match="more than sums over members"):
        pivots(read_procedure(rule), [like("ab", "yes", "silent")])


def test_too_many_together_are_refused_with_an_estimate() -> None:
    body = [
        Like((f"m{n}",), 1, ("yes", "no"), as_attributes({"land": "x", "votes": n}))
        for n in range(22)
    ]
    with pytest.raises(TooLargeError, match=r"22 members have to be looked at together.*ways"):
        pivots(library("de-bundesrat"), body)


@pytest.mark.parametrize("size", [30, pytest.param(200, marks=pytest.mark.slow)])
def test_every_ladder_of_the_library_tells_pivots(size: int) -> None:
    """Members of many weights and classes: all are told exactly where everything is known."""
    for name in procedure_ids():
        rule = library(name)
        if not rule.ladder:
            continue
        params = {node.name: Fraction(40) for node in rule.nodes() if isinstance(node, Parameter)}
        found = pivots(rule, many(rule, size), params)
        assert found.exact, name
        assert all(away is None or away.exact for away in (found.met, found.not_met)), name


def many(rule: Procedure, size: int) -> list[Like]:
    """Members as the rule has seats, or 200, in 26 groups; like members together."""
    draw = random.Random(rule.id)
    choices = [p for p in open_positions(rule) if not isinstance(p, Between)]
    classes: dict[tuple[Any, ...], int] = {}
    of_group: dict[tuple[str, Any], Any] = {}
    groups = {node.by for node in rule.nodes() if isinstance(node, Groups)}
    groups |= {step.attribute for step in rule.steps if isinstance(step, Bloc | OnePer)}
    for n in range(rule.roll.size or size):
        held: dict[str, Any] = dict.fromkeys(groups, f"g{n % 26}")
        for attribute in sorted(rule.reads - groups):
            value = draw.choice([*values(rule, attribute), Fraction(draw.randint(1, 900))])
            weight = value if isinstance(value, Fraction) else draw.choice(values(rule, attribute))
            held[attribute] = of_group.setdefault((attribute, n % 26 if groups else n), weight)
        key = (draw.choice(choices), tuple(sorted(held.items())))
        classes[key] = classes.get(key, 0) + 1
    return [Like((), number, (p,), dict(held)) for (p, held), number in classes.items()]
