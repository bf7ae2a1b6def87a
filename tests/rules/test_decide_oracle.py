"""Decisions against brute force, over random rules and ballots of which much is open.

The short form runs here; `NEMCON_LONG=1` takes the long one.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from fractions import Fraction
from itertools import product
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from nemcon.rules.polled import Asked
from nemcon.rules.procedure import read_procedure
from nemcon.rules.roll import Roll, roll_of_rows
from nemcon.rules.weigh import weigh
from tests.rules import brute
from tests.rules.strategies import PLACES, attributes, rules

Attributes = dict[str, Any]


def same(rule: Mapping[str, Any], expected: set[str | None], answer: Any) -> None:
    """The answer says exactly what brute force found."""
    names = {name for name in expected if name is not None}
    favourable = {line["is"]: line.get("favourable", False) for line in rule["outcome"]}
    met = {name is not None and favourable[name] for name in expected}
    told = [f for f in answer.findings if f.code not in ("no-outcome", "position-unread")]
    assert told == []
    assert set(answer.possible) == names
    assert answer.outcome == (next(iter(names)) if len(expected) == 1 and names else None)
    verdict = "cannot tell" if len(met) > 1 else ("met" if met == {True} else "not met")
    assert answer.verdict == verdict


def roll_of(people: Sequence[Attributes]) -> Roll:
    """A roll of members m0, m1, …"""
    rows = [{"member": f"m{n}", **held} for n, held in enumerate(people)]
    roll, findings = roll_of_rows(rows, "roll.csv")
    assert findings == []
    return roll


@given(rules(), st.lists(st.tuples(st.sampled_from(PLACES), attributes()), max_size=7))
def test_known_ballots(rule: dict[str, Any], people: list[tuple[str, Attributes]]) -> None:
    groups = [{"pos": position, "count": 1, **held} for position, held in people]
    answer = weigh(read_procedure(rule), groups, Asked(closed=True))
    same(rule, {brute.outcome(rule, people)}, answer)


@given(
    rules(),
    st.lists(st.tuples(st.sampled_from(PLACES), attributes()), max_size=4),
    st.lists(attributes(), max_size=4),
)
def test_open_members(
    rule: dict[str, Any], people: list[tuple[str, Attributes]], open_: list[Attributes]
) -> None:
    """Named members have voted; the others on the roll have not."""
    roll = roll_of([*(held for _, held in people), *open_])
    groups = [{"pos": position, "voters": [f"m{n}"]} for n, (position, _) in enumerate(people)]
    answer = weigh(read_procedure(rule), groups, Asked(roll=roll))
    same(rule, brute.outcomes(rule, people, open_), answer)
    silent = [("silent", held) for held in open_]
    closed = weigh(read_procedure(rule), groups, Asked(roll=roll, closed=True))
    same(rule, {brute.outcome(rule, [*people, *silent])}, closed)


@given(
    rules(),
    st.lists(attributes(), min_size=1, max_size=4),
    st.lists(st.tuples(st.sampled_from(PLACES), st.integers(0, 2)), max_size=2),
)
def test_numbers_without_names(
    rule: dict[str, Any], people: list[Attributes], told: list[tuple[str, int]]
) -> None:
    """Of a known roll only numbers are known: any of its members may have said it."""
    left = len(people)
    groups = []
    for position, wanted in told:
        count = min(wanted, left)
        left -= count
        groups.append((position, count))
    classes = Counter(tuple(sorted(held.items())) for held in people)
    expected: set[str | None] = set()
    for placed in placements(groups, list(classes.values())):
        members: list[tuple[str, Attributes]] = []
        rest = list(classes.values())
        for (position, _), taken in zip(groups, placed, strict=True):
            for n, (held, number) in enumerate(zip(classes, taken, strict=True)):
                members += [(position, dict(held))] * number
                rest[n] -= number
        open_ = [dict(held) for held, n in zip(classes, rest, strict=True) for _ in range(n)]
        expected |= brute.outcomes(rule, members, open_)
    ballots = [{"pos": position, "count": count} for position, count in groups]
    answer = weigh(read_procedure(rule), ballots, Asked(roll=roll_of(people)))
    same(rule, expected, answer)


def placements(groups: Sequence[tuple[str, int]], sizes: list[int]) -> Any:
    """Every way to take each group's number out of classes of these sizes."""
    if not groups:
        yield ()
        return
    for taken in brute.splits(groups[0][1], sizes):
        less = [size - n for size, n in zip(sizes, taken, strict=True)]
        for more in placements(groups[1:], less):
            yield (taken, *more)


@given(
    rules(simple_steps=True).filter(lambda rule: not reads(rule) & {"w", "g", "v"}),
    st.integers(1, 5),
    st.integers(0, 5),
    st.lists(st.tuples(st.sampled_from(PLACES), st.integers(0, 3)), max_size=3),
)
def test_seats_of_classes(
    rule: dict[str, Any], first: int, second: int, told: list[tuple[str, int]]
) -> None:
    """The rule says how many seats have an attribute, the ballots do not say whose they are."""
    size = first + second
    seats = {"size": size, "classes": {"p": {"true": first, "false": second}}}
    rule = {**rule, "roll": {**rule.get("roll", {}), **seats}}
    left, groups = size, []
    for position, wanted in told:
        groups.append((position, min(wanted, left)))
        left -= groups[-1][1]
    if left > 4:
        groups.append(("abstain", left - 4))
        left = 4
    expected: set[str | None] = set()
    for placed in placements(groups, [first, second]):
        rest = [first - sum(t[0] for t in placed), second - sum(t[1] for t in placed)]
        members = [
            (position, {"p": value})
            for (position, _), taken in zip(groups, placed, strict=True)
            for value, number in zip((True, False), taken, strict=True)
            for _ in range(number)
        ]
        open_ = [{"p": True}] * rest[0] + [{"p": False}] * rest[1]
        expected |= brute.outcomes(rule, members, open_)
    ballots = [{"pos": position, "count": count} for position, count in groups]
    same(rule, expected, weigh(read_procedure(rule), ballots))


def reads(rule: dict[str, Any]) -> frozenset[str]:
    """The attributes that a rule reads."""
    return read_procedure(rule).reads


VALUES = ("-1", "-1/2", "0", "1/2", "1")


@given(
    st.lists(st.sampled_from(VALUES), max_size=4),
    st.integers(0, 2),
    st.sampled_from((">=", ">", "<", "=")),
    st.sampled_from(VALUES),
    st.integers(-2, 3),
)
def test_numbers_as_positions(
    cast: list[str], open_: int, operator: str, cut: str, wanted: int
) -> None:
    """Whatever number an open member may give is possible; nothing is called sure that is not."""
    inside = {"value": [operator, cut]}
    rule = {
        "id": "r",
        "positions": {"number": {"low": "-1", "high": "1"}},
        "outcome": [
            {"when": {"cmp": [{"w": ["value", inside]}, ">=", wanted]}, "is": "weighty"},
            {"when": {"cmp": [{"n": inside}, ">", 1]}, "is": "many", "favourable": True},
            {"is": "neither"},
        ],
    }
    steps = [Fraction(n, 4) for n in range(-4, 5)]
    expected = {
        brute.outcome(rule, [(Fraction(c), {}) for c in cast] + [(o, {}) for o in more])
        for more in product([*steps, "silent"], repeat=open_)
    }
    people: list[Attributes] = [{} for _ in range(len(cast) + open_)]
    groups = [{"pos": c, "voters": [f"m{n}"]} for n, c in enumerate(cast)]
    answer = weigh(read_procedure(rule), groups, Asked(roll=roll_of(people)))
    assert expected <= set(answer.possible)
    if not open_:
        assert [answer.outcome] == list(expected)
