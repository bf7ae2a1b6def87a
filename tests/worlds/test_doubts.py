"""What leaves a verdict in doubt though no claim says so."""

from typing import Any

import pytest

from nemcon.entries import (
    AnyEntry,
    Completeness,
    Decision,
    Objection,
    Party,
    Position,
    Reserve,
    Silence,
)
from nemcon.state import at
from nemcon.worlds.conventions import Conventions
from nemcon.worlds.course import declared
from nemcon.worlds.verdict import answer
from tests.worlds.build import ALL_SUPPORT, NO_OBJECTION, motion, roll, rule, when

COMPLETE = (Completeness("position"),)
SOME: dict[str, Any] = {"members": (), "stance": "objection", "group": "some members"}


def everybody(day: int) -> Position:
    return Position(members=("all",), happened=when(day))


def told(
    *entries: AnyEntry, day: int | str = 5, of: Any = ALL_SUPPORT, **matter: Any
) -> tuple[str, set[str]]:
    """The verdict of three members, and the codes of the findings."""
    state = at([motion(**matter), *roll(3), *entries], when(day))
    found = answer(state, "m", rule(of))
    return found.verdict, {finding.code for finding in found.findings}


@pytest.mark.parametrize("of", [ALL_SUPPORT, NO_OBJECTION])
def test_a_group_that_objects_may_be_members(of: Any) -> None:
    group = Position(happened=when(3), **SOME)
    assert told(everybody(2), group, of=of) == ("cannot tell", {"objector-unknown"})
    assert told(everybody(4), group, of=of) == ("met", set())  # since then nobody does
    assert told(everybody(2), group, day=2, of=of) == ("met", set())
    ends = Position(happened=when(3), negated=True, **SOME)
    assert told(everybody(2), ends, of=of) == ("met", set())


def test_a_group_turns_no_majority() -> None:
    most = {
        "id": "most",
        "stances": ["support", "objection"],
        "outcome": [
            {
                "when": {"cmp": [{"n": "support"}, ">", {"n": "objection"}]},
                "is": "agreed",
                "favourable": True,
            },
            {"is": "not agreed"},
        ],
    }
    assert told(everybody(2), Position(happened=when(3), **SOME), of=most) == ("met", set())


@pytest.mark.parametrize(
    "entry",
    [
        Objection(member="mm", happened=when(3)),
        Reserve(member="mm", happened=when(3)),
        Position(members=("mm",), stance="objection", happened=when(3)),
    ],
)
def test_nobody_knows_who_objects(entry: AnyEntry) -> None:
    assert told(everybody(2), entry) == ("cannot tell", {"objector-unknown"})
    assert told(everybody(2), entry, Party(name="mm", title="Mm")) == ("met", set())  # an observer
    assert told(everybody(2), entry, day=2) == ("met", set())


def test_what_an_unknown_objector_took_back() -> None:
    ended = Objection(member="mm", happened=when(3), end="withdrawn", ended=when(4))
    lifted = Reserve(member="mm", happened=when(3), lifted=when(4))
    assert told(everybody(2), ended, lifted) == ("met", set())


def test_who_breaks_silence_objects() -> None:
    quiet = Position(members=("all",), stance="objection", negated=True, happened=when(2))
    broken = Silence(change="broken", by="m1", happened=when("2024-01-03T09:00Z"))
    assert told(quiet, broken, of=NO_OBJECTION)[0] == "not met"
    assert told(quiet, broken, of=NO_OBJECTION, day=2)[0] == "met"
    several = Silence(change="broken", members=("m1", "m2"), happened=when(3))
    assert told(quiet, several, of=NO_OBJECTION)[0] == "not met"
    unnamed = Silence(change="broken", happened=when(3))
    assert told(quiet, unnamed, of=NO_OBJECTION)[0] == "not met"
    denied = Silence(change="broken", by="m1", happened=when(3), modality="denied")
    assert told(quiet, denied, of=NO_OBJECTION)[0] == "met"


def test_silence_is_no_consent_while_it_runs() -> None:
    opened = Silence(change="opened", happened=when(2), deadline=when("2024-01-08T10:00Z"))
    answers = {
        day: told(opened, day=day, of=NO_OBJECTION, completeness=COMPLETE)[0]
        for day in (3, "2024-01-08T09:59Z", 8, 9)
    }
    assert answers == {
        3: "cannot tell",
        "2024-01-08T09:59Z": "cannot tell",
        8: "met",
        9: "met",
    }
    extended = Silence(change="extended", happened=when(7), deadline=when(12))
    assert told(opened, extended, day=9, of=NO_OBJECTION, completeness=COMPLETE)[0] == "cannot tell"
    assert told(opened, extended, day=12, of=NO_OBJECTION, completeness=COMPLETE)[0] == "met"
    held = Silence(change="suspended", happened=when(7))
    assert told(opened, held, day=9, of=NO_OBJECTION, completeness=COMPLETE)[0] == "cannot tell"
    passed = Silence(change="passed", happened=when(8))
    assert told(opened, extended, passed, day=9, of=NO_OBJECTION, completeness=COMPLETE)[0] == "met"


def test_what_came_after_the_decision_does_not_undo_it() -> None:
    decision = Decision(happened=when(3), organ="o", manner="consensus", result="adopted")
    later = Objection(member="mm", happened=when(4))
    before = Objection(member="mm", happened=when(1))
    carried = []
    for objection in (later, before):
        state = at([motion(), *roll(3), everybody(2), decision, objection], when(5))
        made = declared(state, "m", rule(ALL_SUPPORT), Conventions())
        assert made is not None
        carried.append(made.carried)
    assert carried == ["carried", "carried"]  # all backed it after that objection
