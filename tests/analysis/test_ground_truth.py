"""Power under the rules of the library on the rolls of the packs: known values, to every digit.

Fractions of the Security Council and the six of 1958 are in the literature (Shapley and Shubik
1954; Brams and Affuso 1976); the tables in `data/` were computed in exact arithmetic, apart from
this package, from the populations of 2018, the census of 2020 and the votes of 2022.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from nemcon.analysis.from_rule import game
from nemcon.analysis.power import Index, Power, power
from nemcon.cli.app import run
from nemcon.load.polling import open_rule, pack_roll
from nemcon.rules.procedure import Procedure
from nemcon.rules.sides import seats
from nemcon.when import When

DATA = Path(__file__).parent / "data"
TODAY = When.parse("2024-12-17")


def found(rule: str, index: Index = "banzhaf", on: str | None = None) -> Power:
    procedure = open_rule(rule)
    roll = seats(procedure)
    if roll is None:
        roll, findings = pack_roll(
            procedure.roll.pack or procedure.body, When.parse(on) if on else TODAY
        )
        assert not findings
        assert roll is not None
    return power(procedure, roll, index)


def rows(name: str) -> list[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def same_digits(value: Fraction | float, printed: str) -> bool:
    """Whether a value is what is printed, to every digit of it."""
    digits = -int(Decimal(printed).as_tuple().exponent)
    return round(Fraction(value), digits) == Fraction(printed)


def values(answer: Power) -> dict[str, Any]:
    return {one.member: one.value for one in answer.members}


def test_the_security_council() -> None:
    banzhaf, shapley = found("un-sc-1966"), found("un-sc-1966", "shapley")
    assert [one.value for one in banzhaf.members] == [Fraction(106, 635)] * 5 + [
        Fraction(21, 1270)
    ] * 10
    assert {one.swings for one in banzhaf.members} == {848, 84}
    assert sum(one.swings or 0 for one in banzhaf.members) == 5080
    assert [one.value for one in shapley.members] == [Fraction(421, 2145)] * 5 + [
        Fraction(4, 2145)
    ] * 10
    assert len(banzhaf.vetoes) == 5
    assert "model" in banzhaf.model


def test_with_abstention_the_permanent_members_have_less_say() -> None:
    procedure = open_rule("un-sc-1966")
    roll = seats(procedure)
    assert roll is not None
    ternary = power(procedure, roll, abstaining=True)
    assert ternary.members[0].value == Fraction(9028, 89435)
    assert ternary.members[-1].value == Fraction(8859, 178870)


def test_the_six_of_1958() -> None:
    banzhaf = found("eec-1958", on="1958-06-01")
    assert sorted(one.value for one in banzhaf.members) == sorted(
        [Fraction(5, 21)] * 3 + [Fraction(1, 7)] * 2 + [Fraction(0)]
    )
    assert banzhaf.dummies == ("luxembourg",)
    shapley = found("eec-1958", "shapley", on="1958-06-01")
    assert sorted(one.value for one in shapley.members) == sorted(
        [Fraction(7, 30)] * 3 + [Fraction(3, 20)] * 2 + [Fraction(0)]
    )


@pytest.mark.parametrize(
    ("rule", "table", "winning"),
    [("eu-qmv-without-blocking-clause", "a", 17_715_309), ("eu-qmv", "b", 17_715_329)],
)
def test_the_council_of_27(rule: str, table: str, winning: int) -> None:
    banzhaf, shapley = found(rule), found(rule, "shapley")
    assert banzhaf.winning == shapley.winning == winning
    by_population = _by_weight(rule, banzhaf, "pop")
    shapley_by_population = _by_weight(rule, shapley, "pop")
    lines = rows("eu27.csv")
    assert len(lines) == len(banzhaf.members) == 27
    for line in lines:
        one = by_population[int(line["population"])]
        assert one.swings == int(line[f"swings_{table}"])
        assert same_digits(one.value, line[f"banzhaf_{table}"])
        other = shapley_by_population[int(line["population"])]
        assert same_digits(other.value, line[f"shapley_{table}"])


def test_the_electoral_college() -> None:
    banzhaf, shapley = found("us-electoral-college"), found("us-electoral-college", "shapley")
    by_votes = _by_weight("us-electoral-college", banzhaf, "votes")
    shapley_by_votes = _by_weight("us-electoral-college", shapley, "votes")
    lines = rows("electors.csv")
    assert {int(line["electors"]) for line in lines} == set(by_votes)
    assert len(banzhaf.members) == 51
    for line in lines:
        votes = int(line["electors"])
        assert same_digits(by_votes[votes].value, line["banzhaf"])
        assert same_digits(shapley_by_votes[votes].value, line["shapley"])


@pytest.mark.parametrize(
    ("rule", "column", "winning"),
    [
        ("imf-board-majority", "half", 8_388_605),
        ("imf-board-70", "70", 877_510),
        ("imf-board-85", "85", 11_362),
    ],
)
def test_the_board_of_the_fund(rule: str, column: str, winning: int) -> None:
    banzhaf, shapley = found(rule), found(rule, "shapley")
    assert banzhaf.winning == winning
    assert sum(one.value for one in shapley.members) == 1
    by_votes = _by_weight(rule, banzhaf, "votes")
    shapley_by_votes = _by_weight(rule, shapley, "votes")
    for line in rows("imf.csv"):
        assert same_digits(by_votes[int(line["votes"])].value, line[f"banzhaf_{column}"])
        assert same_digits(shapley_by_votes[int(line["votes"])].value, line[f"shapley_{column}"])


def test_six_coalitions_of_the_board_tie() -> None:
    """Winners and losers by more than half do not make up all coalitions: six reach just half."""
    winning = found("imf-board-majority").winning
    assert winning is not None
    assert 2**24 - 2 * winning == 6


@pytest.mark.parametrize(
    ("weights", "quota", "index", "expected"),
    [
        ((4, 3, 2, 1), 6, "banzhaf", ["5/12", "1/4", "1/4", "1/12"]),
        ((3, 2, 1, 1), 4, "shapley", ["1/2", "1/6", "1/6", "1/6"]),
        ((50, 49, 1), 51, "banzhaf", ["3/5", "1/5", "1/5"]),
    ],
)
def test_games_of_the_textbooks(
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    weights: tuple[int, ...],
    quota: int,
    index: str,
    expected: list[str],
) -> None:
    rule = tmp_path / "rule.toml"
    rule.write_text(
        'id = "weighted"\ntitle = "Weighted"\npositions = ["yes", "no"]\n'
        f'[[outcome]]\nwhen = {{ cmp = [{{ w = ["weight", "yes"] }}, ">=", {quota}] }}\n'
        'is = "adopted"\nfavourable = true\n[[outcome]]\nis = "rejected"\n'
    )
    roll = tmp_path / "roll.csv"
    lines = [f"member-{n},{weight}" for n, weight in enumerate(weights, 1)]
    roll.write_text("member,weight\n" + "\n".join(lines) + "\n")
    assert run(["power", str(rule), "--roll", str(roll), "--index", index, "--json"]) == 0
    printed = json.loads(capsys.readouterr().out)
    assert [one["value"] for one in printed["members"]] == expected
    assert printed["exact"] is True


def _by_weight(rule: str, answer: Power, attribute: str) -> Mapping[int, Any]:
    procedure = open_rule(rule)
    roll, _ = pack_roll(_pack(procedure), TODAY)
    assert roll is not None
    assert [one.member for one in answer.members] == list(game(procedure, roll).members)
    weights = {seat.name: seat.held[attribute] for seat in roll.seats}
    return {int(Fraction(str(weights[one.member]))): one for one in answer.members}


def _pack(procedure: Procedure) -> str:
    return procedure.roll.pack or procedure.body
