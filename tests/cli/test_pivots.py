"""`nemcon pivots`: of a record, and of ballots."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import CHAIN, FIRST, SECOND, Nemcon, golden

RUTTE = "mark-rutte"


def asked(nemcon: Nemcon, *arguments: str) -> dict[str, Any]:
    """The view as JSON."""
    done = nemcon("pivots", *arguments, "--json")
    assert done.code == 0, done.err
    view: dict[str, Any] = json.loads(done.out)
    return view


def of(view: dict[str, Any], candidate: str) -> dict[str, Any]:
    """The part about one candidate."""
    (one,) = (one for one in view["candidates"] if one["candidate"] == candidate)
    found: dict[str, Any] = one
    return found


@pytest.mark.usefixtures("desk")
class TestTheModelCase:
    def test_the_last_member_alone_can_make_it_met(self, nemcon: Nemcon) -> None:
        one = of(asked(nemcon, FIRST, SECOND, CHAIN, "--on", "2024-06-18"), RUTTE)
        assert one["to_met"]["members"] == 1
        assert one["to_met"]["exact"] is True
        assert [(c["any_of"], c["to"]) for c in one["to_met"]["example"]] == [
            (["romania"], "support")
        ]
        assert one["to_not_met"] == {"members": 0, "exact": True, "example": []}
        turns = {(*t["any_of"], t["to"], t["verdict"]) for t in one["turned_by"]}
        assert turns == {("romania", "support", "met")}

    def test_every_member_can_block_what_all_agree_on(self, nemcon: Nemcon) -> None:
        one = of(asked(nemcon, FIRST), RUTTE)
        (who,) = {tuple(t["any_of"]) for t in one["turned_by"]}
        assert len(who) == 32
        assert {t["verdict"] for t in one["turned_by"]} == {"not met"}
        assert one["to_not_met"]["members"] == 1

    def test_where_nothing_is_known_all_have_to_speak(self, nemcon: Nemcon) -> None:
        one = of(asked(nemcon, FIRST, "--on", "2024-06-18"), RUTTE)
        assert (one["to_met"]["members"], one["to_met"]["exact"]) == (32, True)

    def test_what_pivots_say_is_what_happens_if(self, nemcon: Nemcon) -> None:
        arguments = (FIRST, SECOND, CHAIN, "--on", "2024-06-18")
        one = of(asked(nemcon, *arguments), RUTTE)
        (change,) = one["to_met"]["example"]
        wanted = f"{change['any_of'][0]}={change['to']}:{RUTTE}"
        done = nemcon("whatif", *arguments, "--if", wanted, "--json")
        assert json.loads(done.out)["scenarios"][0]["verdict"] == "met"

    def test_as_text(self, nemcon: Nemcon) -> None:
        done = nemcon("pivots", FIRST, SECOND, CHAIN, "--on", "2024-06-18")
        assert done.code == 0
        golden("pivots-chain.txt", done.out)


BALLOTS = {
    "ballots": [
        {"pos": "yes", "count": 8, "permanent": False},
        {"pos": "abstain", "count": 2, "permanent": False},
        {"pos": "yes", "count": 4, "permanent": True},
        {"pos": "no", "count": 1, "permanent": True},
    ]
}


def ballots(desk: Path, data: Any) -> str:
    """A file with ballots."""
    (desk / "ballots.json").write_text(json.dumps(data), "utf-8")
    return "ballots.json"


def test_a_veto_is_one_change_away(nemcon: Nemcon, desk: Path) -> None:
    view = asked(nemcon, "un-sc-1966", "--ballots", ballots(desk, BALLOTS))
    (one,) = view["parts"]
    assert (view["verdict"], one["to_met"]["members"], one["to_met"]["exact"]) == (
        "not met",
        1,
        True,
    )
    assert {(t["to"], t["verdict"]) for t in one["turned_by"]} == {
        ("yes", "met"),
        ("abstain", "met"),
        ("silent", "met"),
    }


def test_of_rounds_it_tells_who_may_still_win(nemcon: Nemcon, desk: Path) -> None:
    file = ballots(desk, {"rounds": [{"A": 5, "B": 4, "C": 3, "_": {"outstanding": 3}}]})
    done = nemcon("pivots", "ioc-host-2013", "--ballots", file)
    assert done.code == 0, done.err
    assert "Could still win: A, B and C\n" in done.out


@pytest.mark.parametrize(
    ("rounds", "race"),
    [
        (
            [{"A": 40, "B": 30, "C": 26}],
            {"won": [], "could_win": ["A", "B"], "out": [{"candidate": "C", "ballot": 1}]},
        ),
        (
            [{"A": 40, "B": 30, "C": 26}, {"A": 40, "B": 36}],
            {
                "won": ["A"],
                "could_win": [],
                "out": [{"candidate": "B", "ballot": None}, {"candidate": "C", "ballot": 1}],
            },
        ),
    ],
)
def test_who_is_out_is_told_with_the_ballot(
    nemcon: Nemcon, desk: Path, rounds: Any, race: Any
) -> None:
    view = asked(nemcon, "ioc-host-2013", "--ballots", ballots(desk, {"rounds": rounds}))
    assert view["rounds"] == race


def test_options_of_ballots_need_ballots(nemcon: Nemcon, desk: Path) -> None:
    done = nemcon("pivots", FIRST, "--closed")
    assert (done.code, done.out) == (2, "")
    assert "go with --ballots" in done.err
