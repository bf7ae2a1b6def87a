"""Votes of Debian: every published matrix, winner and dropped option; the constitution's words."""

import json
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from nemcon.rules.choose import decide_choice
from nemcon.rules.ranked import RankingError, pairwise, schwartz_set, sequential_dropping
from nemcon.when import When
from tests.rules import naive_ranked
from tests.rules.expected import agrees
from tests.rules.library import choice, chosen, codes, procedure

CASES = procedure("debian-a6").cases


@pytest.mark.parametrize("case", CASES, ids=[case.title for case in CASES])
def test_cases_of_the_library(case):
    assert agrees(chosen("debian-a6", dict(case.ballots), case.date), case.expected)


def test_all_published_votes(shared: Path):
    votes = json.loads((shared / "cases/debian_2004_2009.json").read_text("utf-8"))["votes"]
    assert len(votes) == 20
    assert sum(sum(vote["ballots"].values()) for vote in votes) == 7058
    for vote in votes:
        names = [str(number) for number in range(1, vote["options"] + 1)]
        result = chosen("debian-a6", vote, vote["id"].split("-")[1])
        assert result.outcome == vote["winner_published"], vote["id"]
        assert result.more["dropped"] == vote["dropped_by_majority"], vote["id"]
        assert result.findings == ()
        for name, row in vote["pairwise_published"].items():
            others = [other for other in names if other != name]
            assert [result.more["pairwise"][name][other] for other in others] == row, vote["id"]


def test_shared_case_of_the_technical_committee(shared: Path):
    cases = json.loads((shared / "cases/cases.json").read_text("utf-8"))["cases"]
    (case,) = (case for case in cases if case["procedure"] == "debian-a6")
    open_ = chosen("debian-a6", case)
    assert open_.outcome is None
    assert open_.more["schwartz_set"] == case["expected"]["schwartz_set"]
    assert open_.possible == ("M", "H")
    assert codes(open_) == ["quorum-not-checked", "tie-open"]
    decided = chosen("debian-a6", case, casting_vote="M", quorum="2")
    assert (decided.outcome, decided.verdict) == ("M", "met")
    assert decided.more["casting_vote"] == case["expected"]["casting_vote"]
    assert chosen("debian-a6", case, casting_vote="W").outcome is None


# Quorum and majority: at equality, and one vote to either side


def ballots(better: int, worse: int) -> dict:
    return {"options": ["A", "none"], "rankings": {"12": better, "21": worse}}


@pytest.mark.parametrize(("votes", "passes"), [(44, False), (45, True), (46, True)])
def test_the_quorum_is_a_root_and_compared_as_a_square(votes, passes):
    """Of 900 developers the quorum is 3 * 30 / 2 = 45 exactly."""
    result = chosen("debian-a6", ballots(votes, 1), developers="900")
    assert (result.outcome == "A") is passes
    assert (result.verdict == "met") is passes
    text = {44: "1936 >= 2025", 45: "2025 >= 2025", 46: "2116 >= 2025"}[votes]
    assert result.arithmetic[0].text == text


def test_a_quorum_that_is_no_whole_number():
    """Of 901 developers it is 45.02...: 45 are not enough."""
    assert chosen("debian-a6", ballots(45, 1), developers=901).outcome == "none"
    assert chosen("debian-a6", ballots(46, 1), developers=901).outcome == "A"


@pytest.mark.parametrize(
    ("better", "on", "outcome", "possible"),
    [
        (299, "2019", "none", ("none",)),
        (300, "2019", "A", ("A",)),
        (301, "2019", "A", ("A",)),
        (300, "2004-06", "none", ("none",)),
        (301, "2004-06", "A", ("A",)),
        (300, "2005", None, ("none", "A")),
        (301, "2005", "A", ("A",)),
        (299, "2005", "none", ("none",)),
    ],
)
def test_three_to_one_by_date(better, on, outcome, possible):
    result = chosen("debian-a6", ballots(better, 100), on, majority="3", quorum="2")
    assert (result.outcome, set(result.possible)) == (outcome, set(possible))


@pytest.mark.parametrize(("better", "outcome"), [(99, "none"), (100, "none"), (101, "A")])
def test_one_to_one_must_be_exceeded(better, outcome):
    assert chosen("debian-a6", ballots(better, 100), "2019", quorum="2").outcome == outcome


def test_the_default_option_is_never_dropped():
    result = chosen("debian-a6", ballots(0, 1), developers=1000)
    assert (result.outcome, result.verdict, result.more["dropped"]) == ("none", "not met", ["A"])


def test_without_the_size_the_quorum_is_not_checked():
    result = chosen("debian-a6", ballots(1, 0), "2019")
    assert (result.outcome, result.verdict) == ("A", "cannot tell")
    assert codes(result) == ["quorum-not-checked"]


# Ballots that are outstanding


def test_outstanding_ballots():
    vote = {**ballots(60, 40), "quorum": 45, "outstanding": 19}
    assert (chosen("debian-a6", vote).outcome, chosen("debian-a6", vote).verdict) == ("A", "met")
    open_ = chosen("debian-a6", {**vote, "outstanding": 20})
    assert (open_.outcome, open_.possible) == (None, ("A", "none"))
    assert chosen("debian-a6", {**vote, "outstanding": 19, "majority": 2}).outcome is None
    assert chosen("debian-a6", {**vote, "outstanding": 1, "quorum": 61}).outcome is None
    lost = {**ballots(40, 60), "quorum": 2, "outstanding": 19}
    assert (chosen("debian-a6", lost).outcome, chosen("debian-a6", lost).verdict) == (
        "none",
        "not met",
    )


@given(
    st.lists(st.sampled_from(["123", "132", "213", "231", "312", "321", "1--", "112"]), max_size=6),
    st.integers(0, 2),
    st.integers(0, 3),
)
def test_an_outcome_before_all_ballots_are_in_stands(cast, outstanding, quorum):
    vote = {"options": 3, "quorum": quorum, "majority": {"1": 2}}
    result = chosen("debian-a6", {**vote, "rankings": cast, "outstanding": outstanding}, "2019")
    kinds = ["123", "132", "213", "231", "312", "321", "111"]
    rest = [[]] if outstanding == 0 else [[kind] for kind in kinds]
    rest = rest if outstanding < 2 else [[*one, kind] for one in rest for kind in kinds]
    if result.outcome is not None:
        for more in rest:
            whole = chosen("debian-a6", {**vote, "rankings": [*cast, *more]}, "2019")
            assert whole.outcome == result.outcome, more


# Rankings

RANKS = st.integers(2, 5).flatmap(
    lambda n: st.lists(st.text("12345-", min_size=n, max_size=n), min_size=1, max_size=9)
)


@given(RANKS)
@example(["12", "1-", "-1", "--", "21"])
def test_the_matrix_is_that_of_the_oracle(cast):
    size = len(cast[0])
    found = pairwise(cast, size)
    naive = naive_ranked.matrix(cast, size)
    assert {(i, j): found[i][j] for i, j in naive} == naive
    counted = {ballot: cast.count(ballot) for ballot in cast}
    assert pairwise(counted, size) == found
    lists = [[None if mark == "-" else int(mark) for mark in ballot] for ballot in cast]
    assert pairwise(lists, size) == found


def test_a_ballot_may_be_cast_very_often():
    assert pairwise({"12": 2**40 + 1, "21": 5}, 2) == [[0, 2**40 + 1], [5, 0]]
    assert pairwise({"12": 0}, 2) == pairwise({}, 2) == [[0, 0], [0, 0]]


def test_many_alike_are_counted_first_and_give_the_same():
    many = ["123", "3-1", "123", "21-"] * 400
    assert pairwise(many, 3) == pairwise({"123": 800, "3-1": 400, "21-": 400}, 3)
    with pytest.raises(RankingError, match="ballot 1601, '12'"):
        pairwise([*many, "12"], 3)


def test_ranks_beyond_nine():
    ballot = "123456789abc"
    matrix = pairwise([ballot, ballot.upper()], 12)
    assert all(matrix[i][j] == (2 if i < j else 0) for i in range(12) for j in range(12))


@pytest.mark.parametrize(
    ("cast", "says"),
    [
        (["12", "123"], "ballot 2, '123', has 3 ranks for 2 options"),
        (["12", "1x!"[:2], "1!"], "ballot 3, '1!': '!' is no rank"),
        (["10"], "'0' is no rank"),
        ([[1]], "does not rank 2 options"),
        ([[1, 0]], "a rank is a whole number from 1 on"),
        ([[1, True]], "a rank is a whole number from 1 on"),
        ([12], "does not rank 2 options"),
        ({"12": -1}, "-1 is no number of ballots"),
        ({"12": 1.5}, "1.5 is no number of ballots"),
    ],
)
def test_a_ballot_that_is_no_ranking(cast, says):
    with pytest.raises(RankingError) as error:
        pairwise(cast, 2)
    assert says in str(error.value)
    result = chosen("debian-a6", {"options": 2, "rankings": cast})
    assert [one.severity for one in result.findings] == ["error"]


@given(RANKS)
@example(["1234", "1234", "2341", "3412", "4123"])
def test_who_is_left_is_who_the_oracle_leaves(cast):
    size = len(cast[0])
    left = sequential_dropping(pairwise(cast, size), range(size))
    assert set(left) == naive_ranked.left(cast, size)


@given(RANKS, st.integers(0, 4), st.sampled_from(["1", "2", "3/2", "3"]))
def test_a_whole_vote_is_that_of_the_oracle(cast, quorum, times):
    size = len(cast[0])
    vote = {"options": size, "rankings": cast, "quorum": quorum, "majority": times}
    result = chosen("debian-a6", vote, "2019")
    expected = {str(x + 1) for x in naive_ranked.decide(cast, size, quorum, Fraction(times))}
    assert set(result.more["schwartz_set"]) == expected
    assert set(result.possible) == expected
    assert (result.outcome in expected) if len(expected) == 1 else (result.outcome is None)


@given(
    st.integers(1, 5).flatmap(lambda n: st.lists(st.integers(0, 2**n - 1), min_size=n, max_size=n))
)
def test_the_schwartz_set_by_both_definitions(beats):
    size = len(beats)
    defeats = {(x, y) for x in range(size) for y in range(size) if x < y and beats[x] >> y & 1}
    defeats |= {
        (y, x)
        for x in range(size)
        for y in range(x + 1, size)
        if (x, y) not in defeats and beats[y] & 1
    }
    table = {x: sum(1 << y for a, y in defeats if a == x) for x in range(size)}
    assert set(schwartz_set(range(size), table)) == naive_ranked.innermost(
        list(range(size)), defeats
    )


def test_all_equally_weak_defeats_go_together():
    """A ring of three with 5:4 each: dropping one after another would favour somebody."""
    cast = ["123"] * 3 + ["312"] * 3 + ["231"] * 3
    assert sequential_dropping(pairwise(cast, 3), range(3)) == [0, 1, 2]


# Reading


def test_without_a_default_option():
    rule = choice('method = "condorcet-schwartz"\ndefault_option = "none"\ntie = "lot"')
    cast = {"options": ["A", "B", "C"], "rankings": ["123", "213", "132"]}
    assert decide_choice(rule, cast).outcome == "A"
    level = {"options": ["A", "B"], "rankings": ["12", "21"]}
    assert decide_choice(rule, level).possible == ("A", "B")
    assert decide_choice(rule, level, {"lot": "b"}, When.parse("2020")).outcome == "B"


@pytest.mark.parametrize(
    ("vote", "says"),
    [
        ({}, "no ballots"),
        ({"options": "A A", "rankings": ["12"]}, "twice"),
        ({"options": 2.5, "rankings": ["12"]}, "'options' is 2.5"),
        ({"options": 2, "rankings": ["12"], "default_option": 3}, "the default option 3"),
        ({"options": 2, "rankings": ["12"], "quorum": "many"}, "'quorum' is 'many'"),
        ({"options": 2, "rankings": ["12"], "majority": "1/2"}, "'majority' of option 1"),
        ({"options": 2, "rankings": ["12"], "outstanding": -1}, "'outstanding' is -1"),
    ],
)
def test_ballots_that_cannot_be_read(vote, says):
    result = chosen("debian-a6", vote)
    assert codes(result) == ["ballots-unreadable"]
    assert says in result.findings[0].message
