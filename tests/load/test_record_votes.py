"""Roll calls from a record: only what is certain counts, and the rest stays open."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from nemcon.access.packs import procedure
from nemcon.analysis.roll_calls import RollCall, standing, under_rules
from nemcon.load import load
from nemcon.load.record_votes import decided, roll_call
from nemcon.when import When

NOW = datetime(2026, 1, 1, tzinfo=UTC)
HEAD = """
[body]
name = "quay"
title = "Quay Board"

[[organ]]
name = "board"
title = "Board"

[[rule]]
name = "more-for"
title = "More for than against"
organ = "board"
algebra = { outcome = [
  { when = { cmp = [{ n = "support" }, ">", { n = "objection" }] }, is = "yes", favourable = true },
  { is = "no" },
] }

[[matter]]
name = "crane"
title = "A crane"
organ = "board"
rule = "more-for"

[[source]]
name = "minutes"
date = "2024-06-01"
title = "Minutes"
"""


def member(name: str, since: str = "2020-01-01") -> str:
    return f'\n[[membership]]\nmember = "{name}"\nhappened = "{since}"\n'


def position(members: str, stance: str = "support", day: str = "2024-01-10", more: str = "") -> str:
    return (
        f'\n[[position]]\nmatter = "crane"\nmembers = [{members}]\nstance = "{stance}"\n'
        f'happened = "{day}"\nsource = "minutes"\n{more}\n'
    )


def decision(day: str, modality: str = "asserted") -> str:
    return (
        f'\n[[decision]]\nmatter = "crane"\norgan = "board"\nhappened = "{day}"\n'
        f'modality = "{modality}"\nsource = "minutes"\n'
    )


def found(tmp_path: Path, text: str, known: str = "") -> list[RollCall | str]:
    file = tmp_path / "quay.toml"
    file.write_text(HEAD + text, "utf-8")
    asked = load([str(file)], NOW)
    when = When.parse(known) if known else None
    state = asked.state(None, when)
    return [roll_call(asked, one, when) for one in decided(state)]


ALL = member("ana") + member("bo") + member("cy")


def test_each_stance_as_it_was_on_the_day(tmp_path: Path) -> None:
    """Bo came round before the decision, and Ana left after it."""
    text = (
        ALL
        + position('"ana", "cy"')
        + position('"bo"', "objection", "2024-01-05")
        + position('"bo"', "support", "2024-01-09", 'claim = "changes"')
        + position('"ana"', "objection", "2024-02-01", 'claim = "changes"')
        + decision("2024-01-10")
    )
    (call,) = found(tmp_path, text)
    assert isinstance(call, RollCall)
    assert call.votes == {"ana": "yes", "bo": "yes", "cy": "yes"}
    assert (call.date, call.open) == ("2024-01-10", ())


def test_who_is_not_certain_is_open(tmp_path: Path) -> None:
    """Whether consensus was met depends on Cy, and so does whether Bo stood alone."""
    text = ALL + position('"ana"') + position('"bo"', "abstention") + decision("2024-01-10")
    (call,) = found(tmp_path, text)
    assert isinstance(call, RollCall)
    assert call.votes == {"ana": "yes", "bo": "abstain"}
    assert call.open == ("cy",)
    assert [one.alone for one in standing([call])] == [0, 0]
    rules = [one for name in ("nato-consensus", "wto-consensus") if (one := procedure(name))]
    assert [one.answers[0].verdict for one in under_rules([call], rules)] == ["cannot tell"] * 2


def test_who_was_no_member_then_is_not_on_the_roll(tmp_path: Path) -> None:
    text = (
        ALL + member("dov", "2025-01-01") + position('"ana", "bo", "cy"') + decision("2024-01-10")
    )
    (call,) = found(tmp_path, text)
    assert isinstance(call, RollCall)
    assert call.roll == ("ana", "bo", "cy")
    rule = procedure("eu-unanimity")
    assert rule is not None
    assert under_rules([call], [rule])[0].met == 1


def test_a_roll_that_is_not_certain_is_no_roll_call(tmp_path: Path) -> None:
    text = ALL + member("dov", "2024") + position('"ana", "bo", "cy"') + decision("2024-06-10")
    assert found(tmp_path, text) == ["it is not certain who was a member on that day"]


def test_plans_are_no_decisions(tmp_path: Path) -> None:
    text = ALL + position('"ana"') + decision("2024-01-10", "planned")
    assert found(tmp_path, text) == []


def test_the_last_day_of_a_decision_between_two_days(tmp_path: Path) -> None:
    text = ALL + position('"ana"', day="2024-01-15") + decision("2024-01-10/2024-01-20")
    (call,) = found(tmp_path, text)
    assert isinstance(call, RollCall)
    assert (call.date, call.votes) == ("2024-01-20", {"ana": "yes"})


def test_what_was_not_known_yet_does_not_count(tmp_path: Path) -> None:
    text = ALL + position('"ana"') + decision("2024-01-10")
    assert found(tmp_path, text, "2024-05-01") == []


def test_a_vote_for_a_candidate(tmp_path: Path) -> None:
    example = Path(__file__).parents[2] / "examples" / "nato-2024"
    asked = load([str(file) for file in sorted(example.glob("report-*.txt"))], NOW)
    (one,) = decided(asked.state())
    call = roll_call(asked, one)
    assert isinstance(call, RollCall)
    assert len(call.votes) == 32
    assert set(call.votes.values()) == {"for Mark Rutte"}
