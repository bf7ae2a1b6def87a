"""Answer 10 over what comes with the program: another body, another rule, no change of code."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

from nemcon.access.packs import pack, procedure
from nemcon.entries import AnyEntry, Attestation, Decision, Objection, Position, Tally
from nemcon.state import at
from nemcon.text import read_toml
from nemcon.views.status import status
from nemcon.when import When
from nemcon.worlds.conventions import parse_conventions

DG = "ngozi-okonjo-iweala"


def entries(root: Path, body: str, *names: str) -> list[AnyEntry]:
    found = list(pack(body).entries) if body else []
    for name in names:
        loaded = read_toml((root / "examples" / name).read_text("utf-8"), name)
        assert loaded.findings == ()
        found += loaded.entries
    return found


def ask(found: Iterable[AnyEntry], on: str, matter: str, **count: str) -> dict[str, Any]:
    counting = parse_conventions(count)
    return status(
        at(found, When.parse(on)), procedure, matter=matter, conventions=counting
    ).to_json()


def nobody_objects(entry: AnyEntry) -> bool:
    return isinstance(entry, Position) and entry.negated and entry.stance == "objection"


@pytest.mark.parametrize(
    ("on", "verdict"), [("2020-10-28", "not met"), ("2021-02-05", "met"), ("2021-02-15", "met")]
)
def test_10_the_world_trade_organization(root: Path, on: str, verdict: str) -> None:
    found = entries(root, "wto", "wto-dg-2020/selection.toml")
    assert ask(found, on, "dg-2020")["verdict"] == verdict


def test_10_met_rests_on_a_statement_that_nobody_objects(root: Path) -> None:
    found = entries(root, "wto", "wto-dg-2020/selection.toml")
    silent = [entry for entry in found if not nobody_objects(entry)]
    assert ask(silent, "2021-02-15", "dg-2020")["verdict"] == "cannot tell"
    assert ask(silent, "2020-10-28", "dg-2020")["verdict"] == "not met"


def test_10_or_on_objections_that_are_declared_complete(root: Path) -> None:
    found = entries(root, "wto", "wto-dg-2020/selection.toml")
    silent = [entry for entry in found if not nobody_objects(entry)]
    complete = read_toml(
        'body = "wto"\n[[matter]]\nname = "dg-2020"\nsort = "selection"\n'
        'rule = "wto-director-general-decision"\ncompleteness = [{ what = "objection" }]\n',
        "complete.toml",
    )
    assert complete.findings == ()
    declared = [*silent, *complete.entries]
    assert ask(declared, "2021-02-15", "dg-2020")["verdict"] == "met"
    assert ask(declared, "2020-10-28", "dg-2020")["verdict"] == "not met"


def test_10_no_count_stands_in_for_the_recommendation(root: Path) -> None:
    found = entries(root, "wto", "wto-dg-2020/selection.toml")
    alone = [entry for entry in found if not isinstance(entry, Attestation)]
    assert ask(alone, "2021-02-15", "dg-2020")["verdict"] == "cannot tell"


def test_10_a_withdrawal_moves_no_objection(root: Path) -> None:
    """Without the end of the objection, the other candidate's withdrawal changes nothing."""
    found = entries(root, "wto", "wto-dg-2020/selection.toml")
    holding = [e for e in found if e.source not in ("yonhap-2021-02-06", "wam-2021-02-15")]
    assert any(isinstance(e, Objection) for e in holding)
    found_of = ask(holding, "2021-02-10", "dg-2020")
    assert found_of["verdict"] == "not met"
    (other,) = [c for c in found_of["candidates"] if c["candidate"] == "yoo-myung-hee"]
    assert other["status"]["certain"] == "withdrawn"


def test_10_the_decision_is_no_evidence_of_any_position(root: Path) -> None:
    names = ("un-sg-2016/selection.toml", "un-sg-2016/polls.toml")
    found = entries(root, "un-security-council", *names)
    alone = [e for e in found if not isinstance(e, Tally)]
    assert any(isinstance(e, Decision) for e in alone)
    assert ask(found, "2016-10-06", "sg-2016")["verdict"] == "met"
    view = ask(alone, "2016-10-06", "sg-2016")
    assert (view["verdict"], view["decision"]["carried"]) == (
        "cannot tell", "not shown to be carried",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("month", "on", "verdict"),
    [("march", "2026-03-14", "not met"), ("may", "2026-05-30", "met")],
)
def test_10_a_cooperative(root: Path, month: str, on: str, verdict: str) -> None:
    names = ("cooperative/cooperative.toml", f"cooperative/minutes-{month}.toml")
    assert ask(entries(root, "", *names), on, f"solar-roof-{month}")["verdict"] == verdict


def test_10_a_reported_record_of_the_same_vote_is_open(root: Path) -> None:
    """The three who are not named may have voted, unless the minutes are complete."""
    names = ("cooperative/cooperative.toml", "cooperative/minutes-may.toml")
    found = entries(root, "", *names)
    assert ask(found, "2026-05-30", "solar-roof-may", record="reported")["verdict"] == (
        "cannot tell"
    )
