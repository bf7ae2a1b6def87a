"""Imagined ballots: exact where all can be listed, and every path is one that the rule allows."""

from collections import Counter
from collections.abc import Mapping
from fractions import Fraction
from itertools import product
from typing import Any

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from nemcon import library
from nemcon.access.packs import procedure
from nemcon.analysis.assumed import groups, read_settings, voters
from nemcon.analysis.columns import Like
from nemcon.analysis.game import GameError
from nemcon.analysis.paths import CHUNK, NOTHING_APPLIES, Group, OpenBallot, Paths, PathsError, run
from nemcon.analysis.paths_rounds import (
    STILL_OPEN,
    Independent,
    Integers,
    Race,
    Ranked,
    Rounded,
)
from nemcon.rules.algebra import as_attributes
from nemcon.rules.phases import Rounds, read_rounds
from nemcon.rules.place import Place
from nemcon.rules.procedure import Procedure, read_procedure
from nemcon.rules.rounds import ANOTHER, decide_rounds
from tests.rules import brute
from tests.rules.strategies import attributes, rules

HALF = Fraction(1, 2)


def generator(seed: int = 1) -> np.random.Generator:
    """The generator that the command uses."""
    return np.random.Generator(np.random.PCG64(seed))


# One ballot


@given(
    rules(),
    st.lists(attributes(), min_size=1, max_size=3),
    st.lists(st.integers(1, 4), min_size=2, max_size=3),
)
def test_the_exact_shares_are_those_of_every_case(
    rule: dict[str, Any], drawn: list[dict[str, Any]], weights: list[int]
) -> None:
    positions = rule["positions"][: len(weights)]
    total = sum(weights)
    chances = tuple(
        (position, Fraction(weight, total))
        for position, weight in zip(positions, weights, strict=True)
    )
    members = [
        Like((str(n),), 1, tuple(positions), as_attributes(more)) for n, more in enumerate(drawn)
    ]
    try:
        imagined = OpenBallot(
            read_procedure(rule), members, [Group(n, 1, chances) for n in range(len(members))]
        )
    except GameError:
        assume(False)
    expected: Counter[str] = Counter()
    for chosen in product(chances, repeat=len(drawn)):
        people = [(position, more) for (position, _), more in zip(chosen, drawn, strict=True)]
        share = Fraction(1)
        for _, chance in chosen:
            share *= chance
        expected[brute.outcome(rule, people) or NOTHING_APPLIES] += share  # type: ignore[assignment]
    assert dict(imagined.exact()) == dict(expected)
    found = run(imagined, 2_000, generator())
    for one in found.estimates:
        assert one.exact is not None
        assert abs(one.share - float(one.exact)) <= 6 * max(one.error, 1 / 2_000)


def council() -> OpenBallot:
    """Eight in favour of fifteen, seven open."""
    members = [
        Like((), 8, ("yes",), {}),
        Like((), 7, ("yes", "no"), {}),
    ]
    rule = {
        "id": "r",
        "positions": ["yes", "no"],
        "outcome": [
            {"when": {"cmp": [{"n": "yes"}, ">=", 9]}, "is": "adopted", "favourable": True},
            {"is": "not adopted"},
        ],
    }
    return OpenBallot(read_procedure(rule), members, [Group(1, 7, (("yes", HALF), ("no", HALF)))])


def test_weights_near_the_limit_of_64_bits_stay_exact() -> None:
    """Added in 64 bits the votes in favour would turn negative."""
    weights = (2**62 + 1, 2**62, 2**62, 5)
    members = [Like((str(w),), 1, ("yes", "no"), as_attributes({"w": w})) for w in weights]
    half = {"mul": ["1/2", {"w": ["w", "all"]}]}
    rule = {
        "id": "r",
        "positions": ["yes", "no"],
        "outcome": [
            {"when": {"cmp": [{"w": ["w", "yes"]}, ">", half]}, "is": "so", "favourable": True},
            {"is": "not"},
        ],
    }
    chances = (("yes", HALF), ("no", HALF))
    imagined = OpenBallot(read_procedure(rule), members, [Group(n, 1, chances) for n in range(4)])
    won = sum(
        2 * sum(w for w, yes in zip(weights, votes, strict=True) if yes) > sum(weights)
        for votes in product([True, False], repeat=4)
    )
    assert imagined.exact() == {"so": Fraction(won, 16), "not": Fraction(16 - won, 16)}


def test_the_same_seed_gives_the_same_numbers() -> None:
    one, same, other = (run(council(), 30_000, generator(seed)) for seed in (1, 1, 2))
    assert one == same
    assert one != other
    assert (one.done, one.asked, one.ballots) == (30_000, 30_000, 30_000)
    assert council().exact() == {"adopted": Fraction(127, 128), "not adopted": Fraction(1, 128)}


def test_what_is_there_counts_where_it_is_stopped() -> None:
    def stop(done: int) -> None:
        if done:
            raise KeyboardInterrupt

    found = run(council(), 10 * CHUNK, generator(), stop)
    assert (found.done, found.asked) == (CHUNK, 10 * CHUNK)
    assert sum(one.number for one in found.estimates) == CHUNK


# Rounds


class Told(Independent):
    """The same voters, with the votes of each trial written down."""

    told: dict[int, list[tuple[Race, tuple[int, ...]]]]

    def votes(self, race: Race, rows: Integers, generator: np.random.Generator) -> Integers:
        """Draw, and write down."""
        found = super().votes(race, rows, generator)
        for row, votes in zip(rows, found, strict=True):
            self.told.setdefault(int(row), []).append((race, tuple(map(int, votes))))
        return found


class OneByOne(Rounded):
    """Rounds that tell how each trial ended."""

    ends: dict[int, str]

    def _ballot(self, stand: Any, rows: Any, generator: Any) -> Any:
        for after, some in super()._ballot(stand, rows, generator):
            if isinstance(after, str):
                self.ends.update({int(row): after for row in some})
            yield after, some


def rounds_of(found: Procedure) -> Rounds:
    """The rounds of a procedure."""
    return read_rounds(found.rounds, Place(found.id) / "rounds")


WITH_ROUNDS = [
    name
    for name in library.procedure_ids()
    if (found := procedure(name)) is not None and found.rounds is not None
]


@pytest.mark.parametrize("name", WITH_ROUNDS)
@pytest.mark.parametrize("number", [4, 31])
def test_every_path_is_one_that_the_rule_allows(name: str, number: int) -> None:
    found = procedure(name)
    assert found is not None
    rounds = rounds_of(found)
    names = ("A", "B", "C", "D")
    weights = [Fraction(n) for n in (4, 3, 3, 2)] + [HALF]
    params = {phase.threshold.param: number for phase in rounds.phases if phase.threshold.param}
    if rounds.seats != 1 or any(phase.points for phase in rounds.phases):
        with pytest.raises(PathsError, match="cannot be imagined yet"):
            Rounded(rounds, names, Independent(number, weights))
        return
    imagined = OneByOne(rounds, names, Told(number, weights), params=params)
    imagined.ends = {}
    told = imagined.voters
    assert isinstance(told, Told)
    told.told = {}
    imagined.trials(300, generator())
    decided = 0
    for row, ballots in told.told.items():
        held = [
            {
                **{names[who]: votes for who, votes in zip(race, cast, strict=False)},
                "_": {"abstain": cast[-1], "voters": number, "eligible": number, "members": number},
            }
            for race, cast in ballots
        ]
        theirs = decide_rounds(rounds, {"rounds": held, "candidates": list(names)}, params)
        assert [f for f in theirs.findings if f.severity == "error"] == []
        mine = imagined.ends.get(row, STILL_OPEN)
        if mine == STILL_OPEN:
            continue
        assert mine in theirs.possible or ANOTHER in theirs.possible
        if theirs.outcome is not None:
            assert theirs.outcome == mine
            decided += 1
    assert decided > 50 or number == 4


def test_rankings_are_kept_from_ballot_to_ballot() -> None:
    """Who is last falls out, and its voters go on to their second: nothing else is drawn."""
    runoff = read_procedure(
        {
            "id": "r",
            "rounds": {
                "tie": "lot",
                "phase": [
                    {
                        "name": "all",
                        "threshold": {"of": "valid", "share": "1/2", "strict": True},
                        "eliminate": "lowest",
                    }
                ],
            },
        }
    )
    table = {
        "voters": 5,
        "ranking": [{"order": ["A", "C"], "chance": 1}],
    }
    chosen, names = voters(table, ("A", "B", "C"))
    found = run(Rounded(rounds_of(runoff), names, chosen), 50, generator())
    assert [(one.outcome, one.number) for one in found.estimates] == [("A", 50)]
    ranked = Ranked(1, [(1, 0), (0,)], [HALF, HALF])
    found = run(Rounded(rounds_of(runoff), ("A", "B"), ranked), 20_000, generator())
    shares = {one.outcome: one.share for one in found.estimates}
    assert abs(shares["B"] - 0.5) < 0.02


def exactly(chances: list[Fraction], number: int) -> dict[str, Fraction]:
    """Who wins a run-off under `ioc-host-2013`, by listing every vote of every voter."""
    shares: dict[str, Fraction] = {}

    def go(race: tuple[int, ...], share: Fraction) -> None:
        total = sum(chances[n] for n in race)
        repeated = Fraction(0)
        for votes in product(race, repeat=number):
            chance = share
            for vote in votes:
                chance *= chances[vote] / total
            counts = Counter(votes)
            top = max(counts.values())
            if 2 * top > number:
                name = "ABC"[counts.most_common(1)[0][0]]
                shares[name] = shares.get(name, Fraction(0)) + chance
                continue
            low = min(counts[n] for n in race)
            last = [n for n in race if counts[n] == low]
            for out in last:
                left = tuple(n for n in race if n != out)
                if len(left) == 1:
                    name = "ABC"[left[0]]
                    shares[name] = shares.get(name, Fraction(0)) + chance / len(last)
                else:
                    go(left, chance / len(last))
        assert not repeated

    go((0, 1, 2), Fraction(1))
    return shares


def test_rounds_come_near_what_listing_every_vote_gives() -> None:
    found = procedure("ioc-host-2013")
    assert found is not None
    weights = [Fraction(5), Fraction(4), Fraction(2), Fraction(0)]
    imagined = Rounded(rounds_of(found), ("A", "B", "C"), Independent(5, weights))
    estimates = run(imagined, 100_000, generator()).estimates
    total = sum(weights)
    expected = exactly([w / total for w in weights[:3]], 5)
    assert {one.outcome for one in estimates} == set(expected)
    for one in estimates:
        assert abs(one.share - float(expected[one.outcome])) < 5 * one.error


def test_ballots_that_were_held_are_where_it_begins() -> None:
    found = procedure("ioc-host-2013")
    assert found is not None
    held: list[Mapping[str, int]] = [{"A": 3, "B": 2, "C": 1}]
    imagined = Rounded(
        rounds_of(found), ("A", "B", "C"), Independent(6, [Fraction(1)] * 3 + [Fraction(0)]), held
    )
    result: Paths = run(imagined, 2_000, generator())
    assert {one.outcome for one in result.estimates} == {"A", "B"}


# Assumptions


def test_nothing_is_taken_for_granted() -> None:
    council_rule = read_procedure(
        {"id": "r", "positions": ["yes", "no"], "outcome": [{"when": {"none": "no"}, "is": "a"}]}
    )
    members = [Like(("ana", "bo"), 2, ("yes", "no"), {"permanent": True})]
    with pytest.raises(PathsError, match=r"nothing is assumed of ana and bo.*--assume"):
        groups(council_rule, members, {})
    with pytest.raises(PathsError, match="of bo"):
        groups(council_rule, members, {"ana": "0.5"})
    with pytest.raises(PathsError, match="did you mean 'ana'"):
        groups(council_rule, members, {"anna": "0.5", "*": "0.5"})
    with pytest.raises(PathsError, match="add up to 4/5"):
        groups(council_rule, members, {"*": {"yes": "0.5", "no": "0.3"}})
    found = groups(council_rule, members, read_settings(["ana=2/3", "permanent=true=0.9"]))
    assert found == [
        Group(0, 1, (("yes", Fraction(2, 3)), ("no", Fraction(1, 3)))),
        Group(0, 1, (("yes", Fraction(9, 10)), ("no", Fraction(1, 10)))),
    ]
    with pytest.raises(PathsError, match="voters=96"):
        voters({}, ())
    with pytest.raises(PathsError, match="no weight is given for B"):
        voters({"voters": 3, "A": 1}, ("A", "B"))
