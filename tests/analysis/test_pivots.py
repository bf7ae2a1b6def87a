"""Pivots against every change that there is, on small bodies; and counts that are known."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations, product
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from nemcon.analysis.fewest import Item, fewest
from nemcon.analysis.game import GameError
from nemcon.analysis.pivots import Away, Like, Pivots, Turn, Verdict, pivots
from nemcon.rules.algebra import as_attributes
from nemcon.rules.procedure import read_procedure
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
    rules(simple_steps=True),
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
    rules(simple_steps=True),
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
    procedure = read_procedure(rule)
    members = [
        Like((str(n),), 1, tuple(held), as_attributes(more)) for n, (held, more) in enumerate(drawn)
    ]
    body: list[tuple[Held, Mapping[str, Any]]] = [(tuple(held), more) for held, more in drawn]
    now = verdict(rule, body)
    try:
        found = pivots(procedure, members, present=None if exact else now)
    except GameError:
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

SHARE = {
    "id": "share",
    "positions": ["yes", "no", "abstain"],
    "outcome": [
        {
            "when": {
                "all": [
                    {
                        "cmp": [
                            {"w": ["votes", "yes"]},
                            ">=",
                            {"mul": ["2/3", {"w": ["votes", "all"]}]},
                        ]
                    },
                    {"none": {"and": ["no", {"attr": ["permanent", True]}]}},
                ]
            },
            "is": "adopted",
            "favourable": True,
        },
        {"is": "not adopted"},
    ],
}


def test_votes_and_a_veto() -> None:
    body = [
        like("ab", "yes", votes=3, permanent=True),
        like("c", "no", votes=1, permanent=True),
        like("def", "abstain", votes=2, permanent=False),
        like("g", "no", votes=4, permanent=False),
    ]
    found = pivots(read_procedure(SHARE), body)
    assert found == Pivots(
        "not met", (), Away(3, ((1, "yes", 1), (2, "yes", 1), (3, "yes", 1)), True), zero(), True
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


def test_a_rule_of_groups_is_refused_with_what_to_do() -> None:
    rule = {
        "id": "r",
        "positions": ["yes", "no"],
        "normalise": [{"bloc": "land"}],
        "outcome": [{"when": {"none": "no"}, "is": "adopted", "favourable": True}, {"is": "no"}],
    }
    with pytest.raises(GameError, match="nemcon whatif"):
        pivots(read_procedure(rule), [like("a", "yes", land="x")])
