"""Power where members may abstain too, against every vote of all others."""

from __future__ import annotations

from itertools import product
from typing import Any

from hypothesis import assume, given
from hypothesis import strategies as st

from nemcon.analysis.power import power
from nemcon.analysis.ternary import ternary_swings
from nemcon.load.polling import open_rule
from nemcon.rules.algebra import as_attributes
from nemcon.rules.procedure import read_procedure
from nemcon.rules.roll import Roll, Seat
from nemcon.rules.sides import sides
from tests.rules import brute
from tests.rules.strategies import attributes, rules

CAST = ("yes", "abstain", "no")


@given(rules(simple_steps=True), st.lists(attributes(), min_size=1, max_size=4))
def test_swings_are_votes_of_others_that_a_member_turns(
    rule: dict[str, Any], people: list[dict[str, Any]]
) -> None:
    procedure = read_procedure(rule)
    assume(procedure.sums)
    seats = [Seat(f"m{n}", (), as_attributes(one)) for n, one in enumerate(people)]
    good = {line["is"] for line in rule["outcome"] if line.get("favourable")}

    def wins(votes: tuple[str, ...]) -> bool:
        return brute.outcome(rule, list(zip(votes, people, strict=True))) in good

    expected = [
        sum(
            wins((*others[:n], "yes", *others[n:])) and not wins((*others[:n], "no", *others[n:]))
            for others in product(CAST, repeat=len(people) - 1)
        )
        for n in range(len(people))
    ]
    assert ternary_swings(procedure, seats, sides(procedure)) == expected


def test_a_rule_with_a_finding_is_counted_as_if_it_were_made() -> None:
    """A deciding vote for it on a tie."""
    roll = Roll(tuple(Seat(n, (), as_attributes({"votes": 1})) for n in "ab"), "the test")
    found = power(open_rule("imf-votes-cast"), roll, abstaining=True)
    ballots = product(CAST, repeat=2)
    won = {votes: votes.count("yes") >= votes.count("no") for votes in ballots}
    expected = sum(won["yes", other] and not won["no", other] for other in CAST)
    assert [one.swings for one in found.members] == [expected] * 2
