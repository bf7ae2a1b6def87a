"""What a status says while proposals wait: it counts the confirmed, and tells the others beside."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
from django.test import Client, override_settings

from nemcon.cli import run
from nemcon.entries import Membership, Party
from nemcon.server.desk import Desk
from nemcon.server.settings import configure
from tests.review.mill import ANA, BO, CY, DE, Mill, day

configure(Desk([]), ["testserver"])


@pytest.fixture
def mill(tmp_path: Path) -> Mill:
    return Mill(tmp_path / "mill.nemcon", live=True)


def text(mill: Mill, capsys: pytest.CaptureFixture[str], *more: str) -> str:
    capsys.readouterr()
    assert run(["status", str(mill.path), "--on", "2024-06-05", *more]) == 0
    return capsys.readouterr().out


def test_the_plus_is_what_proposed_would_add(
    mill: Mill, capsys: pytest.CaptureFixture[str]
) -> None:
    for each in (ANA, BO, CY):
        mill.accept(each)
    told = text(mill, capsys)
    assert "of 4 members; 3 confirmed, +1 proposed\n" in told
    waits = "1 proposal waits for confirmation ('nemcon review'); with it the verdict would be met"
    assert waits in told
    view = json.loads(text(mill, capsys, "--json"))
    support = view["support"]
    assert (view["verdict"], view["verdict_with_proposed"]) == ("cannot tell", "met")
    assert (support["support"]["least"], support["plus_proposed"]) == (3, 1)
    then = json.loads(text(mill, capsys, "--proposed", "--json"))
    assert then["verdict"] == "met"
    assert then["support"]["support"]["least"] == 3 + support["plus_proposed"]
    assert "plus_proposed" not in then["support"]
    assert "confirmed, +" not in text(mill, capsys, "--proposed")
    mill.accept(DE)
    assert "+1 proposed" not in text(mill, capsys)


def test_what_a_proposal_would_take_away_has_a_minus(
    mill: Mill, capsys: pytest.CaptureFixture[str]
) -> None:
    for each in (ANA, BO, CY, DE):
        mill.accept(each)
    mill.add(replace(ANA, stance="objection"), proposed=True)
    told = text(mill, capsys)
    assert "Verdict: met" in told
    assert "Supported by 4 of 4 members; 4 confirmed, -1 proposed" in told
    assert "with it the verdict would be cannot tell" in told


def test_the_page_says_the_same(mill: Mill) -> None:
    for each in (ANA, BO, CY):
        mill.accept(each)
    with override_settings(
        NEMCON_DESK=Desk([str(mill.path)]), NEMCON_WRITING=None, ALLOWED_HOSTS=["testserver"]
    ):
        html = Client().get("/?on=2024-06-05").content.decode()
    assert "3 confirmed, +1 proposed" in html
    assert "1 proposal waits for confirmation (with it the verdict would be met)." in html


def test_whose_party_still_waits_is_called_by_the_name_that_waits(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    mill = Mill(tmp_path / "mill.nemcon", live=True)
    mill.add(Party(body="mill", name="eva", title="Eva"), proposed=True)
    mill.add(Membership(body="mill", member="eva", happened=day("2020")))
    assert "open: Ana, Bo, Cy, Dé and Eva\n" in text(mill, capsys)
