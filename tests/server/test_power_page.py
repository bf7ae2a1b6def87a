"""Who has how much say, on the page of a rule."""

from __future__ import annotations

import csv
import json
import random
from fractions import Fraction
from io import StringIO
from pathlib import Path

import altair
import pytest

from nemcon.access.packs import procedure
from nemcon.analysis.game import GameError
from nemcon.cli.app import run
from nemcon.library import procedure_ids
from nemcon.rules.algebra import as_attributes
from nemcon.rules.procedure import read_procedure
from nemcon.rules.roll import Roll, Seat
from nemcon.server import power
from nemcon.views.power import TooSlowError, power_view
from tests.server.conftest import COOP, FIRST, Answer, Serve

COUNCIL = "/rules/eu-qmv/"


def rows(answer: Answer) -> list[list[str]]:
    return list(csv.reader(StringIO(answer.html, newline="")))


def command(capsys: pytest.CaptureFixture[str], *arguments: str) -> dict[str, tuple[int, str]]:
    """What the command line counts: swings and value of each member."""
    assert run(["power", *arguments, "--json"]) == 0
    printed = json.loads(capsys.readouterr().out)
    return {one["member"]: (one["swings"], one["value"]) for one in printed["members"]}


def test_both_indices_are_those_of_the_command_line(
    serve: Serve, capsys: pytest.CaptureFixture[str]
) -> None:
    found = rows(serve(FIRST)(f"{COUNCIL}power.csv?on=2024-06-17"))
    head, *lines = found
    assert head == [
        *("member", "name", "swings", "banzhaf", "banzhaf exact", "shapley", "shapley exact"),
        "share of the population",
    ]
    day = ("eu-qmv", "--on", "2024-06-17")
    banzhaf, shapley = command(capsys, *day), command(capsys, *day, "--index", "shapley")
    assert {line[0]: (int(line[2]), line[4]) for line in lines} == banzhaf
    assert {line[0]: line[6] for line in lines} == {k: v for k, (_n, v) in shapley.items()}
    assert lines[0][:2] == ["germany", "Germany"]
    assert sum(Fraction(line[7]) for line in lines) == pytest.approx(1, abs=1e-6)


def test_the_section_says_how_it_was_counted(serve: Serve) -> None:
    html = serve(FIRST)(f"{COUNCIL}?on=2024-06-17").html
    for text in (
        "27 members: the pack eu on 2024-06-17",
        "meet in the middle over coalitions",
        "each member votes yes or no",
        "17,715,329, of these minimal: 4,343,697",
        "<td>12.05 %</td><td>17.61 %</td><td>18.56 %</td>",
        "nemcon power eu-qmv --on 2024-06-17",
    ):
        assert text in html, text


def test_another_day_has_another_roll(serve: Serve) -> None:
    visit = serve(FIRST)
    assert (
        "28 members: the pack eu on 2019-06-01" in visit("/rules/eu-unanimity/?on=2019-06-01").html
    )
    assert (
        "27 members: the pack eu on 2020-03-01" in visit("/rules/eu-unanimity/?on=2020-03-01").html
    )


def test_what_the_roll_lacks_is_told_and_the_roll_handed_over(serve: Serve) -> None:
    """The pack has no populations of 2019."""
    visit = serve(FIRST)
    html = visit(f"{COUNCIL}?on=2019-06-01").html
    assert "weighs members by &#x27;pop&#x27;" in html
    assert "No numbers:" in html
    assert "nemcon power eu-qmv --roll roll.csv" in html
    assert f'href="{COUNCIL}roll.csv?on=2019-06-01"' in html
    assert ["united-kingdom"] in rows(visit(f"{COUNCIL}roll.csv?on=2019-06-01"))


def test_vetoes_and_equal_say_are_told(serve: Serve) -> None:
    visit = serve(FIRST)
    assert "China, France, Russia" in visit("/rules/un-sc-1966/?on=2024-01-01").html
    equal = visit("/rules/nato-consensus/").html
    assert "All 32 have the same say: 1/32." in equal
    assert "every member" in equal


def test_members_may_also_abstain(serve: Serve, capsys: pytest.CaptureFixture[str]) -> None:
    """The Security Council: far less for the five, far more for the ten."""
    visit = serve(FIRST)
    day = "on=2024-06-01"
    assert "Members may also abstain" in visit(f"/rules/un-sc-1966/?{day}").html
    html = visit(f"/rules/un-sc-1966/?{day}&abstain=yes").html
    assert "each member votes yes, abstain or no" in html
    assert "nemcon power un-sc-1966 --on 2024-06-01 --abstain" in html
    assert "Shapley-Shubik" not in html
    told = command(capsys, "un-sc-1966", "--on", "2024-06-01", "--abstain")
    head, *lines = rows(visit(f"/rules/un-sc-1966/power.csv?{day}&abstain=yes"))
    assert head == ["member", "name", "swings", "banzhaf", "banzhaf exact"]
    assert {line[0]: (int(line[2]), line[4]) for line in lines} == told
    assert "Members may also abstain" not in visit(f"{COUNCIL}?{day}").html
    slow = visit(f"/rules/un-ga-simple/?{day}&abstain=yes").html
    assert "Not counted here:" in slow
    assert "nemcon power un-ga-simple --on 2024-06-01 --abstain" in slow


@pytest.mark.parametrize("look", ["light", "dark"])
def test_the_picture_is_a_valid_specification(serve: Serve, look: str) -> None:
    spec = json.loads(serve(FIRST)(f"{COUNCIL}power.json?on=2024-06-17&look={look}&room=350").html)
    altair.Chart.from_dict(spec, validate=True)
    assert [row["member"] for row in spec["data"]["values"][:2]] == ["Germany", "France"]
    assert spec["width"] < 350


@pytest.mark.parametrize(
    ("ident", "told"),
    [
        ("apache-code", "does not come with the program"),  # no roll
        ("un-ga-election", "goes through ballots until somebody has won"),  # many decisions
    ],
)
def test_it_is_refused_with_the_reason(serve: Serve, ident: str, told: str) -> None:
    visit = serve()
    answer = visit(f"/rules/{ident}/?on=2024-06-17")
    assert answer.status == 200
    assert told in answer.html
    assert "figure" not in answer.html
    assert visit(f"/rules/{ident}/power.csv?on=2024-06-17").status == 404


def test_what_has_to_be_said_first_is_told(serve: Serve) -> None:
    """A rule with a quorum that nobody stated."""
    html = serve(COOP)("/rules/governor-for-only/?on=2024-03-01").html
    assert "No numbers:" in html
    assert "&#x27;quorum&#x27; has to be said" in html


def test_a_rule_that_is_not_monotone_has_no_index() -> None:
    """Exactly two: a third in favour turns a win into a loss."""
    rule = read_procedure(
        {
            "title": "Exactly two",
            "outcome": [
                {"when": {"cmp": [{"n": "support"}, "=", 2]}, "is": "yes", "favourable": True},
                {"is": "no"},
            ],
        },
        "exactly-two",
    )
    with pytest.raises(GameError, match="not monotone"):
        power_view(rule, Roll(tuple(Seat(name) for name in "abc"), "a test"))


def test_what_takes_long_is_left_to_the_command_line(
    serve: Serve, monkeypatch: pytest.MonkeyPatch
) -> None:
    random.seed(3)
    weights = [random.randint(1, 10**9) for _ in range(40)]
    seats = [Seat(f"m{n}", (), as_attributes({"votes": w})) for n, w in enumerate(weights)]
    wide = Roll(tuple(seats), "a test")
    rule = procedure("world-bank-majority")
    assert rule is not None
    with pytest.raises(TooSlowError, match="too long for a page"):
        power_view(rule, wide)
    monkeypatch.setattr(power, "_roll", lambda *_: (wide, True, False))
    html = serve(FIRST)("/rules/world-bank-majority/?on=2024-06-17").html
    assert "Not counted here:" in html
    assert "nemcon power world-bank-majority --roll roll.csv" in html
    assert 'href="/rules/world-bank-majority/roll.csv?on=2024-06-17"' in html


def test_what_nothing_can_count_is_refused_at_once() -> None:
    random.seed(3)
    weights = [random.randint(1, 10**9) for _ in range(190)]
    seats = [Seat(f"m{n}", (), as_attributes({"votes": w})) for n, w in enumerate(weights)]
    rule = procedure("world-bank-majority")
    assert rule is not None
    with pytest.raises(GameError, match="too many"):
        power_view(rule, Roll(tuple(seats), "a test"))


def test_a_rule_of_no_body_is_applied_to_the_members_that_are_served(
    serve: Serve, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    visit = serve(COOP)
    html = visit("/rules/roberts-two-thirds/?on=2024-03-01").html
    assert "3 members: Mill Cooperative on 2024-03-01" in html
    assert "it is applied to these members" in html
    assert "Ana Blé" in html
    roll = tmp_path / "roll.csv"
    roll.write_text(visit("/rules/roberts-two-thirds/roll.csv?on=2024-03-01").html, "utf-8")
    told = command(capsys, "roberts-two-thirds", "--roll", str(roll))
    shown = rows(visit("/rules/roberts-two-thirds/power.csv?on=2024-03-01"))[1:]
    assert {line[0]: (int(line[2]), line[4]) for line in shown} == told


@pytest.mark.parametrize("query", ["on=soon", "on=2024"])
def test_a_day_that_is_none_is_told(serve: Serve, query: str) -> None:
    assert serve(FIRST)(f"{COUNCIL}?{query}").status == 400


@pytest.mark.parametrize("ident", procedure_ids())
def test_every_rule_has_its_say_or_a_reason(serve: Serve, ident: str) -> None:
    html = serve(FIRST)(f"/rules/{ident}/").html
    assert ("No numbers:" in html) != ("Winning coalitions" in html or "Banzhaf" in html)
    assert "Not counted here:" not in html
