"""`nemcon paths`: what follows from assumptions, and from nothing else."""

import json
from pathlib import Path

import pytest

from nemcon.cli.paths import LABEL
from tests.cli.conftest import Nemcon

OPEN = {
    "ballots": [
        {"pos": "yes", "count": 4, "permanent": True},
        {"pos": "yes", "count": 4, "permanent": False},
    ]
}


@pytest.fixture
def ballots(desk: Path) -> str:
    """A file with eight votes of fifteen."""
    (desk / "open.json").write_text(json.dumps(OPEN), "utf-8")
    return "open.json"


def test_the_answer_is_labelled_with_its_assumptions(nemcon: Nemcon, ballots: str) -> None:
    done = nemcon("paths", "un-sc-1966", "--ballots", ballots, "--assume", "*=0.5", "--seed", "7")
    assert done.code == 0
    lines = done.out.splitlines()
    assert "- *: 0.5" in lines
    assert "- open members decide each for themselves" in lines
    assert "100,000 trials, 100,000 ballots, seed 7" in lines
    assert lines[-1] == LABEL
    assert [line.split("exactly ")[1] for line in lines if "exactly" in line] == [
        "1/2",
        "63/128",
        "1/128",
    ]


def test_as_json_it_is_the_same_each_time(nemcon: Nemcon, ballots: str) -> None:
    asked = ("paths", "un-sc-1966", "--ballots", ballots, "--assume", "*=0.5", "--json")
    view = json.loads(nemcon(*asked).out)
    assert view == json.loads(nemcon(*asked).out)
    assert view["consequence_of_assumptions"] is True
    assert view["assumed"] == {"*": "0.5"}
    assert (view["seed"], view["trials"]) == (1, {"done": 100_000, "asked": 100_000})
    assert sum(one["number"] for one in view["outcomes"]) == 100_000


def test_assumptions_of_a_file(nemcon: Nemcon, ballots: str, desk: Path) -> None:
    text = '"*" = "1/2"\n"permanent=true" = {yes = "0.6", no = "0.1", abstain = "0.3"}\n'
    (desk / "assumed.toml").write_text(text, "utf-8")
    done = nemcon("paths", "un-sc-1966", "--ballots", ballots, "--assume", "assumed.toml", "--json")
    shares = {one["outcome"]: one["exact"] for one in json.loads(done.out)["outcomes"]}
    assert shares["not adopted (veto)"] == "63/640"


def test_rounds(nemcon: Nemcon, desk: Path) -> None:
    table = {"rounds": [{"Tokyo": 42, "Istanbul": 27, "Madrid": 25}]}
    (desk / "rounds.json").write_text(json.dumps(table), "utf-8")
    weights = [word for who in ("Tokyo", "Istanbul", "Madrid") for word in ("--assume", f"{who}=1")]
    done = nemcon(
        *("paths", "ioc-host-2013", "--ballots", "rounds.json", "--assume", "voters=96"),
        *(*weights, "--json"),
    )
    assert done.code == 0, done.err
    assert {one["outcome"] for one in json.loads(done.out)["outcomes"]} == {"Tokyo", "Istanbul"}


@pytest.mark.parametrize(
    ("more", "told"),
    [
        ((), "nothing is taken for granted; say how likely each open member is"),
        (("--assume", "*=1.5"), "write a number from 0 to 1"),
        (("--assume", "*=maybe"), "write a number from 0"),
        (("--assume", "*=yes:0.5,noo:0.5"), "'noo' is no position of this rule; did you mean 'no'"),
        (("--assume", "zz"), "'zz' assumes nothing"),
        (("--assume", "zz=0.5", "--assume", "*=0.5"), "something is assumed of 'zz'"),
        (("--assume", "*=0.5", "--trials", "0"), "--trials 0: write a number from 1"),
        (("--assume", "*=0.5", "--seed", "-1"), "--seed -1: write a number from 0"),
        (("--assume", "none.toml"), "none.toml"),
    ],
)
def test_what_is_not_enough_is_told(
    nemcon: Nemcon, ballots: str, more: tuple[str, ...], told: str
) -> None:
    done = nemcon("paths", "un-sc-1966", "--ballots", ballots, *more)
    assert (done.code, done.out) == (2, "")
    assert told in done.err


def test_without_ballots_there_is_nothing_outstanding(nemcon: Nemcon) -> None:
    done = nemcon("paths", "un-sc-1966", "--assume", "*=0.5")
    assert done.code == 2
    assert "--ballots is missing" in done.err
