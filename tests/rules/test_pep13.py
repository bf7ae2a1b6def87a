"""Elections of Python's Steering Council."""

import csv
from collections import defaultdict
from pathlib import Path

import pytest

from tests.rules.expected import agrees
from tests.rules.library import chosen, codes, procedure

CASES = procedure("pep13-council").cases


@pytest.mark.parametrize("case", CASES, ids=[case.title for case in CASES])
def test_cases_of_the_library(case):
    result = chosen("pep13-council", dict(case.ballots))
    assert agrees(result, case.expected)
    checked = "limit_kept" in case.ballots or "candidates" in case.ballots
    assert result.verdict == ("met" if checked else "cannot tell")


def test_five_elections_are_here():
    assert [case.cite[:8] for case in CASES if case.date] == [
        f"PEP 810{number}" for number in range(5)
    ]


def test_all_published_elections(shared: Path):
    votes: dict[str, dict[str, int]] = defaultdict(dict)
    elected = defaultdict(list)
    with (shared / "data/python_steering_council_results.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            votes[row["pep"]][row["candidate"]] = int(row["votes_or_stars"])
            if row["elected"] == "True":
                elected[row["pep"]].append(row["candidate"])
    assert len(votes) == 5
    for pep, found in votes.items():
        assert chosen("pep13-council", {"approvals": found}).outcome == elected[pep]


def council(*employers: str, votes: list[int] | None = None) -> dict:
    names = "ABCDEFGH"[: len(employers)]
    counts = votes or range(50, 50 - len(employers), -1)
    return {
        "approvals": dict(zip(names, counts, strict=True)),
        "candidates": {who: {"employer": name} for who, name in zip(names, employers, strict=True)},
    }


@pytest.mark.parametrize(
    ("employers", "elected"),
    [
        ("xyzuv", "ABCDE"),
        ("xxyyz", "ABCDE"),
        ("xxyyzx", "ABCDE"),
        ("xxxyzu", "ABDEF"),
        ("xxxyyy", "ABDE"),
        ("xxxxyzu", "ABEFG"),
        ("yxxxyzu", "ABCEF"),
        ("xxxyyyzu", "ABDEG"),
    ],
)
def test_no_more_than_two_of_one_employer(employers, elected):
    result = chosen("pep13-council", council(*employers))
    assert result.outcome == list(elected)
    passed = [
        who for who in "ABCDEFGH"[: len(employers)] if who < elected[-1] and who not in elected
    ]
    assert all(f"{who}" in "".join(result.notes) for who in passed)
    assert ("seats-left" in codes(result)) is (len(elected) < 5)


def test_a_tie_for_the_last_seat():
    vote = {"approvals": {"A": 9, "B": 8, "C": 7, "D": 6, "E": 5, "F": 5}, "limit_kept": True}
    result = chosen("pep13-council", vote)
    assert (result.outcome, result.verdict) == (None, "cannot tell")
    assert result.certain == ("A", "B", "C", "D")
    assert set(result.possible) == set("ABCDEF")
    assert "--param agreement=NAME or --param lot=NAME" in result.findings[0].message
    drawn = chosen("pep13-council", vote, lot="F")
    assert (drawn.outcome, drawn.verdict) == (["A", "B", "C", "D", "F"], "met")
    assert chosen("pep13-council", vote, agreement="e").outcome == ["A", "B", "C", "D", "E"]
    assert chosen("pep13-council", vote, lot="A").outcome is None


def test_a_tie_above_the_cut_decides_nothing():
    vote = {"approvals": {"A": 9, "B": 9, "C": 7, "D": 6, "E": 5, "F": 4}, "limit_kept": True}
    assert chosen("pep13-council", vote).outcome == list("ABCDE")


def test_a_tie_above_the_cut_may_decide_who_is_passed_over():
    vote = council("x", "x", "x", "y", "z", "u", votes=[9, 9, 9, 5, 4, 3])
    result = chosen("pep13-council", vote)
    assert (result.outcome, result.certain) == (None, ("D", "E", "F"))
    assert chosen("pep13-council", vote, lot="C,A").outcome == ["C", "A", "D", "E", "F"]


def test_an_employer_that_is_not_told():
    vote = council("x", "y", "z", "u", "v", "w")
    del vote["candidates"]["C"]["employer"]
    result = chosen("pep13-council", vote)
    assert (result.outcome, result.verdict) == (list("ABCDE"), "cannot tell")
    assert codes(result) == ["limit-not-checked"]
    assert "not told of C" in result.findings[0].message
