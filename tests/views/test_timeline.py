"""A matter over time: the stretches of the model case, and every day as `status` answers it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given

from nemcon.access.packs import procedure
from nemcon.entries import Matter
from nemcon.load import load
from nemcon.load.over_time import over_time
from nemcon.state import State, at
from nemcon.text import read_toml
from nemcon.views.question import QuestionError
from nemcon.views.status import StatusView, status
from nemcon.views.timeline import Stretch, TimelineView, timeline
from nemcon.when import When
from nemcon.worlds.conventions import Conventions
from nemcon.worlds.course import declared, stage
from nemcon.worlds.verdict import answer
from tests import test_engine_against_oracle as engine
from tests.oracle.strategies import Question, questions

NOW = datetime(2026, 1, 1, tzinfo=UTC)
FOLDER = Path(__file__).resolve().parents[2] / "examples" / "nato-2024"
REPORTS = ("report-2024-06-20.txt", "report-2024-06-26.txt")
CHAIN = ("tally-chain.toml",)


def state_of(*names: str) -> State:
    return load([str(FOLDER / name) for name in names], NOW).state()


def over(*names: str, first: str = "", last: str = "") -> TimelineView:
    found = load([str(FOLDER / name) for name in names], NOW)
    start = date.fromisoformat(first) if first else None
    end = date.fromisoformat(last) if last else None
    return over_time(found, found.state(), first=start, last=end)


def brief(here: Stretch) -> tuple[Any, ...]:
    numbers = {one.candidate: (one.support.least, one.support.most) for one in here.candidates}
    return (
        str(here.first),
        str(here.last),
        here.verdict,
        here.stage.possible,
        numbers.get("mark-rutte"),
        numbers.get("klaus-iohannis"),
        (here.roll.least, here.roll.most),
        here.decided,
        here.holder,
        here.assumed,
    )


def test_the_model_case_from_its_two_reports() -> None:
    view = over(*REPORTS)
    open_, rutte, all_ = ("open", "consensus"), (32, 32), (32, 32)
    old, new = "jens-stoltenberg", "mark-rutte"
    assert [brief(here) for here in view.stretches] == [
        ("2024-06-10", "2024-06-19", "cannot tell", open_, (0, 32), (0, 32), all_, False, old,
         False),
        ("2024-06-20", "2024-06-20", "met", ("consensus",), rutte, (0, 0), all_, False, old,
         False),
        ("2024-06-21", "2024-06-25", "met", ("consensus", "decided"), rutte, (0, 0), all_, None,
         old, False),
        ("2024-06-26", "2024-06-26", "met", ("decided",), rutte, (0, 0), all_, True, old, False),
        ("2024-06-27", "2024-09-30", "met", ("decided",), rutte, (0, 0), all_, True, old, True),
        ("2024-10-01", "2024-10-01", "met", ("in-office",), rutte, (0, 0), all_, True, new, True),
    ]  # fmt: skip
    assert [(str(e.when), e.kind, e.planned) for e in view.events] == [
        ("2024-06-10/2024-06-16", "candidacy-told", False),
        ("2024-06-20", "candidacy-public", False),
        ("2024-06-20", "expectation", True),
        ("2024-06-20/2024-06-26", "decision", False),
        ("2024-06-26", "announcement", False),
        ("2024-10-01", "hand-over", False),
    ]


def test_a_plan_that_nobody_has_confirmed_stays_a_plan() -> None:
    found = load([str(FOLDER / name) for name in REPORTS], NOW)
    view = over_time(found, found.state(None, When.parse("2024-06-26")))
    (hand_over,) = (event for event in view.events if event.kind.startswith("hand-over"))
    assert (hand_over.kind, hand_over.planned) == ("hand-over-planned", True)
    last = view.stretches[-1]
    assert (last.stage.possible, last.holder, last.assumed) == (
        ("decided",), "jens-stoltenberg", True,
    )  # fmt: skip


def test_how_far_it_knows_counts_what_a_pack_tells_in_it(tmp_path: Path) -> None:
    """Who took office later is on no report of June."""
    report = tmp_path / "note.txt"
    report.write_text(
        '+++\ndate = "2024-06-18"\n+++\nHungary supports Mark Rutte as NATO secretary general.\n',
        "utf-8",
    )
    found = load([str(report)], NOW)
    view = over_time(found, found.state())
    assert [event.kind for event in view.events][-1] == "hand-over"
    assert str(view.known) == "2024-10-01"
    assert view.assumed_from == date(2024, 6, 19)
    then = over_time(found, found.state(None, When.parse("2024-06-18")))
    assert str(then.known) == "2024-06-18"
    assert all(event.kind != "hand-over" for event in then.events)


def test_the_roll_steps_with_an_accession() -> None:
    view = over(*CHAIN, first="2024-03-06", last="2024-03-08")
    assert [(str(h.first), h.roll.least, h.roll.most) for h in view.stretches] == [
        ("2024-03-06", 31, 31),
        ("2024-03-07", 32, 32),
    ]
    (sweden,) = (line for line in view.members if line.member == "sweden")
    assert [(str(run.first), str(run.last), run.on_roll) for run in sweden.runs] == [
        ("2024-03-06", "2024-03-06", False),
        ("2024-03-07", "2024-03-08", True),
    ]


def test_the_last_members_move_in_june() -> None:
    view = over(*CHAIN, first="2024-06-16", last="2024-06-21")
    assert [
        (str(here.first), *((c.support.least, c.support.most) for c in here.candidates[-1:]))
        for here in view.stretches
    ] == [
        ("2024-06-16", (27, 31)),
        ("2024-06-17", (29, 29)),
        ("2024-06-18", (31, 31)),
        ("2024-06-20", (32, 32)),
    ]
    moved = {line.member: [str(r.first) for r in line.runs if r.certain] for line in view.members}
    assert [moved.pop(name) for name in ("hungary", "slovakia", "romania")] == [
        ["2024-06-18"],
        ["2024-06-18"],
        ["2024-06-20"],
    ]
    assert set(map(tuple, moved.values())) == {("2024-06-17",)}


def agrees(view: TimelineView, day: date, told: StatusView) -> None:
    """What a timeline says of a day is what `status` says of it."""
    (here,) = (one for one in view.stretches if one.first <= day <= one.last)
    json = told.to_json()
    assert here.verdict == json["verdict"]
    assert here.exact == json["exact"]
    assert list(here.stage.possible) == json["stage"]["possible"]
    mine = [
        {
            "candidate": one.candidate,
            "verdict": one.verdict,
            "status": list(one.status),
            "support": {
                "least": one.support.least,
                "most": one.support.most,
                "of": {"least": here.roll.least, "most": here.roll.most},
            },
        }
        for one in here.candidates
    ]
    assert mine == [
        {
            "candidate": one["candidate"],
            "verdict": one["verdict"],
            "status": one["status"]["possible"],
            "support": one["support"],
        }
        for one in json["candidates"]
    ]
    holder = json["office"]["holder"]["confirmed"] or ""
    assert here.holder == holder
    decision = json["decision"]
    assert here.decided == ((decision["certain"] or None) if decision else False)
    for one in json["candidates"]:
        for name, sure in (("certain", True), ("open", None), ("against", False)):
            assert [
                line.member
                for line in view.members
                for run in line.runs
                if run.first <= day <= run.last
                and dict(run.supports).get(one["candidate"], "") is sure
            ] == sorted(one[name], key=lambda member: (view.title(member), member))


@pytest.mark.parametrize(
    ("names", "first", "days"),
    [(REPORTS, "2024-06-08", 20), (REPORTS, "2024-09-30", 3), (CHAIN, "2024-06-17", 4)],
    ids=["reports", "hand-over", "chain"],
)
def test_each_day_is_what_status_says_of_it(names: tuple[str, ...], first: str, days: int) -> None:
    start = date.fromisoformat(first)
    end = start + timedelta(days=days - 1)
    view = over(*names, first=first, last=end.isoformat())
    found = state_of(*names)
    for n in range(days):
        day = start + timedelta(days=n)
        agrees(view, day, status(replace(found, on=When.day(day)), procedure))


@given(questions(days=6))
def test_no_day_is_passed_over(question: Question) -> None:
    """Of any record, each day of a range that begins before it and ends after it."""
    rule = engine.procedure(question.rule)
    matter, *others = question.entries
    assert isinstance(matter, Matter)
    entries = [replace(matter, rule=question.rule), *others]
    state = at(entries, question.on, question.known)
    counting = engine.conventions(question.conventions)
    whens = [entry.happened for entry in others if entry.happened]
    known = [day for when in whens for day in (when.first_day(), when.last_day()) if day]
    base = max((day for day in known if day.year > 2020), default=date(2024, 1, 5))
    first, last = base - timedelta(days=9), base + timedelta(days=3)
    view = timeline(
        state, lambda _: rule, matter=question.matter, conventions=counting, first=first, last=last
    )
    assert view.stretches[0].first == first
    assert view.stretches[-1].last == last
    for here in view.stretches:
        day = here.first
        while day <= here.last:
            asked = replace(state, on=When.day(day))
            found = answer(asked, question.matter, rule, counting)
            made = declared(asked, question.matter, rule, counting)
            assert (here.verdict, here.exact) == (found.verdict, found.exact), day
            assert here.stage == stage(asked, found, made), day
            assert [(c.candidate, c.support, c.status) for c in here.candidates] == [
                (r.candidate, r.support, r.standing.possible) for r in found.reckonings
            ], day
            assert here.decided == (made.taken if made else False)
            day += timedelta(days=1)


def test_stretches_follow_each_other_and_differ() -> None:
    view = over(*CHAIN, first="2024-04-20", last="2024-06-30")
    moves = {run.first for line in view.members for run in line.runs}
    for before, here in zip(view.stretches, view.stretches[1:], strict=False):
        assert before.last + timedelta(days=1) == here.first
        same = replace(before, first=here.first, last=here.last) == here
        assert not same or here.first in moves
    assert moves <= {here.first for here in view.stretches}
    for line in view.members:
        assert (line.runs[0].first, line.runs[-1].last) == (view.first, view.last)
        for one, next_ in zip(line.runs, line.runs[1:], strict=False):
            assert one.last + timedelta(days=1) == next_.first
            assert (one.on_roll, one.supports) != (next_.on_roll, next_.supports)


UNDATED = """
[matter]
name = "roof"
rule = "r"

[[rule]]
name = "r"
algebra = { outcome = [ { when = { none = "objection" }, is = "yes", favourable = true },
  { is = "no" } ] }

[[membership]]
member = "ana"
happened = "2020"
"""


def test_a_matter_without_dates_asks_for_them() -> None:
    state = at(read_toml(UNDATED, "r.toml").entries, When.parse("2024-01-01"))
    with pytest.raises(QuestionError, match="give --from and --to"):
        timeline(state, procedure)
    day = date(2024, 1, 1)
    view = timeline(state, procedure, first=day, conventions=Conventions())
    assert [(h.first, h.last, h.verdict) for h in view.stretches] == [(day, day, "cannot tell")]


def test_who_joined_is_told_by_the_reports_of_that_joining_alone() -> None:
    """A body whose members serve in turns: later terms are known only later."""
    folder = Path(__file__).resolve().parents[2] / "examples" / "un-sg-2016"
    files = [str(folder / name) for name in ("selection.toml", "polls.toml")]
    council = load(files, NOW)
    view = over_time(council, council.state(), matter="sg-2016")
    assert str(view.known) == "2016-10-06"
