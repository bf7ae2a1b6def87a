"""The game made of a rule wins exactly where the rule, asked with ballots, is met."""

from __future__ import annotations

import os
from collections.abc import Mapping
from fractions import Fraction
from itertools import product

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nemcon.access.packs import procedure
from nemcon.analysis.from_rule import game
from nemcon.analysis.game import GameError, wins
from nemcon.analysis.power import power
from nemcon.library import procedure_ids
from nemcon.rules.algebra import Having, HavingNumber, Parameter
from nemcon.rules.names import Value
from nemcon.rules.polled import Asked
from nemcon.rules.procedure import Procedure, read_procedure
from nemcon.rules.roll import Roll, Seat
from nemcon.rules.sides import seats, sides
from nemcon.rules.weigh import weigh

LONG = bool(os.environ.get("NEMCON_LONG"))
LADDERS = [one for each in procedure_ids() if (one := procedure(each)) and one.ladder]
# Rules whose seats are fixed are tried on those; numbers have to be said, so they get one.
PLAIN = [one for one in LADDERS if one.roll.size is None]


def values(rule: Procedure, name: str) -> list[Value]:
    """A few values of an attribute that the rule tells apart."""
    found: list[Value] = []
    for node in rule.nodes():
        if isinstance(node, Having) and node.attribute == name:
            found += [True, False] if isinstance(node.value, bool) else [node.value, "other"]
        if isinstance(node, HavingNumber) and node.attribute == name:
            found += [node.number, node.number - 1]
    return list(dict.fromkeys(found)) or [Fraction(n) for n in (1, 2, 3, 7)]


@st.composite
def rolls(draw: st.DrawFn, rule: Procedure) -> Roll:
    size = draw(st.integers(1, 6))
    return Roll(
        tuple(
            Seat(
                f"m{n}",
                (),
                {name: draw(st.sampled_from(values(rule, name))) for name in sorted(rule.reads)},
            )
            for n in range(size)
        ),
        "the test",
    )


def met(
    rule: Procedure, roll: Roll, inside: frozenset[int], params: Mapping[str, Value]
) -> bool | None:
    """Whether the rule is met where these are in favour and the others against."""
    votes = sides(rule)
    groups = [
        {
            "pos": str(votes.favour if i in inside else votes.against),
            "voters": [seat.name],
            "count": 1,
        }
        for i, seat in enumerate(roll.seats)
    ]
    findings = {n.finding for n in rule.nodes() if hasattr(n, "finding")}
    answer = weigh(
        rule,
        {"ballots": groups},
        Asked(roll=roll, params=params, attested=dict.fromkeys(findings, True)),
    )
    return {"met": True, "not met": False}.get(answer.verdict)


@pytest.mark.parametrize("rule", PLAIN, ids=lambda rule: rule.id)
def test_the_game_of_every_ladder_of_the_library_is_its_rule(rule: Procedure) -> None:
    params: dict[str, Value] = {
        node.name: Fraction(3) for node in rule.nodes() if isinstance(node, Parameter)
    }

    @settings(
        max_examples=60 if LONG else 6,
        deadline=None,
        suppress_health_check=list(HealthCheck),
        database=None,
    )
    @given(rolls(rule))
    def check(roll: Roll) -> None:
        try:
            found = game(rule, roll, params)
        except GameError:
            return  # members that act as one, or more than sums: refused, never wrong
        places = {name: n for n, name in enumerate(seat.name for seat in roll.seats)}
        for chosen in product([False, True], repeat=len(roll.seats)):
            inside = frozenset(n for n, taken in enumerate(chosen) if taken)
            expected = met(rule, roll, inside, params)
            here = [n for n, name in enumerate(found.members) if places[name] in inside]
            assert expected is not None, (rule.id, roll, inside)
            assert wins(found.formula, here) is expected, (rule.id, roll, inside)

    check()


def test_most_ladders_make_a_game() -> None:
    """So that the test above is not passed by refusing."""
    refused = []
    for rule in PLAIN:
        roll = Roll(
            tuple(
                Seat(f"m{n}", (), {name: values(rule, name)[0] for name in rule.reads})
                for n in range(1)
            ),
            "",
        )
        params = {n.name: Fraction(3) for n in rule.nodes() if isinstance(n, Parameter)}
        try:
            game(rule, roll, params)
        except GameError:
            refused.append(rule.id)
    assert len(refused) <= 3, refused


@pytest.mark.parametrize(
    ("rule", "message"),
    [
        ("un-sg-selection", "ask for one of them: un-sg-straw-poll, un-sc-1966 or un-ga-simple"),
        ("debian-a6", "another method than one majority"),
        ("au-commission-chair", "nemcon paths au-commission-chair"),
        ("ca-b-forum", "'active' has to be said"),
    ],
)
def test_what_is_no_game_is_refused_with_the_reason(rule: str, message: str) -> None:
    found = procedure(rule)
    assert found is not None
    roll = Roll((Seat("a", (), {"class": "issuer"}),), "")
    with pytest.raises(ValueError, match=message):
        power(found, roll)


def test_a_roll_without_the_weight_that_the_rule_needs_is_refused() -> None:
    rule = procedure("eu-qmv")
    assert rule is not None
    with pytest.raises(ValueError, match="weighs members by 'pop'"):
        power(rule, Roll((Seat("a"), Seat("b")), "roll.csv"))


def test_ten_thousand_members_are_refused_at_once() -> None:
    rule = procedure("un-ga-simple")
    assert rule is not None
    many = Roll(tuple(Seat(f"m{n}") for n in range(10_000)), "roll.csv")
    with pytest.raises(GameError, match="10,000 members are on the roll; at most 5,000"):
        power(rule, many)


def test_a_negative_weight_makes_no_monotone_game() -> None:
    rule = read_procedure(
        {
            "id": "odd",
            "positions": ["yes", "no"],
            "outcome": [
                {
                    "when": {"cmp": [{"w": ["weight", "yes"]}, ">=", 2]},
                    "is": "adopted",
                    "favourable": True,
                },
                {"is": "rejected"},
            ],
        }
    )
    roll = Roll(
        tuple(Seat(f"m{n}", (), {"weight": Fraction(w)}) for n, w in enumerate((2, 1, -1), 1)),
        "",
    )
    with pytest.raises(GameError, match=r"not monotone.*m1 wins, and with m3 as well it loses"):
        power(rule, roll)


def test_fixed_seats_need_no_roll() -> None:
    rule = procedure("un-sc-1966")
    assert rule is not None
    roll = seats(rule)
    assert roll is not None
    assert [len([s for s in roll.seats if s.held["permanent"] is v]) for v in (True, False)] == [
        5,
        10,
    ]
